"""Surveys: what a sample says, how sure that is, and which answers came twice."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from suite.contract.surveys import Satisfaction, SurveyMeasure

#: The normal quantile of a two-sided interval of 95 %.
Z95 = 1.959963984540054


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A share or mean of a sample in per cent, with its interval of 95 %."""

    size: int
    value: Decimal
    low: Decimal
    high: Decimal


def share_of(yes: int, size: int) -> Estimate | None:
    """The share of a sample that says so, with Wilson's interval; None of an empty sample.

    Wilson's keeps within 0 and 100 and is honest where a sample is small or unanimous.
    """
    if size <= 0:
        return None
    p, z2 = yes / size, Z95**2
    middle = (p + z2 / (2 * size)) / (1 + z2 / size)
    half = Z95 / (1 + z2 / size) * math.sqrt(p * (1 - p) / size + z2 / (4 * size**2))
    return Estimate(
        size=size,
        value=_percent(p),
        low=_percent(max(middle - half, 0)),
        high=_percent(min(middle + half, 1)),
    )


def mean_of(values: Sequence[float]) -> Estimate | None:
    """The mean of percentages, with the normal interval, kept within 0 and 100; None of an empty sample."""
    size = len(values)
    if not size:
        return None
    mean = math.fsum(values) / size
    spread = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (size - 1)) if size > 1 else 100.0
    half = Z95 * spread / math.sqrt(size)
    return Estimate(
        size=size,
        value=_percent(mean / 100),
        low=_percent(max(mean - half, 0) / 100),
        high=_percent(min(mean + half, 100) / 100),
    )


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What one answered questionnaire says. `device`: from where, empty where that is not known."""

    device: str
    asked: int
    correct: int
    satisfaction: str | None
    took_part: bool | None
    easy: bool | None


def estimates(answers: Sequence[Answer]) -> dict[SurveyMeasure, Estimate]:
    """What the answers that count come to; a measure about which nobody said anything is left out.

    知晓率 is the mean share of questions answered rightly, 满意率 (非常满意 + 满意) ÷ those who say anything.
    """
    told = [Satisfaction(item.satisfaction) for item in answers if item.satisfaction]
    took_part = [item.took_part for item in answers if item.took_part is not None]
    easy = [item.easy for item in answers if item.easy is not None]
    found = {
        SurveyMeasure.KNOWLEDGE: mean_of([100 * item.correct / item.asked for item in answers if item.asked]),
        SurveyMeasure.SATISFACTION: share_of(sum(item.satisfied for item in told), len(told)),
        SurveyMeasure.PARTICIPATION: share_of(sum(took_part), len(took_part)),
        SurveyMeasure.ACCESS: share_of(sum(easy), len(easy)),
    }
    return {measure: estimate for measure, estimate in found.items() if estimate is not None}


def repeats(devices: Iterable[str], known: Iterable[str] = ()) -> list[bool]:
    """Whether each answer comes from a device that answered before, in the list or among those `known`.

    An unknown device is nobody's and never repeats.
    """
    seen, found = set(known), []
    for device in devices:
        found.append(bool(device) and device in seen)
        seen.add(device)
    return found


def _percent(share: float) -> Decimal:
    return Decimal(str(round(share * 100, 2)))
