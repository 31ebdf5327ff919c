"""What refers to a record or a person: every foreign key of the declared tables, the plugins' too.

A plugin's table comes along without code. A column whose `info` is `STAYS` keeps its rows with the record
that they are about (the log of an import). A row that a unique constraint does not let move stays as well.
What the rows are called is said by the field that the column is, or by the table's `info={"title": …}`.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Table,
    UniqueConstraint,
    and_,
    bindparam,
    exists,
    func,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy.orm import Session

from suite.contract.declarations import Field, FieldType
from suite.contract.problems import ProblemKind, Refused, refuse
from suite.database.base import METADATA
from suite.database.engine import is_sqlite
from suite.kernel.registry.activity import TABLES
from suite.kernel.registry.timeline import DATED, LICENCE_EVENTS, LICENCES, POSTS, dated_fields
from suite.loader.catalog import Catalog
from suite.tables import STAYS, Identity, Merge, Person, Subject

SUBJECTS = METADATA.tables[Subject.__tablename__]
PERSONS = METADATA.tables[Person.__tablename__]
IDENTITIES = METADATA.tables[Identity.__tablename__]
MERGES = METADATA.tables[Merge.__tablename__]
#: A subject's own history goes by the field that it is the history of, not as a reference.
HISTORY = (POSTS, LICENCES, LICENCE_EVENTS, DATED)

TITLES = {
    ("core_post", "body_id"): "在本机构的执业经历",
    ("core_subject", "body_id"): "本机构现有人员与下属",
    ("core_subject", "person_id"): "此人的档案",
    ("core_merge", "kept_id"): "此前并入的档案",
    ("core_merge", "kept_person_id"): "此前并入的个人",
}


@dataclass(frozen=True, kw_only=True)
class Move:
    """One row whose column names `before` and shall name `after`; `key` is its primary key now."""

    table: Table
    column: str
    key: tuple[Any, ...]
    before: Any
    after: Any

    @property
    def moved_key(self) -> tuple[Any, ...]:
        """The row's primary key when it has moved: the column may be a part of it."""
        names = [column.name for column in self.table.primary_key.columns]
        return tuple(
            self.after if name == self.column else part for name, part in zip(names, self.key, strict=True)
        )


@dataclass(frozen=True, kw_only=True)
class Referred:
    """The rows of one column that refer to the gone one: those that move, and how many stay and why."""

    title: str
    moves: tuple[Move, ...]
    stays: int = 0
    why: str = ""


def stays(column: Column[Any]) -> bool:
    """Whether the column's rows stay with the record that they are about."""
    return bool(column.info.get("merge") == STAYS["merge"])


def _columns_naming(target: Table) -> list[Column[Any]]:
    """Every declared column that refers to a row of the table by its id, in the order of their names.

    A table that is keyed by the id alone (a kind's details) stands for the row: what refers to it counts.
    """
    names = {f"{target.name}.id"}
    found: dict[str, Column[Any]] = {}
    grown = True
    while grown:
        grown = False
        for table in METADATA.tables.values():
            for column in table.columns:
                if str(column) in found or not any(
                    key.target_fullname in names for key in column.foreign_keys
                ):
                    continue
                found[str(column)] = column
                grown = True
                if list(table.primary_key.columns) == [column]:
                    names.add(str(column))
    return [column for _, column in sorted(found.items())]


def references_to(target: Table) -> list[Column[Any]]:
    """Every declared column that refers to a row of the table by its id, and whose rows follow a merge."""
    return [
        column
        for column in _columns_naming(target)
        if not stays(column)
        and not (column.name == "subject_id" and column.table in HISTORY)
        and column.table is not IDENTITIES
    ]


def referred(session: Session, catalog: Catalog, target: Table, kept: int, gone: int) -> list[Referred]:
    """What refers to the gone row, column by column; columns without rows are left out.

    Raises Refused where some of it lies out of the login's sight: it would be left behind.
    """
    details = {kind.details.name for kind in catalog.kinds.values()}
    # A plugin that is parked because its tables could not be made has declared them all the same.
    there = set(inspect(session.connection()).get_table_names())
    found, hidden = [], []
    everything = referring(session.connection(), target, gone)
    for column in references_to(target):
        if column.table.name not in there:
            continue
        moves, left = _moves(session, column, kept, gone)
        own = column.name == "subject_id" and column.table.name in details
        title = title_of(catalog, column)
        if moves or (left and not own):
            why = "保留的一方已有相同的登记" if left else ""
            found.append(Referred(title=title, moves=tuple(moves), stays=left, why=why))
        if everything.get(str(column), 0) > len(moves) + left:
            hidden.append(title)
    if hidden:
        raise out_of_sight(f"并入的一方有引用（{'、'.join(dict.fromkeys(hidden))}）")
    if target is SUBJECTS:
        linked = [field.key for field in _dated_links(catalog)]
        texts = _texts(session, linked, kept, gone) if linked else []
        if texts:
            found.append(Referred(title="历史登记中的引用", moves=tuple(texts)))
    return found


def referring(connection: Connection, target: Table, number: int) -> dict[str, int]:
    """Column → how many rows refer to a record or a person, those too that the login does not see.

    Only where some may be hidden from it: not on SQLite.
    """
    if is_sqlite(connection):
        return {}
    asked = text("SELECT place, rows_there FROM core_referring(:target, :number)")
    rows = connection.execute(asked, {"target": target.name, "number": number})
    return {row.place: row.rows_there for row in rows}


