"""The keys of a subject and the table that holds them. Derived: rebuilt by `suite db check --mend`."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from suite.database.bulk import delete_rows, insert_rows
from suite.kernel.search.pinyin import spellings
from suite.tables import SearchKey

LONGEST = 60
#: Before a number written backwards, so that a tail is a prefix.
TAIL = "#"


@dataclass(frozen=True, kw_only=True)
class Searchable:
    """What finds one subject, and its scope."""

    subject_id: int
    kind: str
    profession: str
    district_code: str | None
    association: str | None
    names: tuple[str, ...]
    numbers: tuple[str, ...]


def folded(text: str) -> str:
    """How both keys and queries are written: half width, lower case, no blanks."""
    plain = "".join(unicodedata.normalize("NFKC", text).lower().split())
    # Once more at the end: a lowered or closed-up letter may combine with the mark behind it.
    return unicodedata.normalize("NFKC", plain)


def name_keys(name: str) -> set[str]:
    """Every suffix of a name, in characters, in initials and in full pinyin."""
    text = folded(name)
    keys = {text[start:][:LONGEST] for start in range(len(text))}
    for spelling in spellings(text):
        for start in range(len(spelling)):
            rest = spelling[start:]
            # A reading beside a mark that is no letter may combine with it, as it would in a query.
            keys.add(folded("".join(syllable[:1] for syllable in rest))[:LONGEST])
            keys.add(folded("".join(rest))[:LONGEST])
    keys.discard("")
    return keys


def number_keys(number: str) -> set[str]:
    """A public number from its head, and backwards for its tails of any length."""
    text = folded(number)
    return {text[:LONGEST], f"{TAIL}{text[::-1]}"[:LONGEST]} if text else set()


def keys_of(item: Searchable) -> set[str]:
    """All keys of a subject."""
    keys: set[str] = set()
    for name in item.names:
        keys |= name_keys(name)
    for number in item.numbers:
        keys |= number_keys(number)
    return keys


def write_keys(connection: Connection, items: Sequence[Searchable], *, fresh: bool) -> None:
    """Make the stored keys of subjects what they should be. `fresh`: they have none yet."""
    table = SearchKey.metadata.tables[SearchKey.__tablename__]
    if not fresh:
        delete_rows(connection, table, "subject_id", [item.subject_id for item in items])
    insert_rows(connection, table, list(_rows(items)))


def _rows(items: Iterable[Searchable]) -> Iterable[dict[str, str | int | None]]:
    for item in items:
        for key in keys_of(item):
            yield {
                "key": key,
                "subject_id": item.subject_id,
                "kind": item.kind,
                "profession": item.profession,
                "district_code": item.district_code,
                "association": item.association,
            }
