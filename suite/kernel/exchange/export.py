"""Lists to workbooks and text files: exactly what is shown, streamed; and the template of a kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy.orm import Session

from suite.contract.commands import Actor, Done, KindCommand
from suite.contract.declarations import Field, FieldType, RecordKind
from suite.contract.problems import ProblemKind, refuse
from suite.kernel.exchange.leaving import Basis, ExportCommand, note_export
from suite.kernel.exchange.link_texts import LinkTexts, WrittenColumn, written_columns
from suite.kernel.exchange.mass_export import require_allowed
from suite.kernel.exchange.notices import CHOICES_SHEET
from suite.kernel.exchange.printed import sheet_printed
from suite.kernel.exchange.stock.sheet import list_kind
from suite.kernel.exchange.table_file import write_table
from suite.kernel.exchange.whole_file import whole_file
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.districts import short_district_names
from suite.kernel.registry.queries import ListQuery, readable_kind, stream_ids
from suite.kernel.registry.rows import roster_rows
from suite.loader.catalog import Catalog

BATCH = 2_000
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, kw_only=True)
class LogExport(ExportCommand, KindCommand):
    """Write down that a list left the house: what, how many, in which file, and why."""

    permission: ClassVar[str] = "{owner}:roster:export"
    title: ClassVar[str] = "导出名册"

    columns: tuple[str, ...]


def log_export(command: LogExport, work: Transaction) -> Done:
    """Write the entry."""
    kind = list_kind(work.catalog, command.kind)
    require_allowed(kind.key, command.rows, work)
    note_export(work, kind, {**command.told(), "columns": command.columns})
    return Done(text=f"已导出 {command.rows:,} {kind.unit}")


def words_of(catalog: Catalog, field: Field, value: Any, districts: dict[str, str]) -> Any:
    """A stored value as people write it: code titles, district names, names of links, dates as dates."""
    if value is None:
        return None
    match field.type:
        case FieldType.CODE | FieldType.CODES:
            return catalog.code_title(field.codes or "", value)
        case FieldType.DISTRICT:
            return districts.get(value, value)
        case FieldType.LINK:
            return value[1] if isinstance(value, tuple) else value
        case FieldType.BOOLEAN:
            return "是" if value else "否"
    return value


def cell_of(
    catalog: Catalog,
    column: WrittenColumn,
    values: Mapping[str, Any],
    districts: dict[str, str],
    links: LinkTexts,
) -> Any:
    """What stands in a cell of a file that can be read again. `links` has read these values."""
    value = values[column.field.key]
    if column.field.type is FieldType.LINK:
        return links.text(column, value)
    return words_of(catalog, column.field, value, districts)


def export_list(
    session: Session,
    actor: Actor,
    catalog: Catalog,
    query: ListQuery,
    columns: Sequence[str],
    path: Path,
    *,
    progress: Progress,
    ids: Sequence[int] | None = None,
    basis: Basis | None = None,
) -> int:
    """Write the list (or just `ids` of it) to .xlsx or .csv; returns the number of rows.

    Secret values stay masked. The file appears whole or not at all. Raises Refused without the export
    permission and for another file type.
    """
    kind = readable_kind(actor, catalog, query.kind)
    if not actor.may(f"{kind.owner}:roster:export"):
        raise refuse(
            "not_permitted",
            f"您没有导出“{kind.title}”名册的权限，请联系科室管理员。",
            ProblemKind.NOT_PERMITTED,
        )
    written = written_columns(kind.by_key[key] for key in columns)
    districts = short_district_names(session)
    links = LinkTexts(session, catalog, kind, columns)

    def rows() -> Iterator[list[Any]]:
        wanted = iter(ids) if ids is not None else stream_ids(session, actor, catalog, query)
        done = 0
        while batch := list(islice(wanted, BATCH)):
            if basis is not None:
                basis.ids.extend(batch)
            found = roster_rows(session, actor, catalog, kind.key, batch, as_of=query.as_of)
            links.read(row.values for row in found)
            for row in found:
                yield [cell_of(catalog, column, row.values, districts, links) for column in written]
            done += len(batch)
            progress("写入文件", done, len(ids) if ids is not None else done)

    headings = [column.heading for column in written]
    return write_table(path, headings, rows(), sheet=kind.title, basis=basis)


def write_template(catalog: Catalog, kind: RecordKind, path: Path, districts: Sequence[str]) -> None:
    """A blank workbook of a kind: headings, what belongs under them, choices where there are any."""
    from openpyxl import Workbook
    from openpyxl.comments import Comment
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    page = book.active
    if page is None:
        raise RuntimeError("a new workbook has no sheet")
    page.title = kind.title[:31]
    choices = book.create_sheet(CHOICES_SHEET)
    place = 0
    written = written_columns(kind.fields)
    for column, wanted in enumerate(written, 1):
        field = wanted.field
        cell = page.cell(row=1, column=column, value=wanted.heading)
        cell.font = Font(bold=True)
        letters = get_column_letter(column)
        page.column_dimensions[letters].width = max(12, 2 * len(wanted.heading) + 4)
        if wanted.township:
            cell.comment = Comment(f"{field.title}所属的乡镇或街道", "名册模板")
            continue
        if field.required:
            cell.fill = PatternFill("solid", fgColor="FBF0DC")
        several = "可填多项，用顿号隔开" if field.type is FieldType.CODES else ""
        words = "；".join(part for part in ("必填" if field.required else "", several, field.hint) if part)
        if words:
            cell.comment = Comment(words, "名册模板")
        if field.type is FieldType.TEXT:
            for row in range(2, 302):
                page[f"{letters}{row}"].number_format = "@"
        titles: Sequence[str] = ()
        if field.type is FieldType.CODE and field.codes:
            titles = [code.title for code in catalog.codes[field.codes].codes]
        elif field.type is FieldType.DISTRICT:
            titles = districts
        elif field.type is FieldType.BOOLEAN:
            titles = ("是", "否")
        if titles:
            place += 1
            for row, title in enumerate(titles, 1):
                choices.cell(row=row, column=place, value=title)
            where = get_column_letter(place)
            rule = DataValidation(type="list", formula1=f"{CHOICES_SHEET}!${where}$1:${where}${len(titles)}")
            page.add_data_validation(rule)
            rule.add(f"{letters}2:{letters}5000")
    choices.sheet_state = "hidden"
    page.freeze_panes = "A2"
    sheet_printed(page, columns=len(written), heads="1:1")
    with whole_file(path) as partial:
        book.save(partial)
