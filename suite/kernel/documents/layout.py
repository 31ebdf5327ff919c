"""Setting a paper as .docx after GB/T 9704—2012.

A4; margins 37 mm above, 28 mm left, so that the type area is 156 × 225 mm; 22 lines of 28 characters:
仿宋 of size 3 (16 pt) on an exact line of 28.9 pt. Title 小标宋 of size 2 (22 pt), centred; headings 黑体
and 楷体; number, recipient, signature and date in their places; page number "— 1 —" in 宋体 of size 4.
Fonts are named for East Asian text (w:eastAsia), so that WPS and Word set the same; the font table names
substitutes for desks that lack them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, Any

from suite.contract.papers import PaperForm
from suite.kernel.documents.annex import Annex, add_annexes
from suite.kernel.documents.form_table import add_form
from suite.kernel.documents.kinsoku import balanced
from suite.kernel.documents.paper import Paper, kind_of, level_of
from suite.kernel.documents.xml_text import xml_text

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from docx.text.paragraph import Paragraph

TITLE_FONT, BODY_FONT, LATIN = "方正小标宋简体", "仿宋_GB2312", "Times New Roman"
BLACK_FONT, KAI_FONT, PAGE_FONT = "黑体", "楷体_GB2312", "宋体"
#: Font → what stands in for it where it is missing.
SUBSTITUTES = {
    TITLE_FONT: "方正小标宋_GBK",
    BODY_FONT: "仿宋",
    KAI_FONT: "楷体",
    BLACK_FONT: "SimHei",
    PAGE_FONT: "SimSun",
}
SIZE_TITLE, SIZE_BODY, SIZE_PAGE, SIZE_HEAD = 22, 16, 14, 36
LINE = 28.9
#: So many signs of a title stand on a line of 156 mm, with room for a substitute's wider figures.
TITLE_SIGNS = 19
RED = "FF0000"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def set_paper(paper: Paper) -> bytes:
    """The paper as a .docx file."""
    with _AT_WORK:
        document = _blank(paper.form)
        try:
            return _set(document, paper)
        finally:
            body = document.element.body
            for element in list(body)[:-1]:
                body.remove(element)


#: A blank paper takes longer to make than to write on: each form's is used again, by one at a time.
_AT_WORK = Lock()


@cache
def _blank(form: PaperForm) -> Document:
    from docx import Document

    document = Document()
    _page(document, form)
    _usual(document)
    _fonts(document)
    return document


def _set(document: Document, paper: Paper) -> bytes:
    _head(document, paper)
    _title(document, paper)
    if paper.recipient:
        _line(document, f"{paper.recipient}：")
    for text in paper.paragraphs:
        _paragraph(document, text)
    add_form(document, paper.rows)
    _annex_note(document, paper.annexes)
    _signature(document, paper)
    add_annexes(document, paper.annexes)
    document.core_properties.title = xml_text(paper.title)
    document.core_properties.author = xml_text(paper.organ)
    document.core_properties.comments = ""
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Document, form: PaperForm) -> None:
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(28)  # the number 7 mm below the type area
    if form is PaperForm.LETTER:
        section.top_margin = Mm(30)
        # A letter's first page has a line at its foot and no number.
        section.different_first_page_header_footer = True
        foot = section.first_page_footer
        foot.is_linked_to_previous = False
        _rule(foot.paragraphs[0], "top", "thickThinSmallGap")
    _numbers(document, section)


def _numbers(document: Document, section: Section) -> None:
    """— 1 —, right on odd pages and left on even ones."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement

    document.settings.odd_and_even_pages_header_footer = True
    for footer, align in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = align
        # One character in from the edge of the type area.
        indent = paragraph.paragraph_format
        indent.right_indent = indent.left_indent = _points(SIZE_PAGE)
        _run(paragraph, "— ", PAGE_FONT, SIZE_PAGE)
        run = _run(paragraph, "", PAGE_FONT, SIZE_PAGE)
        for kind, words in (("begin", None), ("", " PAGE "), ("end", None)):
            element = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                element.set(f"{{{W}}}fldCharType", kind)
            else:
                element.text = words
            run._r.append(element)
        _run(paragraph, " —", PAGE_FONT, SIZE_PAGE)


def _usual(document: Document) -> None:
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = LATIN, _points(SIZE_BODY)
    _name_fonts(style.element.get_or_add_rPr(), BODY_FONT)
    form = style.paragraph_format
    form.space_before = form.space_after = _points(0)
    form.line_spacing = _points(LINE)
    form.widow_control = False


def _name_fonts(properties: Any, east_asian: str) -> None:
    """Name the font for East Asian text and the one for figures and letters, and no theme's."""
    fonts = properties.get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(f"{{{W}}}{theme}", None)
    for name, font in (("ascii", LATIN), ("hAnsi", LATIN), ("eastAsia", east_asian), ("cs", LATIN)):
        fonts.set(f"{{{W}}}{name}", font)


def _fonts(document: Document) -> None:
    """The font table: for each font what stands in for it."""
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/>'
        f'<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, other in SUBSTITUTES.items()
    )
    table = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="{W}">{entries}</w:fonts>'
    )
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/fontTable"):
            relation.target_part._blob = table.encode()


