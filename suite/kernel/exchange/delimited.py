"""Reading .csv and .txt: the encoding and the separator are found in the content."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Sequence

from suite.kernel.exchange.bounds import FileRefused, Limits

_SEPARATORS = ",\t;|，"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LAYOUT_CONTROLS = frozenset("\t\n\r\f\v\x1a")


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


def read_delimited(text: str, limits: Limits) -> Sequence[tuple[str, ...]]:
    """The records of the text; the n-th is the row that a spreadsheet program shows as row n.

    `="0130"`, by which exports keep a number from being taken for one, is the text inside.
    """
    rows: list[tuple[str, ...]] = []
    cells = 0
    forced = '="' in text
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text)):
            rows.append(tuple(map(_unforced, record)) if forced else tuple(record))
            cells += len(record)
            if len(rows) > limits.rows or len(record) > limits.columns or cells > limits.cells:
                raise FileRefused(
                    "file_too_large",
                    f"第 {len(rows)} 行超过上限（{limits.rows} 行、{limits.columns} 列、"
                    f"{limits.cells} 个单元格），请删除多余内容或拆成几个文件后再导入。",
                )
    except csv.Error as broken:
        raise FileRefused(
            "file_corrupt",
            f"第 {len(rows) + 1} 行读不下去，可能有引号没有成对，"
            f"请用 Excel 或 WPS 打开检查后另存为 .xlsx 再导入。",
        ) from broken
    return rows


def _unforced(value: str) -> str:
    """The text inside `="text"`."""
    return value[2:-1] if value.startswith('="') and value.endswith('"') and len(value) > 2 else value
