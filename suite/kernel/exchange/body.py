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
COLUMN_NUMBERS, STATISTICS = "column_numbers", "statistics"
FEWEST_NUMBERS = 3
"""So many cells that count from 1 number the columns."""
WIDER_THAN_STATISTICS = 4
"""Of so many columns a table must be for two columns below it to be figures about it."""

_SUBTOTAL = re.compile(
    r"(本页|本表|本所|全市|以上)?((合|小|总|共|累)计([:(].*|\d.*)?|共\d+[人名家个户件条所处])"
)
_SUBTOTAL_OF = re.compile(r".{1,30}(小|合|总)计([:(].*|\d.*)?")
_NOTE = re.compile(
    r"(备?注|说明|填表说明|填表人|制表人?|审核人?|复核人?|填报人|经办人|联系人|联系电话|单位负责人|负责人"
    r"|审批人|(填报|报送|制表)单位|(制表|填表|填报|报送)(日期|时间))(\([^)]*\))?(\d*[.、:].*)?"
    r"|附(表|件|录|注)?\d*[:.、].*|以下(空白|无正文)|未填|略|\(?(计量|货币|金额|数据)?单位[:(为].*"
)
_DAY = re.compile(r"\d{4}[-./年]\d{1,2}([-./月].*)?")
_SIGNATURE = re.compile(r"((填表|制表|审核|复核|填报|经办)人?|单位负责人|(填报|报送|制表)单位).{0,30}")
_SIGNED_BY = re.compile(
    r"(填表|制表|审核|复核|填报|经办|审批|联系|签发)人(\([^)]*\))?|制表|审核|复核|(单位|部门|分管|主要)?负责人|联系电话"
    r"|(填报|报送|制表)单位|(制表|填表|填报|报送)(日期|时间)|单位\(?(盖章|公章)\)?"
)
_FIGURES = re.compile(r".{0,20}(统计|汇总|小计|合计|总计|分布|分析)(表|情况|数据|结果)?")
_FIGURE_OF = re.compile(r".{0,10}(数|数量|人数|个数|家数|件数|占比|比例|合计|小计|金额)(\([^)]*\))?")
_FIGURE = re.compile(r"\d{1,6}(\.\d{1,2})?[人名家个件所户次%]?")
_NUMBERED = {
    text: number
    for number in range(1, 51)
    for text in (
        str(number),
        f"({number})",
        *([chr(0x2460 + number - 1)] if number <= 20 else []),
    )
}
_STEMS = "甲乙丙丁"
_FIRST_NUMBERS = frozenset({"1", "(1)", chr(0x2460), "甲"})
_REMARK = re.compile(r"[※★*].*|\(?\d{1,2}[.、)）]\D.{5,}|.{5,}。")
_STARTS = frozenset("本全以合小总共累备注说填制审复经联报单负附未略※★*(分部主签计货金数")
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
    a running number only or number the columns, the header printed again on a further page, figures about
    the table below it, a second table, and everything after a long run of blank rows. Blank rows are passed
    over in silence.
    """
    read = header.fields if read is None else read
    taken: list[int] = []
    skipped: list[Skipped] = []
    parts = {column.index: _parts(column.heading) for column in header.columns}
    known = frozenset().union(*parts.values())
    blanks = figures = 0
    ended = ""
    for index, row, place in _first_cells(rows, header.first):
        if place is None and index not in around.lost:
            blanks += 1
            continue
        ended = ended or (AFTER_END if blanks >= BLANK_RUN else "")
        if blanks and not ended:
            figures = _figures_until(rows, index, read)
        blanks = 0
        reason: str | None = ended or (STATISTICS if index < figures else None)
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
    if first == 1 and _numbers_columns(row, parts):
        return COLUMN_NUMBERS
    if isinstance(first, str):
        text = normalise_heading(first)
        if text in _FIRST_NUMBERS and _numbers_columns(row, parts):
            return COLUMN_NUMBERS
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
    if _signatures(row):
        return NOTE
    # A note stands alone or beside other notes; a filled row that begins so is data.
    filled = _filled(row, read)
    if filled <= max(1, len(read) // 3):
        if _SUBTOTAL_OF.fullmatch(text):
            return SUBTOTAL
        if _is_note(text):
            return NOTE
    elif _is_note(text) and all(_is_note(other) or _DAY.fullmatch(other) for other in _texts(row)):
        return NOTE
    if len(read) > 1 and _filled(row, range(len(row))) == 1 and _REMARK.fullmatch(text):
        return NOTE
    return None


def _is_note(text: str) -> bool:
    return bool(_NOTE.fullmatch(text) or _SIGNATURE.fullmatch(text))


def _signatures(row: Sequence[Any]) -> bool:
    """Whether the row says who signs for what, twice or more often: 单位负责人 | 张三 | 填表人 | 李四."""
    labels = 0
    said = False
    for text in _texts(row):
        label = _SIGNED_BY.fullmatch(text) is not None
        if not (label or said or _is_note(text) or _DAY.fullmatch(text)):
            return False
        labels += label
        said = label
    return labels > 1


def _numbers_columns(row: Sequence[Any], parts: Mapping[int, frozenset[str]]) -> bool:
    """Whether the row counts the columns: 1, 2, 3 … or 甲, 乙, 1, 2 … in each, the first perhaps left out."""
    texts = list(_texts(row))
    stems = sum(1 for text, stem in zip(texts, _STEMS, strict=False) if text == stem)
    counted = [_NUMBERED.get(text) for text in texts[stems:]]
    enough = len(texts) >= max(FEWEST_NUMBERS, len(parts) - 1) and len(counted) > 1
    return enough and counted == list(range(1, len(counted) + 1))


def _figures_until(rows: Sequence[Sequence[Any]], start: int, read: Collection[int]) -> int:
    """The end of a block of figures about the table, or `start` where there is none.

    It has two columns, a heading that says so, and rows of a text and a number, up to the next blank row.
    """
    if len(read) < WIDER_THAN_STATISTICS:
        return start
    headed = False
    places: set[tuple[int, ...]] = set()
    end = start
    while end < len(rows):
        shown = {place: normalise_heading(value) for place, value in enumerate(rows[end]) if as_text(value)}
        if not shown:
            break
        texts = list(shown.values())
        if len(texts) == 2 and not _FIGURE.fullmatch(texts[0]) and _FIGURE.fullmatch(texts[1]):
            places.add(tuple(shown))
        elif not places and (
            (len(texts) == 1 and _FIGURES.fullmatch(texts[0]))
            or (len(texts) == 2 and _FIGURE_OF.fullmatch(texts[1]))
        ):
            headed = True
        else:
            return start
        end += 1
    return end if headed and len(places) == 1 else start


def _texts(row: Sequence[Any]) -> Iterator[str]:
    return (normalise_heading(value) for value in row if as_text(value))


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
