"""The masked numbers of persons, written anew from the numbers themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Connection, Row, select

from suite.database.base import METADATA
from suite.database.bulk import update_rows
from suite.kernel.registry.current import chunks
from suite.kernel.registry.masking import SHOWN, masked
from suite.tables import Identity, Person

PERSONS = METADATA.tables[Person.__tablename__]
IDENTITIES = METADATA.tables[Identity.__tablename__]


def write_shown(persons: Collection[int], connection: Connection) -> None:
    """Let the masks of these persons follow their numbers, wherever those came from."""
    for part in chunks(sorted(persons)):
        update_rows(connection, PERSONS, "id", list(wrong_masks(connection, part)))


def wrong_masks(connection: Connection, persons: Collection[int] | None = None) -> Iterator[dict[str, Any]]:
    """The persons whose masks are not those of their numbers, with the right ones; of all or of some."""
    query = select(
        PERSONS.c.id,
        *(PERSONS.c[mask] for mask in SHOWN.values()),
        *(IDENTITIES.c[secret] for secret in SHOWN),
    ).outerjoin(IDENTITIES, IDENTITIES.c.person_id == PERSONS.c.id)
    if persons is not None:
        query = query.where(PERSONS.c.id.in_(persons))
    for row in connection.execute(query.order_by(PERSONS.c.id)):
        right = _right(row)
        if any(row._mapping[mask] != value for mask, value in right.items()):
            yield {"id": row.id, **right}


def _right(row: Row[Any]) -> dict[str, str | None]:
    return {mask: masked(secret, row._mapping[secret]) for secret, mask in SHOWN.items()}
