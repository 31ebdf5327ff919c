"""An import before it is accepted: what each row would do, cell by cell, with every problem.

Nothing is written. The checks are those of saving itself, so that what the preview accepts is taken.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from suite.contract.declarations import FieldType, RecordKind
from suite.contract.problems import Problem, Severity
from suite.kernel.exchange.body import NOTE, TITLE, Body, find_body, surroundings
from suite.kernel.exchange.columns import Cells, read_cells
from suite.kernel.exchange.comparing import compare_records
from suite.kernel.exchange.entries.comparing import compare_entries
from suite.kernel.exchange.grades.sheet import GradeSheet
from suite.kernel.exchange.grades.taking import compare_grades
from suite.kernel.exchange.header import Header, find_header
from suite.kernel.exchange.layouts import (
    KnownLayout,
    known_layouts,
    layout_for,
    nearest_layout,
    remembered_values,
)
from suite.kernel.exchange.linking import LinkIndex, district_codes, link_index
from suite.kernel.exchange.notices import hidden_and_unread, sheet_notices
from suite.kernel.exchange.previewed import (
    CHANGED,
    HELD,
    NEW,
    SAME,
    ColumnMatch,
    ColumnsMissing,
    ColumnSource,
    ImportPreview,
    ImportRequest,
    PreviewRow,
    ReadFile,
    SheetPreview,
)
from suite.kernel.exchange.ranges import Span, also_read, begins, spans_in
from suite.kernel.exchange.reading import FileRefused, Sheet, read_workbook
from suite.kernel.exchange.runs import imported_before, last_run
from suite.kernel.exchange.stock.comparing import compare_cases
from suite.kernel.exchange.stock.sheet import CaseSheet, list_kind
from suite.kernel.exchange.templates import lacking, required_keys, templates_of
from suite.kernel.exchange.three_way import keep_ours
from suite.kernel.exchange.units import Conversion, conversions, unit_notices
from suite.kernel.executor.work import Transaction
from suite.kernel.ledgers.sheet import LedgerSheet
from suite.kernel.registry.said import Said

#: So many columns that were not recognised are named where one lacks.
MOST_UNREAD = 8

__all__ = ["CHANGED", "HELD", "NEW", "SAME", "FileRefused", "ImportPreview", "ImportRequest", "preview"]


def preview(request: ImportRequest, work: Transaction) -> ImportPreview:
    """Read, recognise, clean, match, check and compare. `work` reads only.

    Raises FileRefused (with a code of the importer) when the file as a whole cannot be taken.
    """
    kind = list_kind(work.catalog, request.kind)
    work.require(f"{kind.owner}:roster:import")
    work.progress("读取文件", 0, 0)
    read = request.again or _read(request)
    book = read.book
    if request.sheet is not None and all(sheet.name != request.sheet for sheet in book.sheets):
        names = "、".join(sheet.name for sheet in book.sheets)
        raise FileRefused("wrong_template", f"文件中没有工作表“{request.sheet}”。现有：{names}。")
    templates = templates_of(work.catalog)
    synonyms, headings = templates.synonyms(kind), templates.headings
    required = required_keys(kind)
    districts = district_codes(work.session)
    links: dict[str, LinkIndex] = {}
    layouts = known_layouts(work.session, kind)
    repairs = request.repairs
    sheets: list[SheetPreview] = []
    rows: list[PreviewRow] = []
    before = imported_before(kind, read.file_hash, work)
    notices: list[Problem] = [before] if before is not None else []
    incomplete: list[str] = []
    partial: dict[str, list[str]] = {}
    others: list[str] = []
    for sheet in book.sheets:
        if request.sheet is not None and sheet.name != request.sheet:
            continue
        header = find_header(
            sheet.rows,
            synonyms,
            required=required,
            first_row_number=sheet.first_row_number,
            first_column_number=sheet.first_column_number,
            merged=sheet.merged,
        )
        if header is None:
            other = templates.recognised(sheet, kind)
            others += [other.list_title] if other else []
            reason = _rather(other, kind) if other else "没有认出表头" if sheet.rows else "空表"
            sheets.append(SheetPreview(sheet=sheet.name, state="skipped", reason=reason))
            notices += hidden_and_unread(sheet, reason)
            continue
        learned = layout_for(layouts, header.columns)
        near = nearest_layout(layouts.values(), header.columns) if learned is None else None
        offered = _proposed(kind, header, learned, near)
        proposed = offered if learned is not None or request.near else {}
        wanted = _wanted(request, sheet, proposed)
        mapped = _mapped(header, request, sheet, wanted)
        nowhere = {column.index for column in header.columns if wanted.get(column.number, "") is None}
        spans = spans_in(kind, sheet, header, mapped, nowhere)
        fields = begins(mapped, spans)
        body = find_body(sheet.rows, header, fields, surroundings(sheet, fields, headings))
        units = _units(kind, sheet, header, body, fields)
        found = SheetPreview(
            sheet=sheet.name,
            state="read",
            header_rows=header.rows,
            columns=_matches(header, mapped, request, sheet, proposed, units, spans, learned),
            learned=learned,
            near=near if proposed else None,
            left=bool(offered) and not proposed,
        )
        lacks = [
            kind.by_key[key].title for key in lacking(kind, {*fields.values(), *also_read(spans.values())})
        ]
        # Who maps columns by hand, now or the last time, has decided what the sheet is.
        other = None if request.columns or learned else templates.looks_like(kind, header, complete=not lacks)
        if other is not None or (lacks and not _can_match(kind, fields)):
            others += [other.list_title] if other else []
            incomplete += lacks
            reason = _rather(other, kind) if other else f"缺少列：{'、'.join(lacks)}"
            sheets.append(replace(found, state="skipped", reason=reason))
            notices += hidden_and_unread(sheet, reason)
            continue
        sheets.append(found)
        if lacks:
            partial[sheet.name] = lacks
        for key in fields.values():
            item = kind.by_key.get(key)
            if item is not None and item.type is FieldType.LINK and key not in links:
                links[key] = link_index(item, work.session, work.catalog)
        if learned is not None:
            repairs = repairs.over(learned.repairs(sheet.name, header.columns))
            notices += _learned_notices(sheet, header, mapped, learned)
        if near is not None and offered:
            notices.append(_near_notice(sheet, header, offered, near, read=request.near))
        taken = repairs.rows(sheet, body.rows)
        work.progress("清理数据", 0, len(taken))
        cells = read_cells(
            kind, sheet, header, taken, fields, work.catalog, districts, links, repairs, units, spans
        )
        notices += unit_notices(sheet.name, units)
        notices += sheet_notices(kind, sheet, header, fields, body, cells, len(body.rows) - len(taken))
        if cells.masked:
            number = sum(map(len, cells.masked.values()))
            text = f"工作表“{sheet.name}”有 {number} 个号码是遮盖的，未采用，名册中的号码不变。"
            notices.append(_notice("masked_values", text))
        rows += _rows(sheet, cells)
    if not any(item.state == "read" for item in sheets):
        if others:
            raise FileRefused(
                "wrong_template",
                f"这个文件更像“{'”“'.join(dict.fromkeys(others))}”，不是“{kind.list_title}”。"
                f"请改为导入到对应的一项，或先下载“{kind.title}”模板。",
            )
        if incomplete:
            raise _missing(kind, dict.fromkeys(incomplete), sheets, read)
        raise FileRefused(
            "wrong_template", f"没有找到“{kind.list_title}”的表头。请核对文件，或先下载“{kind.title}”模板。"
        )
    for row in rows:
        row.subject_id = request.known.get((row.sheet, row.row))
    said = keep_ours(kind, rows, request.before, work) if request.before else {}
    if isinstance(kind, CaseSheet):
        compare_cases(kind, rows, work)
    elif isinstance(kind, LedgerSheet):
        compare_entries(kind, rows, work)
    elif isinstance(kind, GradeSheet):
        compare_grades(kind, rows, work)
    else:
        compare_records(kind, rows, work, said, known=request.known.keys())
        if rows and all(row.subject_id is None for row in rows) and all(row.sheet in partial for row in rows):
            # Found nowhere, the rows change no columns of records but are new, and lack what each must say.
            raise _missing(
                kind, dict.fromkeys(key for keys in partial.values() for key in keys), sheets, read
            )
    return ImportPreview(
        kind=kind.key,
        path=request.path,
        read=read,
        sheets=tuple(sheets),
        rows=tuple(rows),
        notices=tuple(notices),
        repairs=repairs,
        memory=remembered_values(layouts.values()),
        said=said,
        last_run=last_run(work.session, kind.key),
    )


def _missing(
    kind: RecordKind, lacks: Iterable[str], sheets: Sequence[SheetPreview], read: ReadFile
) -> ColumnsMissing:
    unread = list(dict.fromkeys(heading for sheet in sheets for heading in sheet.unmapped))[:MOST_UNREAD]
    aside = f"没有认出的列：{'、'.join(unread)}。" if unread else ""
    return ColumnsMissing(
        f"缺少必要的列：{'、'.join(lacks)}。{aside}请补上这些列，或先下载“{kind.title}”模板。",
        tuple(sheets),
        read,
    )


def _read(request: ImportRequest) -> ReadFile:
    return ReadFile(book=read_workbook(request.path, limits=request.limits, encoding=request.encoding))


def _proposed(
    kind: RecordKind, header: Header, learned: KnownLayout | None, near: KnownLayout | None
) -> dict[int, str | None]:
    """Column number → field as the sender's layout has it; a near one only where nothing is recognised."""
    if learned is not None:
        return learned.fields(kind, header.columns)
    own = set(header.fields.values())
    free = {column.number for column in header.columns if column.field is None}
    found = near.near_fields(kind, header.columns) if near is not None else {}
    return {number: field for number, field in found.items() if number in free and field not in own}


