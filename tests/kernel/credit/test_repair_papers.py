"""The papers of a repair say which record they are about, under one number, by the switches in force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from io import BytesIO

import pytest
from docx import Document
from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.problems import Refused
from suite.kernel.casework.current import standing_of
from suite.kernel.casework.papers import issuing, own_numbers
from suite.kernel.casework.papers.commands import IssueDocument, ReissueDocument
from suite.kernel.casework.papers.queries import case_papers, issued_content
from suite.kernel.casework.papers.templates import all_templates, series_of, template_of
from suite.kernel.parameters.commands import SetParameter
from suite.tables import Case, CaseContent, IssuedDocument
from tests.kernel.credit.credit_house import House

pytestmark = pytest.mark.sqlite_first

NOTICE, GRANTED, REFUSED = "信用修复告知书", "准予信用修复决定书", "不予信用修复决定书"
WARNED = {"gravity": "ordinary", "sanctions": ("warning",), "months": None, "fine": None}


@pytest.fixture
def house(suite_: Suite) -> House:
    return House(suite_)


def changed(house: House, key: str, value: str) -> None:
    change = SetParameter(
        key=f"core.credit.{key}", value=value, valid_from=dt.date(2026, 1, 1), source="本局规定"
    )
    house.suite.run(change, house.clerk)


def test_the_notice_tells_class_display_and_repair_of_this_decision(house: House) -> None:
    case_id = house.decided()
    said = house.drafted(case_id, NOTICE)
    assert "石家庄市司法局于2026年6月10日对你（单位）作出行政处罚决定（石司罚决字〔2026〕1号）" in said
    assert "属于一般失信信息" in said
    assert "最短公示至2026年9月9日，最长公示至2027年6月9日" in said
    assert "2026年9月10日起，纠正失信行为" in said
    house.in_force(case_id)
    (record,) = house.records()
    assert (record.repairable_on, record.display_until) == (dt.date(2026, 9, 10), dt.date(2027, 6, 9))
    # What the parameters say, the paper says.
    changed(house, "2026.ordinary_most", "6")
    assert "最长公示至2026年12月9日" in house.drafted(case_id, NOTICE)
    changed(house, "rule_from", "2026-07-01")
    said = house.drafted(case_id, NOTICE)
    assert "令第58号" in said
    assert "最长公示至2029年6月9日" in said


@pytest.mark.parametrize(
    ("months", "reported", "words"),
    [
        ("0", "是", "不予公示，只按规定报送信用平台归集。"),
        ("0", "否", "不予公示。"),
        ("2", "是", "公示期自决定之日起计算，最长公示至2026年8月9日"),
    ],
)
def test_the_notice_of_a_minor_penalty_says_what_the_switches_say(
    house: House, months: str, reported: str, words: str
) -> None:
    changed(house, "minor_months", months)
    changed(house, "minor_reported", reported)
    said = house.drafted(house.decided(**WARNED), NOTICE)
    assert words in said
    assert "\n纠正失信行为并履行完毕" in said


def test_a_decision_on_a_repair_says_what_it_repairs_under_its_own_number(house: House) -> None:
    case_id = house.decided()
    house.in_force(case_id)
    repair = house.repaired(case_id)
    said = house.drafted(repair, GRANTED)
    assert "行政处罚（石家庄市司法局，石司罚决字〔2026〕1号，2026年6月10日）" in said
    assert "失信事实：当事人私自收费一万元" in said
    assert "公示期：2026年6月10日至2027年6月9日" in said
    assert "3个工作日内" in said
    assert "终止对上述失信信息的公示和共享使用" in said
    assert said.count("石司信修〔2026〕1号") == 1
    done = house.suite.run(IssueDocument(case_id=repair, document=GRANTED), house.clerk)
    assert done.result["number"] == "石司信修〔2026〕1号"


def test_a_decision_on_what_was_never_displayed_ends_no_display(house: House) -> None:
    case_id = house.decided(**WARNED)
    house.in_force(case_id)
    repair = house.asked(case_id, fined=False)
    house.granted(repair, "石司信修〔2026〕1号")
    said = house.drafted(repair, GRANTED)
    assert "该信息仅归集，没有公示。" in said
    assert "终止对上述失信信息的共享使用" in said
    assert "公示期：" not in said
    assert "仍在公示" not in said


def test_what_is_not_displayed_though_it_is_not_minor_is_reported_all_the_same(house: House) -> None:
    changed(house, "2026.ordinary_most", "0")
    changed(house, "minor_reported", "否")
    said = house.drafted(house.decided(), NOTICE)
    assert "属于一般失信信息，不予公示，只按规定报送信用平台归集。" in said


def asked(house: House) -> int:
    """The repair of a penalty in force, under review."""
    case_id = house.decided()
    house.in_force(case_id)
    return house.asked(case_id)


@pytest.mark.parametrize("issued", [False, True])
def test_two_decisions_have_no_number_together(house: House, issued: bool) -> None:
    repair = asked(house)
    house.granted(repair, "石司信修〔2026〕1号")
    if issued:
        house.suite.run(IssueDocument(case_id=repair, document=GRANTED), house.clerk)
    house.lawyer = house.subject("lawyers.lawyer", name="李国华", main_no="11301201210000021")
    again = asked(house)
    with pytest.raises(Refused) as told:
        house.granted(again, "石司信修〔2026〕1号")
    assert told.value.codes == {"paper.number"}
    (problem,) = told.value.problems
    assert problem.field == "decision_no"
    # The clerk goes on with another number, and both papers come out.
    house.take(again, "GrantRepair", decision_no="石司信修〔2026〕2号", on=dt.date(2026, 9, 21))
    done = house.suite.run(IssueDocument(case_id=again, document=GRANTED), house.clerk)
    assert done.result["number"] == "石司信修〔2026〕2号"


def test_a_number_that_fits_no_paper_is_refused_when_it_is_typed(house: House) -> None:
    repair = asked(house)
    with pytest.raises(Refused) as told:
        house.granted(repair, "石" * 61)
    assert told.value.codes == {"paper.number"}


def refused_twice(house: House, second: str = "石司信修〔2026〕9号") -> int:
    """A repair that is refused, and refused again after an objection."""
    repair, day = asked(house), dt.date(2026, 9, 21)
    house.take(repair, "RefuseRepair", refusal_reason="证明不实", decision_no="石司信修〔2026〕1号", on=day)
    house.take(repair, "ObjectRefusedRepair", objection="有新证明", on=day)
    house.take(repair, "RefuseRepair", refusal_reason="仍不实", decision_no=second, on=day)
    return repair


def test_each_refusal_has_its_own_paper_with_its_number_and_reason(house: House) -> None:
    repair = refused_twice(house)
    with house.suite.reading() as session:
        papers = case_papers(session, house.clerk, house.suite.catalog, repair).papers
    issued = []
    for paper in (item for item in papers if item.title == REFUSED):
        command = IssueDocument(case_id=repair, document=REFUSED, event_id=paper.event_id)
        done = house.suite.run(command, house.clerk)
        with house.suite.reading() as session:
            content = issued_content(session, house.clerk, done.result["issued"]).content
        words = "\n".join(paragraph.text for paragraph in Document(BytesIO(content)).paragraphs)
        issued.append((done.result["number"], [why for why in ("证明不实", "仍不实") if why in words]))
        assert str(done.result["number"]) in words
    assert issued == [("石司信修〔2026〕1号", ["证明不实"]), ("石司信修〔2026〕9号", ["仍不实"])]


def test_a_second_refusal_does_not_take_the_number_of_the_first(house: House) -> None:
    with pytest.raises(Refused) as told:
        refused_twice(house, second="石司信修〔2026〕1号")
    assert told.value.codes == {"paper.number"}


def series_and_penalty(house: House) -> tuple[int, Callable[[int], str]]:
    """A penalty in force, and the numbers of the series that its notice is of."""
    case_id = house.decided()
    house.in_force(case_id)
    catalog = house.suite.catalog
    series = series_of(catalog, catalog.case_kind("lawyers.penalty"), template_of(catalog, "lawyers", NOTICE))
    assert series is not None
    year = house.suite.today.year
    return case_id, lambda place: series.number(year, place)


@pytest.mark.parametrize("issued", [False, True])
def test_a_series_passes_over_a_number_that_was_typed(house: House, issued: bool) -> None:
    case_id, number = series_and_penalty(house)
    repair = house.asked(case_id)
    house.granted(repair, number(1))
    if issued:
        house.suite.run(IssueDocument(case_id=repair, document=GRANTED), house.clerk)
    done = house.suite.run(IssueDocument(case_id=case_id, document=NOTICE), house.clerk)
    assert done.result["number"] == number(2)
    done = house.suite.run(ReissueDocument(issued=done.result["issued"], reason="漏页"), house.clerk)
    assert done.result["number"] == number(2)


def blinded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clerk sees nothing of what has a number, as where it lies in another section of the server."""
    monkeypatch.setattr(own_numbers, "issued_with", lambda *_: "")
    monkeypatch.setattr(own_numbers, "_taken_by", lambda *_: "")


