"""What every profession's review asks of the records: complaints, penalties, sanctions of the year. Pure.

Rules of a scheme are put together from these; what follows from them, and by which article, is the scheme's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from suite.contract.assessment import AssessmentRecords, LoggedEntry, Measured, Outcome
from suite.contract.code_sets import members
from suite.contract.penalties import Sanction
from suite.kernel.clocks.spans import months_after

Holds = Callable[[AssessmentRecords], bool]

#: The steps that decide a case of each track.
DECISIONS = {"penalty": ("DecidePenalty", "RecordProvinceDecision"), "discipline": ("DecideDiscipline",)}
HEAVY = frozenset({Sanction.SUSPENSION.value, Sanction.REVOCATION.value})


def new_for(months: str) -> Holds:
    """On the roster for less than the months of a parameter at the end of the period."""
    return lambda who: who.since is not None and months_after(who.since, who.number(months)) > who.period[1]


def new_in_period(who: AssessmentRecords) -> bool:
    """On the roster since a day of the period."""
    return who.since is not None and who.since >= who.period[0]


def case_pending(who: AssessmentRecords) -> bool:
    """A complaint about it, or a case of the association, is not decided yet."""
    return any(
        case.closed is None and not (case.work == "discipline" and _decided(case))
        for case in who.cases
        if case.work in ("complaint", "discipline")
    )


def penalty_pending(who: AssessmentRecords) -> bool:
    """A case of penalty against it is not decided yet."""
    return any(case.work == "penalty" and case.closed is None and not _decided(case) for case in who.cases)


def valid_complaints(who: AssessmentRecords, *kinds: str) -> Sequence[Outcome]:
    """The complaints, of these kinds or of any, that were closed in the period and found valid; the finding
    stands."""
    return [
        case
        for case in who.cases
        if case.work == "complaint"
        and case.valid
        and who.within(case.closed)
        and (not kinds or case.kind in kinds)
    ]


def counted_complaints(*kinds: str, called: str = "投诉") -> Callable[[AssessmentRecords], Measured]:
    """How an item counts the substantiated complaints, of these kinds or of any; for a deduction."""

    def found(who: AssessmentRecords) -> Measured:
        cases = valid_complaints(who, *kinds)
        numbers = "、".join(case.number for case in cases)
        words = f"查实的{called} {len(cases)} 件 {numbers}".strip()
        return Measured(found=Decimal(len(cases)), evidence=words)

    return found


def complaint_valid(who: AssessmentRecords) -> bool:
    """Whether there is any."""
    return bool(valid_complaints(who))


def imposed(who: AssessmentRecords, work: str) -> Iterator[tuple[Outcome, frozenset[str]]]:
    """The cases of a track that were decided in the period and stand, with what was imposed."""
    for case in who.cases:
        days = [case.days[command] for command in DECISIONS.get(work, ()) if command in case.days]
        if case.work == work and case.state != "annulled" and any(who.within(day) for day in days):
            yield case, frozenset(members(case.values.get("sanctions")))


def punished_lightly(who: AssessmentRecords) -> bool:
    """A penalty below suspension was imposed in the period."""
    return any(not found & HEAVY for _, found in imposed(who, "penalty"))


def stopped(who: AssessmentRecords) -> bool:
    """A suspension or revocation was imposed in the period, or still lasts."""
    heavy = any(found & HEAVY for _, found in imposed(who, "penalty"))
    return heavy or who.status == "suspended"


def sanctioned(who: AssessmentRecords) -> bool:
    """The association sanctioned in the period, and that is carried out."""
    return any(case.closed is not None for case, _ in imposed(who, "discipline"))


def sanction_not_mended(who: AssessmentRecords) -> bool:
    """The association sanctioned in the period, and that is not carried out yet."""
    return any(case.closed is None for case, _ in imposed(who, "discipline"))


def _decided(case: Outcome) -> bool:
    return any(command in case.days for command in DECISIONS.get(case.work, ()))


def logged_entries(who: AssessmentRecords, ledger: str, **values: object) -> Sequence[LoggedEntry]:
    """The entries of a ledger about it that lie in the period, those with these values only."""
    return [
        entry
        for entry in who.logged.get(ledger, ())
        if who.within(entry.day) and all(entry.values.get(key) == value for key, value in values.items())
    ]


def logged_hours(who: AssessmentRecords, ledger: str, column: str = "hours") -> Decimal:
    """The sum of a column of a ledger's entries in the period (培训学时)."""
    found = (entry.values.get(column) for entry in logged_entries(who, ledger))
    return sum((Decimal(str(value)) for value in found if value is not None), Decimal(0))


def too_few_hours(ledger: str, least: str, counts: str) -> Holds:
    """Whether somebody has fewer hours of a ledger than the parameter `least`, where `counts` says that this
    is judged at all: a bureau that keeps no such ledger would find everybody short."""
    return lambda who: (
        bool(who.parameters[counts]) and logged_hours(who, ledger) < Decimal(str(who.parameters[least]))
    )


def logged_longer(who: AssessmentRecords, ledger: str, months: int, **values: object) -> bool:
    """Whether an entry with these values lasted for longer than so many months within the period."""
    first, last = who.period
    for entry in who.logged.get(ledger, ()):
        if all(entry.values.get(key) == value for key, value in values.items()):
            begins, ends = max(entry.day, first), min(entry.until or last, last)
            if begins <= ends and months_after(begins, months) < ends:
                return True
    return False
