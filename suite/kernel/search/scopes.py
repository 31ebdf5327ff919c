"""The numbers that stand for a kind and its scope columns in the key table."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, insert, select

from suite.database.base import table_of
from suite.tables import SearchScope

SCOPES = table_of(SearchScope)
#: Kind, profession, district and association.
Scoped = tuple[str, str, str | None, str | None]
MEANING = (SCOPES.c.kind, SCOPES.c.profession, SCOPES.c.district_code, SCOPES.c.association)


def scope_numbers(connection: Connection, wanted: Collection[Scoped]) -> dict[Scoped, int]:
    """The number of each, entered where there is none yet; many keys are written with few numbers."""
    if not wanted:
        return {}
    kinds = sorted({kind for kind, *_ in wanted})
    known: dict[Scoped, int] = {
        (row[1], row[2], row[3], row[4]): row[0]
        for row in connection.execute(select(SCOPES.c.id, *MEANING).where(SCOPES.c.kind.in_(kinds)))
    }
    for scoped in wanted:
        if scoped not in known:
            values = dict(zip((column.name for column in MEANING), scoped, strict=True))
            entered = connection.execute(insert(SCOPES).values(values).returning(SCOPES.c.id))
            known[scoped] = entered.scalar_one()
    return known
