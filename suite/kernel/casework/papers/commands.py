"""Commands about the files of a case."""

from __future__ import annotations

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
