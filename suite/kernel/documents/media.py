"""What a file is, by its content and never by its name: pure functions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from suite.contract.problems import Problem

MOST_PARTS = 5_000
#: A Word document is unpacked in memory: a template when it is filled, an attachment when its case is filed.
MOST_UNPACKED = 40 * 1_048_576
MOST_NAME = 200
#: A PDF may begin with a little of something else.
HEAD = 1_024


@dataclass(frozen=True, kw_only=True)
class Media:
    """A kind of file that a case may keep; `key` is also its ending."""

    key: str
    title: str


PDF = Media(key="pdf", title="PDF 文件")
PNG = Media(key="png", title="图片（PNG）")
JPEG = Media(key="jpg", title="图片（JPEG）")
DOCX = Media(key="docx", title="Word 文档")
XLSX = Media(key="xlsx", title="Excel 工作簿")
OFD = Media(key="ofd", title="OFD 版式文件")
ALL = (PDF, PNG, JPEG, DOCX, XLSX, OFD)
MEDIA = {media.key: media for media in ALL}
IMAGES = (PNG.key, JPEG.key)
#: What a package must hold to be of a kind.
PARTS = (("word/document.xml", DOCX), ("xl/workbook.xml", XLSX), ("OFD.xml", OFD))
#: What a package must not hold: what runs, and what is fetched or started by opening it.
UNSAFE = re.compile(r"(vbaProject\.bin|/activeX/|/embeddings/oleObject)", re.IGNORECASE)


def media_of(content: bytes) -> Media | None:
    """What a file is; None for whatever else it may be."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if b"%PDF-" in content[:HEAD]:
        return PDF
    if content.startswith(b"PK\x03\x04"):
        return _packed(content)
    return None


def _packed(content: bytes) -> Media | None:
    names = part_names(content)
    return next((media for part, media in PARTS if part in names), None)


def unpacked_size(content: bytes) -> int:
    """How many bytes the parts of a package say they have; unpacks nothing."""
    with ZipFile(BytesIO(content)) as package:
        return sum(item.file_size for item in package.infolist())


def part_names(content: bytes) -> frozenset[str]:
    """The names of a package's parts; none where it is damaged or has too many. Unpacks nothing."""
    try:
        with ZipFile(BytesIO(content)) as package:
            names = package.namelist()
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        return frozenset()
    return frozenset(names) if len(names) <= MOST_PARTS else frozenset()


def content_problems(content: bytes, most_bytes: int, field: str = "content") -> list[Problem]:
    """Why a content cannot be kept: empty, too big, of no known kind, or with something that runs."""
    if not content:
        return [Problem(code="file.empty", text="文件是空的，请重新选取。", field=field)]
    if len(content) > most_bytes:
        most, size = most_bytes / 1_048_576, len(content) / 1_048_576
        text = f"文件有 {size:.1f} MB，最多 {most:.0f} MB。请压缩图片或分成几个文件。"
        return [Problem(code="file.large", text=text, field=field)]
    media = media_of(content)
    if media is None:
        words = "、".join(media.title for media in ALL)
        text = f"认不出这是什么文件（按内容认，不按扩展名）。可以附：{words}。"
        return [Problem(code="file.unknown", text=text, field=field)]
    unsafe = media in (DOCX, XLSX) and any(UNSAFE.search(name) for name in part_names(content))
    if unsafe:
        text = "文件中含有宏或嵌入的程序，不能附入。请另存为不含宏的文件。"
        return [Problem(code="file.unsafe", text=text, field=field)]
    if media is DOCX and unpacked_size(content) > MOST_UNPACKED:
        text = "文件展开后过大，请删去或压缩其中的图片。"
        return [Problem(code="file.unpacked", text=text, field=field)]
    return []


def file_name_of(typed: str, media: Media) -> str:
    """The name under which a file is kept: without folders and control characters, with its true ending."""
    name = re.split(r"[\\/]", typed)[-1]
    name = re.sub(r"[\x00-\x1f\x7f<>:\"|?*]", "", name).strip(" .")
    stem, dot, ending = name.rpartition(".")
    base = stem if dot and len(ending) <= 5 else name
    return f"{(base or '附件')[: MOST_NAME - 6]}.{media.key}"
