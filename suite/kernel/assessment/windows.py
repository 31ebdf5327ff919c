"""When the steps of a season are taken (办理期间), what is left of it, and what is overdue: pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from suite.contract.assessment import AssessmentScheme, SchemeStep


@dataclass(frozen=True, kw_only=True)
class StepWindow:
    """The days of a step, both inclusive; `first` is None where only its last day is set."""

    first: dt.date | None
    last: dt.date

    def overdue(self, today: dt.date) -> int:
        """By how many days it is over, 0 while it is not."""
        return max((today - self.last).days, 0)

    def words(self, today: dt.date) -> str:
        """How it stands: 逾期 237 日, 今天到期, 剩余 5 日, or when it begins."""
        if self.first is not None and today < self.first:
            return f"{self.first} 开始"
        left = (self.last - today).days
        if left < 0:
            return f"逾期 {-left:,} 日"
        return f"剩余 {left:,} 日" if left else "今天到期"

    @property
    def span(self) -> str:
        """Its days in words."""
        return f"{self.first} 至 {self.last}" if self.first is not None else f"截至 {self.last}"


def window_of(step: SchemeStep, last: dt.date, parameters: Mapping[str, object]) -> StepWindow | None:
    """The days of a step of a season whose period ends on `last`: its parameters name month and day of the
    year after. Where both a window and a last day are set, the step ends on its own day."""
    year = last.year + 1
    first = until = None
    if step.window is not None:
        begun, _, ended = str(parameters[step.window]).partition("..")
        first, until = _day(year, begun), _day(year, ended)
    if step.by is not None:
        until = _day(year, str(parameters[step.by]))
    return StepWindow(first=first, last=until) if until is not None else None


def windows_of(
    scheme: AssessmentScheme, last: dt.date, parameters: Mapping[str, object]
) -> dict[str, StepWindow]:
    """Step → its days, of the steps that have any."""
    found = {step.key: window_of(step, last, parameters) for step in scheme.steps}
    return {key: window for key, window in found.items() if window is not None}


def late_of(waiting: Mapping[str, int], windows: Mapping[str, StepWindow], today: dt.date) -> dict[str, int]:
    """Step → how many of a running season still wait for it though its days are over."""
    return {
        key: waiting[key] for key, window in windows.items() if window.overdue(today) and waiting.get(key)
    }


def _day(year: int, text: str) -> dt.date:
    month, _, day = text.strip().partition("-")
    return dt.date(year, int(month), int(day))
