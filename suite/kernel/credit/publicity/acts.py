"""What becomes of decisions after they were sent: confirmed, sent back, filled in, withdrawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import func, select

from suite.contract.commands import Change, Done
from suite.contract.problems import Problem, ProblemKind, Refused, refuse
from suite.kernel.casework.current import standing_of
from suite.kernel.casework.derive import step
from suite.kernel.credit.publicity.columns import BY_CODE, NUMBER, Form
from suite.kernel.credit.publicity.commands import (
    ConfirmPublicity,
    FillPublicity,
    RejectPublicity,
    RetractPublicity,
)
from suite.kernel.credit.publicity.following import (
    PUBLICITY,
    SHOWN,
    TAKEN_BACK,
    mark_published,
    mark_withdrawn,
    require_public,
)
from suite.kernel.credit.publicity.holding import day_problem, require_states, required
from suite.kernel.credit.publicity.rules import (
    EXPIRED,
    PENDING,
    PUBLISHED,
    REJECTED,
    REPORTED,
    WITHDRAWING,
    state_on,
)
from suite.kernel.credit.publicity.sending import gathered, require_checked
from suite.kernel.credit.scoping import DECISIONS, KEEP, hold, require_all
from suite.kernel.executor.work import Transaction
from suite.tables import Case, Publicity, PublicityAnswer, PublicitySend, PublicityValue

LONGEST = 5_000
#: Characters of the number of a document.
DOCUMENT_NO = 100


def confirm_publicity(command: ConfirmPublicity, work: Transaction) -> Done:
    """It is online: the clock of a penalty's case stops by the case's own step."""
    channel = required(command.channel, "channel", "公示渠道", 200)
    rows = hold(work, DECISIONS, command.decisions, KEEP)
    require_states(rows, (PENDING, REPORTED, REJECTED), "登记公示")
    require_public(rows, "登记公示")
    on = command.on or work.today
    day_problem(on, work, rows)
    # What was reported passed the check when it went out.
    require_checked(work, [row for row in rows if row.state != REPORTED])
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

    What the same file sent back before, what was reported again after the answer, and what is displayed no
    more is left as it is and told. Raises Refused where no decision is left to be sent back.
    """
    if not 0 < len(command.rejections) <= DECISIONS.most:
        raise refuse("publicity.count", f"退回的应有 1 至 {DECISIONS.most:,} 条。", field="rejections")
    on = command.on or work.today
    numbers = sorted({item.document_no.strip() for item in command.rejections})
    rows = list(
        work.session.scalars(
            select(Publicity).where(
                Publicity.document_no.in_(numbers), Publicity.state.in_((REPORTED, PUBLISHED, REJECTED))
            )
        )
    )
    old = _answered_before(rows, command.file_digest, on, work)
    changed: dict[int, Publicity] = {}
    strange: list[Problem] = []
    skipped: list[Problem] = []
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
            if row.id in old:
                text = f"“{item.document_no[:60]}”（{row.name}）没有再次退回：{old[row.id]}"
                skipped.append(Problem(code="publicity.answered", text=text, row=place, field="rejections"))
                continue
            said = f"{item.place}：{item.answer}" if item.place else item.answer
            row.rejection = "；".join(dict.fromkeys([*([row.rejection] if row.id in changed else []), said]))
            _answered(row, "rejected", on, item.place, item.answer, work)
            row.state = REJECTED
            changed[row.id] = row
    if not changed:
        raise Refused([*skipped, *strange])
    require_all(work, KEEP, changed.values(), "rejections")
    for row in changed.values():
        row.version += 1
        if command.file_digest:
            _note_file(row, command.file_digest, work)
    work.session.flush()
    owners = {row.id: row.by_login for row in changed.values()}
    return Done(
        text=f"平台退回 {len(changed)} 条，已回到待办"
        + (f"；{len(strange)} 条对不上" if strange else "")
        + (f"；{len(skipped)} 条没有再次退回" if skipped else ""),
        changes=(Change(kind=PUBLICITY, ids=tuple(changed)),),
        warnings=(*skipped, *strange),
        result={"rejected": list(changed), "owners": owners, "strange": len(strange)},
    )


def _answered_before(
    rows: Sequence[Publicity], digest: str, on: dt.date, work: Transaction
) -> dict[int, str]:
    """Which rows an answer of a day, in a file, does not send back, and why."""
    ids = [row.id for row in rows]
    found: dict[int, str] = {}
    for number, sent_on in work.session.execute(
        select(PublicitySend.publicity_id, func.max(PublicitySend.sent_on))
        .where(PublicitySend.publicity_id.in_(ids), PublicitySend.masked.is_(False))
        .group_by(PublicitySend.publicity_id)
    ):
        if on < sent_on:
            found[number] = f"反馈日期 {on} 早于最近一次报送 {sent_on}，是对以前报送的答复。"
    read = select(PublicityAnswer.publicity_id).where(
        PublicityAnswer.publicity_id.in_(ids), PublicityAnswer.file == digest
    )
    for number in work.session.scalars(read):
        found[number] = "这份退回文件已对它读入过；平台再次退回的，请使用新的反馈文件。"
    for row in rows:
        if state_on(row.state, row.due, row.display_until, on).key == EXPIRED:
            found[row.id] = f"公示期已于 {row.display_until} 届满，不再报送。"
    return found


def _note_file(row: Publicity, digest: str, work: Transaction) -> None:
    work.session.add(
        PublicityAnswer(
            publicity_id=row.id,
            file=digest,
            profession=row.profession,
            district_code=row.district_code,
            association=row.association,
        )
    )


def fill_publicity(command: FillPublicity, work: Transaction) -> Done:
    """Keep cells by hand; the number of a person is never among them."""
    [row] = hold(work, DECISIONS, (command.decision,), KEEP)
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
    rows = hold(work, DECISIONS, command.decisions, KEEP)
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
