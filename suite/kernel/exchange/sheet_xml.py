"""One pass over the XML of a worksheet, before the reader sees it.

The reader allocates the rectangle between the outermost cells, so the used area must be known first.
Parsing every cell in Python would cost as much as the reading itself; instead one regular expression
looks for a cell that is *not* of the plain form `<c r="B17"` within the area that the sheet claims
(`<dimension>`). An honest file has none, and the search runs at the speed of memory. A block with such a
cell is looked at cell by cell; so are the first rows of a file that claims nothing, and what was seen there
is the claim for the next ones.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from suite.kernel.exchange.bounds import (
    FileRefused,
    Limits,
    Merged,
    SheetFacts,
    check_marks,
    column_letters,
    column_number,
)

_DIMENSION = re.compile(rb'<(?:\w+:)?dimension\s[^<>]*?ref="(?:[A-Z]{1,3}\d{1,7}:)?([A-Z]{1,3})(\d{1,7})"')
_PREFIXED = re.compile(rb":c[\s/>]")
_CELL_OR_ROW = re.compile(rb"<(?:\w+:)?(c|row)(?=[\s/>])([^<>]*)>")
_POSITION = re.compile(rb"""\sr\s*=\s*["']\s*([A-Za-z]{0,3})(\d{0,9})""")
_ERROR = re.compile(rb'<(?:\w+:)?c\s(?=[^<>]*\st="e")[^<>]*?r="([A-Z]{1,3})(\d{1,7})"')
_UNCACHED = re.compile(
    rb'<(?:\w+:)?c\s(?![^<>]*\bt="str")[^<>]*?r="([A-Z]{1,3})(\d{1,7})"[^<>]*>\s*'
    rb"<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*+"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*+</(?:\w+:)?c>"
)
"""Possessive blanks: two greedy runs of them side by side would be tried in every division."""
_UNPLACED_UNCACHED = re.compile(
    rb"\s*<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*+"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*+</(?:\w+:)?c>"
)
_TYPE = re.compile(rb"""\bt=["'](\w+)["']""")
_HIDDEN = re.compile(rb"""\bhidden=["'](?:1|true)["']""")
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\s(?=[^<>]*\bhidden="(?:1|true)")[^<>]*?\br="(\d{1,7})"')
_HIDDEN_COLUMN = re.compile(rb'<(?:\w+:)?col\s(?=[^<>]*\bhidden="(?:1|true)")([^<>]*)>')
_CELL_ROW = re.compile(rb'<c r="[A-Z]{1,3}(\d{1,7})"')
_ROW_WITHOUT_NUMBER = re.compile(rb'<row(?! r="\d|[a-zA-Z])')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
#: Written by few programs; XML means the same by it.
_SINGLE_QUOTED = re.compile(rb"""='([^'"<>]*)'""")
_HEAD = 64 * 1024
_MIN_MAX = re.compile(rb'\b(min|max)="(\d{1,5})"')


