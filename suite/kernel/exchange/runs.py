"""The runs of the importer as they are listed, and whose they are to take back until when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select, true, update
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.declarations import RecordKind
from suite.contract.problems import Problem, Refused, Severity, refuse
from suite.kernel.exchange.stock.sheet import list_kinds
from suite.kernel.executor.work import Transaction
from suite.kernel.parameters.queries import parameters_on
from suite.kernel.registry.trace import user_names
from suite.loader.catalog import Catalog
from suite.tables import ImportRun, RosterExchange

if TYPE_CHECKING:
    from suite.kernel.exchange.importing import ImportRows

UNDO_DAYS = "core.import_undo_days"


@dataclass(frozen=True, kw_only=True)
class RunLine:
    """One run of the importer as a list shows it."""

    id: int
    kind: str
    kind_title: str
    file_name: str
    by: str
    at: dt.datetime
    new: int
    changed: int
    same: int
    held: int
    undo_until: dt.date
    undone_by: str | None
    undone_at: dt.datetime | None
    undone: int
    left: int

    def can_undo(self, today: dt.date) -> bool:
        """Whether it can still be taken back."""
        return (self.undone_at is None or self.left > 0) and today <= self.undo_until


@dataclass(frozen=True, kw_only=True)
class LeftRow:
    """A row that stays: where it stood in the file, the record's key and name, and why.

    `key` and `name` are None for who may not read the record.
    """

    sheet: str
    row: int
    key: str | None
    name: str | None
    reason: str


def new_run(kind: RecordKind, command: ImportRows, work: Transaction, *, new: int) -> ImportRun:
    """Write that a file came in, of which `new` rows made something new."""
    run = ImportRun(
        kind=kind.key,
        profession=kind.owner,
        file_name=command.file_name[:300],
        file_hash=command.file_hash,
        by_login=work.actor.login,
        at=work.now,
        on_date=work.today,
        rows_new=new,
        rows_changed=len(command.rows) - new,
        rows_same=command.rows_same,
        rows_held=command.rows_held,
        transaction_id=work.number,
    )
    work.session.add(run)
    work.session.flush()
    return run


def imported_before(kind: RecordKind, file_hash: str, work: Transaction) -> Problem | None:
    """By whom and when the same file was imported last, of the runs that are the actor's to see."""
    whole = may_undo(work.actor, kind.owner, "")
    run = work.session.scalars(
        select(ImportRun)
        .where(
            ImportRun.kind == kind.key,
            ImportRun.file_hash == file_hash,
            ImportRun.undone_at.is_(None),
            true() if whole else ImportRun.by_login == work.actor.login,
        )
        .order_by(ImportRun.id.desc())
        .limit(1)
    ).first()
    if run is None:
        return None
    by = user_names(work.session, {run.by_login}).get(run.by_login, run.by_login)
    return Problem(
        code="imported_before",
        text=f"同一份文件已由{by}于 {run.on_date} 导入过（编号 {run.id}："
        f"新增 {run.rows_new}，变更 {run.rows_changed}，未写入 {run.rows_held}），没有改动的行不会再写。",
        severity=Severity.NOTICE,
    )


def last_run(session: Session, kind: str) -> int:
    """The number of the last import of a kind that can be seen; 0 where there was none."""
    return session.scalar(select(func.max(ImportRun.id)).where(ImportRun.kind == kind)) or 0


def close_run(run: ImportRun, undone: int, left: int, work: Transaction) -> None:
    """Write that a run was taken back, how many rows went, those of earlier times too, and how many stay."""
    run.undone_at, run.undone_by = work.now, work.actor.login
    run.rows_undone, run.rows_left = (run.rows_undone or 0) + undone, left
    work.session.flush()
    received = update(RosterExchange).where(RosterExchange.run_id == run.id)
    work.session.execute(received.values(taken_back_at=work.now))


def last_day(on_date: dt.date, days: int) -> dt.date:
    """The last day on which a run can be taken back. The day of the import does not count."""
    return on_date + dt.timedelta(days=days)


def may_undo(actor: Actor, owner: str, by_login: str) -> bool:
    """Whether a run is the actor's to take back: the own ones, and every one for who looks after everything.

    A run knows no district, so that who looks after some districts only has the own runs.
    """
    scopes = actor.scopes(f"{owner}:roster:import")
    whole = any(scope.districts is None and scope.associations is None for scope in scopes)
    return whole or (bool(scopes) and by_login == actor.login)


def kind_of_run(session: Session, actor: Actor, catalog: Catalog, number: str) -> RecordKind:
    """The kind that a run wrote; raises Refused for a number of none, or of one that the actor cannot see."""
    asked = (
        select(ImportRun.kind).where(ImportRun.id == int(number))
        if number.isdecimal() and len(number) < 19
        else None
    )
    key = session.scalar(asked) if asked is not None else None
    kind = list_kinds(catalog).get(key or "")
    if kind is None or not actor.may(f"{kind.owner}:roster:import"):
        raise unknown_run(number)
    return kind


def unknown_run(number: int | str) -> Refused:
    """The refusal of a number that is no run."""
    return refuse("import.run_unknown", f"没有编号为 {number} 的导入，请查看导入记录。", field="run")


def runs(
    session: Session, actor: Actor, catalog: Catalog, today: dt.date, *, limit: int = 50
) -> list[RunLine]:
    """The latest runs that are the actor's to see and to take back (see `may_undo`)."""
    known = list_kinds(catalog)
    kinds = [kind for kind in known.values() if actor.may(f"{kind.owner}:roster:import")]
    whole = [kind.key for kind in kinds if may_undo(actor, kind.owner, "")]
    days = int(parameters_on(session, catalog, today)[UNDO_DAYS])
    rows = session.scalars(
        select(ImportRun)
        .where(
            ImportRun.kind.in_([kind.key for kind in kinds]),
            or_(ImportRun.by_login == actor.login, ImportRun.kind.in_(whole)),
        )
        .order_by(ImportRun.id.desc())
        .limit(limit)
    )
    return [
        RunLine(
            id=row.id,
            kind=row.kind,
            kind_title=known[row.kind].title,
            file_name=row.file_name,
            by=row.by_login,
            at=row.at,
            new=row.rows_new,
            changed=row.rows_changed,
            same=row.rows_same,
            held=row.rows_held,
            undo_until=last_day(row.on_date, days),
            undone_by=row.undone_by,
            undone_at=row.undone_at,
            undone=row.rows_undone or 0,
            left=row.rows_left or 0,
        )
        for row in rows
    ]
