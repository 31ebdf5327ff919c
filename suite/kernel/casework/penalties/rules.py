"""Whether what is to be imposed is what the article allows: pure functions over the catalogue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from suite.contract.penalties import Gravity, Measure, Organ, PenaltyKind, Sanction
from suite.contract.problems import Problem, ProblemKind
from suite.kernel.clocks.spans import months_after

#: What 行政处罚法第五十七条、第六十三条 name beside large fines: to be heard, and to be discussed by all.
HEAVY = frozenset({Sanction.SUSPENSION, Sanction.REVOCATION})
#: 加处罚款 by the day, up to the fine itself (行政处罚法第七十二条).
SURCHARGE = Decimal("0.03")


@dataclass(frozen=True, kw_only=True)
class Imposed:
    """What is to be imposed. Money in yuan; `months` of a suspension.

    prior_on: since when an earlier sanction counts, where the article asks for one: the day of its decision,
    of a suspension the day on which it ended. conduct_on: when the conduct ended.
    """

    gravity: Gravity
    sanctions: frozenset[Sanction]
    fine: Decimal | None = None
    illegal_income: Decimal | None = None
    confiscated: Decimal | None = None
    months: int | None = None
    prior_on: dt.date | None = None
    conduct_on: dt.date | None = None


def problems_of(
    entry: PenaltyKind,
    imposed: Imposed,
    *,
    subject: str | None,
    organ: Organ | None,
    parameters: Mapping[str, Any],
    on: dt.date,
) -> list[Problem]:
    """Everything that the article has against it; empty where it allows it.

    subject: the kind of record that is punished, None for somebody without a licence. organ: who decides,
    None while that is open.
    """
    return list(_problems(entry, imposed, subject, organ, parameters, on))


def _problems(
    entry: PenaltyKind,
    imposed: Imposed,
    subject: str | None,
    organ: Organ | None,
    parameters: Mapping[str, Any],
    on: dt.date,
) -> Iterator[Problem]:
    if (subject not in entry.subjects) if entry.subjects else (subject is not None):
        whom = "不适用于本案当事人" if entry.subjects else "只适用于没有执业许可的"
        yield _against(entry, "subject", f"“{entry.title}”{whom}。", "article")
        return
    if on < entry.valid_from:
        text = f"“{entry.title}”自 {entry.valid_from} 起施行，不能用于 {on} 的决定。"
        yield _against(entry, "valid_from", text, "article")
    if entry.alone and len(imposed.sanctions) > 1:
        yield _against(entry, "alone", "只能选择一种处分。", "sanctions")
    for sanction in sorted(imposed.sanctions, key=list(Sanction).index):
        yield from _sanction(entry, sanction, imposed, organ, parameters)
    yield from _amounts(entry, imposed, parameters)
    yield from _prior(entry, imposed, imposed.conduct_on or on)


def _sanction(
    entry: PenaltyKind,
    sanction: Sanction,
    imposed: Imposed,
    organ: Organ | None,
    parameters: Mapping[str, Any],
) -> Iterator[Problem]:
    """It is among what the article allows, for this gravity, and this organ may decide it."""
    measure = entry.by_sanction.get(sanction)
    if measure is None:
        allowed = "、".join(item.title for item in entry.measures)
        yield _against(entry, "sanction", f"没有“{sanction.words}”这一种，可以给予：{allowed}。", "sanctions")
        return
    if imposed.gravity not in measure.gravities:
        needed = "或".join(item.words for item in measure.gravities)
        text = f"“{measure.title}”只适用于{needed}的，本案情节为“{imposed.gravity.words}”。"
        yield _against(entry, "gravity", text, "sanctions")
    deciders = [
        item.organ for item in entry.deciders_of(sanction) if not item.switch or bool(parameters[item.switch])
    ]
    if organ is not None and organ not in deciders:
        words = "、".join(item.words for item in deciders) or "受委托的机关"
        yield _against(
            entry, "decider", f"“{measure.title}”由{words}决定，{organ.words}无权决定。", "sanctions"
        )


def _amounts(entry: PenaltyKind, imposed: Imposed, parameters: Mapping[str, Any]) -> Iterator[Problem]:
    """What has an amount has one, within the range; what is not imposed has none."""
    for sanction, field, title, amount in (
        (Sanction.FINE, "fine", "罚款数额", imposed.fine),
        (Sanction.CONFISCATION, "confiscated", "没收违法所得数额", imposed.confiscated),
        (Sanction.SUSPENSION, "months", "期间（月）", imposed.months),
    ):
        measure = entry.by_sanction.get(sanction)
        if sanction not in imposed.sanctions:
            if amount:
                yield _against(entry, "amount", f"写了{title}而没有选择相应的种类，请核对。", field)
            continue
        if measure is None:
            continue
        if not amount or amount < 0:
            yield _against(entry, "amount", f"请填写“{measure.title}”的{title}，应大于零。", field)
            continue
        if sanction is Sanction.FINE and measure.times is not None:
            yield from _multiple(entry, measure, Decimal(amount), imposed.illegal_income)
        least, most = (bound(value, parameters) for value in (measure.least, measure.most))
        if (least is not None and amount < least) or (most is not None and amount > most):
            yield _against(
                entry,
                "range",
                f"“{measure.title}”{range_words(measure, parameters)}，现为 {amount:,}{unit_of(measure)}。",
                field,
            )


def _multiple(
    entry: PenaltyKind, measure: Measure, fine: Decimal, income: Decimal | None
) -> Iterator[Problem]:
    low, high = measure.times or (0, 0)
    if income is None or income <= 0:
        text = f"“{measure.title}”按违法所得的 {low} 至 {high} 倍计算，请先填写违法所得。"
        yield _against(entry, "income", text, "illegal_income")
    elif not low * income <= fine <= high * income:
        text = (
            f"“{measure.title}”应为违法所得 {income:,} 元的 {low} 至 {high} 倍"
            f"（{low * income:,} 至 {high * income:,} 元），现为 {fine:,} 元。"
        )
        yield _against(entry, "multiple", text, "fine")


def _prior(entry: PenaltyKind, imposed: Imposed, on: dt.date) -> Iterator[Problem]:
    """Where the article punishes who was punished before, that lies not too long ago."""
    if entry.repeat is None:
        return
    earlier = "、".join(item.words for item in entry.repeat.sanctions)
    words = f"适用本条须在 {entry.repeat.months} 个月内受过{earlier}的处罚"
    if imposed.prior_on is None:
        yield _against(entry, "prior", f"{words}，请填写前次处罚之日。", "prior_on")
    elif on > months_after(imposed.prior_on, entry.repeat.months):
        text = f"{words}，前次为 {imposed.prior_on}，已经超过。"
        yield _against(entry, "prior", text, "prior_on")


def _against(entry: PenaltyKind, code: str, text: str, field: str) -> Problem:
    return Problem(
        code=f"penalty.{code}",
        text=f"{entry.article}：{text}",
        kind=ProblemKind.FORBIDDEN,
        field=field,
        article=entry.article,
    )


def bound(value: int | str | None, parameters: Mapping[str, Any]) -> int | None:
    """A bound of a range as a number; one that is kept as a parameter has its value of the day."""
    return int(parameters[value]) if isinstance(value, str) else value


def unit_of(measure: Measure) -> str:
    """What the range of a measure counts."""
    return " 个月" if measure.sanction is Sanction.SUSPENSION else " 元"


def range_words(measure: Measure, parameters: Mapping[str, Any]) -> str:
    """The range in words: 1,000 至 5,000 元, 不超过 5,000 元, 违法所得 1 至 3 倍，不超过 30,000 元."""
    least, most = (bound(value, parameters) for value in (measure.least, measure.most))
    unit, parts = unit_of(measure), []
    if measure.times is not None:
        parts.append(f"违法所得 {measure.times[0]} 至 {measure.times[1]} 倍")
    if most == 0:
        parts.append("数额尚未核实，须先在参数中设定")
    elif least is not None and most is not None:
        parts.append(f"{least:,} 至 {most:,}{unit}")
    elif most is not None:
        parts.append(f"不超过 {most:,}{unit}")
    elif least is not None:
        parts.append(f"不少于 {least:,}{unit}")
    return "，".join(parts)


def imposed_words(entry: PenaltyKind, imposed: Imposed) -> str:
    """What is imposed, in the words of the article: 停止执业 3 个月、罚款 5,000 元."""
    amounts = {
        Sanction.SUSPENSION: f" {imposed.months} 个月",
        Sanction.FINE: f" {imposed.fine.normalize():,f} 元" if imposed.fine else "",
    }
    return "、".join(
        measure.title + amounts.get(measure.sanction, "")
        for measure in entry.measures
        if measure.sanction in imposed.sanctions
    )


def hearing_due(imposed: Imposed, *, individual: bool, parameters: Mapping[str, Any]) -> bool:
    """Whether the party may ask for a hearing (行政处罚法第六十三条): suspension, revocation, large sums."""
    threshold = int(parameters[f"core.penalty.hearing_{'person' if individual else 'body'}"])
    large = any((amount or 0) >= threshold for amount in (imposed.fine, imposed.confiscated))
    return large or bool(imposed.sanctions & HEAVY)


def heavier(decided: Imposed, notified: Imposed) -> list[str]:
    """In what a decision goes beyond what was notified, by field (行政处罚法第四十五条: 不得加重)."""
    found = ["sanctions"] if decided.sanctions - notified.sanctions else []
    for field in ("fine", "confiscated", "months"):
        if (getattr(decided, field) or 0) > (getattr(notified, field) or 0):
            found.append(field)
    return found


def time_barred(ended_on: dt.date, found_on: dt.date, *, grave: bool, parameters: Mapping[str, Any]) -> bool:
    """Whether the conduct was found too late (行政处罚法第三十六条): two years, five for life and health.

    ended_on: when the conduct, or a continuous one, ended. found_on: when it was found.
    """
    key = "core.penalty.grave_time_bar_years" if grave else "core.penalty.time_bar_years"
    return found_on > months_after(ended_on, 12 * int(parameters[key]))


def suspension_until(begins: dt.date, months: int) -> dt.date:
    """The last day of a suspension that begins on a day: three months from 10 March end on 9 June."""
    return months_after(begins, months) - dt.timedelta(days=1)


def surcharge(fine: Decimal, pay_by: dt.date, on: dt.date) -> Decimal:
    """What is owed on a day beside an unpaid fine: three per cent a day, at most the fine (第七十二条)."""
    days = max(0, (on - pay_by).days)
    return min(fine, (fine * SURCHARGE * days).quantize(Decimal("0.01")))
