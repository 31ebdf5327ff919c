"""有效投诉率 over New Year: a complaint counts to the year of its reply, not to that of its acceptance."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from desk import GIVEN, Desk

from suite.bootstrap import Suite
from suite.kernel.indicators.board import IndicatorValue, Question
from suite.kernel.indicators.commands import RecordFigure
from suite.kernel.indicators.queries import indicator_board
from suite.kernel.indicators.rules import State

pytestmark = pytest.mark.sqlite_first


def test_a_complaint_counts_to_the_year_in_which_it_was_found_valid(suite_: Suite) -> None:
    desk = Desk(suite_)
    for period in ("2025", "2026-01"):
        suite_.run(
            RecordFigure(series="appraisal.opinions", period=period, value=Decimal(100), source="月报"),
            desk.clerk,
        )
    case_id = desk.open(report_no="跨1", on=dt.date(2025, 12, 18)).result["case_id"]
    desk.take(case_id, "AcceptComplaint", on=dt.date(2025, 12, 24))
    desk.take(case_id, "StartInvestigation", officer=(desk.clerk.login, "second"), on=dt.date(2025, 12, 25))
    on = dt.date(2026, 1, 20)
    desk.take(case_id, "FindAllegations", findings=({"no": 1, "finding": "substantiated"},), on=on)
    desk.sign(desk.take(case_id, "DecideComplaint", on=on, **GIVEN["DecideComplaint"]))
    desk.take(case_id, "ReplyComplaint", reply_no="1", on=on)

    def value(day: dt.date) -> IndicatorValue:
        question = Question(as_of=day, numbers=("T9",), set="plan-2021-2025")
        with suite_.reading() as session:
            (found,) = indicator_board(session, desk.clerk, suite_.catalog, question).values
        return found

    accepted, found = value(dt.date(2025, 12, 31)), value(dt.date(2026, 1, 31))
    assert (accepted.whole.numerator, accepted.state) == (0, State.MET)
    assert (found.whole.numerator, found.whole.value, found.state) == (1, 1, State.BEHIND)
    assert value(dt.date(2026, 1, 19)).whole.numerator == 0, "nor on a day before the reply"
