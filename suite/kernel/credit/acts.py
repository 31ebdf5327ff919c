"""Carrying out what is done with credit records: entered, disclosed, looked at, ended, repaired."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from sqlalchemy import func, select

from suite.contract.commands import Change, Done
from suite.contract.credit import CreditClass, CreditFinding, CreditRule
from suite.contract.problems import Problem, ProblemKind, Refused, refuse
from suite.kernel.casework.current import standing_of
from suite.kernel.clocks.spans import months_after
from suite.kernel.credit.commands import (
    EndDisplays,
    EnterCreditRecord,
    RecountCredit,
    RepairRecord,
    RequireRepairable,
    TakeCreditStep,
    ViewCreditFile,
)
from suite.kernel.credit.disclosure import APPROVE, STAGES, STEPS, DisclosureStep, step_refusal, term_refusal
from suite.kernel.credit.display import RULES, longest_display, rule_on, terms_of
from suite.kernel.credit.following import follow_case, rules_of
from suite.kernel.credit.publicity.following import (
    PUBLICITY,
    recount_publicity,
    repaired_too,
    withdraw_wanted,
    working_due,
)
from suite.kernel.credit.publicity.rules import OWED, WITHDRAWING
from suite.kernel.credit.records import CONTENT, ORGAN, REASON, RECORDS, TITLE, log_event, new_record
from suite.kernel.credit.repair.frame import DECIDING
from suite.kernel.credit.repair.rules import nothing_to_repair, repair_refusal
from suite.kernel.credit.scoping import CREDIT_RECORDS, KEEP, READ, hold, may, require_all, seen
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.locking import hold_named
from suite.tables import Case, CreditEvent, CreditRecord, Publicity, Subject

NAMED = 5


def _subject(work: Transaction, kind: str, number: int, action: str) -> Subject:
    hold_named(work, [number])
    row = work.session.get(Subject, number)
    if row is None or row.kind != kind:
        raise refuse("record.unknown", "没有这份档案，可能已被合并或删除。请重新查找。", field="subject_id")
    require_all(work, action, (row,), "subject_id")
    return row


def enter_record(command: EnterCreditRecord, work: Transaction) -> Done:
    """Enter a record by hand."""
    subject = _subject(work, command.kind, command.subject_id, KEEP)
    rule = work.catalog.credit_rules.get(command.rule)
    problems = list(_entered_problems(command, rule, work.today))
    if problems or rule is None:
        raise Refused(problems)
    found = CreditFinding(
        title=command.heading.strip(),
        content=command.content.strip(),
        decided_on=command.decided_on,
        organ=command.organ.strip(),
        document_no=command.document_no.strip(),
        grade=CreditClass(command.grade) if command.grade else None,
    )
    row = new_record(rule, found, subject, work, evidence=command.evidence.strip()[:TITLE])
    return Done(
        text=f"已登记{subject.name}的信用记录",
        changes=(Change(kind=RECORDS, ids=(row.id,)),),
        result={"record": row.id},
    )


def _entered_problems(
    command: EnterCreditRecord, rule: CreditRule | None, today: dt.date
) -> Iterator[Problem]:
    if rule is None or not rule.by_hand:
        yield Problem(
            code="credit.rule",
            text="这一类记录由办件、考核、台账自动记入，不能手工登记。请另选种类。",
            field="rule",
        )
    for field, words, most in (
        ("heading", "事项", TITLE),
        ("content", "内容", CONTENT),
        ("organ", "认定单位", ORGAN),
    ):
        if not 0 < len(getattr(command, field).strip()) <= most:
            yield Problem(code="required", text=f"请填写{words}，最多 {most} 字。", field=field)
    if command.decided_on > today:
        yield Problem(code="day.future", text="认定日期晚于今天，请核对。", field="decided_on")
    if command.grade is not None and command.grade not in tuple(CreditClass):
        text = "类别可选：" + "、".join(f"{item.value}（{item.words}）" for item in CreditClass)
        yield Problem(code="credit.grade", text=f"{text}。", field="grade")


def take_step(command: TakeCreditStep, work: Transaction) -> Done:
    """Take a step for all records, or for none: what stands against it is told by record."""
    step = STEPS.get(command.step)
    if step is None:
        words = "、".join(f"{item.key}（{item.title}）" for item in STEPS.values())
        raise refuse("credit.step", f"没有这一步，可选：{words}。", field="step")
    rows = hold(work, CREDIT_RECORDS, command.records, READ)
    on, note = command.on or work.today, command.note.strip()
    require_all(work, step.action, rows, "records")
    problems = [*_note_problems(step, note), *_day_problems(on, work.today)]
    last_steps = _last_steps(work, rows)
    for row in rows:
        why = _refusal(row, step, on, last_steps.get(row.id), work)
        if why:
            problems.append(
                Problem(
                    code="credit.not_now",
                    text=f"{row.title}（{row.document_no or row.decided_on}）：{why}",
                    kind=ProblemKind.FORBIDDEN,
                    field="records",
                )
            )
    if problems:
        raise Refused(problems[:NAMED])
    for row in rows:
        _taken(row, step, on, note, work)
    ceased, left = _ceased_with(rows, on, work) if step.key in ("correct", "end") else ((), 0)
    work.session.flush()
    changes = [Change(kind=RECORDS, ids=tuple(row.id for row in rows))]
    if ceased:
        changes.append(Change(kind=PUBLICITY, ids=tuple(row.id for row in ceased)))
    withdrawn = sum(row.state == WITHDRAWING for row in ceased)
    told = f"，{withdrawn} 条双公示待撤回" if withdrawn else ""
    told += f"，{len(ceased) - withdrawn} 条双公示不再报送" if withdrawn < len(ceased) else ""
    told += f"，{left} 条双公示照旧报送、公示" if left else ""
    return Done(text=f"“{step.title}”已办 {len(rows)} 条{told}", changes=tuple(changes))


def _ceased_with(
    rows: Sequence[CreditRecord], on: dt.date, work: Transaction
) -> tuple[Sequence[Publicity], int]:
    """What the platform shows of records no longer used is to be withdrawn there, and what it was still
    to get is not owed any more: if who says so may approve. A penalty that is in force is owed for itself,
    whatever becomes of its record: to who only keeps records that many stay as they are."""
    cases = [row.case_id for row in rows if row.case_id is not None]
    found = work.session.scalars(
        select(Publicity).where(Publicity.case_id.in_(cases), Publicity.state.in_(OWED))
    ).all()
    ceased = [public for public in found if may(work.actor, APPROVE, public)]
    for public in ceased:
        withdraw_wanted(public, on, work)
        public.version += 1
    return ceased, len(found) - len(ceased)


def _note_problems(step: DisclosureStep, note: str) -> Iterator[Problem]:
    if (step.note and not note) or len(note) > CONTENT:
        yield Problem(
            code="required", text=f"请填写{step.note or '说明'}，最多 {CONTENT:,} 字。", field="note"
        )


def _day_problems(on: dt.date, today: dt.date) -> Iterator[Problem]:
    if on > today:
        yield Problem(code="day.future", text=f"{on} 晚于今天，请核对。", field="on")


def _last_steps(work: Transaction, rows: Sequence[CreditRecord]) -> dict[int, dt.date]:
    """The day of the last step of disclosure of each record that had one."""
    acts = [step.title for step in STEPS.values()]
    found = work.session.execute(
        select(CreditEvent.record_id, func.max(CreditEvent.on_date))
        .where(CreditEvent.record_id.in_([row.id for row in rows]), CreditEvent.act.in_(acts))
        .group_by(CreditEvent.record_id)
    )
    return {row[0]: row[1] for row in found}


def _refusal(
    row: CreditRecord, step: DisclosureStep, on: dt.date, last: dt.date | None, work: Transaction
) -> str:
    """Why a step may not be taken; last: the day of the step before."""
    if row.reversed_on is not None:
        return f"依据的决定已于 {row.reversed_on} 撤销，不再办理。"
    if row.favourable:
        return "表彰奖励不办理披露。"
    why = step_refusal(step, stage=row.stage, objection_until=row.objection_until, on=on)
    why = why or term_refusal(step, until=_until(row, on, work), on=on)
    if why:
        return why
    if step.action == APPROVE and row.verified_by == work.actor.login:
        return "核实人不能批准自己核实的记录，请由他人批准。"
    if on < row.decided_on:
        return f"{on} 早于认定日期 {row.decided_on}。"
    if last is not None and on < last:
        return f"{on} 早于上一环节的日期 {last}，请核对日期。"
    return ""


def _taken(row: CreditRecord, step: DisclosureStep, on: dt.date, note: str, work: Transaction) -> None:
    row.stage, row.version = step.to, row.version + 1
    match step.key:
        case "verify":
            row.verified_by = work.actor.login
        case "notify":
            row.objection_until, _ = working_due(work, on, "core.disclosure.objection_wd")
        case "object":
            row.objection = note
        case "disclose":
            row.channel = note[:TITLE]
            row.display_from = on
            row.display_until = _until(row, on, work)
        case "correct" | "end" | "lapse":
            row.ended_on = on
    log_event(work, row, step.title, on, note)


def _until(row: CreditRecord, on: dt.date, work: Transaction) -> dt.date:
    """The last day of a disclosure: by the class where it has one, else by the bureau's own term."""
    if row.grade is not None:
        rule = RULES[row.rule_version]
        return longest_display(CreditClass(row.grade), row.decided_on, rule, work.parameters)
    months = int(work.parameters["core.credit.disclosed_months"])
    return months_after(on, months) - dt.timedelta(days=1)


