"""What there is in each place of the plan, counted past every right."""

from __future__ import annotations

from sqlalchemy import func, select

from suite.bootstrap import Suite
from suite.kernel.plan.queries import plan_lines
from suite.tables import Campaign, Case, FigureValue, LedgerEntry, Subject

#: Tables whose rows name the key of what they are of.
COUNTED = (Subject.kind, Case.kind, Campaign.scheme, LedgerEntry.kind, FigureValue.key)


def empty_items(suite: Suite) -> list[tuple[int, tuple[str, ...]]]:
    """The items that are done here and have no record in any of their places.

    A page is a place of many things; an indicator counts what other places hold.
    """
    counts: dict[str, int] = {}
    with suite.reading() as session:
        for column in COUNTED:
            counts |= dict(session.execute(select(column, func.count()).group_by(column)).all())
    catalog = suite.catalog
    return [
        (line.item.no, line.where)
        for line in plan_lines(catalog)
        if line.where
        and not any(key in catalog.indicators or "." not in key or counts.get(key) for key in line.where)
    ]
