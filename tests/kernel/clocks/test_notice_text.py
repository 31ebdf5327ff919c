"""Reading the State Council's notices as they are published, and lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suite.contract.problems import Refused
from suite.kernel.clocks.calendar import shipped
from suite.kernel.clocks.notice_text import read_notice

OF_2026 = """各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2026年元旦、春节等放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。
国务院办公厅
2025年11月4日"""
OF_2025 = """一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。"""
NEW_YEAR_2023 = "一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。"


@pytest.mark.parametrize(("year", "text"), [(2025, OF_2025), (2026, OF_2026)])
def test_a_notice_reads_as_the_shipped_calendar(year: int, text: str) -> None:
    assert read_notice(text, year) == tuple(entry for entry in shipped() if entry.day.year == year)


def test_the_lines_of_the_shipped_table_are_a_list() -> None:
    entries = tuple(entry for entry in shipped() if entry.day.year == 2024)
    lines = "\n".join(
        f"{item.day},周{'一二三四五六日'[item.day.weekday()]},{item.mark},{item.festival}" for item in entries
    )
    assert read_notice(lines, 2024) == entries
    short = read_notice("2027-10-01..2027-10-07 休 国庆节\n2027/10/9 班", 2027)
    assert [(item.day.day, item.mark) for item in short] == [*((n, "休") for n in range(1, 8)), (9, "班")]


def test_a_new_year_begins_in_december() -> None:
    assert [str(item.day) for item in read_notice(NEW_YEAR_2023, 2023)] == [
        "2022-12-31",
        "2023-01-01",
        "2023-01-02",
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", {"calendar.nothing"}),
        ("元旦放假吗", {"calendar.nothing"}),
        ("一、元旦：1月1日（周四）放假。", {"calendar.weekday"}),
        ("一、元旦：1月1日至3日放假，共4天。", {"calendar.length"}),
        ("一、元旦：1月32日放假。", {"calendar.no_day"}),
        ("2027-02-29 休 春节", {"calendar.no_day"}),
        ("2027-01-01 休 元旦\n2027-01-01 班 元旦", {"calendar.twice", "calendar.plain_day"}),
        ("2027-01-04 班 元旦", {"calendar.plain_day"}),
        ("2026-10-01 休 国庆节", {"calendar.other_year"}),
        ("2028-01-01 休 元旦", {"calendar.other_year"}),
        ("2027-10-07..2027-10-01 休 国庆节", {"calendar.most_days"}),
        ("2027-01-01..2027-12-31 休", {"calendar.most_days"}),
        ("休" * 20_001, {"calendar.text_length"}),
    ],
)
def test_what_does_not_fit_is_told_with_its_place(text: str, codes: set[str]) -> None:
    with pytest.raises(Refused) as refusal:
        read_notice(text, 2027)
    assert refusal.value.codes == codes


@given(st.text(alphabet="0123456789年月日至放假上班休班、，。：（）周一 -.\n元旦", max_size=120))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        entries = read_notice(text, 2027)
    except Refused:
        return
    assert entries == tuple(sorted(set(entries), key=lambda entry: entry.day))