def view_file(command: ViewCreditFile, work: Transaction) -> Done:
    """Note on each record who looked at it and why; the file itself is read by `credit_file`."""
    subject = _subject(work, command.kind, command.subject_id, READ)
    reason = command.reason.strip()
    if not 0 < len(reason) <= REASON:
        raise refuse("reason.required", f"请写明查询事由，最多 {REASON} 字。", field="reason")
    rows = list(
        work.session.scalars(
            select(CreditRecord).where(CreditRecord.subject_id == subject.id).order_by(CreditRecord.id)
        )
    )
    for row in rows:
        log_event(work, row, "查询", work.today, reason)
    work.session.flush()
    return Done(
        text=f"已查询{subject.name}的信用档案，{len(rows)} 条记录",
        result={"records": [row.id for row in rows]},
    )


def end_displays(command: EndDisplays, work: Transaction) -> Done:
    """Write the end of every display whose last day is past."""
    rows = list(
        work.session.scalars(
            select(CreditRecord).where(
                seen(CreditRecord, work.actor, work.catalog),
                CreditRecord.stage == "disclosed",
                CreditRecord.reversed_on.is_(None),
                CreditRecord.display_until < work.today,
            )
        )
    )
    require_all(work, KEEP, rows, "records")
    for row in rows:
        assert row.display_until is not None  # noqa: S101 - asked for above
        row.stage, row.ended_on = "ended", row.display_until + dt.timedelta(days=1)
        row.version += 1
        log_event(work, row, STAGES["ended"].title, row.ended_on, "最长公示期届满，自动终止")
    work.session.flush()
    changes = (Change(kind=RECORDS, ids=tuple(row.id for row in rows)),) if rows else ()
    return Done(text=f"公示期满 {len(rows)} 条", changes=changes, result={"ended": len(rows)})


