"""有效投诉率: what counts, to which period, and how a later annulment corrects it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from desk import GIVEN, Desk, at

from suite.bootstrap import Suite
from suite.contract.problems import Refused
from suite.kernel.indicators.board import IndicatorValue, Question
from suite.kernel.indicators.commands import RecordFigure
from suite.kernel.indicators.queries import indicator_board, rows_behind
from suite.kernel.indicators.rules import State
from suite.kernel.parameters.commands import SetParameter
from suite.testing.factories import make

pytestmark = pytest.mark.sqlite_first

RATE = "appraisal.valid_complaint_rate"
JUNE, MAY = dt.date(2026, 6, 30), dt.date(2026, 5, 8)


def _value(suite: Suite, day: dt.date) -> IndicatorValue:
    actor = suite.actor("admin") if suite.engine.dialect.name == "sqlite" else suite.actor()
    with suite.reading() as session:
        board = indicator_board(session, actor, suite.catalog, Question(as_of=day, numbers=("T9",)))
    (value,) = board.values
    assert value.indicator.key == RATE
    return value


def _replied(desk: Desk, finding: str, report: str, **values: Any) -> int:
    case_id: int = desk.open(report_no=report, on=dt.date(2026, 4, 1), **values).result["case_id"]
    desk.take(case_id, "AcceptComplaint", on=dt.date(2026, 4, 7))
    desk.take(case_id, "StartInvestigation", officer=(desk.clerk.login, "second"), on=dt.date(2026, 4, 8))
    desk.take(case_id, "FindAllegations", findings=({"no": 1, "finding": finding},), on=MAY)
    given = GIVEN["DecideComplaint"]
    if finding == "unfounded":
        given = {"outcome": "no_violation", "decision_summary": "未发现违规"}
    desk.sign(desk.take(case_id, "DecideComplaint", on=MAY, **given))
    desk.take(case_id, "ReplyComplaint", reply_no="1", on=MAY)
    return case_id


def test_the_rate_moves_and_opens_and_is_corrected(suite_: Suite) -> None:
    desk = Desk(suite_)
    assert _value(suite_, JUNE).state is State.NO_DATA
    for month in ("01", "02", "03", "04", "05", "06"):
        suite_.run(
            RecordFigure(
                series="appraisal.opinions", period=f"2026-{month}", value=Decimal(50), source="月报"
            ),
            desk.clerk,
        )
    full = _replied(desk, "substantiated", "甲1")
    _replied(desk, "unfounded", "甲2")
    value = _value(suite_, JUNE)
    assert (value.whole.numerator, value.whole.denominator) == (1, 300)
    assert not any("提醒" in note for note in value.notes)
    partly = _replied(desk, "partly", "甲3")
    value = _value(suite_, JUNE)
    assert value.whole.numerator == 2
    assert value.state is State.MET  # 0.67 %
    assert any("提醒" in note for note in value.notes)
    # The same complaint once more is no second one.
    _replied(desk, "partly", "甲3", repeat_of=partly)
    assert _value(suite_, JUNE).whole.numerator == 2
    with suite_.reading() as session:
        above, below = rows_behind(session, desk.clerk, suite_.catalog, Question(as_of=JUNE), RATE)
    assert [line.id for line in above.members] == [full, partly]
    assert below is not None
    assert len(below.figures) == 6
    # A court takes the first finding back in November: June is corrected, and it is said.
    desk.take(full, "AnnulFindings", **GIVEN["AnnulFindings"])
    value = _value(suite_, JUNE)
    assert value.whole.numerator == 1
    assert any("石司鉴投〔2026〕1号" in note for note in value.notes)
    # Found again, it counts to the period of its new reply.
    desk.take(full, "ReinvestigateComplaint")
    desk.take(full, "FindAllegations", findings=({"no": 1, "finding": "substantiated"},))
    desk.sign(desk.take(full, "DecideComplaint", **GIVEN["DecideComplaint"]))
    desk.take(full, "ReplyComplaint", reply_no="2")
    assert _value(suite_, JUNE).whole.numerator == 1
    assert _value(suite_, dt.date(2026, 11, 30)).whole.numerator == 2


def test_the_switches_are_asked(suite_on_sqlite: Suite) -> None:
    desk = Desk(suite_on_sqlite)
    _replied(desk, "partly", "甲1")
    early = at(suite_on_sqlite, dt.date(2026, 1, 1))
    for key, value in (("vcr.partly_counts", "false"), ("vcr.denominator", "accepted")):
        suite_on_sqlite.run(
            SetParameter(
                key=f"appraisal.{key}", value=value, valid_from=dt.date(2026, 1, 1), source="局务会"
            ),
            desk.clerk,
        )
    value = _value(early, JUNE)
    assert (value.whole.numerator, value.whole.denominator) == (0, 1)


def test_the_rate_by_institution_and_category(suite_: Suite) -> None:
    desk = Desk(suite_)

    def record(value: int, part: str = "") -> None:
        for quarter in ("2026-Q1", "2026-Q2"):
            number = Decimal(value) / 2
            command = RecordFigure(
                series="appraisal.opinions", period=quarter, value=number, part=part, source="季报"
            )
            suite_.run(command, desk.clerk)

    institution = f"appraisal.appraisal_institution={desk.institution}"
    record(1000)
    record(200, institution)
    record(100, "appraisal.practice_category=A02")
    for part in ("appraisal.complaint_head=fee", "appraisal.practice_category=Z9", "x", f"{institution}9"):
        with pytest.raises(Refused) as told:
            record(1, part)
        assert told.value.codes == {"figure.part"}
    (appraiser,) = make(
        suite_,
        desk.clerk,
        "appraisal.appraiser",
        {"name": "钱明远", "main_no": "130100123001", "body_id": desk.institution},
    )
    _replied(desk, "substantiated", "甲1", category="A02")
    # Whoever complains of an appraiser complains of the institution's work.
    _replied(desk, "partly", "甲2", category="B01", respondent=(appraiser,))
    _replied(desk, "unfounded", "甲3", category="A02")
    value = _value(suite_, JUNE)
    assert (value.whole.numerator, value.whole.denominator) == (2, 1000)
    by_body, by_category = value.breakdowns
    (body,) = by_body.parts
    assert (body.name, body.reading.numerator, body.reading.denominator) == ("河北正明司法鉴定中心", 2, 200)
    assert (body.reading.value, body.state) == (1, State.BEHIND)  # 1 % is above 0.8 %
    first, second = by_category.parts
    assert (first.reading.numerator, first.reading.denominator, first.reading.value) == (1, 100, 1)
    # Nothing was recorded of the other: it has a count and no rate.
    assert (second.reading.numerator, second.reading.value, second.state) == (1, None, State.NO_DATA)
