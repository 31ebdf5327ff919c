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
from itertools import chain, islice

from suite.kernel.exchange.bounds import FileRefused, Limits

#: So many rows whose quotes do not pair are read as they stand; with more, rows cannot be told apart.
MOST_UNPAIRED = 100
#: The text is read again behind such a quote; so many times over in all.
MOST_LOOKED_OVER = 20
#: So many separators may stand in one record, most of them inside quotes.
MOST_SEPARATORS = 1_000_000
_SEPARATORS = ",\t;|，"
_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n)|[^\r\n]++")
_END = re.compile(r"\r\n|\r|\n")
#: So many characters are taken apart at once: few where a quote was looked over, since it may be soon again.
_LEAST_BLOCK, _MOST_BLOCK = 4_096, 262_144
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
        except (ValueError, LookupError):  # no such encoding, or one that is no encoding of texts
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
    try:
        for record in _records(text, separator_of(text), found.unpaired):
            found.rows.append(tuple(map(_unforced, record)) if forced else tuple(record))
            cells += len(record)
            if len(found.rows) > limits.rows or len(record) > limits.columns or cells > limits.cells:
                raise _too_large(len(found.rows), limits)
    except _EndlessRecord:
        raise _too_large(len(found.rows) + 1, limits) from None
    return found


def _too_large(row: int, limits: Limits) -> FileRefused:
    return FileRefused(
        "file_too_large",
        f"第 {row} 行超过上限（{limits.rows} 行、{limits.columns} 列、{limits.cells} 个单元格），"
        "请删除多余内容或拆成几个文件后再导入。",
    )


class _EndlessRecord(Exception):
    """A record has more separators than any table has columns; its cells are not even made."""


@dataclass(kw_only=True)
class _Block:
    """Some lines of a text: the number of the first (from 0), where it begins, and how many separators."""

    first: int
    at: int
    lines: list[str]
    separators: int


class _Lines:
    """The lines of a text from a place on, with their ends.

    They are made block by block, and only those are kept that a record not yet read to its end may begin in:
    a text of nothing but lines takes no more memory than itself. `done`: so many lines are done with.
    """

    def __init__(self, text: str, separator: str, at: int) -> None:
        self._text, self._separator, self._at = text, separator, at
        self._blocks: list[_Block] = []
        self.done = 0

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(self._parts())

    def _parts(self) -> Iterator[list[str]]:
        first, size = 0, _LEAST_BLOCK
        while self._at < len(self._text):
            ending = _END.search(self._text, self._at + size)
            end = ending.end() if ending is not None else len(self._text)
            self._blocks = [one for one in self._blocks if one.first + len(one.lines) > self.done]
            separators = self._text.count(self._separator, self._at, end)
            if sum(one.separators for one in self._blocks) + separators > MOST_SEPARATORS:
                raise _EndlessRecord
            lines = _LINE.findall(self._text, self._at, end)
            self._blocks.append(_Block(first=first, at=self._at, lines=lines, separators=separators))
            first, size, self._at = first + len(lines), min(2 * size, _MOST_BLOCK), end
            yield lines

    def begin(self) -> tuple[int, str]:
        """Where the first line begins that is not done with, and that line."""
        block = next(one for one in self._blocks if one.first + len(one.lines) > self.done)
        place = self.done - block.first
        return block.at + sum(map(len, block.lines[:place])), block.lines[place]

    def length(self, read: int) -> int:
        """The length of the lines that are not done with, of so many that were read."""
        kept = chain.from_iterable(one.lines for one in self._blocks)
        skipped = self.done - self._blocks[0].first
        return sum(map(len, islice(kept, skipped, read - self._blocks[0].first)))


def _records(text: str, separator: str, unpaired: list[int]) -> Iterator[list[str]]:
    """The records, one after another; adds the numbers of those in which a quote is a mere sign."""
    widths: Counter[int] = Counter()
    at = number = broken = looked_over = 0
    while at < len(text):
        lines = _Lines(text, separator, at)
        reader = csv.reader(lines, delimiter=separator, strict=True)
        with suppress(csv.Error):
            for record in reader:
                several = reader.line_num - lines.done > 1
                if several and _swallowed(record, separator, widths, lines.begin()[1]):
                    break
                widths[len(record)] += 1
                number += 1
                yield record
                lines.done = reader.line_num
            else:
                return
        number += 1
        begin, line = lines.begin()
        cells, signs = _as_it_stands(line, separator)
        # What pairs within its line takes in no other, however many such lines there are.
        open_ended = reader.line_num - lines.done > 1 or line.count('"') % 2 == 1
        broken += open_ended
        if open_ended or signs:
            unpaired.append(number)
        looked_over += lines.length(reader.line_num)
        if broken > MOST_UNPAIRED or looked_over > MOST_LOOKED_OVER * len(text):
            raise FileRefused(
                "file_corrupt",
                f"第 {'、'.join(map(str, unpaired[:5]))} 行等 {broken} 行的引号没有成对，"
                "行列可能已经错位，请用 Excel 或 WPS 打开检查后另存为 .xlsx 再导入。",
            )
        yield cells
        at = begin + len(line)


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
