"""Packets and receipts as workbooks. What is read is bounded, and refused with its place and reason."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from suite.kernel.documents.cell_text import text_cell
from suite.kernel.exchange.bounds import FileRefused
from suite.kernel.exchange.packet import PacketHead, Signature, altered_rows, digest_of
from suite.kernel.exchange.printed import column_width, sheet_printed
from suite.kernel.exchange.reading import Sheet, Workbook, read_workbook
from suite.kernel.exchange.whole_file import whole_file

ROSTER_HEAD, RECEIPT_HEAD = "报送说明", "回执说明"
ROSTER_ROWS, RECEIPT_ROWS = "名册", "回执"
UID, CHECK = "标识", "校验"
RECEIPT_HEADINGS = (UID, "对方标识", "名称", "结果", "原因")
#: Titles of the head's lines in the order in which they are written.
LINES = {
    "title": "报送单位",
    "sender": "单位标识",
    "kind": "名册种类",
    "number": "第几次报送",
    "on_date": "日期",
    "rows": "行数",
    "digest": "内容摘要",
}
KEY, SIGNATURE = "公钥", "签名"
MOST_NAMED = 10
#: So many rows say how wide a column is.
WIDTH_ROWS = 500


@dataclass(frozen=True, kw_only=True)
class PacketRow:
    """One row: stable id, check, and heading → text."""

    uid: str
    check: str
    texts: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class ReadPacket:
    """A packet whose content was found unaltered. `uids`: row number as shown → the sender's stable id."""

    head: PacketHead
    signature: Signature | None
    book: Workbook
    sheet: Sheet
    uids: Mapping[int, str]


@dataclass(frozen=True, kw_only=True)
class ReceiptRow:
    """What became of one row of ours: `uid` is ours, `theirs` the receiver's, where there is one."""

    uid: str
    theirs: str
    name: str
    result: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ReadReceipt:
    """A receipt: the receiver's head, whose `digest` is that of these rows, and of which packet it is."""

    head: PacketHead
    signature: Signature | None
    of_digest: str
    rows: tuple[ReceiptRow, ...]


def write_packet(
    path: Path,
    head: PacketHead,
    signature: Signature | None,
    headings: Sequence[str],
    rows: Sequence[PacketRow],
) -> None:
    """Write a roster that another database takes; the file appears whole or not at all."""
    body = [[row.uid, row.check, *(row.texts.get(heading, "") for heading in headings)] for row in rows]
    _write(path, ROSTER_HEAD, _head_lines(head, signature), ROSTER_ROWS, [UID, CHECK, *headings], body)


def write_receipt(
    path: Path, head: PacketHead, signature: Signature | None, of_digest: str, rows: Sequence[ReceiptRow]
) -> None:
    """Write what became of a packet, row by row."""
    counted = Counter(row.result for row in rows)
    lines = [
        *_head_lines(head, signature),
        ("所答报送的摘要", of_digest),
        *((f"其中{result}", f"{number} 行") for result, number in sorted(counted.items())),
    ]
    body = [[row.uid, row.theirs, row.name, row.result, row.reason] for row in rows]
    # People read the names and reasons; the identifiers are for the program that takes it back.
    _write(path, RECEIPT_HEAD, lines, RECEIPT_ROWS, RECEIPT_HEADINGS, body, hidden=2)


def receipt_digest(rows: Sequence[ReceiptRow]) -> str:
    """SHA-256 over all that a receipt says."""
    return digest_of((row.uid, "\x1f".join((row.theirs, row.name, row.result, row.reason))) for row in rows)


def read_packet(path: Path) -> ReadPacket:
    """Read a packet and check it against its own digest and signature.

    Raises FileRefused for another file, and for one whose rows were altered, added or taken out since.
    """
    book = read_workbook(path)
    facts, sheet = _parts(book, ROSTER_HEAD, ROSTER_ROWS)
    head, signature = _head_of(facts)
    headings = [_text(value) for value in sheet.rows[0]] if sheet.rows else []
    if headings[:2] != [UID, CHECK]:
        raise FileRefused("wrong_template", f"工作表“{ROSTER_ROWS}”的前两列应为“{UID}”“{CHECK}”，现已改动。")
    rows = []
    for index, values in enumerate(sheet.rows[1:], 1):
        uid, check, *cells = (_text(value) for value in values)
        if uid or any(cells):
            texts = dict(zip(headings[2:], cells, strict=True))
            rows.append((sheet.row_number(index), uid, check, texts))
    altered = altered_rows(rows)
    if altered:
        named = "、".join(str(number) for number in altered[:MOST_NAMED])
        more = f"等 {len(altered)} 行" if len(altered) > MOST_NAMED else ""
        raise FileRefused(
            "wrong_template",
            f"报送文件在生成后被改动：第 {named} 行{more}。请报送单位在自己的程序里改正后重新生成；"
            "确要采用改动后的内容，请作为普通表格导入。",
        )
    if len(rows) != head.rows or digest_of((uid, check) for _, uid, check, _ in rows) != head.digest:
        raise FileRefused(
            "wrong_template",
            f"报送文件应有 {head.rows} 行，现有 {len(rows)} 行或次序已变。请报送单位重新生成。",
        )
    if len({uid for _, uid, _, _ in rows}) != len(rows):
        raise FileRefused("file_corrupt", "报送文件中有重复的标识，请报送单位重新生成。")
    return ReadPacket(
        head=head,
        signature=signature,
        book=book,
        sheet=sheet,
        uids={number: uid for number, uid, _, _ in rows},
    )


