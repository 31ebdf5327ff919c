"""Binding a case file: its parts one after another, numbered, with bookmarks, as one PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from suite.kernel.documents.media import DOCX, IMAGES, PDF
from suite.kernel.documents.pages import Unreadable, image_page, number_page, text_pages
from suite.kernel.documents.reading import Block, blocks_of

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader, Transformation

MOST_PAGES = 3_000


@dataclass(frozen=True, kw_only=True)
class Part:
    """One thing of a file: its title and number in the 目录, its day, and its content as it is kept."""

    title: str
    number: str
    day: str
    media: str
    content: bytes
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A part as pages. `how` says what they are: the original, its text, or a page in its place."""

    part: Part
    pages: bytes
    count: int
    how: str


@dataclass(frozen=True, kw_only=True)
class Bound:
    """A bound file."""

    content: bytes
    pages: int


ITSELF, ITS_TEXT, IN_ITS_PLACE = "原件", "文字版", "代页"


def placed(part: Part) -> Placed:
    """A part on pages: a PDF or an image as it is, a .docx by its text, else a page that names it."""
    try:
        if part.media == PDF.key:
            pages, how = _readable(part.content), ITSELF
        elif part.media in IMAGES:
            pages, how = image_page(part.content), ITSELF
        elif part.media == DOCX.key:
            foot = f"按签发的 Word 原件排出，以原件为准。SHA-256：{part.sha256}"
            pages, how = text_pages(_blocks(part.content), foot), ITS_TEXT
        else:
            raise Unreadable("这类文件不能排成页面")
    except Unreadable as why:
        pages, how = _stand_in(part, str(why)), IN_ITS_PLACE
    return Placed(part=part, pages=pages, count=count_of(pages), how=how)


def _blocks(content: bytes) -> list[Block]:
    from docx.opc.exceptions import PackageNotFoundError

    try:
        return blocks_of(content)
    except (PackageNotFoundError, KeyError, ValueError, OSError, SyntaxError) as error:
        raise Unreadable("文书已损坏，不能读出文字") from error


def _readable(content: bytes) -> bytes:
    from pypdf.errors import PyPdfError

    try:
        reader = _open(content)
        if reader.is_encrypted:
            raise Unreadable("PDF 加了密，不能放入")
        if not 1 <= len(reader.pages) <= MOST_PAGES:
            raise Unreadable("PDF 没有可用的页")
        return content
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise Unreadable("PDF 已损坏") from error


def _stand_in(part: Part, why: str) -> bytes:
    return text_pages(
        [
            Block(text="代 页", align="center", size=22),
            Block(text=""),
            Block(text=f"名称：{part.title}"),
            Block(text=f"日期：{part.day}"),
            Block(text=f"说明：{why}。原文件另存于系统，可按摘要核对。"),
            Block(text=f"SHA-256：{part.sha256}", size=12),
        ]
    )


def count_of(pages: bytes) -> int:
    """How many pages a PDF has."""
    return len(_open(pages).pages)


def bound(title: str, front: Sequence[tuple[str, bytes]], parts: Sequence[Placed], back: bytes) -> Bound:
    """The parts as one file with bookmarks; numbered from the first part on, outside at the top."""
    from pypdf import PdfWriter

    writer = PdfWriter()
    for words, content in front:
        start = len(writer.pages)
        writer.append(BytesIO(content), import_outline=False)
        writer.add_outline_item(title=words, page_number=start)
    number = 0
    for item in parts:
        start = len(writer.pages)
        writer.append(BytesIO(item.pages), import_outline=False)
        writer.add_outline_item(title=item.part.title, page_number=start)
        for page in writer.pages[start:]:
            number += 1
            stamp = _open(number_page(number, number % 2 == 1)).pages[0]
            page.merge_transformed_page(stamp, _to_corner(page, stamp), over=True, expand=False)
    start = len(writer.pages)
    writer.append(BytesIO(back), import_outline=False)
    writer.add_outline_item(title="备考表", page_number=start)
    writer.add_metadata({"/Title": title, "/Producer": "suite"})
    # What a PDF that came from elsewhere starts or sends when it is opened does not come along.
    for name in ("/OpenAction", "/AA", "/Names", "/AcroForm"):
        writer.root_object.pop(name, None)
    out = BytesIO()
    writer.write(out)
    return Bound(content=out.getvalue(), pages=len(writer.pages))


def _to_corner(page: PageObject, stamp: PageObject) -> Transformation:
    """Moves the number to the corner of a page of another size."""
    from pypdf import Transformation

    box, own = page.mediabox, stamp.mediabox
    x = float(box.width) / float(own.width)
    y = float(box.height) / float(own.height)
    return Transformation().scale(x, y).translate(float(box.left), float(box.bottom))


def _open(content: bytes) -> PdfReader:
    from pypdf import PdfReader

    return PdfReader(BytesIO(content))
