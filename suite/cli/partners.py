"""`suite exchange`: rosters to and from other databases, with receipts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from suite.cli.answers import give, table
from suite.cli.failures import DONE, FAULTS, REFUSED
from suite.cli.options import Call, ListedNumber, SuiteGroup, pass_call

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from suite.contract.commands import Done
    from suite.kernel.executor.work import Transaction

FILE = click.Path(path_type=Path)


@click.group("exchange", cls=SuiteGroup)
def exchange() -> None:
    """与其他单位交换名册：报送、接收、回执。文件带稳定标识和签名，接收前先看差异。"""


@exchange.command("name")
@click.argument("title", metavar="名称", required=False)
@pass_call
def name(call: Call, title: str | None) -> None:
    """设定本单位名称；不写名称时显示本单位和往来单位及其签名。"""
    from suite.kernel.exchange.houses import NameHouse, house_line, partners

    suite = call.ready
    if title is not None:
        suite.run(NameHouse(name=title), call.actor)
    with suite.reading() as session:
        house, known = house_line(session), partners(session)
    rows = [(item.id, item.title, item.fingerprint or "未签名") for item in known]
    lines = [f"本单位：{house.title or '未设定'}　签名：{house.fingerprint or '尚未使用'}"]
    lines += table(["编号", "往来单位", "签名"], rows) if rows else []
    give(call, {"house": house, "partners": known}, lines)


@exchange.command("send")
@click.argument("kind", metavar="种类")
@click.argument("file", metavar="文件", type=FILE)
@click.option("--reason", required=True, metavar="事由", help="报送的事由，写入操作痕迹。")
@pass_call
def send(call: Call, kind: str, file: Path, reason: str) -> None:
    """生成报送文件（.xlsx）。有查看权限的含证件号码和电话，请按保密要求传递。"""
    from suite.kernel.exchange.houses import signed
    from suite.kernel.exchange.packet_files import write_packet
    from suite.kernel.exchange.sending import SendRoster

    _check_place(file)
    suite = call.ready
    done = suite.run(
        SendRoster(kind=kind, file_name=file.name, reason=reason), call.actor, progress=call.progress()
    )
    head = done.result["head"]
    signature = signed(head)
    write_packet(file, head, signature, done.result["headings"], done.result["rows"])
    give(
        call,
        {
            "exchange": done.result["exchange"],
            "number": head.number,
            "rows": head.rows,
            "digest": head.digest,
            "signed": signature is not None,
            "personal": done.result["personal"],
            "file": str(file),
        },
        [f"{done.text}：{file}。", *([] if signature else ["本机没有密钥环，文件没有签名。"])],
    )


@exchange.command("take")
@click.argument("file", metavar="文件", type=FILE)
@click.option("--dry-run", is_flag=True, help="只看差异，不写入。")
@click.option("--receipt", metavar="文件", type=FILE, help="同时写出回执（.xlsx）。")
@click.option(
    "--leave",
    "leaving",
    metavar="行=原因",
    multiple=True,
    help="不接收这一行，原因写入回执；双方都有改动的行保留本单位的，其余照收。可以重复。",
)
@pass_call
def take(call: Call, file: Path, dry_run: bool, receipt: Path | None, leaving: tuple[str, ...]) -> int:
    """接收报送文件。未采纳的行列出；有未采纳的行时退出码为 1。"""
    from suite.kernel.exchange import taking
    from suite.kernel.exchange.bounds import FileRefused

    if receipt is not None:
        _check_place(receipt)
    suite = call.ready
    try:
        found = suite.preview_packet(file, call.actor, progress=call.progress())
    except FileRefused as error:
        give(call, {"file_error": {"code": error.code, "text": error.text}}, [])
        click.echo(error.text, err=True)
        return REFUSED
    found = taking.leave_out(found, _reasons(leaving))
    command = taking.take(found)
    counts = found.preview.counts
    document: dict[str, Any] = {
        "file_error": None,
        "from": found.packet.head.title,
        "number": found.packet.head.number,
        "kind": command.kind,
        "signed": found.packet.signature is not None,
        "counts": counts,
        "lines": command.lines,
        "notices": [notice.text for notice in found.preview.notices],
        "exchange": None,
        "run": None,
    }
    lines = [
        f"“{found.packet.head.title}”第 {found.packet.head.number} 次报送："
        f"新增 {counts['new']:,}，变更 {counts['changed']:,}，无变化 {counts['same']:,}，"
        f"未采纳 {counts['held']:,}"
    ]
    if found.packet.signature is None:
        lines.append("文件没有签名，不能证明是对方所发、途中未改，请向对方核实内容摘要：")
        lines.append(f"  {found.packet.head.digest}")
    lines += [notice.text for notice in found.preview.notices]
    lines += [f"第 {line.row} 行 {line.name}：{line.reason}" for line in command.lines if line.reason]
    if not dry_run:
        answer = None if receipt is None else _receipt(command.kind, receipt)
        done = suite.run(command, call.actor, progress=call.progress(), deliver=answer)
        document |= {"exchange": done.result["exchange"], "run": done.result["run"]}
        records = done.result["records"]
        document["lines"] = [replace(line, subject_id=records[line.uid]) for line in command.lines]
        lines[0] = f"{done.text}。"
    give(call, document, lines)
    return FAULTS if counts["held"] else DONE


@exchange.command("receipt")
@click.argument("kind", metavar="种类")
@click.argument("exchange_id", metavar="编号", type=ListedNumber())
@click.argument("file", metavar="文件", type=FILE)
@pass_call
def receipt(call: Call, kind: str, exchange_id: int, file: Path) -> None:
    """写出已接收报送的回执；可以重复出具。"""
    from suite.kernel.exchange.taking import IssueReceipt

    _check_place(file)
    call.ready.run(
        IssueReceipt(kind=kind, exchange_id=exchange_id),
        call.actor,
        deliver=lambda done, _: _write_receipt(done, file),
    )
    give(call, {"exchange": exchange_id, "file": str(file)}, [f"已写出回执：{file}。"])


@exchange.command("take-receipt")
@click.argument("file", metavar="文件", type=FILE)
@pass_call
def take_receipt(call: Call, file: Path) -> int:
    """收取对方的回执，列出未采纳的行及原因。有未采纳的行时退出码为 1。"""
    from suite.kernel.exchange.bounds import FileRefused
    from suite.kernel.exchange.packet_files import read_receipt
    from suite.kernel.exchange.results import HELD, NAMES
    from suite.kernel.exchange.sending import TakeReceipt

    try:
        read = read_receipt(file)
    except FileRefused as error:
        give(call, {"file_error": {"code": error.code, "text": error.text}}, [])
        click.echo(error.text, err=True)
        return REFUSED
    done = call.ready.run(TakeReceipt(kind=read.head.kind, receipt=read), call.actor)
    held = [row for row in read.rows if row.result == NAMES[HELD]]
    give(
        call,
        {"file_error": None, **done.result, "held_rows": held},
        [f"{done.text}。", *(f"{row.name}：{row.reason}" for row in held)],
    )
    return FAULTS if held else DONE


@exchange.command("list")
@click.argument("kind", metavar="种类")
@pass_call
def list_(call: Call, kind: str) -> None:
    """列出一种名册的报送与接收。"""
    from suite.kernel.exchange.exchanged import exchanges

    suite = call.ready
    with suite.reading() as session:
        found = exchanges(session, call.actor, suite.catalog, kind)
    rows = [
        (
            f"#{item.id}",
            "报送" if item.direction == "out" else "接收",
            item.partner,
            f"第 {item.number} 次",
            item.rows,
            item.taken,
            item.held,
            "有" if item.receipt_at else "",
        )
        for item in found
    ]
    headings = ["编号", "方向", "往来单位", "次序", "行数", "采纳", "未采纳", "回执"]
    give(call, {"kind": kind, "exchanges": found}, table(headings, rows) if rows else ["还没有往来。"])


def _receipt(kind: str, file: Path) -> Callable[[Done, Transaction], None]:
    """For `Suite.run`: the receipt of the packet that a command takes is there before the packet counts as
    taken; where it cannot be issued or written, nothing was done."""
    from suite.kernel.exchange.taking import IssueReceipt

    def deliver(done: Done, work: Transaction) -> None:
        made = work.run(IssueReceipt(kind=kind, exchange_id=done.result["exchange"]))
        _write_receipt(made, file)

    return deliver


def _write_receipt(made: Done, file: Path) -> None:
    from suite.kernel.exchange.houses import signed
    from suite.kernel.exchange.packet_files import write_receipt

    head = made.result["head"]
    write_receipt(file, head, signed(head), made.result["of_digest"], made.result["rows"])


def _reasons(given: Sequence[str]) -> dict[int, str]:
    """Row number → why it is not taken, from `12=未见证明材料`."""
    found = {}
    for text in given:
        number, sign, reason = text.partition("=")
        if not sign or not number.strip().isdecimal():
            raise click.UsageError(f"“{text}”应写成 行=原因，如 12=未见证明材料。")
        found[int(number)] = reason
    return found


def _check_place(file: Path) -> None:
    """Refuse a file that could not be written before anything else is."""
    from suite.contract.problems import refuse

    if file.suffix.lower() != ".xlsx":
        raise refuse("file.type", f"只能写成 .xlsx，现为“{file.suffix}”，请改文件名。")
    if not file.absolute().parent.is_dir():
        raise refuse("file.write", f"没有文件夹 {file.absolute().parent}，请先建立。")
