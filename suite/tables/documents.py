"""Papers and files of cases: contents by their digest, what was attached, what was issued, templates.

A content is kept once in a case and never changed; the trace keeps its digest, not its bytes. `reader` says
who may open it: whoever reads the case, or only who may also see who complains.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from suite.database.types import BigId, UtcDateTime, key_text
from suite.tables.base import CoreBase
from suite.tables.cases import OfCase

#: The words of `reader`.
OF_CASE, OF_COMPLAINANT = "case", "complainant"
#: The trace leaves the bytes out; this column of the same row is their digest.
CONTENT = {"digest": "sha256"}


class CaseContent(OfCase, CoreBase):
    """The bytes of a file of a case. `media` is what they are: pdf, docx, png …; `size` in bytes."""

    __tablename__ = "core_case_content"

    case_id: Mapped[int] = mapped_column(ForeignKey("core_case.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(key_text(64), primary_key=True)
    reader: Mapped[str] = mapped_column(String(20), primary_key=True)
    media: Mapped[str] = mapped_column(String(10))
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, info=CONTENT)


class OfContent(OfCase):
    """An entry that has a content of its case."""

    sha256: Mapped[str] = mapped_column(key_text(64))
    reader: Mapped[str] = mapped_column(String(20))

    @declared_attr
    @classmethod
    def event_id(cls) -> Mapped[int | None]:
        """The event of the case that it belongs to."""
        return mapped_column(ForeignKey("core_case_event.id"), index=True)


def _of_content() -> ForeignKeyConstraint:
    names = ("case_id", "sha256", "reader")
    return ForeignKeyConstraint(names, [f"core_case_content.{name}" for name in names])


class Attachment(OfContent, CoreBase):
    """A file attached to a case, one of its events, or one of its lines. Struck out, never deleted."""

    __tablename__ = "core_attachment"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    line_id: Mapped[int | None] = mapped_column(ForeignKey("core_case_line.id"), index=True)
    file_name: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(String(300), default="")
    added_by: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    added_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    struck_by: Mapped[str | None] = mapped_column(ForeignKey("core_user.login"))
    struck_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    struck_reason: Mapped[str] = mapped_column(String(300), default="")

    __table_args__ = (
        _of_content(),
        Index(None, "case_id", "id"),
        {"sqlite_autoincrement": True},
    )


class IssuedDocument(OfContent, CoreBase):
    """A paper as it was issued; never changed. A re-issue has the same number and the next `version`.

    `template` is the key of its declaration, `template_version` that of the bureau's own file, 0 for the one
    that came with the program. `number` is empty for a paper without one (笔录、登记表). `says_else`: it says
    something else than the version before it, so that the service of that one is none of this.
    """

    __tablename__ = "core_issued_document"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    template: Mapped[str] = mapped_column(String(100))
    template_version: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    number: Mapped[str | None] = mapped_column(key_text(60))
    version: Mapped[int] = mapped_column(default=1)
    replaces: Mapped[int | None] = mapped_column(ForeignKey("core_issued_document.id"), index=True)
    reason: Mapped[str] = mapped_column(String(300), default="")
    recipient: Mapped[str] = mapped_column(String(200), default="")
    says_else: Mapped[bool] = mapped_column(default=True)
    issued_on: Mapped[dt.date]
    issued_by: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    issued_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        _of_content(),
        UniqueConstraint("number", "version"),
        Index(None, "case_id", "id"),
        {"sqlite_autoincrement": True},
    )


class DocumentService(OfCase, CoreBase):
    """How an issued paper was served, or that it could not be (`delivered` false); written once.

    `served_on` is the day on which it counts as served: of an announcement, after its days have passed;
    `on_date` the day of what was done. `receipt_id` is the attached receipt (送达回证).
    """

    __tablename__ = "core_document_service"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    issued_id: Mapped[int] = mapped_column(ForeignKey("core_issued_document.id"), index=True)
    way: Mapped[str] = mapped_column(String(20))
    on_date: Mapped[dt.date]
    delivered: Mapped[bool]
    served_on: Mapped[dt.date | None]
    article: Mapped[str] = mapped_column(String(200))
    receiver: Mapped[str] = mapped_column(String(100), default="")
    note: Mapped[str] = mapped_column(String(300), default="")
    receipt_id: Mapped[int | None] = mapped_column(ForeignKey("core_attachment.id"), index=True)
    by_login: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index(None, "case_id", "id"), {"sqlite_autoincrement": True})


class CaseFiling(OfContent, CoreBase):
    """A case as it was filed (归档): the PDF of its file; `version` counts within the case. Written once.

    `parts` counts the papers and attachments in it, `keep` says how long it is kept (保管期限).
    """

    __tablename__ = "core_case_filing"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    version: Mapped[int]
    pages: Mapped[int]
    parts: Mapped[int]
    keep: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(String(300), default="")
    reason: Mapped[str] = mapped_column(String(300), default="")
    filed_on: Mapped[dt.date]
    filed_by: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    filed_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        _of_content(),
        UniqueConstraint("case_id", "version"),
        {"sqlite_autoincrement": True},
    )


class TemplateVersion(CoreBase):
    """A template of the bureau's own, from then on; without `content`, back to the one that was shipped.

    `version` counts by template.
    """

    __tablename__ = "core_document_template"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    template: Mapped[str] = mapped_column(String(100))
    version: Mapped[int]
    profession: Mapped[str] = mapped_column(String(30))
    sha256: Mapped[str] = mapped_column(key_text(64))
    file_name: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(Text, default="")
    content: Mapped[bytes | None] = mapped_column(LargeBinary, info=CONTENT)
    loaded_by: Mapped[str] = mapped_column(ForeignKey("core_user.login"))
    loaded_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("template", "version"), {"sqlite_autoincrement": True})
