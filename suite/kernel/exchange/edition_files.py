"""An edition as a workbook, and as a document for publication in the layout of GB/T 9704."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.declarations import RecordKind
from suite.contract.problems import refuse
from suite.kernel.documents.cell_text import put_text
from suite.kernel.documents.display_width import display_width
from suite.kernel.documents.xml_text import xml_text
from suite.kernel.exchange.edition_rules import EditionDifference, EditionLine
from suite.kernel.exchange.editions import Edition, difference_of, edition_of, lines_of, predecessor
from suite.kernel.exchange.leaving import Basis
from suite.kernel.exchange.printed import sheet_printed
from suite.kernel.exchange.whole_file import whole_file
from suite.kernel.registry.core_rows import CORE_TITLES
from suite.loader.catalog import Catalog

#: A4 with the margins of GB/T 9704-2012, §5.2 (mm): top 37, left 28, right 26, bottom 35.
MARGINS = {"top_margin": 37, "left_margin": 28, "right_margin": 26, "bottom_margin": 35}
TITLE_FONT, BODY_FONT = "宋体", "仿宋"
TITLE_POINTS, BODY_POINTS, TABLE_POINTS = 22, 16, 10.5
#: A table with more columns than this lies across the page.
UPRIGHT_COLUMNS = 5
PAGE = (210, 297)
#: Twentieths of a point: a digit of the table's type, one of the wider type that stands in for it on a desk
#: without it, and what the left and right margins of a cell take.
HALF_WIDTH, FALLBACK_DIGIT, CELL_MARGINS = int(TABLE_POINTS * 10), int(TABLE_POINTS * 13.2), 240
#: A text of so many half widths, as a name has, is not broken either.
SHORT = 8
#: What is read as one: a licence number, a date.
UNBROKEN = re.compile(r"[!-~]+")


class DifferenceRow(NamedTuple):
    """One row of the comparison with the edition before."""

    subject_id: int
    what: str  # 新增, 退出, 变更
    name: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class EditionPapers:
    """What the files of an edition are made from. `former`: number of the edition compared with.

    `kind` is None where no plugin declares it now.
    """

    edition: Edition
    kind: RecordKind | None
    lines: Sequence[EditionLine]
    changes: EditionDifference
    former: int | None

    @property
    def headings(self) -> list[str]:
        """序号 and the titles of the published fields."""
        return ["序号", *(self.field_title(key) for key in self.edition.columns)]

    def field_title(self, key: str) -> str:
        """A field's title; where the kind lacks it now, or is away, what the core calls it, or its key."""
        field = self.kind.by_key.get(key) if self.kind is not None else None
        return field.title if field is not None else CORE_TITLES.get(key, key)

    @property
    def unit(self) -> str:
        """What is counted."""
        return self.kind.unit if self.kind is not None else "条"

    def cells(self, place: int, line: EditionLine) -> list[str]:
        """One line of the table."""
        return [str(place), *(line.words.get(key, "") for key in self.edition.columns)]

    @property
    def name(self) -> str:
        """《河北律师名册》第 3 版."""
        return f"《{self.edition.title}》第 {self.edition.number} 版"

    @property
    def subtitle(self) -> str:
        """第 N 版, the day, how many."""
        day = self.edition.as_of
        return (
            f"第 {self.edition.number} 版　截至 {day.year}年{day.month}月{day.day}日　"
            f"共 {len(self.lines):,} {self.unit}"
        )

    def difference_rows(self) -> list[DifferenceRow]:
        """What changed, one row for each line that came or went and for each field that says otherwise."""

        def row(
            what: str, line: EditionLine, field: str = "", before: str = "", after: str = ""
        ) -> DifferenceRow:
            return DifferenceRow(line.subject_id, what, line.words.get("name", ""), field, before, after)

        return [
            *(row("新增", line) for line in self.changes.joined),
            *(row("退出", line) for line in self.changes.left),
            *(
                row("变更", change.line, self.field_title(key), before, after)
                for change in self.changes.changed
                for key, (before, after) in change.fields.items()
            ),
        ]


def papers_of(session: Session, actor: Actor, catalog: Catalog, edition_id: int) -> EditionPapers:
    """Read what the files of an edition are made from, in the actor's scope."""
    edition = edition_of(session, actor, catalog, edition_id)
    former = predecessor(session, actor, catalog, edition_id)
    return EditionPapers(
        edition=edition,
        kind=catalog.kinds.get(edition.kind),
        lines=lines_of(session, actor, catalog, edition_id),
        changes=difference_of(session, actor, catalog, edition_id),
        former=former.number if former is not None else None,
    )


