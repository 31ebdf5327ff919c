"""What a plugin's desk items are counted among."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false

from suite.contract.commands import Actor
from suite.kernel.search.queries import scope_condition
from suite.tables import Subject


def readable(actor: Actor, kind: str) -> ColumnElement[bool]:
    """The subjects of a kind that the actor may read: what lies outside is not counted on the desk.

    Example: `select(func.count()).select_from(Subject).where(readable(actor, "notary.notary"))`
    """
    scopes = actor.scopes(f"{kind.split('.', 1)[0]}:roster:read")
    return and_(Subject.kind == kind, scope_condition(Subject, scopes)) if scopes else false()
