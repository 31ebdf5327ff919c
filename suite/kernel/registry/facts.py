"""Records and the open cases about them as rules see them: facts of one moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from suite.contract.effects import OtherCase, StateFact, SubjectFact
from suite.database.engine import is_sqlite
from suite.kernel.registry.bars import bars_of
from suite.kernel.registry.current import chunks, current_records
from suite.kernel.registry.timeline import licences_of
from suite.loader.catalog import Catalog
from suite.tables import Case, CaseParty, LicenceEvent, Subject


def subject_facts(session: Session, catalog: Catalog, ids: Sequence[int]) -> dict[int, SubjectFact]:
    """The records and the bodies that they belong to; what the reader may not see is not among them."""
    found = record_facts(session, catalog, ids)
    bodies = {fact.values.get("body_id") for fact in found.values()} - {None, *found}
    return found | record_facts(session, catalog, sorted(body for body in bodies if body is not None))


def record_facts(session: Session, catalog: Catalog, ids: Sequence[int]) -> dict[int, SubjectFact]:
    """The records, without what they belong to."""
    if not ids:
        return {}
    kinds: dict[str, list[int]] = {}
    for part in chunks(ids):
        for number, key in session.execute(select(Subject.id, Subject.kind).where(Subject.id.in_(part))):
            kinds.setdefault(key, []).append(number)
    licences, decisions, bars = licences_of(session, ids), _decisions(session, ids), bars_of(session, ids)
    found: dict[int, SubjectFact] = {}
    for key, numbers in kinds.items():
        kind = catalog.kinds.get(key)
        if kind is None:
            continue
        open_fields = [field.key for field in kind.fields if not field.sensitive]
        for record in current_records(session, kind, numbers).values():
            found[record.subject_id] = SubjectFact(
                id=record.subject_id,
                kind=key,
                name=record.values["name"],
                status=record.values["status"],
                person_id=record.person_id,
                licence_id=licences.get(record.subject_id),
                values={name: record.values.get(name) for name in open_fields},
                decisions=tuple(decisions.get(record.subject_id, ())),
                bars=bars.get(record.subject_id, ()),
            )
    return {number: found[number] for number in ids if number in found}


def _decisions(session: Session, ids: Sequence[int]) -> dict[int, list[StateFact]]:
    found: dict[int, list[StateFact]] = {}
    for part in chunks(ids):
        for number, state, on, note in session.execute(
            select(LicenceEvent.subject_id, LicenceEvent.state, LicenceEvent.on_date, LicenceEvent.note)
            .where(LicenceEvent.subject_id.in_(part), LicenceEvent.voided_at.is_(None))
            .order_by(LicenceEvent.on_date, LicenceEvent.id)
        ):
            found.setdefault(number, []).append(StateFact(state=state, on=on, note=note or ""))
    return found


def open_cases(
    session: Session, catalog: Catalog, ids: Sequence[int], *, but: int | None = None
) -> tuple[OtherCase, ...]:
    """Open cases about these subjects, without one. A bar in law counts whether or not one may read it."""
    found = []
    for row in (row for part in chunks(list(ids)) for row in _rows(session, part)):
        kind = catalog.case_kinds.get(row.kind)
        if (but is None or row.case_id != but) and kind is not None and row.role == kind.respondent:
            found.append(
                OtherCase(
                    kind=kind.key,
                    work=kind.work,
                    number=row.number,
                    state=row.state,
                    role=row.role,
                    subject_id=row.subject_id,
                )
            )
    return tuple(found)


def _rows(session: Session, ids: Sequence[int]) -> Iterable[Any]:
    """On PostgreSQL a function tells of the cases out of scope too, without their numbers."""
    if not is_sqlite(session.connection()):
        told = func.core_cases_about(list(ids)).table_valued(
            "case_id", "kind", "number", "state", "role", "subject_id"
        )
        return session.execute(select(told).order_by(told.c.case_id, told.c.subject_id)).all()
    return session.execute(
        select(
            Case.id.label("case_id"),
            Case.kind,
            Case.number,
            Case.state,
            CaseParty.role,
            CaseParty.subject_id,
        )
        .join(CaseParty, CaseParty.case_id == Case.id)
        .where(CaseParty.subject_id.in_(ids), CaseParty.left_on.is_(None), Case.closed.is_(None))
        .order_by(Case.id, CaseParty.id)
    ).all()
