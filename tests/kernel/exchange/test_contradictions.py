"""Rows that contradict one another or the roster, and links that are not sure: told, never guessed."""

from __future__ import annotations

from typing import Any

import pytest
from messy import FIRM, HEADINGS, LAWYER, Desk, each, lawyer, results, told, xlsx

from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.testing.factories import a_firm, a_lawyer, make, practice_no, resident_number


@pytest.fixture
def known(both_desks: Desk) -> Desk:
    """Somebody is on the roster already, at the first firm."""
    desk = both_desks
    firm = desk.look(xlsx([list(HEADINGS), lawyer(1)])).rows[0].values["body_id"]
    make(
        desk.suite,
        desk.admin,
        LAWYER,
        a_lawyer(501, name="赵在册", id_number=resident_number(501), sex="male", body_id=firm),
    )
    return desk


def on_roster(**cells: Any) -> list[Any]:
    given = {"姓名": "赵在册", "身份证号码": resident_number(501), "执业证号": practice_no(501), **cells}
    return lawyer(1, **given)


def test_one_person_twice_in_the_file_and_across_sheets(both_desks: Desk) -> None:
    first = [list(HEADINGS), lawyer(1), lawyer(2), lawyer(1)]
    second = [list(HEADINGS), lawyer(2), lawyer(3)]
    found = both_desks.look(xlsx({"甲": first, "乙": second}))
    assert [(row.sheet, row.row, row.result) for row in found.rows] == [
        ("甲", 2, "new"),
        ("甲", 3, "new"),
        ("甲", 4, "held"),
        ("乙", 2, "held"),
        ("乙", 3, "new"),
    ]
    assert "“甲”第 3 行" in found.rows[3].problems[0].text


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({"身份证号码": resident_number(3)}, "id_number"),
        ({"执业证号": practice_no(1)}, "main_no"),
    ],
)
def test_one_number_of_two_people_holds_both(desk: Desk, cells: dict[str, Any], field: str) -> None:
    found = desk.look(xlsx([list(HEADINGS), lawyer(1), lawyer(2, **cells), lawyer(3)]))
    assert results(found) == {2: "held", 3: "held", 4: "new"}
    assert [told(row) for row in found.rows[:2]] == [{(field, "duplicate_row", "error")}] * 2


def test_one_person_at_two_firms_holds_both(desk: Desk) -> None:
    found = desk.look(xlsx([list(HEADINGS), lawyer(1), lawyer(1, 所在律所="河北第2律师事务所")]))
    assert results(found) == {2: "held", 3: "held"}


def test_who_says_no_number_is_held_and_not_the_row_below_that_says_it(known: Desk) -> None:
    without = {"身份证号码": "", "执业证号": ""}
    found = known.look(xlsx([list(HEADINGS), on_roster(**without), on_roster()]))
    assert found.rows[0].subject_id == found.rows[1].subject_id is not None
    assert (found.rows[0].result, "duplicate_row" in {code for _, code, _ in told(found.rows[0])}) == (
        "held",
        True,
    )
    assert found.rows[1].result != "held"


def test_who_says_no_number_is_held_beside_a_namesake_who_says_one(known: Desk) -> None:
    nobody = on_roster(身份证号码="", 执业证号="")
    namesake = on_roster(身份证号码=resident_number(9), 执业证号=practice_no(9))
    alone = known.look(xlsx([list(HEADINGS), nobody]))
    assert alone.rows[0].result != "held"
    found = known.look(xlsx([list(HEADINGS), nobody, namesake]))
    assert results(found) == {2: "held", 3: "new"}
    assert "第 3 行" in found.rows[0].problems[-1].text


def test_namesakes_whom_something_tells_apart_are_two(known: Desk) -> None:
    nobody = [*on_roster(身份证号码="", 执业证号=""), "1985-04-12"]
    other = [*on_roster(身份证号码="", 执业证号=practice_no(9)), "1991-02-03"]
    found = known.look(xlsx([[*HEADINGS, "出生日期"], nobody, other]))
    assert "duplicate_row" not in {code for row in found.rows for _, code, _ in told(row)}


def test_a_row_with_a_damaged_number_is_no_other_row(known: Desk) -> None:
    found = known.look(xlsx([list(HEADINGS), on_roster(身份证号码="", 执业证号=1.13e16)]))
    assert {code for _, code, _ in told(found.rows[0])} == {"number_damaged"}


def test_a_number_of_the_roster_under_another_name_is_held(known: Desk) -> None:
    for cells in ({"姓名": "李四"}, {"姓名": "李四", "执业证号": practice_no(9)}):
        found = known.look(xlsx([list(HEADINGS), on_roster(**cells)]))
        assert results(found) == {2: "held"}
        assert ("name", "match.other_name", "error") in told(found.rows[0])


