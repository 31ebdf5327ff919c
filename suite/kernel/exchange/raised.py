"""Notices about imports, rosters that were sent to us, and editions. No person is named in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from suite.contract.commands import Done, Work
from suite.contract.declarations import Declaration
from suite.contract.notices import NewNotice, NoticeKind
from suite.contract.states import StateKind

if TYPE_CHECKING:
    from suite.kernel.exchange.editions import AnnounceEdition
    from suite.kernel.exchange.importing import ImportRows
    from suite.kernel.exchange.taking import TakeRoster


def _owner(kind: str) -> str:
    return kind.partition(".")[0]


def rows_held(command: ImportRows, done: Done, work: Work) -> Iterator[NewNotice]:
    """To the importer: what was held is still to be mended at its source."""
    if command.rows_held and done.result.get("run") is not None:
        yield NewNotice(
            text=f"导入 {command.file_name} 时有 {command.rows_held:,} 行未写入，请改正后重新导入。",
            login=work.actor.login,
            page="import",
            argument=(command.kind,),
        )


def roster_taken(command: TakeRoster, done: Done, work: Work) -> Iterator[NewNotice]:
    """To everybody who takes whole rosters of the profession."""
    yield NewNotice(
        text=f"{done.text}。",
        permission=f"{_owner(command.kind)}:roster:import",
        page="exchange",
        argument=(command.kind,),
    )


def edition_announced(command: AnnounceEdition, done: Done, work: Work) -> Iterator[NewNotice]:
    """To everybody who reads the roster or a part of it."""
    yield NewNotice(
        text=f"{done.text}：{command.announced_on}，{command.document_no}。",
        permission=f"{_owner(command.kind)}:roster:read",
        anywhere=True,
        page="editions",
        argument=(command.kind,),
    )


DECLARATIONS: tuple[Declaration, ...] = (
    NoticeKind(
        key="core.rows_held",
        title="导入未写入的行",
        state=StateKind.WARN,
        after=("ImportRows",),
        raised=rows_held,
    ),
    NoticeKind(
        key="core.roster_taken",
        title="收到报送",
        state=StateKind.NEW,
        after=("TakeRoster",),
        raised=roster_taken,
    ),
    NoticeKind(
        key="core.edition_announced",
        title="名册公告",
        state=StateKind.OK,
        after=("AnnounceEdition",),
        raised=edition_announced,
    ),
)
