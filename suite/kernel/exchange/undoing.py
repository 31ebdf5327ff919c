"""Taking a run of the importer back: what it made goes, what it changed is put back, later work stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import Row, or_, select

from suite.contract.commands import Change, Done, KindCommand
from suite.contract.declarations import RecordKind
from suite.contract.problems import Problem, ProblemKind, refuse
from suite.database.bulk import update_rows
from suite.kernel.exchange.entries.undoing import undo_entries
from suite.kernel.exchange.former import Former, personal_fields
from suite.kernel.exchange.grades.sheet import grade_sheets
from suite.kernel.exchange.grades.taking import undo_grades
from suite.kernel.exchange.previewed import NEW
from suite.kernel.exchange.runs import UNDO_DAYS, LeftRow, close_run, last_day, may_undo, unknown_run
from suite.kernel.exchange.stock.sheet import case_sheets
from suite.kernel.exchange.stock.undoing import undo_cases
from suite.kernel.executor.work import Transaction
from suite.kernel.ledgers.sheet import ledger_sheets
from suite.kernel.registry.current import chunks, known_kind
from suite.kernel.registry.locking import lock_subjects
from suite.kernel.registry.referring import (
    foreign_keys,
    places_words,
    referred_since,
    referring,
    referring_words,
)
from suite.kernel.registry.roles import follow_roles, with_roles
from suite.kernel.registry.scoping import may_edit, may_read, out_of_scope
from suite.kernel.registry.shown import write_shown
from suite.kernel.registry.withdrawing import (
    drop_empty_identities,
    own_places,
    remove_records,
    restore_records,
    restoring_edits,
)
from suite.tables import ImportRow, ImportRun, ImportSecret, Subject

ROWS = ImportRow.metadata.tables[ImportRow.__tablename__]
SECRETS = ImportRow.metadata.tables[ImportSecret.__tablename__]
SUBJECTS = ImportRow.metadata.tables[Subject.__tablename__]
#: Ids that other houses know a record by: they say nothing of what it said.
IDENTIFYING = (("core_subject_uid", "subject_id"), ("core_foreign_uid", "subject_id"))


@dataclass(frozen=True, kw_only=True)
class UndoImport(KindCommand):
    """Take one run of the importer back as a whole, within the days that the parameter allows.

    Rows that were edited or referred to since, and new records that something points at, stay and are listed;
    once their reasons are gone the same run can be taken back further.
    """

    permission: ClassVar[str] = "{owner}:roster:import"
    title: ClassVar[str] = "撤销导入"

    run: int


@dataclass(frozen=True, kw_only=True)
class _Line:
    """One row of the run with its record as it stands now."""

    logged: Row[Any]
    subject: Row[Any] | None

    @property
    def subject_id(self) -> int:
        number: int = self.logged.subject_id
        return number


def undo_import(command: UndoImport, work: Transaction) -> Done:
    """Take the run back. Refuses an unknown or foreign run, one taken back before, and one too old."""
    sheet = case_sheets(work.catalog).get(command.kind)
    if sheet is not None:
        return undo_cases(sheet, run_of(command, sheet, work), work)
    ledger = ledger_sheets(work.catalog).get(command.kind)
    if ledger is not None:
        return undo_entries(ledger, run_of(command, ledger, work), work)
    grades = grade_sheets(work.catalog).get(command.kind)
    if grades is not None:
        return undo_grades(grades, run_of(command, grades, work), work)
    kind = known_kind(work, command.kind)
    run = run_of(command, kind, work)
    lines = _lines(run.id, work)
    left = _judge(kind, lines, work)
    made = [line for line in lines if line.logged.result == NEW and line.subject_id not in left]
    left |= _referred(kind, [line.subject_id for line in made], work)
    changed = [line for line in lines if line.logged.result != NEW and line.subject_id not in left]
    left |= _referred_since(kind, run, [line.subject_id for line in changed], work)
    gone = [line for line in made if line.subject_id not in left]
    former = _former(kind, run.id, lines, work)
    _settle(run, [line.subject_id for line in gone], work)
    remove_records(kind, [line.subject_id for line in gone], work)
    joined = {
        line.subject.person_id: former[line.subject_id]
        for line in gone
        if line.subject is not None and former[line.subject_id].values
    }
    roles = _restore_persons(kind, joined, work)
    wanted = {
        line.subject_id: former[line.subject_id].values
        for line in lines
        if line.logged.result != NEW and line.subject_id not in left and former[line.subject_id]
    }
    edits, refused = restoring_edits(kind, wanted, work)
    left |= refused
    _settle(run, [line.subject_id for line in changed if line.subject_id not in left], work)
    ends = {post: end for edit in edits for post, end in former[edit.subject_id].ends.items()}
    roles += restore_records(kind, edits, run.at, ends, work)
    _tell_earlier_runs(run, {edit.subject_id: edit.former.version for edit in edits}, work)
    undone = len(lines) - len(left)
    close_run(run, undone, len(left), work)
    touched = tuple(line.subject_id for line in lines if line.subject_id not in left)
    return Done(
        text=_sentence(kind, undone, len(left)),
        changes=(Change(kind=kind.key, ids=touched), *roles, Change(kind="core.import_run", ids=(run.id,))),
        result={
            "run": run.id,
            "undone": undone,
            "removed": len(gone),
            "restored": undone - len(gone),
            "left": [
                _left_row(kind, line, left[line.subject_id], work)
                for line in lines
                if line.subject_id in left
            ],
        },
    )


def _sentence(kind: RecordKind, undone: int, left: int) -> str:
    words = f"已撤销导入，{undone:,} {kind.unit}恢复到导入之前"
    return f"{words}，{left:,} {kind.unit}因后续办理保留" if left else words


def run_of(command: UndoImport, kind: RecordKind, work: Transaction) -> ImportRun:
    run = work.session.scalar(
        select(ImportRun).where(ImportRun.id == command.run, ImportRun.kind == kind.key).with_for_update()
    )
    if run is None:
        raise unknown_run(command.run)
    if not may_undo(work.actor, kind.owner, run.by_login):
        raise refuse(
            "import.run_foreign",
            "这次导入由他人办理，涉及您管理范围以外的档案。请由经办人或科室管理员撤销。",
            ProblemKind.NOT_PERMITTED,
            field="run",
        )
    if run.undone_at is not None and not run.rows_left:
        raise refuse(
            "import.run_undone",
            f"这次导入已于 {run.undone_at:%Y-%m-%d} 撤销，不能再次撤销。",
            ProblemKind.FORBIDDEN,
            field="run",
        )
    until = last_day(run.on_date, int(work.parameters[UNDO_DAYS]))
    if work.today > until:
        raise refuse(
            "import.run_expired",
            f"导入可撤销至 {until}，已过期限。请在名册中逐份改正。",
            ProblemKind.FORBIDDEN,
            field="run",
        )
    return run


def _lines(run_id: int, work: Transaction) -> list[_Line]:
    """The run's rows that were not taken back yet, as the file has them; their records held until commit."""
    logged = work.session.execute(
        select(ROWS).where(ROWS.c.run_id == run_id, ROWS.c.version > 0).order_by(ROWS.c.sheet, ROWS.c.row)
    ).all()
    ids = [row.subject_id for row in logged]
    lock_subjects(work, with_roles(ids, work))
    subjects: dict[int, Row[Any]] = {}
    for done, part in enumerate(chunks(ids)):
        work.progress("核对后续办理", done * len(part), len(ids))
        for row in work.session.execute(select(SUBJECTS).where(SUBJECTS.c.id.in_(part))):
            subjects[row.id] = row
    return [_Line(logged=row, subject=subjects.get(row.subject_id)) for row in logged]


