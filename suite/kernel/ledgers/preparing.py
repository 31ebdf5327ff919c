"""From typed rows to checked edits of entries: normal form, other desks, every validator, every problem."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from suite.contract.declarations import Field
from suite.contract.problems import Problem, ProblemKind
from suite.kernel.executor.work import Transaction
from suite.kernel.ledgers.commands import EntryEdit
from suite.kernel.ledgers.current import Entry, current_entries, may
from suite.kernel.ledgers.rules import order_problems, value_problems
from suite.kernel.ledgers.sheet import ENTRIES, LedgerSheet
from suite.kernel.registry.canonical import canonical, form_of
from suite.kernel.registry.current import chunks
from suite.kernel.registry.links import Target, district_codes, targets_of
from suite.kernel.registry.locking import hold_named
from suite.kernel.registry.rules import merge, missing, stale
from suite.kernel.registry.scoping import may_read

UNKNOWN = "没有这条台账记录，或不在您的管理范围内。请刷新列表，或联系科室管理员。"


@dataclass(kw_only=True)
class Edited:
    """One checked edit: the values that change, the entry as it will be, and where that lies."""

    place: int | None
    current: Entry | None
    changes: dict[str, Any]
    values: dict[str, Any]
    association: str | None = None
    id: int = 0

    @property
    def is_new(self) -> bool:
        """Whether the entry is being made."""
        return self.current is None


@dataclass(kw_only=True)
class Prepared:
    """All edits of a command with what was found about them."""

    edits: list[Edited]
    problems: list[Problem]


def prepare(
    sheet: LedgerSheet, rows: Sequence[EntryEdit], work: Transaction, *, lock: bool = True
) -> Prepared:
    """Check all rows; problems carry their rows' places. A preview does not `lock`, since it only reads."""
    ids = [row.entry_id for row in rows if row.entry_id is not None]
    current = current_entries(work.session, sheet, ids, lock=lock)
    problems = _repeated(rows)
    edits = []
    for row in rows:
        edit = _edit(sheet, row, current, work, problems)
        if edit is not None:
            edits.append(edit)
    named = {one for edit in edits for role in sheet.roles for one in edit.values.get(role.key) or ()}
    if lock:
        hold_named(work, named)
    targets = targets_of(work.session, named)
    districts = district_codes(work.session)
    for edit in edits:
        _place(sheet, edit, targets, work)
        found = [*missing(sheet.fields, edit.values)] if edit.is_new or edit.changes else []
        found += [
            Problem(code="required", text=f"“{role.title}”不能为空，请补齐。", field=role.key)
            for role in sheet.roles
            if role.required and edit.values.get(role.key) == ()
        ]
        found += value_problems(sheet, edit.changes, work.catalog.codes, work.checks)
        found += order_problems(sheet, edit.values) if {"day", "until"} & edit.changes.keys() else ()
        for role in sheet.roles:
            found += _link_problems(role, edit.changes.get(role.key) or (), targets, work)
        district = edit.values.get("district_code")
        if district is not None and district not in districts:
            text = f"没有区县 {district[:20]}，请填六位区划代码或区县名称。"
            found.append(Problem(code="district.unknown", text=text, field="district_code"))
        elif not may(work.actor, "ledger:edit", sheet.owner, district, edit.association):
            found.append(out_of_scope(sheet))
        problems += [problem.at(row=edit.place) for problem in found]
    problems += _number_problems(sheet, edits, work)
    return Prepared(edits=edits, problems=problems)


def _repeated(rows: Sequence[EntryEdit]) -> list[Problem]:
    times = Counter(row.entry_id for row in rows if row.entry_id is not None)
    text = "本次提交中有两行是同一条记录，请核对后只留一行。"
    return [
        Problem(code="entry.twice", text=text, row=row.place)
        for row in rows
        if row.entry_id is not None and times[row.entry_id] > 1
    ]


def _edit(
    sheet: LedgerSheet,
    row: EntryEdit,
    current: Mapping[int, Entry],
    work: Transaction,
    problems: list[Problem],
) -> Edited | None:
    """The edit of a row, or None with a problem."""
    entry = current.get(row.entry_id) if row.entry_id is not None else None
    if row.entry_id is not None:
        # One problem for both: an entry of elsewhere is not told apart from one that is not there.
        if entry is None or not may(
            work.actor, "ledger:edit", sheet.owner, entry.district_code, entry.association
        ):
            problems.append(
                Problem(code="entry.unknown", text=UNKNOWN, kind=ProblemKind.NOT_PERMITTED, row=row.place)
            )
            return None
        if entry.struck_at is not None:
            text = f"编号 {entry.values['number']} 已被划去，不能再改；如仍属实，请重新登记。"
            problems.append(Problem(code="entry.struck", text=text, row=row.place))
            return None
    wanted = _read(sheet, row, row.values, problems)
    if entry is None:
        said = {key: value for key, value in wanted.items() if value not in (None, ())}
        if sheet.ledger.states:
            said.setdefault("state", sheet.ledger.states[0].key)
        return Edited(place=row.place, current=None, changes=dict(said), values=said)
    if row.expected_version is not None and row.expected_version != entry.version:
        base = _read(sheet, row, row.base or {}, problems)
        met = merge(base, wanted, entry.values)
        if met.conflicts:
            told = {key: (base.get(key), wanted[key], entry.values.get(key)) for key in met.conflicts}
            problems.append(stale(entry.values["title"], entry.updated_by, entry.updated_at, told, row.place))
            return None
    changes = {key: value for key, value in wanted.items() if value != entry.values.get(key)}
    if changes.get("state", "") is None:
        changes["state"] = entry.values["state"]
    return Edited(
        place=row.place,
        current=entry,
        changes=changes,
        values={**entry.values, **changes},
        association=entry.association,
        id=entry.id,
    )


