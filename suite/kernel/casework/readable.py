"""The cases that a plugin's desk items are counted among."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false

from suite.contract.commands import Actor
from suite.kernel.search.queries import scope_condition
from suite.tables import Case


def readable_cases(actor: Actor, kind: str) -> ColumnElement[bool]:
    """The cases of a kind that the actor may read: what lies outside is not counted on the desk.

    For kinds whose rights are those of their profession.
    Example: `select(Case.id).where(readable_cases(actor, "popularization.duty_list"), Case.closed.is_(None))`
    """
    scopes = actor.scopes(f"{kind.split('.', 1)[0]}:case:read")
    return and_(Case.kind == kind, scope_condition(Case, scopes)) if scopes else false()