def _judge(kind: RecordKind, lines: Sequence[_Line], work: Transaction) -> dict[int, Problem]:
    """The records that are no longer as the run left them, or not the actor's to change."""
    left: dict[int, Problem] = {}
    for line in lines:
        subject = line.subject
        if subject is None:
            left[line.subject_id] = Problem(code="record.unknown", text="档案已不在名册中。")
        elif not may_edit(work.actor, kind.owner, subject.district_code, subject.association):
            left[line.subject_id] = out_of_scope()
        elif subject.version != line.logged.version:
            left[line.subject_id] = Problem(code="import.edited", text="导入后又有修改，保留现值。")
    return left


def _referred(kind: RecordKind, ids: Sequence[int], work: Transaction) -> dict[int, Problem]:
    """New records that something points at: they cannot go. What points at one may be any table's."""
    work.progress("查找引用", 0, len(ids))
    places = foreign_keys(work.connection, SUBJECTS.name)
    found = referring(work.connection, places, sorted(ids), own_places(kind))
    return {
        subject_id: Problem(
            code="import.referred",
            text=f"已被引用：{referring_words(counts, work.catalog)}，不能移除。",
        )
        for subject_id, counts in found.items()
    }


def _referred_since(
    kind: RecordKind, run: ImportRun, ids: Sequence[int], work: Transaction
) -> dict[int, Problem]:
    """Changed records that something began to point at after the run: it was meant for what they say now."""
    work.progress("查找引用", 0, len(ids))
    own = {*own_places(kind), *IDENTIFYING}
    found = referred_since(work.connection, sorted(ids), own, run.transaction_id)
    return {
        subject_id: Problem(
            code="import.referred",
            text=f"导入后已被引用：{places_words(places, work.catalog)}，保留现值。",
        )
        for subject_id, places in found.items()
    }


