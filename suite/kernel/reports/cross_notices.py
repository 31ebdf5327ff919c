"""Cross-notices (通报): numbered packets of facts to courts, procuratorate, police and others, with receipt.

Plan 四(四)16: facts of practice, change, review and penalty of institutions and persons are told at regular
meetings and on event. A packet's lines and its paper stay as they were told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from suite.contract.casework import NumberSeries
from suite.contract.commands import Actor, Change, Command, Done, Handler
from suite.contract.papers import PaperForm
from suite.contract.problems import Problem, ProblemKind, Refused, refuse
from suite.database.base import table_of
from suite.database.bulk import insert_rows
from suite.kernel.casework.numbering import next_of
from suite.kernel.documents.annex import Annex
from suite.kernel.documents.layout import set_paper
from suite.kernel.documents.paper import Paper, printed_day
from suite.kernel.executor.work import Transaction
from suite.kernel.reports.declarations import CHANNELS, RECIPIENTS
from suite.kernel.reports.notice_lines import TITLES, NoticeLine, Period, notice_lines
from suite.kernel.reports.settled import settled
from suite.loader.catalog import Catalog
from suite.tables import CrossNotice, CrossNoticeLine, User

LINES = table_of(CrossNoticeLine)
HANDLE, READ = "{owner}:case:handle", "{owner}:case:read"
LONGEST_NOTE = 500
#: A letter with more lines than this is read by nobody; a roster's opening stock would make one.
MOST_LINES = 5_000
#: 石司鉴投: place, organ, profession, matter.
WORD = 4


@dataclass(frozen=True, kw_only=True)
class OfProfession(Command):
    """A command about one profession's notices."""

    profession: str

    def permission_key(self) -> str:
        """Of the profession."""
        return self.permission.replace("{owner}", self.profession)


@dataclass(frozen=True, kw_only=True)
class MakeCrossNotice(OfProfession):
    """Make the packet of a period for one recipient: number, list, and letter.

    recipient: a code of the list of recipients, or its words. parts: what is told (change, post, grade,
    penalty, sanction); empty for everything.
    """

    permission: ClassVar[str] = HANDLE
    title: ClassVar[str] = "编制通报"
    article: ClassVar[str | None] = "石司〔2022〕105号四（四）16"

    recipient: str
    first: dt.date
    last: dt.date
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SendCrossNotice(OfProfession):
    """Note that a packet was sent: when and how."""

    permission: ClassVar[str] = HANDLE
    title: ClassVar[str] = "登记通报送出"

    notice_id: int
    sent_on: dt.date
    channel: str


@dataclass(frozen=True, kw_only=True)
class ReceiveReceipt(OfProfession):
    """Note the recipient's receipt: when, by whom, and what was answered."""

    permission: ClassVar[str] = HANDLE
    title: ClassVar[str] = "登记通报回执"

    notice_id: int
    receipt_on: dt.date
    receipt_by: str
    note: str = ""


