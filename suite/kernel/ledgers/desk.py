"""What ledgers put on the desk: entries that were to be done by now and are not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.hooks import TodayItem
from suite.contract.states import StateKind
from suite.kernel.ledgers.queries import due_entries
from suite.kernel.ledgers.sheet import ledger_sheet
from suite.loader.catalog import Catalog

#: So many entries of a ledger are opened at once, those due first.
MOST_OPENED = 500


def ledger_items(session: Session, actor: Actor, catalog: Catalog, today: dt.date) -> Iterator[TodayItem]:
    """A line for each ledger with such entries, of those that the actor keeps; it opens just these."""
    for key, entries in due_entries(session, actor, catalog, today).items():
        sheet = ledger_sheet(catalog, key)
        if not actor.may(f"{sheet.owner}:ledger:edit"):
            continue
        late = sum(day < today for _, day in entries)
        ended = sheet.by_key[sheet.ledger.due or "until"].title
        told = f"{late:,} 条已过“{ended}”" if late else f"今天到“{ended}”"
        yield TodayItem(
            title=f"台账“{sheet.title}”到期未办",
            note=f"{told}，请续期、办结或更新状态",
            state=StateKind.BAD if late else StateKind.WARN,
            count=len(entries),
            due=entries[0][1],
            page="ledgers",
            view=key,
            ids=tuple(number for number, _ in entries[:MOST_OPENED]),
        )
