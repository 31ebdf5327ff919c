"""What the suite counts by itself for the cells of a form, by district, at the end of a period."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.returns import ReturnForm
from suite.kernel.indicators.queries import side_counts
from suite.loader.catalog import Catalog


def known_numbers(
    session: Session, actor: Actor, catalog: Catalog, form: ReturnForm, day: dt.date
) -> dict[str, dict[str, Decimal]]:
    """who → cell → number; without those whose rosters the actor may not read, who types them."""
    found: dict[str, dict[str, Decimal]] = {}
    for cell in form.cells:
        if cell.known is None:
            continue
        counts = side_counts(session, actor, catalog, day, form.owner, cell.known)
        for place, number in counts.items():
            found.setdefault(place or "", {})[cell.series] = Decimal(number)
    return found
