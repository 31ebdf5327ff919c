"""Writing a backup, or its proof, into the book."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select

from suite.contract.commands import Change, Command, Done, Handler
from suite.kernel.executor.work import Transaction
from suite.tables import Backup

MAINTAIN = "core:database:maintain"
LONGEST_PLACE = 500


@dataclass(frozen=True, kw_only=True)
class NoteBackup(Command):
    """Note that a backup was taken, or with `proven` that it was restored into a scratch database and held.

    taken_at, links, head are those of its manifest; place is the file as it was named, size its bytes.
    """

    permission: ClassVar[str] = MAINTAIN
    title: ClassVar[str] = "登记备份"

    taken_at: dt.datetime
    links: int
    head: str
    place: str
    size: int
    proven: bool = False


def note_backup(command: NoteBackup, work: Transaction) -> Done:
    """Write the line, or the time of its proof."""
    row = work.session.scalar(
        select(Backup).where(Backup.taken_at == command.taken_at, Backup.head == command.head)
    )
    if row is None:
        row = Backup(
            taken_at=command.taken_at,
            by_login=work.actor.login,
            place=command.place[-LONGEST_PLACE:],
            size=command.size,
            links=command.links,
            head=command.head,
        )
        work.session.add(row)
    if command.proven:
        row.proven_at = work.now
    work.session.flush()
    words = "已登记备份并验证可恢复" if command.proven else "已登记备份"
    return Done(text=words, changes=(Change(kind="core.backup", ids=(row.id,)),))


HANDLERS: Mapping[type[Command], Handler] = {NoteBackup: note_backup}
