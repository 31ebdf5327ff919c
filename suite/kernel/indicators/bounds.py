"""Of which places somebody sees the numbers: one rule for every owner's."""

from __future__ import annotations

from suite.contract.commands import Actor, Scope
from suite.kernel.accounts.rules import SHARED
from suite.kernel.indicators.members import places_of

READ = "roster:read"


def places_read(actor: Actor, owner: str) -> tuple[Scope, ...]:
    """The districts of which the actor reads an owner's numbers; none where he reads none.

    What everybody in the house may look up (villages, the core's figures) lies for his numbers where his own
    rosters lie: whoever is bound to districts reads the board of these, not the city's beside his own. That
    is what he is shown and no secret kept from him: the server too lets everybody in the house read figures.
    """
    key = f"{owner}:{READ}"
    scopes = actor.scopes(key)
    if scopes and key in SHARED:
        own = [
            item.scope
            for item in actor.granted
            if item.permission.endswith(f":{READ}") and item.permission not in SHARED
        ]
        scopes = tuple(own) or scopes
    return places_of(scopes)
