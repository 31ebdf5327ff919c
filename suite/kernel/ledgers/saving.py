"""Writing entries: one path for a form's single row and an import's thousands; crossing out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from suite.contract.commands import Change, Command, Done, Handler
from suite.contract.problems import Problem, ProblemKind, Refused, Severity, refuse
from suite.database.bulk import allocate_ids, insert_rows, update_rows
from suite.kernel.executor.work import Transaction
from suite.kernel.ledgers.commands import SaveLedgerEntries, StrikeLedgerEntry
from suite.kernel.ledgers.current import current_entries, may
from suite.kernel.ledgers.marking import mark_records, named_by
from suite.kernel.ledgers.numbering import entry_numbers
from suite.kernel.ledgers.preparing import UNKNOWN, Edited, prepare
from suite.kernel.ledgers.sheet import ENTRIES, SUBJECTS, LedgerSheet, ledger_sheet

MOST_REASON = 300


def save_entries(command: SaveLedgerEntries, work: Transaction) -> Done:
    """Write the rows. Refuses with every problem of every row; nothing is half written."""
    sheet = ledger_sheet(work.catalog, command.ledger)
    work.progress("核对台账", 0, len(command.rows))
    prepared = prepare(sheet, command.rows, work)
    if refusing := [one for one in prepared.problems if one.severity is Severity.ERROR]:
        raise Refused(refusing)
    edits = prepared.edits
    new = [edit for edit in edits if edit.is_new]
    changed = [edit for edit in edits if not edit.is_new and edit.changes]
    work.progress("写入台账", 0, len(edits))
    _number(sheet, new, work)
    for edit, number in zip(new, allocate_ids(work.connection, ENTRIES, len(new)), strict=True):
        edit.id = number
    insert_rows(work.connection, ENTRIES, [_new_row(sheet, edit, work) for edit in new])
    update_rows(work.connection, ENTRIES, "id", [_changed_row(sheet, edit, work) for edit in changed])
    touched = tuple(edit.id for edit in (*new, *changed))
    left = named_by(work, (edit.id for edit in changed)) if sheet.ledger.marks else set[int]()
    _write_subjects(sheet, new, changed, work)
    about = left | named_by(work, touched) if sheet.ledger.marks else left
    marked, unmarked = mark_records(sheet, about, work)
    results = {edit.id: "new" if edit.is_new else "changed" if edit.changes else "same" for edit in edits}
    return Done(
        text=_sentence(sheet, new, changed),
        changes=((Change(kind=sheet.key, ids=touched),) if touched else ()) + marked,
        warnings=(*(one for one in prepared.problems if one.severity is not Severity.ERROR), *unmarked),
        result={
            "ids": [edit.id for edit in edits],
            "numbers": [edit.values["number"] for edit in edits],
            "results": results,
        },
    )


def strike_entry(command: StrikeLedgerEntry, work: Transaction) -> Done:
    """Cross an entry out; it stays with who did so and why. Raises Refused for one that is crossed out."""
    sheet = ledger_sheet(work.catalog, command.ledger)
    entry = current_entries(work.session, sheet, [command.entry_id], lock=True).get(command.entry_id)
    if entry is None or not may(
        work.actor, "ledger:edit", sheet.owner, entry.district_code, entry.association
    ):
        raise refuse("entry.unknown", UNKNOWN, ProblemKind.NOT_PERMITTED, field="entry_id")
    problems = []
    reason, number = command.reason.strip(), entry.values["number"]
    if not reason:
        problems.append(Problem(code="reason.required", text="请写明划去的理由。", field="reason"))
    if len(reason) > MOST_REASON:
        text = f"理由最多 {MOST_REASON} 字，现有 {len(reason):,} 字。"
        problems.append(Problem(code="text.long", text=text, field="reason"))
    if entry.struck_at is not None:
        problems.append(Problem(code="entry.struck", text=f"编号 {number} 已经划去。", field="entry_id"))
    if command.expected_version not in (None, entry.version):
        text = f"{entry.updated_by} 刚修改过编号 {number}，请刷新后再划去。"
        problems.append(Problem(code="stale", kind=ProblemKind.STALE, text=text, field="entry_id"))
    if problems:
        raise Refused(problems)
    update_rows(
        work.connection,
        ENTRIES,
        "id",
        [
            {
                "id": entry.id,
                "struck_by": work.actor.login,
                "struck_at": work.now,
                "struck_reason": reason,
                "version": entry.version + 1,
                "updated_by": work.actor.login,
                "updated_at": work.now,
            }
        ],
    )
    marked, unmarked = mark_records(sheet, named_by(work, [entry.id]), work)
    return Done(
        text=f"已划去“{sheet.title}”编号 {number}",
        changes=(Change(kind=sheet.key, ids=(entry.id,)), *marked),
        warnings=unmarked,
        result={"entry": entry.id},
    )


def _number(sheet: LedgerSheet, new: Sequence[Edited], work: Transaction) -> None:
    without = [edit for edit in new if not edit.values.get("number")]
    given = [edit.values["number"] for edit in new if edit.values.get("number")]
    years = [edit.values["day"].year for edit in without]
    for edit, number in zip(without, entry_numbers(work, sheet.ledger, years, given), strict=True):
        edit.values["number"] = number


def _stored(sheet: LedgerSheet, values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of the entry that these values stand in."""
    return {field.name: values[field.key] for field in sheet.stored if field.key in values}


