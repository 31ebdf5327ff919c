"""The outward form of a sender's sheet, as far as the file tells it: widths of columns and merged cells."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from suite.kernel.documents.regular import open_regular
from suite.kernel.exchange.bounds import DEFAULT_LIMITS
from suite.kernel.exchange.package import sheet_parts, small_part

#: Row and column of the first and of the last cell, as shown.
Block = tuple[int, int, int, int]
#: The columns' widths stand before the rows, so that this much of a sheet's XML is enough.
_HEAD = 256 * 1024
_WIDTHS = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
_ATTRIBUTE = re.compile(rb'\b(min|max|width)="(\d+(?:\.\d+)?)"')
WIDEST = 255.0


@dataclass(frozen=True, kw_only=True)
class SenderForm:
    """One sheet: column number → width, and its merged blocks."""

    widths: Mapping[int, float] = field(default_factory=dict)
    merged: tuple[Block, ...] = ()


PLAIN = SenderForm()


def sender_forms(path: Path, file_hash: str, sheets: Collection[str]) -> Mapping[str, SenderForm]:
    """Sheet → form. Empty where the file has gone or is another by now, and for files that have none."""
    try:
        with open_regular(path) as file:
            content = file.read(DEFAULT_LIMITS.file_bytes + 1)
    except OSError:
        return {}
    if hashlib.sha256(content).hexdigest() != file_hash or not content.startswith(b"PK\x03\x04"):
        # Only what the importer has looked through is opened again.
        return {}
    return _forms(content, sheets)


def _forms(content: bytes, sheets: Collection[str]) -> Mapping[str, SenderForm]:
    # Deferred: reading a workbook is rare, and the start of the program does not wait for it.
    from python_calamine import CalamineWorkbook

    widths: dict[str, dict[int, float]] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = {entry.filename.lower(): entry for entry in archive.infolist()}
        workbook = small_part(archive, entries["xl/workbook.xml"])
        relations = small_part(archive, entries.get("xl/_rels/workbook.xml.rels"))
        for name, place in sheet_parts(workbook, relations).items():
            if name in sheets and place in entries:
                with archive.open(entries[place]) as sheet:
                    widths[name] = _widths(sheet.read(_HEAD))
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        merged = {name: book.get_sheet_by_name(name).merged_cell_ranges for name in widths}
    return {
        name: SenderForm(
            widths=found,
            merged=tuple(
                (top + 1, left + 1, bottom + 1, right + 1)
                for (top, left), (bottom, right) in merged.get(name) or ()
            ),
        )
        for name, found in widths.items()
    }


def _widths(head: bytes) -> dict[int, float]:
    found: dict[int, float] = {}
    for match in _WIDTHS.finditer(head.partition(b"<sheetData")[0]):
        said = {key: float(value) for key, value in _ATTRIBUTE.findall(match[1])}
        if {b"min", b"max", b"width"} <= said.keys():
            last = min(int(said[b"max"]), int(said[b"min"]) + 200)
            found |= dict.fromkeys(range(int(said[b"min"]), last + 1), min(said[b"width"], WIDEST))
    return found