@pytest.mark.parametrize("seen", [False, True])
def test_a_number_that_was_typed_twice_is_told_when_the_second_paper_is_issued(
    house: House, monkeypatch: pytest.MonkeyPatch, seen: bool
) -> None:
    repair = asked(house)
    house.granted(repair, "石司信修〔2026〕1号")
    house.suite.run(IssueDocument(case_id=repair, document=GRANTED), house.clerk)
    house.lawyer = house.subject("lawyers.lawyer", name="李国华", main_no="11301201210000021")
    again = asked(house)
    blinded(monkeypatch)
    house.granted(again, "石司信修〔2026〕1号")
    if not seen:
        monkeypatch.setattr(issuing, "issued_with", lambda *_: "")
    with pytest.raises(Refused) as told:
        house.suite.run(IssueDocument(case_id=again, document=GRANTED), house.clerk)
    assert told.value.codes == {"paper.number"}


def test_a_series_passes_over_a_number_that_only_the_database_knows(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id, number = series_and_penalty(house)
    repair = house.asked(case_id)
    house.granted(repair, number(1))
    house.suite.run(IssueDocument(case_id=repair, document=GRANTED), house.clerk)
    blinded(monkeypatch)
    done = house.suite.run(IssueDocument(case_id=case_id, document=NOTICE), house.clerk)
    assert done.result["number"] == number(2)
    with house.suite.reading() as session:
        kept = session.scalars(select(CaseContent.sha256).where(CaseContent.case_id == case_id)).all()
        used = session.scalars(select(IssuedDocument.sha256).where(IssuedDocument.case_id == case_id)).all()
        assert set(kept) == set(used)


def test_a_decision_on_a_repair_is_to_be_served(house: House) -> None:
    repair = asked(house)
    house.granted(repair, "石司信修〔2026〕1号")
    with house.suite.reading() as session:
        found = standing_of(session, house.suite.catalog, session.get_one(Case, repair))
        assert [paper.addressed for paper in found.around.papers if paper.title == GRANTED] == [True]


def test_a_template_of_the_bureau_may_use_the_words_of_the_paper(house: House) -> None:
    with house.suite.reading() as session:
        lines = {line.template.title: line for line in all_templates(session, house.suite.catalog)}
    assert {"失信事项", "认定文号", "案号"} <= set(lines[GRANTED].names)
    assert {"公示安排", "案号"} <= set(lines[NOTICE].names)
