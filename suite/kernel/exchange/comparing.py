"""The rows of a roster against what stands in it: what each would do, and every problem of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from suite.contract.declarations import RecordKind
from suite.contract.problems import Problem, Severity
from suite.kernel.exchange.joined import tell_joined
from suite.kernel.exchange.matching import hold_repeated, lead_merged, match_rows, tell_contradictions
from suite.kernel.exchange.namesakes import Namesakes
from suite.kernel.exchange.part_births import take_days
from suite.kernel.exchange.previewed import CHANGED, HELD, SAME, PreviewRow
from suite.kernel.exchange.templates import derived_from
from suite.kernel.exchange.three_way import undecided
from suite.kernel.exchange.unlikely_names import hold_unlikely
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.commands import RowEdit
from suite.kernel.registry.edits import Checked, Edit, Seen
from suite.kernel.registry.persons import clashes, link_persons
from suite.kernel.registry.prepare import prepare


def compare_records(
    kind: RecordKind,
    given: Sequence[PreviewRow],
    work: Transaction,
    said: Mapping[int, Mapping[str, Any]],
    *,
    known: Collection[tuple[str, int]],
) -> None:
    """Match rows with the roster, check them as saving does, and say what each would do.

    A row whose record is `known` (sheet, row) did not find it by what it says, and cannot contradict that.
    """
    work.progress("比对名册", 0, len(given))
    take_days(kind, given, work.today)
    match_rows(kind, given, work)
    away = lead_merged(kind, given, work, said)
    for row in away:
        row.result = SAME
    left = set(map(id, away))
    rows = [row for row in given if id(row) not in left]
    namesakes = Namesakes.look(kind, rows, work)
    namesakes.find()
    namesakes.hold()
    hold_unlikely(kind, rows)
    hold_repeated(kind, rows, namesakes.same)
    # What is left of a row without what both sides changed may be taken, once a person has settled that.
    sound = [row for row in rows if not _held(row) or undecided(row)]
    unsound = [row for row in rows if _held(row) and not undecided(row)]
    edits = [
        RowEdit(values=row.values, subject_id=row.subject_id, place=place) for place, row in enumerate(sound)
    ]
    work.progress("核对数据", 0, len(rows))
    prepared = prepare(kind, edits, work, lock=False)
    told: defaultdict[int | None, list[Problem]] = defaultdict(list)
    for problem in prepared.problems:
        told[problem.row].append(problem)
    by_place: dict[int | None, Edit] = {edit.place: edit for edit in prepared.edits}
    seen = Seen.by(work)
    for place, row in enumerate(sound):
        row.problems += told.get(place, ())
        edit = by_place.get(place)
        if edit is None:
            continue
        if not edit.is_new:
            row.version = edit.former.version
            row.changes = {key: (edit.former.values.get(key), value) for key, value in edit.changes.items()}
            row.result = CHANGED if row.changes else SAME
        if row.result != SAME:
            row.checked = Checked(edit=edit, told=told.get(place, ()), seen=seen)
    if kind.has_person:
        # The second knows by the first who is one person.
        linked = link_persons(kind, prepared.edits, work)
        for problem in (*linked, *clashes(kind, prepared.edits, work)):
            if problem.row is not None:
                sound[problem.row].problems.append(problem)
        tell_joined(kind, sound, prepared.edits, work)
    tell_contradictions(kind, [row for row in sound if (row.sheet, row.row) not in known], work)
    _judge_rest(kind, unsound, work)
    namesakes.tell()
    for row in rows:
        if _held(row):
            row.result = HELD


def _judge_rest(kind: RecordKind, rows: Sequence[PreviewRow], work: Transaction) -> None:
    """Check the sound cells of rows that are held already, so that all their problems are told at once."""
    # What is merely told of a cell, a village by its short name, does not make it wrong.
    wrong = [
        {problem.field for problem in row.problems if problem.severity is Severity.ERROR} for row in rows
    ]
    for fields in wrong:
        # Nor can what would have followed from a link that is wrong.
        fields.update(derived for derived, link in derived_from(kind).items() if link in fields)
    edits = [
        RowEdit(
            values={key: value for key, value in row.values.items() if key not in wrong[place]},
            subject_id=row.subject_id,
            place=place,
        )
        for place, row in enumerate(rows)
    ]
    for problem in prepare(kind, edits, work, lock=False).problems if edits else ():
        # What lacks because its cell is wrong, and what follows from that, has been told already.
        if problem.row is not None and problem.field is not None and problem.field not in wrong[problem.row]:
            rows[problem.row].problems.append(problem)


def _held(row: PreviewRow) -> bool:
    return any(problem.severity is Severity.ERROR for problem in row.problems)
