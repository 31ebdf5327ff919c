"""Reading and finishing one's notices. Each reader has a receipt of his own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select

from suite.contract.commands import Change, Command, Done, Handler
from suite.contract.problems import refuse
from suite.kernel.executor.work import Transaction
from suite.kernel.notices.declarations import KEEP
from suite.kernel.notices.queries import addressed
from suite.tables import Notice, NoticeReceipt

CHANGED = "core.notice"
#: More at once than any list shows.
MOST_AT_ONCE = 1_000


@dataclass(frozen=True, kw_only=True)
class ReadNotice(Command):
    """Note that one has read these notices."""

    permission: ClassVar[str] = KEEP
    title: ClassVar[str] = "阅读提醒"

    notices: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class FinishNotice(Command):
    """Note that one is done with these notices; they leave the list."""

    permission: ClassVar[str] = KEEP
    title: ClassVar[str] = "办结提醒"

    notices: tuple[int, ...]


def read_notice(command: ReadNotice, work: Transaction) -> Done:
    """Write the receipts that are not there yet."""
    _receipts(command.notices, work)
    return Done(text=f"已读 {len(command.notices)} 条提醒", changes=_changes(command.notices))


def finish_notice(command: FinishNotice, work: Transaction) -> Done:
    """Write when; one that was done before keeps its time."""
    for receipt in _receipts(command.notices, work):
        receipt.done_at = receipt.done_at or work.now
    work.session.flush()
    return Done(text=f"已办结 {len(command.notices)} 条提醒", changes=_changes(command.notices))


def _changes(notices: Sequence[int]) -> tuple[Change, ...]:
    return (Change(kind=CHANGED, ids=tuple(notices)),)


def _receipts(notices: Sequence[int], work: Transaction) -> list[NoticeReceipt]:
    """The actor's receipts of these notices, made where missing. Refuses notices of others."""
    if not 0 < len(notices) <= MOST_AT_ONCE:
        raise refuse("notice.count", f"请选定 1 至 {MOST_AT_ONCE:,} 条提醒。", field="notices")
    wanted = sorted(set(notices))
    own = work.session.scalars(select(Notice.id).where(Notice.id.in_(wanted), addressed(work.actor))).all()
    strange = sorted(set(wanted) - set(own))
    if strange:
        raise refuse("notice.unknown", f"没有给您的提醒 {strange[0]}，请刷新。", field="notices")
    login = work.actor.login
    query = select(NoticeReceipt).where(NoticeReceipt.notice_id.in_(wanted), NoticeReceipt.login == login)
    found = {receipt.notice_id: receipt for receipt in work.session.scalars(query)}
    for number in wanted:
        if number not in found:
            found[number] = NoticeReceipt(notice_id=number, login=login, read_at=work.now)
            work.session.add(found[number])
    work.session.flush()
    return list(found.values())


HANDLERS: Mapping[type[Command], Handler] = {ReadNotice: read_notice, FinishNotice: finish_notice}
