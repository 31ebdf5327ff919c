"""`suite cases`, `suite approvals`, and one case in full: what can be followed without the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from suite.cli.answers import give, table
from suite.cli.options import Call, SuiteCommand, pass_call
from suite.contract.problems import refuse

if TYPE_CHECKING:
    from suite.contract.case_facts import AllegationFact
    from suite.kernel.casework.case_file import CaseFile, ClockLine
    from suite.kernel.casework.queries import CaseLine
    from suite.loader.catalog import Catalog


@click.command("cases", cls=SuiteCommand)
@click.option("--kind", metavar="种类", help="只列这一种，如 appraisal.complaint。")
@click.option("--state", metavar="状态", help="只列这一状态，写键或名称。")
@click.option("--handler", metavar="登录名", help="只列此人承办和代办的；me 为本人。")
@click.option("--district", metavar="代码", help="只列这个区县的。")
@click.option("--overdue", is_flag=True, help="只列已逾期的。")
@click.option("--all", "everything", is_flag=True, help="连同已办结的。")
@click.option("--words", default="", metavar="文字", help="编号、事项或当事人中含有的文字。")
@click.option(
    "--limit", type=click.IntRange(1, 5000), default=100, metavar="件数", help="最多几件，默认 100。"
)
@pass_call
def cases(
    call: Call,
    kind: str | None,
    state: str | None,
    handler: str | None,
    district: str | None,
    overdue: bool,
    everything: bool,
    words: str,
    limit: int,
) -> None:
    """在办的办件，先到期的在前；每件可用 suite show 种类 编号 打开。"""
    import datetime as dt

    from suite.kernel.casework.handing import handed_over, works_for
    from suite.kernel.casework.queries import CaseQuery, case_ids, case_lines

    suite, actor = call.ready, call.actor
    catalog, today = suite.catalog, suite.today
    if kind is not None:
        catalog.case_kind(kind)
    with suite.reading() as session:
        logins: tuple[str, ...] = ()
        if handler is not None:
            login = actor.login if handler == "me" else handler
            logins = (login, *works_for(handed_over(session, today), login, today))
        query = CaseQuery(
            kind=kind,
            open=None if everything else True,
            states=_states(catalog, state),
            handlers=logins,
            district=district,
            due_until=today - dt.timedelta(days=1) if overdue else None,
            words=words,
        )
        ids = case_ids(session, actor, catalog, query)
        lines = case_lines(session, actor, catalog, ids[:limit], today=today)
    rows = [
        (
            line.number,
            line.kind_title,
            line.state.title,
            line.clock.text if line.clock else "",
            line.due or "",
            f"{line.acting}（代{line.handler}）" if line.acting else line.handler,
            line.respondents,
        )
        for line in lines
    ]
    shown = table(["编号", "种类", "状态", "期限", "到期日", "承办", "被投诉人或申请人"], rows)
    more = [f"共 {len(ids):,} 件，列出 {len(lines):,} 件。"] if len(ids) > len(lines) else []
    give(
        call,
        {"count": len(ids), "cases": [_line(line) for line in lines]},
        [*shown, *more] if rows else ["没有这样的办件。"],
    )


def _states(catalog: Catalog, wanted: str | None) -> tuple[str, ...]:
    """The keys of a state that is named by its key or its title. Raises Refused for an unknown one."""
    if wanted is None:
        return ()
    found = {
        state.key
        for lifecycle in catalog.lifecycles.values()
        for state in lifecycle.states
        if wanted in (state.key, state.title)
    }
    if not found:
        raise refuse("state.unknown", f"没有状态“{wanted}”，请写状态的键或名称。", field="state")
    return tuple(sorted(found))


def _line(line: CaseLine) -> dict[str, Any]:
    return {
        "number": line.number,
        "id": line.id,
        "kind": line.kind,
        "title": line.title,
        "state": line.state.key,
        "state_title": line.state.title,
        "respondents": line.respondents,
        "opened": line.opened,
        "closed": line.closed,
        "handler": line.handler,
        "acting": line.acting or None,
        "district": line.district,
        "clock": line.clock_title or None,
        "remaining": line.clock.text if line.clock else None,
        "due": line.due,
        "lapse": line.lapse or None,
        "waiting": line.waiting,
    }


@click.command("approvals", cls=SuiteCommand)
@pass_call
def approvals(call: Call) -> None:
    """待本人审批的事项，和退回本人的事项及其理由。用 suite run ApproveStep --set case=编号 审批。"""
    from suite.kernel.audit.activity import SHANGHAI
    from suite.kernel.casework.waiting import returned_to, waiting_for

    suite, actor = call.ready, call.actor
    with suite.reading() as session:
        waiting = waiting_for(session, actor, suite.catalog)
        returned = returned_to(session, actor, suite.catalog, suite.today)
    lines = []
    if waiting:
        lines += table(
            ["编号", "待审批", "环节", "提请人", "提请时间", "事项"],
            [
                (
                    item.number,
                    item.step,
                    item.place + (f"（代{item.behalf}）" if item.behalf else ""),
                    item.asked_by,
                    f"{item.asked_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
                    item.title,
                )
                for item in waiting
            ],
        )
    if returned:
        lines += ["退回本人的"]
        lines += [f"  {item.number}  {item.step}  {item.returned_by}：{item.reason}" for item in returned]
    give(
        call,
        {"waiting": waiting, "returned": returned},
        lines or ["没有待您审批或退回您的事项。"],
    )


def show_case(call: Call, kind: str, key: str) -> None:
    """One case: facts, parties, clocks, what can be done and why not, and its history."""
    from suite.kernel.casework.case_file import case_file
    from suite.kernel.casework.finding import case_meant
    from suite.kernel.parameters.queries import parameters_on

    suite, actor = call.ready, call.actor
    with suite.reading() as session:
        found = case_meant(session, actor, suite.catalog, key, year=suite.today.year)
        if found.kind != kind:
            title = suite.catalog.case_kind(found.kind).title
            raise refuse("case.kind", f"{found.number} 是“{title}”（{found.kind}）。", field="kind")
        numbers = parameters_on(session, suite.catalog, suite.today)
        case = case_file(session, actor, suite.catalog, found.id, today=suite.today, parameters=numbers)
    give(call, _document(case), _words(case))


def _document(case: CaseFile) -> dict[str, Any]:
    return {
        "kind": case.kind.key,
        "key": case.number,
        "id": case.id,
        "version": case.version,
        "title": case.title,
        "state": case.state.key,
        "state_title": case.state.title,
        "opened": case.opened,
        "closed": case.closed,
        "handler": case.handler,
        "handed": case.handed,
        "district": case.district,
        "values": {field.title: words for field, words in case.facts},
        "parties": [
            {"role": party.role_title, "name": party.name, "id": party.subject_id, "left_on": party.left_on}
            for party in case.parties
        ],
        "allegations": [
            {
                "no": item.no,
                "head": head,
                "text": item.text,
                "finding": item.finding,
                "note": item.note,
                "annulled_on": item.annulled_on,
                "annulled_by": item.annulled_by,
                "former": item.former,
            }
            for item, head in case.allegations
        ],
        "clocks": [
            {
                "limit": clock.limit,
                "title": clock.title,
                "start": clock.start,
                "due": clock.due,
                "stopped": clock.stopped,
                "stopped_by": clock.stopped_by,
                "remaining": clock.state.text if clock.state else None,
                "explanation": clock.sentence,
                "article": clock.article,
            }
            for clock in case.clocks
        ],
        "steps": [
            {
                "command": line.transition.command,
                "title": line.transition.title,
                "approval": line.approval or None,
                "refused": [problem.text for problem in line.problems],
            }
            for line in case.steps
        ],
        "waiting": case.waiting,
        "events": case.events,
    }


def _found(item: AllegationFact) -> str:
    if item.finding is None:
        return ""
    if item.annulled_on is None:
        return f"　{item.finding.words}"
    return f"　{item.finding.words}，{item.annulled_on} 撤销（{item.annulled_by}）"


def _stopped(clock: ClockLine) -> str:
    return f"{clock.stopped} 停止" + (f"（{clock.stopped_by}）" if clock.stopped_by else "")


def _words(case: CaseFile) -> list[str]:
    handler = f"承办 {case.handler_name}"
    if case.handed is not None:
        handler += f"（{case.handed.days} 由 {case.handed.taker_name} 代办）"
    lines = [f"{case.number}  {case.title}", f"  {case.kind.title}  {case.state.title}  {handler}"]
    lines += [f"  {field.title}：{words}" for field, words in case.facts]
    lines += ["当事人"]
    lines += [
        f"  {party.role_title}  {party.name}" + (f"（至 {party.left_on}）" if party.left_on else "")
        for party in case.parties
    ]
    if case.allegations:
        lines += ["投诉事项"]
        for item, head in case.allegations:
            lines.append(f"  {item.no}. {head}：{item.text}{_found(item)}")
            lines += [
                f"     原认定　{former.finding.words}，{former.ended_on} 撤销（{former.reason}）"
                for former in reversed(item.former)
                if former.annulled
            ]
    if case.clocks:
        lines += ["期限"]
        lines += [
            f"  {clock.title}：{stands}  {clock.sentence}"
            for clock in case.clocks
            for stands in (clock.state.text if clock.state else _stopped(clock),)
        ]
    if case.waiting is not None:
        waiting = case.waiting
        lines += [f"待审批  “{waiting.title}”由 {waiting.asked_by} 提请，待{waiting.place}审批"]
    lines += ["可以办理"]
    for line in case.steps:
        why = "　".join(problem.text for problem in line.problems)
        asks = f"（须{line.approval}）" if line.approval else ""
        lines.append(
            f"  {line.transition.command}  {line.transition.title}{asks}" + (f"：{why}" if why else "")
        )
    lines += ["办理记录"]
    for event in case.events:
        signed = f"，{event.approved_by} 批准" if event.approved_by else ""
        lines.append(
            f"  {event.on}  {event.title}  {event.by}{signed}" + (f"：{event.note}" if event.note else "")
        )
        lines += [f"    {title}：{words}" for title, words in event.given]
    return lines
