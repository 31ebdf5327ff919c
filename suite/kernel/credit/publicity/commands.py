"""The commands of 双公示: report, confirm, take in what came back, fill in, withdraw, open with stock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from suite.contract.commands import Command

KEEP = "{owner}:credit:keep"
LAW = "行政处罚法第四十八条；行政许可法第五条"


@dataclass(frozen=True, kw_only=True)
class ReportPublicity(Command):
    """Put decisions into the national tables for the platform; each is checked before, none goes unchecked.

    masked: a public copy without numbers, for the own website; it reports nothing. leave_faulty: those that
    fail the check stay behind and are told, instead of refusing all.
    """

    permission: ClassVar[str] = KEEP
    title: ClassVar[str] = "报送双公示"
    article: ClassVar[str | None] = LAW
    discloses: ClassVar[bool] = True
    repeatable: ClassVar[bool] = False

    decisions: tuple[int, ...]
    file_name: str
    reason: str
    masked: bool = False
    leave_faulty: bool = False


@dataclass(frozen=True, kw_only=True)
class ConfirmPublicity(Command):
    """Note that decisions are online, since when and where; the clock of a penalty's case stops with it."""

    permission: ClassVar[str] = KEEP
    title: ClassVar[str] = "登记已公示"
    article: ClassVar[str | None] = LAW

    decisions: tuple[int, ...]
    channel: str
    on: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class Rejection:
    """One row that the platform sent back: by number and name, the column and the reason."""

    document_no: str
    name: str
    answer: str
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class RejectPublicity(Command):
    """Take in what the platform sent back: each goes back onto the list of whoever reported it.

    file_digest: SHA-256 of the platform's file; what it sent back before it does not send back again, so that
    what was corrected and reported since stays reported. Nor does an answer from before the last report.
    """

    permission: ClassVar[str] = KEEP
    title: ClassVar[str] = "登记平台退回"
    article: ClassVar[str | None] = LAW

    rejections: tuple[Rejection, ...]
    on: dt.date | None = None
    file_digest: str = ""


@dataclass(frozen=True, kw_only=True)
class FillPublicity(Command):
    """Fill in cells that neither the case nor the roster knows, by their codes; an empty text takes one
    back."""

    permission: ClassVar[str] = KEEP
    title: ClassVar[str] = "补填双公示内容"
    article: ClassVar[str | None] = LAW

    decision: int
    expected_version: int
    values: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class RetractPublicity(Command):
    """Note that decisions are online no more, and why: annulled, changed, unlawful."""

    permission: ClassVar[str] = KEEP
    title: ClassVar[str] = "登记撤回公示"
    article: ClassVar[str | None] = "行政处罚法第四十八条"

    decisions: tuple[int, ...]
    reason: str
    on: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class StockRow:
    """One row of opening stock: its cells by code, and since when it is online; `row` as people see it."""

    row: int
    form: str
    cells: Mapping[str, str]
    published_on: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class TakePublicityStock(Command):
    """Take in decisions that were made public before the suite kept them (期初). What fails the check, or is
    about nobody on a roster, is held and told."""

    permission: ClassVar[str] = KEEP
    title: ClassVar[str] = "导入期初双公示"
    article: ClassVar[str | None] = LAW

    rows: tuple[StockRow, ...]
    channel: str
