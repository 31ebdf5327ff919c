"""The versions of an issued paper: which stands, and whether the service of one counts for the next."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.tables import DocumentService, IssuedDocument


@dataclass(frozen=True, kw_only=True)
class LastVersion:
    """The last version of a paper: its id, its day, from when on it counts as served, and whether it is to be
    served anew."""

    id: int
    issued_on: dt.date
    served_on: dt.date | None
    anew: bool


def versions_of(session: Session, case_id: int) -> dict[tuple[str, int | None], LastVersion]:
    """Template and event → the last version. What it was served for counts on, until a version says something
    else."""
    rows = session.execute(
        select(
            IssuedDocument.template,
            IssuedDocument.event_id,
            IssuedDocument.id,
            IssuedDocument.issued_on,
            IssuedDocument.says_else,
            DocumentService.served_on,
        )
        .outerjoin(
            DocumentService,
            (DocumentService.issued_id == IssuedDocument.id) & DocumentService.delivered.is_(True),
        )
        .where(IssuedDocument.case_id == case_id)
        .order_by(IssuedDocument.id)
    )
    found: dict[tuple[str, int | None], LastVersion] = {}
    for template, event_id, number, issued_on, says_else, served_on in rows:
        former = found.get((template, event_id))
        before = former.served_on if former is not None else None
        found[template, event_id] = LastVersion(
            id=number,
            issued_on=issued_on,
            served_on=served_on or (None if says_else else before),
            anew=served_on is None
            and former is not None
            and (former.anew or (says_else and before is not None)),
        )
    return found


def served_before(session: Session, issued: IssuedDocument) -> dt.date | None:
    """From when on a version counts as served, by itself or by the one before it that says the same."""
    last = versions_of(session, issued.case_id).get((issued.template, issued.event_id))
    return last.served_on if last is not None and last.id == issued.id else None
