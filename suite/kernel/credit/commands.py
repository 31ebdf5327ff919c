"""The commands of credit records: enter one, take the steps of its disclosure, look at it, end displays."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from suite.contract.commands import Command, KindCommand
from suite.kernel.credit.disclosure import ARTICLE

REPAIR_LAW = "信用修复管理办法（国家发展改革委令第36号）"


@dataclass(frozen=True, kw_only=True)
class EnterCreditRecord(KindCommand):
    """Enter a record that no case of the house writes: a broken commitment, an honour, another organ's.

    kind: that of the subject's record. rule: a rule that is by hand. grade: minor, ordinary or serious where
    the deciding organ said so. evidence: what it rests on.
    """

    permission: ClassVar[str] = "{owner}:credit:keep"
    title: ClassVar[str] = "登记信用记录"
    article: ClassVar[str | None] = ARTICLE

    subject_id: int
    rule: str
    heading: str
    content: str
    decided_on: dt.date
    organ: str
    document_no: str = ""
    grade: str | None = None
    evidence: str = ""


@dataclass(frozen=True, kw_only=True)
class TakeCreditStep(Command):
    """Take the same step of disclosure for many records, all or none: see `disclosure.STEPS`."""

    permission: ClassVar[str] = "{owner}:credit:read"
    title: ClassVar[str] = "办理信用披露"
    article: ClassVar[str | None] = ARTICLE

    records: tuple[int, ...]
    step: str
    on: dt.date | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ViewCreditFile(KindCommand):
    """Look at somebody's credit file for a purpose that is logged on each record: an engagement."""

    permission: ClassVar[str] = "{owner}:credit:read"
    title: ClassVar[str] = "查询信用档案"
    article: ClassVar[str | None] = ARTICLE
    discloses: ClassVar[bool] = True

    subject_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class EndDisplays(Command):
    """Write that the display of every record in scope whose last day is past has ended (到期自动终止)."""

    permission: ClassVar[str] = "{owner}:credit:keep"
    title: ClassVar[str] = "终止到期公示"
    article: ClassVar[str | None] = REPAIR_LAW


@dataclass(frozen=True, kw_only=True)
class RecountCredit(KindCommand):
    """Write the records that cases of a kind mean and that are not there: of those that came as stock."""

    permission: ClassVar[str] = "{owner}:credit:keep"
    title: ClassVar[str] = "补记信用记录"
    article: ClassVar[str | None] = ARTICLE


@dataclass(frozen=True, kw_only=True)
class RequireRepairable(KindCommand):
    """Raises Refused unless a record of the subject may be repaired on a day; an effect of a repair case.

    number: that of the case; another one that is being decided on the record stands against it. opening: only
    whether there is something to repair; whether it may be by now is asked when the case is accepted.
    """

    permission: ClassVar[str] = "{owner}:credit:keep"
    title: ClassVar[str] = "核对修复条件"
    article: ClassVar[str | None] = REPAIR_LAW

    subject_id: int
    record_id: int
    on: dt.date
    applied_on: dt.date
    number: str
    opening: bool = False


@dataclass(frozen=True, kw_only=True)
class RepairRecord(KindCommand):
    """End the display of a record since it is repaired; an effect of a repair case."""

    permission: ClassVar[str] = "{owner}:credit:keep"
    title: ClassVar[str] = "修复信用记录"
    article: ClassVar[str | None] = REPAIR_LAW

    subject_id: int
    record_id: int
    on: dt.date
    applied_on: dt.date
    document_no: str


@dataclass(frozen=True, kw_only=True)
class MakePlatformFile(Command):
    """Put together what is new, changed or gone since the last file that a platform acknowledged."""

    permission: ClassVar[str] = "{owner}:credit:keep"
    title: ClassVar[str] = "生成公示平台差异"
    discloses: ClassVar[bool] = True
    repeatable: ClassVar[bool] = False

    feed: str


@dataclass(frozen=True, kw_only=True)
class AcknowledgePlatformFile(Command):
    """Note that the platform took a file in: what it says counts as known there."""

    permission: ClassVar[str] = "{owner}:credit:keep"
    title: ClassVar[str] = "登记平台回执"

    export_id: int
    reference: str
    on: dt.date | None = None
