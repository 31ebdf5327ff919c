"""What becomes of 双公示 when a case goes on: its clock starts with the decision, and it is withdrawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from sqlalchemy import select, update

from suite.contract.casework import CaseKind, ClockAct, OnClock
from suite.contract.commands import Change, Done
from suite.contract.credit import CreditClass
from suite.contract.problems import Problem, ProblemKind, Refused
from suite.contract.time_limits import Unit
from suite.kernel.casework.clocking import apply_acts
from suite.kernel.casework.current import Standing
from suite.kernel.casework.penalties.effects import organ_of
from suite.kernel.casework.penalties.lawful import imposed_of
from suite.kernel.clocks.calendar import work_calendar
from suite.kernel.clocks.moving import RecountClocks
from suite.kernel.clocks.rules import due_of
from suite.kernel.credit.display import class_of, rule_on, terms_of
from suite.kernel.credit.publicity.columns import Form
from suite.kernel.credit.publicity.rules import (
    DROPPED,
    EXEMPT,
    KEPT_BACK,
    OWED,
    PENDING,
    PUBLISHED,
    REJECTED,
    REPAIRED,
    REPORTED,
    WITHDRAWING,
    WITHDRAWN,
    kept_back,
)
from suite.kernel.executor.work import Transaction
from suite.tables import Case, CaseClock, Publicity, PublicitySend, Subject

PUBLICITY = "core.publicity"
#: So many rows a refusal names.
NAMED = 5
#: Steps that decide: of a licence, here entered as the province's; of a penalty.
GRANTED, PENALISED = "RecordGrant", ("DecidePenalty", "RecordProvinceDecision")
ANNULLED, SHOWN, TAKEN_BACK = "AnnulPenalty", "PublishPenalty", "WithdrawPublicity"
CITY, PROVINCE = "city", "province"
#: Clocks of a case: until it is public, until it is withdrawn.
PUBLISH_CLOCK, WITHDRAW_CLOCK = "core.publicity", "core.penalty.withdraw"
#: Whether minor penalties are reported to the platform, which is another thing than whether they are shown.
MINOR_REPORTED = "core.credit.minor_reported"


def publishes(kind: CaseKind) -> bool:
    """Whether decisions in cases of a kind are made public."""
    return kind.area is None and kind.work in ("application", "penalty")


def reporter_of(organ: str) -> str:
    """Who reports a decision: the organ that made it (谁作出谁报送), we or another."""
    return CITY if "市" in organ else PROVINCE


def working_due(work: Transaction, start: dt.date, parameter: str) -> tuple[dt.date, bool]:
    """The last of so many working days from a day, which itself does not count, and whether it is provisional
    since a year's holidays are not announced."""
    found = due_of(start, int(work.parameters[parameter]), Unit.WORKING, work_calendar(work.session))
    return found.due or start, found.provisional


def follow_publicity(command: str, standing: Standing, work: Transaction) -> tuple[Change, ...]:
    """Let a step of a case do to its row what it means for it."""
    if not publishes(standing.kind):
        return ()
    if command == GRANTED or command in PENALISED:
        return _begin(command, standing, work)
    row = work.session.scalar(select(Publicity).where(Publicity.case_id == standing.case.id))
    if row is None:
        return ()
    on = max(standing.events, key=lambda event: event.id).on_date
    joined = _joined(row, standing, work)
    match command:
        case _ if command == SHOWN and row.state in (PENDING, REPORTED, REJECTED):
            # It is online: what the parameters say by now takes nothing back from that.
            mark_published(row, on)
        case _ if command == ANNULLED:
            withdraw_wanted(row, on, work)
        case _ if command == TAKEN_BACK and row.state == WITHDRAWING:
            mark_withdrawn(row, on, "处罚决定已被撤销")
        case _ if not (_settled(row, standing, on, work) or joined):
            return ()
    return _changed(row, work)


def recount_publicity(standing: Standing, work: Transaction) -> tuple[Change, ...]:
    """Let the row of a case be what it would be if the case's last step were taken now."""
    row = work.session.scalar(select(Publicity).where(Publicity.case_id == standing.case.id))
    if row is None or not _settled(row, standing, work.today, work):
        return ()
    return _changed(row, work)


def _changed(row: Publicity, work: Transaction) -> tuple[Change, ...]:
    row.version += 1
    work.session.flush()
    return (Change(kind=PUBLICITY, ids=(row.id,)),)


def _joined(row: Publicity, standing: Standing, work: Transaction) -> bool:
    """Whether a party that had no record has one now, as a new licence makes it."""
    subject = _respondent(standing, work) if row.subject_id is None else None
    if subject is None:
        return False
    row.subject_id, row.name, row.person = subject.id, subject.name, subject.person_id is not None
    return True


