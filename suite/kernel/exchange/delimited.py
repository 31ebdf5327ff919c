"""Reading .csv and .txt: the encoding and the separator are found in the content."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice

from suite.kernel.exchange.bounds import FileRefused, Limits

#: So many rows whose quotes do not pair are read as they stand; with more, rows cannot be told apart.
MOST_UNPAIRED = 100
#: The text is read again behind such a quote; so many times over in all.
MOST_LOOKED_OVER = 20
_SEPARATORS = ",\t;|，"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LAYOUT_CONTROLS = frozenset("\t\n\r\f\v\x1a")


@dataclass(frozen=True, kw_only=True)
class Delimited:
    """The rows of a text; `unpaired`: the numbers of those in which a quote without its second is a sign."""

    rows: list[tuple[str, ...]] = field(default_factory=list)
    unpaired: list[int] = field(default_factory=list)


def decode(content: bytes, encoding: str | None = None) -> str:
    """The text of the file: by the given encoding, else by its mark, else UTF-8, UTF-16 or GB18030.

    Raises FileRefused (file_corrupt) where none fits; wrong characters are never replaced silently.
    """
    for name in [encoding] if encoding else _candidates(content):
        try:
            text = content.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        if _is_text(text):
            return text
    wanted = f"按指定的编码 {encoding}" if encoding else "按 UTF-8、UTF-16、GB18030 编码"
    raise FileRefused(
        "file_corrupt",
        f"文件{wanted}都读不出文字，可能不是文本表格或已损坏，请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。",
    )


def _candidates(content: bytes) -> list[str]:
    for mark, name in _MARKS:
        if content.startswith(mark):
            return [name]
    sample = content[:4096]
    # Without a mark, UTF-16 shows in the zero halves of its ASCII characters.
    if sample[1::2].count(0) > len(sample) // 8:
        return ["utf-16-le"]
    if sample[::2].count(0) > len(sample) // 8:
        return ["utf-16-be"]
    return ["utf-8", "gb18030"]


def _is_text(text: str) -> bool:
    sample = text[:65_536]
    controls = sum(1 for char in sample if char < " " and char not in _LAYOUT_CONTROLS)
    return "\0" not in text and controls * 100 <= len(sample)


def separator_of(text: str) -> str:
    """The separator that divides the first lines most evenly; a comma where none does."""
    lines = [line for line in text[:65_536].splitlines() if line.strip()][:30]
    best, most = ",", (0, 0)
    for mark in _SEPARATORS:
        counts = [line.count(mark) for line in lines]
        score = (sum(1 for count in counts if count), sum(counts))
        if score > most:
            best, most = mark, score
    return best


def read_delimited(text: str, limits: Limits) -> Delimited:
    """The records of the text; the n-th is the row that a spreadsheet program shows as row n.

    A quoted cell may hold separators and line ends. A quote that is never closed, or closed where its cell
    goes on, or only after whole further rows, opens nothing: it is a sign in its cell, and told.
    `="0130"`, by which exports keep a number from being taken for one, is the text inside. Raises
    FileRefused beyond the bounds and where the quotes of many rows do not pair.
    """
    found = Delimited()
    cells = 0
    forced = '="' in text
    for record in _records(text, separator_of(text), found.unpaired):
        found.rows.append(tuple(map(_unforced, record)) if forced else tuple(record))
        cells += len(record)
        if len(found.rows) > limits.rows or len(record) > limits.columns or cells > limits.cells:
            raise FileRefused(
                "file_too_large",
                f"第 {len(found.rows)} 行超过上限（{limits.rows} 行、{limits.columns} 列、"
                f"{limits.cells} 个单元格），请删除多余内容或拆成几个文件后再导入。",
            )
    return found


def _records(text: str, separator: str, unpaired: list[int]) -> Iterator[list[str]]:
    """The records, one after another; adds the numbers of those in which a quote is a mere sign."""
    lines = list(io.StringIO(text, newline=""))
    widths: Counter[int] = Counter()
    start = number = broken = looked_over = 0
    while start < len(lines):
        reader = csv.reader(islice(lines, start, None), delimiter=separator, strict=True)
        taken = 0
        with suppress(csv.Error):
            for record in reader:
                several = reader.line_num - taken > 1
                if several and _swallowed(record, separator, widths, lines[start + taken]):
                    break
                widths[len(record)] += 1
                number += 1
                yield record
                taken = reader.line_num
            else:
                return
        number += 1
        line = lines[start + taken]
        cells, signs = _as_it_stands(line, separator)
        # What pairs within its line takes in no other, however many such lines there are.
        open_ended = reader.line_num - taken > 1 or line.count('"') % 2 == 1
        broken += open_ended
        if open_ended or signs:
            unpaired.append(number)
        looked_over += sum(map(len, lines[start + taken : start + reader.line_num]))
        if broken > MOST_UNPAIRED or looked_over > MOST_LOOKED_OVER * len(text):
            raise FileRefused(
                "file_corrupt",
                f"第 {'、'.join(map(str, unpaired[:5]))} 行等 {broken} 行的引号没有成对，"
                "行列可能已经错位，请用 Excel 或 WPS 打开检查后另存为 .xlsx 再导入。",
            )
        yield cells
        start += taken + 1


def _swallowed(record: list[str], separator: str, widths: Counter[int], line: str) -> bool:
    """Whether a cell of several lines holds whole rows: what a stray quote takes in up to the next one.

    A row has as many separators as most rows before it, or as the record's first `line` where none tells.
    One may stand in any line of a text: where that is all that a row has, each line must have it.
    """
    usual = max(widths, key=lambda width: widths[width], default=1) - 1 or line.count(separator)
    within = [
        part.count(separator)
        for cell in record
        if "\n" in cell or "\r" in cell
        for part in io.StringIO(cell, newline=None).readlines()[1:]
    ]
    return max(within, default=0) >= usual if usual > 1 else bool(within) and min(within) >= 1


def _as_it_stands(line: str, separator: str) -> tuple[list[str], bool]:
    """The cells of one line: quoted ones without their quotes, in others a quote is a sign like any.

    And whether there is such a sign.
    """
    mark = re.escape(separator)
    cell = re.compile(rf'"((?:[^"]|"")*+)" *(?={mark}|$)|([^{mark}]*)')
    line = line.rstrip("\r\n")
    cells, place, signs = [], 0, False
    while (found := cell.match(line, place)) is not None:
        cells.append(found[2] if found[1] is None else found[1].replace('""', '"'))
        signs = signs or '"' in (found[2] or "")
        place = found.end() + 1
        if place > len(line):
            break
    return cells, signs


def _unforced(value: str) -> str:
    """The text inside `="text"`."""
    return value[2:-1] if value.startswith('="') and value.endswith('"') and len(value) > 2 else value
