"""Damaged rosters as files: each form that arrives, honest, hostile, or hurt on its way.

Workbooks are put together here, byte by byte: so they cost little, and may be wrong where no program that
makes them lets one be.
"""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from biff_book import BOF_SHEET, container, dimensions, error, label, number, record, workbook_stream
from damaged_tables import Book, Drawn, shown
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, to_excel

from suite.kernel.exchange.bounds import Merged, column_letters
from suite.kernel.exchange.cleaned import as_text

ENDINGS = (".xlsx", ".xlsm", ".xls", ".et", ".csv", ".txt", ".htm", "")

#: What turns one sense into another, rather than into none.
TYPED = b"0123456789AZtsr<>/\"'=:,;\t\n &"


@dataclass(frozen=True, kw_only=True)
class Made:
    """A file that was made.

    `book`: what can be read there, None where nobody can say. `refusals`: the codes of which one has to be
    told; empty where the file is to be read, if it can be.
    """

    name: str
    content: bytes
    book: Book | None
    refusals: frozenset[str] = frozenset()


def made(chance: Random, book: Book) -> Made:
    """The book in one of the forms that arrive, its name right or not."""
    match chance.randrange(10):
        case 0 | 1:
            found = _as_xls(chance, book)
        case 2:
            found = _as_page(chance, book)
        case 3 | 4:
            found = _as_text(chance, book)
        case _:
            found = as_xlsx(chance, book)
    if chance.random() < 0.2:
        found = replace(found, name=f"a{chance.choice(ENDINGS)}")
    return found


def hit(chance: Random, content: bytes) -> bytes:
    """The bytes with some changed, lost or added, bits turned, a part of them lost, or cut off."""
    damaged = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 4))):
        place = chance.randrange(len(damaged) or 1)
        match chance.randrange(6):
            case 0 | 1 if damaged:
                damaged[place % len(damaged)] ^= 1 << chance.randrange(8)
            case 2 if chance.random() < 0.2:
                del damaged[place : place + 512 * chance.randrange(1, 4)]
            case 3:
                damaged[place : place + chance.randrange(5)] = chance.randbytes(chance.randrange(5))
            case _:
                typed = bytes(chance.choices(TYPED, k=chance.randrange(4)))
                damaged[place : place + chance.choice((0, len(typed), 3))] = typed
    return bytes(damaged[: chance.randrange(len(damaged) + 1)] if chance.random() < 0.15 else damaged)


def hurt(chance: Random, content: bytes, *, inside: bool) -> bytes:
    """The file as it was hit; `inside`: of an archive one part, whose sum is right nevertheless."""
    if not inside or not zipfile.is_zipfile(io.BytesIO(content)):
        return hit(chance, content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except RuntimeError:  # it asks for a password
        return hit(chance, content)
    name = chance.choice([name for name in parts for _ in range(4 if "sheet" in name else 1)])
    return zipped(parts | {name: hit(chance, parts[name][: 1 << 20])})


# Workbooks in XML ------------------------------------------------------------------------------------------

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SHEET = "xl/worksheets/sheet1.xml"
STYLES = (
    f'{XML}<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3">'
    '<xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="22" applyNumberFormat="1"/>'
    "</cellXfs></styleSheet>"
)
ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "1234567890"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d SYSTEM "file:///etc/hostname">]>'
)
DEPTHS = (50, 5_000, 60_000)


