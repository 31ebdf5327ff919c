"""Records taken out of the rosters again, and records put back as they were: for what should not have been
written at all. The audit keeps both what was written and that it went."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select, text

from suite.contract.commands import Change
from suite.contract.declarations import RecordKind
from suite.contract.problems import Problem
from suite.database.bulk import update_rows
from suite.database.engine import is_sqlite
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import chunks, current_records
from suite.kernel.registry.edits import Edit
from suite.kernel.registry.links import targets_of
from suite.kernel.registry.locking import hold_named
from suite.kernel.registry.merging_tombstone import records_merged
from suite.kernel.registry.persons import link_persons
from suite.kernel.registry.prepare import errors, number_problems, scope_problems
from suite.kernel.registry.referring import Place, foreign_keys, referring
from suite.kernel.registry.roles import follow_roles, name_problems, roles_of
from suite.kernel.registry.save import (
    IDENTITIES,
    PERSONS,
    SUBJECTS,
    changed_persons,
    update_subjects,
    write_persons,
    write_search_keys,
)
from suite.kernel.registry.timeline import (
    DATED,
    LICENCE_EVENTS,
    LICENCES,
    POSTS,
    licence_columns,
    licences_of,
    move_history,
)
from suite.tables import SearchKey

KEYS = SUBJECTS.metadata.tables[SearchKey.__tablename__]
#: What is recorded with a time of its own.
RECORDED = (DATED, POSTS, LICENCE_EVENTS)


def own_places(kind: RecordKind) -> frozenset[Place]:
    """The foreign keys by which a record of the kind holds together."""
    history = ((table.name, "subject_id") for table in (*RECORDED, LICENCES))
    return frozenset({(kind.details.name, "subject_id"), *history})


def remove_records(kind: RecordKind, ids: Sequence[int], work: Transaction) -> None:
    """Take records out with their history, and the persons who have no other record.

    Nothing else may point at them; see `referring`.
    """
    connection = work.connection
    persons: set[int] = set()
    for done, part in enumerate(chunks(sorted(ids))):
        work.progress("撤销新增", done * len(part), len(ids))
        found = select(SUBJECTS.c.person_id).where(SUBJECTS.c.id.in_(part), SUBJECTS.c.person_id.is_not(None))
        persons.update(connection.scalars(found))
        for table in (KEYS, LICENCE_EVENTS, LICENCES, POSTS, DATED, kind.details):
            connection.execute(table.delete().where(table.c.subject_id.in_(part)))
        connection.execute(SUBJECTS.delete().where(SUBJECTS.c.id.in_(part)))
    places = foreign_keys(connection, PERSONS.name)
    held = referring(connection, places, sorted(persons), {(IDENTITIES.name, "person_id")})
    forget_persons(persons - held.keys(), connection)


def forget_persons(persons: Collection[int], connection: Connection) -> None:
    """Take out persons, with their numbers, at whom nothing points any more.

    PostgreSQL shows a person only through a record, so that there a function does it.
    """
    for part in chunks(sorted(persons)):
        if not is_sqlite(connection):
            connection.execute(text("SELECT core_persons_forget(:persons)"), {"persons": list(part)})
            continue
        connection.execute(IDENTITIES.delete().where(IDENTITIES.c.person_id.in_(part)))
        connection.execute(PERSONS.delete().where(PERSONS.c.id.in_(part)))


def restoring_edits(
    kind: RecordKind, before: Mapping[int, Mapping[str, Any]], work: Transaction
) -> tuple[list[Edit], dict[int, Problem]]:
    """The edits that put former values back, and why the other records cannot have theirs.

    A record that was merged since means the one that stands for it now.
    """
    before = _led(kind, before, work)
    edits = [
        Edit(
            place=subject_id,
            current=record,
            changes=dict(before[subject_id]),
            values=record.values | before[subject_id],
            subject_id=subject_id,
            person_id=record.person_id,
        )
        for subject_id, record in current_records(work.session, kind, sorted(before)).items()
    ]
    problems = [*scope_problems(kind, edits, work), *number_problems(kind, edits, work)]
    if kind.has_person:
        problems += [*name_problems(edits, work), *link_persons(kind, edits, work)]
    problems += _lost_links(kind, edits, work)
    refused = {problem.row: problem for problem in reversed(errors(problems)) if problem.row is not None}
    return [edit for edit in edits if edit.subject_id not in refused], refused


def _led(
    kind: RecordKind, before: Mapping[int, Mapping[str, Any]], work: Transaction
) -> Mapping[int, Mapping[str, Any]]:
    """The values with what their links lead to now."""
    links = [field.key for field in kind.fields if field.links]
    said = (values.get(key) for values in before.values() for key in links)
    named = {one for one in said if one is not None}
    hold_named(work, named)
    led = records_merged(work.session, sorted(named))
    if not led:
        return before
    return {
        subject_id: {key: led.get(value, value) if key in links else value for key, value in values.items()}
        for subject_id, values in before.items()
    }


def _lost_links(kind: RecordKind, edits: Sequence[Edit], work: Transaction) -> list[Problem]:
    """Links whose records are gone, or hidden: of these only a body that the record's own posts name stays
    known."""
    links = [field for field in kind.fields if field.links]
    wanted = [
        (edit, field, edit.changes[field.key])
        for edit in edits
        for field in links
        if edit.changes.get(field.key) is not None
    ]
    known = targets_of(work.session, (target for _, _, target in wanted))
    lost = [found for found in wanted if found[2] not in known]
    held = _bodies_of([edit.subject_id for edit, field, _ in lost if field.key == "body_id"], work)
    return [
        Problem(
            code="link.gone",
            text=f"原来的“{field.title}”已不在名册中，或不在您的管理范围内，无法恢复，请在档案中改正，"
            "或由科室管理员撤销。",
            field=field.key,
            row=edit.place,
        )
        for edit, field, target in lost
        if field.key != "body_id" or (edit.subject_id, target) not in held
    ]


def _bodies_of(ids: Sequence[int], work: Transaction) -> set[tuple[int, int]]:
    """The subjects with the bodies that their posts name, ended and voided ones too."""
    found: set[tuple[int, int]] = set()
    for part in chunks(ids):
        named = select(POSTS.c.subject_id, POSTS.c.body_id).where(POSTS.c.subject_id.in_(part))
        found.update((row.subject_id, row.body_id) for row in work.session.execute(named))
    return found


def restore_records(
    kind: RecordKind,
    edits: Sequence[Edit],
    recorded_at: dt.datetime,
    ends: Mapping[int, dt.date | None],
    work: Transaction,
) -> tuple[Change, ...]:
    """Put former values back as if the write of `recorded_at` had not been; tells which other roles follow.

    What that write recorded in their history goes. `ends` (post → former end) gives posts that it cut or
    voided their time back.
    """
    ids = [edit.subject_id for edit in edits]
    _forget_history(ids, recorded_at, work)
    standing = {"voided_at": None, "void_reason": None}
    update_rows(
        work.connection,
        POSTS,
        "id",
        [{"id": post, "to_date": end, **standing} for post, end in ends.items()],
    )
    _restore_licences(kind, edits, work)
    if kind.has_person:
        write_persons(kind, [], edits, work)
        drop_empty_identities([edit.person_id for edit in edits if edit.person_id is not None], work)
    update_subjects(kind, edits, work)
    moved = {e.subject_id: e.values["district_code"] for e in edits if "district_code" in e.changes}
    move_history(work, moved)
    write_search_keys(kind, edits, work)
    persons = changed_persons(kind, edits)
    _restore_names(persons, ids, recorded_at, work)
    return follow_roles(dict.fromkeys(persons), ids, work.today, work)


def _forget_history(ids: Sequence[int], recorded_at: dt.datetime, work: Transaction) -> None:
    for done, part in enumerate(chunks(sorted(ids))):
        work.progress("恢复原值", done * len(part), len(ids))
        for table in RECORDED:
            work.connection.execute(
                table.delete().where(table.c.subject_id.in_(part), table.c.recorded_at == recorded_at)
            )


def _restore_licences(kind: RecordKind, edits: Sequence[Edit], work: Transaction) -> None:
    if kind.licence is None:
        return
    columns = {**licence_columns(kind.licence), "state": "status"}
    touched = [edit for edit in edits if edit.changes.keys() & set(columns.values())]
    licences = licences_of(work.session, [edit.subject_id for edit in touched])
    update_rows(
        work.connection,
        LICENCES,
        "id",
        [
            {
                "id": licences[edit.subject_id],
                **{name: edit.changes[key] for name, key in columns.items() if key in edit.changes},
            }
            for edit in touched
            if edit.subject_id in licences
        ],
    )


def drop_empty_identities(persons: Collection[int], work: Transaction) -> None:
    """Drop what says nothing of a person any more: an identity without number and telephone."""
    for part in chunks(sorted(persons)):
        identity = IDENTITIES.c
        work.connection.execute(
            IDENTITIES.delete().where(
                identity.person_id.in_(part), identity.id_number.is_(None), identity.phone.is_(None)
            )
        )


def _restore_names(
    persons: Mapping[int, str | None], but: Collection[int], recorded_at: dt.datetime, work: Transaction
) -> None:
    """Give the other roles the former name back; their history forgets the one that the write recorded."""
    renamed = {person: name for person, name in persons.items() if name is not None}
    roles = roles_of(renamed, but, work)
    for part in chunks([role.subject_id for role in roles]):
        dated = DATED.c
        work.connection.execute(
            DATED.delete().where(
                dated.subject_id.in_(part), dated.field == "name", dated.recorded_at == recorded_at
            )
        )
    for key in sorted({role.kind for role in roles} & work.catalog.kinds.keys()):
        kind = work.catalog.kinds[key]
        names = {role.subject_id: renamed[role.person_id] for role in roles if role.kind == key}
        edits = [
            Edit(
                place=None,
                current=record,
                changes={"name": names[subject_id]},
                values=record.values | {"name": names[subject_id]},
                subject_id=subject_id,
                person_id=record.person_id,
            )
            for subject_id, record in current_records(work.session, kind, sorted(names)).items()
        ]
        update_subjects(kind, edits, work)
        write_search_keys(kind, edits, work)
