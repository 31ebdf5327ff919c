"""What a database says of itself, so that two can be compared: counts, numbers, the head of the trace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, text

from suite.bootstrap import Suite
from suite.database.engine import ReadSession, is_sqlite
from suite.database.migrate import SCRIPTS, Owner, owners_in, revisions, version_of
from suite.database.rights_install import become_owner
from suite.kernel.indicators.board import Question
from suite.kernel.indicators.queries import indicator_board


@dataclass(frozen=True, kw_only=True)
class Number:
    """An indicator's value as it was read: version of its definition, value and both sides as exact text."""

    definition: int
    value: str
    numerator: str
    denominator: str


@dataclass(frozen=True, kw_only=True)
class Facts:
    """One database at one moment.

    versions: owner → revision. tables: name → rows. links, head: length and last hash of the audit chain.
    as_of: the day of the numbers. indicators: key → value; empty where the tables are older than
    the program.
    """

    versions: Mapping[str, str]
    tables: Mapping[str, int]
    links: int
    head: str
    as_of: dt.date
    indicators: Mapping[str, Number]


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """One consistent view of everything, for as long as it takes; others write meanwhile.

    On PostgreSQL as the owner, whom row-level security does not bind. Raises NoOwner.
    """
    with engine.connect() as connection, connection.begin():
        if not is_sqlite(connection):
            become_owner(connection)
        yield connection


def gather(connection: Connection, suite: Suite, as_of: dt.date) -> Facts:
    """Read the facts in the connection's transaction; `suite` says what is declared."""
    links, head = chain_head(connection)
    versions = {
        name: version_of(connection, Owner(name=name, folder=SCRIPTS)) or "" for name in owners_in(connection)
    }
    return Facts(
        versions=versions,
        tables=counted(connection),
        links=links,
        head=head,
        as_of=as_of,
        indicators=numbers(connection, suite, as_of) if fits(suite, versions) else {},
    )


def fits(suite: Suite, versions: Mapping[str, str]) -> bool:
    """Whether tables of these versions are those of the program, so that it can read them."""
    return all(versions.get(owner.name) == revisions(owner)[-1] for owner in suite.owners)


def counted(connection: Connection) -> dict[str, int]:
    """Rows of every table, whether it is declared or not."""
    return {
        name: int(connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one())  # noqa: S608 - names from the catalogue
        for name in sorted(connection.dialect.get_table_names(connection))
    }


def chain_head(connection: Connection) -> tuple[int, str]:
    """Number and hash of the last link."""
    last = connection.execute(text("SELECT id, hash FROM core_audit_link ORDER BY id DESC LIMIT 1")).first()
    return (int(last.id), str(last.hash)) if last is not None else (0, "")


def numbers(connection: Connection, suite: Suite, as_of: dt.date) -> dict[str, Number]:
    """Every indicator on a day, bounded by nobody's scope."""
    with ReadSession(connection, join_transaction_mode="rollback_only") as session:
        board = indicator_board(session, suite.everything("backup"), suite.catalog, Question(as_of=as_of))
    return {
        item.indicator.key: Number(
            definition=item.indicator.definition,
            value=str(item.whole.value),
            numerator=str(item.whole.numerator),
            denominator=str(item.whole.denominator),
        )
        for item in board.values
    }


def differences(said: Facts, found: Facts) -> list[str]:
    """Where a database is other than was said of it, in words."""
    told = []
    for name in sorted({*said.tables, *found.tables}):
        before, after = said.tables.get(name), found.tables.get(name)
        if before != after:
            told.append(f"表 {name}：记载 {_count(before)}，实有 {_count(after)}。")
    for owner in sorted({*said.versions, *found.versions}):
        if said.versions.get(owner) != found.versions.get(owner):
            told.append(
                f"{owner} 的版本：记载 {said.versions.get(owner)}，实为 {found.versions.get(owner)}。"
            )
    if (said.links, said.head) != (found.links, found.head):
        told.append(
            f"审计链末节：记载第 {said.links} 节（{said.head[:16]}…），"
            f"实为第 {found.links} 节（{found.head[:16]}…）。"
        )
    return told + other_numbers(said.indicators, found.indicators)


def other_numbers(said: Mapping[str, Number], found: Mapping[str, Number]) -> list[str]:
    """Indicators whose values differ. One that is defined otherwise since, or is gone, says nothing."""
    return [
        f"指标 {key}：记载 {was.value}（{was.numerator} / {was.denominator}），"
        f"实为 {found[key].value}（{found[key].numerator} / {found[key].denominator}）。"
        for key, was in sorted(said.items())
        if key in found and found[key].definition == was.definition and found[key] != was
    ]


def _count(rows: int | None) -> str:
    return "没有" if rows is None else f"{rows:,} 行"
