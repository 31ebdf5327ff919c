"""When a desk's backup is due, and how the state of the backups is told. Pure functions."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from suite.contract.states import StateKind

SHANGHAI = ZoneInfo("Asia/Shanghai")
#: A backup that failed is tried again after so long.
AGAIN = dt.timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """A desk's last scheduled backup: when it began, and what went wrong (empty: it was proven)."""

    at: dt.datetime
    problem: str = ""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How the backups stand, for the home page and the check-up; `cure` is empty where none is needed."""

    state: StateKind
    fact: str
    cure: str = ""


def clock_time(text: str) -> dt.time | None:
    """`02:00` or `2：30` as a time of day; None where it is none."""
    found = re.fullmatch(r"(\d{1,2})[:：](\d{2})", text.strip())
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return dt.time(int(found[1]), int(found[2]))


def is_due(at: dt.time, last: Attempt | None, now: dt.datetime) -> bool:
    """Whether a desk that backs up every day at a time (Asia/Shanghai) is to do it now.

    A time that passed while the computer was off is made up for; a failed one is tried again after a while.
    """
    local = now.astimezone(SHANGHAI)
    moment = dt.datetime.combine(local.date(), at, SHANGHAI)
    if moment > local:
        moment -= dt.timedelta(days=1)
    if last is None or last.at < moment:
        return True
    return bool(last.problem) and now - last.at >= AGAIN


def surplus(names: list[str], keep: int) -> list[str]:
    """Of copies whose names sort by their age, those beyond the youngest `keep` (at least one stays)."""
    return sorted(names)[: -max(keep, 1)]


def standing(
    proven_at: dt.datetime | None, attempt: Attempt | None, now: dt.datetime, days: int, *, asked: bool
) -> Standing:
    """How the backups stand: the last proof of any desk, and this desk's last attempt.

    days: after so many without a proof somebody is reminded. asked: this desk backs up on a schedule.
    """
    last = (
        f"上次验证可恢复：{moment(proven_at, now)}" if proven_at is not None else "还没有验证过可恢复的备份"
    )
    if asked and attempt is not None and attempt.problem:
        fact = f"{moment(attempt.at, now)} 的备份没有完成。{last}。"
        return Standing(state=StateKind.BAD, fact=fact, cure=attempt.problem)
    cure = "" if asked else "请在“设置”的“备份”中安排每天备份，或运行 suite backup。"
    if proven_at is None:
        return Standing(state=StateKind.WARN, fact=f"{last}。", cure=cure)
    if now - proven_at > dt.timedelta(days=days):
        late = (now - proven_at).days
        return Standing(state=StateKind.WARN, fact=f"{last}，已过 {late} 天。", cure=cure)
    return Standing(state=StateKind.OK, fact=last)


def moment(at: dt.datetime, now: dt.datetime) -> str:
    """`02:14` today, `昨天 02:14`, `11-20 02:14` this year, else the whole date."""
    local, today = at.astimezone(SHANGHAI), now.astimezone(SHANGHAI).date()
    if local.date() == today:
        return f"{local:%H:%M}"
    if local.date() == today - dt.timedelta(days=1):
        return f"昨天 {local:%H:%M}"
    return f"{local:%m-%d %H:%M}" if local.year == today.year else f"{local:%Y-%m-%d %H:%M}"