class _Sheets:
    """Writes the sheets of one workbook, in the way that was drawn for it."""

    def __init__(self, chance: Random, book: Book) -> None:
        self.chance, self.epoch = chance, CALENDAR_MAC_1904 if book.from_1904 else CALENDAR_WINDOWS_1900
        self.texts = chance.choice(("inline", "shared", "plain", "rich"))
        self.placed = chance.random() < 0.92
        self.prefix = "x:" if chance.random() < 0.05 else ""
        self.claim = chance.choice(("right",) * 6 + ("none", "little", "all") * 2 + ("wrong",))
        self.strings: dict[str, int] = {}

    def sheet(self, drawn: Drawn) -> str:
        x, rows = self.prefix, shown(drawn)
        lost = {place for place in drawn.lost if place[0] > len(rows)}
        rows += [[] for _ in range(max((row for row, _ in lost), default=0) - len(rows))]
        body = "".join(self._row(drawn, index, row) for index, row in enumerate(rows, 1))
        named = f'xmlns:x="{MAIN}"' if x else f'xmlns="{MAIN}"'
        columns = "".join(
            f'<{x}col min="{column}" max="{column}" width="8" hidden="1"/>'
            for column in sorted(drawn.hidden_columns)
        )
        merged = "".join(f'<{x}mergeCell ref="{_area(area)}"/>' for area in drawn.merged)
        return (
            f"{XML}<{x}worksheet {named}>{self._claimed(drawn)}"
            + (f"<{x}cols>{columns}</{x}cols>" if columns else "")
            + f"<{x}sheetData>{body}</{x}sheetData>"
            + (f'<{x}mergeCells count="{len(drawn.merged)}">{merged}</{x}mergeCells>' if merged else "")
            + f"</{x}worksheet>"
        )

    def _claimed(self, drawn: Drawn) -> str:
        area = {
            "right": f"A1:{column_letters(max(drawn.width, 1))}{max(len(drawn.rows), 1)}",
            "little": "A1",
            "all": "A1:XFD1048576",
            "wrong": self.chance.choice(("", "A0:B0", "ZZZ9", "R1C1", "A1:B2:C3")),
        }.get(self.claim)
        return "" if area is None else f'<{self.prefix}dimension ref="{area}"/>'

    def _row(self, drawn: Drawn, index: int, row: list[Any]) -> str:
        x = self.prefix
        lost = {column: what for (at, column), what in drawn.lost.items() if at == index}
        row = row + [None] * (max(lost, default=0) - len(row))
        cells = "".join(
            self._cell(index, column, value, lost.get(column)) for column, value in enumerate(row, 1)
        )
        hidden = ' hidden="1"' if index in drawn.hidden_rows else ""
        place = f' r="{index}"' if self.placed else ""
        return f"<{x}row{place}{hidden}>{cells}</{x}row>"

    def _cell(self, row: int, column: int, value: Any, lost: str | None) -> str:
        x = self.prefix
        place = f' r="{column_letters(column)}{row}"' if self.placed else ""
        if lost:
            return f'<{x}c{place} t="e"><{x}f>A1</{x}f><{x}v>{lost}</{x}v></{x}c>'
        if lost is not None:
            empty = self.chance.choice(("", f"<{x}v/>", f"<{x}v></{x}v>"))
            return f"<{x}c{place}><{x}f>VLOOKUP(B2,[1]Sheet1!A:B,2,0)</{x}f>{empty}</{x}c>"
        if value is None or value == "":
            return "" if self.placed else f"<{x}c/>"
        if isinstance(value, bool):
            return f'<{x}c{place} t="b"><{x}v>{int(value)}</{x}v></{x}c>'
        if isinstance(value, int | float):
            formula = f"<{x}f>1*1</{x}f>" if self.chance.random() < 0.1 else ""
            return f"<{x}c{place}>{formula}<{x}v>{value!r}</{x}v></{x}c>"
        if isinstance(value, dt.date | dt.time | dt.timedelta):
            style = 2 if isinstance(value, dt.datetime | dt.time | dt.timedelta) else 1
            return f'<{x}c{place} s="{style}"><{x}v>{to_excel(value, self.epoch)}</{x}v></{x}c>'
        return self._text(place, _xml_text(str(value)))

    def _text(self, place: str, text: str) -> str:
        x, kept = self.prefix, ' xml:space="preserve"'
        match self.texts:
            case "shared":
                at = self.strings.setdefault(text, len(self.strings))
                return f'<{x}c{place} t="s"><{x}v>{at}</{x}v></{x}c>'
            case "plain":
                return f'<{x}c{place} t="str"><{x}v{kept}>{text}</{x}v></{x}c>'
            case "rich" if text[:1] not in ("", "&"):
                runs = f"<{x}r><{x}t{kept}>{text[:1]}</{x}t></{x}r><{x}r><{x}t{kept}>{text[1:]}</{x}t></{x}r>"
                return f'<{x}c{place} t="inlineStr"><{x}is>{runs}</{x}is></{x}c>'
            case _:
                return f'<{x}c{place} t="inlineStr"><{x}is><{x}t{kept}>{text}</{x}t></{x}is></{x}c>'


def _area(area: Merged) -> str:
    return f"{column_letters(area.left)}{area.top}:{column_letters(area.right)}{area.bottom}"


def _xml_text(text: str) -> str:
    return html.escape(text, quote=False)


