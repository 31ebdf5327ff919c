"""From typed rows to checked edits: normal form, merge with other desks, every validator, every problem."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from sqlalchemy import UniqueConstraint, select

from suite.contract.declarations import Field, FieldType, RecordKind
from suite.contract.problems import Problem, Severity
from suite.database.among import MOST, among
from suite.kernel.audit.queries import acts_on
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.born import say_births
from suite.kernel.registry.canonical import canonical, canonical_rows
from suite.kernel.registry.commands import RowEdit
from suite.kernel.registry.current import CurrentRecord, chunks, current_records
from suite.kernel.registry.edits import Edit, Seen
from suite.kernel.registry.following import follow_bodies
from suite.kernel.registry.holding import hold_problems
from suite.kernel.registry.in_force import values_on
from suite.kernel.registry.judging import ValueJudge
from suite.kernel.registry.links import closed_bodies, linked_problems, name_after, targets_of
from suite.kernel.registry.locking import lock_subjects
from suite.kernel.registry.masking import masked
from suite.kernel.registry.merging_tombstone import numbers_merged
from suite.kernel.registry.roles import name_problems, personal_keys, with_roles
from suite.kernel.registry.rules import merge, missing, stale
from suite.kernel.registry.said import Said
from suite.kernel.registry.scoping import may_edit, may_read, out_of_scope
from suite.kernel.registry.stays import place_stays
from suite.tables import Subject


@dataclass(kw_only=True)
class Prepared:
    """All edits of a command with what was found about them."""

    edits: list[Edit]
    problems: list[Problem]


def prepare(
    kind: RecordKind,
    rows: Sequence[RowEdit],
    work: Transaction,
    *,
    lock: bool = True,
    on: dt.date | None = None,
) -> Prepared:
    """Check all rows; problems carry their rows' places.

    A preview does not `lock`, since it only reads. `on`: the day from which the rows shall hold, if one was
    named; what has a history is then compared with what was in force on that day. Rows that a preview checked
    are not checked again while nobody has written since.
    """
    ids = [row.subject_id for row in rows if row.subject_id is not None]
    if lock:
        said = {key for row in rows for key in row.values}
        lock_subjects(work, with_roles(ids, work) if said & personal_keys(kind) else ids)
        # Asked under the lock: what is locked by now nobody changes any more.
        checked = _checked(rows, work) if on is None else None
        if checked is not None:
            return checked
    current = current_records(work.session, kind, ids)
    keys = {key for row in rows for key in row.values}
    then = values_on(kind, list(current), keys, on, work) if on is not None else {}
    problems = _repeated(rows)
    said_by_row, unreadable = canonical_rows(kind, rows)
    joins = association_of(kind.owner, work)
    edits: list[Edit] = []
    for place, (row, wanted) in enumerate(zip(rows, said_by_row, strict=True)):
        edit = _edit(kind, row, wanted, unreadable.get(place, ()), current, then, joins, work, problems)
        if edit is not None:
            edits.append(edit)
    links = [field for field in kind.fields if field.type is FieldType.LINK]
    targets = targets_of(
        work.session,
        (edit.values[field.key] for edit in edits for field in links if edit.values.get(field.key)),
    )
    name_after(kind, edits, targets, work.actor)
    say_births(kind, edits, work.today)
    problems += place_stays(kind, edits, on, work)
    follow_bodies(kind, edits, targets, work)
    judge = ValueJudge(kind, work, targets)
    wrong = _wrong_values(kind, edits, judge)
    required = [field.key for field in judge.required]
    checks, context = kind.checks, judge.context
    for place, edit in enumerate(edits):
        found: list[Problem] = []
        changes, values = edit.changes, edit.values
        asked = edit.current is None or None in changes.values()
        if asked and None in map(values.get, required):
            found += missing(judge.required, values)
        if place in wrong:
            found += wrong[place]
        for check in checks if changes else ():
            if told := check(values, context):
                found += told
        if found:
            problems += [problem.at(row=edit.place) for problem in found]
    problems += linked_problems(kind, edits, targets, work)
    problems += scope_problems(kind, edits, work)
    problems += number_problems(kind, edits, work)
    barred = hold_problems(kind, edits, work, on)
    problems += barred
    held = {problem.row for problem in barred}
    problems += closed_bodies(kind, [edit for edit in edits if edit.place not in held], targets, work)
    problems += name_problems(edits, work) if kind.has_person else ()
    return Prepared(edits=edits, problems=problems)


def _checked(rows: Sequence[RowEdit], work: Transaction) -> Prepared | None:
    """What a preview made of all these rows, if it stands and was not written yet; it is used up by this."""
    found = [row.checked for row in rows if row.checked is not None and not row.checked.used]
    if not found or len(found) < len(rows):
        return None
    seen = found[0].seen
    if any(one.seen is not seen for one in found) or seen != Seen.by(work):
        return None
    problems: list[Problem] = []
    for row, one in zip(rows, found, strict=True):
        one.used, one.edit.place = True, row.place
        if one.edit.linked_person:
            # The preview could not note that the person was asked for; writing asks again.
            one.edit.person_id, one.edit.linked_person = None, False
        problems += [problem.at(row=row.place) for problem in one.told]
    return Prepared(edits=[one.edit for one in found], problems=problems)


def _wrong_values(kind: RecordKind, edits: Sequence[Edit], judge: ValueJudge) -> dict[int, list[Problem]]:
    """Place among the edits → what is wrong with the values that it changes; judged field by field."""
    found: dict[int, list[Problem]] = {}
    said = [edit.changes for edit in edits if edit.changes]
    changed: set[str] = set().union(*said)
    for key in kind.by_key:
        if key not in changed:
            continue
        wrong = judge.problems(key, {changes.get(key) for changes in said} - {None})
        if wrong:
            for place, edit in enumerate(edits):
                if (value := edit.changes.get(key)) in wrong:
                    found.setdefault(place, []).extend(wrong[value])
    return found


def _repeated(rows: Sequence[RowEdit]) -> list[Problem]:
    """One record in two rows: the second would be measured against what the first is about to change."""
    times = Counter(row.subject_id for row in rows if row.subject_id is not None)
    return [
        Problem(code="record.twice", text="本次提交中有两行是同一档案，请核对后只留一行。", row=row.place)
        for row in rows
        if row.subject_id is not None and times[row.subject_id] > 1
    ]


def _edit(
    kind: RecordKind,
    row: RowEdit,
    wanted: Mapping[str, Any],
    unreadable: Sequence[Problem],
    current: dict[int, CurrentRecord],
    then: dict[int, dict[str, Any]],
    joins: str | None,
    work: Transaction,
    problems: list[Problem],
) -> Edit | None:
    """The edit of a row, or None with a problem. `wanted`: its values in canonical form."""
    record = current.get(row.subject_id) if row.subject_id is not None else None
    if row.subject_id is not None and record is None:
        problems.append(Problem(code="record.unknown", text="这条档案已不存在，请刷新列表。", row=row.place))
        return None
    # Asked first: neither a conflict nor a comparison may tell what stands in a record of elsewhere.
    if record is not None and not may_edit(work.actor, kind.owner, record.district_code, record.association):
        problems.append(out_of_scope(row.place))
        return None
    problems += unreadable
    if record is None:
        said = wanted if isinstance(wanted, Said) else Said(wanted)
        if "status" not in said or None in said.values():
            given = {"status": kind.counted[0], **said}
            said = Said((key, value) for key, value in given.items() if value is not None)
        return Edit(
            place=row.place,
            current=None,
            changes=said,
            values=said,
            said=said,
            joins=joins,
            person_of=row.person_of,
        )
    if row.expected_version is not None and row.expected_version != record.version:
        base = {
            key: _base_value(kind.by_key[key], value, record)
            for key, value in (row.base or {}).items()
            if key in kind.by_key
        }
        merged = merge(base if row.base is not None else {}, wanted, record.values)
        if merged.conflicts:
            problems.append(_stale(kind, row, record, base, wanted, merged.conflicts, work))
            return None
    in_force = record.values | then[record.subject_id] if record.subject_id in then else record.values
    changes = {key: value for key, value in wanted.items() if value != in_force.get(key)}
    return Edit(
        place=row.place,
        current=record,
        changes=changes,
        values=record.values | changes if changes else record.values,
        said=wanted,
        subject_id=record.subject_id,
        person_id=record.person_id,
    )


def association_of(profession: str, work: Transaction) -> str | None:
    """The association (协会) of a profession's new records: its parameter, where it has one."""
    named = work.parameters.get(f"{profession}.association")
    return str(named) if named else None


