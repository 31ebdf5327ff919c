"""Taking a ledger: its rows are saved as a form's are, and logged so that the run can be taken back."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from suite.contract.commands import Change, Done
from suite.database.base import table_of
from suite.database.bulk import insert_rows
from suite.kernel.exchange.learning import RememberLayout
from suite.kernel.exchange.previewed import NEW, PreviewRow
from suite.kernel.exchange.runs import new_run
from suite.kernel.executor.work import Transaction
from suite.kernel.ledgers.commands import EntryEdit, SaveLedgerEntries
from suite.kernel.ledgers.current import current_entries
from suite.kernel.ledgers.sheet import LedgerSheet
from suite.tables import ImportEntry

if TYPE_CHECKING:
    from suite.kernel.exchange.importing import ImportRows

TAKEN = table_of(ImportEntry)


def take_entries(sheet: LedgerSheet, command: ImportRows, work: Transaction) -> Done:
    """Save the rows and log the run. A row that somebody changed since the preview refuses the whole."""
    if not command.rows:
        return Done(text="没有需要写入的行", result={"run": None})
    edits = tuple(
        EntryEdit(
            values=row.values,
            entry_id=row.subject_id,
            expected_version=row.version,
            base={key: old for key, (old, _) in row.changes.items()},
            place=place,
        )
        for place, row in enumerate(command.rows)
    )
    saved = work.run(SaveLedgerEntries(ledger=sheet.key, rows=edits))
    ids = list(saved.result["ids"])
    run = new_run(sheet, command, work, new=sum(1 for row in command.rows if row.subject_id is None))
    entries = current_entries(work.session, sheet, ids)
    insert_rows(
        work.connection,
        TAKEN,
        [
            {
                "run_id": run.id,
                "entry_id": number,
                "sheet": row.sheet[:100],
                "row": row.row,
                "result": row.result,
                "version": entries[number].version,
                "before": None if row.result == NEW else _former(row),
                "profession": sheet.owner,
                "district_code": entries[number].district_code,
                "association": entries[number].association,
            }
            for number, row in zip(ids, command.rows, strict=True)
        ],
    )
    if command.layouts:
        sender = Path(command.file_name).stem
        work.run(RememberLayout(kind=sheet.key, sender=sender, layouts=command.layouts))
    return Done(
        text=f"已导入：{saved.text}",
        changes=(*saved.changes, Change(kind="core.import_run", ids=(run.id,))),
        warnings=saved.warnings,
        result={"run": run.id, "ids": ids},
    )


def _former(row: PreviewRow) -> str:
    """The values that a row replaces, as text that `EntryEdit` reads again."""
    return json.dumps({key: written(old) for key, (old, _) in row.changes.items()}, ensure_ascii=False)


def written(value: Any) -> Any:
    """A value of an entry as it is kept to be put back."""
    if isinstance(value, dt.date | Decimal):
        return str(value)
    return list(value) if isinstance(value, tuple) else value
