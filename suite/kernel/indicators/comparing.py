"""Why a number is another one: two frozen sets compared row by row. Pure.

A row that is otherwise although nothing happened since is a correction: something about the earlier day was
recorded, changed or taken back later. Which it is, is told by the earlier day as it is known now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from suite.kernel.indicators.figures import FigureLine
from suite.kernel.indicators.frozen import (
    COUNTS,
    ONCE,
    Frozen,
    FrozenMember,
    FrozenPart,
    FrozenSide,
    FrozenValue,
    Told,
)
from suite.kernel.indicators.reading import Reading
from suite.kernel.indicators.rules import shown, shown_apart


class What(StrEnum):
    """What became of a row, a figure, or the definition."""

    JOINED = "joined"
    LEFT = "left"
    MOVED = "moved"
    CHANGED = "changed"
    FIGURE = "figure"
    PERIOD = "period"
    DEFINITION = "definition"
    SWITCH = "switch"
    TARGET = "target"

    @property
    def words(self) -> str:
        """The word for it."""
        return WORDS[self]


WORDS = {
    What.JOINED: "新计入",
    What.LEFT: "不再计入",
    What.MOVED: "换区县",
    What.CHANGED: "情况变化",
    What.FIGURE: "数字更正",
    What.PERIOD: "改用新数",
    What.DEFINITION: "口径修改",
    What.SWITCH: "口径开关",
    What.TARGET: "目标修改",
}

#: What stands for a row on the side where it does not count.
OUT = "未计入"


@dataclass(frozen=True, kw_only=True)
class RowChange:
    """One reason why a number moved. `side` is what it stands in; `id` that of the row, None for a figure.

    corrected: it is about the earlier day and was recorded later. period: that of a figure. why: what was
    recorded about the row.
    """

    what: What
    side: str
    kind: str | None
    id: int | None
    name: str
    district: str | None
    before: str
    after: str
    corrected: bool
    period: str | None = None
    why: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class IndicatorChange:
    """One indicator in both sets; None where one of them lacks it. least: its sides are not divided."""

    key: str
    no: str
    title: str
    unit: str
    before: Reading | None
    after: Reading | None
    rows: tuple[RowChange, ...]
    least: bool = False

    @property
    def moved(self) -> bool:
        """Whether the number itself is another one."""
        return self.before != self.after

    @property
    def told(self) -> str:
        """What became of it, in short, never nothing: 3 条，数字更正：常住人口."""
        rows = sum(row.id is not None for row in self.rows)
        others = dict.fromkeys(
            "：".join(word for word in (row.what.words, row.side or row.name) if word)
            for row in self.rows
            if row.id is None
        )
        if said := [*([f"{rows} 条"] if rows else []), *others]:
            return "，".join(said)
        if self.before is None or self.after is None:
            return "快照中没有这项指标" if self.before is None else "现在没有这项指标"
        return "数值由 {} 变为 {}".format(*self.said)

    @property
    def said(self) -> tuple[str, str]:
        """Both numbers for the eye. Where rounding would hide that they differ, with more decimals, else with
        what stands above and below the line."""
        before, after = self.before, self.after
        words = shown_apart(before.value if before else None, after.value if after else None)
        words = ("无" if before is None else words[0], "无" if after is None else words[1])
        if words[0] != words[1] or before is None or after is None or not self.moved:
            return words
        if self.least:
            return _with_all(words[0], before), _with_all(words[1], after)
        return _with_sides(words[0], before), _with_sides(words[1], after)


def _with_sides(words: str, reading: Reading) -> str:
    if reading.denominator is None:
        return f"{words}（{shown(reading.numerator)}）"
    return f"{words}（{shown(reading.numerator)} ÷ {shown(reading.denominator)}）"


def _with_all(words: str, reading: Reading) -> str:
    return f"{words}（共 {shown(reading.numerator)}，分属 {shown(reading.denominator)} 个）"


def compare(before: Frozen, after: Frozen, then: Frozen | None = None) -> tuple[IndicatorChange, ...]:
    """The indicators that differ, in the order of the later set.

    then: the day of `before` as it is known now; without it, both are of one day and all that differs is a
    correction.
    """
    olds, news = before.by_key, after.by_key
    thens = {} if then is None else then.by_key
    names = {**before.district_names, **after.district_names}
    found = []
    for key in dict.fromkeys([*news, *olds]):
        old, new = olds.get(key), news.get(key)
        known = (new or old) if then is None else thens.get(key)
        rows = () if old is None or new is None else tuple(_rows(old, new, known, names))
        shown = new or old
        if shown is None or (old is not None and new is not None and not rows and old.whole == new.whole):
            continue
        found.append(
            IndicatorChange(
                key=key,
                no=shown.no,
                title=shown.title,
                unit=shown.unit,
                before=None if old is None else old.whole,
                after=None if new is None else new.whole,
                rows=rows,
                least=shown.parts[shown.deciding].least,
            )
        )
    return tuple(found)


def _rows(
    old: FrozenValue, new: FrozenValue, then: FrozenValue | None, names: Mapping[str, str]
) -> Iterator[RowChange]:
    yield from _definition(old, new)
    for place, (was, now) in enumerate(zip(old.parts, new.parts, strict=False)):
        known = then.parts[place] if then is not None and place < len(then.parts) else None
        for side, later, sooner in _sides(was, now, known):
            if side.kind != later.kind:
                continue  # told by the switch or the definition
            yield from _members(side, later, sooner, names)
            yield from _figures(side, later, sooner, names)


def _sides(
    was: FrozenPart, now: FrozenPart, known: FrozenPart | None
) -> Iterator[tuple[FrozenSide, FrozenSide, FrozenSide | None]]:
    yield was.above, now.above, known.above if known else None
    if was.below is not None and now.below is not None:
        yield was.below, now.below, known.below if known else None


def _definition(old: FrozenValue, new: FrozenValue) -> Iterator[RowChange]:
    """What was changed of how it is counted, and of what is wanted."""
    if old.definition != new.definition or old.help != new.help:
        yield _told(
            What.DEFINITION,
            f"第 {old.definition} 版：{old.help}",
            f"第 {new.definition} 版：{new.help}",
        )
    before = {switch.key: switch for switch in old.switches}
    for switch in new.switches:
        former = before.get(switch.key)
        if former is not None and former.value != switch.value:
            yield _told(What.SWITCH, former.position, switch.position, switch.title)
    if old.deciding != new.deciding:
        return  # another part, with a target of its own
    if old.target is not None and new.target is not None and old.target.value != new.target.value:
        yield _told(What.TARGET, f"{old.target.value:f}", f"{new.target.value:f}")


def _told(what: What, before: str, after: str, name: str = "") -> RowChange:
    return RowChange(
        what=what,
        side="",
        kind=None,
        id=None,
        name=name,
        district=None,
        before=before,
        after=after,
        corrected=False,
    )


def _members(
    was: FrozenSide, now: FrozenSide, then: FrozenSide | None, names: Mapping[str, str]
) -> Iterator[RowChange]:
    olds = {member.id: member for member in was.members}
    news = {member.id: member for member in now.members}
    thens = None if then is None else {member.id: member for member in then.members}

    def change(
        what: What, old: FrozenMember | None, new: FrozenMember | None, before: str, after: str
    ) -> RowChange:
        member = new or old
        assert member is not None  # noqa: S101 - one of the two is what is told of
        known = new if thens is None else thens.get(member.id)
        return RowChange(
            what=what,
            side=was.title,
            kind=was.kind,
            id=member.id,
            name=member.name,
            district=member.district,
            before=before,
            after=after,
            corrected=not _same(known, old),
        )

    for number in sorted(olds.keys() | news.keys()):
        old, new = olds.get(number), news.get(number)
        if old is None and new is not None:
            yield change(What.JOINED, None, new, OUT, _counted(new, names))
        elif new is None and old is not None:
            yield change(What.LEFT, old, None, _counted(old, names), OUT)
        elif old is not None and new is not None:
            if old.district != new.district:
                yield change(What.MOVED, old, new, _place(old, names), _place(new, names))
            before, after = _differing(old, new)
            if before or after:
                yield change(What.CHANGED, old, new, before, after)


def _same(one: FrozenMember | None, other: FrozenMember | None) -> bool:
    """Whether a row counts the same; its name is not what counts."""
    if one is None or other is None:
        return one is other
    return one.district == other.district and not any(_differing(one, other))


def _place(member: FrozenMember, names: Mapping[str, str]) -> str:
    return names.get(member.district or "", member.district or "未填区县")


def _counted(member: FrozenMember, names: Mapping[str, str]) -> str:
    """What counted of a row; of a place, a case or an entry, of which nothing else did, where it lies."""
    return said(member) or f"计入{names.get(member.district or '', '')}"


def said(member: FrozenMember) -> str:
    """What counted of a row, in words."""
    return "，".join(f"{item.title}：{item.words}" for item in member.told)


def _differing(old: FrozenMember, new: FrozenMember) -> tuple[str, str]:
    once = {COUNTS: Told(COUNTS, ONCE, ONCE)}
    before, after = ({item.title: item for item in member.told} for member in (old, new))
    if COUNTS in {**before, **after}:
        before, after = once | before, once | after
    titles = [
        title
        for title in dict.fromkeys([*before, *after])
        if (before[title].value if title in before else None)
        != (after[title].value if title in after else None)
    ]

    def words(found: Mapping[str, Told]) -> str:
        return "，".join(f"{title}：{found[title].words if title in found else '未填'}" for title in titles)

    return words(before), words(after)


def _figures(
    was: FrozenSide, now: FrozenSide, then: FrozenSide | None, names: Mapping[str, str]
) -> Iterator[RowChange]:
    olds, news = _by_place(was.figures), _by_place(now.figures)
    unit = now.unit or was.unit  # a snapshot of before kept none of figures
    thens = None if then is None else _by_place(then.figures)
    for place in sorted(olds.keys() | news.keys(), key=lambda code: code or ""):
        old, new = olds.get(place, {}), news.get(place, {})
        known = new if thens is None else thens.get(place, {})
        for period in sorted(old.keys() | new.keys()):
            before, after = old.get(period), new.get(period)
            if _amount(before) == _amount(after):
                continue
            # Another period stands in its place, or joins what adds up; the same one is another value.
            what = What.FIGURE if before is not None and after is not None else What.PERIOD
            yield RowChange(
                what=what,
                side=was.title,
                kind=None,
                id=None,
                name=f"{names.get(place or '', place) if place else '全市'} {period}",
                district=place,
                before=_figure(before, unit),
                after=_figure(after, unit),
                corrected=_amount(known.get(period)) != _amount(before),
                period=period,
            )


def _by_place(lines: Sequence[FigureLine]) -> dict[str | None, dict[str, FigureLine]]:
    found: dict[str | None, dict[str, FigureLine]] = {}
    for line in lines:
        found.setdefault(line.district, {})[line.period] = line
    return found


def _amount(line: FigureLine | None) -> object:
    return None if line is None else line.value


def _figure(line: FigureLine | None, unit: str) -> str:
    return "" if line is None else f"{line.value.normalize():,f} {unit}".rstrip() + f"，{line.source}"
