"""What credit listens to: steps of cases, grades that stand, entries of registers; each followed in its
transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import or_, select

from suite.contract.casework import CaseKind
from suite.contract.commands import Change, Command, Done
from suite.contract.credit import CreditContext, CreditFinding, CreditRule
from suite.contract.problems import ProblemKind, refuse
from suite.kernel.assessment.commands import CloseCampaign, DecideGrades, DecideObjection
from suite.kernel.assessment.standing import CLOSED
from suite.kernel.casework.commands import OpenStep, TakeStep
from suite.kernel.casework.current import Standing, standing_of
from suite.kernel.clocks.moving import RecountClocks
from suite.kernel.credit.publicity.following import follow_publicity, follow_recount, publishes
from suite.kernel.credit.records import RECORDS, follow_finding
from suite.kernel.executor.work import Transaction
from suite.kernel.ledgers.commands import SaveLedgerEntries, StrikeLedgerEntry
from suite.kernel.ledgers.current import Entry, current_entries
from suite.kernel.ledgers.sheet import ledger_sheet
from suite.tables import Assessment, Campaign, Case, CreditRecord, Subject


def follow_step(command: Command, done: Done, work: Transaction) -> tuple[Change, ...]:
    """After a step of a case: what it means for the credit of whom it is about, and for 双公示.

    A step that waits for signatures has not been taken.
    """
    case_id = done.result.get("case_id")
    if not isinstance(case_id, int) or "state" not in done.result:
        return ()
    case = work.session.get(Case, case_id)
    kind = work.catalog.case_kinds.get(case.kind) if case is not None else None
    if case is None or kind is None:
        return ()
    rules = rules_of(work, kind)
    if not rules and not publishes(kind):
        return ()
    standing = standing_of(work.session, work.catalog, case)
    changed = follow_case(standing, rules, work)
    return (
        *((Change(kind=RECORDS, ids=tuple(changed)),) if changed else ()),
        *follow_publicity(type(command).__name__, standing, work),
    )


def rules_of(work: Transaction, kind: CaseKind) -> tuple[CreditRule, ...]:
    """The rules that look at cases of a kind. A case that fewer may see writes no record that more see."""
    if kind.area is not None:
        return ()
    return tuple(rule for rule in work.catalog.credit_rules.values() if rule.work == kind.work)


def follow_case(standing: Standing, rules: Iterable[CreditRule], work: Transaction) -> list[int]:
    """Write, put right or reverse the records of a case; gives those that changed."""
    partly = standing.kind.partly_counts
    known = CreditContext(
        days={event.command: event.on_date for event in standing.events if event.command},
        partly=bool(work.parameters[partly]) if partly else False,
    )
    facts = standing.facts(work.today, work.parameters)
    last = max(standing.events, key=lambda event: event.id)
    about = {
        party.subject_id
        for party in standing.parties
        if party.role == standing.kind.respondent and party.subject_id is not None and party.left_on is None
    }
    changed: list[int] = []
    for rule in rules:
        assert rule.finds is not None  # noqa: S101 - a rule of a work has it: checked when it is declared
        found = rule.finds(facts, known)
        for subject in work.session.scalars(
            select(Subject).where(Subject.id.in_(about)).order_by(Subject.id)
        ):
            number = follow_finding(
                rule, found, subject, work, why=last.title, on=last.on_date, case_id=standing.case.id
            )
            changed += [number] if number is not None else []
    return changed


def follow_grades(command: Command, done: Done, work: Transaction) -> tuple[Change, ...]:
    """After results stand, or one of them was changed later: who failed has a record, who passed has none."""
    campaigns = {
        number for change in done.changes if change.kind in work.catalog.schemes for number in change.ids
    }
    changed: list[int] = []
    for campaign in work.session.scalars(select(Campaign).where(Campaign.id.in_(campaigns))):
        rules = [rule for rule in work.catalog.credit_rules.values() if rule.scheme == campaign.scheme]
        if campaign.state == CLOSED and rules:
            changed += _follow_campaign(campaign, rules, work)
    return (Change(kind=RECORDS, ids=tuple(changed)),) if changed else ()


def _follow_campaign(campaign: Campaign, rules: Iterable[CreditRule], work: Transaction) -> list[int]:
    scheme = work.catalog.schemes[campaign.scheme]
    day = campaign.closed_on or work.today
    changed: list[int] = []
    for rule in rules:
        rows = work.session.execute(
            select(Assessment, Subject)
            .join(Subject, Subject.id == Assessment.subject_id)
            .where(Assessment.campaign_id == campaign.id, Assessment.grade.in_(rule.grades))
            .order_by(Assessment.id)
        ).all()
        for row, subject in rows:
            title = scheme.by_grade[row.grade or ""].title
            found = _graded(campaign, title, day)
            number = follow_finding(
                rule, found, subject, work, why=f"考核结果：{title}", on=day, assessment_id=row.id
            )
            changed += [number] if number is not None else []
        changed += _passed(campaign, rule, work, day)
    return changed


def _graded(campaign: Campaign, title: str, day: dt.date) -> CreditFinding:
    return CreditFinding(
        title=f"{campaign.title}：{title}"[:200],
        content=f"{campaign.title}评定为{title}。",
        decided_on=day,
        organ="",
        document_no=campaign.document_no or "",
    )


def _passed(campaign: Campaign, rule: CreditRule, work: Transaction, day: dt.date) -> list[int]:
    """Reverse the records of those whose grade became another one since."""
    rows = work.session.execute(
        select(Assessment, Subject)
        .join(CreditRecord, CreditRecord.assessment_id == Assessment.id)
        .join(Subject, Subject.id == Assessment.subject_id)
        .where(
            Assessment.campaign_id == campaign.id,
            CreditRecord.rule == rule.key,
            CreditRecord.reversed_on.is_(None),
            Assessment.grade.not_in(rule.grades),
        )
    ).all()
    found = [
        follow_finding(rule, None, subject, work, why="考核等次已更正", on=day, assessment_id=row.id)
        for row, subject in rows
    ]
    return [number for number in found if number is not None]


def follow_entries(
    command: SaveLedgerEntries | StrikeLedgerEntry, done: Done, work: Transaction
) -> tuple[Change, ...]:
    """After entries of a register that a rule looks at: what they mean for the credit of whom they are about.

    Raises Refused to who keeps no credit, where an entry means something or is changed that may have.
    """
    name = command.ledger.partition(".")[2]
    rules = [rule for rule in work.catalog.credit_rules.values() if rule.register == name]
    touched = {number for change in done.changes if change.kind == command.ledger for number in change.ids}
    if not rules or not touched:
        return ()
    sheet = ledger_sheet(work.catalog, command.ledger)
    results = done.result.get("results", {})
    changed: list[int] = []
    for entry in current_entries(work.session, sheet, touched).values():
        named = {one for role in sheet.roles for one in entry.values.get(role.key) or ()}
        for rule in rules:
            found = rule.tells(entry.values) if rule.tells is not None and entry.struck_at is None else None
            if found is None and results.get(entry.id) == "new":
                continue
            why = "台账记录已划去" if entry.struck_at is not None else f"台账“{sheet.title}”已更改"
            changed += _follow_entry(rule, found, entry, named, why, work)
    return (Change(kind=RECORDS, ids=tuple(changed)),) if changed else ()


def _follow_entry(
    rule: CreditRule, found: CreditFinding | None, entry: Entry, named: set[int], why: str, work: Transaction
) -> list[int]:
    """Of whom it names, and of whom it named before."""
    scopes = work.actor.scopes(f"{entry.profession}:credit:keep")
    former = select(CreditRecord.subject_id).where(
        CreditRecord.entry_id == entry.id, CreditRecord.rule == rule.key, CreditRecord.reversed_on.is_(None)
    )
    asked = select(Subject).where(or_(Subject.id.in_(named), Subject.id.in_(former))).order_by(Subject.id)
    changed = []
    for subject in work.session.scalars(asked):
        place = subject.profession, subject.district_code, subject.association
        if not any(scope.holds(*place) for scope in scopes):
            text = "违背承诺的要记入信用记录，登记的承诺更改后记录也随之更改：请由有记录信用权限的人员办理。"
            raise refuse("credit.keep", text, ProblemKind.NOT_PERMITTED, field="state")
        meant = found if subject.id in named else None
        number = follow_finding(rule, meant, subject, work, why=why, on=work.today, entry_id=entry.id)
        changed += [number] if number is not None else []
    return changed


FOLLOWING = (
    (OpenStep, follow_step),
    (TakeStep, follow_step),
    (CloseCampaign, follow_grades),
    (DecideGrades, follow_grades),
    (DecideObjection, follow_grades),
    (RecountClocks, follow_recount),
    (SaveLedgerEntries, follow_entries),
    (StrikeLedgerEntry, follow_entries),
)
