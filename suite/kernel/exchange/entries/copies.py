"""Copies of files attached to entries that leave the house: noted on the entry before they appear."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from sqlalchemy import select

from suite.contract.commands import Actor, Command, Done, Handler
from suite.contract.problems import ProblemKind, refuse
from suite.kernel.audit.seal import note
from suite.kernel.exchange.leaving import ExportCommand, export_file
from suite.kernel.executor.work import Transaction
from suite.kernel.ledgers.commands import LedgerCommand
from suite.kernel.ledgers.current import current_entries, may
from suite.kernel.ledgers.preparing import UNKNOWN
from suite.kernel.ledgers.sheet import ENTRIES, ledger_sheet
from suite.tables import LedgerFile


@dataclass(frozen=True, kw_only=True)
class LogLedgerCopy(ExportCommand, LedgerCommand):
    """Note that a file of an entry was saved elsewhere."""

    permission: ClassVar[str] = "{owner}:ledger:read"
    title: ClassVar[str] = "保存台账附件副本"

    file_id: int


def log_ledger_copy(command: LogLedgerCopy, work: Transaction) -> Done:
    """Write the entry of the trace. Raises Refused to who may not see the file."""
    sheet = ledger_sheet(work.catalog, command.ledger)
    number = work.session.scalar(select(LedgerFile.entry_id).where(LedgerFile.id == command.file_id))
    entry = current_entries(work.session, sheet, [number]).get(number) if number is not None else None
    if entry is None or not may(
        work.actor, "ledger:read", sheet.owner, entry.district_code, entry.association
    ):
        raise refuse("entry.unknown", UNKNOWN, ProblemKind.NOT_PERMITTED, field="file_id")
    note(
        work.connection,
        transaction_id=work.number,
        table=ENTRIES.name,
        key=str(entry.id),
        action="E",
        scope=(entry.profession, entry.district_code, entry.association),
        after=json.dumps(command.told(), ensure_ascii=False),
    )
    return Done(text=f"已保存“{command.file_name}”")


HANDLERS: Mapping[type[Command], Handler] = {LogLedgerCopy: log_ledger_copy}


def save_ledger_copy(
    path: Path,
    content: bytes,
    log: LogLedgerCopy,
    actor: Actor,
    *,
    run: Callable[[Command, Actor], Done],
) -> None:
    """Write a copy, and its entry into the trace before it appears."""

    def write(place: Path, basis: object) -> int:
        place.write_bytes(content)
        return 1

    export_file(path, log, actor, run=run, content=log.conditions, write=write)
