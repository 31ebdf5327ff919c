"""The record of a draw as it leaves the house: noted on the draw before the file appears."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from sqlalchemy.orm import Session

from suite.contract.commands import Actor, Command, Done, Handler
from suite.kernel.audit.seal import note
from suite.kernel.casework.draw_files import write_record
from suite.kernel.casework.draw_record import DrawRecord
from suite.kernel.casework.inspections.queries import draw_record
from suite.kernel.exchange.leaving import ExportCommand, export_file
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.districts import full_district_names
from suite.tables import Draw


@dataclass(frozen=True, kw_only=True)
class LogDrawCopy(ExportCommand):
    """Note that the record of a draw was saved elsewhere; it names those drawn and the inspectors."""

    permission: ClassVar[str] = "{owner}:case:read"
    title: ClassVar[str] = "保存抽取记录"

    profession: str
    draw: int

    def permission_key(self) -> str:
        """Of the plan's profession."""
        return self.permission.replace("{owner}", self.profession)


def log_draw_copy(command: LogDrawCopy, work: Transaction) -> Done:
    """Write the entry on the draw. Raises Refused to who may not see it."""
    draw_record(work.session, work.actor, command.draw)
    row = work.session.get_one(Draw, command.draw)
    note(
        work.connection,
        transaction_id=work.number,
        table=Draw.__tablename__,
        key=str(row.id),
        action="E",
        scope=(row.profession, row.district_code, row.association),
        after=json.dumps(command.told(), ensure_ascii=False),
    )
    return Done(text=f"已保存“{command.file_name}”")


HANDLERS: Mapping[type[Command], Handler] = {LogDrawCopy: log_draw_copy}


@dataclass(frozen=True, kw_only=True)
class DrawCopy:
    """What is needed to write the record of a draw."""

    draw: int
    profession: str
    record: DrawRecord
    districts: Mapping[str, str]


def draw_copy(session: Session, actor: Actor, draw_id: int) -> DrawCopy:
    """A draw to be saved. Raises Refused `draw.unknown`."""
    return DrawCopy(
        record=draw_record(session, actor, draw_id),
        draw=draw_id,
        profession=session.get_one(Draw, draw_id).profession,
        districts=full_district_names(session),
    )


def save_draw(path: Path, copy: DrawCopy, actor: Actor, *, run: Callable[[Command, Actor], Done]) -> None:
    """Write the record; the ending of the name says how. Raises Refused where it cannot be written."""
    log = LogDrawCopy(profession=copy.profession, draw=copy.draw, conditions="抽取记录")

    def write(place: Path, _basis: object) -> int:
        write_record(copy.record, place, copy.districts)
        return len(copy.record.picks)

    export_file(path, log, actor, run=run, content="抽取记录", write=write)