def _read(
    sheet: LedgerSheet, row: EntryEdit, values: Mapping[str, Any], problems: list[Problem]
) -> dict[str, Any]:
    """The values in the form in which they are kept; what cannot be read is told."""
    found: dict[str, Any] = {}
    for key, value in values.items():
        field = sheet.by_key.get(key)
        if field is None:
            text = f"“{sheet.title}”没有栏目 {key[:40]}。"
            problems.append(Problem(code="field.unknown", text=text, field=key, row=row.place))
            continue
        try:
            found[key] = _ids(value) if field.links else canonical(field, value)
        except (ValueError, TypeError):
            form = "名册中的记录" if field.links else form_of(field)
            text = f"“{field.title}”的值“{str(value)[:40]}”格式不对，请按{form}填写。"
            problems.append(Problem(code="value.type", text=text, field=key, row=row.place))
    return found


def _ids(value: Any) -> tuple[int, ...]:
    """The ids of records, each once; one alone, a list, or a text with commas."""
    if value is None or value == "":
        return ()
    if isinstance(value, str):
        value = [part for part in value.replace("、", ",").split(",") if part.strip()]
    several: Iterable[Any] = (value,) if isinstance(value, int) else value
    return tuple(sorted({int(one) for one in several}))


def _place(sheet: LedgerSheet, edit: Edited, targets: Mapping[int, Target], work: Transaction) -> None:
    """Where a new entry lies, where it does not say so itself: where its records do, else where one may."""
    if not edit.is_new:
        return
    about = [targets[one] for role in sheet.roles for one in edit.values.get(role.key, ()) if one in targets]
    district, association = work.actor.place(f"{sheet.owner}:ledger:edit")
    edit.association = next((one.association for one in about if one.association), association)
    if edit.values.get("district_code") is None:
        found = next((one.district_code for one in about if one.district_code), district)
        if found is not None:
            edit.values["district_code"] = edit.changes["district_code"] = found


def _link_problems(
    role: Field, named: Sequence[int], targets: Mapping[int, Target], work: Transaction
) -> list[Problem]:
    """What is wrong with records that are named; nothing is told of one that may not be read."""
    found = []
    titles = "、".join(work.catalog.kinds[key].title for key in role.links if key in work.catalog.kinds)
    for one in named:
        target = targets.get(one)
        readable = target is not None and may_read(
            work.actor, target.profession, target.district_code, target.association
        )
        if target is None or not readable or target.kind not in role.links:
            text = f"名册中没有编号为 {one} 的{titles}，请从名册选取“{role.title}”。"
            found.append(Problem(code="link.unknown", text=text, field=role.key))
    return found


def _number_problems(sheet: LedgerSheet, edits: Sequence[Edited], work: Transaction) -> list[Problem]:
    """A number is given once in a ledger; the constraint itself is for the race between two desks."""
    wanted = {edit.changes["number"] for edit in edits if edit.changes.get("number")}
    taken: dict[str, int] = {}
    for part in chunks(sorted(wanted)):
        asked = select(ENTRIES.c.number, ENTRIES.c.id).where(
            ENTRIES.c.kind == sheet.key, ENTRIES.c.number.in_(part)
        )
        taken.update(work.session.execute(asked).all())
    times = Counter(edit.changes.get("number") for edit in edits)
    found = []
    for edit in edits:
        number = edit.changes.get("number")
        if "number" in edit.changes and number is None and not edit.is_new:
            text = "编号不能为空，请补齐。"
            found.append(Problem(code="required", text=text, field="number", row=edit.place))
        elif number is not None and (times[number] > 1 or taken.get(number, edit.id) != edit.id):
            text = f"编号 {number} 在“{sheet.title}”中已有，请核对是否同一条；新记录可以不填编号。"
            found.append(Problem(code="duplicate", text=text, field="number", row=edit.place))
    return found


def out_of_scope(sheet: LedgerSheet) -> Problem:
    """The refusal of an entry that would lie elsewhere."""
    text = f"这条“{sheet.title}”不在您的管理范围内，请核对区县，或联系科室管理员。"
    return Problem(code="out_of_scope", kind=ProblemKind.NOT_PERMITTED, text=text)
