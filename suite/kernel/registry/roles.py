"""The roles of one person: what one of them changes about the person has changed for all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select, text

from suite.contract.commands import Change
from suite.contract.declarations import RecordKind
from suite.contract.problems import Problem, ProblemKind
from suite.database.among import MOST, among
from suite.database.bulk import update_rows
from suite.database.engine import is_sqlite
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import chunks, current_records
from suite.kernel.registry.edits import Edit
from suite.kernel.registry.scoping import may_edit
from suite.kernel.registry.searched import former_names, searchable
from suite.kernel.registry.timeline import write_dated
from suite.kernel.search.keys import write_keys
from suite.kernel.search.pinyin import sort_key
from suite.tables import MERGED, Identity, Person, Subject

SUBJECTS = Subject.metadata.tables[Subject.__tablename__]


@dataclass(frozen=True, kw_only=True)
class Role:
    """One record of a person."""

    subject_id: int
    person_id: int
    kind: str
    version: int
    editable: bool


def personal_keys(kind: RecordKind) -> frozenset[str]:
    """The fields of a kind that say something of the person, and so of every role; none without a person."""
    if not kind.has_person:
        return frozenset()
    tables = (Person.__tablename__, Identity.__tablename__)
    return frozenset({"name"} | {field.key for field in kind.fields if field.table.name in tables})


def roles_of(person_ids: Collection[int], but: Collection[int], work: Transaction) -> list[Role]:
    """All records of these persons except some."""
    found = []
    for part in chunks(sorted(set(person_ids))):
        for row in work.session.execute(
            select(
                Subject.id,
                Subject.person_id,
                Subject.kind,
                Subject.version,
                Subject.profession,
                Subject.district_code,
                Subject.association,
            ).where(Subject.person_id.in_(part), Subject.kind != MERGED)
        ):
            if row.id not in but:
                editable = row.kind in work.catalog.kinds and may_edit(
                    work.actor, row.profession, row.district_code, row.association
                )
                found.append(
                    Role(
                        subject_id=row.id,
                        person_id=row.person_id,
                        kind=row.kind,
                        version=row.version,
                        editable=editable,
                    )
                )
    return found


def with_roles(ids: Sequence[int], work: Transaction) -> set[int]:
    """These subjects and all the others of their persons."""
    found = set(ids)
    for part in chunks(sorted(found), MOST):
        persons = select(Subject.person_id).where(among(Subject.id, part), Subject.person_id.is_not(None))
        found |= set(work.session.scalars(select(Subject.id).where(Subject.person_id.in_(persons))))
    return found


def name_problems(edits: Sequence[Edit], work: Transaction) -> list[Problem]:
    """A name changes for all roles of the person or not at all."""
    renamed = {
        edit.person_id: edit
        for edit in edits
        if not edit.is_new and edit.person_id is not None and "name" in edit.changes
    }
    roles = roles_of(renamed.keys(), [edit.subject_id for edit in renamed.values()], work)
    closed = {role.person_id for role in roles if not role.editable}
    closed |= closed_elsewhere(renamed.keys(), work)
    return [name_is_closed(edit.place) for person, edit in renamed.items() if person in closed]


def closed_elsewhere(persons: Collection[int], work: Transaction) -> set[int]:
    """The persons with a record that the actor may not change, which PostgreSQL may hide."""
    if is_sqlite(work.connection) or not persons:
        return set()
    asked = text("SELECT core_persons_closed(:persons)")
    return set(work.session.execute(asked, {"persons": sorted(persons)}).scalars())


def name_is_closed(row: int | None = None) -> Problem:
    """The refusal of a name that stands in a record which the actor may not change."""
    return Problem(
        code="identity.other_role",
        kind=ProblemKind.NOT_PERMITTED,
        text="此人另有档案不在您的管理范围内，姓名须在其全部档案中一并更正，请联系科室管理员。",
        field="name",
        row=row,
    )


def follow_roles(
    persons: Mapping[int, str | None], but: Collection[int], on: dt.date, work: Transaction
) -> tuple[Change, ...]:
    """Raise the version of the persons' other roles, and let them take a changed name from a day on.

    `persons`: person → the new name, None where the name stays.
    """
    roles = roles_of(persons.keys(), but, work)
    update_rows(
        work.connection,
        SUBJECTS,
        "id",
        [{"id": role.subject_id, "version": role.version + 1, "updated_at": work.now} for role in roles],
    )
    if persons and not is_sqlite(work.connection):
        # Those that the login may not change are out of the update's reach.
        touch = text("SELECT core_persons_touch(:persons)")
        work.session.execute(touch, {"persons": sorted(persons)})
    kinds = sorted({role.kind for role in roles})
    for key in kinds:
        kind = work.catalog.kinds.get(key)
        renamed = {
            role.subject_id: name
            for role in roles
            if role.kind == key and (name := persons[role.person_id]) is not None
        }
        if kind is not None and renamed:
            _rename(kind, renamed, on, work)
    return tuple(
        Change(kind=key, ids=tuple(role.subject_id for role in roles if role.kind == key)) for key in kinds
    )


def _rename(kind: RecordKind, names: Mapping[int, str], on: dt.date, work: Transaction) -> None:
    edits = [
        Edit(
            place=None,
            current=record,
            changes={"name": names[subject_id]},
            values=record.values | {"name": names[subject_id]},
            subject_id=subject_id,
            person_id=record.person_id,
        )
        for subject_id, record in current_records(work.session, kind, list(names)).items()
        if record.values["name"] != names[subject_id]
    ]
    write_dated(kind, edits, on, work)
    update_rows(
        work.connection,
        SUBJECTS,
        "id",
        [
            {
                "id": edit.subject_id,
                "name": edit.changes["name"],
                "name_key": sort_key(edit.changes["name"]),
            }
            for edit in edits
        ],
    )
    former = former_names(work, [edit.subject_id for edit in edits])
    write_keys(
        work.connection,
        [searchable(kind, edit, former.get(edit.subject_id, ())) for edit in edits],
        fresh=False,
    )
