"""The contents of a case's files: kept once, never changed, checked against their digest when read."""

from __future__ import annotations

from hashlib import sha256

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.problems import ProblemKind, refuse
from suite.kernel.casework.current import may, scope_of
from suite.kernel.documents.media import Media
from suite.kernel.executor.work import Transaction
from suite.tables import Case, CaseContent
from suite.tables.documents import OF_CASE, OF_COMPLAINANT


def keep_content(
    work: Transaction, case: Case, content: bytes, media: Media, *, secret: bool
) -> dict[str, str]:
    """Keep the bytes in the case where they are not yet; gives the columns by which a row names them.

    Without reading back: who keeps what names a complainant may not see it again.
    """
    named = {"sha256": sha256(content).hexdigest(), "reader": OF_COMPLAINANT if secret else OF_CASE}
    known = work.session.scalar(
        select(CaseContent.size).where(
            CaseContent.case_id == case.id,
            CaseContent.sha256 == named["sha256"],
            CaseContent.reader == named["reader"],
        )
    )
    if known is None:
        values = {**scope_of(case), **named, "media": media.key, "size": len(content), "content": content}
        work.session.execute(insert(CaseContent).values(values))
    return named


def read_content(session: Session, actor: Actor, case: Case, digest: str, reader: str) -> CaseContent:
    """A content. Raises Refused to who may not open it, and for one that is not what its digest says."""
    if reader == OF_COMPLAINANT and not may(actor, "complainant:reveal", case):
        text = "这份文件写有投诉人身份，您没有“查看投诉人身份”的权限，请联系科室管理员。"
        raise refuse("file.complainant", text, ProblemKind.NOT_PERMITTED)
    found = session.get(CaseContent, (case.id, digest, reader))
    if found is None or sha256(found.content).hexdigest() != digest:
        text = "文件内容与登记的摘要不符，可能被人绕过本系统改动。请保留现场并联系系统管理员。"
        raise refuse("file.changed", text, ProblemKind.UNAVAILABLE)
    return found
