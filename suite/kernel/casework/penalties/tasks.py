"""What a penalty asks of the sections that keep the same person's other records (处罚影响面).

Whoever handles the penalty may not read those records; the database raises the tasks for him and tells how
many. Whoever keeps the record settles its task with what was done.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor, Change, Command, Done, Handler, KindCommand
from suite.contract.problems import ProblemKind, Refused, refuse
from suite.database.engine import is_sqlite
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.locking import hold_named
from suite.kernel.registry.scoping import may_edit, may_read
from suite.kernel.search.queries import scope_condition
from suite.loader.catalog import Catalog
from suite.tables import MERGED, Subject, Task

TASK = "core.task"
MOST_ANSWER = 2000
#: What a desk shows of one profession at once.
MOST_TASKS = 500


@dataclass(frozen=True, kw_only=True)
class RaiseTasks(KindCommand):
    """Ask every section that keeps another record of the same person to look at it; `own`: this record's.

    area: the area of rights of the case that it follows from, where that is not its profession's.
    """

    permission: ClassVar[str] = "{owner}:case:handle"
    title: ClassVar[str] = "通知有关科室核查"

    subject_id: int
    heading: str
    text: str
    document: str
    own: bool = False
    area: str = ""

    def permission_key(self) -> str:
        """The permission of who works on the case."""
        return self.permission.replace("{owner}", self.area) if self.area else super().permission_key()


@dataclass(frozen=True, kw_only=True)
class SettleTask(KindCommand):
    """Settle a task about a record of one's own, with what was done."""

    permission: ClassVar[str] = "{owner}:roster:edit"
    title: ClassVar[str] = "办结待办事项"

    task_id: int
    expected_version: int
    answer: str


@dataclass(frozen=True, kw_only=True)
class TaskLine:
    """One task as its section reads it."""

    id: int
    version: int
    kind: str
    kind_title: str
    subject_id: int
    name: str
    title: str
    text: str
    document: str
    raised_on: dt.date
    settled: bool
    answer: str


def raise_tasks(command: RaiseTasks, work: Transaction) -> Done:
    """Raise them; refuses a record that the actor may not read. Tells how many there are, not whose."""
    hold_named(work, [command.subject_id])
    subject = work.session.get(Subject, command.subject_id)
    if subject is None or not may_read(
        work.actor, subject.profession, subject.district_code, subject.association
    ):
        raise _not_here()
    if is_sqlite(work.connection):
        count = _raise_here(command, subject, work)
    else:
        count = work.session.execute(
            select(
                func.core_raise_tasks(
                    command.subject_id,
                    command.heading,
                    command.text,
                    command.document,
                    work.today,
                    command.own,
                )
            )
        ).scalar_one()
        if count is None:
            raise _not_here()
    return Done(
        text=f"已通知 {count} 个有关科室或协会核查" if count else "当事人没有其他身份",
        changes=(Change(kind=TASK, ids=(), many=True),),
        result={"tasks": count},
    )


def _not_here() -> Refused:
    return refuse("task.subject", "没有这份档案，或不在您的管理范围内。", field="subject_id")


def _raise_here(command: RaiseTasks, subject: Subject, work: Transaction) -> int:
    """Without a server that keeps rights, the suite writes them all itself."""
    about = Subject.id == subject.id
    if not command.own:
        about = (Subject.person_id == subject.person_id) & (Subject.id != subject.id)
    rows = work.session.scalars(
        select(Subject).where(about, Subject.kind != MERGED).order_by(Subject.id)
    ).all()
    for row in rows:
        work.session.add(
            Task(
                subject_id=row.id,
                profession=row.profession,
                district_code=row.district_code,
                association=row.association,
                title=command.heading,
                text=command.text,
                document=command.document,
                raised_on=work.today,
                by_login=work.actor.login,
            )
        )
    work.session.flush()
    return len(rows)


def settle_task(command: SettleTask, work: Transaction) -> Done:
    """Settle it, once; refuses one of another place, a stale version, and an empty answer."""
    answer = command.answer.strip()
    if not answer or len(answer) > MOST_ANSWER:
        text = f"请写明处理结果，最多 {MOST_ANSWER:,} 字。"
        raise refuse("task.answer", text, field="answer")
    row = work.session.get(Task, command.task_id)
    subject = work.session.get(Subject, row.subject_id) if row is not None else None
    if (
        row is None
        or subject is None
        or subject.kind != command.kind
        or not may_edit(work.actor, row.profession, row.district_code, row.association)
    ):
        raise refuse("task.unknown", "没有这项待办，或不在您的管理范围内。请刷新后重试。", field="task_id")
    if row.version != command.expected_version or row.settled_at is not None:
        text = "这项待办已被他人办理过，请刷新。您填写的内容仍在。"
        raise refuse("task.stale", text, ProblemKind.STALE, field="expected_version")
    row.settled_at, row.settled_by, row.answer = work.now, work.actor.login, answer
    row.version += 1
    return Done(
        text=f"已办结：{row.title}（{subject.name}）",
        changes=(Change(kind=TASK, ids=(row.id,)),),
        result={"task": row.id},
    )


def task_lines(session: Session, actor: Actor, catalog: Catalog, *, settled: bool) -> list[TaskLine]:
    """The tasks about records that the actor keeps: the open ones by age, or those settled, newest first."""
    order = (Task.settled_at.desc(), Task.id.desc()) if settled else (Task.raised_on, Task.id)
    found = []
    for profession in catalog.professions:
        scopes = actor.scopes(f"{profession}:roster:edit")
        if not scopes:
            continue
        rows = session.execute(
            select(Task, Subject)
            .join(Subject, Subject.id == Task.subject_id)
            .where(
                Task.profession == profession,
                Task.settled_at.is_not(None) if settled else Task.settled_at.is_(None),
                scope_condition(Task, scopes),
            )
            .order_by(*order)
            .limit(MOST_TASKS)
        )
        found += [_line(task, subject, catalog) for task, subject in rows]
    return found


def _line(task: Task, subject: Subject, catalog: Catalog) -> TaskLine:
    kind = catalog.kinds.get(subject.kind)
    return TaskLine(
        id=task.id,
        version=task.version,
        kind=subject.kind,
        kind_title=kind.title if kind else subject.kind,
        subject_id=subject.id,
        name=subject.name,
        title=task.title,
        text=task.text,
        document=task.document,
        raised_on=task.raised_on,
        settled=task.settled_at is not None,
        answer=task.answer,
    )


HANDLERS: Mapping[type[Command], Handler] = {RaiseTasks: raise_tasks, SettleTask: settle_task}