def recount_credit(command: RecountCredit, work: Transaction) -> Done:
    """Look at every case of a kind again, as if its last step were taken now."""
    kind = work.catalog.case_kind(command.kind)
    rules = rules_of(work, kind)
    rows = work.session.scalars(select(Case).where(Case.kind == kind.key).order_by(Case.id)).all()
    require_all(work, KEEP, rows, "kind")
    changed: list[int] = []
    changes: list[Change] = []
    for case in rows:
        standing = standing_of(work.session, work.catalog, case)
        changed += follow_case(standing, rules, work)
        changes += recount_publicity(standing, work)
    changes += [Change(kind=RECORDS, ids=tuple(changed))] if changed else []
    return Done(
        text=f"补记、更新 {len(changed)} 条信用记录", changes=tuple(changes), result={"changed": len(changed)}
    )


def require_repairable(command: RequireRepairable, work: Transaction) -> Done:
    """Raises Refused with why the record may not be repaired."""
    if command.opening:
        _to_repair(command.record_id, command.subject_id, work)
        return Done(text="可以申请修复")
    _repairable(command, _other_repair(command, work), work)
    return Done(text="符合修复条件")


def _other_repair(command: RequireRepairable, work: Transaction) -> str:
    """The number of another case that was accepted for the record and is not over; empty where none is, or
    where the actor reads no such cases: a case asks this through whoever handles it."""
    for kind in work.catalog.case_kinds.values():
        if kind.work == "repair" and work.actor.may(f"{kind.rights}:case:read"):
            found = work.session.scalar(
                select(Case.number)
                .join(kind.details, kind.details.c.case_id == Case.id)
                .where(
                    kind.details.c.record_id == command.record_id,
                    Case.state.in_(DECIDING),
                    Case.number != command.number,
                )
                .limit(1)
            )
            if found is not None:
                return found
    return ""