def _base_value(field: Field, value: Any, record: CurrentRecord) -> Any:
    """What the edit began from. A screen knows secrets masked only; the same mask is the same value."""
    now = record.values.get(field.key)
    if field.sensitive and value is not None and value == masked(field.key, now):
        return now
    return canonical(field, value)


def _shown(field: Field, value: Any) -> Any:
    """A value as a screen may carry it."""
    return masked(field.key, value) if field.sensitive else value


def _stale(
    kind: RecordKind,
    row: RowEdit,
    record: CurrentRecord,
    base: dict[str, Any],
    mine: Mapping[str, Any],
    conflicts: Sequence[str],
    work: Transaction,
) -> Problem:
    own = [("core_subject", str(record.subject_id))]
    last = next(iter(acts_on(work.session, record.subject_id, own, limit=1)), None)
    who, when = (last.actor, last.at) if last else ("另一位用户", work.now)
    return stale(
        str(record.values.get("name") or kind.title),
        who,
        when,
        {
            key: (
                _shown(kind.by_key[key], base.get(key)),
                _shown(kind.by_key[key], mine[key]),
                _shown(kind.by_key[key], record.values.get(key)),
            )
            for key in conflicts
        },
        row.place,
    )


def scope_problems(kind: RecordKind, edits: list[Edit], work: Transaction) -> list[Problem]:
    """Nobody makes a record elsewhere or gives one away; whose it is now was asked before."""
    mine = cache(partial(may_edit, work.actor, kind.owner))
    return [
        out_of_scope(edit.place)
        for edit in edits
        if not mine(edit.values.get("district_code"), edit.association)
    ]


