"""What a plugin's desk items are counted among: which records entries of a ledger name, and how much."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Subquery

from suite.contract.commands import Actor
from suite.contract.ledgers import ABOUT, Ledger
from suite.kernel.ledgers.counting import naming
from suite.kernel.ledgers.sheet import ENTRIES


def entries_about(
    actor: Actor, ledger: Ledger, first: dt.date, last: dt.date, *, total: str | None = None
) -> Subquery:
    """The records that entries of a ledger with a day in a span are about: `link` (the record), `number` of
    entries, `total` of one of its columns (0 without). Only entries that the actor may read, none crossed
    out.

    Example: `entries_about(actor, TRAINING, new_year, facts.today, total="hours")`
    """
    scopes = actor.scopes(f"{ledger.owner}:ledger:read")
    amount = ENTRIES.c[ledger.slots[total]] if total else None
    return naming(ledger.key, ABOUT, (first, last), scopes, amount)
