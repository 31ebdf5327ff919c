"""Carrying out 双公示: what is sent, confirmed, sent back, filled in and withdrawn."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import select

from suite.contract.commands import Change, Done
from suite.contract.problems import Problem, ProblemKind, Refused, refuse
from suite.database.engine import is_sqlite
from suite.kernel.casework.current import standing_of
from suite.kernel.casework.derive import step
from suite.kernel.credit.publicity.checking import Known, duplicates
from suite.kernel.credit.publicity.columns import BY_CODE, NUMBER, Form
from suite.kernel.credit.publicity.commands import (
    ConfirmPublicity,
    FillPublicity,
    RejectPublicity,
    ReportPublicity,
    RetractPublicity,
)
from suite.kernel.credit.publicity.following import (
    PUBLICITY,
    SHOWN,
    TAKEN_BACK,
    mark_published,
    mark_withdrawn,
)
from suite.kernel.credit.publicity.gathering import Gathered, Gathering
from suite.kernel.credit.publicity.rules import (
    PENDING,
    PUBLISHED,
    REJECTED,
    REPORTED,
    STATES,
    WITHDRAWING,
)
from suite.kernel.credit.records import log_event
from suite.kernel.credit.scoping import KEEP, require_all, unknown
from suite.kernel.executor.work import Transaction
from suite.tables import Case, CreditRecord, Publicity, PublicitySend, PublicityValue

#: More at once than a year of a province's decisions.
MOST = 2_000
NAMED = 5
LONGEST = 5_000
#: Characters of the number of a document.
DOCUMENT_NO = 100
SECRET = frozenset({"publicity.masked", "publicity.id"})


def hold(work: Transaction, numbers: Collection[int]) -> list[Publicity]:
    """The rows, held until commit, in the order given. Raises Refused for one that may not be kept."""
    wanted = list(dict.fromkeys(numbers))
    if not 0 < len(wanted) <= MOST:
        raise refuse("publicity.count", f"请选定 1 至 {MOST:,} 条。", field="decisions")
    statement = select(Publicity).where(Publicity.id.in_(wanted))
    if not is_sqlite(work.connection):
        statement = statement.with_for_update()
    rows = {row.id: row for row in work.session.scalars(statement)}
    if len(rows) < len(wanted):
        raise unknown("decisions")
    require_all(work, KEEP, rows.values(), "decisions")
    return [rows[number] for number in wanted]


def require_states(rows: Iterable[Publicity], states: Sequence[str], what: str) -> None:
    """Raises Refused with the first rows that are in none of the states."""
    wrong = [row for row in rows if row.state not in states]
    if wrong:
        words = "、".join(STATES[key].title for key in states)
        raise Refused(
            Problem(
                code="publicity.state",
                text=f"{row.name}（{row.document_no or row.title}）现为“{STATES[row.state].title}”，"
                f"{what}只能在{words}时办理。",
                kind=ProblemKind.FORBIDDEN,
                field="decisions",
            )
            for row in wrong[:NAMED]
        )


def day_problem(on: dt.date, work: Transaction, rows: Iterable[Publicity]) -> None:
    """Raises Refused for a day to come or before a decision."""
    if on > work.today:
        raise refuse("day.future", f"{on} 晚于今天，请核对。", field="on")
    early = next((row for row in rows if on < row.decided_on), None)
    if early is not None:
        text = f"{on} 早于 {early.name} 的决定日期 {early.decided_on}，请核对。"
        raise refuse("day.early", text, field="on")


def required(text: str, field: str, words: str, most: int = 300) -> str:
    """The text, trimmed; raises Refused where it is empty or too long."""
    if not 0 < len(text.strip()) <= most:
        raise refuse("required", f"请填写{words}，最多 {most} 字。", field=field)
    return text.strip()


def gathered(work: Transaction, rows: Sequence[Publicity]) -> list[Gathered]:
    """The rows with their cells, checked as of today; of one file no number stands twice."""
    gathering = Gathering(
        session=work.session, actor=work.actor, catalog=work.catalog, parameters=work.parameters
    )
    found = gathering.all_of(rows, Known(today=work.today))
    organs = {Form.LICENCE: "XK_XKJG", Form.PENALTY: "CF_CFJG"}
    twice = duplicates(
        (item.row.id, item.cells[NUMBER[item.form]], item.cells[organs[item.form]]) for item in found
    )
    return [
        item
        if item.row.id not in twice
        else Gathered(
            row=item.row, cells=item.cells, filled=item.filled,
            problems=(*item.problems, _twice(item.form, twice[item.row.id])),
        )
        for item in found
    ]  # fmt: skip


def _twice(form: Form, number: str) -> Problem:
    column = BY_CODE[form][NUMBER[form]]
    return Problem(
        code="publicity.duplicate",
        text=f"{column.title}（{column.code}）“{number}”在本批中出现两次，请核对文号后分别报送。",
        field=column.code,
    )


def report_publicity(command: ReportPublicity, work: Transaction) -> Done:
    """Check, then give the rows of the tables in `result["tables"]` and note that they went out.

    Raises Refused with what is wrong, row by row, unless the faulty ones are to stay behind.
    """
    reason = required(command.reason, "reason", "报送事由")
    name = required(command.file_name, "file_name", "文件名", 200)
    rows = hold(work, command.decisions)
    what = "公示稿" if command.masked else "报送"
    require_states(rows, (PENDING, REJECTED, REPORTED, PUBLISHED), what)
    _require_shown(rows, what, work)
    found = gathered(work, rows)
    good, left = _sorted_out(found, command.masked)
    if left and (not command.leave_faulty or not good):
        raise Refused(_told(left))
    for item in good:
        _send(item, command.masked, name, reason, work)
    work.session.flush()
    tables: dict[str, list[dict[str, str]]] = {}
    for item in good:
        key = f"{item.form.value}_{'person' if item.row.person else 'body'}"
        tables.setdefault(key, []).append(item.public() if command.masked else dict(item.cells))
    made = "公示稿" if command.masked else "报送文件"
    return Done(
        text=f"已生成{made}，{len(good)} 条" + (f"，另有 {len(left)} 条未通过预检" if left else ""),
        changes=(Change(kind=PUBLICITY, ids=tuple(item.row.id for item in good)),),
        warnings=tuple(_told(left)),
        result={
            "tables": tables,
            "reported": [item.row.id for item in good],
            "left": [i.row.id for i, _ in left],
        },
    )


def _require_shown(rows: Iterable[Publicity], what: str, work: Transaction) -> None:
    """Raises Refused for what is displayed no more: at the maximum it ends (信用修复管理办法)."""
    over = [
        row
        for row in rows
        if row.display_until is not None and row.display_until < work.today and row.state != PENDING
    ]
    if over:
        raise Refused(
            Problem(
                code="publicity.over",
                text=f"{row.name}（{row.document_no or row.title}）的公示期已于 {row.display_until} 届满，"
                f"不再办理{what}，请取消选定。",
                kind=ProblemKind.FORBIDDEN,
                field="decisions",
                article="信用修复管理办法（国家发展改革委令第36号）",
            )
            for row in over[:NAMED]
        )


def _sorted_out(
    found: Iterable[Gathered], masked: bool
) -> tuple[list[Gathered], list[tuple[Gathered, list[Problem]]]]:
    """Those that may go, and those with what is against them. A public copy shows no numbers anyway."""
    good: list[Gathered] = []
    left: list[tuple[Gathered, list[Problem]]] = []
    for item in found:
        columns = BY_CODE[item.form]
        faults = [
            problem
            for problem in item.problems
            if not (masked and (problem.code in SECRET or columns[problem.field or ""].secret))
        ]
        if faults:
            left.append((item, faults))
        else:
            good.append(item)
    return good, left


def _told(left: Iterable[tuple[Gathered, list[Problem]]]) -> list[Problem]:
    return [
        Problem(
            code=problem.code,
            text=f"{item.row.name}（{item.row.document_no or item.row.title}）：{problem.text}",
            kind=problem.kind,
            severity=problem.severity,
            field="decisions",
            article=problem.article,
            data={"decision": item.row.id, "column": problem.field},
        )
        for item, faults in left
        for problem in faults
    ]


def digest_of(cells: Mapping[str, str]) -> str:
    """What says later whether the cells were these."""
    text = json.dumps(dict(sorted(cells.items())), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _send(item: Gathered, masked: bool, name: str, reason: str, work: Transaction) -> None:
    row = item.row
    work.session.add(
        PublicitySend(
            publicity_id=row.id,
            profession=row.profession,
            district_code=row.district_code,
            association=row.association,
            sent_on=work.today,
            by_login=work.actor.login,
            file_name=name,
            reason=reason,
            masked=masked,
            digest=digest_of(item.cells),
            place="",
            answer="",
        )
    )
    if masked:
        return
    row.state, row.rejection = REPORTED, ""
    row.reported_on = row.reported_on or work.today
    row.version += 1
    if row.case_id is not None:
        for record in work.session.scalars(select(CreditRecord).where(CreditRecord.case_id == row.case_id)):
            log_event(work, record, "导出", work.today, f"双公示报送：{name}")


def confirm_publicity(command: ConfirmPublicity, work: Transaction) -> Done:
    """It is online: the clock of a penalty's case stops by the case's own step."""
    channel = required(command.channel, "channel", "公示渠道", 200)
    rows = hold(work, command.decisions)
    require_states(rows, (PENDING, REPORTED, REJECTED), "登记公示")
    on = command.on or work.today
    day_problem(on, work, rows)
    changes: list[Change] = []
    for row in rows:
        changes += _case_step(row, SHOWN, on, channel, work)
        mark_published(row, on, channel)
        row.version += 1
        _answered(row, "accepted", on, "", "", work)
    work.session.flush()
    ids = tuple(row.id for row in rows)
    return Done(text=f"已登记公示 {len(rows)} 条", changes=(Change(kind=PUBLICITY, ids=ids), *changes))


def _case_step(row: Publicity, name: str, on: dt.date, note: str, work: Transaction) -> list[Change]:
    """Take the step of the row's case where the case waits for it: its clock runs."""
    case = work.session.get(Case, row.case_id) if row.case_id is not None else None
    if case is None:
        return []
    lifecycle = work.catalog.lifecycle_of(work.catalog.case_kind(case.kind))
    transition = lifecycle.by_command.get(name)
    if transition is None or case.state not in transition.sources:
        return []
    limits = {act.limit for act in transition.clocks}
    standing = standing_of(work.session, work.catalog, case)
    if not any(clock.limit_key in limits and clock.stopped is None for clock in standing.clocks):
        return []
    taken = step(work.catalog, name, case_id=case.id, expected_version=case.version, on=on, note=note)
    return list(work.run(taken).changes)


