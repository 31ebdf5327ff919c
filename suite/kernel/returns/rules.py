"""What a return must satisfy: sums, bounds, leaps and bands. Pure: values in, problems out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from suite.contract.indicators import FigureSeries
from suite.contract.problems import Problem, Severity
from suite.contract.returns import FormCell, ReturnForm
from suite.kernel.indicators.periods import Period, parse_period, period_before, period_of

MOST = Decimal(10) ** 14
LONGEST_NOTE = 500
HAIR = Decimal("0.000001")


class ReturnState(StrEnum):
    """How far a return has come. Without one it is `MISSING`."""

    MISSING = "missing"
    OPEN = "open"
    SUBMITTED = "submitted"
    SENT_BACK = "sent_back"
    REVIEWED = "reviewed"


#: The states as they are called; what is typed and not handed in is not reported.
TITLES = {
    ReturnState.MISSING: "未报",
    ReturnState.OPEN: "未报",
    ReturnState.SUBMITTED: "已报",
    ReturnState.SENT_BACK: "退回",
    ReturnState.REVIEWED: "已审",
}
#: What counts: its figures stand among the recorded ones.
HANDED_IN = frozenset({ReturnState.SUBMITTED, ReturnState.REVIEWED})


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """What the checks are made against: the last period's numbers, what the suite counted, and the leap that
    asks for a reason, in per cent and at least so much."""

    last: Mapping[str, Decimal]
    known: Mapping[str, Decimal]
    jump: int
    least: int


def plain(value: Decimal) -> str:
    """A number as people write it: no zeros behind, thousands apart."""
    return f"{value.normalize():,f}"


def before(form: ReturnForm, period: Period) -> Period:
    """The period before another one."""
    return period_before(form.every, period)


def periods_until(form: ReturnForm, day: dt.date, number: int) -> list[Period]:
    """The last so many periods that may be handed in on a day, the newest first; none before the form's."""
    first = period_of(form.every, parse_period(form.since).first).first
    period = period_of(form.every, day)
    if not form.early and period.last >= day:
        period = before(form, period)
    found: list[Period] = []
    while len(found) < number and period.first >= first:
        found.append(period)
        period = before(form, period)
    return found


def with_sums(form: ReturnForm, values: Mapping[str, Decimal], period: Period) -> dict[str, Decimal]:
    """The numbers with those that follow from others or from the period; a sum wants all its parts."""
    found = {key: value for key, value in values.items() if not form.by_series[key].computed}
    for cell in form.cells:
        if cell.of_period is not None:
            found[cell.series] = cell.of_period(period.first, period.last)
        elif cell.sum_of and all(key in found for key in cell.sum_of):
            found[cell.series] = sum((found[key] for key in cell.sum_of), Decimal(0))
    return found


def sum_problems(
    form: ReturnForm, figures: Mapping[str, FigureSeries], typed: Mapping[str, Decimal], period: Period
) -> list[Problem]:
    """What was typed where a number follows from others or from the period, and is another one than that.

    It is told rather than reckoned anew, since either the total or one of its parts is wrong.
    """
    whole, found = with_sums(form, typed, period), []
    for cell in form.cells:
        said, value = typed.get(cell.series), whole.get(cell.series)
        if not cell.computed or said is None or _same(said, value):
            continue
        title = figures[cell.series].title
        if value is not None and cell.sum_of:
            parts = " + ".join(f"{figures[key].title} {plain(whole[key])}" for key in cell.sum_of)
            why = f"而 {parts} = {plain(value)}。请改正其中一项，或清空“{title}”，由系统相加"
        elif value is not None:
            why = f"而按本期的天数应为 {plain(value)}。请清空“{title}”，由系统计算"
        else:
            missing = "、".join(f"“{figures[key].title}”" for key in cell.sum_of if key not in whole)
            why = f"但它由各项相加得出，{missing}没有填写。请补齐，或清空“{title}”"
        text = f"“{title}”填为 {plain(said)}，{why}。"
        found.append(Problem(code="return.sum", text=text, field=cell.series))
    return found