def number_problems(kind: RecordKind, edits: list[Edit], work: Transaction) -> list[Problem]:
    """What must be unique in its kind is so inside the list and against the roster.

    The main identifier, and the columns of the details that have a unique constraint of their own. The
    constraint itself is for the race between two desks. Of what is declared unique without one it is told.
    """
    found: list[Problem] = []
    for field in _unique_fields(kind):
        wanted = [edit for edit in edits if edit.changes.get(field.key) is not None]
        times = Counter(edit.changes[field.key] for edit in wanted)
        taken = _holders(kind, field, list(times), work)
        if not taken and len(times) == len(wanted):
            continue
        for edit in wanted:
            number = edit.changes[field.key]
            holder = taken.get(number)
            if holder is not None and holder.subject_id != edit.subject_id:
                text = f"“{field.title}”{number} 已登记在{holder.words}，请核对。"
            elif times[number] > 1:
                text = f"“{field.title}”{number} 在本次提交中出现 {times[number]} 次，请核对。"
            else:
                continue
            severity = Severity.WARNING if field.unique else Severity.ERROR
            found.append(
                Problem(code="duplicate", text=text, field=field.key, row=edit.place, severity=severity)
            )
    return found


def _unique_fields(kind: RecordKind) -> list[Field]:
    alone = {
        next(iter(constraint.columns)).name
        for constraint in kind.details.constraints
        if isinstance(constraint, UniqueConstraint) and len(constraint.columns) == 1
    } | {column.name for column in kind.details.columns if column.unique}
    return [
        field
        for field in kind.fields
        if field.key == "main_no" or (field.table is kind.details and (field.unique or field.name in alone))
    ]


@dataclass(frozen=True, kw_only=True)
class _Holder:
    """The record that holds a number, and how it may be called before the actor."""

    subject_id: int
    words: str


def _holders(kind: RecordKind, field: Field, values: Sequence[Any], work: Transaction) -> dict[Any, _Holder]:
    """Value → the record that holds it."""
    column = field.table.columns[field.name]
    query = select(column, Subject.id, Subject.name, Subject.district_code, Subject.association).where(
        Subject.kind == kind.key
    )
    if field.table is kind.details:
        query = query.join(kind.details, kind.details.c.subject_id == Subject.id)
    taken: dict[Any, _Holder] = {}
    for part in chunks(values, MOST):
        for value, subject_id, name, district, association in work.session.execute(
            query.where(among(column, part))
        ):
            readable = may_read(work.actor, kind.owner, district, association)
            words = f"“{name}”名下" if readable else "另一份档案"
            taken[value] = _Holder(subject_id=subject_id, words=words)
        if field.key == "main_no":
            # Whoever sends the number of a merged record again means the one that it was merged into.
            for value, subject_id in numbers_merged(work.session, kind.key, part).items():
                taken.setdefault(value, _Holder(subject_id=subject_id, words="一份已合并的原档案"))
    return taken


def errors(problems: Sequence[Problem]) -> list[Problem]:
    """Those that refuse."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]
