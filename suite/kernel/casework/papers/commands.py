"""Commands about the papers and files of a case."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from suite.contract.commands import Command


@dataclass(frozen=True, kw_only=True)
class AttachFile(Command):
    """Attach a file to a case: what it is is told by its content.

    event_id, line_id: the event or the line of the case that it belongs to. names_complainant: it tells
    who complains (a letter of complaint, a copy of a card), so that only who may see that opens it.
    """

    permission: ClassVar[str] = "{owner}:case:handle"
    title: ClassVar[str] = "附入文件"

    case_id: int
    file_name: str
    content: bytes
    note: str = ""
    event_id: int | None = None
    line_id: int | None = None
    names_complainant: bool = False


@dataclass(frozen=True, kw_only=True)
class StrikeAttachment(Command):
    """Strike an attached file out, with the reason; it stays readable."""

    permission: ClassVar[str] = "{owner}:case:handle"
    title: ClassVar[str] = "划去附件"

    attachment: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class IssueDocument(Command):
    """Issue a paper that a step of the case brought forth (签发): it takes its number and is kept.

    event_id: the step's event; the last one that brings forth such a paper where it is not given. recipient:
    to whom, where the template does not say. content: a draft that was edited by hand (.docx), in which
    number and date are still to be filled; without it the template's own text.
    """

    permission: ClassVar[str] = "{owner}:case:handle"
    title: ClassVar[str] = "签发文书"

    case_id: int
    document: str
    event_id: int | None = None
    on: dt.date | None = None
    recipient: str = ""
    content: bytes = b""


@dataclass(frozen=True, kw_only=True)
class ReissueDocument(Command):
    """Issue a paper anew under its number, as the next version, with the reason; the former one stays."""

    permission: ClassVar[str] = "{owner}:case:handle"
    title: ClassVar[str] = "重新签发文书"

    issued: int
    reason: str
    on: dt.date | None = None
    recipient: str = ""
    content: bytes = b""


@dataclass(frozen=True, kw_only=True)
class ReplaceTemplate(Command):
    """Use a .docx of the bureau's own for a paper from now on; without content the shipped one again."""

    permission: ClassVar[str] = "{owner}:case:review"
    title: ClassVar[str] = "更换文书模板"

    template: str
    file_name: str = ""
    content: bytes = b""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ServeDocument(Command):
    """Record how an issued paper was served (送达), or that it could not be.

    way: direct, left, electronic, entrusted, post or announced. on: the day of receipt; of an announcement,
    the day on which it was published. receiver: who signed for it. receipt: the attached 送达回证.
    """

    permission: ClassVar[str] = "{owner}:case:handle"
    title: ClassVar[str] = "登记送达"

    issued: int
    way: str
    on: dt.date | None = None
    delivered: bool = True
    receiver: str = ""
    note: str = ""
    receipt: int | None = None


@dataclass(frozen=True, kw_only=True)
class FileCase(Command):
    """File a case that is over (归档): cover, 目录, papers, attachments and 备考表 as one PDF that is kept.

    keep: how long it is kept (保管期限). reason: why it is filed again, where it was before.
    """

    permission: ClassVar[str] = "{owner}:case:handle"
    title: ClassVar[str] = "归档"

    case_id: int
    keep: str = "长期"
    note: str = ""
    reason: str = ""
