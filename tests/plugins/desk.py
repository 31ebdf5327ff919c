"""What waits on an actor's desk, and the rows that a click on it lists."""

from __future__ import annotations

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Facts, Granted, Scope
from suite.contract.hooks import TodayItem
from suite.kernel.parameters.queries import parameters_on
from suite.kernel.registry.queries import list_ids
from suite.ui.pages.roster.state import ask_of_argument


def desk_of(suite: Suite, actor: Actor, plugin: str) -> list[TodayItem]:
    """A plugin's items. What failed is an item without a kind and is not left out."""
    with suite.reading() as session:
        numbers = parameters_on(session, suite.catalog, suite.today)
        facts = Facts(session=session, today=suite.today, parameters=numbers)
        items = suite.plugins.today(actor, facts)
    # Places are nobody's own: a profession may say what waits among them.
    return [item for item in items if item.kind is None or item.kind.startswith((f"{plugin}.", "core."))]


def rows_of(suite: Suite, actor: Actor, item: TodayItem) -> set[int]:
    """The subjects in the list that the item opens, asked as the roster page asks."""
    kind = suite.catalog.kinds[item.kind or ""]
    ask = ask_of_argument(kind, item.filters, (item.title, item.ids) if item.ids else None)
    with suite.reading() as session:
        return set(list_ids(session, actor, suite.catalog, ask.query(kind.key, None)).ids)


def limited(permission: str, scope: Scope) -> Actor:
    """An actor who holds one permission in one scope."""
    return Actor(login="y", name="县局", granted=(Granted(permission=permission, scope=scope),))