def _wanted(
    request: ImportRequest, sheet: Sheet, proposed: Mapping[int, str | None]
) -> dict[int, str | None]:
    """Column number → field, None where it goes nowhere, as was learned or as a person says now."""
    by_hand = {at: key for (name, at), key in request.columns.items() if name == sheet.name}
    return {**proposed, **by_hand}


def _mapped(
    header: Header, request: ImportRequest, sheet: Sheet, wanted: Mapping[int, str | None]
) -> dict[int, str]:
    """Place in the row → field key, with the columns that were learned or that a person mapped by hand."""
    fields = dict(header.fields)
    # What a person says last takes a field from whoever has it.
    for column in sorted(header.columns, key=lambda column: (sheet.name, column.number) in request.columns):
        if column.number in wanted:
            fields.pop(column.index, None)
            key = wanted[column.number]
            if key is not None:
                fields = {index: other for index, other in fields.items() if other != key}
                fields[column.index] = key
    return fields


def _matches(
    header: Header,
    fields: Mapping[int, str],
    request: ImportRequest,
    sheet: Sheet,
    proposed: Mapping[int, str | None],
    units: Mapping[int, Conversion],
    spans: Mapping[int, Span],
    learned: KnownLayout | None,
) -> tuple[ColumnMatch, ...]:
    repeated = {column.index for column in header.duplicates}

    def source(number: int) -> ColumnSource:
        if (sheet.name, number) in request.columns:
            return ColumnSource.PERSON
        if number not in proposed:
            return ColumnSource.HEADING
        return ColumnSource.LEARNED if learned is not None else ColumnSource.PROPOSED

    return tuple(
        ColumnMatch(
            number=column.number,
            heading=column.heading,
            field=fields.get(column.index) or _begin(spans.get(column.index)),
            duplicate=column.index in repeated and column.index not in fields,
            source=source(column.number),
            unit=units.get(column.index),
            span=spans.get(column.index),
        )
        for column in header.columns
    )


