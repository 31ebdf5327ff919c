"""A paper as it is set: pure data between what it says and how it looks."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from suite.contract.papers import PaperForm
from suite.kernel.documents.annex import Annex
from suite.kernel.documents.form_table import FormRow

#: A paragraph of `body` that begins so is a heading, one that begins with the other a line without indent.
HEADING, FLUSH = "# ", "> "
DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What a paper says. `organ` heads and signs it, `recipient` stands above the text (主送); `rows` are
    those of a form (审批表), `annexes` tables behind it (附件). upward: it goes to a higher organ
    (上行文), so that its number stands left, and who signs it right."""

    form: PaperForm
    organ: str
    title: str
    number: str
    recipient: str
    paragraphs: tuple[str, ...]
    day: str
    rows: tuple[FormRow, ...] = ()
    annexes: tuple[Annex, ...] = ()
    upward: bool = False


def quoted(title: str) -> str:
    """A title in its marks; those of a title within it are single ones (GB/T 15834—2011)."""
    return f"《{title.replace('《', '〈').replace('》', '〉')}》"


def counted(number: int) -> str:
    """1 to 99 as headings have it: 十一."""
    tens, ones = divmod(number, 10)
    return (DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (DIGITS[ones] if ones else "")


def printed_day(day: dt.date) -> str:
    """A date as GB/T 9704 prints it: Arabic figures, no leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def lines_of(filled: str) -> tuple[str, ...]:
    """The paragraphs of a filled text: a line each, empty ones left out."""
    return tuple(line.strip() for line in filled.splitlines() if line.strip())


def kind_of(line: str) -> tuple[str, str]:
    """heading, flush or text, and the line without its mark."""
    if line.startswith(HEADING):
        return "heading", line.removeprefix(HEADING).strip()
    if line.startswith(FLUSH):
        return "flush", line.removeprefix(FLUSH).strip()
    return "text", line


def level_of(line: str) -> int:
    """The level of a heading by its number: 一、 is 1, （一） is 2, anything else 0."""
    if re.match(r"[一二三四五六七八九十]+、", line):
        return 1
    return 2 if re.match(r"（[一二三四五六七八九十]+）", line) else 0
