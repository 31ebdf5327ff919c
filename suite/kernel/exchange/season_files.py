"""Lists of a season that leave the house: who is stamped, the results that are shown, who takes part."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor, Command, Done, Handler
from suite.contract.problems import refuse
from suite.kernel.assessment.boards import Board, BoardLine
from suite.kernel.assessment.circular import Circular, circular
from suite.kernel.assessment.papers import CIRCULAR, NOTICE_LIST, Setter
from suite.kernel.assessment.progress import campaign_row
from suite.kernel.assessment.standing import STANDINGS, WALKING
from suite.kernel.audit.seal import note
from suite.kernel.documents.paper import printed_day
from suite.kernel.exchange.leaving import Basis, ExportCommand, export_file
from suite.kernel.exchange.table_file import write_table
from suite.kernel.exchange.whole_file import whole_file
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import chunks
from suite.loader.catalog import Catalog
from suite.tables import Campaign, Subject


class SeasonList(StrEnum):
    """What a list of participants is for."""

    STAMPING = "stamping"
    RESULTS = "results"
    PARTICIPANTS = "participants"

    @property
    def words(self) -> str:
        """What it is called."""
        return {"stamping": "盖章名册", "results": "公示名单", "participants": "参加名单"}[self.value]


@dataclass(frozen=True, kw_only=True)
class LogSeasonList(ExportCommand):
    """Note that a list of a season was saved elsewhere."""

    permission: ClassVar[str] = "{owner}:assessment:read"
    title: ClassVar[str] = "保存考核名单"

    profession: str
    campaign_id: int

    def permission_key(self) -> str:
        """Of the season's profession."""
        return self.permission.replace("{owner}", self.profession)


def log_season_list(command: LogSeasonList, work: Transaction) -> Done:
    """Write the entry on the season. Raises Refused to who may not see it."""
    row = campaign_row(work.session, work.actor, command.campaign_id)
    note(
        work.connection,
        transaction_id=work.number,
        table=Campaign.__tablename__,
        key=str(row.id),
        action="E",
        scope=(row.profession, None, None),
        after=json.dumps(command.told(), ensure_ascii=False),
    )
    return Done(text=f"已保存“{command.file_name}”")


HANDLERS: Mapping[type[Command], Handler] = {LogSeasonList: log_season_list}


@dataclass(frozen=True, kw_only=True)
class ListCopy:
    """What is needed to write a list: read while a session is open. `setter` sets the .docx of results."""

    what: SeasonList
    board: Board
    lines: tuple[BoardLine, ...]
    numbers: Mapping[int, str]
    organ: str
    day: str
    setter: Setter
    conditions: str = ""


def list_copy(
    session: Session,
    what: SeasonList,
    board: Board,
    lines: Sequence[BoardLine],
    parameters: Mapping[str, object],
    *,
    today: Any,
    conditions: str = "",
) -> ListCopy:
    """The lines that belong on the list: of the stamping list who waits for the last step or has taken it,
    of the results who has a grade. Raises Refused where there is none."""
    steps = board.sheet.scheme.steps
    last = {"", steps[-1].key}
    kept = [
        line
        for line in lines
        if what is SeasonList.PARTICIPANTS
        or (what is SeasonList.RESULTS and line.grade is not None)
        or (what is SeasonList.STAMPING and line.standing in WALKING and line.step in last)
    ]
    if not kept:
        text = {
            SeasonList.STAMPING: f"还没有对象办到“{steps[-1].title}”，没有可以列入盖章名册的。",
            SeasonList.RESULTS: "还没有评定等次的对象，没有可以公示的。",
            SeasonList.PARTICIPANTS: "没有可以列入名单的对象，请先清除筛选。",
        }[what]
        raise refuse("season.list_empty", text, field="assessments")
    numbers: dict[int, str] = {}
    for part in chunks([line.subject_id for line in kept]):
        found = session.execute(select(Subject.id, Subject.main_no).where(Subject.id.in_(part)))
        numbers |= {number: main_no or "" for number, main_no in found}
    return ListCopy(
        what=what,
        board=board,
        lines=tuple(kept),
        numbers=numbers,
        organ=str(parameters["core.paper.organ"]),
        day=printed_day(today),
        setter=Setter(session, NOTICE_LIST),
        conditions=conditions,
    )