def make_cross_notice(command: MakeCrossNotice, work: Transaction) -> Done:
    """Write it. Refuses an unknown recipient, a period that runs backwards or ahead, one in which nothing
    happened, and one in which more happened than a letter holds."""
    _require_whole(command, work)
    code = work.catalog.codes[RECIPIENTS].by_text.get(command.recipient.strip())
    problems = []
    if code is None:
        known = "、".join(work.catalog.codes[RECIPIENTS].titles.values())
        text = f"没有接收单位“{command.recipient[:40]}”。可用：{known}。"
        problems.append(Problem(code="notice.recipient", text=text, field="recipient"))
    if not command.first <= command.last <= work.today:
        text = "通报的期间应从早到晚，且不晚于今天，请改正。"
        problems.append(Problem(code="notice.period", text=text, field="first"))
    unknown = [part for part in command.parts if part not in TITLES]
    if unknown:
        text = f"没有“{unknown[0][:20]}”这类内容。可用：{'、'.join(TITLES)}。"
        problems.append(Problem(code="notice.part", text=text, field="parts"))
    if problems or code is None:
        raise Refused(problems)
    parts = command.parts or tuple(TITLES)
    period = Period(first=command.first, last=command.last)
    found = notice_lines(work.session, work.catalog, command.profession, period, parts)
    if not found:
        text = f"{command.first} 至 {command.last} 没有可以通报的事项，无须发出。"
        raise refuse("notice.nothing", text, field="first")
    if len(found) > MOST_LINES:
        text = f"这段期间有 {len(found):,} 项，一份通报最多 {MOST_LINES:,} 项，请分期间或分类别编制。"
        raise refuse("notice.large", text, field="first")
    profession = work.catalog.titles[command.profession]
    series = NumberSeries(
        key=f"core.cross_notice.{command.profession}",
        title="通报文号",
        organ=_organ(work.catalog, command.profession),
    )
    year = work.today.year
    number = next_of(work, series, year, command.profession)
    recipient = work.catalog.codes[RECIPIENTS].titles[code]
    content = settled(
        set_paper(_paper(work, number, recipient, profession, period, found)), work.now.replace(microsecond=0)
    )
    row = CrossNotice(
        profession=command.profession,
        year=year,
        series=int(number.rpartition("〕")[2].removesuffix("号")),
        number=number,
        recipient=code,
        recipient_title=recipient,
        first=command.first,
        last=command.last,
        lines=len(found),
        paper=content,
        sha256=sha256(content).hexdigest(),
        by_login=work.actor.login,
        made_on=work.today,
        at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    insert_rows(
        work.connection, LINES, [_row(row.id, command.profession, *pair) for pair in enumerate(found, 1)]
    )
    return Done(
        text=f"已编制给{recipient}的通报 {number}：{len(found)} 项",
        changes=(Change(kind="core.cross_notice", ids=(row.id,)),),
        result={"notice": row.id, "number": number, "lines": len(found)},
    )


def _organ(catalog: Catalog, profession: str) -> str:
    """The word of the series, after the profession's own: 石司鉴投 → 石司鉴通."""
    own = (
        series.organ
        for series in catalog.series.values()
        if series.key.startswith(f"{profession}.") and len(series.organ) == WORD
    )
    return f"{next(own, '石司')[: WORD - 1]}通"


def _row(notice_id: int, profession: str, place: int, line: NoticeLine) -> dict[str, Any]:
    return {
        "notice_id": notice_id,
        "place": place,
        "profession": profession,
        "district_code": None,
        "association": None,
        "what": line.what,
        "kind": line.kind,
        "subject_id": line.subject_id,
        "name": line.name,
        "day": line.day,
        "text": line.text,
    }


def _paper(
    work: Transaction,
    number: str,
    recipient: str,
    profession: str,
    period: Period,
    found: list[NoticeLine],
) -> Paper:
    counted = [
        f"{title}{number_of}项"
        for part, title in TITLES.items()
        if (number_of := sum(line.what == part for line in found))
    ]
    span = (
        printed_day(period.first)
        if period.first == period.last
        else f"{printed_day(period.first)}至{printed_day(period.last)}"
    )
    return Paper(
        form=PaperForm.LETTER,
        organ=str(work.parameters["core.paper.organ"]),
        title=f"关于通报{profession}行业监管信息的函",
        number=number,
        recipient=recipient,
        paragraphs=(
            f"为加强信息共享和工作协同，现将{span}{profession}行业机构和人员的有关监管信息通报贵单位，"
            f"共{len(found)}项：{'，'.join(counted)}。具体见附件。",
            "请贵单位在工作中予以参考。收到后请将回执退回我局；在办案、用案中发现上述机构、人员有违法违规线索，"
            "或有出庭、采信等反馈意见的，请一并函告。",
            "特此函告。",
        ),
        day=printed_day(work.today),
        annexes=(
            Annex(
                title=f"{profession}行业监管信息通报清单",
                headings=("序号", "类别", "日期", "内容"),
                rows=tuple(
                    (str(place), TITLES[line.what], line.day.isoformat(), line.text)
                    for place, line in enumerate(found, 1)
                ),
            ),
        ),
    )


def send_cross_notice(command: SendCrossNotice, work: Transaction) -> Done:
    """Write it, once."""
    row = _notice(command, work)
    channel = work.catalog.codes[CHANNELS].by_text.get(command.channel.strip())
    if row.sent_on is not None:
        raise refuse("notice.sent", f"{row.number} 已于 {row.sent_on} 送出。", ProblemKind.FORBIDDEN)
    if channel is None:
        known = "、".join(work.catalog.codes[CHANNELS].titles.values())
        raise refuse("notice.channel", f"没有这种送出方式。可用：{known}。", field="channel")
    if not row.made_on <= command.sent_on <= work.today:
        text = f"送出日期应在编制日 {row.made_on} 与今天之间，请改正。"
        raise refuse("notice.day", text, field="sent_on")
    row.sent_on, row.channel, row.version = command.sent_on, channel, row.version + 1
    return _done(row, work, f"已登记 {row.number} 送出")


def receive_receipt(command: ReceiveReceipt, work: Transaction) -> Done:
    """Write it, once."""
    row = _notice(command, work)
    if row.sent_on is None:
        raise refuse("notice.unsent", f"{row.number} 还没有登记送出，请先登记。", ProblemKind.FORBIDDEN)
    if row.receipt_on is not None:
        text = f"{row.number} 的回执已于 {row.receipt_on} 登记。"
        raise refuse("notice.receipt", text, ProblemKind.FORBIDDEN)
    if not row.sent_on <= command.receipt_on <= work.today:
        text = f"回执日期应在送出日 {row.sent_on} 与今天之间，请改正。"
        raise refuse("notice.day", text, field="receipt_on")
    who = command.receipt_by.strip()
    if not who or len(who) > 100 or len(command.note) > LONGEST_NOTE:
        raise refuse("required", f"请填写签收人；反馈最多 {LONGEST_NOTE} 字。", field="receipt_by")
    row.receipt_on, row.receipt_by = command.receipt_on, who
    row.receipt_note, row.version = command.note.strip() or None, row.version + 1
    return _done(row, work, f"已登记 {row.number} 的回执")


def _done(row: CrossNotice, work: Transaction, text: str) -> Done:
    work.session.flush()
    return Done(
        text=text,
        changes=(Change(kind="core.cross_notice", ids=(row.id,)),),
        result={"notice": row.id, "number": row.number},
    )


def _require_whole(command: OfProfession, work: Transaction) -> None:
    """What is told of a whole profession is told by who has the whole of it."""
    if command.profession not in work.catalog.professions:
        known = "、".join(work.catalog.professions)
        raise refuse(
            "profession.unknown", f"没有条线“{command.profession[:40]}”。可用：{known}。", field="profession"
        )
    for permission in (HANDLE, f"{command.profession}:roster:read"):
        scopes = work.require(permission.replace("{owner}", command.profession))
        if not any(scope.districts is None and scope.associations is None for scope in scopes):
            text = "通报须有全市范围的权限，请由市局科室办理。"
            raise refuse("notice.scope", text, ProblemKind.NOT_PERMITTED)


def _notice(command: SendCrossNotice | ReceiveReceipt, work: Transaction) -> CrossNotice:
    _require_whole(command, work)
    row = work.session.get(CrossNotice, command.notice_id)
    if row is None or row.profession != command.profession:
        raise refuse("notice.unknown", "没有这份通报，或它属于别的条线。", field="notice_id")
    return row


HANDLERS: Mapping[type[Command], Handler] = {
    MakeCrossNotice: make_cross_notice,
    SendCrossNotice: send_cross_notice,
    ReceiveReceipt: receive_receipt,
}


@dataclass(frozen=True, kw_only=True)
class CrossNoticeRead:
    """A packet as a list shows it; its lines where they were asked for."""

    id: int
    profession: str
    number: str
    recipient: str
    first: dt.date
    last: dt.date
    count: int
    by: str
    made_on: dt.date
    sent_on: dt.date | None
    channel: str
    receipt_on: dt.date | None
    receipt_by: str
    receipt_note: str
    lines: tuple[NoticeLine, ...] = ()


def cross_notices(session: Session, actor: Actor, catalog: Catalog) -> list[CrossNoticeRead]:
    """All packets of the professions that the actor sees whole, the newest first."""
    rows = session.execute(
        select(CrossNotice, User.name)
        .options(defer(CrossNotice.paper))
        .outerjoin(User, User.login == CrossNotice.by_login)
        .order_by(CrossNotice.id.desc())
    )
    return [_read(row, name, catalog) for row, name in rows if _sees(actor, row.profession)]


def cross_notice_of(session: Session, actor: Actor, catalog: Catalog, named: str) -> CrossNoticeRead:
    """One packet by number or id, with its lines. Raises Refused."""
    row = _row_named(session, actor, named)
    lines = tuple(
        NoticeLine(
            what=line.what,
            kind=line.kind,
            subject_id=line.subject_id,
            name=line.name,
            day=line.day,
            text=line.text,
        )
        for line in session.execute(select(LINES).where(LINES.c.notice_id == row.id).order_by(LINES.c.place))
    )
    name = session.scalar(select(User.name).where(User.login == row.by_login))
    return replace(_read(row, name, catalog), lines=lines)


def cross_notice_paper(session: Session, actor: Actor, named: str) -> tuple[str, bytes]:
    """The name and the bytes of a packet's letter. Raises Refused."""
    row = _row_named(session, actor, named)
    if sha256(row.paper).hexdigest() != row.sha256:
        text = "通报函的内容与登记的摘要不符，可能被人绕过本系统改动。请联系系统管理员。"
        raise refuse("file.changed", text, ProblemKind.UNAVAILABLE)
    return f"{row.number}{row.recipient_title}.docx", row.paper


def _row_named(session: Session, actor: Actor, named: str) -> CrossNotice:
    text = named.strip()
    row = session.scalar(select(CrossNotice).where(CrossNotice.number == text))
    if row is None and text.removeprefix("#").isdigit():
        row = session.get(CrossNotice, int(text.removeprefix("#")))
    if row is None or not _sees(actor, row.profession):
        raise refuse("notice.unknown", f"没有通报“{text[:60]}”。", field="notice")
    return row


def _sees(actor: Actor, profession: str) -> bool:
    scopes = actor.scopes(READ.replace("{owner}", profession))
    return any(scope.holds(profession, None, None) for scope in scopes)


def _read(row: CrossNotice, name: str | None, catalog: Catalog) -> CrossNoticeRead:
    return CrossNoticeRead(
        id=row.id,
        profession=row.profession,
        number=row.number,
        recipient=row.recipient_title,
        first=row.first,
        last=row.last,
        count=row.lines,
        by=name or row.by_login,
        made_on=row.made_on,
        sent_on=row.sent_on,
        channel=catalog.code_title(CHANNELS, row.channel),
        receipt_on=row.receipt_on,
        receipt_by=row.receipt_by or "",
        receipt_note=row.receipt_note or "",
    )
