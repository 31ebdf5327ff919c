"""The commands of the registry that effects are made of, from the facts of a case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from suite.contract.case_facts import CaseFacts
from suite.contract.effects import SubjectFact
from suite.contract.problems import ProblemKind, refuse
from suite.kernel.registry.commands import RecordLicenceEvent, RowEdit, SaveRecords


def given(values: Mapping[str, Any]) -> dict[str, Any]:
    """What was given of these values; what was left empty leaves the record as it is."""
    return {key: value for key, value in values.items() if value not in (None, "", ())}


def made(kind: str, values: Mapping[str, Any], day: dt.date, *, person_of: int | None = None) -> SaveRecords:
    """A new record from a day on; `person_of` is another record of the same person."""
    return SaveRecords(kind=kind, rows=(RowEdit(values=dict(values), person_of=person_of),), effective_on=day)


def saved(record: SubjectFact, values: Mapping[str, Any], day: dt.date) -> SaveRecords:
    """A record that changes from a day on."""
    row = RowEdit(subject_id=record.id, values=dict(values))
    return SaveRecords(kind=record.kind, rows=(row,), effective_on=day)


def decided(
    record: SubjectFact,
    state: str,
    case: CaseFacts,
    *,
    on: dt.date | None = None,
    no: str | None = None,
    note: str = "",
) -> RecordLicenceEvent:
    """A decision on a record's licence: that of the case (`decision_no`, `decided_on`, `decided_by`) unless
    said otherwise. Raises Refused for a record whose kind has no licence."""
    if record.licence_id is None:
        text = f"“{record.name}”没有执业许可可以登记变动，请核对名册。"
        raise refuse("licence.unknown", text, ProblemKind.FORBIDDEN)
    said = case.values
    return RecordLicenceEvent(
        kind=record.kind,
        licence_id=record.licence_id,
        state=state,
        on_date=on or said.get("decided_on") or case.on,
        document_no=(said.get("decision_no") or "") if no is None else no,
        decided_by=said.get("decided_by") or "",
        note=note or f"办件 {case.number}",
    )