def _answered(row: Publicity, outcome: str, on: dt.date, place: str, answer: str, work: Transaction) -> None:
    """Write onto the last sending what became of it."""
    last = work.session.scalar(
        select(PublicitySend)
        .where(PublicitySend.publicity_id == row.id, PublicitySend.masked.is_(False))
        .order_by(PublicitySend.id.desc())
        .limit(1)
    )
    if last is not None and last.outcome is None:
        last.outcome, last.outcome_on, last.place, last.answer = outcome, on, place[:60], answer[:LONGEST]


def reject_publicity(command: RejectPublicity, work: Transaction) -> Done:
    """Each row goes back onto the list with the platform's words; what nobody here reported is told.

    Raises Refused where none of them is one of ours, and for a file that was taken in before.
    """
    if not 0 < len(command.rejections) <= MOST:
        raise refuse("publicity.count", f"退回的应有 1 至 {MOST:,} 条。", field="rejections")
    on = command.on or work.today
    _require_unread(command.file_digest, work)
    numbers = sorted({item.document_no.strip() for item in command.rejections})
    rows = list(
        work.session.scalars(
            select(Publicity).where(
                Publicity.document_no.in_(numbers), Publicity.state.in_((REPORTED, PUBLISHED, REJECTED))
            )
        )
    )
    changed: dict[int, Publicity] = {}
    strange: list[Problem] = []
    for place, item in enumerate(command.rejections):
        found = [
            row
            for row in rows
            if row.document_no == item.document_no.strip() and item.name.strip() in ("", row.name)
        ]
        if not found:
            whose = f"“{item.document_no[:60]}”（{item.name[:40]}）"
            text = f"{whose}不是已报送的决定，请核对退回文件中的文号和名称。"
            strange.append(Problem(code="publicity.strange", text=text, row=place, field="rejections"))
            continue
        for row in found:
            said = f"{item.place}：{item.answer}" if item.place else item.answer
            row.rejection = "；".join(dict.fromkeys([*([row.rejection] if row.id in changed else []), said]))
            _answered(row, "rejected", on, item.place, item.answer, work)
            row.state, row.rejection_file = REJECTED, command.file_digest or None
            changed[row.id] = row
    if not changed:
        raise Refused(strange)
    require_all(work, KEEP, changed.values(), "rejections")
    for row in changed.values():
        row.version += 1
    work.session.flush()
    owners = {row.id: row.by_login for row in changed.values()}
    return Done(
        text=f"平台退回 {len(changed)} 条，已回到待办" + (f"；{len(strange)} 条对不上" if strange else ""),
        changes=(Change(kind=PUBLICITY, ids=tuple(changed)),),
        warnings=tuple(strange),
        result={"rejected": list(changed), "owners": owners, "strange": len(strange)},
    )