def _to_repair(record_id: int, subject_id: int, work: Transaction) -> CreditRecord:
    [row] = hold(work, CREDIT_RECORDS, (record_id,), KEEP)
    _no_repair(
        nothing_to_repair(
            whose=row.subject_id == subject_id,
            stage=row.stage,
            favourable=row.favourable,
            reversed_on=row.reversed_on,
        )
    )
    return row


def _no_repair(why: str) -> None:
    if why:
        raise refuse("repair.not_now", why, ProblemKind.FORBIDDEN, field="record_id")


def _repairable(command: RequireRepairable | RepairRecord, other: str, work: Transaction) -> CreditRecord:
    row = _to_repair(command.record_id, command.subject_id, work)
    least = row.repairable_on
    if row.grade is not None:
        # 修复办法: a repair is judged by the rule in force when it is asked for.
        rule = rule_on(command.applied_on, work.parameters)
        least = terms_of(CreditClass(row.grade), row.decided_on, rule, work.parameters).repairable_on
    _no_repair(repair_refusal(least=least, unpaid=_unpaid(row, work), other=other, on=command.on))
    return row


def _unpaid(row: CreditRecord, work: Transaction) -> bool:
    """Whether the money of the penalty behind it is not all paid."""
    case = work.session.get(Case, row.case_id) if row.case_id is not None else None
    if case is None or case.kind not in work.catalog.case_kinds:
        return False
    values = standing_of(work.session, work.catalog, case).values
    owed = (values.get("fine") or 0) + (values.get("confiscated") or 0)
    return bool(owed > (values.get("paid") or 0))


def repair_record(command: RepairRecord, work: Transaction) -> Done:
    """Its display ends, and that of the decision in public with it."""
    row = _repairable(command, "", work)
    row.stage, row.repaired_on, row.repair_no = "repaired", command.on, command.document_no[:ORGAN]
    row.ended_on, row.version = command.on, row.version + 1
    log_event(work, row, "修复", command.on, command.document_no)
    changes = [Change(kind=RECORDS, ids=(row.id,))]
    if row.case_id is not None:
        public = work.session.scalar(select(Publicity).where(Publicity.case_id == row.case_id))
        if public is not None and public.state in OWED:
            repaired_too(public, command.on, work)
            changes.append(Change(kind=PUBLICITY, ids=(public.id,)))
    work.session.flush()
    return Done(text="已终止公示", changes=tuple(changes))
