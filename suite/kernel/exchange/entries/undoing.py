"""Taking an import of a ledger back: what it made is crossed out, what it changed is as it was before."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from suite.contract.commands import Change, Done
from suite.contract.problems import Problem
from suite.kernel.exchange.entries.taking import TAKEN, written
from suite.kernel.exchange.previewed import NEW
from suite.kernel.exchange.runs import LeftRow, close_run
from suite.kernel.executor.work import Transaction
from suite.kernel.ledgers.commands import EntryEdit, SaveLedgerEntries, StrikeLedgerEntry
from suite.kernel.ledgers.current import Entry, current_entries, may
from suite.kernel.ledgers.preparing import out_of_scope
from suite.kernel.ledgers.sheet import LedgerSheet
from suite.kernel.registry.merging_tombstone import records_merged
from suite.tables import ImportRun


def undo_entries(sheet: LedgerSheet, run: ImportRun, work: Transaction) -> Done:
    """Take the run back; entries that were changed since stay and are listed with the reason."""
    lines = work.session.execute(
        select(TAKEN).where(TAKEN.c.run_id == run.id).order_by(TAKEN.c.sheet, TAKEN.c.row)
    ).all()
    entries = current_entries(work.session, sheet, [line.entry_id for line in lines], lock=True)
    former = _former(sheet, lines, work)
    left: list[LeftRow] = []
    touched: list[int] = []
    restored: list[EntryEdit] = []
    put_back: dict[int, Entry] = {}
    for line in lines:
        entry = entries.get(line.entry_id)
        if run.undone_at is not None and _is_back(line, entry, former):
            continue
        why = _why_left(sheet, line, entry, work)
        if why is not None or entry is None:
            left.append(_left_row(sheet, line, entry, why, work))
        elif line.result == NEW:
            reason = f"撤销第 {run.id} 次导入"
            work.run(StrikeLedgerEntry(ledger=sheet.key, entry_id=entry.id, reason=reason))
            touched.append(entry.id)
        else:
            restored.append(EntryEdit(entry_id=entry.id, values=former[entry.id]))
            put_back[entry.id] = entry
            touched.append(entry.id)
    if restored:
        work.run(SaveLedgerEntries(ledger=sheet.key, rows=tuple(restored)))
        _tell_earlier_runs(sheet, run, put_back, work)
    close_run(run, len(touched), len(left), work)
    words = f"已撤销导入，{len(touched):,} {sheet.unit}恢复到导入之前，新增的已划去"
    return Done(
        text=f"{words}，{len(left):,} {sheet.unit}因后续修改保留" if left else words,
        changes=(
            Change(kind=sheet.key, ids=tuple(touched)),
            Change(kind="core.import_run", ids=(run.id,)),
        ),
        result={
            "run": run.id,
            "undone": len(touched),
            "removed": len(touched) - len(restored),
            "restored": len(restored),
            "left": left,
        },
    )


def _former(sheet: LedgerSheet, lines: Sequence[Any], work: Transaction) -> dict[int, dict[str, Any]]:
    """Entry → what the run replaced; a record that was merged since means the one that stands for it now."""
    before = {line.entry_id: json.loads(line.before or "{}") for line in lines}
    roles = [role.key for role in sheet.roles]
    named = {one for values in before.values() for key in roles for one in values.get(key) or ()}
    led = records_merged(work.session, sorted(named)) if named else {}
    for values in before.values():
        for key in values.keys() & roles:
            values[key] = list(dict.fromkeys(led.get(one, one) for one in values[key] or ()))
    return before


def _is_back(line: Any, entry: Entry | None, former: Mapping[int, Mapping[str, Any]]) -> bool:
    """Whether a row of a run that was taken back in part is as before it already."""
    if entry is None or line.result == NEW:
        return entry is not None and entry.struck_at is not None
    return all(written(entry.values.get(key)) == value for key, value in former[entry.id].items())


def _tell_earlier_runs(
    sheet: LedgerSheet, run: ImportRun, restored: Mapping[int, Entry], work: Transaction
) -> None:
    """Entries put back are again as the run before left them: for that run they are not changed.

    `restored`: entry → as it was put back from, its version one above the one that it had before the run.
    """
    now = current_entries(work.session, sheet, list(restored))
    for number, entry in restored.items():
        work.connection.execute(
            TAKEN.update()
            .where(TAKEN.c.run_id < run.id, TAKEN.c.entry_id == number, TAKEN.c.version == entry.version - 1)
            .values(version=now[number].version)
        )


def _why_left(sheet: LedgerSheet, line: Any, entry: Entry | None, work: Transaction) -> Problem | None:
    if entry is None:
        return Problem(code="entry.unknown", text="记录已不在。")
    if not may(work.actor, "ledger:edit", sheet.owner, entry.district_code, entry.association):
        return out_of_scope(sheet)
    if entry.version != line.version:
        return Problem(code="import.edited", text="导入后已修改，保留。")
    return None


def _left_row(
    sheet: LedgerSheet, line: Any, entry: Entry | None, why: Problem | None, work: Transaction
) -> LeftRow:
    readable = entry is not None and may(
        work.actor, "ledger:read", sheet.owner, entry.district_code, entry.association
    )
    return LeftRow(
        sheet=line.sheet,
        row=line.row,
        key=entry.values["number"] if readable and entry is not None else None,
        name=entry.values["title"] if readable and entry is not None else None,
        reason=why.text if why is not None else "",
    )