def _settled(row: Publicity, standing: Standing, on: dt.date, work: Transaction) -> bool:
    """Let a penalty owe and show what it does now, and its case wait for it to be online just where it is to
    be shown; says whether the row is another one. Decided here alone: with the decision and with each step
    after it, as the days of the credit record are counted.

    What went out stays owed, and shown or not as it went out; only a day that it had may become another one.
    """
    if row.form != Form.PENALTY.value or row.state not in (EXEMPT, *OWED):
        return False
    before, hidden = (row.state, row.display_until), is_kept_back(row)
    grade, until = _terms(standing, row.person, row.decided_on, work)
    if row.reported_on is not None:
        if until is not None and not hidden:
            row.display_until = until
        return before != (row.state, row.display_until)
    exempt = grade is CreditClass.MINOR and until is None and not work.parameters[MINOR_REPORTED]
    row.state, row.display_until = EXEMPT if exempt else PENDING, until
    row.ceased_on = (row.ceased_on or on) if exempt else None
    if is_kept_back(row):
        # Nobody will note that it is online; by when it is reported its row says.
        end_clocks(row, (PUBLISH_CLOCK,), on, f"{KEPT_BACK}不公示", work)
    elif hidden:
        _wait_to_be_online(row, work)
    return before != (row.state, row.display_until)


def _wait_to_be_online(row: Publicity, work: Transaction) -> None:
    """It is to be shown after all: a case that is not over waits for it again, from the decision on."""
    case, clocks = _clocks(row, work)
    if case is None or case.closed is not None or any(clock.limit_key == PUBLISH_CLOCK for clock in clocks):
        return
    acts = [OnClock(act=ClockAct.START, limit=PUBLISH_CLOCK)]
    apply_acts(work, case, clocks, acts, row.decided_on, ends=False)


def is_kept_back(row: Publicity) -> bool:
    """Whether a decision is reported only, and shown nowhere."""
    return kept_back(row.form == Form.PENALTY.value, row.case_id is not None, row.display_until)


def require_public(rows: Iterable[Publicity], what: str) -> None:
    """Raises Refused with the first rows that are shown nowhere."""
    kept = [row for row in rows if is_kept_back(row)]
    if kept:
        raise Refused(
            Problem(
                code="publicity.kept_back",
                text=f"{row.name}（{row.document_no or row.title}）是{KEPT_BACK}，本局不公示，不办理{what}。"
                "公示与否由参数“本局对轻微失信信息的公示”设定。",
                kind=ProblemKind.FORBIDDEN,
                field="decisions",
                article="信用修复管理办法（国家发展改革委令第36号）",
            )
            for row in kept[:NAMED]
        )


def end_clocks(row: Publicity, limits: tuple[str, ...], on: dt.date, why: str, work: Transaction) -> None:
    """Nothing has to be done by a day any more: the clocks of its case that say so stop."""
    case, clocks = _clocks(row, work)
    if case is not None:
        acts = [OnClock(act=ClockAct.STOP, limit=limit) for limit in limits]
        apply_acts(work, case, clocks, acts, on, ends=False, why=why)


def _clocks(row: Publicity, work: Transaction) -> tuple[Case | None, Sequence[CaseClock]]:
    """Its case, and what runs in it."""
    case = work.session.get(Case, row.case_id) if row.case_id is not None else None
    running = select(CaseClock).where(CaseClock.case_id == row.case_id, CaseClock.stopped.is_(None))
    return case, work.session.scalars(running).all() if case is not None else ()


def repaired_too(row: Publicity, on: dt.date, work: Transaction) -> None:
    """Its record is repaired: it is shown no more, and what was not reported yet is not owed any more."""
    row.state, row.ceased_on = REPAIRED, on
    row.version += 1
    end_clocks(row, (PUBLISH_CLOCK,), on, "信用记录已修复", work)


def mark_published(row: Publicity, on: dt.date, channel: str = "") -> None:
    """It is online. What was never noted as reported was reported by then at the latest."""
    row.state, row.published_on = PUBLISHED, on
    row.reported_on = row.reported_on or on
    row.channel = channel or row.channel


def mark_withdrawn(row: Publicity, on: dt.date, reason: str) -> None:
    """It is online no more."""
    row.state, row.withdrawn_on, row.withdraw_reason = WITHDRAWN, on, reason


def withdraw_wanted(row: Publicity, on: dt.date, work: Transaction) -> None:
    """It is to be shown no more: what the platform has is to be withdrawn within days, the rest never goes
    there (行政处罚法第四十八条)."""
    # What it sent back, and what never was online, it does not have.
    refused = (row.state == REJECTED or row.rejection != "") and row.published_on is None
    refused = refused and not _not_sent_back(row, work)
    if row.reported_on is None or refused or row.state == DROPPED:
        row.state, row.ceased_on = DROPPED, row.ceased_on or on
        end_clocks(row, (PUBLISH_CLOCK, WITHDRAW_CLOCK), on, "平台没有，不再公示", work)
    elif row.state == WITHDRAWN:
        end_clocks(row, (WITHDRAW_CLOCK,), on, "已经撤回", work)
    else:
        row.state = WITHDRAWING
        row.withdraw_due, _ = working_due(work, on, "core.penalty.withdraw_wd")
        end_clocks(row, (PUBLISH_CLOCK,), on, "不再公示，待撤回", work)