def _parts(chance: Random, book: Book) -> dict[str, bytes]:
    sheets = _Sheets(chance, book)
    parts: dict[str, str] = {}
    listed, relations, types = "", "", ""
    for at, drawn in enumerate(book.sheets, 1):
        parts[f"xl/worksheets/sheet{at}.xml"] = sheets.sheet(drawn)
        state = "" if drawn.state == "visible" else f' state="{drawn.state}"'
        listed += f'<sheet name="{drawn.name}" sheetId="{at}"{state} r:id="rId{at}"/>'
        target = f"worksheets/sheet{at}.xml"
        relations += f'<Relationship Id="rId{at}" Type="{OFFICE}/worksheet" Target="{target}"/>'
        types += _type(f"/xl/worksheets/sheet{at}.xml", "worksheet")
    if sheets.strings:
        texts = "".join(f'<si><t xml:space="preserve">{text}</t></si>' for text in sheets.strings)
        parts["xl/sharedStrings.xml"] = f'{XML}<sst xmlns="{MAIN}">{texts}</sst>'
        relations += f'<Relationship Id="rIdS" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        types += _type("/xl/sharedStrings.xml", "sharedStrings")
    relations += f'<Relationship Id="rIdF" Type="{OFFICE}/styles" Target="styles.xml"/>'
    epoch = '<workbookPr date1904="1"/>' if book.from_1904 else "<workbookPr/>"
    parts |= {
        "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{_type('/xl/workbook.xml', 'sheet.main')}{_type('/xl/styles.xml', 'styles')}{types}</Types>",
        "_rels/.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{epoch}'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{relations}'
        "</Relationships>",
        "xl/styles.xml": STYLES,
    }
    return {name: part.encode() for name, part in parts.items()}


def _type(part: str, what: str) -> str:
    kind = f"application/vnd.openxmlformats-officedocument.spreadsheetml.{what}+xml"
    return f'<Override PartName="{part}" ContentType="{kind}"/>'


def zipped(parts: Mapping[str, bytes], more: tuple[tuple[str, bytes], ...] = ()) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in (*parts.items(), *more):
            archive.writestr(name, part)
    return out.getvalue()


def as_xlsx(chance: Random, book: Book) -> Made:
    """A workbook in XML; one in eight is twisted as no honest program does."""
    parts = _parts(chance, book)
    if chance.random() < 0.87:
        return Made(name="a.xlsx", content=zipped(parts), book=book)
    found = chance.choice(TWISTS)(chance, parts)
    return replace(found, book=book) if found.book is UNCHANGED else found


#: In place of a book: the twist changes nothing of what can be read.
UNCHANGED = Book(sheets=[])


def _unsafe(content: bytes, *codes: str) -> Made:
    return Made(name="a.xlsx", content=content, book=None, refusals=frozenset(codes))


def _put(part: bytes, text: str, before: bytes) -> bytes:
    return part.replace(before, text.encode() + before, 1)


