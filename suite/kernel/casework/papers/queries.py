"""The papers and files of a case as they are read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.papers import ServiceWay
from suite.contract.problems import ProblemKind, refuse
from suite.kernel.casework.current import UNKNOWN, may, standing_of, unknown_case
from suite.kernel.casework.papers.contents import read_content
from suite.kernel.casework.papers.issuing import called_for, make_paper
from suite.kernel.documents.media import MEDIA
from suite.loader.catalog import Catalog
from suite.tables import Attachment, Case, CaseEvent, CaseFiling, DocumentService, IssuedDocument, User
from suite.tables.documents import OF_COMPLAINANT

#: More digits than an id has.
MOST_DIGITS = 19


@dataclass(frozen=True, kw_only=True)
class FileLine:
    """A file of a case. `secret`: it tells who complains. `struck_reason` is empty where it stands.

    `place` names the line of a list that it belongs to (问题第 2 条), where it does.
    """

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
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class FileContent:
    """The bytes of a file with the name under which to save it; `secret`: it tells who complains."""

    file_name: str
    content: bytes
    secret: bool = False


@dataclass(frozen=True, kw_only=True)
class ServiceLine:
    """How a paper was served, or that it was not; `served_on` is the day it counts from."""

    way: str
    article: str
    on: dt.date
    delivered: bool
    served_on: dt.date | None
    receiver: str
    note: str
    receipt: str


@dataclass(frozen=True, kw_only=True)
class IssuedLine:
    """A paper as it was issued; `replaced` where a later version took its place. kept: the service of the
    version before it, which says the same."""

    id: int
    title: str
    number: str
    version: int
    reason: str
    recipient: str
    issued_on: dt.date
    issued_by: str
    sha256: str
    secret: bool
    replaced: bool
    services: tuple[ServiceLine, ...]
    kept: ServiceLine | None = None

    @property
    def served(self) -> ServiceLine | None:
        """The service that reached him."""
        return next((line for line in self.services if line.delivered), self.kept)


@dataclass(frozen=True, kw_only=True)
class PaperLine:
    """A paper that a step brought forth, with its issued versions, the last one last."""

    document: str
    title: str
    event_id: int
    step: str
    on: dt.date
    numbered: bool
    issued: tuple[IssuedLine, ...]


@dataclass(frozen=True, kw_only=True)
class FilingLine:
    """A case as it was filed."""

    id: int
    version: int
    pages: int
    parts: int
    keep: str
    filed_on: dt.date
    filed_by: str
    reason: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class CasePapers:
    """All papers and files of a case. `may_file`: it is over, so that it may be filed."""

    case_id: int
    number: str
    profession: str
    papers: tuple[PaperLine, ...]
    files: tuple[FileLine, ...]
    filings: tuple[FilingLine, ...]
    may_handle: bool
    may_reveal: bool
    may_file: bool


def case_of(session: Session, actor: Actor, case_id: int) -> Case:
    """A case that the reader may see. Raises Refused `case.unknown`."""
    case = session.get(Case, case_id)
    if case is None or not may(actor, "case:read", case):
        raise refuse("case.unknown", UNKNOWN, ProblemKind.NOT_PERMITTED, field="case_id")
    return case


def case_named(session: Session, actor: Actor, named: str) -> int:
    """The id of a case given by id or number. Raises Refused `case.unknown`, which says what was given."""
    case = session.scalar(select(Case).where(Case.number == named.strip()))
    if case is None and named.isascii() and named.isdigit() and len(named) < MOST_DIGITS:
        case = session.get(Case, int(named))
    if case is None or not may(actor, "case:read", case):
        raise unknown_case(named)
    return case.id


def cases_with_papers(session: Session, actor: Actor, catalog: Catalog) -> Sequence[tuple[int, str]]:
    """The cases, id and kind, in which steps brought papers forth, the oldest first."""
    commands = {
        transition.command
        for kind in catalog.case_kinds.values()
        for transition in catalog.lifecycle_of(kind).transitions
        if transition.documents
    }
    found = session.scalars(
        select(Case)
        .where(Case.id.in_(select(CaseEvent.case_id).where(CaseEvent.command.in_(commands))))
        .order_by(Case.id)
    )
    return [(case.id, case.kind) for case in found if may(actor, "case:handle", case)]


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
    return FileContent(file_name=row.file_name, content=found.content, secret=row.reader == OF_COMPLAINANT)


def case_papers(session: Session, actor: Actor, catalog: Catalog, case_id: int) -> CasePapers:
    """What papers the steps called for and what became of each, the files, and the filings."""
    case = case_of(session, actor, case_id)
    found = standing_of(session, catalog, case)
    names: dict[str, str] = dict(session.execute(select(User.login, User.name)).all())
    issued = _issued(session, case.id, names)
    places = {row.id: f"{found.kind.by_list[row.list_key].title}第 {row.no} 条" for row in found.lines}
    return CasePapers(
        case_id=case.id,
        number=case.number,
        profession=case.profession,
        papers=tuple(
            PaperLine(
                document=called.template.key,
                title=called.template.title,
                event_id=called.event.id,
                step=called.transition.title,
                on=called.event.on_date,
                numbered=called.template.numbered,
                issued=tuple(issued.get((called.template.key, called.event.id), ())),
            )
            for called in called_for(found, catalog)
        ),
        files=tuple(
            replace(file, place=places.get(file.line_id or 0, ""))
            for file in case_files(session, actor, case_id)
        ),
        filings=tuple(_filings(session, case.id, names)),
        may_handle=may(actor, "case:handle", case),
        may_reveal=may(actor, "complainant:reveal", case),
        may_file=found.lifecycle.by_state[case.state].terminal and may(actor, "case:handle", case),
    )


def _issued(
    session: Session, case_id: int, names: Mapping[str, str]
) -> dict[tuple[str, int | None], list[IssuedLine]]:
    rows = session.scalars(
        select(IssuedDocument).where(IssuedDocument.case_id == case_id).order_by(IssuedDocument.id)
    ).all()
    replaced = {row.replaces for row in rows}
    services = _services(session, case_id)
    lines: dict[tuple[str, int | None], list[IssuedLine]] = {}
    for row in rows:
        versions = lines.setdefault((row.template, row.event_id), [])
        line = IssuedLine(
            id=row.id,
            title=row.title,
            number=row.number or "",
            version=row.version,
            reason=row.reason,
            recipient=row.recipient,
            issued_on=row.issued_on,
            issued_by=names.get(row.issued_by, row.issued_by),
            sha256=row.sha256,
            secret=row.reader == OF_COMPLAINANT,
            replaced=row.id in replaced,
            services=tuple(services.get(row.id, ())),
            kept=versions[-1].served if versions and not row.says_else else None,
        )
        versions.append(line)
    return lines


def _services(session: Session, case_id: int) -> dict[int, list[ServiceLine]]:
    files: dict[int, str] = dict(
        session.execute(
            select(Attachment.id, Attachment.file_name).where(Attachment.case_id == case_id)
        ).all()
    )
    found: dict[int, list[ServiceLine]] = {}
    for row in session.scalars(
        select(DocumentService).where(DocumentService.case_id == case_id).order_by(DocumentService.id)
    ):
        line = ServiceLine(
            way=ServiceWay(row.way).words,
            article=row.article,
            on=row.on_date,
            delivered=row.delivered,
            served_on=row.served_on,
            receiver=row.receiver,
            note=row.note,
            receipt=files.get(row.receipt_id or 0, ""),
        )
        found.setdefault(row.issued_id, []).append(line)
    return found


def _filings(session: Session, case_id: int, names: Mapping[str, str]) -> Sequence[FilingLine]:
    rows = session.scalars(
        select(CaseFiling).where(CaseFiling.case_id == case_id).order_by(CaseFiling.version.desc())
    )
    return [
        FilingLine(
            id=row.id,
            version=row.version,
            pages=row.pages,
            parts=row.parts,
            keep=row.keep,
            filed_on=row.filed_on,
            filed_by=names.get(row.filed_by, row.filed_by),
            reason=row.reason,
            sha256=row.sha256,
        )
        for row in rows
    ]


def last_versions(session: Session, case_id: int) -> Sequence[IssuedDocument]:
    """The papers of a case that stand: of each the last version, in the order in which they were issued."""
    later = select(IssuedDocument.replaces).where(
        IssuedDocument.case_id == case_id, IssuedDocument.replaces.is_not(None)
    )
    return session.scalars(
        select(IssuedDocument)
        .where(IssuedDocument.case_id == case_id, IssuedDocument.id.not_in(later))
        .order_by(IssuedDocument.id)
    ).all()


def issued_content(session: Session, actor: Actor, issued: int) -> FileContent:
    """The bytes of an issued paper. Raises Refused to who may not open it."""
    row = session.get(IssuedDocument, issued)
    if row is None:
        raise refuse("case.unknown", UNKNOWN, ProblemKind.NOT_PERMITTED, field="issued")
    case = case_of(session, actor, row.case_id)
    found = read_content(session, actor, case, row.sha256, row.reader)
    version = f"第{row.version}版" if row.version > 1 else ""
    name = f"{row.title}{row.number or case.number}{version}.{MEDIA[found.media].key}"
    return FileContent(file_name=name, content=found.content, secret=row.reader == OF_COMPLAINANT)


def filing_content(session: Session, actor: Actor, filing: int) -> FileContent:
    """The PDF of a filed case. Raises Refused to who may not open it."""
    row = session.get(CaseFiling, filing)
    if row is None:
        raise refuse("case.unknown", UNKNOWN, ProblemKind.NOT_PERMITTED, field="filing")
    case = case_of(session, actor, row.case_id)
    found = read_content(session, actor, case, row.sha256, row.reader)
    return FileContent(
        file_name=f"{case.number}卷宗.pdf", content=found.content, secret=row.reader == OF_COMPLAINANT
    )


def draft_content(
    session: Session,
    actor: Actor,
    catalog: Catalog,
    case_id: int,
    document: str,
    event_id: int,
    parameters: Mapping[str, Any],
) -> FileContent:
    """A paper as it would be issued, its number and date still open. Raises Refused as issuing would."""
    case = case_of(session, actor, case_id)
    found = standing_of(session, catalog, case)
    for called in called_for(found, catalog):
        if called.template.key == document and called.event.id == event_id:
            made = make_paper(
                session,
                actor,
                catalog,
                found,
                called,
                day=None,
                number="",
                recipient="",
                parameters=parameters,
            )
            name = f"{called.template.title}（{case.number}）草稿.docx"
            return FileContent(file_name=name, content=made.content, secret=made.secret)
    raise refuse("paper.uncalled", "已办的步骤没有带出这份文书，请刷新后再看。", field="document")
