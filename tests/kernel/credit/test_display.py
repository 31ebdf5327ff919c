"""Classes, terms of display by both rules, steps of disclosure: pure functions."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suite.areas import CORE_DECLARATIONS
from suite.contract.credit import CreditClass
from suite.contract.parameters import Parameter
from suite.contract.penalties import Gravity, Sanction
from suite.kernel.casework.penalties.rules import Imposed
from suite.kernel.credit.disclosure import STAGES, STEPS, shown, step_refusal
from suite.kernel.credit.display import FORMER, PRESENT, class_of, rule_on, terms_of, trade_display
from suite.kernel.credit.publicity.rules import PENDING, PUBLISHED, Reported, rates, state_on
from suite.kernel.credit.repair.rules import nothing_to_repair, repair_refusal

PARAMETERS: dict[str, Any] = {
    item.key: item.value for item in CORE_DECLARATIONS if isinstance(item, Parameter)
}
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31))
DAY = dt.date(2026, 6, 10)


def imposed(*sanctions: Sanction, **amounts: Any) -> Imposed:
    return Imposed(gravity=Gravity.ORDINARY, sanctions=frozenset(sanctions), **amounts)


@pytest.mark.parametrize(
    ("what", "person", "grade"),
    [
        (imposed(Sanction.WARNING), True, CreditClass.MINOR),
        (imposed(Sanction.CIRCULAR, Sanction.ORDER), False, CreditClass.MINOR),
        (imposed(Sanction.FINE, fine=Decimal(1_999)), True, CreditClass.MINOR),
        (imposed(Sanction.FINE, fine=Decimal(2_000)), True, CreditClass.ORDINARY),
        (imposed(Sanction.FINE, fine=Decimal(19_999)), False, CreditClass.MINOR),
        (imposed(Sanction.CONFISCATION, confiscated=Decimal(10)), False, CreditClass.ORDINARY),
        (imposed(Sanction.SUSPENSION, months=6), True, CreditClass.ORDINARY),
        (imposed(Sanction.SUSPENSION, months=7), True, CreditClass.SERIOUS),
        (imposed(Sanction.REVOCATION), False, CreditClass.SERIOUS),
    ],
)
def test_a_penalty_has_the_class_of_its_band(what: Imposed, person: bool, grade: CreditClass) -> None:
    assert class_of(what, individual=person, parameters=PARAMETERS) is grade


def test_the_bands_are_the_bureaus() -> None:
    changed = {
        **PARAMETERS,
        "core.credit.serious_sum_person": 5_000,
        "core.credit.serious_suspension_months": 2,
    }
    fined = imposed(Sanction.FINE, fine=Decimal(5_000))
    assert class_of(fined, individual=True, parameters=changed) is CreditClass.SERIOUS
    stopped = imposed(Sanction.SUSPENSION, months=3)
    assert class_of(stopped, individual=True, parameters=changed) is CreditClass.SERIOUS


def test_each_rule_dates_what_was_decided_under_it() -> None:
    assert (rule_on(dt.date(2026, 3, 31), PARAMETERS), rule_on(dt.date(2026, 4, 1), PARAMETERS)) == (
        FORMER,
        PRESENT,
    )
    ordinary = terms_of(CreditClass.ORDINARY, DAY, PRESENT, PARAMETERS)
    assert (ordinary.repairable_on, ordinary.until) == (dt.date(2026, 9, 10), dt.date(2027, 6, 9))
    serious = terms_of(CreditClass.SERIOUS, DAY, PRESENT, PARAMETERS)
    assert (serious.repairable_on, serious.until) == (dt.date(2027, 6, 10), dt.date(2029, 6, 9))
    assert terms_of(CreditClass.ORDINARY, DAY, FORMER, PARAMETERS).until == dt.date(2029, 6, 9)


def test_minor_information_is_shown_only_as_the_bureau_says_and_never_beyond_the_rule() -> None:
    assert terms_of(CreditClass.MINOR, DAY, PRESENT, PARAMETERS).until is None
    for months, until in ((2, dt.date(2026, 8, 9)), (9, dt.date(2026, 9, 9))):
        said = {**PARAMETERS, "core.credit.minor_months": months}
        terms = terms_of(CreditClass.MINOR, DAY, PRESENT, said)
        assert (terms.repairable_on, terms.until) == (DAY, until)


@given(st.sampled_from(list(CreditClass)), DAYS)
def test_no_display_is_shorter_than_what_must_pass_before_a_repair(grade: CreditClass, day: dt.date) -> None:
    for rule in (PRESENT, FORMER):
        terms = terms_of(grade, day, rule, PARAMETERS)
        assert terms.repairable_on >= day
        assert terms.until is None or terms.until >= terms.repairable_on


def test_sanctions_of_the_trade_are_shown_by_their_own_terms() -> None:
    ends = dt.date(2026, 12, 9)
    suspended = imposed(Sanction.SUSPENSION, months=6)
    assert trade_display(suspended, DAY, ends, PARAMETERS) == dt.date(2027, 12, 8)
    assert trade_display(imposed(Sanction.REPRIMAND), DAY, None, PARAMETERS) == dt.date(2026, 12, 9)
    assert trade_display(imposed(Sanction.ADMONITION), DAY, None, PARAMETERS) is None


@given(st.sampled_from(list(STAGES)), DAYS, st.one_of(st.none(), DAYS))
def test_display_ends_by_itself_at_the_latest_on_its_last_day(
    stage: str, today: dt.date, until: dt.date | None
) -> None:
    state = shown(
        stage=stage, favourable=False, display_until=until, ended_on=None, reversed_on=None, today=today
    )
    assert state.displayed is (stage == "disclosed" and (until is None or today <= until))
    gone = shown(
        stage=stage, favourable=False, display_until=until, ended_on=None, reversed_on=today, today=today
    )
    assert (gone.key, gone.displayed) == ("reversed", False)


def test_approval_waits_for_the_objection_and_objection_for_its_term() -> None:
    until = dt.date(2026, 11, 20)
    approve, object_ = STEPS["approve"], STEPS["object"]
    assert step_refusal(approve, stage="notified", objection_until=until, on=until)
    assert not step_refusal(approve, stage="notified", objection_until=until, on=until + dt.timedelta(days=1))
    assert not step_refusal(approve, stage="answered", objection_until=until, on=until)
    assert not step_refusal(object_, stage="notified", objection_until=until, on=until)
    assert step_refusal(object_, stage="notified", objection_until=until, on=until + dt.timedelta(days=1))
    assert step_refusal(STEPS["disclose"], stage="collected", objection_until=None, on=until)


def test_what_was_found_wrong_is_corrected_wherever_it_stands() -> None:
    """A late objection is sent to the correction: no stage may refuse it there that is not an end."""
    until = dt.date(2026, 11, 20)
    late = step_refusal(STEPS["object"], stage="notified", objection_until=until, on=dt.date(2026, 11, 23))
    assert "请按更正办理" in late
    ends = {"corrected", "repaired", "ended"}
    refused = {
        stage
        for stage in STAGES
        if step_refusal(STEPS["correct"], stage=stage, objection_until=until, on=dt.date(2026, 11, 23))
    }
    assert refused == ends


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({}, False),
        ({"on": dt.date(2026, 9, 9)}, True),
        ({"unpaid": True}, True),
        ({"other": "石司律信修〔2026〕1号"}, True),
        ({"whose": False}, True),
        ({"stage": "repaired"}, True),
        ({"favourable": True}, True),
        ({"reversed_on": DAY}, True),
    ],
)
def test_a_repair_needs_every_condition(changed: dict[str, Any], refused: bool) -> None:
    usual: dict[str, Any] = {
        "whose": True, "stage": "disclosed", "favourable": False, "reversed_on": None,
        "least": dt.date(2026, 9, 10), "unpaid": False, "other": "", "on": dt.date(2026, 9, 10),
    }  # fmt: skip
    case = usual | changed
    asked = {key: case.pop(key) for key in ("whose", "stage", "favourable", "reversed_on")}
    assert bool(nothing_to_repair(**asked) or repair_refusal(**case)) is refused


def test_the_three_rates_count_what_is_due() -> None:
    due, late = dt.date(2026, 6, 19), dt.date(2026, 6, 22)
    rows = (
        Reported(due=due, reported_on=due, sends=1),
        Reported(due=due, reported_on=late, sends=2, faulty=1),
        Reported(due=due, reported_on=None),
        Reported(due=late, reported_on=None),
    )
    values = [(rate.numerator, rate.denominator) for rate in rates(rows, late)]
    assert values == [(2, 3), (1, 2), (2, 3)]
    assert [rate.value for rate in rates((), late)] == [None, None, None]


def test_a_decision_is_late_the_day_after_its_last() -> None:
    due = dt.date(2026, 6, 19)
    assert state_on(PENDING, due, None, due).key == "pending"
    assert state_on(PENDING, due, None, due + dt.timedelta(days=1)).key == "late"
    assert state_on(PUBLISHED, due, due, due + dt.timedelta(days=1)).key == "expired"