def _begin(span: Span | None) -> str | None:
    return span.begin if span is not None else None


def _units(
    kind: RecordKind, sheet: Sheet, header: Header, body: Body, fields: Mapping[int, str]
) -> dict[int, Conversion]:
    """Place in the row → how its numbers become the field's, for the columns kept in another unit."""
    return conversions(
        {index: kind.by_key[key] for index, key in fields.items() if key in kind.by_key},
        {column.index: column.heading for column in header.columns},
        [
            *sheet.rows[: header.rows[0] - sheet.first_row_number],
            *(sheet.rows[skipped.index] for skipped in body.skipped if skipped.reason in (NOTE, TITLE)),
            (sheet.name,),
        ],
    )


def _rather(other: RecordKind, kind: RecordKind) -> str:
    return f"更像“{other.list_title}”，不是“{kind.list_title}”"


def _can_match(kind: RecordKind, fields: Mapping[int, str]) -> bool:
    """Whether rows can be found again: then a file may carry just the columns that it changes."""
    found = set(fields.values())
    named = "name" in found or kind.named_after in found
    return named and any(found.issuperset(keys) for keys in kind.match_keys)


def _learned_notices(
    sheet: Sheet, header: Header, fields: Mapping[int, str], learned: KnownLayout
) -> list[Problem]:
    """What a learned layout reads otherwise than the headings alone would be read."""
    found = []
    if dict(fields) != dict(header.fields):
        text = f"工作表“{sheet.name}”按“{learned.sender}”上次的对应关系读取。"
        found.append(_notice("learned_layout", text))
    if learned.values or learned.orders:
        text = f"工作表“{sheet.name}”沿用上次记住的全列改正，改正后的值见预览。"
        found.append(_notice("learned_repairs", text))
    return found


def _near_notice(
    sheet: Sheet, header: Header, offered: Collection[int], near: KnownLayout, *, read: bool
) -> Problem:
    """Which columns a layout of other headings has: read so and to be looked at, or left for now."""
    headings = [column.heading for column in header.columns if column.number in offered]
    done = "拟照那次的对应读取，请核对" if read else "可照那次的对应读取，未经核对没有读取"
    return _notice(
        "near_layout",
        f"工作表“{sheet.name}”的表头与“{near.sender}”上次的相近而不全相同，以下列{done}：{'、'.join(headings)}。",
    )


def _notice(code: str, text: str) -> Problem:
    return Problem(code=code, text=text, severity=Severity.NOTICE)


def _rows(sheet: Sheet, cells: Cells) -> list[PreviewRow]:
    keys = list(cells.values)
    rows = [
        PreviewRow(
            sheet=sheet.name,
            row=sheet.row_number(index),
            result=NEW,
            subject_id=None,
            version=None,
            # As the record will say it, so that it is not said twice.
            values=(
                Said({key: value for key, value in zip(keys, values, strict=True) if value is not None})
                if None in values
                else Said(zip(keys, values, strict=True))
            ),
            changes={},
            problems=[],
        )
        for index, values in zip(cells.rows, zip(*cells.values.values(), strict=True), strict=True)
    ]
    for found in cells.problems:
        rows[found.row].problems.append(found.problem)
    for index, fields in cells.masked.items():
        rows[index].masked = frozenset(fields)
    return rows
