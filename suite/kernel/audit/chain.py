"""How transactions are hashed and linked, on both engines alike.

An entry has a hash of its own; the content of a transaction is a hash over its head and the hashes of its
entries in order; a link is a hash over the former link and the content. So an extract may leave out entries
and whole transactions, give their hashes instead, and still be verified up to the head.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, text

from suite.database.audit_sql import (
    SEALED_HEAD,
    postgresql_content,
    postgresql_head,
    sqlite_sealed,
)
from suite.database.engine import is_sqlite

FIELD, RECORD, NULL = "\x1f", "\x1e", "\x1d"
#: How many rows of the driver are held at a time.
FETCHED = 5_000


@dataclass(frozen=True)
class Content:
    """What a transaction holds: its number, how many entries, and the digest of all."""

    transaction_id: int
    entries: int
    digest: str


def sealed_text(values: Sequence[object]) -> str:
    """The text of an entry or of a transaction's head, as it is hashed."""
    return FIELD.join([NULL if value is None else str(value) for value in values])


def sealed_stamp(at: dt.datetime) -> str:
    """A time stamp (UTC) as it is hashed."""
    return at.strftime("%Y-%m-%d %H:%M:%S.%f")


def content_digest(head: str, entries: Iterable[bytes]) -> str:
    """The digest of a transaction from the text of its head and the hashes of its entries in order."""
    found = sha256(f"{head}{RECORD}".encode())
    for entry in entries:
        found.update(entry)
    return found.hexdigest()


def link_hash(former: str, content: str) -> str:
    """The hash of a link from the former one's and the digest of its transaction."""
    return sha256(f"{former}{FIELD}{content}".encode()).hexdigest()


def contents(connection: Connection, number: int | None = None) -> Iterator[Content]:
    """What every transaction holds (or just `number`), by number. Entries without one are not told.

    PostgreSQL hashes where the entries are; SQLite's go through the driver's own cursor, since a million
    rows of SQLAlchemy take half a minute.
    """
    if is_sqlite(connection):
        yield from _sqlite_contents(connection, number)
        return
    only = "" if number is None else "WHERE t.id = :number"
    found = connection.execute(
        text(
            f"SELECT t.id, count(e.id), {postgresql_content(postgresql_head('t'), 'e')} "  # noqa: S608 - declared columns
            "FROM core_audit_transaction t LEFT JOIN core_audit_entry e ON e.transaction_id = t.id "
            f"{only} GROUP BY t.id ORDER BY t.id"
        ),
        {} if number is None else {"number": number},
        execution_options={"yield_per": FETCHED},
    )
    for transaction_id, entries, digest in found:
        yield Content(transaction_id, entries, digest)


def _sqlite_contents(connection: Connection, number: int | None) -> Iterator[Content]:
    only = "" if number is None else f"WHERE id = {int(number)}"
    # What one transaction wrote lies together: read from its first entry to its last, not entry by entry.
    among = "" if number is None else _from_first_to_last(int(number))
    heads = raw_rows(
        connection,
        f"SELECT {', '.join(SEALED_HEAD)} FROM core_audit_transaction {only} ORDER BY id",  # noqa: S608 - declared columns
    )
    digests = {head[0]: sha256(f"{sealed_text(head)}{RECORD}".encode()) for head in heads}
    counts = dict.fromkeys(digests, 0)
    # As they lie in the file: by the index of transactions a long trace is read at random.
    for rows in _fetched(
        connection,
        f"SELECT e.transaction_id, CAST({sqlite_sealed('e')} AS BLOB) FROM core_audit_entry e "  # noqa: S608 - declared columns
        f"{among} ORDER BY e.id",
    ):
        for transaction_id, entries in groupby(rows, itemgetter(0)):
            if transaction_id in counts:
                hashes = [sha256(sealed).digest() for _, sealed in entries]
                digests[transaction_id].update(b"".join(hashes))
                counts[transaction_id] += len(hashes)
    for transaction_id, counted in counts.items():
        yield Content(transaction_id, counted, digests[transaction_id].hexdigest())


def _from_first_to_last(number: int) -> str:
    ids = f"FROM core_audit_entry WHERE transaction_id = {number}"
    return (
        f"WHERE e.id BETWEEN (SELECT min(id) {ids}) AND (SELECT max(id) {ids}) "
        f"AND +e.transaction_id = {number}"
    )


def raw_rows(connection: Connection, statement: str) -> Iterator[Any]:
    """Rows of the driver itself."""
    return chain.from_iterable(_fetched(connection, statement))


def _fetched(connection: Connection, statement: str) -> Iterator[Sequence[Any]]:
    result = connection.exec_driver_sql(statement)
    cursor = result.cursor
    if cursor is None:
        raise RuntimeError("the statement gives no rows")
    try:
        while rows := cursor.fetchmany(FETCHED):
            yield rows
    finally:
        result.close()
