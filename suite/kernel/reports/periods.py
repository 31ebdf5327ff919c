"""The periods that are reported: a month, a quarter or a year, and what they are called."""

from __future__ import annotations

import datetime as dt

from suite.contract.problems import refuse
from suite.kernel.indicators.periods import Period, parse_period

MONTH, QUARTER, YEAR, CORRECTION = "month", "quarter", "year", "correction"
KINDS = {MONTH: "月报", QUARTER: "季报", YEAR: "年报", CORRECTION: "更正说明"}
QUARTERS = "一二三四"


def period_named(text: str) -> Period:
    """A written period. Raises Refused."""
    try:
        return parse_period(text.strip())
    except ValueError as error:
        words = f"期间应写成 2026、2026-Q3 或 2026-09，现为“{text[:20]}”。"
        raise refuse("report.period", words, field="period") from error


def kind_of(period: Period) -> str:
    """Which report a period has."""
    return QUARTER if "Q" in period.text else MONTH if "-" in period.text else YEAR


def last_quarter(today: dt.date) -> str:
    """The quarter that ended last, as it is written: what is most likely to be reported."""
    ended = dt.date(today.year, (today.month - 1) // 3 * 3 + 1, 1) - dt.timedelta(days=1)
    return f"{ended.year}-Q{ended.month // 3}"


def words_of(period: Period) -> str:
    """A period in words: 2026年第三季度."""
    year = f"{period.first.year}年"
    if "Q" in period.text:
        return f"{year}第{QUARTERS[int(period.text[-1]) - 1]}季度"
    return f"{year}{period.first.month}月" if "-" in period.text else f"{year}度"


def day_of(period: Period, today: dt.date) -> dt.date:
    """The day as of which a period is told: its last, or today while it is running."""
    return min(period.last, today)
