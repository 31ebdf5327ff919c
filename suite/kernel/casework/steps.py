"""Taking a declared step: one function for all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from suite.contract.case_facts import CaseFacts, PartyFact
from suite.contract.casework import (
    Transition,
)
from suite.contract.commands import Change, Done
from suite.contract.problems import Problem, ProblemKind, Refused, Severity, refuse
from suite.kernel.accounts.others import Place
from suite.kernel.casework.clocking import apply_acts
from suite.kernel.casework.commands import FindingGiven, LineGiven, TakeStep
from suite.kernel.casework.current import (
    APPROVED,
    Standing,
    add_event,
    hold_case,
    require_in_scope,
    scope_of,
    standing_of,
)
from suite.kernel.casework.day_rules import late_problems, order_problems
from suite.kernel.casework.effecting import with_effects
from suite.kernel.casework.given import (
    EMPTY,
    given_values,
    party_problems,
    value_problems,
    write_parties,
    write_values,
)
from suite.kernel.casework.inspections.recusing import recused_parties
from suite.kernel.casework.line_rules import step_line_problems
from suite.kernel.casework.lines import counts_of, facts_with, write_lines
from suite.kernel.casework.others import blind_parties
from suite.kernel.casework.papers.own_numbers import number_problems
from suite.kernel.casework.rules import (
    acts_of,
    annul_problems,
    date_problems,
    finding_problems,
    missing_problems,
    note_problems,
    refuse_or_warn,
    served_on,
    why_not,
)
from suite.kernel.casework.telling import line_texts, told_problems, written
from suite.kernel.executor.work import Transaction
from suite.tables import Allegation, Case, CaseApproval, FormerFinding

#: So much is kept of why findings were taken back.
MOST_REASON = 180


def take_step(command: TakeStep, work: Transaction) -> Done:
    """Take the step, or keep it for signatures where the lifecycle asks for them.

    Raises Refused, all at once, with whatever stands against it: the state, guards, clocks, values, parties;
    `case.stale` when another desk moved the case meanwhile.
    """
    case = hold_case(work, command.case_id)
    standing = standing_of(work.session, work.catalog, case)
    transition = standing.lifecycle.by_command.get(type(command).__name__)
    if transition is None:
        text = f"“{standing.kind.title}”没有“{command.title}”这一步。"
        raise refuse("case.step", text, ProblemKind.FORBIDDEN, field="case_id")
    approved = command is work.approved
    if not approved:
        require_in_scope(work, transition.permission, case)
    if command.expected_version != case.version:
        raise stale(case)
    on = command.on or work.today
    values = given_values(transition, command, standing.values)
    emptied = {key: None for key in transition.clears if standing.values.get(key) not in EMPTY}
    lines: tuple[LineGiven, ...] = getattr(command, "lines", ()) or ()
    party_faults, named = party_problems(standing.kind, transition, command, work)
    value_faults = value_problems(standing.kind, values, work.catalog, work.checks)
    # A code that there is not says nothing to the guards: it is refused once, for what it is.
    strange = {problem.field for problem in value_faults if problem.code == "code.unknown"}
    meaning = emptied | {key: value for key, value in values.items() if key not in strange}
    facts = _facts(standing, meaning, lines, on, work, named, command)
    problems = [
        *why_not(
            transition,
            standing.lifecycle,
            facts,
            work.catalog.guards,
            work.catalog.limits,
            waiting=standing.waiting_title,
        ),
        *date_problems(on, work.today, standing.last_on),
        *_order_problems(transition, standing, values, on),
        *number_problems(standing.kind, transition, values, work),
        *missing_problems(standing.kind, transition, values),
        *value_faults,
        *party_faults,
        *blind_parties(work, named, Place.of(case)),
        *recused_parties(work, standing.kind, named, _respondents(standing)),
        *_allegation_problems(transition, standing, command),
        *step_line_problems(standing.kind, transition, lines, work.catalog.codes, counts_of(standing.lines)),
        *note_problems(command.note),
        *told_problems(work, case.id, _texts(command, values, lines)),
    ]
    warnings = refuse_or_warn([*problems, *late_problems(transition, facts.clocks, on, work.catalog.limits)])
    if transition.approval is not None and not approved:
        from suite.kernel.casework.approvals import submit

        warnings += (
            _by_then(transition, standing, replace(facts, on=work.today), work) if on < work.today else []
        )
        return replace(submit(command, transition, standing, work), warnings=tuple(warnings))
    write_values(work, case, standing.kind, emptied | values, new=False)
    done = _carry_out(command, transition, standing, facts, values, named, work)
    return replace(done, warnings=(*warnings, *done.warnings))


def _by_then(
    transition: Transition, standing: Standing, today: CaseFacts, work: Transaction
) -> list[Problem]:
    """What stands against a step that is asked for with an earlier day, were it signed today: it takes effect
    on the day of the last signature."""
    found = why_not(
        transition, standing.lifecycle, today, work.catalog.guards, work.catalog.limits,
        waiting=standing.waiting_title,
    )  # fmt: skip
    return [
        replace(
            problem,
            severity=Severity.WARNING,
            text=f"自签署之日起生效，今天签署的不能办理：{problem.text}已在纸质审批表上签署的，"
            "请由他人登记纸质审批。",
        )
        for problem in found
    ]


def _texts(command: TakeStep, values: dict[str, Any], lines: Sequence[LineGiven]) -> dict[str, str]:
    """Whatever a step writes down in words, by its field."""
    findings: tuple[FindingGiven, ...] = getattr(command, "findings", ()) or ()
    texts = {"note": command.note, **dict(written(values))}
    texts |= {f"findings[{place}]": item.note for place, item in enumerate(findings)}
    return texts | line_texts(lines)


def stale(case: Case) -> Refused:
    """Another desk moved the case since it was read."""
    text = f"{case.number} 已被他人办理过，请刷新后再办。您填写的内容仍在。"
    return refuse("case.stale", text, ProblemKind.STALE, field="expected_version")


def _facts(
    standing: Standing,
    values: dict[str, Any],
    lines: Sequence[LineGiven],
    on: dt.date,
    work: Transaction,
    named: dict[str, list[dict[str, Any]]],
    command: TakeStep,
) -> CaseFacts:
    """The case with what the step brings."""
    facts = standing.facts(on, work.parameters)
    kept = [party for party in facts.parties if party.role not in named]
    new = [PartyFact(role=role, **item) for role, people in named.items() for item in people]
    return replace(
        facts,
        parties=(*kept, *new),
        by=_signed(command, work)[0],
        values={**facts.values, **values},
        lines=facts_with(standing.kind, facts.lines, lines),
        before=facts.values,
    )


def _respondents(standing: Standing) -> list[int]:
    return [
        party.subject_id
        for party in standing.parties
        if party.role == standing.kind.respondent and party.subject_id is not None
    ]


def _order_problems(
    transition: Transition, standing: Standing, values: dict[str, Any], on: dt.date
) -> list[Problem]:
    days = {"opened": standing.case.opened}
    days |= {event.command: event.on_date for event in standing.events if event.command}
    days[transition.command] = on
    return order_problems(
        standing.kind,
        standing.lifecycle,
        {**standing.values, **values},
        days,
        {*values, transition.command},
    )


def _allegation_problems(transition: Transition, standing: Standing, command: Any) -> list[Problem]:
    facts = standing.allegation_facts
    found: list[Problem] = []
    if transition.findings:
        given = {item.no: item.finding for item in command.findings or ()}
        found += finding_problems(facts, given)
    if transition.annuls:
        found += annul_problems(facts, command.annul or ())
    return found


def _carry_out(
    command: TakeStep,
    transition: Transition,
    standing: Standing,
    facts: CaseFacts,
    values: dict[str, Any],
    named: dict[str, list[dict[str, Any]]],
    work: Transaction,
) -> Done:
    case, on = standing.case, facts.on
    before, after = case.state, transition.to or case.state
    ends = standing.lifecycle.by_state[after].terminal and transition.to is not None
    write_parties(work, case, named, standing.parties, on)
    given: dict[str, Any] = dict(values)
    given |= {role: [item["name"] for item in people] for role, people in named.items()}
    reason = _reason(transition, values, command.note) if transition.annuls else ""
    given |= _settle_allegations(transition, standing, command, on, reason, work)
    given |= write_lines(work, case, getattr(command, "lines", ()) or (), standing.lines, on)
    # What the step found or took back decides on what its clocks do.
    facts = replace(facts, allegations=standing.allegation_facts)
    acts = acts_of(transition, facts, work.catalog.guards)
    # A step that is a service counts from it, and not from the day on which it could be entered.
    since = (served_on(transition, facts) or on) if transition.follows_service else on
    why = "：".join(part for part in (transition.title, reason) if part)
    apply_acts(work, case, standing.clocks, acts, since, ends=ends, values=facts.values, why=why)
    case.state, case.version, case.updated_at = after, case.version + 1, work.now
    if transition.to is not None:
        case.closed = on if ends else None
    asker, approver = _signed(command, work)
    add_event(
        work,
        case,
        title=transition.title,
        on=on,
        command=transition.command,
        note=command.note,
        from_state=before,
        given=given,
        by=asker,
        approved_by=approver,
    )
    state = standing.lifecycle.by_state[after].title
    done = Done(
        text=f"{case.number} 已{transition.title}" + (f"，现为“{state}”" if transition.to else ""),
        changes=(Change(kind=case.kind, ids=(case.id,)),),
        result={
            "case_id": case.id,
            "number": case.number,
            "state": after,
            "version": case.version,
            "command": transition.command,
        },
    )
    return with_effects(done, transition, case, on, work)


def _settle_allegations(
    transition: Transition, standing: Standing, command: Any, on: dt.date, reason: str, work: Transaction
) -> dict[str, Any]:
    """Write findings, and take back those that a review or a court annulled; gives what the event tells."""
    rows = {row.no: row for row in standing.allegations}
    facts = {item.no: item for item in standing.allegation_facts}
    told: dict[str, Any] = {}
    if transition.findings:
        findings: tuple[FindingGiven, ...] = command.findings
        for item in findings:
            row = rows[item.no]
            if row.finding is not None and row.annulled_on is None and facts[item.no].told:
                continue  # it is the same: another one was refused
            _keep_former(work, standing.case, row, on)
            row.finding, row.note, row.found_on = item.finding, item.note.strip(), on
            row.annulled_on, row.annulled_by = None, ""
        told["findings"] = {str(item.no): item.finding for item in findings}
    if transition.annuls:
        for no in command.annul:
            rows[no].annulled_on, rows[no].annulled_by = on, reason
        told["annul"] = list(command.annul)
    return told


def _keep_former(work: Transaction, case: Case, row: Allegation, on: dt.date) -> None:
    """Keep what was found of an allegation before it is found upon anew."""
    if row.finding is None:
        return
    work.session.add(
        FormerFinding(
            **scope_of(case),
            allegation_id=row.id,
            finding=row.finding,
            note=row.note,
            found_on=row.found_on,
            ended_on=row.annulled_on or on,
            annulled=row.annulled_on is not None,
            reason=row.annulled_by,
        )
    )


def _reason(transition: Transition, values: Mapping[str, Any], note: str) -> str:
    """Why findings are taken back: by which document, and what is said of it."""
    said = (str(values[key]) for key in transition.required if values.get(key))
    return "；".join((*said, *([note.strip()] if note.strip() else ())))[:MOST_REASON]


def _signed(command: TakeStep, work: Transaction) -> tuple[str, str | None]:
    """Who took the step, and who signed it last."""
    if command is not work.approved:
        return work.actor.login, None
    row = work.session.execute(
        select(CaseApproval.asked_by, CaseApproval.decided_by)
        .where(CaseApproval.case_id == command.case_id, CaseApproval.state == APPROVED)
        .order_by(CaseApproval.id.desc())
        .limit(1)
    ).one()
    return row.asked_by, row.decided_by
