"""How a decision of the province comes into the rosters: as a licence event with number, day and organ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from suite.api import CaseFacts, Command, RecordLicenceEvent, RowEdit, SaveRecords, SubjectFact


def saved(
    case: CaseFacts,
    kind: str,
    values: Mapping[str, Any],
    subject_id: int | None = None,
    *,
    person_of: int | None = None,
    leaves: bool = False,
) -> SaveRecords:
    """A record made or changed from the day of the decision on; what is not said stays.

    leaves: the body that it belongs to is left on that day.
    """
    said = {key: value for key, value in values.items() if value not in (None, "")}
    if leaves:
        said["body_id"] = None
    return SaveRecords(
        kind=kind,
        rows=(RowEdit(values=said, subject_id=subject_id, person_of=person_of),),
        effective_on=case.values.get("decided_on") or case.values.get("changed_on") or case.on,
    )


def decided(case: CaseFacts, subject: SubjectFact | None, state: str) -> Sequence[Command]:
    """The decision on a licence: it puts it into a state; nothing where there is no licence."""
    if subject is None or subject.licence_id is None:
        return ()
    return (
        RecordLicenceEvent(
            kind=subject.kind,
            licence_id=subject.licence_id,
            state=state,
            on_date=case.values.get("decided_on") or case.values.get("changed_on") or case.on,
            document_no=case.values.get("decision_no") or case.values.get("report_no") or "",
            decided_by=case.values.get("decided_by") or "",
            note=f"办件 {case.number}",
        ),
    )
