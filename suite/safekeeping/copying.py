"""Moving everything to a database of the other engine (or another one of the same), verified row by row.

One transaction of the target: either everything stands there, equal to what was read, or nothing does. The
trace goes along as it was sealed: the triggers are off meanwhile and write no second one.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from hashlib import sha256
from itertools import islice
from typing import Any

from sqlalchemy import Column, Connection, Table, func, select, text

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.problems import ProblemKind, refuse
from suite.database import migrate
from suite.database.base import METADATA, owner_of, table_of
from suite.database.bulk import insert_rows
from suite.database.engine import is_sqlite, open_engine, writing
from suite.database.migrate import Standing, owners_in, rebuilding
from suite.database.rights_install import NoOwner, become_owner
from suite.kernel.accounts.commands import RevokeRole
from suite.kernel.accounts.declarations import SOLE_USER
from suite.kernel.audit.verify import verify
from suite.kernel.executor.work import Progress
from suite.safekeeping.facts import chain_head, snapshot
from suite.safekeeping.restoring import make_logins
from suite.safekeeping.taking import require_maintainer
from suite.tables import AuditEntry

ENTRIES = table_of(AuditEntry)
BATCH = 5_000
#: Rows of a table with contents, which may be megabytes each.
BATCH_OF_CONTENTS = 10
#: What making a database writes by itself, and how often; a target that says more than this is in use. The
#: only user of a desk is granted two roles.
MAKING = Counter({"AddUser": 1, "GrantRole": 2, "LoadPlaces": 1, "LoadCalendar": 1})
WIDE = 1 << 256
#: The reason in the trace of a server to which a single desk was copied.
ENDED = "单机数据迁入服务器，单机使用的角色不带过来"


@dataclass(frozen=True, kw_only=True)
class Copied:
    """What was copied: rows of each table, the audit head of both, and logins that need a password.

    revoked: whose role of a desk's only user did not come along; the trace there says so after the head.
    """

    tables: dict[str, int]
    links: int
    head: str
    logins: tuple[str, ...]
    revoked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tally:
    """Rows of a table: how many, and a digest that does not depend on their order."""

    rows: int = 0
    digest: int = 0

    def add(self, rows: Sequence[Sequence[Any]]) -> Tally:
        """With these rows, too."""
        total = sum(int.from_bytes(sha256(_plain(row).encode()).digest()) for row in rows)
        return Tally(self.rows + len(rows), (self.digest + total) % WIDE)


def copy_database(suite: Suite, actor: Actor, url: str, progress: Progress) -> Copied:
    """Copy the database of `suite` to the one at `url`, which must be empty or just made. Raises Refused."""
    require_maintainer(suite, actor)
    engine = open_engine(url)
    target = replace(
        suite, engine=engine, statuses=[], altered_triggers=[], unlike_rights=[], contradicted=None
    )
    try:
        return _copy(suite, target, progress)
    except NoOwner as error:
        raise refuse("database.owner", str(error), ProblemKind.NOT_PERMITTED) from error
    finally:
        engine.dispose()


def _copy(suite: Suite, target: Suite, progress: Progress) -> Copied:
    _require_empty(target)
    target.upgrade()
    with snapshot(suite.engine) as source:
        _require_alike(suite, target, source)
        tables = _tables(source)
        owners = [owner.name for owner in suite.owners]
        with rebuilding(target.engine, owners, target.rights) as connection:
            references = _open(connection, tables)
            tallies = {}
            for place, table in enumerate(tables):
                progress(f"复制 {table.name}", place, len(tables))
                tallies[table.name] = _copy_table(source, connection, table)
            _number_on(source, connection, tables)
            for place, table in enumerate(tables):
                progress(f"核对 {table.name}", place, len(tables))
                _require_equal(connection, table, tallies[table.name])
            _close(connection, references)
        links, head = chain_head(source)
    with snapshot(target.engine) as connection:
        found = verify(connection)
    if (found.links, found.head) != (links, head) or found.problems:
        told = "".join(problem.text for problem in found.problems[:3])
        raise refuse("copy.trace", f"数据已全部复制，但操作痕迹核对有误：{told}请勿使用这个库。")
    target.witnesses.forget(target.address)  # the chain of the database that was just made is gone
    server = not is_sqlite(target.engine)
    revoked = _end_sole_use(target) if server and is_sqlite(suite.engine) else ()
    logins = make_logins(target) if server else ()
    counts = {name: tally.rows for name, tally in tallies.items()}
    return Copied(tables=counts, links=links, head=head, logins=logins, revoked=revoked)


def _end_sole_use(target: Suite) -> tuple[str, ...]:
    """Take the role of a desk's only user away on a server, where its administrator reads no case.

    As the owner: the login that copies need not be one that manages users. It stays in the trace.
    """
    with writing(target.engine) as connection:
        become_owner(connection)
        held = text("SELECT DISTINCT login FROM core_grant WHERE role = :role ORDER BY login")
        logins = tuple(connection.execute(held, {"role": SOLE_USER}).scalars())
        if not logins:
            return ()
        connection.execute(
            text("SELECT core_audit_begin(:command, :title, :reason)"),
            {"command": RevokeRole.__name__, "title": RevokeRole.title, "reason": ENDED},
        )
        # It asks what the login may give and take; this is not the login's own wish.
        connection.exec_driver_sql("ALTER TABLE core_grant DISABLE TRIGGER rights_guard")
        connection.execute(text("DELETE FROM core_grant WHERE role = :role"), {"role": SOLE_USER})
        connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
        connection.exec_driver_sql("ALTER TABLE core_grant ENABLE TRIGGER rights_guard")
    return logins


def _require_empty(target: Suite) -> None:
    """Raises Refused where the target holds anything but what making a database writes."""
    with target.engine.connect() as connection:
        names = connection.dialect.get_table_names(connection)
        if names and not ("core_audit_transaction" in names and _just_made(connection)):
            raise refuse(
                "copy.not_empty", "目标库里已有数据，不会覆盖。请指一个空库，或刚用 suite db init 建好的库。"
            )


def _just_made(connection: Connection) -> bool:
    acts = text("SELECT command FROM core_audit_transaction LIMIT :most")
    commands = Counter(connection.execute(acts, {"most": MAKING.total() + 1}).scalars())
    records = text("SELECT count(*) FROM core_subject WHERE kind NOT LIKE 'core.%'")
    return commands <= MAKING and connection.execute(records).scalar_one() == 0


def _require_alike(suite: Suite, target: Suite, source: Connection) -> None:
    strangers = set(owners_in(source)) - {owner.name for owner in suite.owners}
    if strangers:
        names = "、".join(sorted(strangers))
        raise refuse("copy.parked", f"这些插件没有启用，它们的表无法复制：{names}。请先启用，或升级数据库。")
    for one in (suite, target):
        behind = [
            item
            for item in migrate.status(one.engine, one.owners)
            if item.standing is not Standing.CURRENT and item.program
        ]
        if behind:
            raise refuse("copy.versions", "两个库的版本须与本程序一致。请先运行 suite db upgrade。")


def _tables(connection: Connection) -> list[Table]:
    names = set(connection.dialect.get_table_names(connection))
    return [table for table in METADATA.tables.values() if table.name in names and owner_of(table.name)]


def _open(connection: Connection, tables: Sequence[Table]) -> list[str]:
    """Empty the tables and take off what would act or refuse while they fill; gives how to put it back.

    SQLite has neither triggers nor foreign keys in a rebuilding transaction; PostgreSQL gets the triggers
    back at its end.
    """
    if is_sqlite(connection):
        for table in tables:
            connection.execute(table.delete())
        return []
    triggers = text(
        "SELECT format('DROP TRIGGER %I ON %s', tgname, tgrelid::regclass) FROM pg_trigger t JOIN pg_class c "
        "ON c.oid = t.tgrelid WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace"
    )
    for statement in connection.execute(triggers).scalars().all():
        connection.exec_driver_sql(statement)
    references = connection.execute(
        text(
            "SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS off, "
            "format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, "
            "pg_get_constraintdef(oid)) AS back FROM pg_constraint "
            "WHERE contype = 'f' AND connamespace = 'public'::regnamespace"
        )
    ).all()
    for reference in references:
        connection.exec_driver_sql(reference.off)
    connection.exec_driver_sql("TRUNCATE " + ", ".join(f'"{table.name}"' for table in tables))
    return [str(reference.back) for reference in references]


def _close(connection: Connection, references: Sequence[str]) -> None:
    for statement in references:
        connection.exec_driver_sql(statement)


def _copy_table(source: Connection, target: Connection, table: Table) -> Tally:
    tally = Tally()
    columns = [column.name for column in table.columns]
    for rows in _batches(source, table):
        tally = tally.add(rows)
        insert_rows(target, table, [dict(zip(columns, row, strict=True)) for row in rows])
    return tally


def _batches(connection: Connection, table: Table) -> Iterator[Sequence[Sequence[Any]]]:
    many = BATCH_OF_CONTENTS if any("digest" in column.info for column in table.columns) else BATCH
    result = connection.execute(
        select(*table.columns), execution_options={"yield_per": many, "stream_results": True}
    )
    rows = iter(result)
    while part := list(islice(rows, many)):
        yield part


def _require_equal(connection: Connection, table: Table, wanted: Tally) -> None:
    found = Tally()
    for rows in _batches(connection, table):
        found = found.add(rows)
    if found != wanted:
        raise refuse(
            "copy.differs",
            f"表 {table.name} 复制后与原库不符（{wanted.rows:,} 行与 {found.rows:,} 行）。未写入任何内容。",
        )


def _number_on(source: Connection, target: Connection, tables: Sequence[Table]) -> None:
    """New rows get numbers above every one that was ever given, also those of rows that are gone."""
    own = {table: key for table in tables if (key := table.autoincrement_column) is not None}
    gone = _gone(source, own)
    for table, key in own.items():
        named = {"name": f'"{table.name}"', "key": key.name}
        highest = source.execute(select(func.max(key))).scalar()
        last = max(_counted(source, table, key), highest or 0, gone.get(table.name, 0))
        if last <= 0:
            continue
        if not is_sqlite(target):
            target.execute(
                text("SELECT setval(pg_get_serial_sequence(:name, :key), :last)"), {**named, "last": last}
            )
        elif _counts(target, table):
            target.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
            target.execute(
                text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"),
                {"name": table.name, "last": last},
            )


def _counted(connection: Connection, table: Table, key: Column[int]) -> int:
    """The last number that the engine itself says a table has given."""
    if is_sqlite(connection):
        last = connection.execute(
            text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table.name}
        ).scalar()
        return int(last or 0)
    name = connection.execute(
        text("SELECT pg_get_serial_sequence(:name, :key)"), {"name": f'"{table.name}"', "key": key.name}
    ).scalar()
    if name is None:
        return 0
    row = connection.exec_driver_sql(f"SELECT last_value, is_called FROM {name}").one()  # noqa: S608 - the catalogue's own name
    return int(row.last_value) if row.is_called else 0


def _counts(connection: Connection, table: Table) -> bool:
    """Whether an SQLite table counts its rows, rather than taking one more than the highest that stands."""
    made = text("SELECT sql LIKE '%AUTOINCREMENT%' FROM sqlite_master WHERE type = 'table' AND name = :name")
    return bool(connection.execute(made, {"name": table.name}).scalar())


def _gone(connection: Connection, own: Collection[Table]) -> dict[str, int]:
    """Table → the highest number of a row that the trace says was deleted.

    SQLite gives the highest number of some tables again, since it keeps no count of them.
    """
    names = {table.name for table in own}
    deleted = select(ENTRIES.c.table_name, ENTRIES.c.row_key).where(ENTRIES.c.action == "D")
    found: dict[str, int] = {}
    for name, key in connection.execute(deleted, execution_options={"yield_per": BATCH}):
        if name in names:
            found[name] = max(found.get(name, 0), int(key))
    return found


def _plain(row: Sequence[Any]) -> str:
    """A row as text that both engines' drivers agree on."""
    return "\x1f".join(_value(value) for value in row)


def _value(value: Any) -> str:
    match value:
        case None:
            return "\x1d"
        case bool():
            return "1" if value else "0"
        case Decimal() | float():
            return format(Decimal(str(value)).normalize(), "f")
        case dt.datetime():
            return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
        case bytes():
            return sha256(value).hexdigest()
    return str(value)