def _not_sent_back(row: Publicity, work: Transaction) -> bool:
    """Whether the platform has had it in a file that it did not send back, as an earlier one may be."""
    query = select(PublicitySend.id).where(
        PublicitySend.publicity_id == row.id,
        PublicitySend.masked.is_(False),
        PublicitySend.outcome.is_distinct_from("rejected"),
    )
    return work.session.scalar(query.limit(1)) is not None


def _begin(command: str, standing: Standing, work: Transaction) -> tuple[Change, ...]:
    case, values = standing.case, standing.values
    if work.session.scalar(select(Publicity.id).where(Publicity.case_id == case.id)) is not None:
        return ()
    facts = standing.facts(work.today, work.parameters)
    decided = values.get("decided_on") if command == GRANTED else None
    decided = decided or max(standing.events, key=lambda event: event.id).on_date
    subject = _respondent(standing, work)
    name = subject.name if subject is not None else _newcomer(standing)
    person = subject is not None and subject.person_id is not None
    penalty = command in PENALISED
    organ = organ_of(facts) if penalty else str(values.get("decided_by") or "")
    due, provisional = working_due(work, decided, "core.publicity.wd")
    row = Publicity(
        profession=case.profession,
        district_code=case.district_code,
        association=case.association,
        subject_id=subject.id if subject is not None else None,
        case_id=case.id,
        form=(Form.PENALTY if penalty else Form.LICENCE).value,
        person=person or (subject is None and not penalty and _of_persons(standing, work)),
        name=name[:200],
        title=case.title,
        document_no=str(values.get("decision_no") or "")[:100],
        reporter=reporter_of(organ),
        decided_on=decided,
        due=due,
        provisional=provisional,
        state=PENDING,
        channel="",
        rejection="",
        withdraw_reason="",
        entered_on=work.today,
        by_login=work.actor.login,
        version=1,
    )
    work.session.add(row)
    work.session.flush()
    _settled(row, standing, decided, work)
    work.session.flush()
    return (Change(kind=PUBLICITY, ids=(row.id,)),)


def _respondent(standing: Standing, work: Transaction) -> Subject | None:
    number = next(
        (
            party.subject_id
            for party in standing.parties
            if party.role == standing.kind.respondent and party.subject_id is not None
        ),
        None,
    )
    return work.session.get(Subject, number) if number is not None else None


def _newcomer(standing: Standing) -> str:
    """The name of a party that has no record yet."""
    named = standing.kind.newcomer.name if standing.kind.newcomer is not None else ""
    return str(standing.values.get(named) or standing.values.get("applicant_name") or standing.case.title)


def _of_persons(standing: Standing, work: Transaction) -> bool:
    """Whether those who may apply are natural persons."""
    kinds = standing.kind.roles[standing.kind.respondent].kinds
    return bool(kinds) and all(work.catalog.kinds[key].has_person for key in kinds)


def _terms(
    standing: Standing, person: bool, decided: dt.date, work: Transaction
) -> tuple[CreditClass | None, dt.date | None]:
    """The class of a penalty and its last day of display by the rule of its day; None where it is not
    displayed: a minor one is so only as long as the bureau says (信用修复管理办法)."""
    imposed = imposed_of(standing.values)
    if imposed is None:
        return None, None
    grade = class_of(imposed, individual=person, parameters=work.parameters)
    rule = rule_on(decided, work.parameters)
    return grade, terms_of(grade, decided, rule, work.parameters).until


def follow_recount(command: RecountClocks, done: Done, work: Transaction) -> tuple[Change, ...]:
    """The calendar changed: the days of what is not reported yet are counted anew."""
    rows = work.session.scalars(
        select(Publicity).where(Publicity.state.in_((PENDING, REJECTED))).order_by(Publicity.id)
    ).all()
    moved: list[int] = []
    for row in rows:
        due, provisional = working_due(work, row.decided_on, "core.publicity.wd")
        if (due, provisional) != (row.due, row.provisional):
            # Past the ORM: whoever keeps the calendar may see rows that he may not change.
            work.session.execute(
                update(Publicity)
                .where(Publicity.id == row.id)
                .values(due=due, provisional=provisional, version=row.version + 1)
            )
            moved.append(row.id)
    return (Change(kind=PUBLICITY, ids=tuple(moved)),) if moved else ()