def _entities(chance: Random, parts: dict[str, bytes]) -> Made:
    name = chance.choice((SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"))
    parts[name] = parts[name].replace(XML.encode(), (XML + ENTITIES).encode(), 1)
    if chance.random() < 0.2:
        parts[name] = parts[name].decode().encode("utf-16")
    return _unsafe(zipped(parts), "file_unsafe")


def _way_out(chance: Random, parts: dict[str, bytes]) -> Made:
    ways = ("../a.xml", "xl/../../a.xml", "/etc/passwd", "C:/a.xml", "..\\a.xml", "xl\\..\\..\\a")
    name = chance.choice(ways)
    return _unsafe(zipped(parts, ((name, b"<a/>"),)), "file_unsafe")


def _doubled_part(chance: Random, parts: dict[str, bytes]) -> Made:
    return _unsafe(zipped(parts, ((SHEET.upper(), parts[SHEET]),)), "file_unsafe")


def _password(chance: Random, parts: dict[str, bytes]) -> Made:
    content = bytearray(zipped(parts))
    content[content.find(b"PK\x01\x02") + 8] |= 1
    return _unsafe(bytes(content), "file_encrypted")


def _far_cell(chance: Random, parts: dict[str, bytes]) -> Made:
    place = chance.choice(("XFD1048576", "A1048576", "XFD1"))
    row = "".join(filter(str.isdigit, place))
    x = "x:" if b"</x:sheetData>" in parts[SHEET] else ""
    cell = f'<{x}row r="{row}"><{x}c r="{place}"><{x}v>1</{x}v></{x}c></{x}row>'
    parts[SHEET] = _put(parts[SHEET], cell, f"</{x}sheetData>".encode())
    return _unsafe(zipped(parts), "file_too_large")


def _part_gone(chance: Random, parts: dict[str, bytes]) -> Made:
    name = chance.choice((SHEET, "xl/workbook.xml", "xl/_rels/workbook.xml.rels"))
    del parts[name]
    return _unsafe(zipped(parts), "file_corrupt")


def _expands(chance: Random, parts: dict[str, bytes]) -> Made:
    """65 MB of nothing; seldom, since even refusing it takes time to make."""
    if chance.random() < 0.9:
        return _password(chance, parts)
    return _unsafe(zipped(parts, (("xl/media/a.xml", bytes(65 << 20)),)), "file_unsafe")


def _empty_far_cell(chance: Random, parts: dict[str, bytes]) -> Made:
    """Formatted, and nothing in it: such files come every day."""
    x = "x:" if b"</x:sheetData>" in parts[SHEET] else ""
    cell = f'<{x}row r="1048576"><{x}c r="XFD1048576" s="1"/></{x}row>'
    parts[SHEET] = _put(parts[SHEET], cell, f"</{x}sheetData>".encode())
    return Made(name="a.xlsx", content=zipped(parts), book=UNCHANGED)


def _macros_and_links(chance: Random, parts: dict[str, bytes]) -> Made:
    link = f'<externalLink xmlns="{MAIN}"><externalBook r:id="rId1" xmlns:r="{OFFICE}"/></externalLink>'
    rels = (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" TargetMode="External" '
        f'Type="{OFFICE}/externalLinkPath" Target="file:///etc/hostname"/></Relationships>'
    )
    more = (
        ("xl/vbaProject.bin", chance.randbytes(2_000)),
        ("xl/externalLinks/externalLink1.xml", link.encode()),
        ("xl/externalLinks/_rels/externalLink1.xml.rels", rels.encode()),
        ("xl/media/image1.png", chance.randbytes(300)),
    )
    return Made(name="a.xlsm", content=zipped(parts, more), book=UNCHANGED)


def _nested(chance: Random, parts: dict[str, bytes]) -> Made:
    """Elements in one another, deeper than any program writes them."""
    name = chance.choice((SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"))
    depth = chance.choice(DEPTHS)
    end = parts[name].rfind(b"</")
    nest = b"<extLst>" * depth + b"</extLst>" * depth
    parts[name] = parts[name][:end] + nest + parts[name][end:]
    # A reader may refuse what is so deep; it may not fall.
    return Made(name="a.xlsx", content=zipped(parts), book=UNCHANGED)


TWISTS: tuple[Callable[[Random, dict[str, bytes]], Made], ...] = (
    _entities,
    _way_out,
    _doubled_part,
    _password,
    _far_cell,
    _part_gone,
    _expands,
    _empty_far_cell,
    _macros_and_links,
    _nested,
)


# Workbooks in records --------------------------------------------------------------------------------------


def _as_xls(chance: Random, book: Book) -> Made:
    """A workbook in records: texts, numbers, errors, hidden rows and columns, merged ranges."""
    sheets, seen = [], []
    for drawn in book.sheets:
        # The format cuts texts; days are numbers there, which nothing here gives the form of a date.
        rows = [[_in_records(value) for value in row] for row in shown(drawn)]
        lost = {place: "#REF!" for place, what in drawn.lost.items() if what}
        seen.append(replace(drawn, rows=rows, lost=lost))
        cells = b"".join(
            _in_cell(down, right, value)
            for down, row in enumerate(rows)
            for right, value in enumerate(row)
            if value is not None and value != ""
        )
        cells += b"".join(error(row - 1, column - 1) for row, column in sorted(lost))
        marks = b"".join(
            record(0x0208, struct.pack("<HHHHHHHH", row - 1, 0, 9, 255, 0, 0, 0x20, 0))
            for row in sorted(drawn.hidden_rows)
        )
        marks += b"".join(
            record(0x007D, struct.pack("<HHHHHH", column - 1, column - 1, 0, 0, 1, 0))
            for column in sorted(drawn.hidden_columns)
        )
        merged = b"".join(
            struct.pack("<HHHH", area.top - 1, area.bottom - 1, area.left - 1, area.right - 1)
            for area in drawn.merged
        )
        below = record(0x00E5, struct.pack("<H", len(drawn.merged)) + merged) if merged else b""
        bottom = max([len(rows), *(row for row, _ in lost)])
        right = max([drawn.width, 1, *(column for _, column in lost)])
        claim = chance.choice(
            (dimensions(bottom, right), dimensions(bottom, right), b"", dimensions(65_536, 256))
        )
        state = ("visible", "hidden", "veryHidden").index(drawn.state)
        sheets.append((drawn.name, state, claim + marks + cells + below))
    before = record(0x0022, b"\1\0") if book.from_1904 else b""
    if chance.random() < 0.04:
        password = record(0x002F, chance.choice((bytes(4), b"\1\0" + bytes(50))))
        locked = workbook_stream(sheets, before + password)
        return Made(
            name="a.xls",
            content=container("Workbook", locked),
            book=None,
            refusals=frozenset({"file_encrypted"}),
        )
    stream = workbook_stream(sheets, before)
    if chance.random() < 0.04:
        stream = stream.replace(BOF_SHEET, BOF_SHEET + number(65_535, 65_535, 1.0), 1)
        return Made(name="a.xls", content=container("Workbook", stream), book=None)
    return Made(name="a.xls", content=container("Workbook", stream), book=replace(book, sheets=seen))


def _in_records(value: Any) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    return None if value is None else as_text(value)[:250]


def _in_cell(row: int, column: int, value: Any) -> bytes:
    if isinstance(value, float):
        return number(row, column, value)
    # The format counts characters in halves of four bytes.
    text = str(value)
    return label(row, column, text if all(char <= "\uffff" for char in text) else "生僻")


# Pages and texts -------------------------------------------------------------------------------------------


def _plain(drawn: Drawn) -> list[list[str]]:
    return [["" if cell is None else str(cell) for cell in row] for row in shown(drawn)]


def _as_page(chance: Random, book: Book) -> Made:
    """A web page with one table, or one for each sheet; most browsers forgive what is not closed."""
    drawn = book.sheets[0]
    rows = _plain(drawn)
    tops = {(area.top, area.left): area for area in drawn.merged}
    covered = {
        (row, column)
        for area in drawn.merged
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    } - tops.keys()
    closed = chance.random() < 0.7
    lines = []
    for index, row in enumerate(rows, 1):
        cells = ""
        for column, text in enumerate(row, 1):
            if (index, column) in covered:
                continue
            spans = ""
            if (index, column) in tops:
                area = tops[index, column]
                spans = f' rowspan="{area.bottom - index + 1}" colspan={area.right - column + 1}'
            shown_text = html.escape(text).replace("\n", "<br>")
            cells += f"<td{spans}>{shown_text}" + ("</td>" if closed else "")
        hidden = ' style="display:none"' if index in drawn.hidden_rows else ""
        lines.append(f"<tr{hidden}>{cells}" + ("</tr>\n" if closed else ""))
    heads = ("", "<style>td{mso:1}</style>", "<!-- <table> -->", "<script>'<td>x</td>'</script>")
    head = chance.choice(heads)
    page = f"<html><body>{head}<table border=1>{''.join(lines)}</table></body></html>"
    encoding = chance.choice(("gb18030", "utf-8-sig", "utf-16", "utf-8"))
    seen = replace(drawn, name="a", rows=rows, lost={}, hidden_columns=set(), state="visible")
    return Made(
        name=chance.choice(("a.htm", "a.xls")),
        content=page.encode(encoding),
        # Ranges that reach out of the table are the reader's to understand.
        book=None if tops else Book(sheets=[seen]),
    )


def _as_text(chance: Random, book: Book) -> Made:
    """Separated values in the encodings of offices; seldom with a quote that nobody closed."""
    drawn = book.sheets[0]
    rows = _plain(drawn)
    out = io.StringIO(newline="")
    mark = chance.choice((",", ",", "\t", ";", "|"))
    broken = any("\n" in cell for row in rows for cell in row)
    ending = chance.choice(("\r\n", "\n", "\n" if broken else "\r"))
    writer = csv.writer(out, delimiter=mark, lineterminator=ending)
    writer.writerows(rows)
    encoding = chance.choice(("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"))
    content = out.getvalue().encode(encoding)
    known: Book | None = Book(
        sheets=[
            replace(
                drawn, name="a", rows=rows, lost={}, merged=[], hidden_rows=set(), hidden_columns=set(),
                state="visible",
            )
        ]
    )  # fmt: skip
    if chance.random() < 0.15:
        known = None
        content = chance.choice(
            (
                content.replace('"'.encode(encoding)[-1:], b"", 1),
                out.getvalue().replace(mark, mark + '"', 3).encode(encoding),
                content + out.getvalue().encode("gb18030"),
                content.replace(b"\n", b"\n\0", 1),
            )
        )
    return Made(name=chance.choice(("a.csv", "a.txt")), content=content, book=known)
