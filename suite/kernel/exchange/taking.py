"""Taking a roster that another database sent: as a diff, in one transaction, answered by a receipt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import ClassVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from suite.contract.commands import Change, Command, Done, Handler, KindCommand
from suite.contract.declarations import RecordKind
from suite.contract.problems import Problem, ProblemKind, Severity, refuse
from suite.database.bulk import insert_rows
from suite.kernel.audit.queries import ranges
from suite.kernel.exchange.houses import house_of, known_partner, partner_of
from suite.kernel.exchange.importing import ImportRows, accept
from suite.kernel.exchange.last_said import keep_secrets, last_said, plain, standing
from suite.kernel.exchange.leaving import note_export
from suite.kernel.exchange.matching import MERGED_AWAY
from suite.kernel.exchange.packet import PacketHead, Signature
from suite.kernel.exchange.packet_files import (
    ROSTER_ROWS,
    ReadPacket,
    ReceiptRow,
    read_packet,
    receipt_digest,
)
from suite.kernel.exchange.preview import preview
from suite.kernel.exchange.previewed import (
    CHANGED,
    NEW,
    ImportPreview,
    ImportRequest,
    PreviewRow,
    ReadFile,
)
from suite.kernel.exchange.previewed import HELD as ROW_HELD
from suite.kernel.exchange.previewed import SAME as ROW_SAME
from suite.kernel.exchange.results import HELD, NAMES, SAME, TAKEN
from suite.kernel.exchange.sending import own_uids, remember_uids
from suite.kernel.exchange.three_way import KEPT, SETTLED, LastSaid, Saying, settle, undecided
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import chunks, current_records
from suite.tables import ForeignUid, Partner, RosterExchange, RosterExchangeRow, Subject, SubjectUid

#: The codes of what a person does not take, for a reason of his own, and of what he did not the last time.
LEFT_OUT, LEFT_BEFORE = "exchange.left_out", "exchange.left_before"
#: The codes of what stays as it is here, though the row says otherwise: the receipt tells of it.
OURS_STAY = (KEPT, SETTLED, MERGED_AWAY)
ROWS = RosterExchangeRow.metadata.tables[RosterExchangeRow.__tablename__]


@dataclass(frozen=True, kw_only=True)
class PacketLine:
    """One row of a packet: the sender's stable id, its number, its name, what becomes of it and why."""

    uid: str
    row: int
    name: str
    result: str
    subject_id: int | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class PacketPreview:
    """A packet before it is taken. `partner` is the sender's name as known here, empty for a new one.

    `known_key`: the packet bears the signature by which the sender is known; else somebody should compare
    it by telephone. `before`: stable id → how it stood the last time.
    """

    packet: ReadPacket
    preview: ImportPreview
    partner: str
    known_key: bool
    before: Mapping[str, LastSaid]

    def name_of(self, row: PreviewRow) -> str:
        """The name that a row says, though it may be no change."""
        return str(self.preview.saying(row).get("name") or "")


@dataclass(frozen=True, kw_only=True)
class TakeRoster(KindCommand):
    """Write the rows of a packet that can be taken, and what became of each.

    `said`: stable id → what the sender says of the record, of those rows that are settled by this packet.
    `refused`: of which of them a person did not take these fields. `before`: how it stood the last time.
    """

    permission: ClassVar[str] = "{owner}:roster:import"
    title: ClassVar[str] = "接收报送"

    head: PacketHead
    signature: Signature | None
    file_name: str
    rows: ImportRows
    lines: tuple[PacketLine, ...]
    said: Mapping[str, Saying] = field(repr=False)
    refused: Mapping[str, tuple[str, ...]]
    before: Mapping[str, LastSaid] = field(repr=False)