DIFFERENCE_HEADINGS = ["变动", "名称", "项目", "原内容", "现内容"]


def write_edition(papers: EditionPapers, path: Path, basis: Basis | None = None) -> int:
    """Write the edition to .xlsx or .docx by the file's ending, whole or not at all; raises Refused else.

    Returns the number of lines. `basis` goes into the properties of the file.
    """
    match path.suffix.lower():
        case ".xlsx":
            write = _write_workbook
        case ".docx":
            write = _write_document
        case other:
            raise refuse("file.type", f"名册只能写成 .xlsx 或 .docx，现为“{other}”，请改文件名。")
    with whole_file(path) as partial:
        write(papers, partial, basis)
    if basis is not None:
        basis.ids.extend(line.subject_id for line in papers.lines)
    return len(papers.lines)


def _write_workbook(papers: EditionPapers, path: Path, basis: Basis | None) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    page = book.active
    if page is None:
        raise RuntimeError("a new workbook has no sheet")
    page.title = "名册"
    width = len(papers.headings)
    for row, (text, points) in enumerate(((papers.edition.title, 16), (papers.subtitle, 11)), 1):
        page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
        cell = page.cell(row=row, column=1, value=text)
        cell.font, cell.alignment = Font(bold=row == 1, size=points), Alignment(horizontal="center")
    _fill(page, 3, papers.headings, [papers.cells(n, line) for n, line in enumerate(papers.lines, 1)])
    page.freeze_panes = "A4"
    page.print_title_rows = "1:3"
    if papers.former is not None:
        changed = book.create_sheet("与上一版比较")
        _fill(changed, 1, DIFFERENCE_HEADINGS, [row[1:] for row in papers.difference_rows()])
        changed.freeze_panes = "A2"
        changed.print_title_rows = "1:1"
    for sheet in book.worksheets:
        sheet_printed(sheet)
        below = 4 if sheet is page else 2
        for place, heading in enumerate(_row_texts(sheet, below - 1), 1):
            longest = max([display_width(heading), *map(display_width, _column_texts(sheet, place, below))])
            sheet.column_dimensions[get_column_letter(place)].width = min(longest + 2, 48)
    if basis is not None:
        basis.into_properties(book.properties, "creator", "description")
    book.save(path)


