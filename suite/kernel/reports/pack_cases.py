"""The evidence of a case for an inspection pack: its bound file or its papers, and what is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.problems import Refused
from suite.kernel.casework.case_file import CaseFile, case_file
from suite.kernel.casework.complainants import ROLE
from suite.kernel.casework.papers.queries import (
    CasePapers,
    FileContent,
    case_papers,
    file_content,
    filing_content,
    issued_content,
)
from suite.kernel.documents.binding import count_of
from suite.kernel.documents.pages import text_pages
from suite.kernel.documents.reading import Block
from suite.kernel.parameters.queries import parameters_on
from suite.kernel.reports.masked_copies import masked_copy
from suite.loader.catalog import Catalog
from suite.tables import CaseParty, Complainant

MASKED = "（遮蔽件）"


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One file of the pack. `pages` is None where it has none to be counted; `note` says what it is."""

    name: str
    content: bytes
    pages: int | None
    note: str


@dataclass(frozen=True, kw_only=True)
class Missing:
    """Something that belongs into the pack and is not in it: of what, what, why, and what to do."""

    of: str
    what: str
    why: str


def case_evidence(
    session: Session, actor: Actor, catalog: Catalog, case_id: int, today: dt.date
) -> Iterator[Evidence | Missing]:
    """Everything of one case. Where a complainant is named, the masked text stands for the paper."""
    found = case_papers(session, actor, catalog, case_id)
    numbers = parameters_on(session, catalog, today)
    yield _story(case_file(session, actor, catalog, case_id, today=today, parameters=numbers))
    yield from _lacking(found)
    names = _names(session, actor, found)
    if found.filings:
        filing = _filing(session, actor, found.filings[0].id)
        if filing is not None and not filing.secret:
            yield Evidence(
                name="卷宗.pdf", content=filing.content, pages=found.filings[0].pages, note="归档卷宗"
            )
            return
        yield Missing(
            of=found.number, what="归档卷宗", why="卷内写有投诉人身份，未放入；下列文书为遮蔽件或逐件放入"
        )
    for paper in found.papers:
        for issued in paper.issued:
            if not issued.replaced:
                title = f"{issued.title} {issued.number}".strip()
                yield _piece(found, title, partial(issued_content, session, actor, issued.id), names)
    for line in found.files:
        if not line.struck_reason:
            yield _piece(found, line.file_name, partial(file_content, session, actor, line.id), names)


def _story(found: CaseFile) -> Evidence:
    """What the case is about, who is in it (a complainant masked), and what happened, the first first."""
    blocks = [
        Block(text=f"{found.number} 办理情况", align="center", size=22),
        Block(text=""),
        Block(text=f"事项：{found.title}"),
        Block(text="当事人：" + "；".join(f"{one.role_title} {one.name}" for one in found.parties)),
        Block(text=f"现处：{found.state.title}"),
        Block(text=""),
        Block(text="", cells=("日期", "办理", "经办", "批准")),
        *(
            Block(text="", cells=(str(event.on), event.title, event.by, event.approved_by or ""))
            for event in reversed(found.events)
        ),
    ]
    pages = text_pages(blocks)
    return Evidence(name="办理情况.pdf", content=pages, pages=count_of(pages), note="办理经过")


def _filing(session: Session, actor: Actor, filing: int) -> FileContent | None:
    """The bound file, where the actor may open it."""
    try:
        return filing_content(session, actor, filing)
    except Refused:
        return None


def _lacking(found: CasePapers) -> Iterator[Missing]:
    if not found.filings:
        yield Missing(of=found.number, what="归档卷宗", why="尚未归档；结案后用“归档”生成")
    for paper in found.papers:
        if not paper.issued:
            yield Missing(of=found.number, what=paper.title, why=f"“{paper.step}”带出的文书尚未签发")
        for issued in paper.issued:
            if not issued.replaced and issued.served is None and issued.recipient:
                yield Missing(of=found.number, what=f"{issued.title}送达回证", why="没有送达记录")


def _piece(
    found: CasePapers, title: str, read: Callable[[], FileContent], names: Mapping[str, str] | None
) -> Evidence | Missing:
    """One paper: masked where it can be, left out where it cannot."""
    try:
        content = read()
    except Refused as refused:
        return Missing(of=found.number, what=title, why=refused.problems[0].text)
    name, _, ending = content.file_name.rpartition(".")
    if ending == "docx":
        if content.secret and names is None:
            return Missing(of=found.number, what=title, why="写有投诉人身份，您没有查看的权限，未放入")
        try:
            pages = masked_copy(content.content, names or {}, _digest(content.content))
        except (KeyError, ValueError, OSError, SyntaxError):
            return Missing(of=found.number, what=title, why="文书已损坏，不能读出文字")
        return Evidence(name=f"{name}{MASKED}.pdf", content=pages, pages=count_of(pages), note="文书的遮蔽件")
    if content.secret:
        return Missing(of=found.number, what=title, why="写有投诉人身份且不能自动遮蔽，须人工遮盖后补入")
    pages_of = None
    if ending == "pdf":
        try:
            pages_of = count_of(content.content)
        except Exception:  # a PDF from elsewhere may be damaged in any way; it is handed over as it came
            pages_of = None
    return Evidence(name=content.file_name, content=content.content, pages=pages_of, note="原件")


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _names(session: Session, actor: Actor, found: CasePapers) -> dict[str, str] | None:
    """What is to be replaced in papers that name who complains; None for who may not see it."""
    if not found.may_reveal:
        return None
    masked = dict(
        enumerate(
            session.scalars(
                select(CaseParty.name)
                .where(CaseParty.case_id == found.case_id, CaseParty.role == ROLE)
                .order_by(CaseParty.id)
            )
        )
    )
    names: dict[str, str] = {}
    for place, row in enumerate(
        session.scalars(
            select(Complainant).where(Complainant.case_id == found.case_id).order_by(Complainant.place)
        )
    ):
        names[row.name] = masked.get(place, "投诉人")
        for secret in (row.id_number, row.phone, row.address):
            if secret:
                names[secret] = "（已隐去）"
    return names
