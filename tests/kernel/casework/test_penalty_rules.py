"""What an article allows: properties of the rules, and of the whole catalogue as it is declared."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from suite.areas import CORE_DECLARATIONS
from suite.contract.penalties import Gravity, Measure, Organ, PenaltyKind, Sanction
from suite.kernel.casework.penalties.rules import (
    Imposed,
    bound,
    hearing_due,
    heavier,
    problems_of,
    surcharge,
    suspension_until,
    time_barred,
)
from suite.kernel.clocks.spans import months_after
from suite.loader.catalog import Catalog
from suite.loader.plugins import load_plugins

DAY = dt.date(2026, 11, 23)
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))


@cache
def catalog() -> Catalog:
    return load_plugins(CORE_DECLARATIONS).catalog


def parameters(**changed: object) -> dict[str, object]:
    return {key: item.value for key, item in catalog().parameters.items()} | changed


def entries() -> st.SearchStrategy[PenaltyKind]:
    return st.sampled_from(list(catalog().penalties.values()))


def lawful(entry: PenaltyKind, measure: Measure, numbers: dict[str, object]) -> Imposed | None:
    """One measure of an entry within its range; None where the range is not known yet."""
    fine = income = months = None
    if measure.sanction is Sanction.FINE:
        top = bound(measure.most, numbers)
        if top == 0:
            return None
        fine = Decimal(bound(measure.least, numbers) or min(1_000, top or 1_000))
        income = fine if measure.times else None
    if measure.sanction is Sanction.SUSPENSION:
        months = bound(measure.least, numbers)
    return Imposed(
        gravity=measure.gravities[0],
        sanctions=frozenset({measure.sanction}),
        fine=fine,
        illegal_income=income,
        confiscated=Decimal(100) if measure.sanction is Sanction.CONFISCATION else None,
        months=months,
        prior_on=DAY if entry.repeat else None,
    )


def codes(entry: PenaltyKind, imposed: Imposed, **changed: object) -> set[str]:
    measure = next(entry.by_sanction[item] for item in imposed.sanctions if item in entry.by_sanction)
    asked = {
        "subject": entry.subjects[0] if entry.subjects else None,
        "organ": (measure.deciders or entry.deciders)[0].organ,
        "parameters": parameters(),
        "on": DAY,
        **changed,
    }
    return {problem.code for problem in problems_of(entry, imposed, **asked)}  # type: ignore[arg-type]


@given(entry=entries(), data=st.data())
def test_what_an_entry_allows_is_allowed_and_a_step_beyond_is_not(
    entry: PenaltyKind, data: st.DataObject
) -> None:
    measure = data.draw(st.sampled_from(entry.measures))
    within = lawful(entry, measure, parameters())
    if within is None:
        return
    assert codes(entry, within) == set()
    for gravity in set(Gravity) - set(measure.gravities):
        assert codes(entry, Imposed(**{**vars(within), "gravity": gravity})) == {"penalty.gravity"}
    may = {item.organ for item in measure.deciders or entry.deciders}
    for organ in set(Organ) - may:
        assert codes(entry, within, organ=organ) == {"penalty.decider"}
    assert codes(entry, within, subject="core.village") == {"penalty.subject"}
    absent = next((item for item in Sanction if item not in entry.by_sanction), None)
    if absent is not None:
        assert "penalty.sanction" in codes(
            entry, Imposed(**{**vars(within), "sanctions": frozenset({measure.sanction, absent})})
        )


@given(entry=entries(), amount=st.integers(1, 300_000), income=st.integers(1, 100_000))
def test_a_fine_is_allowed_within_its_range_and_nowhere_else(
    entry: PenaltyKind, amount: int, income: int
) -> None:
    measure = entry.by_sanction.get(Sanction.FINE)
    if measure is None:
        return
    imposed = Imposed(
        gravity=measure.gravities[0],
        sanctions=frozenset({Sanction.FINE}),
        fine=Decimal(amount),
        illegal_income=Decimal(income),
        prior_on=DAY,
    )
    least, most = (bound(value, parameters()) for value in (measure.least, measure.most))
    fits = (least or 0) <= amount and (most is None or amount <= most)
    if measure.times:
        fits = fits and measure.times[0] * income <= amount <= measure.times[1] * income
    assert (not codes(entry, imposed)) is fits


@given(entry=entries(), months=st.integers(1, 40))
def test_a_suspension_is_allowed_within_its_months_and_nowhere_else(entry: PenaltyKind, months: int) -> None:
    measure = entry.by_sanction.get(Sanction.SUSPENSION)
    if measure is None:
        return
    imposed = Imposed(
        gravity=measure.gravities[0],
        sanctions=frozenset({Sanction.SUSPENSION}),
        months=months,
        prior_on=DAY,
    )
    least, most = (bound(value, parameters()) for value in (measure.least, measure.most))
    assert least is not None
    assert most is not None
    assert codes(entry, imposed) == (set() if least <= months <= most else {"penalty.range"})


def test_amounts_and_kinds_go_together() -> None:
    entry = catalog().penalties["lawyers.L47"]
    warned = Imposed(gravity=Gravity.ORDINARY, sanctions=frozenset({Sanction.WARNING}))
    assert codes(entry, warned) == set()
    assert codes(entry, Imposed(**{**vars(warned), "fine": Decimal(1)})) == {"penalty.amount"}
    assert codes(entry, Imposed(gravity=Gravity.ORDINARY, sanctions=frozenset({Sanction.FINE}))) == {
        "penalty.amount"
    }
    both = Imposed(
        gravity=Gravity.ORDINARY, sanctions=frozenset({Sanction.WARNING, Sanction.FINE}), fine=Decimal(5_000)
    )
    assert codes(entry, both) == set()
    discipline = catalog().penalties["lawyers.D1"]
    two = Imposed(gravity=Gravity.ORDINARY, sanctions=frozenset({Sanction.WARNING, Sanction.ADMONITION}))
    assert codes(discipline, two) == {"penalty.alone"}
    unlicensed = catalog().penalties["lawyers.L55"]
    fined = Imposed(gravity=Gravity.ORDINARY, sanctions=frozenset({Sanction.FINE}), fine=Decimal(1))
    assert codes(unlicensed, fined) == {"penalty.income"}
    assert codes(entry, warned, on=dt.date(2016, 1, 1)) == {"penalty.valid_from"}


def test_a_refused_fine_names_article_and_range() -> None:
    entry = catalog().penalties["notary.N41_notary"]
    imposed = Imposed(gravity=Gravity.SERIOUS, sanctions=frozenset({Sanction.FINE}), fine=Decimal(6_000))
    (problem,) = problems_of(
        entry, imposed, subject="notary.notary", organ=Organ.CITY, parameters=parameters(), on=DAY
    )
    assert (problem.code, problem.field, problem.article) == ("penalty.range", "fine", "公证法第四十一条")
    assert "1,000 至 5,000 元" in problem.text


def test_delegation_is_a_switch() -> None:
    entry = catalog().penalties["appraisal.A39"]
    warned = Imposed(gravity=Gravity.ORDINARY, sanctions=frozenset({Sanction.WARNING}))
    assert codes(entry, warned, organ=Organ.CITY) == {"penalty.decider"}
    given_over = parameters(**{"appraisal.penalty.city_delegated": True})
    assert codes(entry, warned, organ=Organ.CITY, parameters=given_over) == set()


def test_a_number_that_nobody_confirmed_lets_nothing_through() -> None:
    entry = catalog().penalties["arbitration.R1"]
    fined = Imposed(gravity=Gravity.ORDINARY, sanctions=frozenset({Sanction.FINE}), fine=Decimal(1))
    assert codes(entry, fined, organ=Organ.PROVINCE) == {"penalty.range"}
    known = parameters(**{"arbitration.penalty.fine_max": 50_000})
    assert codes(entry, fined, organ=Organ.PROVINCE, parameters=known) == set()


@given(day=DAYS, conduct=DAYS)
def test_who_was_punished_before_is_so_within_the_term_only(day: dt.date, conduct: dt.date) -> None:
    entry = catalog().penalties["lawyers.L51a"]
    imposed = Imposed(
        gravity=Gravity.ORDINARY,
        sanctions=frozenset({Sanction.SUSPENSION}),
        months=3,
        prior_on=day,
        conduct_on=conduct,
    )
    late = conduct > months_after(day, 12)
    assert codes(entry, imposed) == ({"penalty.prior"} if late else set())
    assert codes(entry, Imposed(**{**vars(imposed), "prior_on": None})) == {"penalty.prior"}


@given(ended=DAYS, found=DAYS)
def test_the_time_bar(ended: dt.date, found: dt.date) -> None:
    """行政处罚法第三十六条: two years, five for life and health; the graver bar never comes earlier."""
    usual = time_barred(ended, found, grave=False, parameters=parameters())
    grave = time_barred(ended, found, grave=True, parameters=parameters())
    assert usual is (found > months_after(ended, 24))
    assert usual or not grave


@given(begins=DAYS, months=st.integers(1, 12))
def test_a_suspension_ends_on_the_day_before_the_corresponding_one(begins: dt.date, months: int) -> None:
    until = suspension_until(begins, months)
    assert until >= begins
    assert until + dt.timedelta(days=1) == months_after(begins, months)


@given(fine=st.decimals(1, 100_000, places=2), days=st.integers(-10, 100))
def test_a_surcharge_grows_by_three_per_cent_a_day_up_to_the_fine(fine: Decimal, days: int) -> None:
    owed = surcharge(fine, DAY, DAY + dt.timedelta(days=days))
    assert 0 <= owed <= fine
    assert (owed == fine) is (days >= 34)
    assert (owed == 0) is (days <= 0)


@given(fine=st.integers(0, 30_000), individual=st.booleans())
def test_a_hearing_may_be_asked_for_from_the_threshold_on(fine: int, individual: bool) -> None:
    imposed = Imposed(gravity=Gravity.ORDINARY, sanctions=frozenset({Sanction.FINE}), fine=Decimal(fine))
    due = hearing_due(imposed, individual=individual, parameters=parameters())
    assert due is (fine >= (2_000 if individual else 20_000))
    for heavy in (Sanction.SUSPENSION, Sanction.REVOCATION):
        grave = Imposed(gravity=Gravity.SERIOUS, sanctions=frozenset({heavy}))
        assert hearing_due(grave, individual=individual, parameters=parameters())


@given(fine=st.integers(0, 9), more=st.integers(0, 9))
def test_a_decision_is_compared_with_what_was_notified(fine: int, more: int) -> None:
    notified = Imposed(gravity=Gravity.ORDINARY, sanctions=frozenset({Sanction.FINE}), fine=Decimal(fine))
    decided = Imposed(gravity=Gravity.ORDINARY, sanctions=frozenset({Sanction.FINE}), fine=Decimal(more))
    assert heavier(decided, notified) == (["fine"] if more > fine else [])
    added = Imposed(gravity=Gravity.ORDINARY, sanctions=frozenset({Sanction.SUSPENSION}), months=1)
    assert heavier(added, notified) == ["sanctions", "months"]
