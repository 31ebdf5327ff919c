"""What finds a record: its names, the former ones too, and its public numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, exists, select

from suite.contract.declarations import RecordKind
from suite.database.base import table_of
from suite.database.bulk import loading
from suite.kernel.executor.work import Progress, Transaction
from suite.kernel.registry.current import chunks
from suite.kernel.registry.edits import Edit
from suite.kernel.registry.timeline import DATED, LICENCES
from suite.kernel.search.keys import Searchable, write_keys
from suite.kernel.search.words import KEYS
from suite.tables import MERGED, Subject

SUBJECTS = table_of(Subject)
#: By so many keys a record is found, or more.
KEYS_EACH = 10
#: So many subjects are told of at a time.
STEP = 2_000


def searchable(kind: RecordKind, edit: Edit, former: Sequence[str]) -> Searchable:
    """What finds a record."""
    numbers = [edit.values.get("main_no")]
    if kind.licence is not None:
        numbers.append(edit.values.get(kind.licence.number))
    return Searchable(
        subject_id=edit.subject_id,
        kind=kind.key,
        profession=kind.owner,
        district_code=edit.values.get("district_code"),
        association=edit.association,
        names=tuple(dict.fromkeys((edit.values["name"], *former))),
        numbers=tuple(dict.fromkeys(number for number in numbers if number)),
    )


def stored(connection: Connection, ids: Sequence[int], kind: RecordKind | None = None) -> list[Searchable]:
    """What should find these subjects: their names now and before, and their public numbers.

    Without a kind (its plugin may be missing, or its tables yet to be upgraded) the core's tables alone are
    read: a licence there repeats the number that the kind has for it.
    """
    former: dict[int, list[str]] = {}
    for subject_id, name in connection.execute(_former(ids)):
        former.setdefault(subject_id, []).append(name)
    source: Any = SUBJECTS
    if kind is None:
        number: Any = (
            select(LICENCES.c.number)
            .where(LICENCES.c.subject_id == SUBJECTS.c.id)
            .order_by(LICENCES.c.valid_from.desc().nulls_last(), LICENCES.c.id.desc())
            .limit(1)
            .scalar_subquery()
        )
    else:
        number = SUBJECTS.c.main_no
        if kind.licence is not None:
            field = kind.by_key[kind.licence.number]
            number = field.table.columns[field.name]
        if number.table is kind.details:
            source = SUBJECTS.outerjoin(kind.details, kind.details.c.subject_id == SUBJECTS.c.id)
    rows = connection.execute(
        select(SUBJECTS, number.label("licence_number"))
        .select_from(source)
        .where(SUBJECTS.c.id.in_(ids))
        .order_by(SUBJECTS.c.id)
    )
    return [
        Searchable(
            subject_id=row.id,
            kind=row.kind,
            profession=row.profession,
            district_code=row.district_code,
            association=row.association,
            names=tuple(dict.fromkeys((row.name, *former.get(row.id, ())))),
            numbers=tuple(dict.fromkeys(value for value in (row.main_no, row.licence_number) if value)),
        )
        for row in rows
    ]


def write_absent_keys(connection: Connection, progress: Progress) -> None:
    """Write the keys of all subjects where there are none at all: a migration that changes their rule empties
    the table."""
    if connection.scalar(select(exists().select_from(KEYS))):
        return
    ids = connection.scalars(
        select(SUBJECTS.c.id).where(SUBJECTS.c.kind != MERGED).order_by(SUBJECTS.c.id)
    ).all()
    with loading(connection, {KEYS: len(ids) * KEYS_EACH}):
        for start in range(0, len(ids), STEP):
            progress("编制检索索引", start, len(ids))
            for part in chunks(ids[start : start + STEP]):
                write_keys(connection, stored(connection, part), fresh=True)


def former_names(work: Transaction, subject_ids: Sequence[int]) -> dict[int, list[str]]:
    """Subject → the names it ever had."""
    found: dict[int, list[str]] = {}
    for part in chunks(subject_ids):
        for subject_id, name in work.session.execute(_former(part)):
            found.setdefault(subject_id, []).append(name)
    return found


def _former(ids: Sequence[int]) -> Any:
    return select(DATED.c.subject_id, DATED.c.value).where(
        DATED.c.subject_id.in_(ids),
        DATED.c.field == "name",
        DATED.c.voided_at.is_(None),
        DATED.c.value.is_not(None),
    )