def _fill(page: Any, first: int, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from openpyxl.styles import Border, Font, Side

    line = Side(style="thin", color="A0A0A0")
    border = Border(left=line, right=line, top=line, bottom=line)
    for row, texts in enumerate([headings, *rows], first):
        for column, text in enumerate(texts, 1):
            cell = page.cell(row=row, column=column)
            if column == 1 and text.isdigit():
                cell.value = int(text)
            else:
                put_text(cell, text)
            cell.border = border
            if row == first:
                cell.font = Font(bold=True)


def _row_texts(page: Any, row: int) -> list[str]:
    return [str(cell.value or "") for cell in page[row]]


def _column_texts(page: Any, column: int, first: int) -> list[str]:
    """Enough of a column to size it by, from a row on; the title rows span all columns and do not count."""
    rows = page.iter_rows(
        min_row=first, max_row=first + 300, min_col=column, max_col=column, values_only=True
    )
    return [str(value or "") for (value,) in rows]


def _write_document(papers: EditionPapers, path: Path, basis: Basis | None) -> None:
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
    from docx.shared import Mm, Pt

    document = Document()
    section = document.sections[0]
    across = len(papers.headings) > UPRIGHT_COLUMNS
    wide, high = reversed(PAGE) if across else PAGE
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(wide), Mm(high)
    for name, millimetres in MARGINS.items():
        setattr(section, name, Mm(millimetres))
    room = wide - MARGINS["left_margin"] - MARGINS["right_margin"]
    normal = document.styles["Normal"]
    normal.font.size = Pt(BODY_POINTS)
    _set_fonts(normal.element.get_or_add_rPr(), BODY_FONT)

    def paragraph(text: str, *, points: float = BODY_POINTS, font: str = BODY_FONT, centred: bool) -> None:
        added = document.add_paragraph()
        run = added.add_run(text)
        run.font.size = Pt(points)
        _set_fonts(run._element.get_or_add_rPr(), font)
        if centred:
            added.alignment = WD_ALIGN_PARAGRAPH.CENTER
        else:
            added.paragraph_format.first_line_indent = Pt(2 * points)

    paragraph(papers.edition.title, points=TITLE_POINTS, font=TITLE_FONT, centred=True)
    paragraph(papers.subtitle, points=14, centred=True)
    if papers.edition.note:
        for part in papers.edition.note.splitlines():
            paragraph(part, centred=False)
    if papers.edition.announced_on is not None:
        paragraph(f"公告文号：{papers.edition.document_no}", centred=False)
    lines = [papers.cells(n, line) for n, line in enumerate(papers.lines, 1)]
    _add_table(document, papers.headings, lines, room)
    if papers.former is not None:
        counts = papers.changes.counts
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        paragraph(
            f"与第 {papers.former} 版相比，新增 {counts['joined']:,} {papers.unit}，"
            f"退出 {counts['left']:,} {papers.unit}，变更 {counts['changed']:,} {papers.unit}。",
            centred=False,
        )
        rows = [row[1:] for row in papers.difference_rows()]
        if rows:
            _add_table(document, DIFFERENCE_HEADINGS, rows, room)
    _number_pages(section)
    if basis is not None:
        basis.into_properties(document.core_properties, "author", "comments")
    document.save(str(path))


def _set_fonts(properties: Any, font: str) -> None:
    """Name the East Asian font besides the Latin one: else Word and WPS each take one of their own."""
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()
    for name in ("w:ascii", "w:hAnsi", "w:eastAsia"):
        fonts.set(qn(name), font)


def _shares(headings: Sequence[str], rows: Sequence[Sequence[str]], room: int) -> list[int]:
    """How many twentieths of a point each column gets of `room` millimetres: by its usual longest text.

    Long texts wrap, but a number, a date or a short name stands in one line: no column is narrower than the
    longest of its own. What room is left is shared out.
    """
    wanted, unbroken, short = [], [], []
    for place, heading in enumerate(headings):
        lengths = sorted(display_width(row[place]) for row in rows)
        usual = lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
        wanted.append((min(max(usual, display_width(heading)), 30) + 4) * HALF_WIDTH)
        unbroken.append(max((len(part) for row in rows for part in UNBROKEN.findall(row[place])), default=0))
        short.append(min(max(usual, 4), SHORT) * HALF_WIDTH)
    twips = room * 1440 / 25.4
    for digit in (FALLBACK_DIGIT, HALF_WIDTH):
        least = [max(long * digit, name) + CELL_MARGINS for long, name in zip(unbroken, short, strict=True)]
        spare = twips - sum(least)
        if spare >= 0:
            break
    else:
        return [int(twips * share / sum(least)) for share in least]
    beyond = [max(share - low, 0) for share, low in zip(wanted, least, strict=True)]
    beyond = beyond if any(beyond) else wanted
    return [int(low + spare * more / sum(beyond)) for low, more in zip(least, beyond, strict=True)]


def _add_table(document: Any, headings: Sequence[str], rows: Sequence[Sequence[str]], room: int) -> None:
    """A ruled table of `room` millimetres whose first row is repeated on every page.

    Its rows are made as XML at once: through the library's cells thousands of them take minutes.
    """
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    table = document.add_table(rows=0, cols=len(headings))
    table.style = "Table Grid"
    table.autofit = False
    widths = _shares(headings, rows, room)
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = width * 635  # twips to the library's own unit
    half_points = int(2 * TABLE_POINTS)
    look = (
        f'<w:rPr><w:rFonts w:ascii="{BODY_FONT}" w:hAnsi="{BODY_FONT}" w:eastAsia="{BODY_FONT}"/>'
        f'%s<w:sz w:val="{half_points}"/></w:rPr>'
    )
    for place, texts in enumerate([headings, *rows]):
        properties = "<w:trPr><w:tblHeader/></w:trPr>" if place == 0 else "<w:trPr><w:cantSplit/></w:trPr>"
        run = look % ("<w:b/>" if place == 0 else "")
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            f'<w:p><w:r>{run}<w:t xml:space="preserve">{_escaped(text)}</w:t></w:r></w:p></w:tc>'
            for text, width in zip(texts, widths, strict=True)
        )
        table._tbl.append(parse_xml(f"<w:tr {nsdecls('w')}>{properties}{cells}</w:tr>"))


def _escaped(text: str) -> str:
    from xml.sax.saxutils import escape

    return escape(xml_text(text))


def _number_pages(section: Any) -> None:
    """— 1 — at the foot of each page (GB/T 9704-2012, §7.5)."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ")
    field = f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    paragraph._p.append(parse_xml(field))
    paragraph.add_run(" —")