class SheetXml:
    """Feed the decompressed XML in blocks, then `close()`; `facts` holds what was seen."""

    def __init__(self, name: str, limits: Limits, months: Collection[int] = ()) -> None:
        """`months`: the styles of cells that show a date without its day."""
        self.facts = SheetFacts()
        self._months = _styled(months) if months else None
        self._name = name
        self._limits = limits
        self._rest = b""
        self._beyond: re.Pattern[bytes] | None = None
        self._row = self._column = 0
        self._first = True
        self._prefixed = False
        self.has_long_text = False

    def feed(self, block: bytes) -> None:
        """Take the next block. Raises FileRefused for markup that hides what it says."""
        data = self._rest + block
        # Cut after a row, so that no cell is torn; a row longer than a block is cut before a tag.
        cut = data.rfind(b"row>") + 4
        if cut < 4:
            cut = data.rfind(b"<") if len(data) > 4 * len(block) else 0
        self._rest = data[max(cut, 0) :]
        if cut > 0:
            self._look(data[:cut])

    def close(self) -> SheetFacts:
        """Look at what is left and return the facts."""
        self._look(self._rest)
        self._rest = b""
        return self.facts

    def _look(self, data: bytes) -> None:
        if _holds(data, b"='", b"'"):
            data = _SINGLE_QUOTED.sub(rb'="\1"', data)
        if self._first:
            self._first = False
            self._claim(data)
            head = data.find(b"row>", _HEAD) + 4
            if self._beyond is None and head >= 4:
                # Nothing is claimed: what the first rows have is expected of the others.
                self._look(data[:head])
                data = data[head:]
        beyond = self._beyond
        self._prefixed = self._prefixed or _PREFIXED.search(data) is not None
        if beyond is None or self._prefixed or beyond.search(data) or _ROW_WITHOUT_NUMBER.search(data):
            self._count(data)
            self._expect(self.facts.columns)
        elif (last := _CELL_ROW.match(data, max(data.rfind(b'<c r="'), 0))) is not None:
            # Each cell lies within what is expected; how far down they go is told by the last of them.
            self._row = int(last[1])
            self.facts.extend(self._row, self.facts.columns)
        self.has_long_text = self.has_long_text or holds_long_text(data, self._limits.text)
        self._note(data)

    def _claim(self, data: bytes) -> None:
        """Believe the sheet's own `<dimension>` as long as no cell contradicts it."""
        found = _DIMENSION.search(data)
        if found is None:
            return
        columns, rows = column_number(found[1].decode()), int(found[2])
        # A claim beyond the bounds may come from formatted empty cells only: then count.
        if columns <= self._limits.columns and 0 < rows * columns <= self._limits.cells:
            self.facts.extend(rows, columns)
            self._beyond = _cell_beyond(columns, rows)

    def _expect(self, columns: int) -> None:
        """Take the columns seen so far for those of the rows below, as far down as the bounds allow."""
        self._beyond = None
        if not self._prefixed and 0 < columns <= self._limits.columns:
            self._beyond = _cell_beyond(columns, min(self._limits.rows, self._limits.cells // columns))

    def _count(self, data: bytes) -> None:
        """Look at every cell; cells without a position follow one another."""
        for found in _CELL_OR_ROW.finditer(data):
            kind, attributes = found[1], found[2]
            if attributes.count(b'"') % 2 or (b"'" in attributes and attributes.count(b"'") % 2):
                raise FileRefused(
                    "file_unsafe",
                    f"工作表“{self._name}”的内部结构不规范，无法确认内容范围，"
                    "请用 Excel 或 WPS 打开后另存为新的 .xlsx 再导入。",
                )
            position = _POSITION.search(attributes)
            letters, digits = (position[1], position[2]) if position else (b"", b"")
            if kind == b"row":
                self._row = int(digits) if digits else self._row + 1
                self._column = 0
                if not digits and self._row <= self._limits.rows and _HIDDEN.search(attributes):
                    self.facts.hidden_rows.add(self._row)
                continue
            self._column = column_number(letters.decode().upper()) if letters else self._column + 1
            row = int(digits) if digits else self._row
            if not attributes.endswith(b"/") and data[found.end() : found.end() + 2] != b"</":
                self.facts.extend(row, self._column)
                if not letters and (lost := _lost_without_place(data, found)):
                    self.facts.lost[row, self._column] = lost

    def _note(self, data: bytes) -> None:
        """Hidden rows and columns, merged cells, dates without a day, errors, formulas never calculated."""
        facts = self.facts
        if _holds(data, b'hidden="', b"h"):
            rows = (int(found[1]) for found in _HIDDEN_ROW.finditer(data))
            facts.hidden_rows.update(row for row in rows if row <= self._limits.rows)
            for found in _HIDDEN_COLUMN.finditer(data):
                span = {key: int(value) for key, value in _MIN_MAX.findall(found[1])}
                last = min(span.get(b"max", 0), self._limits.columns)
                facts.hidden_columns.update(range(max(span.get(b"min", 1), 1), last + 1))
        if b't="e"' in data:
            for found in _ERROR.finditer(data):
                facts.lost[int(found[2]), column_number(found[1].decode())] = "cell_error"
        if _holds(data, b"<f", b"f") or self._prefixed:
            for found in _UNCACHED.finditer(data):
                position = int(found[2]), column_number(found[1].decode())
                facts.lost.setdefault(position, "formula_without_value")
        if self._months is not None:
            for found in self._months.finditer(data):
                facts.months[column_number(found[1].decode())].append(int(found[2]))
        if _holds(data, b"mergeCell ", b"g"):
            facts.merged += [
                Merged(int(top), column_number(left.decode()), int(bottom), column_number(right.decode()))
                for left, top, right, bottom in _MERGED.findall(data)
            ]
        check_marks(self._name, facts, self._limits)


def _holds(data: bytes, text: bytes, rare: bytes) -> bool:
    """Whether the XML holds a text; asked first for its byte that plain cells do without, which is found ten
    times as fast."""
    return rare in data and text in data


def _lost_without_place(data: bytes, cell: re.Match[bytes]) -> str:
    """Why the value of a cell that does not say where it stands cannot be read; empty if it can."""
    told = _TYPE.search(cell[2])
    if told is not None and told[1] == b"e":
        return "cell_error"
    uncached = _UNPLACED_UNCACHED.match(data, cell.end()) if told is None or told[1] != b"str" else None
    return "formula_without_value" if uncached else ""


def _styled(styles: Collection[int]) -> re.Pattern[bytes]:
    """Finds a cell of one of these styles that says where it stands."""
    any_of = "|".join(map(str, sorted(styles))).encode()
    return re.compile(rb'<(?:\w+:)?c\s(?=[^<>]*\bs="(?:' + any_of + rb')")[^<>]*?\br="([A-Z]{1,3})(\d{1,7})"')


def _cell_beyond(columns: int, rows: int) -> re.Pattern[bytes]:
    """Finds a cell that is not of the plain form `<c r="B17"` within these columns and rows."""
    inside = columns_up_to(columns) + rows_up_to(rows)
    return re.compile(b'<c(?! r="' + inside.encode() + b'"|[a-zA-Z])')


def holds_long_text(data: bytes, length: int) -> bool:
    """Whether the XML holds a text of more than `length` bytes (so perhaps of as many characters).

    Jumps from tag to tag by the greatest step that cannot miss one, and so reads a fraction of the bytes.
    """
    place, last = 0, len(data) - length
    while place < last:
        tag = data.rfind(b"<", place, place + length + 1)
        if tag < 0:
            return True
        place = tag + 1
    return False


def rows_up_to(last: int) -> str:
    """A regular expression for the whole numbers 1…last without leading zeros."""
    digits = str(last)
    size = len(digits)
    branches = [rf"[1-9]\d{{0,{size - 2}}}"] if size > 1 else []
    for place, digit in enumerate(digits):
        lowest = 1 if place == 0 else 0
        if int(digit) > lowest:
            tail = size - place - 1
            branches.append(rf"{digits[:place]}[{lowest}-{int(digit) - 1}]\d{{{tail}}}")
    return "(?:" + "|".join([*branches, digits]) + ")"


def columns_up_to(last: int) -> str:
    """A regular expression for the letters of the columns 1…last."""
    letters = column_letters(last)
    branches = [f"[A-Z]{{1,{len(letters) - 1}}}"] if len(letters) > 1 else []
    for place, letter in enumerate(letters):
        if letter > "A":
            tail = len(letters) - place - 1
            branches.append(f"{letters[:place]}[A-{chr(ord(letter) - 1)}]" + "[A-Z]" * tail)
    return "(?:" + "|".join([*branches, letters]) + ")"
