"""Records as they stand now, many at once: the values that edits, checks and diffs begin from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, select
from sqlalchemy.orm import Session

from suite.contract.declarations import RecordKind
from suite.database.among import MOST, among
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.said import Said
from suite.tables import Identity, Person, Subject

CHUNK = 500


@dataclass(kw_only=True)
class CurrentRecord:
    """One record's current values by field key, and what its edits need besides."""

    subject_id: int
    version: int
    person_id: int | None
    profession: str
    district_code: str | None
    association: str | None
    values: Said = field(default_factory=Said)


def chunks(items: Sequence[Any], size: int = CHUNK) -> Iterator[Sequence[Any]]:
    """Slices that fit into one statement on both engines; of what is bound as a list (`among`) more do."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def known_kind(work: Transaction, key: str) -> RecordKind:
    """The kind of this key; raises Refused when no plugin declares it."""
    return work.catalog.kind(key)


def columns_of(kind: RecordKind) -> dict[str, Column[Any]]:
    """Field key → table column."""
    return {item.key: item.table.columns[item.name] for item in kind.fields}


def current_records(session: Session, kind: RecordKind, ids: Sequence[int]) -> dict[int, CurrentRecord]:
    """The records of these subjects, secrets included: for the kernel's own use, never for a screen."""
    subject = Subject.metadata.tables[Subject.__tablename__]
    person = Subject.metadata.tables[Person.__tablename__]
    identity = Subject.metadata.tables[Identity.__tablename__]
    columns = columns_of(kind)
    source = subject.outerjoin(kind.details, kind.details.c.subject_id == subject.c.id)
    if kind.has_person:
        source = source.outerjoin(person, person.c.id == subject.c.person_id).outerjoin(
            identity, identity.c.person_id == subject.c.person_id
        )
    fixed = (
        subject.c.id,
        subject.c.version,
        subject.c.person_id,
        subject.c.profession,
        subject.c.district_code,
        subject.c.association,
    )
    query = select(*fixed, *(column.label(f"f_{key}") for key, column in columns.items())).select_from(source)
    keys = list(columns)
    found: dict[int, CurrentRecord] = {}
    for part in chunks(ids, MOST):
        for row in session.execute(query.where(among(subject.c.id, part), subject.c.kind == kind.key)).all():
            found[row[0]] = CurrentRecord(
                subject_id=row[0],
                version=row[1],
                person_id=row[2],
                profession=row[3],
                district_code=row[4],
                association=row[5],
                values=Said(
                    (key, value) for key, value in zip(keys, row[6:], strict=True) if value is not None
                ),
            )
    return found


def names_of(session: Session, ids: Sequence[int]) -> Mapping[int, str]:
    """Subject id → name."""
    names: dict[int, str] = {}
    for part in chunks(list(dict.fromkeys(ids)), MOST):
        names.update(session.execute(select(Subject.id, Subject.name).where(among(Subject.id, part))).all())
    return names