def _settle(run: ImportRun, ids: Sequence[int], work: Transaction) -> None:
    """Note of rows that they are taken back, and throw away what they kept of secrets.

    While their records stand: whose they are says who may do it.
    """
    for part in chunks(ids):
        work.connection.execute(
            ROWS.update().where(ROWS.c.run_id == run.id, ROWS.c.subject_id.in_(part)).values(version=0)
        )
        work.connection.execute(
            SECRETS.delete().where(SECRETS.c.run_id == run.id, SECRETS.c.subject_id.in_(part))
        )


def _former(kind: RecordKind, run_id: int, lines: Sequence[_Line], work: Transaction) -> dict[int, Former]:
    secrets: dict[int, str] = dict(
        work.session.execute(
            select(SECRETS.c.subject_id, SECRETS.c.before).where(SECRETS.c.run_id == run_id)
        ).all()
    )
    return {
        line.subject_id: Former.read(kind, line.logged.before, secrets.get(line.subject_id)) for line in lines
    }


def _restore_persons(kind: RecordKind, joined: Mapping[int, Former], work: Transaction) -> tuple[Change, ...]:
    """Put back what records that went had changed about persons who stay (person → former values)."""
    fields = personal_fields(kind)
    for table in {item.table for item in fields}:
        own = [item for item in fields if item.table is table]
        key = table.primary_key.columns[0].name
        update_rows(
            work.connection,
            table,
            key,
            [
                {key: person, **{item.name: kept.values[item.key] for item in own if item.key in kept.values}}
                for person, kept in joined.items()
            ],
        )
    drop_empty_identities(joined, work)
    write_shown(joined, work.connection)
    return follow_roles(dict.fromkeys(joined), (), work.today, work)


def _tell_earlier_runs(run: ImportRun, restored: Mapping[int, int], work: Transaction) -> None:
    """Records put back are again as the run before left them: for that run they are not edited.

    `restored`: record → the version that it was put back from, one above the one that it had before the run.
    """
    earlier = work.session.scalars(
        select(ImportRun.id).where(
            ImportRun.kind == run.kind,
            ImportRun.id < run.id,
            or_(ImportRun.undone_at.is_(None), ImportRun.rows_left > 0),
        )
    ).all()
    for part in chunks(list(restored)):
        logged = work.session.execute(
            select(ROWS.c.run_id, ROWS.c.subject_id, ROWS.c.version).where(
                ROWS.c.run_id.in_(earlier), ROWS.c.subject_id.in_(part)
            )
        ).all()
        for run_id, subject_id, version in logged:
            if version == restored[subject_id] - 1:
                work.connection.execute(
                    ROWS.update()
                    .where(ROWS.c.run_id == run_id, ROWS.c.subject_id == subject_id)
                    .values(version=restored[subject_id] + 1)
                )


def _left_row(kind: RecordKind, line: _Line, why: Problem, work: Transaction) -> LeftRow:
    subject = line.subject
    readable = subject is not None and may_read(
        work.actor, kind.owner, subject.district_code, subject.association
    )
    return LeftRow(
        sheet=line.logged.sheet,
        row=line.logged.row,
        key=(subject.main_no or f"#{line.subject_id}") if readable and subject is not None else None,
        name=subject.name if readable and subject is not None else None,
        reason=why.text,
    )