def out_of_sight(what: str) -> Refused:
    """The refusal of a merge or an undo of which a part lies where the login reads or changes nothing."""
    return refuse(
        "merge.hidden",
        f"{what}不在您的管理范围内，不能随之移动。请由管理范围包含这些内容的人员办理。",
        ProblemKind.NOT_PERMITTED,
    )


def _moves(session: Session, column: Column[Any], kept: int, gone: int) -> tuple[list[Move], int]:
    table = column.table
    key = list(table.primary_key.columns)
    guards = [
        [one for one in columns if one is not column] for columns in _unique(table) if column in columns
    ]
    taken = [set(map(tuple, session.execute(select(column, *g).where(column == kept)))) for g in guards]
    moves: list[Move] = []
    stays = 0
    asked = [*key, *(one for guard in guards for one in guard)]
    for row in session.execute(select(*asked).where(column == gone)):
        place = len(key)
        blocked = False
        for guard, held in zip(guards, taken, strict=True):
            values = tuple(row[place : place + len(guard)])
            place += len(guard)
            # An empty value collides with nothing; what moves itself is held from now on.
            clash = None not in values and (kept, *values) in held
            blocked = blocked or clash
        if blocked:
            stays += 1
        else:
            moves.append(
                Move(table=table, column=column.name, key=tuple(row[: len(key)]), before=gone, after=kept)
            )
    return moves, stays


def _unique(table: Table) -> Iterator[list[Column[Any]]]:
    yield list(table.primary_key.columns)
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield list(constraint.columns)
    for index in table.indexes:
        if index.unique:
            yield list(index.columns)


def _dated_links(catalog: Catalog) -> list[Field]:
    """The fields whose past values are ids of subjects, written as text."""
    return [
        field
        for kind in catalog.kinds.values()
        for field in dated_fields(kind)
        if field.type is FieldType.LINK
    ]


def _texts(session: Session, fields: Sequence[str], kept: int, gone: int) -> list[Move]:
    found = session.scalars(
        select(DATED.c.id).where(DATED.c.field.in_(fields), DATED.c.value == str(gone)).order_by(DATED.c.id)
    )
    return [
        Move(table=DATED, column="value", key=(number,), before=str(gone), after=str(kept))
        for number in found
    ]


def title_of(catalog: Catalog, column: Column[Any]) -> str:
    """What the rows are called, and where nobody says it the table's own name."""
    return declared_title(catalog, column) or TABLES.get(column.table.name, column.table.name)


def declared_title(catalog: Catalog, column: Column[Any]) -> str | None:
    """What the rows are called: by the core, by the field that is the column, or by the table itself."""
    known = TITLES.get((column.table.name, column.name))
    if known is not None:
        return known
    for kind in catalog.kinds.values():
        for field in kind.fields:
            if field.table is column.table and field.name == column.name:
                return f"{kind.title}的“{field.title}”"
    said: str | None = column.table.info.get("title") or column.table.comment
    return said


def by_column(moves: Iterable[Move]) -> list[list[Move]]:
    """Moves of one column each, in the order in which they are carried out.

    A row may move by two columns of which one is a part of its key: an undo goes through them backwards, so
    that every key is the one that was written down.
    """

    def place(move: Move) -> tuple[str, str]:
        return move.table.name, move.column

    return [list(group) for _, group in groupby(sorted(moves, key=place), key=place)]


def carry_out(connection: Connection, moves: Iterable[Move]) -> None:
    """Let the rows name what they shall. Raises Refused where the login sees a row that it may not change."""
    for members in by_column(moves):
        table, column = members[0].table, members[0].column
        key = list(table.primary_key.columns)
        statement = (
            update(table)
            .where(and_(*(one == bindparam(f"key_{place}") for place, one in enumerate(key))))
            .values({column: bindparam("after")})
        )
        moved = connection.execute(
            statement,
            [
                {**{f"key_{place}": part for place, part in enumerate(move.key)}, "after": move.after}
                for move in members
            ],
        )
        if moved.rowcount < len(members):
            raise out_of_sight("要移动的内容有一部分")


def key_text_of(key: Sequence[Any]) -> str:
    """A primary key as it is written down."""
    return json.dumps([part.isoformat() if isinstance(part, dt.date) else part for part in key])


def key_of_text(table: Table, text: str) -> tuple[Any, ...]:
    """The primary key that was written down."""
    columns = table.primary_key.columns
    return tuple(
        column.type.python_type.fromisoformat(part) if issubclass(column.type.python_type, dt.date) else part
        for column, part in zip(columns, json.loads(text), strict=True)
    )


def left_at_merged(connection: Connection) -> list[tuple[Column[Any], int]]:
    """The columns that refer to records or persons which were merged, and how many rows do.

    Not what a unique constraint kept from moving: of that the kept one has the same.
    """
    there = set(inspect(connection).get_table_names())
    found = []
    for target, gone, kept in (
        (SUBJECTS, MERGES.c.gone_id, MERGES.c.kept_id),
        (PERSONS, MERGES.c.gone_person_id, MERGES.c.kept_person_id),
    ):
        for column in references_to(target):
            table = column.table
            if table.name not in there or list(table.primary_key.columns) == [column]:
                continue
            rows, same = table.alias(), table.alias()
            query = (
                select(func.count())
                .select_from(rows.join(MERGES, rows.c[column.name] == gone))
                .where(MERGES.c.what != "split", MERGES.c.undone_at.is_(None))
            )
            for guard in _unique(table):
                if column in guard:
                    others = [same.c[one.name] == rows.c[one.name] for one in guard if one is not column]
                    query = query.where(~exists().where(same.c[column.name] == kept, *others))
            number = connection.scalar(query)
            if number:
                found.append((column, number))
    return found
