"""An import before it is accepted: what each row would do, cell by cell, with every problem.

Nothing is written. The checks are those of saving itself, so that what the preview accepts is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import select

from suite.contract.declarations import FieldType, RecordKind
from suite.contract.problems import Problem, Severity, refuse
from suite.kernel.exchange.bounds import DEFAULT_LIMITS, Limits
from suite.kernel.exchange.columns import PARENT, Cells, headings_of, read_cells
from suite.kernel.exchange.header import Header, find_body, find_header
from suite.kernel.exchange.linking import LinkIndex, district_codes, link_index
from suite.kernel.exchange.reading import FileRefused, Sheet, read_workbook
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.commands import RowEdit
from suite.kernel.registry.current import chunks
from suite.kernel.registry.persons import link_persons
from suite.kernel.registry.prepare import Edit, prepare
from suite.tables import Identity, Subject

NEW, CHANGED, SAME, HELD = "new", "changed", "same", "held"
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, kw_only=True)
class ImportRequest:
    """What to import: a kind and a file; one sheet or all; columns mapped by hand (sheet, number → field)."""

    kind: str
    path: Path
    sheet: str | None = None
    encoding: str | None = None
    columns: Mapping[tuple[str, int], str | None] = field(default_factory=dict)
    limits: Limits = DEFAULT_LIMITS


@dataclass(frozen=True, kw_only=True)
class ColumnMatch:
    """One column of a sheet: number and heading as shown, the field it goes to, None where to none."""

    number: int
    heading: str
    field: str | None
    duplicate: bool = False


@dataclass(frozen=True, kw_only=True)
class SheetPreview:
    """What was made of one sheet."""

    sheet: str
    state: str  # read | skipped
    header_rows: tuple[int, ...] = ()
    columns: tuple[ColumnMatch, ...] = ()
    reason: str | None = None

    @property
    def mapping(self) -> dict[str, str]:
        """Heading → field key of the columns that are read."""
        return {
            column.heading: column.field
            for column in self.columns
            if column.field and not column.duplicate and not column.field.startswith(PARENT)
        }

    @property
    def unmapped(self) -> tuple[str, ...]:
        """Headings that go nowhere."""
        return tuple(column.heading for column in self.columns if column.field is None and column.heading)


@dataclass(slots=True, kw_only=True)
class PreviewRow:
    """One row: where it stands, what it would do, and what is wrong with it.

    `values`: field key → cleaned value, empty cells left out. `changes`: field key → (old, new).
    """

    sheet: str
    row: int
    result: str
    subject_id: int | None
    version: int | None
    values: dict[str, Any]
    changes: dict[str, tuple[Any, Any]]
    problems: list[Problem]


@dataclass(frozen=True, kw_only=True)
class ImportPreview:
    """The whole of an import before it is accepted."""

    kind: str
    path: Path
    file_hash: str
    sheets: tuple[SheetPreview, ...]
    rows: tuple[PreviewRow, ...]
    notices: tuple[Problem, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of each result."""
        found = dict.fromkeys((NEW, CHANGED, SAME, HELD), 0)
        for row in self.rows:
            found[row.result] += 1
        return {"rows": len(self.rows), **found}

    def taken(self) -> list[PreviewRow]:
        """The rows that would be written."""
        return [row for row in self.rows if row.result in (NEW, CHANGED)]