def test_another_firm_and_another_number_are_taken_and_told(known: Desk) -> None:
    moved = known.look(xlsx([list(HEADINGS), on_roster(所在律所="河北第2律师事务所")]))
    assert results(moved) == {2: "changed"}
    assert ("body_id", "match.other_body", "warning") in told(moved.rows[0])
    assert FIRM in next(found.text for found in moved.rows[0].problems if found.code == "match.other_body")
    numbered = known.look(xlsx([list(HEADINGS), on_roster(身份证号码=resident_number(777))]))
    assert ("id_number", "match.other_number", "warning") in told(numbered.rows[0])
    assert resident_number(501) not in "".join(found.text for found in numbered.rows[0].problems)


def test_firms_by_their_names(both_desks: Desk) -> None:
    desk = both_desks
    firms = make(
        desk.suite,
        desk.admin,
        "lawyers.law_firm",
        a_firm(11, name="河北太行律师事务所", former_names="石家庄群山律师事务所、群山法律事务部"),
        a_firm(12, name="河北滹沱律师事务所"),
        a_firm(13, name="石家庄滹沱律师事务所", district_code="130104"),
    )
    desk.suite.run(
        SaveRecords(
            kind="lawyers.law_firm",
            rows=(RowEdit(subject_id=firms[0], values={"name": "河北太行山律师事务所"}),),
        ),
        desk.admin,
    )
    forms = {
        "河北太行山律师事务所": set(),
        "河北太行律师事务所": set(),
        "石家庄群山律师事务所": set(),
        "太行山所": {"link.short_name"},
        "河北太行山律所": {"link.short_name"},
        "群山律师事务所": {"link.short_name"},
        "河北滹沱所": {"link.short_name"},
        "滹沱律所": {"link.ambiguous"},
        "北京太行山律师事务所": {"link.unknown"},
        "太行山公证处": {"link.unknown"},
    }
    found = desk.look(xlsx(each("所在律所", forms)))
    assert [{code for _, code, _ in told(row) if code.startswith("link")} for row in found.rows] == list(
        forms.values()
    )
    assert [row.values["body_id"] for row in found.rows[:6]] == [firms[0]] * 6
    assert {row.result for row in found.rows[:7]} == {"new"}
    assert {row.result for row in found.rows[7:]} == {"held"}
    unknown = next(problem for problem in found.rows[8].problems if problem.code == "link.unknown")
    assert "河北太行山律师事务所" in unknown.data["nearest"]


VILLAGER = ("姓名", "区县", "乡镇", "村（社区）")


def test_villages_by_county_township_and_name(desk: Desk) -> None:
    forms = {
        ("长安区", "建北街道", "光华路社区居民委员会"): set(),
        ("长安区", "建北街道办事处", "光华路社区"): {"link.short_name"},
        ("长安区", "长安区建北街道", "光华路居委会"): {"link.short_name"},
        ("长安区", None, "130102001002"): set(),
        ("桥西区", None, "光华路社区居民委员会"): {"link.elsewhere"},
        ("长安区", "青园街道", "光华路社区居民委员会"): {"link.elsewhere"},
        ("长安区", "建北街道", "光华道社区"): {"link.unknown"},
        ("石家庄市长安区", "建北街道", "光华路社区居民委员会"): set(),
        ("长安", "建北街道", "光华路社区居民委员会"): set(),
        ("长安去", "建北街道", "光华路社区居民委员会"): set(),
    }
    rows = [["王一", *cells] for cells in forms]
    found = desk.look(xlsx([list(VILLAGER), *rows]), kind="popularization.law_savvy_villager")
    assert [{code for _, code, _ in told(row) if code.startswith("link")} for row in found.rows] == list(
        forms.values()
    )


def test_districts_in_every_way_to_write_them(desk: Desk) -> None:
    meant = [
        "桥西",
        "石家庄市桥西区",
        "河北省石家庄市桥西区",
        "石家庄桥西区",
        "130104000000",
        130104000000,
        "130104000",
    ]
    unknown = {
        "桥东区": "桥西区",
        "石家庄市桥冬区": "桥西区",
        "市本级": "",
        "石家庄市": "",
        130100: "",
        "130104001001": "",
    }
    rows = [[f"河北第{place}律师事务所", district] for place, district in enumerate([*meant, *unknown], 10)]
    found = desk.look(
        xlsx([["机构名称", "区县"], *rows]), kind="lawyers.law_firm", columns={("名册", 1): "name"}
    )
    assert [row.values["district_code"] for row in found.rows[: len(meant)]] == ["130104"] * len(meant)
    for row, near in zip(found.rows[len(meant) :], unknown.values(), strict=True):
        [problem] = [problem for problem in row.problems if problem.code == "district.unknown"]
        assert near in problem.text if near else "最接近" not in problem.text
        assert bool(problem.data.get("nearest")) == bool(near)
