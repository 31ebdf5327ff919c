"""Reading an HTML table that was saved as a workbook, as many government systems export their lists.

A scanner of its own, since the standard library's parser takes quadratic time over some hostile pages on
Pythons that are still in use. It knows tags, comments and character references; nothing is followed, run
or loaded. Rows stand where a spreadsheet program shows them: texts above, between and below the tables
make rows of their own, and spanned cells are merged ranges.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from suite.kernel.exchange.bounds import FileRefused, Limits, Merged

#: Within the quotes of a value a tag does not end. Possessive, so that no hostile page makes it try twice.
_TOKEN = re.compile(
    r"<!--|<[!?][^<>]*>|<(/?)([a-zA-Z][a-zA-Z0-9:-]*)"
    r"""((?:[^<>=]++|=\s*+"[^"<]*+"|=\s*+'[^'<]*+'|=)*+)>"""
)
_START = re.compile(r"\s*<(?:\?xml|!doctype|html|head|body|meta|style|div|center|table)\b", re.IGNORECASE)
_ANY_TAG = re.compile(r"\s*<(?:!--|/?[a-z][a-z0-9]*(?=[\s/>]))", re.IGNORECASE)
_ROW = re.compile(r"<t[rdh]\b", re.IGNORECASE)
_HEAD = 65_536
_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_SPAN = re.compile(r"""\b(col|row)span\s*=\s*["']?\s*(\d{1,6})""", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_HIDDEN_ATTRIBUTE = re.compile(r"""(?:^|\s)hidden(?=[\s=/]|$)""", re.IGNORECASE)
_CLASSES = re.compile(r"""(?:^|\s)class\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_COLUMNS = re.compile(r"""\bspan\s*=\s*["']?\s*(\d{1,6})""", re.IGNORECASE)
_CLASS_OF_PARTS = re.compile(r"(?:^|\s)(tr|td|th|col)?\.([\w-]+)$", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_UNSHOWN = frozenset({"script", "style", "title", "xml", "noscript"})
_BLOCKS = frozenset({"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "center", "li", "br"})
_DEEPEST = 20
"""So many tables may stand inside one another."""


@dataclass(kw_only=True)
class Page:
    """The rows of a page as one sheet; they and their columns are numbered from 1."""

    rows: list[tuple[str, ...]] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


@dataclass(kw_only=True)
class _Table:
    """A table that is open: its row, the cell in it, and the columns that cells above still span.

    `columns`: how many columns its <col> elements have named. `caption`: what stands in it before its rows,
    which a browser shows above them.
    """

    row: list[str] | None = None
    cell: list[str] | None = None
    spans: tuple[int, int] = (1, 1)
    hidden: bool = False
    classes: tuple[str, ...] = ()
    held_tables: bool = False
    columns: int = 0
    unseen: bool = False
    caption: list[str] | None = field(default_factory=list)
    spanned: dict[int, int] = field(default_factory=dict)
    below: list[tuple[int, int, int]] = field(default_factory=list)


def is_markup(text: str) -> bool:
    """Whether the text is a web page or XML."""
    if _START.match(text[:2_000]):
        return True
    # Other tags, or texts, may stand before the table.
    looked_at = text if _ANY_TAG.match(text[:2_000]) else text[:_HEAD]
    return bool(_TABLE.search(looked_at) and _ROW.search(looked_at))


def read_markup(text: str, limits: Limits) -> Page:
    """The rows of all tables of a page. Raises FileRefused beyond the bounds and where there is no table."""
    if _TABLE.search(text) is None or "urn:schemas-microsoft-com:office:spreadsheet" in text[:2_000]:
        raise FileRefused(
            "file_corrupt",
            "文件内容是网页或 XML，其中没有能识别的表格，请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。",
        )
    if len(text) > limits.markup_bytes:
        raise _too_large(f"网页表格超过上限 {limits.markup_bytes // 1024 // 1024} MB")
    return _Scanner(limits).read(text)


class _Scanner:
    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._page = Page()
        self._tables: list[_Table] = []
        self._outside: list[str] = []
        self._cells = 0
        self._hidden_row_classes: set[str] = set()
        self._hidden_column_classes: set[str] = set()
        self._known: dict[str, bool] = {}
        self._classed: dict[int, tuple[str, ...]] = {}

    def read(self, text: str) -> Page:
        end = 0
        unshown = ""
        for token in _TOKEN.finditer(text):
            if token.start() < end:
                continue
            closing, name = token[1], (token[2] or "").lower()
            if unshown:
                if closing and name == unshown:
                    if name == "style":
                        self._style(text[end : token.start()])
                    unshown, end = "", token.end()
                continue
            self._text(text[end : token.start()])
            end = token.end()
            if token[0] == "<!--":
                found = text.find("-->", end)
                end = len(text) if found < 0 else found + 3
            elif name in _UNSHOWN:
                unshown = "" if closing or token[3].endswith("/") else name
            elif name:
                self._tag(name, bool(closing), token[3])
        if not unshown:
            self._text(text[end:])
        while self._tables:
            self._tag("table", True, "")
        self._flush()
        self._page.hidden_rows.update(
            number
            for number, classes in self._classed.items()
            if self._hidden_row_classes.intersection(classes)
        )
        return self._page

    def _style(self, rules: str) -> None:
        """Note the classes of rows, cells and columns that a style sheet hides."""
        self._known.clear()
        for rule in rules.split("}"):
            selectors, _, said = rule.partition("{")
            if _HIDDEN.search(said):
                for selector in selectors.split(","):
                    found = _CLASS_OF_PARTS.search(selector.strip())
                    if found and (found[1] or "tr").lower() == "tr":
                        self._hidden_row_classes.add(found[2])
                    if found and (found[1] or "td").lower() != "tr":
                        self._hidden_column_classes.add(found[2])

    def _text(self, text: str) -> None:
        if text:
            table = self._tables[-1] if self._tables else None
            if table is None:
                self._outside.append(text)
            elif table.cell is not None:
                table.cell.append(text)
            elif table.caption is not None:
                table.caption.append(text)

    def _tag(self, name: str, closing: bool, attributes: str) -> None:
        table = self._tables[-1] if self._tables else None
        if name == "table":
            if closing and table is not None:
                self._end_caption(table)
                self._end_row(table)
                self._tables.pop()
            elif not closing:
                self._begin_table(table)
        elif table is None:
            if name in _BLOCKS:
                self._flush()
        elif name == "caption":
            self._end_row(table)
            self._end_caption(table)
            table.caption = None if closing else []
        elif name == "tr":
            self._end_caption(table)
            self._end_row(table)
            if not closing:
                table.row = []
                table.hidden = bool(_HIDDEN.search(attributes) or _HIDDEN_ATTRIBUTE.search(attributes))
                table.classes = _classes_in(attributes)
        elif name in ("td", "th"):
            self._end_caption(table)
            self._end_cell(table)
            if not closing:
                table.row = [] if table.row is None else table.row
                table.cell = []
                table.spans = _spans(attributes) if attributes else (1, 1)
                table.unseen = bool(attributes) and self._unseen(attributes)
        elif name == "col" and not closing:
            first, table.columns = table.columns, table.columns + max(_columns(attributes), 1)
            if self._unseen(attributes):
                self._hide(first, min(table.columns, self._limits.columns))
        elif name in _BLOCKS and (table.cell or table.caption):
            (table.cell or table.caption or []).append("\0")

    def _unseen(self, attributes: str) -> bool:
        """Whether a cell or column is hidden by itself or by a class that the style sheet hides."""
        if attributes not in self._known:
            own = _HIDDEN.search(attributes) or _HIDDEN_ATTRIBUTE.search(attributes)
            classes = self._hidden_column_classes.intersection(_classes_in(attributes))
            self._known[attributes] = bool(own or classes)
        return self._known[attributes]

    def _hide(self, first: int, last: int) -> None:
        self._page.hidden_columns.update(range(first + 1, last + 1))

    def _begin_table(self, around: _Table | None) -> None:
        if len(self._tables) >= _DEEPEST:
            raise FileRefused(
                "file_unsafe",
                f"网页中的表格嵌套超过 {_DEEPEST} 层，无法确认内容，没有读取。"
                "请用 Excel 或 WPS 另存为 .xlsx 再导入。",
            )
        if around is None:
            self._flush()
        else:
            around.held_tables = True
        self._tables.append(_Table())

    def _end_caption(self, table: _Table) -> None:
        text, table.caption = _shown("".join(table.caption or ())), None
        if text.strip():
            self._add([text])

    def _end_cell(self, table: _Table) -> None:
        if table.cell is None or table.row is None:
            return
        value, table.cell = _shown("".join(table.cell)), None
        columns, rows = table.spans
        _pass_spanned(table.row, table.spanned)
        left = len(table.row)
        if left + columns > self._limits.columns:
            raise _too_large(f"第 {len(self._page.rows) + 1} 行超过上限 {self._limits.columns} 列")
        table.row += [value, *[""] * (columns - 1)]
        if table.unseen and not table.hidden:
            self._hide(left, left + columns)
        if rows > 1:
            table.below.append((left, columns, rows))

    def _end_row(self, table: _Table) -> None:
        self._end_cell(table)
        if table.row is None:
            return
        _pass_spanned(table.row, table.spanned)
        row, table.row = table.row, None
        table.spanned = {column: left - 1 for column, left in table.spanned.items() if left > 1}
        below, table.below = table.below, []
        if table.held_tables and not any(row):
            # A frame of layout around the tables that were read already.
            table.held_tables = False
            return
        self._add(row)
        number = len(self._page.rows)
        if table.hidden:
            self._page.hidden_rows.add(number)
        if table.classes:
            self._classed[number] = table.classes
        for left, columns, rows in below:
            last = min(number + rows - 1, self._limits.rows)
            self._page.merged.append(Merged(number, left + 1, last, left + columns))
            table.spanned.update(dict.fromkeys(range(left, left + columns), rows - 1))

    def _flush(self) -> None:
        text = _shown("".join(self._outside))
        self._outside = []
        if text.strip():
            self._add([text])

    def _add(self, row: list[str]) -> None:
        self._page.rows.append(tuple(row))
        self._cells += len(row)
        if len(self._page.rows) > self._limits.rows or self._cells > self._limits.cells:
            raise _too_large(f"网页表格超过上限（{self._limits.rows} 行、{self._limits.cells} 个单元格）")


def _pass_spanned(row: list[str], spanned: dict[int, int]) -> None:
    """Leave out the columns that a cell above reaches down into."""
    while spanned.get(len(row), 0) > 0:
        row.append("")


def _classes_in(attributes: str) -> tuple[str, ...]:
    found = _CLASSES.search(attributes) if attributes else None
    return tuple((found[1] or found[2] or found[3] or "").split()) if found else ()


def _columns(attributes: str) -> int:
    """For how many columns a <col> stands."""
    found = _COLUMNS.search(attributes)
    return int(found[1]) if found else 1


def _spans(attributes: str) -> tuple[int, int]:
    """Over how many columns and rows a cell reaches."""
    found = {which.lower(): int(number) for which, number in _SPAN.findall(attributes)}
    return max(found.get("col", 1), 1), max(found.get("row", 1), 1)


def _shown(source: str) -> str:
    """The text of a cell as a browser shows it; `\\0` stands for a line break."""
    if source.isalnum():
        return source
    return html.unescape(_BLANKS.sub(" ", source)).replace("\0", "\n").strip(" \n")


def _too_large(fact: str) -> FileRefused:
    return FileRefused("file_too_large", f"{fact}，请删除多余内容或拆成几个文件后再导入。")
