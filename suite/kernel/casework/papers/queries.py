"""The files of a case as they are read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.problems import ProblemKind, refuse
from suite.kernel.casework.current import UNKNOWN, may
from suite.kernel.casework.papers.contents import read_content
from suite.tables import Attachment, Case, User
from suite.tables.documents import OF_COMPLAINANT


@dataclass(frozen=True, kw_only=True)
class FileLine:
    """A file of a case. `secret`: it tells who complains. `struck_reason` is empty where it stands."""

    id: int
    event_id: int | None
    line_id: int | None
    file_name: str
    note: str
    sha256: str
    secret: bool
    added_by: str
    added_at: dt.datetime
    struck_reason: str
    struck_by: str


@dataclass(frozen=True, kw_only=True)
class FileContent:
    """The bytes of a file with the name under which to save it."""

    file_name: str
    content: bytes


def case_of(session: Session, actor: Actor, case_id: int) -> Case:
    """A case that the reader may see. Raises Refused `case.unknown`."""
    case = session.get(Case, case_id)
    if case is None or not may(actor, "case:read", case):
        raise refuse("case.unknown", UNKNOWN, ProblemKind.NOT_PERMITTED, field="case_id")
    return case


def case_files(session: Session, actor: Actor, case_id: int) -> Sequence[FileLine]:
    """The files attached to a case, in the order in which they came."""
    case = case_of(session, actor, case_id)
    names: dict[str, str] = dict(session.execute(select(User.login, User.name)).all())
    rows = session.scalars(select(Attachment).where(Attachment.case_id == case.id).order_by(Attachment.id))
    return [
        FileLine(
            id=row.id,
            event_id=row.event_id,
            line_id=row.line_id,
            file_name=row.file_name,
            note=row.note,
            sha256=row.sha256,
            secret=row.reader == OF_COMPLAINANT,
            added_by=names.get(row.added_by, row.added_by),
            added_at=row.added_at,
            struck_reason=row.struck_reason,
            struck_by=names.get(row.struck_by or "", row.struck_by or ""),
        )
        for row in rows
    ]


def file_content(session: Session, actor: Actor, attachment: int) -> FileContent:
    """The bytes of an attached file. Raises Refused to who may not open it."""
    row = session.get(Attachment, attachment)
    if row is None:
        raise refuse("case.unknown", UNKNOWN, ProblemKind.NOT_PERMITTED, field="attachment")
    case = case_of(session, actor, row.case_id)
    found = read_content(session, actor, case, row.sha256, row.reader)
    return FileContent(file_name=row.file_name, content=found.content)
