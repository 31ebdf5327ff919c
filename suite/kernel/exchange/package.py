"""Checks of an OOXML workbook (.xlsx, .xlsm) before the reader opens it.

A workbook is a zip archive from a stranger. Refused are: too much inside, paths that lead out of the
archive, encrypted or doubled entries, document type declarations (XML entities), and sheets whose used
area would exhaust the memory. Nothing is unpacked to disk; macros and links are never followed.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

from suite.kernel.exchange.bounds import CORRUPT, FileRefused, Limits, SheetFacts, check_extent
from suite.kernel.exchange.month_cells import shows_month_only
from suite.kernel.exchange.sheet_xml import SheetXml, holds_long_text

_BLOCK = 4 * 1024 * 1024
_SMALL = 64 * 1024 * 1024
"""Below this unpacked size the expansion does not matter: a sheet of equal rows packs very well."""
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
#: What Excel and WPS pack with. Of other ways the unpacker gives as much at once as there is.
_PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_TEXT_PART = re.compile(r"\.(?:xml|rels)$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class PackageFacts:
    """The facts of each sheet by name, whether a cell may hold more text than the bound, and the epoch."""

    sheets: Mapping[str, SheetFacts]
    has_long_text: bool
    from_1904: bool


def inspect_package(content: bytes, limits: Limits) -> PackageFacts:
    """What the reader will meet. Raises FileRefused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_entries(entries, len(content), limits)
            return _inspect_parts(archive, entries, limits)
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        LookupError,
        ElementTree.ParseError,
    ) as broken:
        # The archive and the parser report damage by any of these, according to the byte that is wrong.
        raise FileRefused("file_corrupt", CORRUPT) from broken


def _check_entries(entries: list[zipfile.ZipInfo], packed: int, limits: Limits) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > limits.parts or unpacked > limits.unpacked_bytes:
        megabytes = limits.unpacked_bytes // 1024 // 1024
        raise FileRefused(
            "file_too_large",
            f"文件解压后超过上限（{megabytes} MB、{limits.parts} 个部件），"
            "可能是异常文件，请拆成几个文件，或用 Excel、WPS 另存后再导入。",
        )
    if unpacked > _SMALL and unpacked > packed * limits.ratio:
        raise FileRefused(
            "file_unsafe",
            f"文件解压后膨胀超过 {limits.ratio} 倍，可能是恶意压缩的文件，没有打开。请向报送单位核实来源。",
        )
    names: set[str] = set()
    for entry in entries:
        # ZipInfo has already turned the platform's separator into "/"; a backslash left over is a disguise.
        path = entry.orig_filename.replace("\\", "/")
        if path.startswith("/") or ".." in path.split("/") or re.match(r"^[A-Za-z]:", path) or "\0" in path:
            raise FileRefused(
                "file_unsafe",
                "文件内部含有指向文件以外的路径，可能是恶意文件，没有打开。请向报送单位核实来源。",
            )
        if path.lower() in names:
            raise FileRefused(
                "file_unsafe",
                "文件内部有重名的部件，无法确认内容，没有打开。请用 Excel 或 WPS 另存后再导入。",
            )
        names.add(path.lower())
        if entry.flag_bits & 0x1:
            raise FileRefused("file_encrypted", "文件有密码保护，无法读取，请取消密码后再导入。")
        if entry.compress_type not in _PACKED:
            raise FileRefused(
                "file_unsafe",
                "文件内部的压缩方式不是 Excel、WPS 所用的，没有打开。请用 Excel 或 WPS 另存为 .xlsx 再导入。",
            )
    if "xl/workbook.xml" not in names:
        raise FileRefused(
            "file_corrupt",
            "这不是 .xlsx 或 .xlsm 工作簿（可能是文档、压缩包或其他表格格式），"
            "请用 Excel 或 WPS 另存为 .xlsx 再导入。",
        )


