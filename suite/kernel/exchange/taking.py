"""Taking a roster that another database sent: as a diff, in one transaction, answered by a receipt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from suite.contract.commands import Change, Command, Done, Handler, KindCommand
from suite.contract.problems import ProblemKind, Severity, refuse
from suite.database.bulk import insert_rows
from suite.kernel.audit.queries import ranges
from suite.kernel.exchange.houses import house_of, known_partner, partner_of
from suite.kernel.exchange.importing import ImportRows, accept
from suite.kernel.exchange.leaving import note_export
from suite.kernel.exchange.packet import PacketHead, Signature
from suite.kernel.exchange.packet_files import (
    ROSTER_ROWS,
    ReadPacket,
    ReceiptRow,
    read_packet,
    receipt_digest,
)
from suite.kernel.exchange.preview import preview
from suite.kernel.exchange.previewed import HELD as ROW_HELD
from suite.kernel.exchange.previewed import SAME as ROW_SAME
from suite.kernel.exchange.previewed import ImportPreview, ImportRequest, ReadFile, file_hash_of
from suite.kernel.exchange.results import HELD, NAMES, SAME, TAKEN
from suite.kernel.exchange.sending import own_uids, remember_uids
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import chunks
from suite.tables import ForeignUid, Partner, RosterExchange, RosterExchangeRow, Subject, SubjectUid

ROWS = RosterExchangeRow.metadata.tables[RosterExchangeRow.__tablename__]


@dataclass(frozen=True, kw_only=True)
class PacketLine:
    """One row of a packet: the sender's stable id, its place in the preview, its name and what is wrong."""

    uid: str
    name: str
    result: str
    subject_id: int | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class PacketPreview:
    """A packet before it is taken. `partner` is the sender's name as known here, empty for a new one.

    `known_key`: the packet bears the signature by which the sender is known; else somebody should compare
    it by telephone.
    """

    packet: ReadPacket
    preview: ImportPreview
    partner: str
    known_key: bool


@dataclass(frozen=True, kw_only=True)
class TakeRoster(KindCommand):
    """Write the rows of a packet that can be taken, and what became of each."""

    permission: ClassVar[str] = "{owner}:roster:import"
    title: ClassVar[str] = "接收报送"

    head: PacketHead
    signature: Signature | None
    file_name: str
    rows: ImportRows
    lines: tuple[PacketLine, ...]


def preview_packet(path: Path, work: Transaction) -> PacketPreview:
    """Read a packet and say what each row would do. `work` reads only.

    Rows are matched by the sender's stable ids where these are known, then as any import. Raises
    FileRefused for what is not an unaltered packet, Refused for one of a stranger with a partner's id and for
    one that is older than what was taken already.
    """
    packet = read_packet(path)
    kind = work.catalog.kinds.get(packet.head.kind)
    if kind is None:
        raise refuse("kind.unknown", f"没有种类 {packet.head.kind}，可能缺少对应的插件。")
    work.require(f"{kind.owner}:roster:import")
    partner = partner_of(work.session, packet.head, packet.signature)
    if partner is not None:
        _require_newest(work.session, packet.head, partner)
    known = subjects_known(work.session, list(packet.uids.values()))
    request = ImportRequest(
        kind=kind.key,
        path=path,
        sheet=ROSTER_ROWS,
        again=ReadFile(book=packet.book, file_hash=file_hash_of(path)),
        known={(ROSTER_ROWS, row): known[uid] for row, uid in packet.uids.items() if uid in known},
    )
    return PacketPreview(
        packet=packet,
        preview=preview(request, work),
        partner=partner.title if partner is not None else "",
        known_key=partner is not None and partner.public_key is not None,
    )


def _require_newest(session: Session, head: PacketHead, partner: Partner) -> None:
    """Refuse a packet that is older than what was taken of this kind already."""
    latest = session.scalar(
        select(func.max(RosterExchange.number)).where(
            RosterExchange.direction == "in",
            RosterExchange.kind == head.kind,
            RosterExchange.partner_id == partner.id,
        )
    )
    if latest is not None and head.number < latest:
        raise refuse(
            "exchange.older",
            f"这是“{partner.title}”的第 {head.number} 次报送，第 {latest} 次已经接收。请使用最近一次的文件。",
            ProblemKind.FORBIDDEN,
        )


def take(found: PacketPreview) -> TakeRoster:
    """The command that takes a packet."""
    packet = found.packet
    lines = []
    for row in found.preview.rows:
        result = {ROW_HELD: HELD, ROW_SAME: SAME}.get(row.result, TAKEN)
        reasons = [problem.text for problem in row.problems if problem.severity is Severity.ERROR]
        lines.append(
            PacketLine(
                uid=packet.uids[row.row],
                name=str(row.values.get("name") or ""),
                result=result,
                subject_id=row.subject_id,
                reason="；".join(reasons),
            )
        )
    return TakeRoster(
        kind=packet.head.kind,
        head=packet.head,
        signature=packet.signature,
        file_name=found.preview.path.name,
        rows=accept(found.preview),
        lines=tuple(lines),
    )


