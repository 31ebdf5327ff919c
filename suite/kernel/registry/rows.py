"""The visible rows of a list, by their ids."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor, Scope
from suite.contract.declarations import FieldType, RecordKind
from suite.kernel.registry.current import chunks
from suite.kernel.registry.listing import PERSONS, SUBJECTS, kept, read_columns, source_of
from suite.kernel.registry.masking import SHOWN
from suite.kernel.registry.queries import readable_kind
from suite.kernel.search.queries import scope_condition
from suite.loader.catalog import Catalog


@dataclass(frozen=True, kw_only=True)
class RosterRow:
    """One row of a list: field key → value as stored, masked where secret, links as (id, name)."""

    subject_id: int
    version: int
    values: Mapping[str, Any]


def roster_rows(
    session: Session,
    actor: Actor,
    catalog: Catalog,
    kind_key: str,
    ids: Sequence[int],
    *,
    columns: Sequence[str] | None = None,
    as_of: dt.date | None = None,
) -> list[RosterRow]:
    """The rows of these ids, in their order, with the fields asked for (default: all).

    Secret values are masked. What is out of scope is left out.
    """
    kind = readable_kind(actor, catalog, kind_key)
    keys = tuple(columns) if columns is not None else tuple(kind.by_key)
    scopes = actor.scopes(f"{kind.owner}:roster:read")
    statement, links = kept(
        kind, ("rows", keys, scopes, as_of), partial(_row_statement, kind, keys, scopes, as_of)
    )
    found: dict[int, RosterRow] = {}
    connection = session.connection()
    for part in chunks(ids):
        for row in connection.execute(statement, {"ids": part}):
            values = dict(zip(keys, row[2 : 2 + len(keys)], strict=True))
            for place, key in enumerate(links, 2 + len(keys)):
                if values[key] is not None:
                    values[key] = (values[key], row[place] or "")
            found[row[0]] = RosterRow(subject_id=row[0], version=row[1], values=values)
    return [found[subject_id] for subject_id in ids if subject_id in found]


def _row_statement(
    kind: RecordKind, keys: tuple[str, ...], scopes: tuple[Scope, ...], as_of: dt.date | None
) -> tuple[Select[Any], tuple[str, ...]]:
    """The statement of a window's rows, and the link fields whose names follow its columns."""
    columns = {
        **read_columns(kind, as_of),
        **{key: PERSONS.c[SHOWN[kind.by_key[key].name]] for key in keys if kind.by_key[key].sensitive},
    }
    links = tuple(key for key in keys if kind.by_key[key].type is FieldType.LINK)
    source = source_of(
        kind, {PERSONS if kind.by_key[key].sensitive else kind.by_key[key].table for key in keys}
    )
    names = []
    for key in links:
        target = SUBJECTS.alias()
        source = source.outerjoin(target, target.c.id == columns[key])
        names.append(target.c.name)
    statement = (
        select(SUBJECTS.c.id, SUBJECTS.c.version, *(columns[key].label(f"f_{key}") for key in keys), *names)
        .select_from(source)
        .where(
            SUBJECTS.c.id.in_(bindparam("ids", expanding=True)),
            SUBJECTS.c.kind == kind.key,
            scope_condition(SUBJECTS.c, scopes),
        )
    )
    return statement, links
