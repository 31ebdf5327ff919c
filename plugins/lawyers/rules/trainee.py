"""Rules across the fields of a trainee."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from plugins.lawyers.rules.findings import LAW, error, warning
from suite.api import CheckContext, Problem, months_after


def internship_long_enough(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """An internship lasts a year at least (律师法第五条); an extension ends after it."""
    started, ends, extended = (values.get(key) for key in ("started_on", "ends_on", "extended_until"))
    found = []
    if started is not None and ends is not None:
        months = context.number("lawyers.lawyer.internship_months")
        if ends <= started:
            text = f"实习期满日期 {ends} 不晚于实习起始日期 {started}，请对照实习证更正。"
            found.append(error("internship_dates", text, "ends_on"))
        # A period of months may be written to the day before the corresponding day.
        elif (months_after(started, months) - ends).days > 1:
            text = f"实习自 {started} 至 {ends}，不满 {months} 个月，请核对两个日期。"
            found.append(warning("internship_short", text, "ends_on", f"{LAW}第五条"))
    if ends is not None and extended is not None and extended <= ends:
        text = f"延期至 {extended} 不晚于实习期满日期 {ends}，请核对两个日期。"
        found.append(warning("extension_dates", text, "extended_until"))
    return found
