"""What those who are assessed hand in period by period (信息报送), as schemes declare it for the analysis."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Materials:
    """The ledger of what participants hand in, and how it is looked through (数据研判).

    Its entries name the participant; text, period and figures: keys of its columns: what is told, the last
    day of the period that it is about, and the numbers that make up the trend. limit: the time limit from
    the period's end in which it is due. Keys of parameters: every, how many months a period has; least_text,
    how many characters a report has at least; alike, the share of a text from which on two count as the same.
    feeds: the item of the sheet that is scored by what came in time ÷ what was due.

    Example: see `plugins/popularization/evaluation/scheme.py`.
    """

    ledger: str
    text: str
    period: str
    limit: str
    every: str
    least_text: str
    alike: str
    feeds: str
    figures: tuple[str, ...] = ()