def take_roster(command: TakeRoster, work: Transaction) -> Done:
    """Import the rows and log the packet. Refuses one that is older than what was taken already."""
    kind = work.catalog.kinds[command.kind]
    head = command.head
    partner = known_partner(work, head, command.signature)
    _require_newest(work.session, head, partner)
    imported = work.run(command.rows)
    made = iter(imported.result.get("ids", ()))
    taken: dict[str, int | None] = {
        line.uid: next(made) if line.result == TAKEN else line.subject_id for line in command.lines
    }
    counts = dict.fromkeys(NAMES, 0)
    for line in command.lines:
        counts[line.result] += 1
    received = RosterExchange(
        direction="in",
        kind=kind.key,
        profession=kind.owner,
        partner_id=partner.id,
        number=head.number,
        digest=head.digest,
        file_name=command.file_name[:300],
        signed=command.signature is not None,
        rows=len(command.lines),
        rows_taken=counts[TAKEN],
        rows_same=counts[SAME],
        rows_held=counts[HELD],
        run_id=imported.result.get("run"),
        by_login=work.actor.login,
        at=work.now,
    )
    work.session.add(received)
    work.session.flush()
    insert_rows(
        work.connection,
        ROWS,
        [
            {
                "exchange_id": received.id,
                "uid": line.uid,
                "subject_id": taken[line.uid],
                "name": line.name[:200],
                "result": line.result,
                "reason": line.reason or None,
            }
            for line in command.lines
        ],
    )
    settled = {uid: number for uid, number in taken.items() if number is not None}
    remember_uids(work, kind, partner.id, settled)
    return Done(
        text=f"已接收“{partner.title}”第 {head.number} 次报送：采纳 {counts[TAKEN]:,}，"
        f"无变化 {counts[SAME]:,}，未采纳 {counts[HELD]:,}",
        changes=(*imported.changes, Change(kind="core.exchange", ids=(received.id,))),
        warnings=imported.warnings,
        result={"exchange": received.id, "run": imported.result.get("run"), "records": taken, **counts},
    )


@dataclass(frozen=True, kw_only=True)
class IssueReceipt(KindCommand):
    """Answer a packet: what became of each row, with our stable ids for what is kept here.

    `result` has head, rows and the packet's digest for `write_receipt`. It can be issued again.
    """

    permission: ClassVar[str] = "{owner}:roster:import"
    title: ClassVar[str] = "出具回执"

    exchange_id: int


def issue_receipt(command: IssueReceipt, work: Transaction) -> Done:
    """Put the receipt together. Refuses an exchange that was not received here."""
    kind = work.catalog.kinds[command.kind]
    received = work.session.get(RosterExchange, command.exchange_id)
    if received is None or received.direction != "in" or received.kind != kind.key:
        raise refuse(
            "exchange.unknown", f"没有编号为 {command.exchange_id} 的接收记录。", field="exchange_id"
        )
    house = house_of(work.session)
    lines = work.session.scalars(
        select(RosterExchangeRow)
        .where(RosterExchangeRow.exchange_id == received.id)
        .order_by(RosterExchangeRow.uid)
    ).all()
    kept = [line.subject_id for line in lines if line.subject_id is not None]
    uids = own_uids(kind, _existing(work.session, kept), work)
    rows = [
        ReceiptRow(
            uid=line.uid,
            theirs=uids.get(line.subject_id or 0, ""),
            name=line.name,
            result=NAMES[line.result],
            reason=line.reason or "",
        )
        for line in lines
    ]
    head = PacketHead(
        sender=house.uid,
        title=house.title,
        kind=kind.key,
        number=received.number,
        on_date=work.today.isoformat(),
        rows=len(rows),
        digest=receipt_digest(rows),
    )
    received.receipt_at = work.now
    work.session.flush()
    told = {
        "rows": len(rows),
        "file": "回执",
        "conditions": f"第 {received.number} 次报送的回执",
        "digest": head.digest,
        "records": ranges(kept),
    }
    note_export(work, kind, told)
    return Done(
        text=f"已出具第 {received.number} 次报送的回执",
        changes=(Change(kind="core.exchange", ids=(received.id,)),),
        result={"head": head, "rows": rows, "of_digest": received.digest},
    )


HANDLERS: dict[type[Command], Handler] = {TakeRoster: take_roster, IssueReceipt: issue_receipt}


def subjects_known(session: Session, uids: list[str]) -> Mapping[str, int]:
    """Stable id → our subject: by what partners told us, and by ids of our own in a copied database."""
    found: dict[str, int] = {}
    for table in (SubjectUid, ForeignUid):
        for part in chunks(uids):
            rows = session.execute(select(table.uid, table.subject_id).where(table.uid.in_(part)))
            found.update((row.uid, row.subject_id) for row in rows)
    return found


def _existing(session: Session, ids: list[int]) -> list[int]:
    """Those of the subjects that are still here: a run may have been taken back since."""
    found: list[int] = []
    for part in chunks(ids):
        found += session.scalars(select(Subject.id).where(Subject.id.in_(part)))
    return found
