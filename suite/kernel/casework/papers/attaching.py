"""Attaching files to a case, and striking them out."""

from __future__ import annotations

from sqlalchemy import func, select

from suite.contract.commands import Change, Done
from suite.contract.problems import Problem, ProblemKind, Refused, refuse
from suite.kernel.casework.current import UNKNOWN, hold_case, require_in_scope, scope_of
from suite.kernel.casework.papers.commands import AttachFile, StrikeAttachment
from suite.kernel.casework.papers.contents import keep_content
from suite.kernel.casework.telling import require_untold
from suite.kernel.documents.media import MEDIA, content_problems, file_name_of, media_of
from suite.kernel.executor.work import Transaction
from suite.tables import Attachment, Case, CaseEvent, LineOfCase

MOST_FILES, MOST_WORDS = 1_000, 300
#: What a file is called that tells who complains.
NEUTRAL_NAME = "投诉人材料"
MEGABYTE = 1_048_576


def attach_file(command: AttachFile, work: Transaction) -> Done:
    """Keep a file with the case. Raises Refused for one too big, of no known kind, or already there."""
    case = hold_case(work, command.case_id)
    require_in_scope(work, "case:handle", case)
    most = int(work.parameters["core.attachment_mb"]) * MEGABYTE
    problems = content_problems(command.content, most)
    problems += _words(command.note, "note", "说明")
    problems += _place_problems(command, case, work)
    media = media_of(command.content)
    if problems or media is None:
        raise Refused(problems)
    secret = command.names_complainant
    # Everybody who reads the case reads what a file is called, and such files are called after who complains.
    name = NEUTRAL_NAME if secret else command.file_name
    require_untold(work, case.id, file_name=name, note=command.note)
    named = keep_content(work, case, command.content, media, secret=secret)
    same = [Attachment.case_id == case.id, Attachment.sha256 == named["sha256"]]
    if command.event_id is not None:
        same.append(Attachment.event_id == command.event_id)
    if command.line_id is not None:
        same.append(Attachment.line_id == command.line_id)
    if (
        work.session.scalar(select(Attachment.id).where(*same, Attachment.struck_at.is_(None)).limit(1))
        is not None
    ):
        raise refuse("file.again", "本件已经附有同样内容的文件，不必再附。", field="content")
    row = Attachment(
        **scope_of(case),
        **named,
        event_id=command.event_id,
        line_id=command.line_id,
        file_name=file_name_of(name, media),
        note=command.note.strip(),
        added_by=work.actor.login,
        added_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    return Done(
        text=f"已附入“{row.file_name}”（{MEDIA[media.key].title}）",
        changes=(Change(kind=case.kind, ids=(case.id,)),),
        result={"attachment": row.id, "sha256": row.sha256, "file_name": row.file_name},
    )


def _place_problems(command: AttachFile, case: Case, work: Transaction) -> list[Problem]:
    found = []
    for table, field, number in (
        (CaseEvent, "event_id", command.event_id),
        (LineOfCase, "line_id", command.line_id),
    ):
        of = select(table.case_id).where(table.id == number)
        if number is not None and work.session.scalar(of) != case.id:
            text = "所指的办理记录或清单行不是本件的，请刷新后再选。"
            found.append(Problem(code="file.place", text=text, field=field))
    count = work.session.scalar(select(func.count()).where(Attachment.case_id == case.id)) or 0
    if count >= MOST_FILES:
        found.append(Problem(code="file.many", text=f"一件最多附 {MOST_FILES:,} 个文件。", field="content"))
    return found


def _words(text: str, field: str, title: str) -> list[Problem]:
    if len(text) <= MOST_WORDS:
        return []
    words = f"{title}最多 {MOST_WORDS} 字，现有 {len(text):,} 字。"
    return [Problem(code="text.long", text=words, field=field)]


def strike_attachment(command: StrikeAttachment, work: Transaction) -> Done:
    """Strike a file out; it stays in the case with who did so and why."""
    row = work.session.get(Attachment, command.attachment)
    if row is None:
        raise refuse("case.unknown", UNKNOWN, ProblemKind.NOT_PERMITTED, field="attachment")
    case = hold_case(work, row.case_id)
    require_in_scope(work, "case:handle", case)
    if not command.reason.strip():
        raise refuse("reason.required", "请写明划去的理由。", field="reason")
    if problems := _words(command.reason, "reason", "理由"):
        raise Refused(problems)
    if row.struck_at is not None:
        raise refuse("file.struck", f"“{row.file_name}”已经划去。", field="attachment")
    require_untold(work, case.id, reason=command.reason)
    row.struck_by, row.struck_at, row.struck_reason = work.actor.login, work.now, command.reason.strip()
    return Done(
        text=f"已划去“{row.file_name}”",
        changes=(Change(kind=case.kind, ids=(case.id,)),),
        result={"attachment": row.id},
    )
