"""Rules of duty lists: what a list must hold, which quarters are due. Pure functions of a case's facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from suite.api import CaseFacts, Guard, LineFact, month_end, years_after

DUTY = "关于实行国家机关“谁执法谁普法”普法责任制的意见（2017）"
LAW = "法治宣传教育法（2025年）"
STANDARD = "省级普法责任制评分标准"
QUARTERS = ("q1", "q2", "q3", "q4")
#: What an item is called that is done, or was given up and so is neither due nor done.
DONE, DROPPED = "done", "dropped"


def quarter_end(year: int, place: int) -> dt.date:
    """The last day of a quarter, `place` from 1 to 4."""
    return month_end(year, place * 3)


def quarters_due(year: int, published_on: dt.date | None, on: dt.date) -> tuple[str, ...]:
    """The quarters of a list's year that ended before `on` and not before the list was published."""
    since = published_on or dt.date(year, 1, 1)
    ends = {key: quarter_end(year, place) for place, key in enumerate(QUARTERS, 1)}
    return tuple(key for key, end in ends.items() if since <= end < on)


def untaught(laws: Sequence[LineFact], items: Sequence[LineFact]) -> list[str]:
    """The laws of a list that no item teaches."""
    taught = {item.name for item in items}
    return [law.name for law in laws if law.name is not None and law.name not in taught]


def latest(progress: Sequence[LineFact]) -> dict[int, LineFact]:
    """Number of an item → what was last reported of it: by quarter, then in the order of entry."""
    found: dict[int, LineFact] = {}
    for line in sorted(progress, key=lambda line: (line.code or "", line.no)):
        if line.figure is not None:
            found[int(line.figure)] = line
    return found


def _said(last: Mapping[int, LineFact], item: LineFact) -> str | None:
    line = last.get(item.no)
    return line.grade if line is not None else None


def completion(items: Sequence[LineFact], progress: Sequence[LineFact]) -> tuple[int, int]:
    """How many items of a list are done, and how many there are to be done (评分表第 14 项)."""
    last = latest(progress)
    due = [item for item in items if _said(last, item) != DROPPED]
    done = [item for item in due if item.done is not None or _said(last, item) == DONE]
    return len(done), len(due)


def overdue(items: Sequence[LineFact], progress: Sequence[LineFact], on: dt.date) -> list[LineFact]:
    """Items whose deadline has passed and that are neither done nor given up."""
    last = latest(progress)
    return [
        item
        for item in items
        if item.until is not None
        and item.until < on
        and item.done is None
        and _said(last, item) not in (DONE, DROPPED)
    ]


def _lines(case: CaseFacts, key: str) -> tuple[LineFact, ...]:
    return case.lines.get(key, ())


def _year_fits(case: CaseFacts) -> bool:
    year = case.values.get("list_year")
    return year is None or case.opened.year - 1 <= year <= case.opened.year + 1


def _untaught_words(case: CaseFacts) -> str:
    names = untaught(_lines(case, "laws"), _lines(case, "items"))
    return f"“{'”“'.join(names[:3])}”还没有对应的普法事项，请在“普法事项”中补列后再报送。"


def _unknown_items(case: CaseFacts) -> list[int]:
    known = {item.no for item in _lines(case, "items")}
    return sorted({int(line.figure) for line in _lines(case, "progress") if line.figure is not None} - known)


def _missing_quarters(case: CaseFacts) -> list[str]:
    year = case.values.get("list_year")
    if year is None:
        return []
    reported = {line.code for line in _lines(case, "progress")}
    due = quarters_due(year, case.values.get("published_on"), case.on)
    return [key for key in due if key not in reported]


def _missing_words(case: CaseFacts) -> str:
    places = "、".join(f"第{'一二三四'[QUARTERS.index(key)]}季度" for key in _missing_quarters(case))
    return f"{places}的进展还没有报送，请先用“报送季度进展”补报。"


def _next_quarter(case: CaseFacts) -> bool:
    return bool(case.before) and case.values.get("quarter_ends") != (case.before or {}).get("quarter_ends")


def _quarter_ends(case: CaseFacts) -> bool:
    day, year = case.values.get("quarter_ends"), case.values.get("list_year")
    return day is None or year is None or day in {quarter_end(year, place) for place in (1, 2, 3, 4)}


def _year_on(case: CaseFacts) -> bool:
    since, day = case.values.get("effective_on"), case.values.get("year_on")
    return since is None or day is None or day == years_after(since, 1)


YEAR = Guard(
    key="popularization.duty.year",
    text="责任清单的年度应为今年、去年或明年，请核对。",
    holds=_year_fits,
    article=DUTY,
)
HAS_ITEMS = Guard(
    key="popularization.duty.has_items",
    text="清单还没有普法事项，请先在“普法事项”中逐项列出对象、责任科室和完成期限。",
    holds=lambda case: bool(_lines(case, "items")),
    article=DUTY,
)
ALL_TAUGHT = Guard(
    key="popularization.duty.all_taught",
    text="所列法律法规还没有对应的普法事项，请补列后再报送。",
    holds=lambda case: not untaught(_lines(case, "laws"), _lines(case, "items")),
    told=_untaught_words,
    article=DUTY,
)
KNOWN_ITEMS = Guard(
    key="popularization.duty.known_items",
    text="季度进展所填的事项序号不在清单中，请对照“普法事项”的序号更正。",
    holds=lambda case: not _unknown_items(case),
    told=lambda case: (
        f"没有第 {'、'.join(map(str, _unknown_items(case)))} 项普法事项，请对照“普法事项”的序号更正。"
    ),
)
QUARTERS_REPORTED = Guard(
    key="popularization.duty.quarters",
    text="还有季度的进展没有报送，请先补报。",
    holds=lambda case: not _missing_quarters(case),
    told=_missing_words,
    article=DUTY,
)
NEXT_QUARTER = Guard(
    key="popularization.duty.next_quarter",
    text="没有填下一季度末日，不再计算报送期限。",
    holds=_next_quarter,
)
QUARTER_END = Guard(
    key="popularization.duty.quarter_end",
    text="应报季度末日应为清单年度的 3 月 31 日、6 月 30 日、9 月 30 日或 12 月 31 日，请更正。",
    holds=_quarter_ends,
)
TO_RECTIFY = Guard(
    key="popularization.duty.to_rectify",
    text="评估等次为不合格的，须先下达整改通知，确认整改后办结。",
    holds=lambda case: case.values.get("grade") != "failed",
    article=DUTY,
)
YEAR_ON = Guard(
    key="popularization.newlaw.year_on",
    text="施行满一年之日应为施行日期的一年以后，请更正。",
    holds=_year_on,
    told=lambda case: f"施行满一年之日是 {years_after(case.values['effective_on'], 1)}，请更正。",
    article=STANDARD,
)
AFTER_A_YEAR = Guard(
    key="popularization.newlaw.after_a_year",
    text="新法施行未满一年，满一年后再报告普法效果。",
    holds=lambda case: (day := case.values.get("year_on")) is None or day <= case.on,
    article=STANDARD,
)
GUARDS = (
    YEAR, HAS_ITEMS, ALL_TAUGHT, KNOWN_ITEMS, QUARTERS_REPORTED, NEXT_QUARTER, QUARTER_END, TO_RECTIFY,
    YEAR_ON, AFTER_A_YEAR,
)  # fmt: skip
