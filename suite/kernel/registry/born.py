"""The birth date that an identity number carries, kept where nobody says one.

Whoever asks how old somebody is reads the birth date: rules, desks, filters and namesakes alike. So it is
written once, from a number whose check digit is right, and a date that was taken from a number goes with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from suite.contract.declarations import RecordKind
from suite.database.base import table_of
from suite.kernel.registry.edits import Edit
from suite.kernel.registry.identifiers.identity import CARRIES_BIRTH
from suite.kernel.registry.identifiers.resident import carried_birth
from suite.tables import Identity, Person

BORN, NUMBER, DOCUMENT = "birth_date", "id_number", "id_type"
PERSONS, IDENTITIES = table_of(Person), table_of(Identity)


def say_births(kind: RecordKind, edits: Sequence[Edit], today: dt.date) -> None:
    """Let records whose number is given, or whose birth date is taken away, have the number's date."""
    if not kind.has_person or not {BORN, NUMBER} <= kind.by_key.keys():
        return
    for edit in edits:
        if edit.is_new:
            if BORN not in edit.values and (born := birth_in(edit.values, today)) is not None:
                edit.say(BORN, born)
        elif not edit.changes.keys().isdisjoint((BORN, NUMBER)) and edit.said.get(BORN) is None:
            _follow(edit, today)


def _follow(edit: Edit, today: dt.date) -> None:
    """Let the birth date of a standing record go with its number."""
    before, now = edit.former.values.get(BORN), birth_in(edit.values, today)
    cleared = BORN in edit.changes
    # A date that somebody said stays: that it contradicts the new number is for the checks to tell.
    if now is None or not (cleared or before in (None, birth_in(edit.former.values, today))):
        return
    edit.changes = {key: value for key, value in edit.changes.items() if key != BORN}
    if now != before:
        edit.changes[BORN] = now
    edit.values = edit.values | {BORN: now}


def birth_in(values: Mapping[str, Any], today: dt.date) -> dt.date | None:
    """The birth date in the number that a record says."""
    number = values.get(NUMBER)
    fits = number is not None and values.get(DOCUMENT, CARRIES_BIRTH[0]) in CARRIES_BIRTH
    return carried_birth(number, today=today) if number is not None and fits else None


def unsaid_births(connection: Connection, today: dt.date) -> Iterator[dict[str, Any]]:
    """The persons who have no birth date and a number that carries one, with it."""
    query = (
        select(PERSONS.c.id, IDENTITIES.c.id_number, IDENTITIES.c.id_type)
        .join(IDENTITIES, IDENTITIES.c.person_id == PERSONS.c.id)
        .where(PERSONS.c.birth_date.is_(None), IDENTITIES.c.id_number.is_not(None))
        .order_by(PERSONS.c.id)
    )
    for row in connection.execute(query):
        said = {NUMBER: row.id_number} | ({DOCUMENT: row.id_type} if row.id_type else {})
        if (born := birth_in(said, today)) is not None:
            yield {"id": row.id, "birth_date": born}
