"""What is done with rosters of other databases: send, take in, answer, and take in what was answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout

from suite.contract.commands import Done
from suite.contract.declarations import RecordKind
from suite.kernel.exchange.houses import ForgetPartnerKey, NameHouse, signed
from suite.kernel.exchange.packet_files import (
    ReadReceipt,
    is_receipt,
    read_receipt,
    write_packet,
    write_receipt,
)
from suite.kernel.exchange.sending import SendRoster, TakeReceipt
from suite.kernel.exchange.taking import IssueReceipt
from suite.ui.desk import Ticket, sentence_of
from suite.ui.kit.act_strip import REASON, ActStrip
from suite.ui.kit.bars import ConfirmStrip
from suite.ui.kit.fields import FieldSpec
from suite.ui.kit.file_dialogs import WORKBOOK, opening_path, plain_name, saving_path
from suite.ui.kit.notices import NoticeKind
from suite.ui.pages.exchange.incoming import Incoming, make_ready
from suite.ui.strip_place import StripPlace

if TYPE_CHECKING:
    from suite.ui.pages.exchange.page import ExchangePage

NAME = FieldSpec(
    key="name", title="名称", required=True, quiet=True, wide=True, placeholder="例如：石家庄市律师协会"
)
REASON_TO_SEND = FieldSpec(
    key="reason", title=REASON.title, required=True, quiet=True, wide=True, placeholder=REASON.placeholder
)
UNSIGNED = "本机没有密钥环，文件没有签名，请告知对方电话核对。"


def secret_titles(kind: RecordKind) -> str:
    """The fields of a roster that are personal numbers."""
    return "、".join(field.title for field in kind.fields if field.sensitive)


def personal_words(kind: RecordKind, *, revealed: bool) -> str:
    """Whether personal numbers go along with a roster, said before it is sent."""
    secret = secret_titles(kind)
    if not secret:
        return "这种名册没有身份证号和电话。"
    if revealed:
        return f"文件含{secret}（您有查看权限），请按保密要求传递。"
    return f"文件不含{secret}：您没有查看权限。"


def receipt_name(partner: str, kind: RecordKind, number: int) -> str:
    """The file name that is offered for a receipt; what stands in a partner's name is nobody's path."""
    return f"{plain_name(partner)}{kind.title}第{number}次报送回执.xlsx"


class ExchangeActs(StripPlace):
    """Files are chosen with the system's dialogs; the methods that end in `_to` and `_from` take a path."""

    def __init__(self, page: ExchangePage, place: QVBoxLayout) -> None:
        super().__init__(page, place, page.asking)
        self._page = page

    # Names and signatures.

    def ask_name(self) -> None:
        """Say whose database this is."""
        house = self._page.house.house
        note = "写进报送文件和回执，对方凭它知道是谁报送的。"
        strip = ActStrip(NameHouse.title, "保存名称", self._page.desk.suite.today, note=note)
        strip.show_fields([NAME], {"name": house.title if house is not None else ""})
        strip.submitted.connect(lambda: self.send(NameHouse(name=str(strip.value("name") or ""))))
        self.begin(strip)

    def ask_forget(self) -> None:
        """Give up the signature of the partner in front."""
        line = self._page.detail.line
        if line is None or line.partner_id is None:
            return
        partner_id = line.partner_id
        strip = ConfirmStrip(
            f"作废“{line.partner}”的原签名 {line.fingerprint}：下一份文件带来的签名将作为其新签名，"
            "请先打电话核对。",
            "作废原签名",
        )
        strip.confirmed.connect(
            lambda reason: self.send(ForgetPartnerKey(partner_id=partner_id, reason=reason))
        )
        self.begin(strip)

    # Sending.

    def ask_send(self) -> None:
        """Ask why, and say whether personal numbers go along."""
        page, kind = self._page, self._page.kind
        if kind is None or page.sending_refusal():
            return
        revealed = page.desk.actor.may(f"{kind.owner}:identity:reveal")
        note = f"全部{kind.title}，按您的权限范围。{personal_words(kind, revealed=revealed)}"
        strip = ActStrip(f"报送{kind.title}名册", "选择保存位置…", page.desk.suite.today, note=note)
        strip.show_fields([REASON_TO_SEND], {})
        strip.submitted.connect(lambda: self._choose_send(kind, str(strip.value("reason") or "")))
        self.begin(strip)

    def _choose_send(self, kind: RecordKind, reason: str) -> None:
        name = f"{kind.title}名册报送 {self._page.desk.suite.today}.xlsx"
        path = saving_path(self._page, "保存报送文件", name, WORKBOOK)
        if path is not None:
            self.send_to(path, kind, reason)

    def send_to(self, path: Path, kind: RecordKind, reason: str) -> None:
        """Put the roster together and write it, signed, to a file."""
        strip = self.strip

        def made(done: Done) -> None:
            if strip is self.strip:
                self.close()
            self._page.show_next(kind.key, done.result["exchange"])
            self._write_packet(path, kind, done)

        self._page.work.run(
            "正在生成报送文件",
            SendRoster(kind=kind.key, file_name=path.name, reason=reason),
            made,
            lambda error: self.refused(strip, error),
        )

    def _write_packet(self, path: Path, kind: RecordKind, done: Done) -> None:
        made = done.result
        secret = secret_titles(kind) if made["personal"] else ""
        told = f"{done.text}（含{secret}）" if secret else done.text

        def write(_ticket: Ticket) -> bool:
            signature = signed(made["head"])
            write_packet(path, made["head"], signature, made["headings"], made["rows"])
            return signature is not None

        self._write(
            "正在写出报送文件", path, write, told, lambda other: self._write_packet(other, kind, done)
        )

    # Receiving.

    def ask_receive(self) -> None:
        """Choose a packet."""
        if not self._page.receiving_refusal():
            path = opening_path(self._page, "选择报送文件", WORKBOOK)
            if path is not None:
                self.receive_from(path)

    def receive_from(self, path: Path) -> None:
        """Read a packet and show what it would change; nothing is written."""
        suite, actor = self._page.desk.suite, self._page.desk.actor

        def read(ticket: Ticket) -> Incoming:
            found = suite.preview_packet(path, actor, progress=ticket.report)
            with suite.reading() as session:
                return make_ready(found, {}, suite.catalog, session)

        self.close()
        self._page.work.begin("正在读取报送文件", read, self._page.show_incoming)

    def ask_leave_row(self) -> None:
        """Ask why the row in front is not taken; take it after all where it was left out."""
        pane = self._page.incoming
        incoming, number = pane.incoming, pane.row_number
        if incoming is None or number is None:
            return
        if number in incoming.left:
            self._leave_out({row: why for row, why in incoming.left.items() if row != number})
            return
        row = next(row for row in incoming.found.preview.rows if row.row == number)
        who = f"第 {number} 行“{incoming.found.name_of(row)}”"
        again = "原因写入回执；对方再报相同的内容时不再提出。"
        strip = (
            ConfirmStrip(f"{who}双方都有改动的保留本单位的，其余改动照常接收，{again}", "保留本单位")
            if number in incoming.undecided
            else ConfirmStrip(f"{who}不接收，名册不改动，{again}", "不接收此行")
        )
        strip.reason.setPlaceholderText("填写原因，对方在回执中看得到")
        strip.confirmed.connect(lambda reason: self._leave_out({**incoming.left, number: reason}))
        self.begin(strip)

    def _leave_out(self, left: Mapping[int, str]) -> None:
        incoming, suite = self._page.incoming.incoming, self._page.desk.suite
        self.close()
        if incoming is None:
            return

        def work(_ticket: Ticket) -> Incoming:
            with suite.reading() as session:
                return make_ready(incoming.read, left, suite.catalog, session)

        self._page.work.begin("正在核对", work, self._page.show_incoming)

    def take(self) -> None:
        """Write the packet in front."""
        incoming = self._page.incoming.incoming
        if incoming is None or self._page.work.busy:
            return

        head = incoming.found.packet.head
        name = receipt_name(head.title, incoming.kind, head.number)

        def taken(done: Done) -> None:
            self._page.close_incoming()
            self._page.show_next(incoming.kind.key, done.result["exchange"])
            self._page.work.tell(
                NoticeKind.OK,
                f"{done.text}。可以向对方出具回执。",
                ("出具回执…", lambda: self._answer(incoming.kind, done.result["exchange"], name)),
            )

        self._page.work.run("正在接收", incoming.command, taken)

    # Receipts.

    def ask_answer(self) -> None:
        """Answer the packet in front."""
        line, kind = self._page.detail.line, self._page.kind
        if line is not None and kind is not None:
            self._answer(kind, line.id, receipt_name(line.partner, kind, line.number))

    def _answer(self, kind: RecordKind, exchange_id: int, name: str) -> None:
        if self._page.answering_refusal():
            self._page.work.tell(NoticeKind.BAD, f"{self._page.answering_refusal()}。")
            return
        path = saving_path(self._page, "保存回执", name, WORKBOOK)
        if path is not None:
            self.answer_to(path, kind.key, exchange_id)

    def answer_to(self, path: Path, kind: str, exchange_id: int) -> None:
        """Write the receipt of a packet that was taken."""
        self._page.work.run(
            "正在出具回执",
            IssueReceipt(kind=kind, exchange_id=exchange_id),
            lambda done: self._write_receipt(path, done),
        )

    def _write_receipt(self, path: Path, done: Done) -> None:
        made: Mapping[str, Any] = done.result

        def write(_ticket: Ticket) -> bool:
            signature = signed(made["head"])
            write_receipt(path, made["head"], signature, made["of_digest"], made["rows"])
            return signature is not None

        self._write("正在写出回执", path, write, done.text, lambda other: self._write_receipt(other, done))

    def ask_receipt(self) -> None:
        """Choose a receipt that a partner sent back."""
        if not self._page.receiving_refusal():
            path = opening_path(self._page, "选择回执", WORKBOOK)
            if path is not None:
                self.receipt_from(path)

    def receipt_from(self, path: Path) -> None:
        """Write down what a receipt says, and show it."""

        def read(receipt: ReadReceipt) -> None:
            kind = receipt.head.kind
            self._page.work.run(
                "正在收取回执",
                TakeReceipt(kind=kind, receipt=receipt),
                lambda done: self._receipt_taken(kind, done),
            )

        self._page.close_incoming()
        self.close()
        self._page.work.begin("正在读取回执", lambda _ticket: read_receipt(path), read)

    def _receipt_taken(self, kind: str, done: Done) -> None:
        self._page.show_next(kind, done.result["exchange"], enter=True)
        held = done.result["held"]
        more = "。未采纳的列在下面，回车打开档案核对" if held else ""
        self._page.work.tell(NoticeKind.WARN if held else NoticeKind.OK, f"{done.text}{more}。")

    # Files.

    def take_in(self, path: Path) -> None:
        """A file that was dropped: a packet or a receipt, whichever it is."""
        self._page.work.begin(
            "正在读取文件",
            lambda _ticket: is_receipt(path),
            lambda receipt: (self.receipt_from if receipt else self.receive_from)(path),
        )

    def _write(
        self,
        what: str,
        path: Path,
        write: Callable[[Ticket], bool],
        told: str,
        again: Callable[[Path], None],
    ) -> None:
        """Write a file; where that fails, offer another place: what it says is in the trace already."""

        def elsewhere() -> None:
            other = saving_path(self._page, "另存为", path.name, WORKBOOK)
            if other is not None:
                again(other)

        def written(with_signature: bool) -> None:
            kind = NoticeKind.OK if with_signature else NoticeKind.WARN
            more = "" if with_signature else UNSIGNED
            self._page.work.tell(kind, f"{told}，已写入“{path.name}”。{more}")

        self._page.work.begin(
            what,
            write,
            written,
            lambda error: self._page.work.tell(NoticeKind.BAD, sentence_of(error), ("换个位置…", elsewhere)),
        )