def _new_row(sheet: LedgerSheet, edit: Edited, work: Transaction) -> dict[str, Any]:
    return {
        **dict.fromkeys(ENTRIES.columns.keys()),
        **_stored(sheet, edit.values),
        "state": edit.values.get("state") or "",
        "id": edit.id,
        "kind": sheet.key,
        "profession": sheet.owner,
        "association": edit.association,
        "version": 1,
        "created_by": work.actor.login,
        "created_at": work.now,
        "updated_by": work.actor.login,
        "updated_at": work.now,
        "struck_reason": "",
    }


def _changed_row(sheet: LedgerSheet, edit: Edited, work: Transaction) -> dict[str, Any]:
    version = edit.current.version if edit.current is not None else 0
    return {
        **_stored(sheet, edit.changes),
        "id": edit.id,
        "version": version + 1,
        "updated_by": work.actor.login,
        "updated_at": work.now,
    }


def _write_subjects(
    sheet: LedgerSheet, new: Sequence[Edited], changed: Sequence[Edited], work: Transaction
) -> None:
    """Name the records of each entry: what stays is left alone, for whoever saves need not see all of them.

    Where the place of an entry has changed, all of its rows bear it.
    """
    roles = sorted(role.key for role in sheet.roles)
    rows: list[dict[str, Any]] = []
    for edit in (*new, *changed):
        named = _named(roles, edit.values)
        if edit.current is not None and "district_code" not in edit.changes:
            former = _named(roles, edit.current.values)
            gone, named = former - named, named - former
        else:
            gone = _named(roles, edit.current.values) if edit.current is not None else set()
        for role, subject in sorted(gone):
            of_entry = (SUBJECTS.c.entry_id == edit.id, SUBJECTS.c.role == role)
            work.connection.execute(SUBJECTS.delete().where(*of_entry, SUBJECTS.c.subject_id == subject))
        rows += [
            {
                "entry_id": edit.id,
                "role": role,
                "subject_id": subject,
                "profession": sheet.owner,
                "district_code": edit.values.get("district_code"),
                "association": edit.association,
            }
            for role, subject in sorted(named)
        ]
    insert_rows(work.connection, SUBJECTS, rows)


def _named(roles: Sequence[str], values: Mapping[str, Any]) -> set[tuple[str, int]]:
    """Role and subject of the records that an entry names."""
    return {(role, subject) for role in roles for subject in values.get(role) or ()}


def _sentence(sheet: LedgerSheet, new: Sequence[Edited], changed: Sequence[Edited]) -> str:
    if len(new) == 1 and not changed:
        return f"已登记“{sheet.title}”编号 {new[0].values['number']}"
    if len(changed) == 1 and not new:
        return f"已保存“{sheet.title}”编号 {changed[0].values['number']}"
    unit = sheet.unit
    parts = [f"新增 {len(new):,} {unit}" if new else "", f"变更 {len(changed):,} {unit}" if changed else ""]
    said = "，".join(part for part in parts if part)
    return f"“{sheet.title}”{said}" if said else "没有变化，未写入"


HANDLERS: Mapping[type[Command], Handler] = {
    SaveLedgerEntries: save_entries,
    StrikeLedgerEntry: strike_entry,
}
