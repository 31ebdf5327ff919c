"""What is said of a number: its reckoning in words, and the notes that stand beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from suite.contract.indicators import (
    Added,
    Cases,
    Entries,
    Indicator,
    Least,
    Members,
    Part,
    Places,
    Ratio,
    Side,
    sides_of,
)
from suite.kernel.indicators.judging import Judge
from suite.kernel.indicators.reading import MeasureReading, Reading
from suite.kernel.indicators.rules import shown
from suite.kernel.indicators.view import View


def formula_of(judge: Judge, readings: Sequence[MeasureReading]) -> str:
    """The reckoning of every part in words, with its numbers."""
    return "；".join(
        f"{part.title}：{words}" if part.title else words
        for part, reading in zip(judge.parts, readings, strict=True)
        if (words := _formula(judge.view, part, reading.whole))
    )


def notes_of(judge: Judge, readings: Sequence[MeasureReading], whole: Reading) -> tuple[str, ...]:
    """What is to be known of the number; `whole` is what was read of the part that decides."""
    view, indicator, parts = judge.view, judge.indicator, judge.parts
    everywhere = view.reader(indicator).places.everywhere
    return (
        *_warnings(view, whole, indicator),
        *(_nothing_below(parts, [reading.whole for reading in readings]) if everywhere else ()),
        # Why there is no number is told first: it stands where the number would.
        *dict.fromkeys(
            note
            for reading in sorted(readings, key=lambda one: one.whole.value is not None)
            for note in reading.notes
        ),
        *(
            words
            for part, reading in zip(parts, readings, strict=True)
            for words in _pace_words(judge, reading.whole, part)
        ),
        *_place_words(view, indicator),
        *_remarks(view, indicator),
    )


def _formula(view: View, part: Part, reading: Reading) -> str:
    """The reckoning in words: 执业律师 5,000 人 ÷ 常住人口 1,123.51 万人."""
    above, below = sides_of(part.measure)
    first = _side_words(view, above, reading.numerator)
    match part.measure:
        case Ratio() if below is not None:
            per = {1: "", 100: ""}.get(part.measure.per, f" × {part.measure.per:,}")
            return f"{first} ÷ {_side_words(view, below, reading.denominator)}{per}"
        case Least():
            among = below.title if isinstance(below, Members) else "县（市、区）"
            number = shown(reading.denominator)
            return f"{first}，分属 {number} 个{among}，取最少的一个"
    return first


def _side_words(view: View, side: Side, number: Any) -> str:
    side = view.chosen(side)
    if isinstance(side, Cases | Entries | Places | Added):
        return f"{side.title} {shown(number)} {side.unit}"
    if isinstance(side, Members):
        kind = view.catalog.kinds.get(side.kind)
        return f"{side.title} {shown(number)} {kind.unit if kind else ''}".rstrip()
    series = view.catalog.figures[side.series]
    return f"{series.title} {shown(number)} {series.unit}"


def _pace_words(judge: Judge, reading: Reading, part: Part) -> Iterator[str]:
    """How a part that adds up within the year is judged before its end."""
    pace = judge.pace(reading, part)
    if pace is not None:
        until = judge.view.reader(judge.indicator).told_until(part.measure)
        unit = part.unit or judge.indicator.unit
        yield f"当年累计至 {until}，按时间进度应达到 {shown(pace)}{'' if unit == '%' else ' '}{unit}"


def _place_words(view: View, indicator: Indicator) -> Iterator[str]:
    """Of which places a number is, where they are others than the board's."""
    here = view.bound_in(indicator.owner)
    if view.question.district is None and here != view.bound:
        names = "、".join(view.districts[code].short_name for code in here)
        yield f"这一项只计{names}" if here else "这一项计全市"


def _warnings(view: View, reading: Reading, indicator: Indicator) -> tuple[str, ...]:
    """That a number has come to where it is to be warned of."""
    if indicator.warning is None or reading.value is None:
        return ()
    line = Fraction(str(view.parameters[indicator.warning]))
    if reading.value < line:
        return ()
    title = view.catalog.parameters[indicator.warning].title
    return (f"已达到{title} {view.parameters[indicator.warning]}{indicator.unit}",)


def _remarks(view: View, indicator: Indicator) -> tuple[str, ...]:
    """What is to be said of the targets of the set that is in force."""
    in_force = view.set is not None and any(one.set == view.set.name for one in indicator.targets)
    return (indicator.remark,) if indicator.remark and in_force else ()


def _nothing_below(parts: Sequence[Part], readings: Sequence[Reading]) -> Iterator[str]:
    """Which of several parts have nothing to divide by, so that there is no number."""
    for part, reading in zip(parts, readings, strict=True):
        if part.title and reading.denominator == 0 and isinstance(part.measure, Ratio):
            yield f"{part.title}：分母为 0，无数据"
