"""Files of entries: kept once with the entry, never changed, struck out with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor, Change, Command, Done, Handler
from suite.contract.problems import Problem, ProblemKind, Refused, refuse
from suite.kernel.documents.media import MEDIA, content_problems, file_name_of, media_of
from suite.kernel.executor.work import Transaction
from suite.kernel.ledgers.commands import AttachLedgerFile, StrikeLedgerFile
from suite.kernel.ledgers.current import Entry, current_entries, may
from suite.kernel.ledgers.preparing import UNKNOWN
from suite.kernel.ledgers.sheet import LedgerSheet, ledger_sheet
from suite.loader.catalog import Catalog
from suite.tables import LedgerFile

MOST_FILES, MOST_WORDS = 50, 300
MEGABYTE = 1_048_576


@dataclass(frozen=True, kw_only=True)
class EntryFile:
    """One file of an entry as a list shows it; `struck` is the reason, empty for one that stands."""

    id: int
    file_name: str
    media: str
    size: int
    note: str
    added_by: str
    added_at: dt.datetime
    struck: str


def attach_file(command: AttachLedgerFile, work: Transaction) -> Done:
    """Keep a file with the entry. Raises Refused for one too big, of no known kind, or already there."""
    sheet = ledger_sheet(work.catalog, command.ledger)
    entry = _editable(sheet, command.entry_id, work)
    problems = content_problems(command.content, int(work.parameters["core.attachment_mb"]) * MEGABYTE)
    problems += _words(command.note, "note", "说明")
    digest = sha256(command.content).hexdigest()
    standing = select(LedgerFile.sha256).where(
        LedgerFile.entry_id == entry.id, LedgerFile.struck_at.is_(None)
    )
    if digest in set(work.session.scalars(standing)):
        text = "本条已经附有同样内容的文件，不必再附。"
        problems.append(Problem(code="file.again", text=text, field="content"))
    many = work.session.scalar(select(func.count()).where(LedgerFile.entry_id == entry.id)) or 0
    if many >= MOST_FILES:
        text = f"一条最多附 {MOST_FILES} 个文件，请合并后再附。"
        problems.append(Problem(code="file.many", text=text, field="content"))
    media = media_of(command.content)
    if problems or media is None:
        raise Refused(problems)
    row = LedgerFile(
        entry_id=entry.id,
        profession=sheet.owner,
        district_code=entry.district_code,
        association=entry.association,
        sha256=digest,
        media=media.key,
        size=len(command.content),
        content=command.content,
        file_name=file_name_of(command.file_name, media),
        note=command.note.strip(),
        added_by=work.actor.login,
        added_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    return Done(
        text=f"已附入“{row.file_name}”（{MEDIA[media.key].title}）",
        changes=(Change(kind=sheet.key, ids=(entry.id,)),),
        result={"file": row.id, "sha256": digest, "file_name": row.file_name},
    )


def strike_file(command: StrikeLedgerFile, work: Transaction) -> Done:
    """Strike a file out; it stays with who did so and why."""
    sheet = ledger_sheet(work.catalog, command.ledger)
    row = work.session.get(LedgerFile, command.file_id)
    if row is None:
        raise refuse("entry.unknown", UNKNOWN, ProblemKind.NOT_PERMITTED, field="file_id")
    entry = _editable(sheet, row.entry_id, work)
    problems = _words(command.reason, "reason", "理由")
    if not command.reason.strip():
        problems.append(Problem(code="reason.required", text="请写明划去的理由。", field="reason"))
    if row.struck_at is not None:
        text = f"“{row.file_name}”已经划去。"
        problems.append(Problem(code="file.struck", text=text, field="file_id"))
    if problems:
        raise Refused(problems)
    row.struck_by, row.struck_at, row.struck_reason = work.actor.login, work.now, command.reason.strip()
    work.session.flush()
    return Done(
        text=f"已划去“{row.file_name}”",
        changes=(Change(kind=sheet.key, ids=(entry.id,)),),
        result={"file": row.id},
    )


def entry_files(
    session: Session, actor: Actor, catalog: Catalog, ledger: str, entry_id: int
) -> list[EntryFile]:
    """The files of an entry, in the order in which they came; none of one that may not be read."""
    sheet = ledger_sheet(catalog, ledger)
    entry = current_entries(session, sheet, [entry_id]).get(entry_id)
    if entry is None or not _may(actor, "ledger:read", sheet, entry):
        return []
    columns = (
        LedgerFile.id,
        LedgerFile.file_name,
        LedgerFile.media,
        LedgerFile.size,
        LedgerFile.note,
        LedgerFile.added_by,
        LedgerFile.added_at,
        LedgerFile.struck_reason,
    )
    rows = session.execute(select(*columns).where(LedgerFile.entry_id == entry_id).order_by(LedgerFile.id))
    return [
        EntryFile(
            id=row.id,
            file_name=row.file_name,
            media=row.media,
            size=row.size,
            note=row.note,
            added_by=row.added_by,
            added_at=row.added_at,
            struck=row.struck_reason,
        )
        for row in rows
    ]


def file_content(session: Session, actor: Actor, catalog: Catalog, ledger: str, file_id: int) -> bytes:
    """The bytes of a file. Raises Refused out of scope, and for one that is not what its digest says."""
    sheet = ledger_sheet(catalog, ledger)
    row = session.get(LedgerFile, file_id)
    entry = current_entries(session, sheet, [row.entry_id]).get(row.entry_id) if row is not None else None
    if row is None or entry is None or not _may(actor, "ledger:read", sheet, entry):
        raise refuse("entry.unknown", UNKNOWN, ProblemKind.NOT_PERMITTED, field="file_id")
    if sha256(row.content).hexdigest() != row.sha256:
        text = "文件内容与登记的摘要不符，可能被人绕过本系统改动。请保留现场并联系系统管理员。"
        raise refuse("file.changed", text, ProblemKind.UNAVAILABLE)
    return row.content


def _may(actor: Actor, action: str, sheet: LedgerSheet, entry: Entry) -> bool:
    return may(actor, action, sheet.owner, entry.district_code, entry.association)


def _editable(sheet: LedgerSheet, entry_id: int, work: Transaction) -> Entry:
    entry = current_entries(work.session, sheet, [entry_id], lock=True).get(entry_id)
    if entry is None or not _may(work.actor, "ledger:edit", sheet, entry):
        raise refuse("entry.unknown", UNKNOWN, ProblemKind.NOT_PERMITTED, field="entry_id")
    if entry.struck_at is not None:
        text = f"编号 {entry.values['number']} 已被划去，附件不能再动。"
        raise refuse("entry.struck", text, field="entry_id")
    return entry


def _words(text: str, field: str, title: str) -> list[Problem]:
    if len(text) <= MOST_WORDS:
        return []
    words = f"{title}最多 {MOST_WORDS} 字，现有 {len(text):,} 字。"
    return [Problem(code="text.long", text=words, field=field)]


HANDLERS: Mapping[type[Command], Handler] = {AttachLedgerFile: attach_file, StrikeLedgerFile: strike_file}
