"""An import before it is accepted: what each row would do, cell by cell, with every problem.

Nothing is written. The checks are those of saving itself, so that what the preview accepts is taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from suite.contract.declarations import FieldType, RecordKind
from suite.contract.problems import Problem, Severity, refuse
from suite.kernel.exchange.columns import Cells, headings_of, read_cells
from suite.kernel.exchange.header import Header, find_body, find_header
from suite.kernel.exchange.linking import LinkIndex, district_codes, link_index
from suite.kernel.exchange.matching import hold_repeated, match_rows
from suite.kernel.exchange.previewed import (
    CHANGED,
    HELD,
    NEW,
    SAME,
    ColumnMatch,
    ColumnsMissing,
    ImportPreview,
    ImportRequest,
    PreviewRow,
    ReadFile,
    SheetPreview,
)
from suite.kernel.exchange.reading import FileRefused, Sheet, read_workbook
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.commands import RowEdit
from suite.kernel.registry.edits import Edit
from suite.kernel.registry.persons import link_persons
from suite.kernel.registry.prepare import prepare

__all__ = ["CHANGED", "HELD", "NEW", "SAME", "FileRefused", "ImportPreview", "ImportRequest", "preview"]


def preview(request: ImportRequest, work: Transaction) -> ImportPreview:
    """Read, recognise, clean, match, check and compare. `work` reads only.

    Raises FileRefused (with a code of the importer) when the file as a whole cannot be taken.
    """
    kind = work.catalog.kinds.get(request.kind)
    if kind is None:
        raise refuse("kind.unknown", f"没有种类 {request.kind}。可用 suite kinds 查看全部。", field="kind")
    work.require(f"{kind.owner}:roster:import")
    work.progress("读取文件", 0, 0)
    read = request.again or _read(request)
    book = read.book
    if request.sheet is not None and all(sheet.name != request.sheet for sheet in book.sheets):
        names = "、".join(sheet.name for sheet in book.sheets)
        raise FileRefused("wrong_template", f"文件中没有工作表“{request.sheet}”。现有：{names}。")
    synonyms = headings_of(kind)
    required = [item.key for item in kind.fields if item.required and item.key != "status"]
    districts = district_codes(work.session)
    links: dict[str, LinkIndex] = {}
    sheets: list[SheetPreview] = []
    rows: list[PreviewRow] = []
    notices: list[Problem] = []
    incomplete: list[str] = []
    for sheet in book.sheets:
        if request.sheet is not None and sheet.name != request.sheet:
            continue
        header = find_header(
            sheet.rows,
            synonyms,
            required=required,
            first_row_number=sheet.first_row_number,
            first_column_number=sheet.first_column_number,
        )
        if header is None:
            reason = "空表" if not sheet.rows else "没有认出表头"
            sheets.append(SheetPreview(sheet=sheet.name, state="skipped", reason=reason))
            continue
        fields = _mapped(header, request, sheet)
        found = SheetPreview(
            sheet=sheet.name, state="read", header_rows=header.rows, columns=_matches(header, fields)
        )
        lacking = [
            kind.by_key[key].title
            for key in required
            if key not in fields.values() and not _derived(kind, key, fields)
        ]
        if lacking and not _can_match(kind, fields):
            incomplete += lacking
            sheets.append(
                SheetPreview(
                    sheet=sheet.name,
                    state="skipped",
                    header_rows=header.rows,
                    columns=found.columns,
                    reason=f"缺少列：{'、'.join(lacking)}",
                )
            )
            continue
        sheets.append(found)
        for key in fields.values():
            item = kind.by_key.get(key)
            if item is not None and item.type is FieldType.LINK and key not in links:
                links[key] = link_index(work.session, item)
        body = find_body(sheet.rows, header)
        taken = request.repairs.rows(sheet, body.rows)
        notices += _notices(sheet, header, len(body.skipped), len(body.rows) - len(taken))
        work.progress("清理数据", 0, len(taken))
        cells = read_cells(
            kind, sheet, header, taken, fields, work.catalog, districts, links, request.repairs
        )
        rows += _rows(sheet, cells)
    if not any(item.state == "read" for item in sheets):
        if incomplete:
            raise ColumnsMissing(
                f"缺少必要的列：{'、'.join(dict.fromkeys(incomplete))}。请补上这些列，或先下载“{kind.title}”模板。",
                tuple(sheets),
                read,
            )
        raise FileRefused(
            "wrong_template", f"没有找到“{kind.title}”名册的表头。请核对文件，或先下载“{kind.title}”模板。"
        )
    _compare(kind, rows, work)
    return ImportPreview(
        kind=kind.key,
        path=request.path,
        read=read,
        sheets=tuple(sheets),
        rows=tuple(rows),
        notices=tuple(notices),
    )


def _read(request: ImportRequest) -> ReadFile:
    book = read_workbook(request.path, limits=request.limits, encoding=request.encoding)
    return ReadFile(book=book, file_hash=_hash(request.path))


def _mapped(header: Header, request: ImportRequest, sheet: Sheet) -> dict[int, str]:
    """Place in the row → field key, with the columns that a person mapped by hand."""
    fields = dict(header.fields)
    for column in header.columns:
        asked = (sheet.name, column.number)
        if asked in request.columns:
            fields.pop(column.index, None)
            wanted = request.columns[asked]
            if wanted is not None:
                fields = {index: key for index, key in fields.items() if key != wanted}
                fields[column.index] = wanted
    return fields


def _matches(header: Header, fields: Mapping[int, str]) -> tuple[ColumnMatch, ...]:
    repeated = {column.index for column in header.duplicates}
    return tuple(
        ColumnMatch(
            number=column.number,
            heading=column.heading,
            field=fields.get(column.index),
            duplicate=column.index in repeated and column.index not in fields,
        )
        for column in header.columns
    )


def _derived(kind: RecordKind, key: str, fields: Mapping[int, str]) -> bool:
    """Whether a missing required column is filled from another: the district or the name from a link."""
    source = {"district_code": "body_id", "name": kind.named_after}.get(key)
    return source is not None and source in fields.values()


def _can_match(kind: RecordKind, fields: Mapping[int, str]) -> bool:
    """Whether rows can be found again: then a file may carry just the columns that it changes."""
    found = set(fields.values())
    named = "name" in found or kind.named_after in found
    return named and any(found.issuperset(keys) for keys in kind.match_keys)


def _notices(sheet: Sheet, header: Header, skipped: int, left_out: int) -> list[Problem]:
    found = []
    place = f"工作表“{sheet.name}”"
    if sheet.hidden:
        found.append(_notice("hidden_sheet", f"{place}是隐藏的，其中的行也已读取。"))
    below = [row for row in sheet.hidden_rows if row > header.rows[-1]]
    if below:
        found.append(_notice("hidden_rows", f"{place}有 {len(below)} 个隐藏行，也已读取。"))
    if sheet.hidden_columns:
        found.append(_notice("hidden_columns", f"{place}有 {len(sheet.hidden_columns)} 个隐藏列，也已读取。"))
    if skipped:
        found.append(_notice("skipped_rows", f"{place}有 {skipped} 行合计、说明或重复表头，未作为数据。"))
    if left_out:
        found.append(_notice("left_out_rows", f"{place}有 {left_out} 行按您的选择跳过，不导入。"))
    for column in header.duplicates:
        found.append(
            _notice("duplicate_heading", f"{place}的“{column.heading}”重复出现，只读取第一次出现的列。")
        )
    return found


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
            values={key: value for key, value in zip(keys, values, strict=True) if value is not None},
            changes={},
            problems=[],
        )
        for index, values in zip(cells.rows, zip(*cells.values.values(), strict=True), strict=True)
    ]
    for found in cells.problems:
        rows[found.row].problems.append(found.problem)
    return rows


def _compare(kind: RecordKind, rows: Sequence[PreviewRow], work: Transaction) -> None:
    """Match rows with the roster, check them as saving does, and say what each would do."""
    work.progress("比对名册", 0, len(rows))
    match_rows(kind, rows, work)
    hold_repeated(kind, rows)
    sound = [row for row in rows if not _held(row)]
    unsound = [row for row in rows if _held(row)]
    edits = [
        RowEdit(values=row.values, subject_id=row.subject_id, place=place) for place, row in enumerate(sound)
    ]
    work.progress("核对数据", 0, len(rows))
    prepared = prepare(kind, edits, work, lock=False)
    problems = list(prepared.problems)
    if kind.has_person:
        problems += link_persons(kind, prepared.edits, work)
    for problem in problems:
        if problem.row is not None:
            sound[problem.row].problems.append(problem)
    by_place: dict[int | None, Edit] = {edit.place: edit for edit in prepared.edits}
    for place, row in enumerate(sound):
        edit = by_place.get(place)
        if edit is None or edit.is_new:
            continue
        row.version = edit.former.version
        row.changes = {key: (edit.former.values.get(key), value) for key, value in edit.changes.items()}
        row.result = CHANGED if row.changes else SAME
    _judge_rest(kind, unsound, work)
    for row in rows:
        if _held(row):
            row.result = HELD


def _judge_rest(kind: RecordKind, rows: Sequence[PreviewRow], work: Transaction) -> None:
    """Check the sound cells of rows that are held already, so that all their problems are told at once."""
    wrong = [{problem.field for problem in row.problems} for row in rows]
    edits = [
        RowEdit(
            values={key: value for key, value in row.values.items() if key not in wrong[place]},
            subject_id=row.subject_id,
            place=place,
        )
        for place, row in enumerate(rows)
    ]
    for problem in prepare(kind, edits, work, lock=False).problems if edits else ():
        # What lacks because its cell is wrong, and what follows from that, has been told already.
        if problem.row is not None and problem.field is not None and problem.field not in wrong[problem.row]:
            rows[problem.row].problems.append(problem)


def _held(row: PreviewRow) -> bool:
    return any(problem.severity is Severity.ERROR for problem in row.problems)


def _hash(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
