"""The papers of a repair say which record they are about, under one number, by the switches in force."""

from __future__ import annotations

import datetime as dt

import pytest

from suite.bootstrap import Suite
from suite.contract.problems import Refused
from suite.kernel.casework.papers.commands import IssueDocument
from suite.kernel.casework.papers.templates import all_templates
from suite.kernel.parameters.commands import SetParameter
from tests.kernel.credit.credit_house import House

pytestmark = pytest.mark.sqlite_first

NOTICE, GRANTED = "信用修复告知书", "准予信用修复决定书"
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
    assert said.count("石司信修〔2026〕1号") == 1
    done = house.suite.run(IssueDocument(case_id=repair, document=GRANTED), house.clerk)
    assert done.result["number"] == "石司信修〔2026〕1号"


def test_two_decisions_have_no_number_together(house: House) -> None:
    case_id = house.decided()
    house.in_force(case_id)
    repair = house.repaired(case_id)
    other = house.subject("lawyers.lawyer", name="李国华", main_no="11301201210000021")
    house.lawyer = other
    second = house.decided(other)
    house.in_force(second)
    again = house.repaired(second)
    house.suite.run(IssueDocument(case_id=repair, document=GRANTED), house.clerk)
    with pytest.raises(Refused) as told:
        house.suite.run(IssueDocument(case_id=again, document=GRANTED), house.clerk)
    assert told.value.codes == {"paper.number"}


def test_a_template_of_the_bureau_may_use_the_words_of_the_paper(house: House) -> None:
    with house.suite.reading() as session:
        lines = {line.template.title: line for line in all_templates(session, house.suite.catalog)}
    assert {"失信事项", "认定文号", "案号"} <= set(lines[GRANTED].names)
    assert {"公示安排", "案号"} <= set(lines[NOTICE].names)