def read_receipt(path: Path) -> ReadReceipt:
    """Read a receipt; raises FileRefused for another file and for one that was altered."""
    book = read_workbook(path)
    facts, sheet = _parts(book, RECEIPT_HEAD, RECEIPT_ROWS)
    head, signature = _head_of(facts)
    if not sheet.rows or tuple(_text(value) for value in sheet.rows[0]) != RECEIPT_HEADINGS:
        raise FileRefused("wrong_template", "回执的表头已改动，请对方重新生成。")
    rows = tuple(
        ReceiptRow(uid=uid, theirs=theirs, name=name, result=result, reason=reason)
        for uid, theirs, name, result, reason in (map(_text, values) for values in sheet.rows[1:])
        if uid
    )
    if len(rows) != head.rows or receipt_digest(rows) != head.digest:
        raise FileRefused("wrong_template", "回执在生成后被改动，请对方重新生成。")
    return ReadReceipt(head=head, signature=signature, of_digest=facts.get("所答报送的摘要", ""), rows=rows)


def is_receipt(path: Path) -> bool:
    """Whether a file is a receipt, and not a packet; raises FileRefused for what cannot be read at all."""
    return any(sheet.name == RECEIPT_HEAD for sheet in read_workbook(path).sheets)


def _head_lines(head: PacketHead, signature: Signature | None) -> list[tuple[str, str]]:
    lines = [(title, str(getattr(head, name))) for name, title in LINES.items()]
    if signature is not None:
        lines += [(KEY, signature.public_key), (SIGNATURE, signature.value)]
    return lines


def _parts(book: Workbook, head: str, rows: str) -> tuple[dict[str, str], Sheet]:
    """The lines of the head sheet, and the sheet of rows."""
    sheets = {sheet.name: sheet for sheet in book.sheets}
    if head not in sheets or rows not in sheets:
        kind = "报送文件" if head == ROSTER_HEAD else "回执"
        raise FileRefused("wrong_template", f"这不是本程序生成的{kind}。一般的表格请用“导入”。")
    facts = {}
    for values in sheets[head].rows:
        texts = [text for text in map(_text, values) if text]
        if len(texts) == 2:
            facts[texts[0]] = texts[1]
    return facts, sheets[rows]


def _head_of(facts: Mapping[str, str]) -> tuple[PacketHead, Signature | None]:
    lacking = [title for title in LINES.values() if title not in facts]
    if lacking:
        raise FileRefused("wrong_template", f"文件说明缺少“{lacking[0]}”，请对方重新生成。")
    given: dict[str, Any] = {name: facts[title] for name, title in LINES.items()}
    for name in ("number", "rows"):
        if not given[name].isdecimal() or len(given[name]) > 9:
            raise FileRefused("wrong_template", f"文件说明的“{LINES[name]}”应为整数，请对方重新生成。")
        given[name] = int(given[name])
    head = PacketHead(**given)
    if KEY not in facts and SIGNATURE not in facts:
        return head, None
    signature = Signature(public_key=facts.get(KEY, ""), value=facts.get(SIGNATURE, ""))
    if not signature.holds(head):
        raise FileRefused("wrong_template", "文件的签名与内容不符，说明被改动过，请对方重新生成。")
    return head, signature


def _text(value: object) -> str:
    """A cell as text, as it was written: everything is written as text."""
    if isinstance(value, dt.datetime) and not (value.hour or value.minute or value.second):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _write(
    path: Path,
    head_title: str,
    lines: Sequence[tuple[str, str]],
    rows_title: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    hidden: int = 0,
) -> None:
    """Two sheets: what it is, and its rows. hidden: so many columns at the left are not shown."""
    from openpyxl import Workbook as Book
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Book(write_only=True)
    about = book.create_sheet(head_title)
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 16, 70
    sheet_printed(about)

    def text(page: Any, value: str, *, bold: bool = False) -> Any:
        cell = text_cell(page, value)
        cell.number_format = "@"
        if bold:
            cell.font = Font(bold=True)
        return cell

    for title, value in lines:
        about.append([text(about, title, bold=True), text(about, value)])
    page = book.create_sheet(rows_title)
    page.freeze_panes = "A2"
    sheet_printed(page, columns=len(headings), heads="1:1")
    for place, heading in enumerate(headings, 1):
        texts = (heading, *(row[place - 1] for row in rows[:WIDTH_ROWS]))
        dimension = page.column_dimensions[get_column_letter(place)]
        dimension.width = max(14, column_width(texts))
        dimension.hidden = place <= hidden
    page.print_options.gridLines = True
    page.append([text(page, heading, bold=True) for heading in headings])
    for row in rows:
        page.append([text(page, value) if value else None for value in row])
    with whole_file(path) as partial:
        book.save(partial)
