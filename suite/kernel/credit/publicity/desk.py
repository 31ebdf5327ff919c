"""What 双公示 puts on the desk: what must be reported or withdrawn today, or should have been."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.hooks import TodayItem
from suite.contract.states import StateKind
from suite.kernel.credit.publicity.listing import URGENT as until
from suite.kernel.credit.publicity.rules import WAITING
from suite.kernel.credit.scoping import KEEP, seen
from suite.loader.catalog import Catalog
from suite.tables import Publicity


def publicity_items(session: Session, actor: Actor, catalog: Catalog, today: dt.date) -> Iterator[TodayItem]:
    """One line for who keeps credit; it opens the page 信用 with just these decisions."""
    number, first, late = session.execute(
        select(func.count(), func.min(until), func.coalesce(func.sum(case((until < today, 1), else_=0)), 0))
        .select_from(Publicity)
        .where(seen(Publicity, actor, catalog, action=KEEP), Publicity.state.in_(WAITING), until <= today)
    ).one()
    if number:
        told = f"其中 {late:,} 条已逾期" if late else "今天是最后一天"
        yield TodayItem(
            title="双公示今日应办",
            note=f"{told}，请报送、登记已公示或撤回",
            state=StateKind.BAD if late else StateKind.WARN,
            count=number,
            due=first,
            page="credit",
            view="today",
        )