def preview_packet(path: Path, work: Transaction) -> PacketPreview:
    """Read a packet and say what each row would do. `work` reads only.

    Rows are matched by the sender's stable ids where these are known, then as any import. Only what the
    sender has changed since its last packet is a change. Raises FileRefused for what is not an unaltered
    packet, Refused for one of a stranger with a partner's id, and for one that is older than what was taken.
    """
    packet = read_packet(path)
    kind = work.catalog.kinds.get(packet.head.kind)
    if kind is None:
        raise refuse("kind.unknown", f"没有种类 {packet.head.kind}，可能缺少对应的插件。")
    work.require(f"{kind.owner}:roster:import")
    partner = partner_of(work.session, packet.head, packet.signature)
    before: Mapping[str, LastSaid] = {}
    latest = None
    if partner is not None:
        latest = _require_latest(work.session, packet.head, partner)
        before = last_said(work.session, kind, partner.id, list(packet.uids.values()))
    known = subjects_known(work.session, list(packet.uids.values()))
    request = ImportRequest(
        kind=kind.key,
        path=path,
        sheet=ROSTER_ROWS,
        again=ReadFile(book=packet.book),
        known={(ROSTER_ROWS, row): known[uid] for row, uid in packet.uids.items() if uid in known},
        before={row: before[uid] for row, uid in packet.uids.items() if uid in before},
    )
    found = preview(request, work)
    rows = tuple(_left_before(kind, packet, before, row) for row in found.rows)
    unsure = sum(_unsure(kind, known, before, packet.uids[row.row], row) for row in rows)
    notices = found.notices if latest is None or not unsure else (*found.notices, _no_base(unsure))
    return PacketPreview(
        packet=packet,
        preview=replace(found, rows=rows, notices=notices),
        partner=partner.title if partner is not None else "",
        known_key=partner is not None and partner.public_key is not None,
        before=before,
    )


def _left_before(
    kind: RecordKind, packet: ReadPacket, before: Mapping[str, LastSaid], row: PreviewRow
) -> PreviewRow:
    """Hold a new record that a person left out and that the sender says just as it did: it is asked once."""
    last = before.get(packet.uids[row.row])
    if last is None or not last.left_out or row.result != NEW or not last.same(kind, row.values):
        return row
    text = "上次未接收，这次内容相同，不再列为新增。需要接收的，请在名册中新增，或请对方补正后重新报送。"
    return replace(row, result=ROW_HELD, problems=[*row.problems, Problem(code=LEFT_BEFORE, text=text)])


def _unsure(
    kind: RecordKind, known: Mapping[str, int], before: Mapping[str, LastSaid], uid: str, row: PreviewRow
) -> bool:
    """Whether a row would change a record of an earlier packet, and nothing tells which side changed it."""
    if row.result != CHANGED or uid not in known:
        return False
    last = before.get(uid)
    return last is None or (not last.secrets and any(kind.by_key[key].sensitive for key in row.changes))


def _no_base(rows: int) -> Problem:
    return Problem(
        code="exchange.no_base",
        severity=Severity.NOTICE,
        text=f"有 {rows:,} 行没有上次报送的内容可比（升级前接收的、上次未采纳的，或您看不到的），"
        "分不出是哪一方改动的：与名册不同之处都列为变更，可能覆盖本单位的改动，请逐行核对。",
    )


def leave_out(found: PacketPreview, reasons: Mapping[int, str]) -> PacketPreview:
    """The packet without what a person does not take: row number → why, which the receipt will say.

    Of a row that only waits because both sides have changed something, that stays as it is here, and the rest
    is taken. Raises Refused for a row that would not be written, and for one without a reason.
    """
    rows = {row.row: row for row in found.preview.rows if row.result in (NEW, CHANGED) or undecided(row)}
    for number, reason in reasons.items():
        if number not in rows:
            raise refuse("exchange.not_taken", f"第 {number} 行不在将接收的行中，不必剔除。", field="row")
        if not reason.strip():
            raise refuse("reason.required", "请写明不接收的原因，将写入回执。", field="reason")
    left = {number: _without(rows[number], reason.strip()) for number, reason in reasons.items()}
    kept = tuple(left.get(row.row, row) for row in found.preview.rows)
    return replace(found, preview=replace(found.preview, rows=kept))


