"""What a report says, from the frozen numbers alone: pure, so that it can be said again years later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from suite.contract.indicators import Nature
from suite.kernel.documents.paper import printed_day
from suite.kernel.indicators.frozen import Frozen, FrozenValue
from suite.kernel.indicators.rules import State, shown

STATES = {
    State.MET: "达标",
    State.ON_TRACK: "按进度",
    State.BEHIND: "未达标",
    State.NO_DATA: "无数据",
    None: "未设目标",
}
SIGNS = {"up": "≥", "down": "≤", "equal": "≈"}
HEADINGS = ("序号", "指标", "性质", "目标", "现值", "单位", "状态")
SWITCHES = ("统计口径", "取值", "适用指标")
SOURCES = ("序号", "指标", "取数期间、来源、更正情况和说明")
#: So many districts are named at each end.
MOST_NAMED = 3


@dataclass(frozen=True, kw_only=True)
class ReportContent:
    """A report in words and rows. `former` is the set that it compares with; `basis` tells by which frozen
    set it was made, with its digest. zones: the districts that are no 县（市、区）."""

    title: str
    organ: str
    recipient: str
    number: str
    day: dt.date
    frozen: Frozen
    former: Frozen | None
    basis: tuple[tuple[str, str], ...]
    zones: frozenset[str] = frozenset()


def amount(value: FrozenValue, number: Fraction | None) -> str:
    """A value with its unit, as running text has it."""
    return "无数据" if number is None else f"{shown(number)}{value.unit}"


def target_words(value: FrozenValue) -> str:
    """A target with its sign."""
    if value.target is None:
        return ""
    unit = "%" if value.unit == "%" else ""
    return f"{SIGNS[value.direction]}{value.target.value.normalize():,f}{unit}"


def moved_rows(frozen: Frozen, former: Frozen | None) -> tuple[tuple[str, ...], ...]:
    """The rows of those numbers that are not what they were, in whole or in a district; of all without a
    former set."""
    before = former.by_key if former is not None else {}
    return tuple(
        row
        for row, value in zip(rows_of(frozen), frozen.values, strict=True)
        if (was := before.get(value.key)) is None
        or (was.whole, was.by_district) != (value.whole, value.by_district)
    )


def judged_anew(frozen: Frozen, former: Frozen | None) -> tuple[str, ...]:
    """What is said of numbers that stand otherwise only since they are judged by the share of the year, which
    the set of before was not."""
    before = former.by_key if former is not None else {}
    return tuple(
        f"{value.title}原报按全年的目标判断为{STATES[was.state]}，附件按时间进度判断为{STATES[value.state]}。"
        for value in frozen.values
        if (was := before.get(value.key)) is not None
        and was.pace is None
        and value.pace is not None
        and was.state is not value.state
        and (was.whole, was.by_district) != (value.whole, value.by_district)
    )


def rows_of(frozen: Frozen) -> tuple[tuple[str, ...], ...]:
    """The table of all numbers, in the order of the set."""
    return tuple(
        (
            value.no,
            value.title,
            str(value.target.nature or "") if value.target else "",
            target_words(value),
            shown(value.whole.value),
            value.unit,
            STATES[value.state],
        )
        for value in frozen.values
    )


def sources_of(frozen: Frozen) -> tuple[tuple[str, ...], ...]:
    """What there is to say of the single numbers: from which periods and returns, what was corrected, which
    targets do not agree."""
    return tuple(
        (value.no, value.title, "；".join(note.rstrip("。") for note in value.notes))
        for value in frozen.values
        if value.notes
    )


def switches_of(frozen: Frozen) -> tuple[tuple[str, ...], ...]:
    """By which switches the numbers were counted, and which numbers each decides; those of all without."""
    found: dict[tuple[str, str], list[str]] = {}
    for value in frozen.values:
        for switch in value.switches:
            found.setdefault((switch.title, switch.position), []).append(value.no or value.title)
    return tuple(
        (title, words, "全部" if len(of) == len(frozen.values) else "、".join(of))
        for (title, words), of in sorted(found.items())
    )


def paragraphs_of(content: ReportContent) -> tuple[str, ...]:
    """The text of a report."""
    return tuple(_paragraphs(content))


def _paragraphs(content: ReportContent) -> Iterator[str]:
    frozen = content.frozen
    aimed = [value for value in frozen.values if value.target is not None]
    counted = {state: [value for value in aimed if value.state is state] for state in State}
    yield (
        f"截至{printed_day(frozen.as_of)}，{_set_words(frozen)}纳入监测的指标共{len(aimed)}项，"
        f"其中达标{len(counted[State.MET])}项，按进度推进{len(counted[State.ON_TRACK])}项，"
        f"未达标{len(counted[State.BEHIND])}项，无数据{len(counted[State.NO_DATA])}项。现将有关情况报告如下。"
    )
    yield "# 一、约束性指标"
    binding = [value for value in aimed if value.target and value.target.nature is Nature.BINDING]
    if binding:
        met = sum(value.state is State.MET for value in binding)
        yield f"约束性指标{len(binding)}项，达标{met}项。" + "；".join(map(_in_words, binding)) + "。"
    else:
        yield "本期没有可以列报的约束性指标。"
    yield "# 二、未达标指标"
    behind = counted[State.BEHIND]
    if not behind:
        yield "本期没有未达标的指标。"
    for place, value in enumerate(behind, 1):
        yield f"{place}．{_in_words(value)}。{value.formula}。{_districts(content, value)}"
    yield "# 三、与上期相比"
    yield from _against(content)
    yield "# 四、需要说明的事项"
    yield from _notes(frozen, counted[State.NO_DATA])


def _set_words(frozen: Frozen) -> str:
    return f"《{frozen.set.title}》" if frozen.set else ""


def _in_words(value: FrozenValue) -> str:
    wanted = f"，目标{target_words(value)}" if value.target else ""
    if value.pace is not None and value.state is not State.MET:
        wanted += f"，按时间进度应达到{amount(value, value.pace)}"
    return f"{value.title}{amount(value, value.whole.value)}{wanted}，{STATES[value.state]}"


def _districts(content: ReportContent, value: FrozenValue) -> str:
    found = {
        place: reading.value
        for place, reading in value.by_district
        if place is not None and reading.value is not None
    }
    names = content.frozen.district_names
    known = [(names.get(place, place), number) for place, number in found.items()]
    if len(known) <= MOST_NAMED or len({number for _, number in known}) == 1:
        return ""
    ordered = sorted(known, key=lambda pair: (-pair[1], pair[0]))
    most, least = ordered[0][1], ordered[-1][1]
    # What is as low as any is not among the higher ones, and the other way round.
    first = [pair for pair in ordered[:MOST_NAMED] if pair[1] > least]
    last = [pair for pair in ordered if pair[1] < most][-MOST_NAMED:]
    equal = [place for place, number in found.items() if number == least]
    if len(equal) > MOST_NAMED:
        zones = sum(place in content.zones for place in equal)
        counties = len(equal) - zones
        among = [
            f"{number}个{what}" for number, what in ((counties, "县（市、区）"), (zones, "功能区")) if number
        ]
        return f"较高的是{_named(first)}，{'、'.join(among)}为{shown(least)}。"
    return f"较高的是{_named(first)}，较低的是{_named(last)}。"


def _named(found: Sequence[tuple[str, Fraction]]) -> str:
    return "、".join(f"{name}（{shown(number)}）" for name, number in found)


def _against(content: ReportContent) -> Iterator[str]:
    if content.former is None:
        yield "本期是首次报送，没有可以比较的上期数。"
        return
    former = content.former.by_key
    moved = []
    for value in content.frozen.values:
        was = former.get(value.key)
        if was is None or was.whole.value == value.whole.value:
            continue
        before, now = was.whole.value, value.whole.value
        if shown(before) == shown(now):
            continue  # too little to be seen in two decimals
        if before is None or now is None:
            moved.append(f"{value.title}由{amount(value, before)}变为{amount(value, now)}")
        else:
            way = "上升" if now > before else "下降"
            moved.append(f"{value.title}由{amount(value, before)}{way}为{amount(value, now)}")
    yield (
        f"与{printed_day(content.former.as_of)}的数相比，{len(moved)}项指标有变化：" + "；".join(moved) + "。"
        if moved
        else f"与{printed_day(content.former.as_of)}的数相比，各项指标没有变化。"
    )


def _notes(frozen: Frozen, missing: Sequence[FrozenValue]) -> Iterator[str]:
    if missing:
        named = "；".join(value.title + (f"（{value.notes[0]}）" if value.notes else "") for value in missing)
        yield f"无数据的指标：{named}。"
    sources, switches = sources_of(frozen), switches_of(frozen)
    if sources:
        yield "各项指标取数的期间、来源、更正情况和对目标的说明见附件2。"
    if switches:
        yield f"本报告采用的统计口径见附件{3 if sources else 2}。"
    yield "指标数值由名册、办件和已录入的统计数字计算得出，计算依据已随本报告冻结保存，可按条目核对。"
    yield "特此报告。"
