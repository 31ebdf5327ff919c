"""The commands of ledgers: entries are saved, one or thousands at once, and crossed out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from suite.contract.commands import Command, TwoPersons
from suite.kernel.accounts.two_persons import DELETION


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryEdit:
    """One entry to save: field key → value, in the field's own type or as text; records as their ids.

    Without `entry_id` an entry is made. With `expected_version` the edit is refused when somebody else saved
    since, unless `base` (the values as they were when the edit began) shows that the two edits do not touch.
    `place` is what a problem's `row` will say.
    """

    values: Mapping[str, Any]
    entry_id: int | None = None
    expected_version: int | None = None
    base: Mapping[str, Any] | None = None
    place: int | None = None


@dataclass(frozen=True, kw_only=True)
class LedgerCommand(Command):
    """A command about entries of one ledger: its `permission` names `{owner}`, the ledger's profession."""

    ledger: str

    def permission_key(self) -> str:
        """The permission of the ledger's owner."""
        return self.permission.replace("{owner}", self.ledger.split(".", 1)[0])


@dataclass(frozen=True, kw_only=True)
class SaveLedgerEntries(LedgerCommand):
    """Make or change entries of one ledger: a form sends one row, an import thousands."""

    permission: ClassVar[str] = "{owner}:ledger:edit"
    title: ClassVar[str] = "登记台账"

    rows: tuple[EntryEdit, ...]


@dataclass(frozen=True, kw_only=True)
class StrikeLedgerEntry(LedgerCommand):
    """Cross out an entry that was wrong, with a reason; it stays readable and counts no more."""

    permission: ClassVar[str] = "{owner}:ledger:edit"
    title: ClassVar[str] = "划去台账记录"
    two_persons: ClassVar[TwoPersons | None] = DELETION

    entry_id: int
    reason: str
    expected_version: int | None = None


@dataclass(frozen=True, kw_only=True)
class AttachLedgerFile(LedgerCommand):
    """Attach a file to an entry: what it is is told by its content."""

    permission: ClassVar[str] = "{owner}:ledger:edit"
    title: ClassVar[str] = "附入台账附件"

    entry_id: int
    file_name: str
    content: bytes
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class StrikeLedgerFile(LedgerCommand):
    """Strike an attached file out, with the reason; it stays readable."""

    permission: ClassVar[str] = "{owner}:ledger:edit"
    title: ClassVar[str] = "划去台账附件"

    file_id: int
    reason: str