def save_list(path: Path, copy: ListCopy, actor: Actor, *, run: Callable[[Command, Actor], Done]) -> int:
    """Write the list; .xlsx or .csv, and of the results .docx. Returns how many are on it. Raises Refused."""
    campaign = copy.board.campaign
    log = LogSeasonList(
        profession=copy.board.sheet.scheme.owner,
        campaign_id=campaign.id,
        conditions="；".join(part for part in (campaign.title, copy.conditions) if part),
    )

    def write(place: Path, basis: Basis) -> int:
        basis.ids.extend(line.subject_id for line in copy.lines)
        if place.suffix.lower() == ".docx" and copy.what is SeasonList.RESULTS:
            with whole_file(place) as partial:
                partial.write_bytes(copy.setter.paper(_words(copy)))
            return len(copy.lines)
        headings, rows = _table(copy)
        return write_table(place, headings, rows, sheet=copy.what.words, basis=basis)

    return export_file(path, log, actor, run=run, content=copy.what.words, write=write)


@dataclass(frozen=True, kw_only=True)
class CircularCopy:
    """What is needed to write a circular: read while a session is open."""

    board: Board
    said: Circular
    setter: Setter


def circular_copy(
    session: Session,
    actor: Actor,
    catalog: Catalog,
    board: Board,
    parameters: Mapping[str, object],
    *,
    today: dt.date,
    number: str = "",
) -> CircularCopy:
    """The circular of a season, ready to be set. Raises Refused while nobody is graded."""
    said = circular(
        session,
        actor,
        catalog,
        board,
        organ=str(parameters["core.paper.organ"]),
        day=printed_day(today),
        number=number,
    )
    return CircularCopy(board=board, said=said, setter=Setter(session, CIRCULAR))


def save_circular(
    path: Path, copy: CircularCopy, actor: Actor, *, run: Callable[[Command, Actor], Done]
) -> int:
    """Write the circular as .docx. Returns of how many it tells. Raises Refused for another ending."""
    if path.suffix.lower() != ".docx":
        raise refuse("file.ending", f"通报是文书，文件名应以 .docx 结尾，现为“{path.name}”。")
    log = LogSeasonList(
        profession=copy.board.sheet.scheme.owner,
        campaign_id=copy.board.campaign.id,
        conditions=copy.board.campaign.title,
    )

    def write(place: Path, basis: Basis) -> int:
        said = copy.said
        basis.ids.extend(said.subjects)
        content = copy.setter.paper(
            said.words, recipient="各有关单位", title=said.title, annexes=said.annexes
        )
        with whole_file(place) as partial:
            partial.write_bytes(content)
        return len(said.subjects)

    return export_file(path, log, actor, run=run, content="情况通报", write=write)


def _words(copy: ListCopy) -> dict[str, Any]:
    campaign = copy.board.campaign
    shown = f"{campaign.noticed_on}至{campaign.notice_until}" if campaign.state == "noticed" else ""
    return {
        "发文机关": copy.organ,
        "文号": campaign.document_no or "",
        "成文日期": copy.day,
        "考核": campaign.title,
        "期间": f"{campaign.first}至{campaign.last}",
        "公示期": shown,
        "等次": [
            {
                "等次": grade.title,
                "人数": str(len(names)),
                "名单": "、".join(names),
            }
            for grade in copy.board.sheet.grades
            if (names := [line.name for line in copy.lines if line.grade == grade.key])
        ],
    }


def _table(copy: ListCopy) -> tuple[list[str], list[list[Any]]]:
    board, sheet = copy.board, copy.board.sheet
    grades = {grade.key: grade.title for grade in sheet.grades}
    steps = {step.key: step.title for step in sheet.scheme.steps}
    bodies = any(line.body for line in copy.lines)
    columns: list[tuple[str, Callable[[BoardLine], Any]]] = [
        ("姓名（名称）", lambda line: line.name),
        ("编号", lambda line: copy.numbers.get(line.subject_id, "")),
    ]
    if bodies:
        columns.append(("所在机构", lambda line: line.body))
    columns.append(("区县", lambda line: board.districts.get(line.district or "", "")))
    if board.groups:
        columns.append(("分组", lambda line: board.groups.get(line.group or "", "")))
    if sheet.criteria:
        columns += [("名次", lambda line: line.rank), ("得分", lambda line: line.total)]
    columns.append(("等次", lambda line: grades.get(line.grade or "", "")))
    if copy.what is SeasonList.STAMPING:
        columns += [("盖章", lambda line: "已盖" if not line.step else ""), ("领取人签字", lambda line: "")]
    if copy.what is SeasonList.PARTICIPANTS:
        columns += [
            ("参加情况", lambda line: STANDINGS[line.standing]),
            ("现在环节", lambda line: steps.get(line.step, "已办完") if line.standing in WALKING else ""),
            ("建议等次", lambda line: grades.get(line.proposal or "", "")),
            ("依据或理由", lambda line: line.proposed_by or line.rule_text),
            ("已催报", lambda line: line.marks.reminded or ""),
        ]
    rows = [[place, *(value(line) for _, value in columns)] for place, line in enumerate(copy.lines, 1)]
    return ["序号", *(heading for heading, _ in columns)], rows
