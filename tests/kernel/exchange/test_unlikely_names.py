"""Headings between rows and labels of a form are held; a name alone is one where the table says no more."""

from __future__ import annotations

import pytest
from messy import Desk, results, told, xlsx

from suite.kernel.exchange.importing import accept

VOLUNTEER = "popularization.volunteer"
HEAD = ["姓名", "性别", "联系电话", "服务队"]


@pytest.mark.parametrize("text", ["桥西区", "续表", "退出人员", "法学类"])
def test_a_heading_inside_the_table_is_no_person(desk: Desk, text: str) -> None:
    rows = [HEAD, [text], ["王小川", "男", "13811140011", "一队"], ["李小川", "女", None, "一队"]]
    found = desk.look(xlsx(rows), kind=VOLUNTEER)
    assert results(found) == {2: "held", 3: "new", 4: "new"}
    assert told(found.rows[0]) == {("name", "name_alone", "error")}


def test_a_number_before_the_heading_changes_nothing(desk: Desk) -> None:
    rows = [["序号", *HEAD], ["一", "长安区"], [1, "王小川", "男", "13811140011", "一队"]]
    found = desk.look(xlsx(rows), kind=VOLUNTEER)
    assert results(found) == {2: "held", 3: "new"}


def test_a_list_of_names_is_taken(desk: Desk) -> None:
    found = desk.look(xlsx([HEAD, ["王小川"], ["李小川", "女"]]), kind=VOLUNTEER)
    assert results(found) == {2: "new", 3: "new"}


def test_who_stands_on_the_roster_is_known_by_the_name_alone(desk: Desk) -> None:
    rows = xlsx([HEAD, ["王小川", "男", "13811140011", "一队"]])
    desk.suite.run(accept(desk.look(rows, kind=VOLUNTEER)), desk.admin)
    found = desk.look(xlsx([HEAD, ["王小川"], ["李小川", "女", "13811140012", "一队"]]), kind=VOLUNTEER)
    assert results(found) == {2: "same", 3: "new"}


def test_a_form_of_one_record_makes_none(desk: Desk) -> None:
    rows = [
        ["律师事务所登记表"],
        ["机构名称", "河北表甲律师事务所", "负责人", "王一"],
        ["住所", "长安区中山路1号", "联系电话", "0311-86001111"],
        ["组织形式", "普通合伙", "设立资产", "300000"],
    ]
    found = desk.look(xlsx(rows), kind="lawyers.law_firm")
    assert set(results(found).values()) == {"held"}
    assert all(("name", "name_is_label", "error") in told(row) for row in found.rows)
