"""Time limits of the law (法定期限): declared once by whoever has the rule, counted by the clocks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a limit is counted in. "日" means working days only where the rule says so."""

    WORKING = "working"  # 工作日
    CALENDAR = "calendar"  # 日 (自然日)
    MONTH = "month"  # 月, to the corresponding day (民法典第二百零二条)
    YEAR = "year"  # 年, likewise

    @property
    def words(self) -> str:
        """The unit as a length is written: 7 个工作日, 60 日, 3 个月, 2 年."""
        return {"working": "个工作日", "calendar": "日", "month": "个月", "year": "年"}[self.value]


@dataclass(frozen=True, kw_only=True)
class Extension:
    """By how much a limit may be extended (延长): `n` is the key of a parameter, in the limit's own unit."""

    n: str
    approver: str
    times: int = 1


@dataclass(frozen=True, kw_only=True)
class TimeLimit:
    """One limit of the law.

    Example: `TimeLimit(key="appraisal.complaint.handle", title="投诉处理",
    n="appraisal.complaint.handle_days", unit=Unit.CALENDAR, article="司法鉴定执业活动投诉处理办法",
    start="受理之日", roll=True, pauses=("鉴定",), extension=Extension(n="appraisal.complaint.extend_days",
    approver="司法行政机关负责人"), lapse="逾期未办结的，列入督办")`

    `n` is the key of the parameter that holds the length: its value from a day on, source and confidence
    stand there, so that the bureau can follow a new rule without a new program. `start` says in words which
    event sets the clock going, whose own day is not counted; `roll` whether a last day that is a day off
    moves to the next working day (民法典第二百零三条); `pauses` the reasons for which the clock may stand
    still; `lapse` what follows when the limit runs out, and `decides` whether that settles the matter
    without anybody's doing (逾期视为受理, a time bar): such limits come first on the desk. `before` marks a
    limit that is counted back from the event (七日前通知). `who` is the organ or person that the limit binds.
    """

    key: str
    title: str
    n: str
    unit: Unit
    article: str
    start: str
    who: str
    lapse: str
    roll: bool = False
    pauses: tuple[str, ...] = ()
    extension: Extension | None = None
    before: bool = False
    decides: bool = False

    @property
    def owner(self) -> str:
        """Who declares it: `core` or a plugin."""
        return self.key.split(".", 1)[0]
