"""How a decision of the province comes into the rosters: as a licence event with number, day and organ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from suite.api import CaseFacts, Command, RowEdit, SaveRecords, SubjectFact, given
from suite.api import decided as decision


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
    said = given(values)
    if leaves:
        said["body_id"] = None
    return SaveRecords(
        kind=kind,
        rows=(RowEdit(values=said, subject_id=subject_id, person_of=person_of),),
        effective_on=_day(case),
    )


def _day(case: CaseFacts) -> dt.date:
    """The day of the decision, or that of a change that is only filed."""
    day: dt.date = case.values.get("decided_on") or case.values.get("changed_on") or case.on
    return day


def decided(case: CaseFacts, subject: SubjectFact | None, state: str) -> Sequence[Command]:
    """The decision on a licence: it puts it into a state; nothing where nobody on a roster is meant."""
    if subject is None:
        return ()
    number = case.values.get("decision_no") or case.values.get("report_no") or ""
    return (decision(subject, state, case, on=_day(case), no=number),)
