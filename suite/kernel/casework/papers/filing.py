"""Filing a case (归档): what belongs into its file, in order, bound to one PDF that is kept with the case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from suite.contract.commands import Change, Done
from suite.contract.problems import Problem, ProblemKind, Refused, Severity, refuse
from suite.kernel.audit.activity import SHANGHAI
from suite.kernel.casework.current import (
    Standing,
    add_event,
    hold_case,
    may,
    require_in_scope,
    scope_of,
    standing_of,
)
from suite.kernel.casework.papers.commands import FileCase
from suite.kernel.casework.papers.contents import keep_content, read_content
from suite.kernel.casework.papers.facts import owed
from suite.kernel.casework.papers.issuing import organ_of
from suite.kernel.casework.papers.queries import case_papers, last_versions
from suite.kernel.documents.binding import IN_ITS_PLACE, ITS_TEXT, Part, Placed, bound, placed
from suite.kernel.documents.media import PDF
from suite.kernel.documents.pages import table_page, text_pages
from suite.kernel.documents.paper import printed_day
from suite.kernel.documents.reading import Block
from suite.kernel.executor.work import Transaction
from suite.tables import Attachment, Case, CaseFiling, User
from suite.tables.documents import OF_COMPLAINANT

KEEPS = ("永久", "长期", "30年", "10年", "短期")
MOST_BYTES = 200 * 1_048_576
MOST_WORDS = 300
COLUMNS = (0.1, 0.52, 0.23, 0.15)


def file_case(command: FileCase, work: Transaction) -> Done:
    """File the case. Raises Refused for one that is not over, or filed before without a reason."""
    case = hold_case(work, command.case_id)
    require_in_scope(work, "case:handle", case)
    found = standing_of(work.session, work.catalog, case)
    former = work.session.scalars(
        select(CaseFiling).where(CaseFiling.case_id == case.id).order_by(CaseFiling.version.desc()).limit(1)
    ).first()
    if problems := _problems(command, found, former):
        raise Refused(problems)
    rows = list(_rows(case, work))
    papers = case_papers(work.session, work.actor, work.catalog, case.id).papers
    lacking = "、".join(dict.fromkeys(paper.title for paper in papers if not paper.issued))
    if not rows:
        text = (
            f"卷内还没有文件。请先签发文书（待签发：{lacking}）或附上材料。"
            if lacking
            else "卷内没有文件，请先附上材料。"
        )
        raise refuse("filing.empty", text, ProblemKind.FORBIDDEN, field="case_id")
    secret = any(reader == OF_COMPLAINANT for _, reader, _ in rows)
    if secret and not may(work.actor, "complainant:reveal", case):
        text = "卷内有写明投诉人身份的文件，您没有“查看投诉人身份”的权限，请由有此权限的同事归档。"
        raise refuse("file.complainant", text, ProblemKind.NOT_PERMITTED, field="case_id")
    parts = [placed(part) for part in _parts(case, rows, work)]
    version = (former.version if former else 0) + 1
    front = [("卷宗封面", _cover(command, found, work)), ("卷内目录", _contents(parts))]
    made = bound(f"{case.number} 卷宗", front, parts, _closing(command, parts, work))
    row = CaseFiling(
        **scope_of(case),
        **keep_content(work, case, made.content, PDF, secret=secret),
        version=version,
        pages=made.pages,
        parts=len(parts),
        keep=command.keep,
        note=command.note.strip(),
        reason=command.reason.strip(),
        filed_on=work.today,
        filed_by=work.actor.login,
        filed_at=work.now,
    )
    work.session.add(row)
    said = f"{len(parts)} 件 {made.pages} 页 {command.reason}".strip()
    event = add_event(work, case, title="归档", on=work.today, note=said)
    row.event_id = event.id
    work.session.flush()
    return Done(
        text=f"{case.number} 已归档：{len(parts)} 件，{made.pages} 页",
        changes=(Change(kind=case.kind, ids=(case.id,)),),
        warnings=_told_lacking(lacking),
        result={"filing": row.id, "pages": made.pages, "parts": len(parts), "sha256": row.sha256},
    )


def _told_lacking(lacking: str) -> tuple[Problem, ...]:
    """Papers of the case that nobody issued are not in the file, which is said."""
    if not lacking:
        return ()
    text = f"尚未签发、没有入卷的文书：{lacking}。补签发后可以写明理由重新归档。"
    return (Problem(code="filing.lacking", text=text, severity=Severity.WARNING),)


def _problems(command: FileCase, found: Standing, former: CaseFiling | None) -> list[Problem]:
    state = found.lifecycle.by_state[found.case.state]
    problems = []
    if not state.terminal:
        text = f"本件现为“{state.title}”，还没有办结。办结以后才能归档。"
        problems.append(Problem(code="filing.open", text=text, kind=ProblemKind.FORBIDDEN, field="case_id"))
    if lacking := [f"“{paper.title}”" for paper, _ in owed(found)] if state.terminal else []:
        text = f"{'、'.join(lacking)}还没有签发或者送达。请先在“文书与附件”中签发、登记送达，再归档。"
        problems.append(Problem(code="filing.owed", text=text, kind=ProblemKind.FORBIDDEN, field="case_id"))
    if command.keep not in KEEPS:
        text = f"保管期限应为：{'、'.join(KEEPS)}。"
        problems.append(Problem(code="filing.keep", text=text, field="keep"))
    if former is not None and not command.reason.strip():
        text = f"本件已于 {former.filed_on} 归档。补充材料需要重新归档的，请写明理由。"
        problems.append(Problem(code="filing.again", text=text, field="reason"))
    for field, words in (("note", command.note), ("reason", command.reason)):
        if len(words) > MOST_WORDS:
            text = f"最多 {MOST_WORDS} 字，现有 {len(words)} 字。"
            problems.append(Problem(code="text.long", text=text, field=field))
    return problems


def _rows(case: Case, work: Transaction) -> Iterator[tuple[str, str, tuple[str, str, str]]]:
    """What belongs into the file: digest, reader, and what the 目录 says; papers first, then attachments."""
    for paper in last_versions(work.session, case.id):
        yield paper.sha256, paper.reader, (paper.title, paper.number or "", printed_day(paper.issued_on))
    files = work.session.scalars(
        select(Attachment)
        .where(Attachment.case_id == case.id, Attachment.struck_at.is_(None))
        .order_by(Attachment.id)
    )
    for file in files:
        day = printed_day(file.added_at.astimezone(SHANGHAI).date())
        yield file.sha256, file.reader, (file.note or file.file_name, "", day)


def _parts(
    case: Case, rows: Sequence[tuple[str, str, tuple[str, str, str]]], work: Transaction
) -> Iterator[Part]:
    size = 0
    for digest, reader, (title, number, day) in rows:
        found = read_content(work.session, work.actor, case, digest, reader)
        size += found.size
        if size > MOST_BYTES:
            text = f"卷内文件合计超过 {MOST_BYTES // 1_048_576} MB，不能装订成一卷。请先压缩其中的扫描件。"
            raise refuse("filing.large", text, field="case_id")
        yield Part(
            title=title, number=number, day=day, media=found.media, content=found.content, sha256=digest
        )


def _cover(command: FileCase, found: Standing, work: Transaction) -> bytes:
    case = found.case
    state = found.lifecycle.by_state[case.state]
    respondents = "、".join(row.name for row in found.parties if row.role == found.kind.respondent)
    handler = work.session.get(User, case.handler)
    lines = (
        f"案　　号：{case.number}",
        f"类　　别：{found.kind.title}",
        f"事　　项：{case.title}",
        f"当 事 人：{respondents}",
        f"登记日期：{printed_day(case.opened)}",
        f"办结日期：{printed_day(case.closed) if case.closed else ''}",
        f"办理结果：{state.title}",
        f"承 办 人：{handler.name if handler else case.handler}",
        f"归档日期：{printed_day(work.today)}",
        f"保管期限：{command.keep}",
    )
    return text_pages(
        [
            Block(text=organ_of(found, work.parameters), align="center", size=26),
            Block(text=""),
            Block(text="卷　宗", align="center", size=32),
            Block(text=""),
            *(Block(text=line) for line in lines),
        ]
    )


def _contents(parts: Sequence[Placed]) -> bytes:
    rows = [("序号", "文件名称（文号）", "日期", "页号")]
    page = 1
    for no, item in enumerate(parts, 1):
        number = f"　{item.part.number}" if item.part.number else ""
        how = f"（{item.how}）" if item.how in (ITS_TEXT, IN_ITS_PLACE) else ""
        last = page + item.count - 1
        rows.append((str(no), f"{item.part.title}{number}{how}", item.part.day, f"{page}–{last}"))
        page = last + 1
    return table_page("卷内目录", rows, COLUMNS)


def _closing(command: FileCase, parts: Sequence[Placed], work: Transaction) -> bytes:
    """The 备考表: how much there is, what is not the original, who filed it and when."""
    pages = sum(item.count for item in parts)
    texts = sum(item.how == ITS_TEXT for item in parts)
    stand_ins = sum(item.how == IN_ITS_PLACE for item in parts)
    lines = [f"本卷共 {len(parts)} 件，{pages} 页。"]
    if texts:
        lines.append(f"其中 {texts} 件签发的文书以文字版入卷，Word 原件连同摘要保存在系统中。")
    if stand_ins:
        lines.append(f"其中 {stand_ins} 件不能排成页面，以代页入卷，原文件连同摘要保存在系统中。")
    lines += [f"情况说明：{words}" for words in (command.note.strip(), command.reason.strip()) if words]
    return text_pages(
        [
            Block(text="备 考 表", align="center", size=22),
            Block(text=""),
            *(Block(text=line, first=2) for line in lines),
            Block(text=""),
            Block(text=f"立卷人：{work.actor.name}", align="right", right=64),
            Block(text=printed_day(work.today), align="right", right=64),
        ]
    )
