"""What of the returns waits on the desk (工作台): what is overdue, and what waits for a review."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.hooks import TodayItem
from suite.contract.states import StateKind
from suite.kernel.returns.queries import ReturnDesk, forms_readable, return_desk
from suite.kernel.returns.rules import ReturnState
from suite.loader.catalog import Catalog
from suite.tables import Return

#: How far back the desk looks: what is older is read on the page itself.
PERIODS = 2


def return_items(session: Session, actor: Actor, catalog: Catalog, today: dt.date) -> Iterator[TodayItem]:
    """A line for each form and period that opens just these: to who reviews, what is overdue and what is to
    be reviewed; to who hands in only, what he has not handed in. A form that nobody ever filled in asks for
    nothing."""
    in_use = set(session.scalars(select(Return.form).distinct()))
    for form in forms_readable(actor, catalog):
        if form.key not in in_use:
            continue
        reviews = actor.may(f"{form.owner}:return:review")
        if reviews or actor.may(f"{form.owner}:return:submit"):
            desk = return_desk(session, actor, catalog, form.key, today, number=PERIODS)
            yield from _items(desk, today, reviews=reviews)


def _items(desk: ReturnDesk, today: dt.date, *, reviews: bool) -> Iterator[TodayItem]:
    for place, period in enumerate(desk.periods):
        opens = f"{desk.form.key}/{period.text}"
        missing = len(desk.missing(place))
        if missing and period.due < today:
            yield TodayItem(
                title=f"{desk.form.title} {period.text} 逾期未报",
                note="可在填报页催报" if reviews else "请填报；退回的，改正后重新报送",
                state=StateKind.BAD,
                count=missing,
                due=period.due,
                page="returns",
                view=opens,
            )
        waiting = desk.count(place)[ReturnState.SUBMITTED]
        if waiting and reviews and not period.early:
            yield TodayItem(
                title=f"{desk.form.title} {period.text} 待审核",
                note="审核通过，或退回并写明原因",
                state=StateKind.RUN,
                count=waiting,
                page="returns",
                view=opens,
            )
