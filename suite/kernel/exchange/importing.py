"""Accepting an import: all its rows in one transaction, as one run that says what each row did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from sqlalchemy import select

from suite.contract.commands import Actor, Change, Done, KindCommand
from suite.contract.declarations import RecordKind
from suite.contract.problems import Problem, ProblemKind, refuse
from suite.database.bulk import insert_rows
from suite.kernel.exchange.at_once import alone, telling_of_others
from suite.kernel.exchange.entries.taking import take_entries
from suite.kernel.exchange.former import Former, Witness
from suite.kernel.exchange.grades.sheet import GradeSheet, grade_sheets
from suite.kernel.exchange.grades.taking import take_grades
from suite.kernel.exchange.layouts import SheetLayout, layout_of
from suite.kernel.exchange.learning import RememberLayout
from suite.kernel.exchange.previewed import HELD, SAME, ImportPreview, PreviewRow
from suite.kernel.exchange.runs import UNDO_DAYS, new_run
from suite.kernel.exchange.stock.sheet import CaseSheet, case_sheets, list_kinds
from suite.kernel.exchange.stock.taking import take_cases
from suite.kernel.exchange.undoing import SECRETS
from suite.kernel.executor.work import Transaction
from suite.kernel.ledgers.sheet import LedgerSheet, ledger_sheets
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.loader.catalog import Catalog
from suite.tables import ImportRow, ImportRun

ROWS = ImportRow.metadata.tables[ImportRow.__tablename__]


@dataclass(frozen=True, kw_only=True)
class ImportRows(KindCommand):
    """Write the accepted rows of a preview, never the held ones; learn the sender's layouts."""

    permission: ClassVar[str] = "{owner}:roster:import"
    title: ClassVar[str] = "导入"

    file_name: str
    file_hash: str
    rows: tuple[PreviewRow, ...]
    rows_same: int
    rows_held: int
    layouts: tuple[SheetLayout, ...] = ()
    #: The last import of the kind when the rows were previewed; None where they were not.
    last_run: int | None = None


def accept(preview: ImportPreview, *, strict: bool = False, keep_repairs: bool = False) -> ImportRows:
    """The command that writes a preview. With `strict` any held row refuses the whole.

    `keep_repairs`: a person said that the repairs of whole columns hold for this sender's next files too.
    """
    counts = preview.counts
    if strict and counts[HELD]:
        raise refuse("import.strict", f"有 {counts[HELD]} 行存在问题，按要求全部未写入。请改正后重新导入。")
    repairs = preview.repairs if keep_repairs else None
    return ImportRows(
        kind=preview.kind,
        file_name=preview.path.name,
        file_hash=preview.file_hash,
        rows=tuple(preview.taken()),
        rows_same=counts[SAME],
        rows_held=counts[HELD],
        layouts=tuple(
            layout_of(sheet, repairs) for sheet in preview.sheets if sheet.state == "read" and not sheet.left
        ),
        last_run=preview.last_run,
    )


def import_rows(command: ImportRows, work: Transaction) -> Done:
    """Save the rows and log the run. What somebody changed since the preview refuses the whole."""
    alone(command, work)
    with telling_of_others(command, work):
        return _take(command, work)


def _take(command: ImportRows, work: Transaction) -> Done:
    sheet = case_sheets(work.catalog).get(command.kind)
    if sheet is not None:
        return take_cases(sheet, command, work)
    ledger = ledger_sheets(work.catalog).get(command.kind)
    if ledger is not None:
        return take_entries(ledger, command, work)
    grades = grade_sheets(work.catalog).get(command.kind)
    if grades is not None:
        return take_grades(grades, command, work)
    kind = work.catalog.kinds[command.kind]
    if not command.rows:
        return Done(text="没有需要写入的行", result={"run": None})
    edits = tuple(
        RowEdit(
            values=row.values,
            subject_id=row.subject_id,
            expected_version=row.version,
            base={key: old for key, (old, _) in row.changes.items()} if row.changes else None,
            place=place,
            checked=row.checked,
        )
        for place, row in enumerate(command.rows)
    )
    witness = Witness.look(kind, command.rows, work)
    saved = work.run(SaveRecords(kind=kind.key, rows=edits))
    ids: Sequence[int] = saved.result["ids"]
    new = sum(1 for row in command.rows if row.subject_id is None)
    run = new_run(kind, command, work, new=new)
    _log_rows(run.id, kind, command.rows, ids, witness, work)
    _forget_secrets(work)
    if command.layouts:
        sender = Path(command.file_name).stem
        work.run(RememberLayout(kind=kind.key, sender=sender, layouts=command.layouts))
    return Done(
        text=f"已导入：{saved.text}",
        changes=(*saved.changes, Change(kind="core.import_run", ids=(run.id,))),
        warnings=saved.warnings,
        result={"run": run.id, "ids": list(ids)},
    )


def _log_rows(
    run_id: int,
    kind: RecordKind,
    rows: Sequence[PreviewRow],
    ids: Sequence[int],
    witness: Witness,
    work: Transaction,
) -> None:
    """Write what each row did and what it replaced, for taking the run back."""
    work.progress("登记导入", 0, len(rows))
    former, versions = witness.compare(ids, work)
    none = Former()
    insert_rows(
        work.connection,
        ROWS,
        [
            {
                "run_id": run_id,
                "subject_id": subject_id,
                "sheet": row.sheet[:100],
                "row": row.row,
                "result": row.result,
                "version": versions.get(subject_id, 1),
                "before": former.get(subject_id, none).plain(kind),
            }
            for subject_id, row in zip(ids, rows, strict=True)
        ],
    )
    secrets = [(subject_id, kept.secret(kind)) for subject_id, kept in former.items()]
    insert_rows(
        work.connection,
        SECRETS,
        [
            {"run_id": run_id, "subject_id": subject_id, "before": text}
            for subject_id, text in secrets
            if text is not None
        ],
    )


def _forget_secrets(work: Transaction) -> None:
    """Throw away the replaced secrets of runs that can no longer be taken back."""
    oldest = work.today - dt.timedelta(days=int(work.parameters[UNDO_DAYS]))
    expired = select(ImportRun.id).where(ImportRun.on_date < oldest)
    work.connection.execute(SECRETS.delete().where(SECRETS.c.run_id.in_(expired)))


def not_importable(actor: Actor, catalog: Catalog, kind: str) -> Problem | None:
    """Why the actor may not import this kind, if so."""
    found = list_kinds(catalog).get(kind)
    if (
        found is not None
        and actor.may(f"{found.owner}:roster:import")
        and not (isinstance(found, CaseSheet) and not actor.may(f"{found.case.rights}:case:handle"))
        and not (isinstance(found, LedgerSheet) and not actor.may(f"{found.owner}:ledger:edit"))
        and not (isinstance(found, GradeSheet) and not actor.may(f"{found.owner}:assessment:run"))
    ):
        return None
    title = found.list_title if found else kind
    return Problem(
        code="not_permitted",
        kind=ProblemKind.NOT_PERMITTED,
        text=f"您没有导入“{title}”的权限，请联系科室管理员。",
    )
