"""What spreadsheet programs do to numbers, dates and names, cell by cell through the importer."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from messy import HEADINGS, Desk, codes, each, lawyer, results, told, xlsx
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from suite.kernel.exchange.clean_dates import clean_date
from suite.kernel.exchange.clean_texts import clean_name, clean_text
from suite.kernel.exchange.damage import kept_as_serial, lost_digits, lost_zeros
from suite.testing.factories import practice_no, resident_number, uscc

DAY = dt.date(2012, 3, 5)


def test_names(desk: Desk) -> None:
    names = {
        "张　三": "张三",
        "张\n三": "张三",
        "欧阳 娜 娜": "欧阳娜娜",
        "买买提•艾合买提": "买买提·艾合买提",
        "买买提．艾合买提": "买买提·艾合买提",
        "阿不都 热依木·买买提": "阿不都 热依木·买买提",
        "𠮷田丰": "𠮷田丰",
        "㐂乐": "㐂乐",
        "ＺＨＡＮＧ　San": "ZHANG San",
        "王\u200b五": "王五",
        "'王五": "王五",
        "Seán O'Brien-Smith Jr.": "Seán O'Brien-Smith Jr.",
        "Smith, John": "Smith, John",
        "王\ue123五": "王\ue123五",
    }
    found = desk.look(xlsx(each("姓名", names)))
    assert [row.values["name"] for row in found.rows] == list(names.values())
    assert [(told(row), row.values["name"]) for row in found.rows if row.result != "new"] == []


def test_what_is_no_name() -> None:
    for value in (123, "130102198504120035", dt.datetime(2021, 3, 5), "#REF!"):
        assert clean_name(value).problems, value
    assert clean_name("河北第1律师事务所").problems == ()


def test_names_that_lost_a_character_or_say_nothing(desk: Desk) -> None:
    wrong = {
        "王?昂": "name_destroyed",
        "王？昂": "name_destroyed",
        "王\ufffd昂": "name_destroyed",
        "王□昂": "name_destroyed",
        "同上": "name_missing",
        "—": "name_missing",
        "无": "name_missing",
        "不详": "name_missing",
        "王五 13800000000": "name_has_digits",
        "王1五": "name_has_digits",
        "王五、": "name_has_signs",
        "王五：": "name_has_signs",
        "王五.": "name_has_signs",
        "-王五": "name_has_signs",
        "《王五》": "name_has_signs",
        "联系人：王五": "name_has_signs",
        "王五&nbsp;": "name_has_signs",
        "王五<br>": "name_has_signs",
        "已注销": "name_missing",
    }
    found = desk.look(xlsx(each("姓名", wrong)))
    assert [told(row) for row in found.rows] == [{("name", code, "error")} for code in wrong.values()]
    (namesake,) = desk.look(xlsx(each("姓名", ["王五1"]))).rows
    assert (namesake.result, told(namesake)) == ("new", {("name", "name_numbered", "warning")})
    firms = [["机构名称", "统一社会信用代码", "组织形式", "负责人"]] + [
        [name, uscc(place), "普通合伙", head]
        for place, (name, head) in enumerate(
            [("河北第8律师事务所", "无"), ("同上", "张三"), ("河北?所", "同上")], 700
        )
    ]
    found = desk.look(xlsx(firms), kind="lawyers.law_firm")
    named = [
        {(field, code) for field, code, _ in told(row) if code.startswith("name_")} for row in found.rows
    ]
    assert named == [
        set(),
        {("name", "name_missing")},
        {("name", "name_destroyed"), ("head_name", "name_missing")},
    ]
    assert "head_name" not in found.rows[0].values


def test_dates_that_are_taken(desk: Desk) -> None:
    forms: list[Any] = [
        "2012.3.5",
        "2012/3/5",
        "2012-3-5",
        "2012年3月5日",
        "20120305",
        20120305,
        "二〇一二年三月五日",
        "二○一二年三月五号",
        "2012-03-05 10:20:30",
        "2012年3月5日10时20分",
        "2012-3-5 上午10:20",
        "2012年3月5日 星期一",
        "2012-3-5（周一）",
        "2012 3 5",
        "２０１２．３．５",
        "'2012-03-05",
        DAY,
        dt.datetime(2012, 3, 5, 10, 20),
    ]
    found = desk.look(xlsx(each("首次执业时间", forms)))
    assert [row.values["first_practice_on"] for row in found.rows] == [DAY] * len(forms)
    assert [row.problems for row in found.rows] == [[] for _ in forms]


def test_dates_that_are_held(desk: Desk) -> None:
    forms = {
        "2021/3": "date_incomplete",
        "2021年3月": "date_incomplete",
        2021.3: "date_incomplete",
        "2021": "date_incomplete",
        "03/04/2021": "date_ambiguous",
        "21.3.5": "date_ambiguous",
        "2021-2-30": "date_invalid",
        "5-Mar-21": "date_invalid",
        "2012.3.5至2013.3.5": "date_invalid",
    }
    found = desk.look(xlsx(each("首次执业时间", forms)))
    assert [told(row) for row in found.rows] == [
        {("first_practice_on", code, "error")} for code in forms.values()
    ]


@pytest.mark.parametrize(("epoch", "serial"), [(None, 40973), (CALENDAR_MAC_1904, 39511)])
def test_serials_count_in_the_epoch_of_their_workbook(desk: Desk, epoch: Any, serial: int) -> None:
    def fill(book: Any) -> None:
        if epoch is not None:
            book.epoch = epoch

    found = desk.look(xlsx(each("首次执业时间", [serial, str(serial), DAY]), fill))
    assert [row.values["first_practice_on"] for row in found.rows] == [DAY] * 3
    assert [told(row) for row in found.rows] == [{("first_practice_on", "date_serial", "warning")}] * 2 + [
        set()
    ]
    assert clean_date(float(serial), from_1904=epoch is not None).value == DAY


@pytest.mark.parametrize("form", ['yyyy"年"m"月"', "yyyy\\.mm", "[DBNum1]yyyy年m月;@", "mmm-yy"])
def test_a_date_that_is_shown_without_its_day_has_none(desk: Desk, form: str) -> None:
    """Who types 2010年5月 has 2010-05-01 kept and the month shown; another day was typed."""

    def months(book: Any) -> None:
        for cell in next(found for found in book.active.columns if found[0].value == "首次执业时间"):
            cell.number_format = form

    rows = each("首次执业时间", [dt.datetime(2010, 5, 1), dt.datetime(2010, 5, 17), "2010.5.1"])
    found = desk.look(xlsx(rows, months))
    assert told(found.rows[0]) == {("first_practice_on", "date_incomplete", "error")}
    assert "2010年5月" in found.rows[0].problems[0].text
    days = [row.values["first_practice_on"] for row in found.rows[1:]]
    assert days == [dt.date(2010, 5, 17), dt.date(2010, 5, 1)]


def test_sexes(desk: Desk) -> None:
    forms = ["男", " 男 ", "1", 1, 1.0, "M", "m", "男性"]
    assert {row.values["sex"] for row in desk.look(xlsx(each("性别", forms))).rows} == {"male"}
    unknown, unsaid, wrong = desk.look(xlsx(each("性别", ["0", 9, "男/女"]))).rows
    assert told(wrong) == {("sex", "code_unknown", "error")}
    for row in (unknown, unsaid):
        assert told(row) == {("sex", "code_said_unknown", "notice")}
        assert (row.result, "sex" in row.values) == ("new", False)


def test_telephones(desk: Desk) -> None:
    forms: dict[Any, str] = {
        13800000001: "13800000001",
        13800000002.0: "13800000002",
        "13800000001.0": "13800000001",
        "138 0000 0001": "13800000001",
        "13800000001/13900000002": "13800000001、13900000002",
        "0311－88888888转801": "0311-88888888-801",
    }
    found = desk.look(xlsx(each("联系电话", forms)))
    assert [row.values["phone"] for row in found.rows] == list(forms.values())
    found = desk.look(xlsx(each("联系电话", ["1.38E+10", "1.38001E+10", "13800000001/张三"])))
    assert [{code for _, code, _ in told(row)} for row in found.rows] == [
        {"number_damaged"},
        {"number_damaged"},
        {"phone_characters"},
    ]
    assert set(results(found).values()) == {"held"}


def test_resident_numbers_that_lost_digits(desk: Desk) -> None:
    number = resident_number(31)
    damaged: list[Any] = [
        float(number[:15] + "000"),
        int(number[:15] + "000"),
        "1.30102E+17",
        f"{number}.0",
        dt.datetime(2021, 3, 5),
        number[:-1],
        "#N/A",
        f"{number[:14]}****",
    ]
    found = desk.look(xlsx(each("身份证号码", damaged)))
    assert set(results(found).values()) == {"held"}
    assert all(any(field == "id_number" for field, _, _ in told(row)) for row in found.rows)


def test_blanks_and_full_width_are_no_damage(desk: Desk) -> None:
    number = resident_number(13)
    forms = [f"{number[:6]} {number[6:14]} {number[14:]}"]
    wide = number.translate({48 + digit: 0xFF10 + digit for digit in range(10)})
    for form in (*forms, wide, f"'{number}", f"{number}\n"):
        found = desk.look(xlsx(each("身份证号码", [form])))
        assert (found.rows[0].values["id_number"], found.rows[0].problems) == (number, [])


def test_what_only_looks_like_a_digit_is_none(desk: Desk) -> None:
    number = practice_no(1)
    for sign in "²①٣":
        found = desk.look(xlsx(each("执业证号", [number.replace("2", sign, 1)])))
        [row] = found.rows
        assert row.result == "held"
        assert {field for field, _, severity in told(row) if severity == "error"} == {"main_no"}


def test_a_column_of_long_numbers_that_end_in_zeros(desk: Desk) -> None:
    numbers = [f"{practice_no(place)[:15]}00" for place in (101, 202, 303)]
    found = desk.look(xlsx(each("执业证号", numbers)))
    assert all(("main_no", "number_damaged", "error") in told(row) for row in found.rows)
    assert lost_digits([practice_no(100), *map(practice_no, range(1, 9))]) == []
    assert [problem.severity.value for _, problem in lost_digits([practice_no(100)])] == ["warning"]


def test_dates_and_numbers_in_columns_of_texts() -> None:
    assert [found.code for found in clean_text(dt.datetime(2026, 3, 5)).problems] == ["text_is_date"]
    assert [found.code for found in clean_text(6.2222e18).problems] == ["number_damaged"]
    assert [found.code for found in clean_text("6.2222E+18").problems] == ["number_damaged"]
    assert clean_text("3E12").problems == ()


def test_numbers_of_days_in_columns_of_texts_are_told(desk: Desk) -> None:
    values: list[Any] = [45292, "45292", 12, 70_000, 45292.5, True, float("inf"), None]
    assert [index for index, _ in kept_as_serial(values)] == [0]
    assert [problem.text.count("2024-01-01") for _, problem in kept_as_serial([45292])] == [1]
    assert [problem.text.count("2028-01-02") for _, problem in kept_as_serial([45292], from_1904=True)] == [1]
    headings = ["机构名称", "统一社会信用代码", "批准文号", "备注", "设立资产"]
    row = ["河北第8律师事务所", uscc(700), 45292, 45293, 45294]
    found = desk.look(xlsx([headings, row]), kind="lawyers.law_firm")
    serials = {field for field, code, severity in told(found.rows[0]) if code == "text_is_serial"}
    assert serials == {"approval_no", "remarks"}


def test_a_zero_that_was_lost_is_told(desk: Desk) -> None:
    assert [index for index, _ in lost_zeros(["0012", "12", "0345", "20240001", None, "A1"])] == [1]
    assert lost_zeros(["12", "13"]) == lost_zeros(["0012", "012", "12"]) == []
    headings = ["姓名", "聘书号", "仲裁机构"]
    rows = [["甲一", "0012", "石家庄仲裁委员会"], ["甲二", 12, "石家庄仲裁委员会"]]
    found = desk.look(xlsx([headings, *rows]), kind="arbitration.arbitrator")
    damaged = [{code for _, code, _ in told(row) if code == "number_lost_zero"} for row in found.rows]
    assert damaged == [set(), {"number_lost_zero"}]
    forms: list[Any] = [31188888888, "31188888888", 1088888888, "88888888", "12345678901"]
    found = desk.look(xlsx(each("联系电话", forms)))
    assert [{code for _, code, _ in told(row)} for row in found.rows] == [
        {"phone_lost_zero"},
        {"phone_lost_zero"},
        {"phone_lost_zero"},
        set(),
        {"phone_mobile"},
    ]
    assert "0311-88888888" in found.rows[0].problems[0].text
    assert "010-88888888" in found.rows[2].problems[0].text


def test_errors_and_formulas_without_a_value(desk: Desk) -> None:
    def fill(book: Any) -> None:
        book.active["E2"] = "=VLOOKUP(B2,[1]Sheet1!A:B,2,0)"
        book.active["D3"], book.active["D3"].data_type = "#REF!", "e"
        book.active["I4"], book.active["I4"].data_type = "#VALUE!", "e"

    found = desk.look(xlsx([list(HEADINGS), lawyer(1), lawyer(2), lawyer(3)], fill))
    assert [told(row) for row in found.rows] == [
        {("main_no", "formula_without_value", "error")},
        {("id_number", "cell_error", "error")},
        {("phone", "cell_error", "error")},
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("姓名", "身份证号码"),
        ("身份证号码", "执业证号"),
        ("姓名", "所在律所"),
        ("联系电话", "首次执业时间"),
        ("性别", "姓名"),
    ],
)
def test_exchanged_columns_are_told_and_held(desk: Desk, one: str, other: str) -> None:
    headings = list(HEADINGS)
    first, second = headings.index(one), headings.index(other)
    headings[first], headings[second] = headings[second], headings[first]
    found = desk.look(xlsx([headings, *(lawyer(place) for place in range(1, 6))]))
    assert codes(found) == {"swapped_columns"}
    assert set(results(found).values()) == {"held"}