def _same(said: Decimal, value: Decimal | None) -> bool:
    """Whether they are one number; a workbook adds up in binary and so misses by a hair."""
    return value is not None and said.is_finite() and value.is_finite() and abs(said - value) < HAIR


def problems_of(
    form: ReturnForm,
    figures: Mapping[str, FigureSeries],
    values: Mapping[str, Decimal],
    notes: Mapping[str, str],
    bounds: Bounds,
) -> list[Problem]:
    """Everything that keeps a return from being handed in; a reason that is given takes its question away.

    values are complete (`with_sums`).
    """
    found: list[Problem] = []
    for cell in form.cells:
        series, value, note = figures[cell.series], values.get(cell.series), notes.get(cell.series, "")
        if len(note) > LONGEST_NOTE:
            text = f"“{series.title}”的说明最多 {LONGEST_NOTE} 字，现有 {len(note)} 字。"
            found.append(Problem(code="text.long", text=text, field=cell.series))
        if value is None:
            if not cell.optional:
                text = f"“{series.title}”没有填写，请补齐；确实没有的填 0。"
                found.append(Problem(code="required", text=text, field=cell.series))
            continue
        wrong = [*_wrong(cell, series, value), *_above(cell, figures, value, values)]
        found += wrong
        if not wrong and not note.strip() and not cell.computed:
            found += questions(cell, series, value, bounds)
    return found


def _wrong(cell: FormCell, series: FigureSeries, value: Decimal) -> Iterator[Problem]:
    text = ""
    if not value.is_finite() or value < 0 or value >= MOST:
        text = f"“{series.title}”应为不小于 0 的数字。"
    elif series.yes_no and value not in (0, 1):
        text = f"“{series.title}”应填是或否。"
    elif value != value.quantize(Decimal(1).scaleb(-cell.places)):
        words = f"最多 {cell.places} 位小数" if cell.places else "整数"
        text = f"“{series.title}”应为{words}，现为 {plain(value)}。"
    elif series.most is not None and value > series.most:
        text = f"“{series.title}”以{series.unit}为单位，{plain(value)} 过大，请核对单位。"
    if text:
        yield Problem(code="return.value", text=text, field=cell.series)


def _above(
    cell: FormCell, figures: Mapping[str, FigureSeries], value: Decimal, values: Mapping[str, Decimal]
) -> Iterator[Problem]:
    whole = values.get(cell.at_most) if cell.at_most is not None else None
    if cell.at_most is None or whole is None or not (value.is_finite() and whole.is_finite()):
        return
    if value > whole:
        title = figures[cell.series].title
        text = f"“{title}”{plain(value)} 大于“{figures[cell.at_most].title}”{plain(whole)}，请核对。"
        yield Problem(code="return.above", text=text, field=cell.series)


def questions(cell: FormCell, series: FigureSeries, value: Decimal, bounds: Bounds) -> list[Problem]:
    """What is to be explained: a leap, a number out of its band, another one than the suite counted."""
    texts = []
    last, known = bounds.last.get(cell.series), bounds.known.get(cell.series)
    if known is not None and value != known:
        texts.append(("return.differs", f"系统按名册统计为 {plain(known)}，填报为 {plain(value)}"))
    if cell.jump and not series.yes_no and last is not None:
        leap = abs(value - last)
        if leap >= max(bounds.least, 1) and leap * 100 > last * bounds.jump:
            more = "增加" if value > last else "减少"
            share = f"{leap * 100 / last:.0f}%" if last else plain(leap)
            texts.append(("return.jump", f"比上期 {plain(last)} {more} {share}"))
    if (cell.low is not None and value < cell.low) or (cell.high is not None and value > cell.high):
        ends = [plain(end) if end is not None else "" for end in (cell.low, cell.high)]
        texts.append(("return.band", f"不在通常范围 {ends[0]} 至 {ends[1]} 之内"))
    return [
        Problem(
            code=code,
            text=f"“{series.title}”{text}，请核对或写明原因。",
            field=cell.series,
            severity=Severity.ERROR,
        )
        for code, text in texts[:1]
    ]
