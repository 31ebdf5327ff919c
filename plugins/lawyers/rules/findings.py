"""How the lawyers' rules say what they found."""

from __future__ import annotations

import datetime as dt

from suite.api import Problem, Severity

LAW = "律师法"
FIRM_RULES = "律师事务所管理办法"
PRACTICE_RULES = "律师执业管理办法"


def error(code: str, text: str, field: str, article: str | None = None) -> Problem:
    """A value that cannot be right: the row is held."""
    return Problem(code=f"lawyers.{code}", text=text, field=field, article=article)


def warning(code: str, text: str, field: str, article: str | None = None) -> Problem:
    """A value to look at again: the row is kept, and it is told."""
    return Problem(code=f"lawyers.{code}", text=text, field=field, article=article, severity=Severity.WARNING)


def notice(code: str, text: str, field: str, article: str | None = None) -> Problem:
    """Something worth knowing about a right value."""
    return Problem(code=f"lawyers.{code}", text=text, field=field, article=article, severity=Severity.NOTICE)


def months_after(day: dt.date, months: int) -> dt.date:
    """The corresponding day some months on, or the last day of that month (民法典第二百零二条)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    next_first = dt.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(
        dt.date(year, month + 1, 1) + dt.timedelta(days=day.day - 1), next_first - dt.timedelta(days=1)
    )
