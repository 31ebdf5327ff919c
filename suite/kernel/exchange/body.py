"""Where the rows of a table are below its header, and what stands among and behind them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from suite.kernel.exchange.cleaned import as_text
from suite.kernel.exchange.header import Header, normalise_heading
from suite.kernel.exchange.reading import Sheet

BLANK_RUN = 50
"""After so many blank rows a further text is no row of the table."""
FEWEST_HEADINGS = 3
"""So many headings in one row begin another table."""

SUBTOTAL, NOTE, TITLE, NUMBER_ONLY = "subtotal", "note", "title", "number_only"
REPEATED_HEADER, SECOND_TABLE, AFTER_END = "repeated_header", "second_table", "after_end"

_SUBTOTAL = re.compile(r"(本页|本表|本所|全市|以上)?(合|小|总|共|累)计([:(].*|\d.*)?")
_SUBTOTAL_OF = re.compile(r".{1,30}(小|合|总)计([:(].*|\d.*)?")
_NOTE = re.compile(
    r"(备?注|说明|填表说明|填表人|制表人?|审核人?|复核人?|填报人|经办人|联系人|联系电话|单位负责人|负责人"
    r"|审批人|(填报|报送|制表)单位|(制表|填表|填报|报送)(日期|时间))(\([^)]*\))?(\d*[.、:].*)?"
)
_SIGNATURE = re.compile(r"((填表|制表|审核|复核|填报|经办)人?|单位负责人|(填报|报送|制表)单位).{0,30}")
_REMARK = re.compile(r"[※★*].*|\(?\d{1,2}[.、)）]\D.{5,}|.{5,}。")
_STARTS = frozenset("本全以合小总共累备注说填制审复经联报单负※★*(")
"""First characters of what `_SUBTOTAL`, `_NOTE`, `_SIGNATURE` and most of `_REMARK` find: a quick no."""
_NUMBERS = frozenset({"序号", "编号", "no", "no.", "序"})


@dataclass(frozen=True, kw_only=True)
class Skipped:
    """A row below the header that is none of the table, with one of the reasons above."""

    index: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class Body:
    """The indices of the table's rows, and the rows with content that were left out, with the reason."""

    rows: tuple[int, ...]
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What is known of a sheet beside its values.

    `lost`: indices of rows with a cell whose value cannot be read; they are never blank. `wide`: indices
    of rows that begin with a cell merged over several columns. `headings`: every heading, normalised, that
    may stand over a column of any kind.
    """

    lost: Collection[int] = frozenset()
    wide: Collection[int] = frozenset()
    headings: Collection[str] = frozenset()


def surroundings(sheet: Sheet, read: Collection[int], headings: Collection[str]) -> Surroundings:
    """What a sheet says of its rows beside their values. `read`: the places of the columns that are read."""
    return Surroundings(
        lost={
            row - sheet.first_row_number
            for row, column in sheet.lost
            if column - sheet.first_column_number in read
        },
        wide={found.top - sheet.first_row_number for found in sheet.merged if found.right > found.left},
        headings=headings,
    )


NOTHING_KNOWN = Surroundings()


def find_body(
    rows: Sequence[Sequence[Any]],
    header: Header,
    read: Collection[int] | None = None,
    around: Surroundings = NOTHING_KNOWN,
) -> Body:
    """The rows of the table below its header. `read`: the places of the columns that are read.

    Left out and named: subtotals and totals, notes and signatures, titles between the rows, rows that have
    a running number only, the header printed again on a further page, a second table, and everything after
    a long run of blank rows. Blank rows are passed over in silence.
    """
    read = header.fields if read is None else read
    taken: list[int] = []
    skipped: list[Skipped] = []
    parts = {column.index: _parts(column.heading) for column in header.columns}
    known = frozenset().union(*parts.values())
    blanks = 0
    ended = ""
    for index, row, place in _first_cells(rows, header.first):
        if place is None and index not in around.lost:
            blanks += 1
            continue
        ended = ended or (AFTER_END if blanks >= BLANK_RUN else "")
        blanks = 0
        reason: str | None = ended or None
        if reason is None and place is not None:
            reason = _reason(index, row, place, read, parts, known, around)
            if reason == SECOND_TABLE:
                ended = reason
        if reason is None:
            taken.append(index)
        else:
            skipped.append(Skipped(index=index, reason=reason))
    return Body(rows=tuple(taken), skipped=tuple(skipped))


def _first_cells(
    rows: Sequence[Sequence[Any]], start: int
) -> Iterator[tuple[int, Sequence[Any], int | None]]:
    """Each row with the place of its first cell that holds something, or None."""
    for index in range(start, len(rows)):
        row = rows[index]
        for place, value in enumerate(row):
            if value == "" or value is None:
                continue
            # Perhaps blanks or invisible characters only.
            if type(value) is str and (value.isspace() or not value.isprintable()) and not as_text(value):
                continue
            yield index, row, place
            break
        else:
            yield index, row, None


def _parts(heading: str) -> frozenset[str]:
    """The texts that a header may show in this column: the heading, or either row of it."""
    return frozenset(normalise_heading(part) for part in (heading, *heading.split("/")))


def _reason(
    index: int,
    row: Sequence[Any],
    place: int,
    read: Collection[int],
    parts: Mapping[int, frozenset[str]],
    known: frozenset[str],
    around: Surroundings,
) -> str | None:
    """Why the row is none of the table, judged by its first filled cell; None if it belongs."""
    first = row[place]
    if isinstance(first, str):
        text = normalise_heading(first)
        if text in known and _repeats(row, parts):
            return REPEATED_HEADER
        if (text in around.headings or text in _NUMBERS) and _begins_table(row, around.headings):
            return SECOND_TABLE
        if text[:1] in _STARTS or text[:1].isdigit() or "计" in text or text.endswith("。"):
            found = _by_words(text, row, read)
            if found is not None:
                return found
        if index in around.wide and _filled(row, range(len(row))) == 1:
            return TITLE
    if place not in read and index not in around.lost and not _holds_any(row, read):
        return TITLE if isinstance(first, str) and not text.isdigit() else NUMBER_ONLY
    return None


def _by_words(text: str, row: Sequence[Any], read: Collection[int]) -> str | None:
    if _SUBTOTAL.fullmatch(text):
        return SUBTOTAL
    # A note stands alone or beside other notes; a filled row that begins so is data.
    filled = _filled(row, read)
    if filled <= max(1, len(read) // 3):
        if _SUBTOTAL_OF.fullmatch(text):
            return SUBTOTAL
        if _NOTE.fullmatch(text) or _SIGNATURE.fullmatch(text):
            return NOTE
    if len(read) > 1 and _filled(row, range(len(row))) == 1 and _REMARK.fullmatch(text):
        return NOTE
    return None


def _filled(row: Sequence[Any], places: Collection[int]) -> int:
    """In how many of these places something stands."""
    return sum(1 for place in places if place < len(row) and as_text(row[place]))


def _holds_any(row: Sequence[Any], places: Collection[int]) -> bool:
    """Whether something stands in one of these places."""
    return any(place < len(row) and as_text(row[place]) for place in places)


def _repeats(row: Sequence[Any], parts: Mapping[int, frozenset[str]]) -> bool:
    shown = [(place, normalise_heading(value)) for place, value in enumerate(row) if as_text(value)]
    return len(shown) > min(1, len(parts) - 1) and all(text in parts.get(place, ()) for place, text in shown)


def _begins_table(row: Sequence[Any], headings: Collection[str]) -> bool:
    """Whether most cells of the row are headings."""
    shown = [normalise_heading(value) for value in row if as_text(value)]
    found = sum(1 for text in shown if text in headings)
    return found >= FEWEST_HEADINGS and found * 2 > len(shown)
