"""What a list says when it has no rows: why, and the next step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from suite.contract.commands import Actor
from suite.contract.declarations import RecordKind
from suite.database.engine import ReadSession
from suite.kernel.registry.queries import count
from suite.loader.catalog import Catalog
from suite.ui.pages.roster.head import PERSONS, side_of
from suite.ui.pages.roster.state import ListAsk

NO_RIGHT = "您没有查看本栏的权限，请联系科室管理员。"


@dataclass(frozen=True, kw_only=True)
class WayOut:
    """The one condition whose removal shows most rows."""

    key: str
    rows: int


def noun_of(kind: RecordKind) -> str:
    """人员 or 机构, places by their own name."""
    return PERSONS if side_of(kind) == PERSONS else kind.title


def nothing_yet(kind: RecordKind) -> str:
    """No record of the kind exists."""
    return f"还没有{kind.title}。可从工作簿导入，或逐个新增。"


def way_out(
    session: ReadSession,
    actor: Actor,
    catalog: Catalog,
    kind: RecordKind,
    ask: ListAsk,
    as_of: date | None,
) -> WayOut | None:
    """Which condition to take back; None where taking back one alone helps nothing. Counts stop at 1,001."""
    best: WayOut | None = None
    for key in ask.filters:
        rest = ListAsk(filters={other: value for other, value in ask.filters.items() if other != key})
        rows = count(session, actor, catalog, rest.query(kind.key, as_of))
        if rows and (best is None or rows > best.rows):
            best = WayOut(key=key, rows=rows)
    return best


def too_narrow(kind: RecordKind, way: WayOut | None, words: Mapping[str, str]) -> str:
    """`没有符合条件的人员。清除“类别：专职”可看到 37 人。`"""
    begin = f"没有符合条件的{noun_of(kind)}。"
    if way is None:
        return f"{begin}清除全部条件后再找。"
    shown = f"{way.rows:,}" if way.rows <= 1_000 else "1,000 多"
    return f"{begin}清除“{words.get(way.key, '')}”可看到 {shown} {kind.unit}。"
