"""The commands of the registry: what may be written about subjects and their history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from suite.contract.commands import Command, KindCommand, TwoPersons
from suite.kernel.accounts.two_persons import DELETION
from suite.kernel.registry.edits import Checked


@dataclass(frozen=True, kw_only=True, slots=True)
class RowEdit:
    """One record to save: field key → value, in the field's own type or as ISO text.

    Without `subject_id` a record is made. With `expected_version` the edit is refused when somebody else
    saved since, unless `base` (the values as they were when the edit began) shows that the two edits do
    not touch. `place` is what a problem's `row` will say. `person_of`: another record of the same person
    (a trainee who becomes a lawyer), whose person a new record shares without saying the number again.
    `checked`: what a preview made of this very row.
    """

    values: Mapping[str, Any]
    subject_id: int | None = None
    expected_version: int | None = None
    base: Mapping[str, Any] | None = None
    place: int | None = None
    person_of: int | None = None
    checked: Checked | None = None


@dataclass(frozen=True, kw_only=True)
class SaveRecords(KindCommand):
    """Make or change records of one kind: a form sends one row, an import thousands.

    Dated fields and posts change from `effective_on` (default: today) on; their past stays.
    """

    permission: ClassVar[str] = "{owner}:roster:edit"
    title: ClassVar[str] = "保存档案"

    rows: tuple[RowEdit, ...]
    effective_on: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class RecordLicenceEvent(KindCommand):
    """Record a decision that changed a licence's state on a day; the subject's status follows."""

    permission: ClassVar[str] = "{owner}:roster:edit"
    title: ClassVar[str] = "登记执业许可变动"

    licence_id: int
    state: str
    on_date: dt.date
    document_no: str = ""
    decided_by: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class CorrectHistory(KindCommand):
    """Correct a wrongly entered entry of history: the old one is voided with the reason, a new one stands.

    `entry` is "post", "dated" or "licence_event"; `values` are the columns that were wrong.
    """

    permission: ClassVar[str] = "{owner}:roster:edit"
    title: ClassVar[str] = "更正历史记录"

    entry: str
    entry_id: int
    reason: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class VoidHistory(KindCommand):
    """Void a wrongly entered entry of history with a reason; it stays readable, crossed out."""

    permission: ClassVar[str] = "{owner}:roster:edit"
    title: ClassVar[str] = "作废历史记录"
    two_persons: ClassVar[TwoPersons | None] = DELETION

    entry: str
    entry_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class RevealIdentity(KindCommand):
    """Look at one masked value in full, with a reason; the look is logged."""

    permission: ClassVar[str] = "{owner}:identity:reveal"
    title: ClassVar[str] = "查看完整信息"
    discloses: ClassVar[bool] = True

    subject_id: int
    field: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class RevealMany(KindCommand):
    """Look at one masked field of many records in full; it takes a second person, and each look is logged."""

    permission: ClassVar[str] = "{owner}:identity:reveal"
    title: ClassVar[str] = "批量查看完整信息"
    discloses: ClassVar[bool] = True
    two_persons: ClassVar[TwoPersons | None] = TwoPersons()

    subject_ids: tuple[int, ...]
    field: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class SaveView(Command):
    """Keep a list's filters, sort and columns under a name."""

    permission: ClassVar[str] = "core:view:save"
    title: ClassVar[str] = "保存视图"

    kind: str
    name: str
    query: str
    shared: bool = False


@dataclass(frozen=True, kw_only=True)
class DeleteView(Command):
    """Remove a saved view of one's own."""

    permission: ClassVar[str] = "core:view:save"
    title: ClassVar[str] = "删除视图"

    view_id: int
