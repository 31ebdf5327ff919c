"""Files of reports and notices that leave the house: noted before they appear."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from suite.contract.commands import Actor, Command, Done, Handler
from suite.contract.problems import ProblemKind, refuse
from suite.kernel.audit.seal import note
from suite.kernel.exchange.leaving import Basis, ExportCommand, export_file, note_export
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.queries import readable_kind
from suite.kernel.reports.cross_notices import cross_notice_of
from suite.kernel.reports.declarations import REPORT_MAKE
from suite.kernel.reports.questions import field_of, people_named, people_refusal


@dataclass(frozen=True, kw_only=True)
class LogReportCopy(ExportCommand):
    """Note that a report's file was saved elsewhere."""

    permission: ClassVar[str] = REPORT_MAKE
    title: ClassVar[str] = "保存报表副本"


@dataclass(frozen=True, kw_only=True)
class LogNoticeCopy(ExportCommand):
    """Note that the letter of a cross-notice was saved elsewhere; `conditions` is its id."""

    permission: ClassVar[str] = "{owner}:case:read"
    title: ClassVar[str] = "保存通报副本"

    profession: str

    def permission_key(self) -> str:
        """Of the profession."""
        return self.permission.replace("{owner}", self.profession)


@dataclass(frozen=True, kw_only=True)
class LogAnswer(ExportCommand):
    """Note that the numbers of an answer, without a name, were written to a file."""

    permission: ClassVar[str] = REPORT_MAKE
    title: ClassVar[str] = "导出问数的汇总"

    kind: str
    group_by: str = ""


def log_answer(command: LogAnswer, work: Transaction) -> Done:
    """Write the entry, with the grouping. Raises Refused to who may not read the roster, and for groups that
    are the names of people whom he may not export."""
    kind = readable_kind(work.actor, work.catalog, command.kind)
    field = field_of(kind, command.group_by)
    if why := people_refusal(work.actor, field, people_named(work.catalog, field)):
        raise refuse("not_permitted", f"{why}。", ProblemKind.NOT_PERMITTED)
    note_export(work, kind, {**command.told(), "grouped_by": field.title if field else ""})
    return Done(text=f"已导出“{command.file_name}”，不含名单")


def log_report_copy(command: LogReportCopy, work: Transaction) -> Done:
    """Write the entry."""
    return _noted(command, work, "core_report", None)


def log_notice_copy(command: LogNoticeCopy, work: Transaction) -> Done:
    """Write the entry. Raises Refused to who may not see the notice."""
    found = cross_notice_of(work.session, work.actor, work.catalog, f"#{command.conditions}")
    return _noted(command, work, "core_cross_notice", found.profession)


def _noted(command: ExportCommand, work: Transaction, table: str, profession: str | None) -> Done:
    note(
        work.connection,
        transaction_id=work.number,
        table=table,
        key=command.conditions,
        action="E",
        scope=(profession, None, None),
        after=json.dumps(command.told(), ensure_ascii=False),
    )
    return Done(text=f"已保存“{command.file_name}”")


HANDLERS: Mapping[type[Command], Handler] = {
    LogAnswer: log_answer,
    LogReportCopy: log_report_copy,
    LogNoticeCopy: log_notice_copy,
}


def save_bytes(
    path: Path, content: bytes, log: ExportCommand, actor: Actor, *, run: Callable[[Command, Actor], Done]
) -> None:
    """Write a file as it is, and its entry into the trace before it appears: the bytes stay those that were
    made, without a word of who saved them."""

    def write(place: Path, basis: Basis) -> int:
        place.write_bytes(content)
        return 1

    export_file(path, log, actor, run=run, content=path.name, write=write)
