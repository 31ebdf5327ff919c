"""From what was found to points, and from points to a total: pure arithmetic of score sheets.

All points are `Decimal`, rounded once to hundredths at the end, half up, as a clerk rounds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations

from suite.contract.assessment import Criterion, SheetMeasure, SheetPart

CENT = Decimal("0.01")
ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)


def rounded(points: Decimal) -> Decimal:
    """To hundredths, half up."""
    return points.quantize(CENT, ROUND_HALF_UP)


def points_of(criterion: Criterion, found: Decimal, due: Decimal | None = None) -> Decimal | None:
    """The points that a finding earns; None where nothing was due, so that the item does not apply.

    found: parts that are there, things done, counted things, a rating between 0 and 1, or a percentage.
    due: of a ratio, how many there should be.
    """
    match criterion.measure:
        case SheetMeasure.RATIO:
            if not due:
                return None
            share = found / due
        case SheetMeasure.RATING:
            share = found
        case SheetMeasure.MEAN | SheetMeasure.COUNT | SheetMeasure.THRESHOLD:
            share = found / criterion.full
    return rounded(criterion.most * min(max(share, ZERO), ONE))


@dataclass(frozen=True, kw_only=True)
class Settled:
    """What several independent scores come to. `asks_another`: they differ too far, one more is wanted.
    `applies`: whether the item does, which most of the scorers say."""

    points: Decimal | None
    asks_another: bool = False
    applies: bool = True


def settled(most: Decimal, given: Sequence[Decimal | None], wanted: int, gap: Decimal) -> Settled:
    """What the scores of scorers who do not see each other's come to; None: the item does not apply.

    Two that differ by no more than `gap` (a share of the full points) come to their mean. Where they differ
    more a third is asked, and the two that lie nearest to each other count; of two such pairs the better one,
    so that a doubt is nobody's loss. Where one of two says that the item does not apply a third is asked.
    """
    points = [value for value in given if value is not None]
    absent = len(given) - len(points)
    if len(given) < wanted:
        return Settled(points=None)
    if absent > len(points):
        return Settled(points=None, applies=False)
    if absent == len(points):
        return Settled(points=None, asks_another=True)
    if len(points) == 1:
        return Settled(points=rounded(points[0]))
    low, high = min(points), max(points)
    if len(points) == 2:
        if high - low > gap * most:
            return Settled(points=None, asks_another=True)
        return Settled(points=rounded((low + high) / 2))
    nearest = min(combinations(sorted(points), 2), key=lambda pair: (pair[1] - pair[0], -pair[0]))
    return Settled(points=rounded(sum(nearest, ZERO) / 2))


@dataclass(frozen=True, kw_only=True)
class Total:
    """A total, and how it came about. `raw` is what the items earned; `adjusted` with those that do not apply
    weighted away; `final` with bonus and deduction. `missing` are items that nobody scored yet."""

    raw: Decimal
    adjusted: Decimal
    bonus: Decimal
    deduction: Decimal
    final: Decimal
    missing: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether every item has its points or does not apply."""
        return not self.missing


def total_of(
    criteria: Sequence[Criterion],
    points: Mapping[str, Decimal],
    inapplicable: frozenset[str] = frozenset(),
    *,
    bonus_most: Decimal = ZERO,
    deduction_most: Decimal = ZERO,
) -> Total:
    """The total of a sheet.

    An item that does not apply (不适用) gives its weight to the others of its heading; a heading without any
    item that applies gives it to the other headings. Bonus and deduction are bounded, and so is the total:
    from 0 to the full points of the sheet and the greatest bonus.
    """
    headings: dict[str, list[Criterion]] = {}
    for item in criteria:
        if item.part is SheetPart.ITEM:
            headings.setdefault(item.heading, []).append(item)
    raw, weighted, counted, full = ZERO, ZERO, ZERO, ZERO
    missing: list[str] = []
    for items in headings.values():
        weight = sum((item.most for item in items), ZERO)
        full += weight
        applying = [item for item in items if item.key not in inapplicable]
        if not applying:
            continue
        missing += [item.key for item in applying if item.key not in points]
        earned = sum((min(points.get(item.key, ZERO), item.most) for item in applying), ZERO)
        raw += earned
        counted += weight
        weighted += earned * weight / sum((item.most for item in applying), ZERO)
    adjusted = weighted * full / counted if counted else ZERO
    bonus = min(_sum_of(criteria, points, SheetPart.BONUS), bonus_most)
    deduction = min(_sum_of(criteria, points, SheetPart.DEDUCTION), deduction_most)
    return Total(
        raw=rounded(raw),
        adjusted=rounded(adjusted),
        bonus=rounded(bonus),
        deduction=rounded(deduction),
        final=rounded(min(max(adjusted + bonus - deduction, ZERO), full + bonus_most)),
        missing=tuple(missing),
    )


def _sum_of(criteria: Sequence[Criterion], points: Mapping[str, Decimal], part: SheetPart) -> Decimal:
    return sum(
        (min(points.get(item.key, ZERO), item.most) for item in criteria if item.part is part),
        ZERO,
    )
