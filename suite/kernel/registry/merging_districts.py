"""The districts of those who belong to a body that was merged into one of another district, and back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, select

from suite.contract.commands import Change
from suite.contract.declarations import RecordKind
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import CurrentRecord, chunks, current_records
from suite.kernel.registry.edits import Edit
from suite.kernel.registry.following import beginning, merged_steps, value_at
from suite.kernel.registry.merging_plan import MergePlan
from suite.kernel.registry.merging_references import SUBJECTS, key_of_text
from suite.kernel.registry.merging_tombstone import leading_on
from suite.kernel.registry.merging_writing import FOLLOWED, followed, made, record_lines
from suite.kernel.registry.save import update_subjects, write_search_keys
from suite.kernel.registry.timeline import (
    DATED,
    POSTS,
    dated_fields,
    dated_rows,
    entries_of,
    insert_recorded,
    move_history,
    posts_of,
)

FIELD = "district_code"


def districts_follow(
    merge_id: int, plan: MergePlan, gone: Row[Any], came: str | None, work: Transaction
) -> tuple[Change, ...]:
    """Let who belongs, or belonged, to the gone body lie where the kept one does, on the days at it."""
    at_gone = {move.key[0] for move in plan.moves if (move.table, move.column) == (POSTS, "body_id")}
    belonging = {move.key[0] for move in plan.moves if (move.table, move.column) == (SUBJECTS, "body_id")}
    if came is None or came == gone.district_code or not (at_gone or belonging):
        return ()
    of_posts = select(POSTS.c.subject_id).where(POSTS.c.id.in_(at_gone))
    people = belonging | set(work.session.scalars(of_posts))
    changes: list[Change] = []
    for kind, records in _by_kind(people, work):
        posts, entries = posts_of(work, list(records)), entries_of(work, list(records))
        is_dated = FIELD in {field.key for field in dated_fields(kind)}
        rows: list[dict[str, Any]] = []
        edits: list[Edit] = []
        for number, record in records.items():
            now = record.values[FIELD]
            former = [
                replace(post, body_id=gone.id) if post.id in at_gone else post for post in posts[number]
            ]
            known = entries[number, FIELD]
            steps = merged_steps(beginning(known, now), former, gone.id, gone.district_code, came)
            edit = _edit(record, value_at([*beginning(known, now), *steps], work.today))
            if is_dated:
                rows += dated_rows(kind, edit, FIELD, known, steps)
            if FIELD in edit.changes:
                edits.append(edit)
        numbers = insert_recorded(work, DATED, rows)
        record_lines(
            merge_id,
            [
                *(made(DATED, (number,)) for number in numbers),
                *(followed(edit.subject_id, FIELD, edit.former.values[FIELD]) for edit in edits),
            ],
            work,
        )
        changes += _write(kind, edits, work)
    return tuple(changes)


@dataclass(frozen=True, kw_only=True)
class Followed:
    """What a merge did to districts: the histories' rows that it made, and what districts were before.

    `since`: whose district was changed since, or who was merged: theirs stays as it is.
    """

    owners: Mapping[int, int]
    before: Mapping[int, str | None]
    since: frozenset[int]

    @property
    def staying(self) -> set[int]:
        """The rows of histories that stay."""
        return {row for row, owner in self.owners.items() if owner in self.since}


def followed_of(lines: Sequence[Row[Any]], merge: Row[Any], work: Transaction) -> Followed:
    """What the merge wrote down about districts."""
    keys = {
        key_of_text(DATED, line.row_key)[0]
        for line in lines
        if line.action == "made" and line.table_name == DATED.name
    }
    before = {
        key_of_text(SUBJECTS, line.row_key)[0]: line.before for line in lines if line.action == FOLLOWED
    }
    rows = work.session.execute(select(DATED.c.id, DATED.c.subject_id).where(DATED.c.id.in_(keys)))
    owners = {row.id: row.subject_id for row in rows}
    later = select(DATED.c.subject_id).where(
        DATED.c.subject_id.in_({*before, *owners.values()}),
        DATED.c.field == FIELD,
        DATED.c.recorded_at > merge.at,
        DATED.c.id.not_in(keys),
    )
    led = leading_on(work.session, sorted(before))
    since = frozenset({*work.session.scalars(later), *led, *led.values()})
    return Followed(owners=owners, before=before, since=since)


def districts_return(found: Followed, work: Transaction) -> tuple[Change, ...]:
    """Put districts back, once the rows that the merge had made are gone."""
    changes: list[Change] = []
    people = {*found.before, *found.owners.values()} - found.since
    for kind, records in _by_kind(people, work):
        entries = entries_of(work, list(records))
        edits = []
        for number, record in records.items():
            value = found.before.get(number, record.values[FIELD])
            if known := entries[number, FIELD]:
                value = value_at(known, work.today)
            edit = _edit(record, value)
            if edit.changes:
                edits.append(edit)
        changes += _write(kind, edits, work)
    return tuple(changes)


def _by_kind(
    people: Collection[int], work: Transaction
) -> Iterator[tuple[RecordKind, dict[int, CurrentRecord]]]:
    """These records kind by kind, as far as they have a district and stand."""
    found: dict[str, list[int]] = {}
    for part in chunks(sorted(people)):
        query = select(SUBJECTS.c.id, SUBJECTS.c.kind).where(SUBJECTS.c.id.in_(part))
        for number, kind in work.session.execute(query):
            found.setdefault(kind, []).append(number)
    for key, numbers in sorted(found.items()):
        kind = work.catalog.kinds.get(key)
        if kind is not None and FIELD in kind.by_key:
            yield kind, current_records(work.session, kind, numbers)


def _edit(record: CurrentRecord, district: str | None) -> Edit:
    changes = {FIELD: district} if district != record.values[FIELD] else {}
    return Edit(
        place=None,
        current=record,
        changes=changes,
        values=record.values | {FIELD: district},
        subject_id=record.subject_id,
        person_id=record.person_id,
    )


def _write(kind: RecordKind, edits: Sequence[Edit], work: Transaction) -> list[Change]:
    update_subjects(kind, edits, work)
    move_history(work, {edit.subject_id: edit.values[FIELD] for edit in edits})
    write_search_keys(kind, edits, work)
    return [Change(kind=kind.key, ids=tuple(edit.subject_id for edit in edits))] if edits else []
