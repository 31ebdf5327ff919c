"""Exports of many rows take two persons: what another one allowed, the asker may export for a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from suite.contract.commands import Done, KindCommand, TwoPersons
from suite.contract.problems import ProblemKind, refuse
from suite.kernel.exchange.stock.sheet import list_kind
from suite.kernel.executor.second_person import allowed_lately, alone_here
from suite.kernel.executor.work import Transaction

#: So many rows somebody exports alone.
ALONE = "core.export_alone_rows"


@dataclass(frozen=True, kw_only=True)
class AllowExport(KindCommand):
    """Allow who asks to export so many rows of a kind within a day of the approval."""

    permission: ClassVar[str] = "{owner}:roster:export"
    title: ClassVar[str] = "大量导出名册"
    two_persons: ClassVar[TwoPersons | None] = TwoPersons()

    rows: int
    reason: str


def allow_export(command: AllowExport, work: Transaction) -> Done:
    """Nothing more to write: the approved request itself is what allows it, and no login can forge one."""
    kind = list_kind(work.catalog, command.kind)
    return Done(text=f"已同意导出“{kind.list_title}”至多 {command.rows:,} {kind.unit}，一天内有效")


def require_allowed(kind: str, rows: int, work: Transaction) -> None:
    """Raises Refused where so many rows take a second person and none has allowed them.

    A desk with a single user has no second person.
    """
    alone = int(work.parameters[ALONE])
    if rows <= alone:
        return
    if alone_here(work):
        return
    for allowed in allowed_lately(AllowExport, work):
        if isinstance(allowed, AllowExport) and allowed.kind == kind and rows <= allowed.rows:
            return
    raise refuse(
        "export.second_person",
        f"一次导出超过 {alone:,} 行须由另一人复核，现为 {rows:,} 行，未导出。请先提请："
        f"suite request export {kind} {rows} 事由；同意后一天内可以导出。",
        ProblemKind.FORBIDDEN,
    )
