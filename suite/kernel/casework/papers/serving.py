"""Serving papers (送达): by a recorded way, with the day it counts from and the clocks that run from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select

from suite.contract.casework import ClockAct
from suite.contract.commands import Change, Done
from suite.contract.papers import ServiceWay
from suite.contract.problems import Problem, ProblemKind, Refused, refuse
from suite.kernel.casework.clocking import apply_acts
from suite.kernel.casework.current import (
    UNKNOWN,
    Standing,
    add_event,
    hold_case,
    may,
    require_in_scope,
    scope_of,
    standing_of,
)
from suite.kernel.casework.derive import step
from suite.kernel.casework.papers.commands import ServeDocument
from suite.kernel.casework.papers.issuing import TO_COMPLAINANT, Called, called_for
from suite.kernel.casework.rules import acts_of, date_problems, why_not
from suite.kernel.casework.telling import require_untold
from suite.kernel.executor.work import Transaction
from suite.tables import Attachment, DocumentService, IssuedDocument

MOST_RECEIVER, MOST_NOTE = 100, 300
#: What is kept of a way in which nobody signs must say why, or where the receipt is.
UNSIGNED = {
    ServiceWay.LEFT: "留置送达须注明拒收事由、见证人或者拍照录像的情况，请填写说明。",
    ServiceWay.ANNOUNCED: "公告送达须注明原因和经过（下落不明，或者其他方式无法送达），请填写说明。",
}


def serve_document(command: ServeDocument, work: Transaction) -> Done:
    """Record a service. The first one that reached him moves the clocks that wait for it, and takes the step
    that it is."""
    issued = work.session.get(IssuedDocument, command.issued)
    if issued is None:
        raise refuse("case.unknown", UNKNOWN, ProblemKind.NOT_PERMITTED, field="issued")
    case = hold_case(work, issued.case_id)
    require_in_scope(work, "case:handle", case)
    on = command.on or work.today
    former = work.session.scalars(
        select(DocumentService).where(DocumentService.issued_id == issued.id).order_by(DocumentService.id)
    ).all()
    problems = [
        *date_problems(on, work.today, issued.issued_on),
        *_problems(command, issued, former, work),
    ]
    if problems:
        raise Refused(problems)
    way = ServiceWay(command.way)
    served_on = _served_on(way, on, work) if command.delivered else None
    receiver, note = command.receiver.strip(), command.note.strip()
    if receiver and issued.recipient == TO_COMPLAINANT:
        # He signs with his name, which everybody who reads the case would read here.
        receiver = TO_COMPLAINANT
    require_untold(work, case.id, receiver=receiver, note=note)
    row = DocumentService(
        **scope_of(case),
        issued_id=issued.id,
        way=way.value,
        on_date=on,
        delivered=command.delivered,
        served_on=served_on,
        article=way.article,
        receiver=receiver,
        note=note,
        receipt_id=command.receipt,
        by_login=work.actor.login,
        at=work.now,
    )
    work.session.add(row)
    if served_on is not None:
        _run_clocks(issued, served_on, work)
    words = f"{issued.title}{way.words}" if command.delivered else f"{issued.title}{way.words}未果"
    said = " ".join(part for part in (issued.number or "", row.receiver, row.note) if part)
    add_event(work, case, title=words[:100], on=on, note=said)
    counts = f"，{served_on} 视为送达" if served_on not in (None, on) else ""
    taken = _follow(issued, served_on, work) if served_on is not None else None
    return Done(
        text=f"已登记{words}{counts}" + (f"。{taken.text}" if taken else ""),
        changes=(Change(kind=case.kind, ids=(case.id,)),),
        warnings=taken.warnings if taken else (),
        result={
            "service": row.id,
            "served_on": served_on,
            "article": row.article,
            "step": taken.result["command"] if taken else "",
            "state": case.state,
        },
    )


def _follow(issued: IssuedDocument, served_on: dt.date, work: Transaction) -> Done | None:
    """Take the step that the service is (送达决定书), where one leads on from here and lacks nothing else.

    What counts as served on a day to come (公告送达) is taken by hand once that day is there.
    """
    case = hold_case(work, issued.case_id)
    found = standing_of(work.session, work.catalog, case)
    on = max(served_on, found.last_on or served_on)
    if on > work.today:
        return None
    facts = found.facts(on, work.parameters)
    for transition in found.lifecycle.steps_from(case.state):
        if not transition.follows_service or not may(work.actor, transition.permission, case):
            continue
        papers = [paper for name in transition.needs_service if (paper := facts.paper(name))]
        if issued.template not in {paper.key for paper in papers}:
            continue
        if why_not(
            transition,
            found.lifecycle,
            facts,
            work.catalog.guards,
            work.catalog.limits,
            waiting=found.waiting_title,
        ):
            continue
        return work.run(
            step(work.catalog, transition.command, case_id=case.id, expected_version=case.version, on=on)
        )
    return None


def _served_on(way: ServiceWay, on: dt.date, work: Transaction) -> dt.date:
    """The day it counts from: an announcement serves when its days have passed (民事诉讼法第九十五条)."""
    days = int(work.parameters["core.service.announce_days"]) if way is ServiceWay.ANNOUNCED else 0
    return on + dt.timedelta(days=days)


def _problems(
    command: ServeDocument, issued: IssuedDocument, former: Sequence[DocumentService], work: Transaction
) -> list[Problem]:
    found = []
    if command.way not in set(ServiceWay):
        words = "、".join(f"{way.value}（{way.words}）" for way in ServiceWay)
        text = f"没有送达方式“{command.way[:20]}”，可选：{words}。"
        return [Problem(code="service.way", text=text, field="way")]
    way = ServiceWay(command.way)
    if not issued.number:
        text = f"“{issued.title}”是存卷的文书，不送达当事人。"
        found.append(Problem(code="service.record", text=text, field="issued", kind=ProblemKind.FORBIDDEN))
    if any(row.delivered for row in former):
        text = f"“{issued.title}”已经送达，不必再登记。送达有误的，请在办件中补记。"
        found.append(Problem(code="service.done", text=text, field="issued", kind=ProblemKind.FORBIDDEN))
    if command.delivered and way in UNSIGNED and not command.note.strip():
        found.append(Problem(code="service.note", text=UNSIGNED[way], field="note", article=way.article))
    if way is ServiceWay.ANNOUNCED and not _attempted(command, issued, work):
        text = (
            "公告送达须在其他方式未能送达之后：请先登记一次未送达的直接送达、邮寄送达等（写明日期和原因；"
            "下落不明的，写明查找的经过），再登记公告送达。"
        )
        found.append(
            Problem(
                code="service.attempt",
                text=text,
                field="way",
                article=way.article,
                kind=ProblemKind.FORBIDDEN,
            )
        )
    if command.delivered and way is ServiceWay.DIRECT and not command.receiver.strip():
        text = "直接送达须写明签收人。"
        found.append(Problem(code="service.receiver", text=text, field="receiver", article=way.article))
    if not command.delivered and not command.note.strip():
        text = "没有送达的，请写明原因；其他方式都无法送达的，可以公告送达。"
        found.append(Problem(code="service.why", text=text, field="note"))
    for field, words, most in (
        ("receiver", command.receiver, MOST_RECEIVER),
        ("note", command.note, MOST_NOTE),
    ):
        if len(words) > most:
            text = f"最多 {most} 字，现有 {len(words)} 字。"
            found.append(Problem(code="text.long", text=text, field=field))
    if command.receipt is not None:
        receipt = work.session.get(Attachment, command.receipt)
        if receipt is None or receipt.case_id != issued.case_id or receipt.struck_at is not None:
            text = "没有这个附件，或者已经划去。请先把送达回证附入本件。"
            found.append(Problem(code="service.receipt", text=text, field="receipt"))
    return found


def _attempted(command: ServeDocument, issued: IssuedDocument, work: Transaction) -> bool:
    """Whether the paper, in any of its versions, could not be served in another way up to the day of the
    announcement (民事诉讼法第九十五条); the house may leave that to the note."""
    if not work.parameters["core.service.announce_after_attempt"]:
        return True
    tried = (
        select(DocumentService.id)
        .join(IssuedDocument, IssuedDocument.id == DocumentService.issued_id)
        .where(
            IssuedDocument.case_id == issued.case_id,
            IssuedDocument.template == issued.template,
            IssuedDocument.event_id == issued.event_id,
            DocumentService.delivered.is_(False),
            DocumentService.way != ServiceWay.ANNOUNCED.value,
            DocumentService.on_date <= (command.on or work.today),
        )
    )
    return work.session.scalar(tried.limit(1)) is not None


def _run_clocks(issued: IssuedDocument, served_on: dt.date, work: Transaction) -> None:
    """What the step that brought the paper forth does to the clocks when it is served."""
    case = hold_case(work, issued.case_id)
    found = standing_of(work.session, work.catalog, case)
    for called in called_for(found, work.catalog):
        if called.template.key != issued.template or called.event.id != issued.event_id:
            continue
        facts = found.facts(served_on, work.parameters)
        acts = [
            act
            for act in acts_of(called.transition, facts, work.catalog.guards)
            if act.act is not ClockAct.START or not _over(found, called, act.limit)
        ]
        for name in called.transition.documents:
            if name in (called.template.key, called.template.title):
                apply_acts(
                    work, case, found.clocks, acts, served_on, ends=False, values=facts.values, served=name
                )


def _over(found: Standing, called: Called, limit: str) -> bool:
    """Whether nothing may begin any more: the case is closed, or a later step has ended that time."""
    later = [
        found.lifecycle.by_command[event.command]
        for event in found.events
        if event.id > called.event.id and event.command in found.lifecycle.by_command
    ]
    return found.lifecycle.by_state[found.case.state].terminal or any(
        act.act is ClockAct.STOP and act.limit == limit for step in later for act in step.clocks
    )
