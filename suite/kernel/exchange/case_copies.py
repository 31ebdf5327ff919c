"""Copies of a case's papers and files that leave the house: noted on the case before they appear."""

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
from suite.kernel.casework.complainants import ROLE
from suite.kernel.casework.current import UNKNOWN, may, require_in_scope
from suite.kernel.casework.papers.queries import FileContent
from suite.kernel.exchange.leaving import ExportCommand, export_file
from suite.kernel.executor.work import Transaction
from suite.tables import Case


@dataclass(frozen=True, kw_only=True)
class LogCaseCopy(ExportCommand):
    """Note that a paper or file of a case was saved elsewhere. `names_complainant`: it tells who complains,
    which asks for the right to see that, and for a reason."""

    permission: ClassVar[str] = "{owner}:case:read"
    title: ClassVar[str] = "保存办件文书副本"

    profession: str
    case_id: int
    names_complainant: bool = False

    def permission_key(self) -> str:
        """Of the case's profession."""
        return self.permission.replace("{owner}", self.profession)


def log_case_copy(command: LogCaseCopy, work: Transaction) -> Done:
    """Write the entry on the case. Raises Refused to who may not see it, or not who complains."""
    case = work.session.scalar(select(Case).where(Case.id == command.case_id))
    if case is None or not may(work.actor, "case:read", case):
        raise refuse("case.unknown", UNKNOWN, ProblemKind.NOT_PERMITTED, field="case_id")
    if command.names_complainant:
        require_in_scope(work, "complainant:reveal", case)
        if not command.reason.strip():
            text = "这份文件写有投诉人身份，请写明保存副本的事由。"
            raise refuse("reason.required", text, field="reason")
    told = command.told() | ({"field": ROLE} if command.names_complainant else {})
    note(
        work.connection,
        transaction_id=work.number,
        table=Case.__tablename__,
        key=str(case.id),
        action="R" if command.names_complainant else "E",
        scope=(case.profession, case.district_code, case.association),
        after=json.dumps(told, ensure_ascii=False),
    )
    return Done(text=f"已保存“{command.file_name}”")


HANDLERS: Mapping[type[Command], Handler] = {LogCaseCopy: log_case_copy}


def save_copy(
    path: Path,
    found: FileContent,
    profession: str,
    case_id: int,
    actor: Actor,
    *,
    reason: str,
    run: Callable[[Command, Actor], Done],
) -> None:
    """Write a copy, and its entry into the trace before it appears."""
    log = LogCaseCopy(
        profession=profession,
        case_id=case_id,
        names_complainant=found.secret,
        reason=reason,
        conditions=found.file_name,
    )

    def write(place: Path, basis: object) -> int:
        place.write_bytes(found.content)
        return 1

    export_file(path, log, actor, run=run, content=found.file_name, write=write)