def preview(request: ImportRequest, work: Transaction) -> ImportPreview:
    """Read, recognise, clean, match, check and compare. `work` reads only.

    Raises FileRefused (with a code of the importer) when the file as a whole cannot be taken.
    """
    kind = work.catalog.kinds.get(request.kind)
    if kind is None:
        raise refuse("kind.unknown", f"没有种类 {request.kind}。可用 suite kinds 查看全部。", field="kind")
    work.require(f"{kind.owner}:roster:import")
    work.progress("读取文件", 0, 0)
    book = read_workbook(request.path, limits=request.limits, encoding=request.encoding)
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
        read = SheetPreview(
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
                    columns=read.columns,
                    reason=f"缺少列：{'、'.join(lacking)}",
                )
            )
            continue
        sheets.append(read)
        for key in fields.values():
            item = kind.by_key.get(key)
            if item is not None and item.type is FieldType.LINK and key not in links:
                links[key] = link_index(work.session, item)
        body = find_body(sheet.rows, header)
        notices += _notices(sheet, header, len(body.skipped))
        work.progress("清理数据", 0, len(body.rows))
        cells = read_cells(kind, sheet, header, body.rows, fields, work.catalog, districts, links)
        rows += _rows(sheet, cells)
    if not any(item.state == "read" for item in sheets):
        if incomplete:
            raise FileRefused(
                "missing_columns",
                f"缺少必要的列：{'、'.join(dict.fromkeys(incomplete))}。请补上这些列，或先下载“{kind.title}”模板。",
            )
        raise FileRefused(
            "wrong_template", f"没有找到“{kind.title}”名册的表头。请核对文件，或先下载“{kind.title}”模板。"
        )
    _compare(kind, rows, work)
    return ImportPreview(
        kind=kind.key,
        path=request.path,
        file_hash=_hash(request.path),
        sheets=tuple(sheets),
        rows=tuple(rows),
        notices=tuple(notices),
    )


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
    """Whether a missing required column is filled from another: the district from the body."""
    return key == "district_code" and "body_id" in fields.values()


def _can_match(kind: RecordKind, fields: Mapping[int, str]) -> bool:
    """Whether rows can be found again: then a file may carry just the columns that it changes."""
    return any(key in fields.values() for key in kind.match) and "name" in fields.values()


def _notices(sheet: Sheet, header: Header, skipped: int) -> list[Problem]:
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
    _match(kind, rows, work)
    _twice(kind, rows)
    sound = [row for row in rows if not _held(row)]
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
    for row in rows:
        if _held(row):
            row.result = HELD


def _held(row: PreviewRow) -> bool:
    return any(problem.severity is Severity.ERROR for problem in row.problems)


def _match(kind: RecordKind, rows: Sequence[PreviewRow], work: Transaction) -> None:
    """Find each row's record by the kind's match fields, in order; by name only where it is unique."""
    for key in kind.match:
        open_rows = [row for row in rows if row.subject_id is None and row.values.get(key) is not None]
        found = _subjects_by(kind, key, [row.values[key] for row in open_rows], work)
        for row in open_rows:
            ids = found.get(row.values[key], [])
            if len(ids) == 1 and (key != "name" or row.values.get("main_no") is None):
                row.subject_id = ids[0]


def _subjects_by(
    kind: RecordKind, key: str, values: Iterable[Any], work: Transaction
) -> dict[Any, list[int]]:
    found: dict[Any, list[int]] = {}
    field = kind.by_key[key]
    if field.table.name == Identity.__tablename__:
        query = (
            select(Identity.id_number, Subject.id)
            .join(Subject, Subject.person_id == Identity.person_id)
            .where(Subject.kind == kind.key)
        )
        column: Any = Identity.id_number
    else:
        column = field.table.columns[field.name]
        query = select(column, Subject.id).where(Subject.kind == kind.key)
        if field.table is kind.details:
            query = query.join(kind.details, kind.details.c.subject_id == Subject.id)
    for part in chunks(list(dict.fromkeys(values))):
        for value, subject_id in work.session.execute(query.where(column.in_(part))):
            found.setdefault(value, []).append(subject_id)
    return found


def _twice(kind: RecordKind, rows: Sequence[PreviewRow]) -> None:
    """One record or number on two rows of the file: the later ones are held and say where the first is."""
    seen: dict[tuple[str, Any], PreviewRow] = {}
    for row in rows:
        asked: list[tuple[str, Any]] = [
            (key, row.values[key]) for key in kind.match if key != "name" and key in row.values
        ]
        if row.subject_id is not None:
            asked.append(("", row.subject_id))
        for key in asked:
            first = seen.setdefault(key, row)
            if first is not row:
                title = kind.by_key[key[0]].title if key[0] else "档案"
                row.problems.append(
                    Problem(
                        code="duplicate_row",
                        field=key[0] or None,
                        text=f"与工作表“{first.sheet}”第 {first.row} 行是同一{title}，请核对后只留一行。",
                    )
                )
                break


def _hash(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