def _without(row: PreviewRow, reason: str) -> PreviewRow:
    if undecided(row):
        result = CHANGED if row.changes else ROW_SAME
        return replace(row, result=result, problems=settle(row.problems, reason))
    out = Problem(code=LEFT_OUT, text=f"不接收：{reason}")
    return replace(row, result=ROW_HELD, problems=[*row.problems, out])


def take(found: PacketPreview) -> TakeRoster:
    """The command that takes a packet."""
    packet = found.packet
    lines = []
    said: dict[str, Saying] = {}
    refused: dict[str, tuple[str, ...]] = {}
    for row in found.preview.rows:
        uid = packet.uids[row.row]
        result = {ROW_HELD: HELD, ROW_SAME: SAME}.get(row.result, TAKEN)
        grave = [problem for problem in row.problems if problem.severity is Severity.ERROR]
        left_out = any(problem.code == LEFT_OUT for problem in grave)
        # What cannot be taken yet has not been said: it is a change until it is settled.
        if left_out or not grave:
            said[uid] = found.preview.saying(row)
        if left_out:
            refused[uid] = tuple(row.changes)
        elif any(problem.code == SETTLED for problem in row.problems):
            ours = {problem.field for problem in row.problems if problem.code == KEPT}
            refused[uid] = tuple(key for key in said[uid] if key not in row.values and key not in ours)
        away = any(problem.code == MERGED_AWAY for problem in row.problems)
        reasons = [problem.text for problem in grave or row.problems if grave or problem.code in OURS_STAY]
        lines.append(
            PacketLine(
                uid=uid,
                row=row.row,
                name=found.name_of(row),
                result=result,
                # A sender's second record of one that is kept here once has no counterpart of its own.
                subject_id=None if away else row.subject_id,
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
        said=said,
        refused=refused,
        before={uid: found.before[uid] for uid in packet.uids.values() if uid in found.before},
    )


def take_roster(command: TakeRoster, work: Transaction) -> Done:
    """Import the rows and log the packet. Refuses one that is older than what was taken already."""
    kind = work.catalog.kinds[command.kind]
    head = command.head
    partner = known_partner(work, head, command.signature)
    _require_latest(work.session, head, partner)
    imported = work.run(command.rows)
    made = iter(imported.result.get("ids", ()))
    taken: dict[str, int | None] = {
        line.uid: next(made) if line.result == TAKEN else line.subject_id for line in command.lines
    }
    counts = dict.fromkeys(NAMES, 0)
    for line in command.lines:
        counts[line.result] += 1
    now = _standing(kind, command, taken, work)
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
                "said": plain(kind, now.get(line.uid)),
            }
            for line in command.lines
        ],
    )
    settled = {uid: number for uid, number in taken.items() if number is not None}
    keep_secrets(kind, received, now, settled, work)
    remember_uids(work, kind, partner.id, settled)
    return Done(
        text=f"已接收“{partner.title}”第 {head.number} 次报送：采纳 {counts[TAKEN]:,}，"
        f"无变化 {counts[SAME]:,}，未采纳 {counts[HELD]:,}",
        changes=(*imported.changes, Change(kind="core.exchange", ids=(received.id,))),
        warnings=imported.warnings,
        result={"exchange": received.id, "run": imported.result.get("run"), "records": taken, **counts},
    )


def _standing(
    kind: RecordKind, command: TakeRoster, taken: Mapping[str, int | None], work: Transaction
) -> dict[str, LastSaid]:
    """Stable id → how it stands now that the rows are written."""
    ids = [number for uid in command.said if (number := taken[uid]) is not None]
    records = current_records(work.session, kind, ids)
    settled = {
        uid: standing(
            said, records.get(taken[uid] or 0), command.before.get(uid), command.refused.get(uid, ())
        )
        for uid, said in command.said.items()
    }
    return {**command.before, **settled}


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


def _require_latest(session: Session, head: PacketHead, partner: Partner) -> int | None:
    """The number of the sender's latest packet that was received, if any was."""
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
    return latest


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
