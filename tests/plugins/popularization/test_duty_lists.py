"""Duty lists: one a year, every law taught, quarters on the clock, a result with rectification; new laws."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from docx import Document

from plugins.popularization.duty.rules import completion, overdue, quarters_due, untaught
from suite.api import LineFact
from suite.bootstrap import Suite
from suite.contract.problems import Refused
from suite.kernel.casework.commands import AddCaseLines, LineGiven
from suite.kernel.casework.papers.commands import IssueDocument
from suite.kernel.casework.papers.queries import issued_content
from suite.tables import Case
from suite.testing.factories import make, uscc
from suite.testing.fixtures import TODAY
from tests.plugins.licence_desk import LicenceDesk

pytestmark = pytest.mark.sqlite_first

LIST, NEW_LAW = "popularization.duty_list", "popularization.new_law"
LAW = "中华人民共和国安全生产法"


def refused(act: Callable[[], object]) -> set[str]:
    with pytest.raises(Refused) as caught:
        act()
    return {problem.code for problem in caught.value.problems}


def a_law(name: str = LAW) -> LineGiven:
    return LineGiven(list_key="laws", code="law", name=name, day=dt.date(2021, 6, 10))


def an_item(name: str = LAW, **cells: Any) -> LineGiven:
    given = {"code": "business", "holder": "法规科", "until": dt.date(2026, 6, 30), "figure": Decimal(4)}
    return LineGiven(list_key="items", name=name, **(given | cells))


def a_report(quarter: str, item: int, grade: str = "running") -> LineGiven:
    return LineGiven(list_key="progress", code=quarter, figure=Decimal(item), grade=grade)


@pytest.fixture
def desk(suite_: Suite) -> LicenceDesk:
    return LicenceDesk(suite_)


@pytest.fixture
def unit(desk: LicenceDesk) -> int:
    values = {"name": "市应急管理局", "main_no": uscc(1, "11", "130100"), "category": "city_department"}
    return make(desk.suite, desk.clerk, "popularization.duty_unit", values | {"status": "active"})[0]


def opened(desk: LicenceDesk, unit: int, *lines: LineGiven) -> int:
    return desk.open(LIST, "OpenDutyList", unit=(unit,), list_year=2026, lines=lines)


def test_a_list_goes_from_the_draft_to_the_end(desk: LicenceDesk, unit: int) -> None:
    number = opened(desk, unit, a_law())
    assert refused(lambda: opened(desk, unit)) == {"duty.twice"}
    assert refused(lambda: desk.take(number, "SubmitDutyList")) == {
        "popularization.duty.has_items", "popularization.duty.all_taught",
    }  # fmt: skip
    desk.suite.run(AddCaseLines(case_id=number, lines=(an_item(),)), desk.clerk)
    assert desk.play(
        number, "SubmitDutyList", "ReturnDutyList", ReturnDutyList={"return_reason": "期限过晚"}
    ) == ("returned")
    desk.play(number, "SubmitDutyList", "ApproveDutyList", ApproveDutyList={"met_on": desk.day})
    desk.take(number, "PublishDutyList", published_on=desk.day, published_at="石家庄普法网")
    wrong = {"quarter_ends": dt.date(2026, 2, 28)}
    assert refused(lambda: desk.take(number, "ExecuteDutyList", **wrong)) == {
        "popularization.duty.quarter_end"
    }
    desk.take(number, "ExecuteDutyList", quarter_ends=dt.date(2026, 3, 31))
    # 5 working days after 31 March, 清明 lies between.
    clock = desk.clocks(number)["popularization.quarter.report"]
    assert (clock.start, clock.due) == (dt.date(2026, 3, 31), dt.date(2026, 4, 8))
    desk.day = dt.date(2026, 4, 7)
    unknown = {"lines": (a_report("q1", 9),)}
    assert refused(lambda: desk.take(number, "ReportDutyQuarter", **unknown)) == {
        "popularization.duty.known_items"
    }
    desk.take(number, "ReportDutyQuarter", lines=(a_report("q1", 1),), quarter_ends=dt.date(2026, 6, 30))
    assert desk.clocks(number)["popularization.quarter.report"].start == dt.date(2026, 6, 30)
    desk.day = dt.date(2026, 11, 1)
    assert refused(lambda: desk.take(number, "AssessDutySelf", self_score=Decimal(92))) == {
        "popularization.duty.quarters"
    }
    desk.take(number, "ReportDutyQuarter", lines=(a_report("q2", 1, "done"),))
    assert desk.clocks(number)["popularization.quarter.report"].stopped == desk.day
    desk.take(number, "ReportDutyQuarter", lines=(a_report("q3", 1, "done"),))
    desk.take(number, "AssessDutySelf", self_score=Decimal(92))
    desk.take(number, "EvaluateDutyList", score=Decimal(55), grade="failed")
    assert refused(lambda: desk.take(number, "CloseDutyList")) == {"popularization.duty.to_rectify"}
    desk.take(number, "OrderDutyRectification", rectify_items="新媒体账号停更")
    rectify = desk.clocks(number)["popularization.eval.rectify"]
    assert rectify.due == dt.date(2026, 12, 1)
    assert (
        desk.play(number, "ConfirmDutyRectified", ConfirmDutyRectified={"rectified": "已恢复更新"})
        == "closed"
    )


def test_an_item_names_audience_owner_and_deadline(desk: LicenceDesk, unit: int) -> None:
    for cell in ("code", "holder", "until"):
        without = an_item(**{cell: None})
        assert refused(lambda line=without: opened(desk, unit, a_law(), line)) == {"required"}  # type: ignore[misc]


def test_the_year_is_near(desk: LicenceDesk, unit: int) -> None:
    ask = {"unit": (unit,), "list_year": 2019}
    assert refused(lambda: desk.open(LIST, "OpenDutyList", **ask)) == {"popularization.duty.year"}


def test_an_ended_list_makes_room_for_another(desk: LicenceDesk, unit: int) -> None:
    desk.play(opened(desk, unit, a_law(), an_item()), "EndDutyList")
    assert opened(desk, unit, a_law())


def test_a_new_law_is_listed_in_time_and_its_effect_told_after_a_year(desk: LicenceDesk, unit: int) -> None:
    """省级普法责任制评分标准: 30 days from the promulgation; three months after the first year."""
    lists = opened(desk, unit, a_law(), an_item())
    with desk.suite.reading() as session:
        list_no = session.get_one(Case, lists).number
    promulgated, effective = dt.date(2025, 9, 12), dt.date(2025, 11, 1)
    desk.day = dt.date(2026, 3, 2)
    law = desk.open(
        NEW_LAW, "RegisterNewLaw", unit=(unit,), law_title="法治宣传教育法", law_level="law",
        promulgated_on=promulgated, effective_on=effective,
    )  # fmt: skip
    add = desk.clocks(law)["popularization.newlaw.add"]
    assert (add.start, add.due) == (promulgated, dt.date(2025, 10, 13))  # 12 October is a Sunday
    given = {"list_no": list_no, "effective_on": effective}
    assert refused(lambda: desk.take(law, "ListNewLaw", **given, year_on=dt.date(2026, 11, 2))) == {
        "popularization.newlaw.year_on"
    }
    desk.take(law, "ListNewLaw", **given, year_on=dt.date(2026, 11, 1))
    assert desk.clocks(law)["popularization.newlaw.effect"].due == dt.date(2027, 2, 1)
    desk.take(law, "ReportNewLawPlan", plan_on=desk.day, plan_to="市政府")
    assert refused(lambda: desk.take(law, "ReportNewLawEffect", effect="…")) == {
        "popularization.newlaw.after_a_year"
    }
    desk.day = TODAY
    assert desk.play(law, "ReportNewLawEffect", ReportNewLawEffect={"effect": "知晓率 82%"}) == "closed"


def test_the_list_is_published_with_its_items(desk: LicenceDesk, unit: int) -> None:
    number = opened(desk, unit, a_law(), an_item(), an_item(code="officials"))
    desk.play(number, "SubmitDutyList", "ApproveDutyList", ApproveDutyList={"met_on": desk.day})
    desk.take(number, "PublishDutyList", published_on=desk.day, published_at="石家庄普法网")
    done = desk.suite.run(
        IssueDocument(case_id=number, document="popularization.duty_list_published"), desk.clerk
    )
    with desk.suite.reading() as session:
        content = issued_content(session, desk.clerk, done.result["issued"]).content
    text = "\n".join(paragraph.text for paragraph in Document(BytesIO(content)).paragraphs)
    assert f"2．{LAW}：对象为国家工作人员，计划4场，由法规科负责" in text


@pytest.mark.parametrize(
    ("published", "on", "due"),
    [
        (dt.date(2026, 3, 20), dt.date(2026, 4, 1), ("q1",)),
        (dt.date(2026, 4, 2), dt.date(2026, 7, 1), ("q2",)),
        (None, dt.date(2026, 6, 30), ("q1",)),
        (dt.date(2026, 3, 1), dt.date(2027, 1, 5), ("q1", "q2", "q3", "q4")),
    ],
)
def test_quarters_are_due_once_they_ended(
    published: dt.date | None, on: dt.date, due: tuple[str, ...]
) -> None:
    assert quarters_due(2026, published, on) == due


def test_what_was_given_up_is_neither_due_nor_late() -> None:
    day = dt.date(2026, 6, 30)
    items = [LineFact(no=no, name=LAW, until=day) for no in (1, 2, 3)]
    progress = [
        LineFact(no=1, code="q1", figure=Decimal(1), grade="done"),
        LineFact(no=2, code="q2", figure=Decimal(1), grade="running"),
        LineFact(no=3, code="q1", figure=Decimal(2), grade="done"),
        LineFact(no=4, code="q2", figure=Decimal(3), grade="dropped"),
    ]
    assert completion(items, progress) == (1, 2)
    assert [item.no for item in overdue(items, progress, day + dt.timedelta(days=1))] == [1]
    assert overdue(items, progress, day) == []
    assert untaught([LineFact(no=1, name=LAW), LineFact(no=2, name="消防法")], items) == ["消防法"]
