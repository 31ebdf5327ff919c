"""Sending a roster to another database, and taking in the receipt that comes back."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from suite.contract.commands import Change, Command, Done, Handler, KindCommand, Scope
from suite.contract.declarations import RecordKind
from suite.contract.problems import ProblemKind, refuse
from suite.database.bulk import insert_rows
from suite.kernel.audit.queries import ranges
from suite.kernel.documents.xml_text import xml_text
from suite.kernel.exchange.export import cell_of
from suite.kernel.exchange.houses import house_of, known_partner
from suite.kernel.exchange.leaving import note_export
from suite.kernel.exchange.link_texts import LinkTexts, WrittenColumn, written_columns
from suite.kernel.exchange.mass_export import require_allowed
from suite.kernel.exchange.packet import PacketHead, digest_of, row_check
from suite.kernel.exchange.packet_files import PacketRow, ReadReceipt
from suite.kernel.exchange.results import HELD, NAMES, RESULTS, TAKEN
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import chunks, current_records
from suite.kernel.registry.districts import short_district_names
from suite.kernel.registry.queries import ListQuery, stream_ids
from suite.tables import ForeignUid, RosterExchange, RosterExchangeRow, SubjectUid

ROWS = RosterExchangeRow.metadata.tables[RosterExchangeRow.__tablename__]
UIDS = RosterExchangeRow.metadata.tables[SubjectUid.__tablename__]
FOREIGN = RosterExchangeRow.metadata.tables[ForeignUid.__tablename__]


@dataclass(frozen=True, kw_only=True)
class SendRoster(KindCommand):
    """Put a whole roster together for another database, personal numbers too where they may be seen.

    `result` has the packet's head, headings and rows for `write_packet`; that it left is in the trace.
    """

    permission: ClassVar[str] = "{owner}:roster:export"
    title: ClassVar[str] = "报送名册"
    discloses: ClassVar[bool] = True

    file_name: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class TakeReceipt(KindCommand):
    """Write down what became of a roster that was sent: each row's result, and the receiver's ids."""

    permission: ClassVar[str] = "{owner}:roster:import"
    title: ClassVar[str] = "收取回执"

    receipt: ReadReceipt


def send_roster(command: SendRoster, work: Transaction) -> Done:
    """Give rows without one a stable id, log the packet and who took which numbers out of the house.

    As any export of many rows it takes a second person.
    """
    kind = work.catalog.kinds[command.kind]
    if not command.reason.strip():
        raise refuse("reason.required", "请写明报送的事由。", field="reason")
    house = house_of(work.session)
    seeing = work.actor.scopes(f"{kind.owner}:identity:reveal")
    secret = bool(seeing)
    fields = [field for field in kind.fields if secret or not field.sensitive]
    ids = list(stream_ids(work.session, work.actor, work.catalog, ListQuery(kind=kind.key)))
    if not ids:
        raise refuse("exchange.empty", f"名册里还没有{kind.title}，无可报送。")
    require_allowed(kind.key, len(ids), work)
    uids = own_uids(kind, ids, work)
    columns = written_columns(fields)
    rows = []
    for texts, subject_id in _texts(kind, columns, ids, seeing, work):
        uid = uids[subject_id]
        rows.append(PacketRow(uid=uid, check=row_check(uid, texts), texts=texts))
    last = work.session.scalar(
        select(func.max(RosterExchange.number)).where(
            RosterExchange.kind == kind.key, RosterExchange.direction == "out"
        )
    )
    head = PacketHead(
        sender=house.uid,
        title=house.title,
        kind=kind.key,
        number=(last or 0) + 1,
        on_date=work.today.isoformat(),
        rows=len(rows),
        digest=digest_of((row.uid, row.check) for row in rows),
    )
    sent = RosterExchange(
        direction="out",
        kind=kind.key,
        profession=kind.owner,
        number=head.number,
        digest=head.digest,
        file_name=command.file_name[:300],
        rows=len(rows),
        rows_taken=0,
        rows_same=0,
        rows_held=0,
        by_login=work.actor.login,
        at=work.now,
    )
    work.session.add(sent)
    work.session.flush()
    kept = {
        "rows": len(rows),
        "columns": [field.key for field in fields],
        "file": command.file_name,
        "conditions": "全部在册",
        "reason": f"报送：{command.reason.strip()}",
        "digest": head.digest,
        "records": ranges(ids),
        "personal": secret,
    }
    note_export(work, kind, kept)
    return Done(
        text=f"已生成第 {head.number} 次报送，{len(rows):,} {kind.unit}",
        changes=(Change(kind="core.exchange", ids=(sent.id,)),),
        result={
            "exchange": sent.id,
            "head": head,
            "headings": [column.heading for column in columns],
            "rows": rows,
            "personal": secret,
        },
    )


def take_receipt(command: TakeReceipt, work: Transaction) -> Done:
    """Write the results. Refuses a receipt of a packet that was not sent from here, and a second one."""
    kind = work.catalog.kinds[command.kind]
    receipt = command.receipt
    sent = work.session.scalar(
        select(RosterExchange).where(
            RosterExchange.direction == "out",
            RosterExchange.kind == kind.key,
            RosterExchange.digest == receipt.of_digest,
        )
    )
    if sent is None or receipt.head.kind != kind.key:
        raise refuse("receipt.unknown", "没有找到与这份回执对应的报送，请核对文件。", ProblemKind.FORBIDDEN)
    if sent.receipt_at is not None:
        raise refuse(
            "receipt.taken",
            f"第 {sent.number} 次报送的回执已经收取，结果可在往来中查看，不必再收。",
            ProblemKind.FORBIDDEN,
        )
    partner = known_partner(work, receipt.head, receipt.signature)
    own = _subjects_of(work.session, [row.uid for row in receipt.rows])
    wrong = [row.result for row in receipt.rows if row.result not in RESULTS]
    if wrong:
        raise refuse("receipt.result", f"回执中有不认识的结果“{wrong[0]}”，请对方重新生成。")
    lines = [(row, own[row.uid], RESULTS[row.result]) for row in receipt.rows if row.uid in own]
    insert_rows(
        work.connection,
        ROWS,
        [
            {
                "exchange_id": sent.id,
                "uid": row.uid,
                "subject_id": subject_id,
                "name": row.name[:200],
                "result": result,
                "reason": row.reason or None,
            }
            for row, subject_id, result in lines
        ],
    )
    remember_uids(work, kind, partner.id, {row.theirs: number for row, number, _ in lines if row.theirs})
    counts = dict.fromkeys(NAMES, 0)
    for _, _, result in lines:
        counts[result] += 1
    sent.partner_id, sent.receipt_at = partner.id, work.now
    sent.rows_taken, sent.rows_held = counts[TAKEN], counts[HELD]
    sent.rows_same = len(lines) - counts[TAKEN] - counts[HELD]
    work.session.flush()
    return Done(
        text=f"“{partner.title}”采纳 {counts[TAKEN]:,} {kind.unit}，未采纳 {counts[HELD]:,} {kind.unit}",
        changes=(Change(kind="core.exchange", ids=(sent.id,)),),
        result={"exchange": sent.id, **counts},
    )


HANDLERS: dict[type[Command], Handler] = {SendRoster: send_roster, TakeReceipt: take_receipt}


def remember_uids(work: Transaction, kind: RecordKind, partner_id: int, uids: Mapping[str, int]) -> None:
    """Keep by which ids a partner keeps our subjects (their id → our subject); what is known stays."""
    known: set[str] = set()
    for part in chunks(list(uids)):
        known.update(work.session.scalars(select(ForeignUid.uid).where(ForeignUid.uid.in_(part))))
    insert_rows(
        work.connection,
        FOREIGN,
        [
            {"uid": uid, "subject_id": subject_id, "partner_id": partner_id, "profession": kind.owner}
            for uid, subject_id in uids.items()
            if uid not in known
        ],
    )


def own_uids(kind: RecordKind, ids: Sequence[int], work: Transaction) -> dict[int, str]:
    """Subject → its stable id, made now where it has none."""
    found: dict[int, str] = {}
    for part in chunks(ids):
        rows = work.session.execute(
            select(SubjectUid.subject_id, SubjectUid.uid).where(SubjectUid.subject_id.in_(part))
        )
        found.update((row.subject_id, row.uid) for row in rows)
    fresh = {subject_id: secrets.token_hex(16) for subject_id in ids if subject_id not in found}
    insert_rows(
        work.connection,
        UIDS,
        [{"subject_id": number, "uid": uid, "profession": kind.owner} for number, uid in fresh.items()],
    )
    return {**found, **fresh}


def _subjects_of(session: Session, uids: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in chunks(uids):
        rows = session.execute(select(SubjectUid.uid, SubjectUid.subject_id).where(SubjectUid.uid.in_(part)))
        found.update((row.uid, row.subject_id) for row in rows)
    return found


def _texts(
    kind: RecordKind,
    columns: Sequence[WrittenColumn],
    ids: Sequence[int],
    seeing: Sequence[Scope],
    work: Transaction,
) -> list[tuple[dict[str, str], int]]:
    """Each record in words, heading → text, as an import reads them; `seeing`: where numbers may be seen."""
    districts = short_district_names(work.session)
    links = LinkTexts(work.session, work.catalog, kind, [column.field.key for column in columns])
    secret = [column.field.key for column in columns if column.field.sensitive]
    found = []
    for done, part in enumerate(chunks(ids)):
        work.progress("生成报送文件", done * len(part), len(ids))
        records = current_records(work.session, kind, part)
        links.read(record.values for record in records.values())
        for subject_id in part:
            record = records[subject_id]
            values = {column.field.key: record.values[column.field.key] for column in columns}
            if not any(scope.holds(kind.owner, record.district_code, record.association) for scope in seeing):
                values.update(dict.fromkeys(secret))
            texts = {
                column.heading: text_of(cell_of(work.catalog, column, values, districts, links))
                for column in columns
            }
            found.append((texts, subject_id))
    return found


def text_of(value: Any) -> str:
    """A value in words as a cell of text, in one way whatever system wrote its line ends."""
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return value.isoformat()
    return xml_text(str(value).replace("\r\n", "\n").replace("\r", "\n"))
