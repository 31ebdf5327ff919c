"""From totals to grades, ranks and outliers: who is compared with whom, and where a quota binds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median, stdev

from suite.contract.assessment import AssessmentGrade, AssessmentRecords, AssessmentRule, GradeRule

LEAST_FOR_OUTLIERS = 5
DEVIATIONS = Decimal(2)
FEW = 10


@dataclass(frozen=True, kw_only=True)
class Placed:
    """The grade that somebody has after the quotas. `squeezed`: points led to a better one that was full."""

    grade: AssessmentGrade
    squeezed: bool = False


def with_quotas(
    totals: Mapping[int, Decimal],
    grades: Sequence[AssessmentGrade],
    places: Mapping[str, int],
    vetoed: frozenset[int] = frozenset(),
) -> Mapping[int, Placed]:
    """Everybody's grade where there are but so many places of one (by grade key; below 0 as 0).

    Places go by the totals, the highest first. Those with equal totals stand together: where they do not all
    find a place none of them takes it, since nothing of the sheet says who should; each of them is `squeezed`
    into the next grade, where the same is asked again.
    """
    waiting = {who: total for who, total in totals.items() if who not in vetoed}
    placed = {who: Placed(grade=grades[-1]) for who in vetoed if who in totals}
    squeezed: set[int] = set()
    for grade in grades[:-1]:
        if grade.at_least is None:
            continue
        reaching = [who for who, total in waiting.items() if total >= grade.at_least]
        if grade.key in places:
            kept = _within(reaching, waiting, places[grade.key])
            squeezed |= set(reaching) - kept
        else:
            kept = set(reaching)
        for who in kept:
            placed[who] = Placed(grade=grade, squeezed=who in squeezed)
            del waiting[who]
    for who in waiting:
        placed[who] = Placed(grade=grades[-1], squeezed=who in squeezed)
    return placed


def _within(reaching: Sequence[int], totals: Mapping[int, Decimal], places: int) -> set[int]:
    """Who finds a place, those with equal totals together or not at all."""
    kept: set[int] = set()
    for total in sorted({totals[who] for who in reaching}, reverse=True):
        together = [who for who in reaching if totals[who] == total]
        if len(kept) + len(together) > places:
            break
        kept |= set(together)
    return kept


def ranks(totals: Mapping[int, Decimal]) -> Mapping[int, int]:
    """Everybody's place, the highest total first; equal totals share a place and the next one is left out."""
    ordered = sorted(totals.values(), reverse=True)
    first: dict[Decimal, int] = {}
    for place, total in enumerate(ordered, 1):
        first.setdefault(total, place)
    return {who: first[total] for who, total in totals.items()}


def outliers(points: Mapping[int, Decimal]) -> frozenset[int]:
    """Who lies two standard deviations or more from the median of those like them; nobody among few.

    Where a tenth and more would, the item simply divides them (all or nothing), and nobody stands out.
    """
    if len(points) < LEAST_FOR_OUTLIERS:
        return frozenset()
    middle, spread = median(points.values()), stdev(points.values())
    if not spread:
        return frozenset()
    found = frozenset(who for who, value in points.items() if abs(value - middle) >= DEVIATIONS * spread)
    return found if len(found) * FEW <= len(points) else frozenset()


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """The grade that the records lead to, with every rule that speaks for it or against a better one."""

    grade: AssessmentGrade
    reasons: tuple[AssessmentRule, ...] = ()


def proposed(
    records: AssessmentRecords,
    grades: Sequence[AssessmentGrade],
    rules: Sequence[GradeRule],
    usual: str | None = None,
) -> Proposal:
    """The grade that the records lead to: the worst of those that rules propose, the usual one where none
    does, which is the best unless it is said."""
    order = [grade.key for grade in grades]
    speaking = [rule for rule in rules if rule.holds(records)]
    place = max((order.index(rule.grade) for rule in speaking), default=order.index(usual) if usual else 0)
    return Proposal(grade=grades[place], reasons=tuple(speaking))


def no_better(
    grade: AssessmentGrade,
    records: AssessmentRecords,
    grades: Sequence[AssessmentGrade],
    rules: Sequence[GradeRule],
) -> Proposal:
    """What points led to, or the worse grade that the records lead to, with the rules that make it worse."""
    order = [item.key for item in grades]
    place = order.index(grade.key)
    worse = [rule for rule in rules if order.index(rule.grade) > place and rule.holds(records)]
    places = [order.index(rule.grade) for rule in worse]
    return Proposal(grade=grades[max([place, *places])], reasons=tuple(worse))


def first_rule(records: AssessmentRecords, rules: Sequence[AssessmentRule]) -> AssessmentRule | None:
    """The first rule that holds: it is the one that is named."""
    return next((rule for rule in rules if rule.holds(records)), None)
