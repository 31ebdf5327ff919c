"""Cleaning cells: what offices type, what spreadsheet programs break, and that nothing is guessed."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suite.contract.problems import Severity
from suite.kernel.exchange.cleaned import clean_column
from suite.kernel.exchange.cleaning import (
    CLEANERS,
    PLAIN,
    Cleaned,
    Cleaner,
    clean_boolean,
    clean_date,
    clean_decimal,
    clean_identifier,
    clean_integer,
    clean_lines,
    clean_name,
    clean_own_name,
    clean_person_name,
    clean_phone,
    clean_resident,
    clean_text,
    code_cleaner,
)
from suite.kernel.exchange.safe_text import safe_text_for_cell
from suite.kernel.registry.declarations import CODE_LISTS
from suite.kernel.registry.identifiers.resident import check_digit
from suite.testing.factories import uscc

CATEGORIES = code_cleaner(
    {
        "full_time": "full_time",
        "专职律师": "full_time",
        "专职": "full_time",
        "兼职律师": "part_time",
        "港澳（台）": "hmt",
    },
    {"full_time": "专职律师", "part_time": "兼职律师", "hmt": "港澳台律师"},
)


def codes(cleaned: Cleaned) -> list[str]:
    return [found.code for found in cleaned.problems]


@pytest.mark.parametrize(
    ("given_value", "value"),
    [
        ("  河北 一 所  ", "河北 一 所"),
        ("ＡＢＣ１２３（石家庄）", "ABC123（石家庄）"),
        ("长安区\n中山路", "长安区中山路"),
        ("see\r\nbelow", "see below"),
        ("a\u00a0b\u3000c\u200b", "a b c"),
        ("一_x000D_\n二", "一 二"),
        (12.0, "12"),
        (1.5, "1.5"),
        (True, "TRUE"),
        ("无", "无"),
        ("", None),
        (None, None),
        (" \n ", None),
        ("'=1+1", "=1+1"),
        ("'quoted'", "'quoted'"),
    ],
)
def test_text(given_value: Any, value: str | None) -> None:
    assert clean_text(given_value) == Cleaned(value)


def test_text_that_cannot_be_kept() -> None:
    assert codes(clean_text("长" * 4_001)) == ["text_too_long"]
    assert clean_text("长" * 4_000).problems == ()
    for clean in CLEANERS.values():
        assert codes(clean("#REF!")) == ["cell_error"]
    assert codes(CATEGORIES("#N/A")) == ["cell_error"]


@pytest.mark.parametrize(
    ("given_value", "name"),
    [
        ("张 三", "张三"),
        ("张　三　丰", "张三丰"),
        ("张\n三", "张三"),
        ("买买提 • 艾力", "买买提·艾力"),
        ("买买提・艾力", "买买提·艾力"),
        ("John  Smith", "John Smith"),
        ("𠮷 田", "𠮷田"),
        ("㛃\ue000", "㛃\ue000"),
        ("河北 一（石家庄） 律师事务所", "河北一（石家庄）律师事务所"),
    ],
)
def test_names(given_value: str, name: str) -> None:
    assert clean_name(given_value) == Cleaned(name)


@pytest.mark.parametrize(
    "text",
    [
        "2021.3.5", "2021年3月5日", "20210305", "2021/3/5", "2021-03-05", "2021/03/05 00:00:00",
        "2021-03-05T08:30:00", "２０２１．３．５", " 2021 年 3 月 5 日 ", "2021年3月5号",
        "二〇二一年三月五日", "二○二一年三月五日", "二零二一年三月五日", "2021.03.05.", "2021、3、5",
        "2021.3月5日",
        20210305, 20210305.0,
        dt.date(2021, 3, 5), dt.datetime(2021, 3, 5, 23, 59),
    ],
)  # fmt: skip
def test_dates_in_every_form(text: Any) -> None:
    assert clean_date(text) == Cleaned(dt.date(2021, 3, 5))


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("二〇二五年十二月三十一日", dt.date(2025, 12, 31)),
        ("一九九九年十月二十日", dt.date(1999, 10, 20)),
        ("二〇二〇年元月廿一日", dt.date(2020, 1, 21)),
        ("二〇二〇年十一月十日", dt.date(2020, 11, 10)),
    ],
)
def test_dates_in_words(text: str, date: dt.date) -> None:
    assert clean_date(text) == Cleaned(date)


@pytest.mark.parametrize("value", [44260, 44260.0, 44260.75, "44260"])
def test_serials_are_converted_and_told(value: Any) -> None:
    cleaned = clean_date(value)
    assert cleaned.value == dt.date(2021, 3, 5)
    assert [(found.code, found.severity) for found in cleaned.problems] == [("date_serial", Severity.WARNING)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2021/3", "date_incomplete"),
        ("2021年3月", "date_incomplete"),
        ("2021.3.", "date_incomplete"),
        ("202103", "date_incomplete"),
        ("2021", "date_incomplete"),
        (2021, "date_incomplete"),
        ("二〇二一年三月", "date_incomplete"),
        ("2021-02-30", "date_invalid"),
        ("2021.3-5", "date_invalid"),
        ("2021年3-5日", "date_invalid"),
        ("2021,3.5", "date_invalid"),
        ("20211301", "date_invalid"),
        ("二〇二一年十三月五日", "date_invalid"),
        ("二〇二一年三月五十五日", "date_invalid"),
        ("0021-02-03", "date_invalid"),
        ("长期", "date_invalid"),
        (5, "date_invalid"),
        (12.5, "date_invalid"),
        (math.inf, "date_invalid"),
        (True, "date_invalid"),
        ("21.3.5", "date_ambiguous"),
        ("88年3月", "date_ambiguous"),
        ("3/5/2021", "date_ambiguous"),
        ("03/05/21", "date_ambiguous"),
    ],
)
def test_dates_that_are_none(text: Any, code: str) -> None:
    cleaned = clean_date(text)
    assert cleaned.value is None
    assert [(found.code, found.severity) for found in cleaned.problems] == [(code, Severity.ERROR)]


@pytest.mark.parametrize(
    ("given_value", "number"),
    [
        (3, 3),
        (3.0, 3),
        ("3", 3),
        (" 1,234 ", 1234),
        ("１２人", 12),
        ("5 年", 5),
        ("-", None),
        ("", None),
        ("1e3", 1000),
        ("六", 6),
        ("第六届", 6),
        ("第 12 届", 12),
        ("3届", 3),
        ("第二十一期", 21),
        ("三人", 3),
        ("40学时", 40),
        ("8 课时", 8),
    ],
)
def test_integers(given_value: Any, number: int | None) -> None:
    cleaned = clean_integer(given_value)
    assert cleaned == Cleaned(number)
    assert number is None or type(cleaned.value) is int


def test_decimals() -> None:
    assert clean_decimal(0.1) == Cleaned(Decimal("0.1"))
    assert clean_decimal("1,234,567.89元") == Cleaned(Decimal("1234567.89"))
    assert clean_decimal("12,34").value is None


@pytest.mark.parametrize(
    "value",
    ["六月", "第一、二届", "12-15", "85%", "1.2.3", True, dt.date(2021, 3, 5), math.nan, math.inf, "5万元"],
)
def test_numbers_that_are_none(value: Any) -> None:
    assert codes(clean_integer(value)) == ["number_invalid"]
    assert codes(clean_decimal(value)) == ["number_invalid"]


def test_a_fraction_is_no_whole_number() -> None:
    assert codes(clean_integer(3.5)) == ["number_not_whole"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("王五*", "name_marked"),
        ("★赵六", "name_marked"),
        ("●赵六", "name_marked"),
        ("王五※", "name_marked"),
        ("王五（退休）", "name_remarked"),
        ("王五(已调离)", "name_remarked"),
        ("王芳、李四", "name_of_several"),
        ("王芳， 李四", "name_of_several"),
        ("王芳/李四", "name_of_several"),
    ],
)
def test_marks_and_remarks_are_no_part_of_a_persons_name(text: str, code: str) -> None:
    found = clean_person_name(text).problems
    assert [(problem.code, problem.severity) for problem in found] == [(code, Severity.ERROR)]


def test_one_sign_in_brackets_tells_namesakes_apart_and_bodies_have_brackets() -> None:
    assert [found.severity for found in clean_person_name("王伟（大）").problems] == [Severity.WARNING]
    assert not clean_own_name("北京某某（石家庄）律师事务所").problems
    assert codes(clean_own_name("★某某公证处")) == ["name_marked"]
    assert not clean_person_name("阿卜杜拉·买买提").problems
    assert not clean_person_name("Smith, John").problems


def test_booleans() -> None:
    for value in ("是", "√", "有", "Y", "yes", 1, 1.0, "1", True):
        assert clean_boolean(value) == Cleaned(True)
    for value in ("否", "×", "无", "n", 0, "0", False):
        assert clean_boolean(value) == Cleaned(False)
    assert clean_boolean("—") == Cleaned(None)
    assert codes(clean_boolean("大概")) == ["boolean_unknown"]


def test_sex_with_the_digits_of_the_standard() -> None:
    listed = next(item for item in CODE_LISTS if item.key == "core.sex")
    clean_sex = code_cleaner(listed.by_text, listed.titles, listed.unknown)
    for value in ("男", "男 性", "m", "1", 1, 1.0):
        assert clean_sex(value) == Cleaned("male")
    assert [clean_sex(value).value for value in ("女", "F", 2, "２")] == ["female"] * 4
    assert codes(clean_sex("中")) == ["code_unknown"]
    for value in (0, "0", 9.0, "未知", "未说明"):
        found = clean_sex(value)
        assert (found.value, codes(found)) == (None, ["code_said_unknown"])
        assert found.problems[0].severity is Severity.NOTICE


def test_long_texts_keep_their_lines() -> None:
    assert clean_lines("一、 甲\r\n二、乙_x000D_\n\n\n\n三") == Cleaned("一、 甲\n二、乙\n\n三")
    assert clean_lines("\n只 一行 \n") == clean_text("只 一行")
    assert clean_lines(12.0) == clean_text(12.0)
    assert codes(clean_lines("行\n" * 40_000)) == ["text_too_long"]


def test_code_lists() -> None:
    for text in ("专职律师", " 专 职 ", "专职", "FULL_TIME"):
        assert CATEGORIES(text) == Cleaned("full_time")
    assert CATEGORIES("港澳(台)") == Cleaned("hmt")
    assert CATEGORIES("") == Cleaned(None)
    unknown = CATEGORIES("专职人员")
    assert codes(unknown) == ["code_unknown"]
    assert "专职律师、兼职律师、港澳台律师" in unknown.problems[0].text


@pytest.mark.parametrize(
    ("given_value", "text"),
    [
        ("130102 19900101 0015", "130102199001010015"),
        ("１１３０１２０１５１０１２３４５６", "11301201510123456"),
        ("31130000md0000016r", "31130000MD0000016R"),
        ("'130102199001010015", "130102199001010015"),
        (1301012.0, "1301012"),
        (130100123001, "130100123001"),
        ("1301012.0", "1301012"),
        ("11301202600123400", "11301202600123400"),
        ("", None),
        ("/", None),
    ],
)
def test_identifiers_are_text(given_value: Any, text: str | None) -> None:
    assert clean_identifier(given_value) == Cleaned(text)


@pytest.mark.parametrize(
    "value",
    [
        1.3010219900101e17,
        130102199001010000,
        11301201510123456.0,
        "1.30102E+17",
        "1.3e17",
        "130102199001010000",
        "11301201510123456.0",
        12.5,
        True,
        math.nan,
        dt.date(2021, 3, 5),
        dt.time(3, 4),
    ],
)
def test_damaged_numbers_are_never_mended(value: Any) -> None:
    cleaned = clean_identifier(value)
    assert cleaned.value is None
    assert codes(cleaned) == ["number_damaged"]


def test_a_true_number_that_ends_in_000_stays() -> None:
    true = next(
        first + "0" for serial in range(100, 1_000, 100)
        for day in range(1, 29)
        if check_digit(first := f"130102199001{day:02d}{serial}") == "0"
    )  # fmt: skip
    assert true.endswith("000")
    assert clean_identifier(true) == Cleaned(true)
    code = uscc(900)
    assert code.isdigit()
    assert code.endswith("000")
    assert clean_identifier(code) == Cleaned(code)


def test_old_resident_numbers_become_new_with_a_notice() -> None:
    cleaned = clean_resident("130102900101001")
    assert cleaned.value == "130102199001010015"
    assert [(found.code, found.severity) for found in cleaned.problems] == [("id_old_15", Severity.NOTICE)]
    assert clean_resident("130102909901001") == Cleaned("130102909901001")
    assert clean_resident(130102900101001.0).value == "130102199001010015"


def test_telephones() -> None:
    assert clean_phone(13812345207.0) == Cleaned("13812345207")
    assert clean_phone("138 1234 5207") == Cleaned("13812345207")
    assert clean_phone("13812345207/0311-85208520") == Cleaned("13812345207、0311-85208520")
    assert clean_phone("13812345207 13912345208") == Cleaned("13812345207、13912345208")
    assert clean_phone("无") == Cleaned(None)
    assert clean_phone("13812345207.0") == Cleaned("13812345207")
    assert codes(clean_phone("1.38E+10")) == ["number_damaged"]
    assert clean_phone("1381234520") == Cleaned("1381234520")
    assert clean_phone("13812345207/张三").value == "13812345207/张三"


def test_columns_tell_equal_keys_apart_and_name_the_row() -> None:
    values, problems = clean_column([1, True, 1.0, "1", "大概", "大概"], clean_boolean)
    assert values == [True, True, True, True, None, None]
    assert [(index, found.code) for index, found in problems] == [
        (4, "boolean_unknown"),
        (5, "boolean_unknown"),
    ]
    assert clean_column([1, True, 1.0], clean_text)[0] == ["1", "TRUE", "1"]


def test_each_distinct_value_is_cleaned_once() -> None:
    seen: list[Any] = []

    def clean(value: Any) -> Cleaned:
        seen.append(value)
        return Cleaned(value)

    clean_column(["a", "b", "a", "a"], clean)
    assert seen == ["a", "b"]


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", " =1", "＝1"])
def test_text_that_looks_like_a_formula_leaves_as_text(text: str) -> None:
    assert safe_text_for_cell(text) == "'" + text
    assert clean_text(safe_text_for_cell(text)) == clean_text(text)


def test_other_text_leaves_untouched() -> None:
    for text in ("", "张三", "a=b", "2021-03-05", "'a"):
        assert safe_text_for_cell(text) == text


ANY_CELL = st.one_of(
    st.text(max_size=30),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.none(),
    st.from_regex(r"[0-9０-９〇一二三十年月日./\-:,， EeXx%'’人#]{0,20}", fullmatch=True),
)


@given(st.sampled_from([*CLEANERS.values(), CATEGORIES]), ANY_CELL)
def test_any_cell_gets_a_value_or_a_problem(clean: Callable[[Any], Cleaned], cell: Any) -> None:
    cleaned = clean(cell)
    for found in cleaned.problems:
        assert found.text.endswith("。")
    if cleaned.value is None and not cleaned.problems:
        shown = "" if cell is None else str(cell)
        assert (clean_text(cell).value in (None, *PLACEHOLDERS) and clean is not clean_own_name) or all(
            unicodedata.category(char)[0] in "CZ" for char in shown.strip("'‘’`")
        )


PLACEHOLDERS = ("-", "--", "—", "——", "/", "\\", "无", "暂无", "N/A", "n/a")


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)))
def test_dates_there_and_back(date: dt.date) -> None:
    digits = "〇一二三四五六七八九"

    def words(number: int) -> str:
        tens, ones = divmod(number, 10)
        return ("" if tens == 0 else "十" if tens == 1 else digits[tens] + "十") + (
            digits[ones] if ones else ""
        )

    year = "".join(digits[int(digit)] for digit in str(date.year))
    for text in (
        date.isoformat(),
        f"{date.year}.{date.month}.{date.day}",
        f"{date.year}年{date.month}月{date.day}日",
        f"{date:%Y%m%d}",
        f"{date:%Y/%m/%d} 08:30:00",
        f"{year}年{words(date.month)}月{words(date.day)}日",
    ):
        assert clean_date(text) == Cleaned(date)


@given(st.integers(-(10**18), 10**18))
def test_integers_there_and_back(number: int) -> None:
    assert (
        clean_integer(number) == clean_integer(str(number)) == clean_integer(f"{number:,}") == Cleaned(number)
    )


@given(st.text(st.characters(blacklist_categories=["Cs"]), max_size=30))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    for clean in (clean_text, clean_name, clean_person_name, clean_identifier, clean_phone):
        once = clean(text).value
        if once is not None:
            assert clean(once).value == once


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=20))
def test_an_exported_text_comes_back_as_it_was(text: str) -> None:
    kept = clean_text(text).value
    if kept is not None:
        assert clean_text(safe_text_for_cell(kept)).value == kept


@pytest.mark.parametrize("clean", PLAIN, ids=lambda clean: clean.__name__)
@given(data=st.data())
def test_what_is_seen_to_be_plain_would_stay_as_it_is(clean: Cleaner, data: st.DataObject) -> None:
    pattern = re.compile(PLAIN[clean].__self__.pattern, re.ASCII)
    text = data.draw(st.from_regex(pattern, fullmatch=True))
    if PLAIN[clean](text):
        assert clean(text) == Cleaned(text)


def test_most_of_a_roster_is_plain() -> None:
    said = {
        clean_name: "张三",
        clean_own_name: "张三",
        clean_person_name: "张三",
        clean_text: "石家庄市长安区建设北大街12号",
        clean_identifier: "11301201210384721",
        clean_resident: "13010219850412241X",
        clean_phone: "13812345207",
    }
    assert [clean.__name__ for clean, text in said.items() if not PLAIN[clean](text)] == []
    assert [text for text in ("无", "同上", "不详") if PLAIN[clean_person_name](text)] == []
    assert PLAIN[clean_person_name]("无忌")
    lost = ("11301201210384000", "130102198504122000")
    assert [text for text in lost if PLAIN[clean_identifier](text)] == []
