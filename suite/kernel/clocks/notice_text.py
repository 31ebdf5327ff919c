"""Reading a year's days off and worked weekends from text: the notice as it is published, or a list.

The State Council's notice has a paragraph for each festival:
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
Weekdays and numbers of days that it gives are checked against the dates, so that a slip of typing is seen.
A list has a line for each day or stretch: 2027-01-01 休 元旦, 2027-10-01..2027-10-07 休 国庆节; the lines of
the shipped table (2027-01-01,周五,休,元旦) are such.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from suite.contract.problems import Problem, Refused
from suite.kernel.clocks.rules import ONE_DAY
from suite.kernel.clocks.workdays import FIRST_DAY, LAST_DAY, statutory_days

LONGEST = 20_000  # characters of a text
MOST_DAYS = 120
OFF, WORKED = "休", "班"
_WEEK = "一二三四五六日"
_DAY = r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
_LISTED = re.compile(
    rf"\s*{_DAY}(?:\s*(?:\.\.|至|—|~)\s*{_DAY})?[\s,，]+(?:(?:周|星期)([一二三四五六日天])[\s,，]+)?([休班])"
    r"(?:[\s,，]+(\S{1,30}))?\s*"
)
_HEADING = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}、)?([^：:\d]{2,20})[：:]")
_DATE = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:[（(]([^）)]{0,40})[）)])?")
_LENGTH = re.compile(r"共(\d{1,2})天")
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")


@dataclass(frozen=True, kw_only=True)
class CalendarEntry:
    """One day of a notice: off (休) or a weekend day that is worked (班), and for which festival."""

    day: dt.date
    working: bool
    festival: str

    @property
    def mark(self) -> str:
        """休 or 班."""
        return WORKED if self.working else OFF


def read_notice(text: str, year: int) -> tuple[CalendarEntry, ...]:
    """The days of a notice for a year, in order. Raises Refused with every place that does not fit.

    `calendar.text_length`, `calendar.nothing` (no day is recognised), `calendar.no_day`, `calendar.weekday`,
    `calendar.length`, `calendar.twice` (a day off and worked), `calendar.other_year`, `calendar.plain_day` (a
    weekday is worked anyway), `calendar.most_days`.
    """
    if len(text) > LONGEST:
        raise Refused([_problem("calendar.text_length", f"正文最长 {LONGEST:,} 字，请只录入放假安排。")])
    reader = _Reader(year)
    for place, line in enumerate(text.splitlines(), 1):
        reader.line(line, place)
    entries = tuple(sorted(reader.found.values(), key=lambda entry: entry.day))
    problems = reader.problems
    if not entries and not problems:
        words = "没有认出放假或上班的日期。请粘贴通知正文，或逐行写成“2027-01-01 休 元旦”。"
        problems.append(_problem("calendar.nothing", words))
    raise_for(problems)
    return entries


def raise_for(problems: list[Problem]) -> None:
    """Raises Refused where there is any problem."""
    if problems:
        raise Refused(problems)


def entry_problems(entry: CalendarEntry, year: int, place: str = "") -> Iterator[Problem]:
    """What is wrong with a day of a year's notice: the year, and December before it, are its to arrange."""
    if not dt.date(max(year - 1, FIRST_DAY.year), 12, 1) <= entry.day <= dt.date(year, 12, 31):
        text = f"{place}{entry.day} 不在 {year} 年的安排之内，请核对年份。"
        yield _problem("calendar.other_year", text)
    if entry.working and entry.day.weekday() < 5:
        text = f"{place}{entry.day} 是周{_WEEK[entry.day.weekday()]}，本来就上班，“班”只标周末，请核对。"
        yield _problem("calendar.plain_day", text)


class _Reader:
    """Goes through a text line by line; the festival of a paragraph holds until the next one."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.festival = ""
        self.found: dict[dt.date, CalendarEntry] = {}
        self.problems: list[Problem] = []
        self._place = ""
        self._length = 0

    def line(self, line: str, place: int) -> None:
        """Take what one line says."""
        self._place = f"第 {place} 行："
        listed = _LISTED.fullmatch(line)
        if listed is not None:
            self._listed(listed)
            return
        # A comma within brackets ends no clause.
        plain = re.sub(r"[（(][^）)]{0,40}[）)]", lambda found: re.sub("[，,；;]", "、", found.group()), line)
        heading = _HEADING.match(plain)
        if heading is not None:
            self.festival = heading.group(1).partition("、")[0].strip()
        for clause in re.split("[。，,；;：:]", plain):
            self._clause(clause)

    def _listed(self, found: re.Match[str]) -> None:
        parts = found.groups()
        first = self._date(*parts[:3])
        last = first if parts[3] is None else self._date(*parts[3:6])
        if first is None or last is None:
            return
        if parts[6]:
            self._check_weekday(first, parts[6])
        self._stretch(first, last, parts[7] == WORKED, parts[8] or "")

    def _clause(self, clause: str) -> None:
        length = _LENGTH.search(clause)
        if length is not None and self._length and int(length.group(1)) != self._length:
            self._tell(
                "calendar.length", f"写明共 {length.group(1)} 天，起止却是 {self._length} 天，请核对。"
            )
        working = "上班" in clause
        if not working and "放假" not in clause:
            return
        stretches: list[tuple[dt.date, dt.date]] = []
        year, month, behind = str(self.year), "", 0
        for found in _DATE.finditer(clause):
            year, month = found.group(1) or year, found.group(2) or month
            day = self._date(year, month, found.group(3))
            if day is None:
                return
            weekday = _WEEKDAY.search(found.group(4) or "")
            if weekday is not None:
                self._check_weekday(day, weekday.group(1))
            if stretches and "至" in clause[behind : found.start()]:
                stretches[-1] = (stretches[-1][0], day)
            else:
                stretches.append((day, day))
            behind = found.end()
        for first, last in stretches:
            self._stretch(first, last, working, self.festival)

    def _stretch(self, first: dt.date, last: dt.date, working: bool, festival: str) -> None:
        length = (last - first).days + 1
        if not 1 <= length <= MOST_DAYS or len(self.found) + length > MOST_DAYS:
            self._tell("calendar.most_days", f"{first} 至 {last} 不成一段，或过长，请核对。")
            return
        self._length = 0 if working else length
        for place in range(length):
            self._add(first + place * ONE_DAY, working, festival)

    def _add(self, day: dt.date, working: bool, festival: str) -> None:
        named = "" if working or not FIRST_DAY <= day <= LAST_DAY else statutory_days(day.year).get(day, "")
        entry = CalendarEntry(day=day, working=working, festival=(named or festival or "调休")[:30])
        former = self.found.setdefault(day, entry)
        if former.working != working:
            self._tell("calendar.twice", f"{day} 既写放假又写上班，请核对。")
        self.problems += entry_problems(entry, self.year, self._place)

    def _date(self, year: str, month: str, day: str) -> dt.date | None:
        try:
            return dt.date(int(year), int(month), int(day))
        except ValueError:
            self._tell("calendar.no_day", f"{year} 年 {month or '？'} 月 {day} 日不是日期，请核对。")
            return None

    def _check_weekday(self, day: dt.date, weekday: str) -> None:
        right = _WEEK[day.weekday()]
        if weekday.replace("天", "日") != right:
            text = f"{day} 是周{right}，写的却是周{weekday}，请核对年份和日期。"
            self._tell("calendar.weekday", text)

    def _tell(self, code: str, text: str) -> None:
        self.problems.append(_problem(code, f"{self._place}{text}"))


def _problem(code: str, text: str) -> Problem:
    return Problem(code=code, text=text, field="notice")