def _inspect_parts(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], limits: Limits) -> PackageFacts:
    by_path = {entry.filename.lower(): entry for entry in entries}
    workbook = small_part(archive, by_path["xl/workbook.xml"])
    relations = small_part(archive, by_path.get("xl/_rels/workbook.xml.rels"))
    sheets = sheet_parts(workbook, relations)
    if len(sheets) > limits.sheets:
        raise FileRefused(
            "file_too_large",
            f"工作簿有 {len(sheets)} 张工作表，超过上限 {limits.sheets} 张，请只保留需要导入的工作表。",
        )
    names = {path: name for name, path in sheets.items()}
    months = _month_styles(archive, by_path.get("xl/styles.xml"))
    facts: dict[str, SheetFacts] = {}
    has_long_text = False
    for path, entry in by_path.items():
        is_sheet = path in names or path.startswith("xl/worksheets/")
        if is_sheet and not path.endswith(".rels"):
            name = names.get(path, path)
            scan = SheetXml(name, limits, months)
            for block in _blocks(archive, entry):
                scan.feed(block)
            facts[name] = scan.close()
            check_extent(name, facts[name], limits)
            has_long_text = has_long_text or scan.has_long_text
        elif _TEXT_PART.search(path):
            tail = b""
            for block in _blocks(archive, entry):
                has_long_text = has_long_text or holds_long_text(tail + block, limits.text)
                tail = block[-limits.text :]
    return PackageFacts(sheets=facts, has_long_text=has_long_text, from_1904=_from_1904(workbook))


def _blocks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part in blocks, refused if it declares a document type or is written in UTF-16.

    The declaration can only stand before the root element, so only the first block is searched.
    """
    first = True
    with archive.open(entry) as part:
        while block := part.read(_BLOCK):
            if (first and b"<!DOCTYPE" in block) or b"\0" in block:
                raise FileRefused(
                    "file_unsafe",
                    "文件内部含有外部实体声明或异常编码，可能是恶意文件，没有打开。"
                    "请用 Excel 或 WPS 另存为新的 .xlsx 再导入。",
                )
            first = False
            yield block


def small_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo | None) -> ElementTree.Element:
    """A part of the workbook's frame, parsed. The document type check has to come first."""
    if entry is None or entry.file_size > _BLOCK:
        raise FileRefused("file_corrupt", CORRUPT)
    return ElementTree.fromstring(b"".join(_blocks(archive, entry)))  # noqa: S314 - no DOCTYPE, no entities


def _month_styles(archive: zipfile.ZipFile, entry: zipfile.ZipInfo | None) -> frozenset[int]:
    """The cell styles that show of a date its month only; of a part beyond any sense none is looked for."""
    if entry is None or entry.file_size > _BLOCK:
        return frozenset()
    codes: dict[int, str] = {}
    cells: list[int] = []
    for part in small_part(archive, entry):
        match part.tag.rpartition("}")[2]:
            case "numFmts":
                codes |= {int(one.get("numFmtId", 0)): one.get("formatCode", "") for one in part}
            case "cellXfs":
                cells = [int(one.get("numFmtId", 0)) for one in part]
    return frozenset(
        style for style, number in enumerate(cells) if shows_month_only(number, codes.get(number))
    )


def _from_1904(workbook: ElementTree.Element) -> bool:
    """Whether the workbook counts its days from 1904, as those of old Macintoshes do."""
    return any(
        element.get("date1904") in ("1", "true")
        for element in workbook
        if element.tag.rpartition("}")[2] == "workbookPr"
    )


def sheet_parts(workbook: ElementTree.Element, relations: ElementTree.Element) -> dict[str, str]:
    """Sheet name → lower-case path of its part.

    Raises FileRefused where two parts could be meant: the reader, which asks otherwise than we do, might open
    the one that was not looked at.
    """
    targets: dict[str | None, str] = {}
    for relation in relations:
        if relation.get("Id") in targets:
            raise _unclear_sheet()
        if relation.get("Target"):
            targets[relation.get("Id")] = relation.get("Target", "")
    parts: dict[str, str] = {}
    for element in workbook.iter():
        if element.tag.rpartition("}")[2] != "sheet":
            continue
        if sum(key.rpartition("}")[2].rpartition(":")[2].lower() == "id" for key in element.attrib) > 1:
            raise _unclear_sheet()
        target = targets.get(element.get(_RELATION) or element.get(_STRICT_RELATION), "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        parts[element.get("name", "")] = path.lower()
    return parts


def _unclear_sheet() -> FileRefused:
    return FileRefused(
        "file_unsafe",
        "文件内部对工作表的指向不止一个，无法确认内容，没有打开。请用 Excel 或 WPS 另存为新的 .xlsx 再导入。",
    )
