"""How secret values look to somebody who may not see them in full."""

from __future__ import annotations

from suite.kernel.registry.identifiers.phone import mask_phone
from suite.kernel.registry.identifiers.resident import mask_resident

#: Secret column → the column of the person in which it stands masked, for those who may not see it in full.
SHOWN = {"id_number": "id_number_shown", "phone": "phone_shown"}


def masked(key: str, value: str | None) -> str | None:
    """A secret value as it is shown: `130102********0015`, `138****5207`; None stays None."""
    if value is None:
        return None
    return mask_phone(value) if key.rpartition(".")[2] == "phone" else mask_resident(value)


def told_apart(shown: str, beside: str) -> str:
    """A masked value beside another that it differs from: where the masks are equal, words say so."""
    return f"{shown}（隐去部分不同）" if shown and shown == beside else shown
