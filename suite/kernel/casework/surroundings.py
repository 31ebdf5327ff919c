"""What stands around a case, read from the rosters and the other cases when a rule first asks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.effects import Around, SubjectFact
from suite.kernel.clocks.calendar import work_calendar
from suite.kernel.registry.facts import open_cases, record_facts, subject_facts
from suite.loader.catalog import Catalog
from suite.tables import Subject


def around(session: Session, catalog: Catalog, case_id: int | None, subject_ids: Sequence[int]) -> Around:
    """What stands around a case of these subjects; `case_id` is None for one that is not opened yet."""
    return Around(
        read_subjects=partial(subject_facts, session, catalog, subject_ids),
        read_other_cases=partial(open_cases, session, catalog, subject_ids, but=case_id),
        read_members=partial(_members, session, catalog),
        working_between=lambda after, until: work_calendar(session).working_between(after, until),
    )


def _members(session: Session, catalog: Catalog, body_id: int) -> tuple[SubjectFact, ...]:
    ids = session.scalars(select(Subject.id).where(Subject.body_id == body_id).order_by(Subject.id))
    return tuple(record_facts(session, catalog, list(ids)).values())