def _require_unread(digest: str, work: Transaction) -> None:
    """Raises Refused for a file that sent decisions back before."""
    if not digest:
        return
    row = work.session.scalar(select(Publicity).where(Publicity.rejection_file == digest).limit(1))
    if row is not None:
        text = (
            "这份退回文件已经读入过，没有再次登记：其中的记录可能已改正重报。请核对是否选错了文件，"
            "平台再次退回的，请使用新的反馈文件。"
        )
        raise refuse("publicity.file_read", text, ProblemKind.FORBIDDEN, field="rejections")


def fill_publicity(command: FillPublicity, work: Transaction) -> Done:
    """Keep cells by hand; the number of a person is never among them."""
    [row] = hold(work, (command.decision,))
    if row.version != command.expected_version:
        text = f"{row.name} 的这一条已被他人办理过，请刷新后再填。"
        raise refuse("publicity.stale", text, ProblemKind.STALE, field="expected_version")
    columns = BY_CODE[Form(row.form)]
    problems = []
    for code, value in command.values.items():
        if code not in columns:
            problems.append(Problem(code="publicity.column", text=f"没有列 {code[:20]}。", field="values"))
        elif columns[code].secret and row.subject_id is not None:
            text = f"{columns[code].title}请在名册中更正，不在这里填写。"
            problems.append(Problem(code="publicity.secret", text=text, field=code))
        elif len(value) > LONGEST:
            problems.append(Problem(code="publicity.long", text=f"{columns[code].title}过长。", field=code))
    if problems:
        raise Refused(problems)
    kept = {
        value.code: value
        for value in work.session.scalars(select(PublicityValue).where(PublicityValue.publicity_id == row.id))
    }
    for code, value in command.values.items():
        if code in kept:
            kept[code].value = value.strip()
        elif value.strip():
            work.session.add(
                PublicityValue(
                    publicity_id=row.id,
                    code=code,
                    value=value.strip(),
                    profession=row.profession,
                    district_code=row.district_code,
                    association=row.association,
                )
            )
    row.version += 1
    work.session.flush()
    if NUMBER[Form(row.form)] in command.values:
        # The platform answers by the number that it is given.
        [found] = gathered(work, [row])
        row.document_no = found.cells[NUMBER[found.form]][:DOCUMENT_NO]
        work.session.flush()
    titles = "、".join(columns[code].title for code in command.values)
    return Done(
        text=f"已补填{row.name}：{titles}",
        changes=(Change(kind=PUBLICITY, ids=(row.id,)),),
        result={"version": row.version},
    )


def retract_publicity(command: RetractPublicity, work: Transaction) -> Done:
    """It is online no more; where the case waits for that, its clock stops by the case's own step."""
    reason = required(command.reason, "reason", "撤回理由")
    rows = hold(work, command.decisions)
    require_states(rows, (WITHDRAWING, REPORTED, PUBLISHED), "撤回")
    on = command.on or work.today
    day_problem(on, work, rows)
    changes: list[Change] = []
    for row in rows:
        changes += _case_step(row, TAKEN_BACK, on, reason, work)
        mark_withdrawn(row, on, reason)
        row.version += 1
    work.session.flush()
    ids = tuple(row.id for row in rows)
    return Done(text=f"已登记撤回 {len(rows)} 条", changes=(Change(kind=PUBLICITY, ids=ids), *changes))