def _head(document: Document, paper: Paper) -> None:
    """The organ's name in red and the number below it; a letter has them the other way about its lines."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    first = document.paragraphs[0] if document.paragraphs else document.add_paragraph()
    if paper.form is PaperForm.RECORD:
        first._p.getparent().remove(first._p)
        return
    first.alignment = WD_ALIGN_PARAGRAPH.CENTER
    first.paragraph_format.line_spacing = _points(SIZE_HEAD * 1.3)
    _run(first, paper.organ, TITLE_FONT, _head_size(paper.organ), red=True)
    if paper.form is PaperForm.LETTER:
        _rule(first, "bottom", "thickThinSmallGap")
        number = _line(document, paper.number)
        number.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    else:
        _line(document, "")
        number = _signed_number(document, paper) if paper.upward else _line(document, paper.number)
        if not paper.upward:
            number.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _rule(number, "bottom", "single")


def _signed_number(document: Document, paper: Paper) -> Paragraph:
    """The number of a paper that goes upward, a character in from the left, and as far from the right who
    signs it: left open, for it is signed by hand."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    line = _line(document, paper.number)
    _run(line, "\t签发人：", BODY_FONT, SIZE_BODY)
    _run(line, "　　　", KAI_FONT, SIZE_BODY)
    _indent(line, 1)
    stops = line.paragraph_format.tab_stops
    stops.add_tab_stop(Mm(156) - _points(SIZE_BODY), WD_TAB_ALIGNMENT.RIGHT)
    return line


def _signs(text: str) -> float:
    """How wide a text is, in Chinese signs; a substitute's figures are wider than half of one."""
    return sum(1.0 if ord(sign) > 0xFF else 0.6 for sign in text)


def _head_size(organ: str) -> int:
    """As large as one line of the type area (156 mm) holds."""
    return max(SIZE_TITLE, min(SIZE_HEAD, int(440 / max(1, len(organ)))))


def _title(document: Document, paper: Paper) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    if paper.form is not PaperForm.RECORD:
        _line(document, "")
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.line_spacing = _points(36)
    for place, line in enumerate(balanced(paper.title, TITLE_SIGNS, _signs)):
        if place:
            title.add_run().add_break()
        _run(title, line, TITLE_FONT, SIZE_TITLE)
    _line(document, "")


def _paragraph(document: Document, text: str) -> None:
    kind, words = kind_of(text)
    level = level_of(words) if kind == "text" else (1 if kind == "heading" else 0)
    font = {1: BLACK_FONT, 2: KAI_FONT}.get(level, BODY_FONT) if kind == "heading" or level else BODY_FONT
    paragraph = document.add_paragraph()
    if kind != "flush":
        _indent(paragraph, 2)
    _run(paragraph, words, font, SIZE_BODY)


def _annex_note(document: Document, annexes: Sequence[Annex]) -> None:
    """附件说明: below the text, which tables stand behind it; a second one begins below the first."""
    if not annexes:
        return
    _line(document, "")
    for place, annex in enumerate(annexes, 1):
        number = f"{place}．" if len(annexes) > 1 else ""
        paragraph = _line(document, f"{'附件：' if place == 1 else ''}{number}{annex.title}")
        _indent(paragraph, 2 if place == 1 else 5)


def _signature(document: Document, paper: Paper) -> None:
    """The organ and, four characters in from the right, the date; they stay on one page with the text."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    if paper.form is PaperForm.RECORD:
        return
    day = paper.day
    for blank in document.paragraphs[-1:]:
        blank.paragraph_format.keep_with_next = True
    for words, characters in (
        ("", 0.0),
        (paper.organ, 4 + max(0.0, (len(day) * 0.75 - len(paper.organ)) / 2)),
        (day, 4.0),
    ):
        paragraph = _line(document, words)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = _points(characters * SIZE_BODY)
        paragraph.paragraph_format.keep_with_next = words != day


def _line(document: Document, text: str) -> Paragraph:
    paragraph = document.add_paragraph()
    _run(paragraph, text, BODY_FONT, SIZE_BODY)
    return paragraph


def _run(paragraph: Paragraph, text: str, font: str, size: float, *, red: bool = False) -> Any:
    from docx.shared import RGBColor

    run = paragraph.add_run(xml_text(text))
    run.font.size = _points(size)
    _name_fonts(run._r.get_or_add_rPr(), font)
    if red:
        run.font.color.rgb = RGBColor.from_string(RED)
    return run


def _indent(paragraph: Paragraph, characters: int) -> None:
    """Indent the first line by characters, as WPS and Word count them."""
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    indent.set(f"{{{W}}}firstLineChars", str(characters * 100))
    indent.set(f"{{{W}}}firstLine", str(int(characters * SIZE_BODY * 20)))


def _rule(paragraph: Paragraph, side: str, style: str) -> None:
    """A red line above or below a paragraph."""
    from docx.oxml import OxmlElement

    borders, line = OxmlElement("w:pBdr"), OxmlElement(f"w:{side}")
    for name, value in (("val", style), ("sz", "18"), ("space", "6"), ("color", RED)):
        line.set(f"{{{W}}}{name}", value)
    borders.append(line)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _points(size: float) -> Any:
    from docx.shared import Pt

    return Pt(size)
