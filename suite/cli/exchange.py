"""`suite import`, `export`, `template`: rosters, cases, ledgers and past grades in and out as files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from suite.cli.answers import give
from suite.cli.failures import DONE, FAULTS, REFUSED
from suite.cli.options import Call, SuiteCommand, pass_call
from suite.contract.problems import Refused

if TYPE_CHECKING:
    from suite.contract.problems import Problem
    from suite.kernel.exchange.previewed import ImportPreview, PreviewRow

FILE = click.Path(path_type=Path)


class Encoding(click.ParamType[str]):
    """The name of an encoding of texts."""

    name = "编码"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name as given, if there is such an encoding."""
        name = str(value)
        try:
            "".encode(name)
        except (LookupError, ValueError):
            self.fail(f"没有编码“{name}”，可写 utf-8、gb18030、utf-16。", param, ctx)
        return name


@click.command("import", cls=SuiteCommand)
@click.argument("kind", metavar="种类", required=False)
@click.argument("file", metavar="文件", type=FILE, required=False)
@click.option("--sheet", metavar="工作表", help="只读取这一张工作表；默认读取全部。")
@click.option("--dry-run", is_flag=True, help="只预览，不写入。")
@click.option("--strict", is_flag=True, help="有任何一行存在问题，就一行也不写入。")
@click.option("--report", metavar="文件", type=FILE, help="把未写入的行另存为 .xlsx，问题标在单元格上。")
@click.option(
    "--encoding", type=Encoding(), metavar="编码", help="文本文件的编码，如 gb18030；默认自动识别。"
)
@click.option(
    "--accept-near",
    is_flag=True,
    help="没有认出的列，照表头最相近的一次导入的对应读取，并记住；先用 --dry-run 核对。",
)
@click.option("--undo", metavar="编号", help="撤销一次导入，不再读取文件；编号由导入时给出。")
@click.option("--reason", default="", metavar="事由", help="撤销的事由，记入操作痕迹。")
@pass_call
def import_(
    call: Call,
    kind: str | None,
    file: Path | None,
    sheet: str | None,
    dry_run: bool,
    strict: bool,
    report: Path | None,
    encoding: str | None,
    accept_near: bool,
    undo: str | None,
    reason: str,
) -> int:
    """从 .xlsx .xlsm .xls .et .csv .txt 或存为表格的网页导入（以内容为准），或撤销一次导入。

    种类可以是名册、办件、台账或历年考核等次，见 suite kinds。一期报表用 suite return import，
    评分方案用 suite season sheet。

    没有问题的行在一个事务中写入，有问题的行列出而不写入。有未写入的行时退出码为 1。
    撤销（--undo）时，导入后又被修改或引用的行保留并列出，有保留的行时退出码为 1。
    """
    if undo is not None:
        from suite.cli.undo_import import undo_run

        if kind is not None or sheet or strict or report or encoding or accept_near:
            raise click.UsageError("--undo 只与 --dry-run、--reason 同用，不再写种类和文件。")
        return undo_run(call, undo, dry_run=dry_run, reason=reason)
    if kind is None or file is None:
        raise click.UsageError("请写明种类和文件，或用 --undo 撤销一次导入。")
    from suite.kernel.exchange.annotate import write_held_rows
    from suite.kernel.exchange.bounds import FileRefused
    from suite.kernel.exchange.importing import accept
    from suite.kernel.exchange.previewed import ImportRequest

    suite, actor = call.ready, call.actor
    if report is not None:
        _check_report(report, file)
    request = ImportRequest(kind=kind, path=file, sheet=sheet, encoding=encoding, near=accept_near)
    try:
        preview = suite.preview(request, actor, progress=call.progress())
    except FileRefused as error:
        give(call, _refused_document(kind, file, error.code, error.text), [])
        click.echo(error.text, err=True)
        return REFUSED
    counts = preview.counts
    run, ids = None, None
    refused: Refused | None = None
    try:
        command = accept(preview, strict=strict)
        if not dry_run:
            done = suite.run(command, actor, progress=call.progress())
            run, ids = done.result["run"], done.result.get("ids")
    except Refused as error:
        if "import.strict" not in error.codes:
            raise
        refused = error
    unwritten: Refused | None = None
    if report is not None:
        try:
            write_held_rows(preview, report, progress=call.progress())
        except Refused as error:
            # The rows are in: that the report is not there changes nothing about them.
            unwritten = error
    if call.json:
        give(call, _document(call, preview, run, ids), [])
    else:
        give(call, None, _lines(call, preview, dry_run=dry_run or refused is not None))
    if refused is not None:
        click.echo(str(refused), err=True)
        return REFUSED
    if unwritten is not None:
        click.echo(str(unwritten), err=True)
    return FAULTS if counts["held"] or unwritten is not None else DONE


def _check_report(report: Path, file: Path) -> None:
    """Refuse a report that could not be written before anything else is."""
    from suite.contract.problems import refuse

    if report.suffix.lower() != ".xlsx":
        raise refuse("file.type", f"问题行只能写成 .xlsx，现为“{report.suffix}”，请改文件名。")
    if not report.absolute().parent.is_dir():
        raise refuse("file.write", f"没有文件夹 {report.absolute().parent}，请先建立。")
    if report.resolve() == file.resolve():
        raise refuse("file.write", "问题行不能写到导入的文件自己身上，请换一个文件名。")


def _refused_document(kind: str, file: Path, code: str, text: str) -> dict[str, Any]:
    return {
        "run": None,
        "kind": kind,
        "file": file.name,
        "file_error": {"code": code, "text": text},
        "sheets": [],
        "counts": {"rows": 0, "new": 0, "changed": 0, "same": 0, "held": 0},
        "rows": [],
        "problems": [],
        "notices": [],
    }


def _document(
    call: Call, preview: ImportPreview, run: int | None, ids: Sequence[int] | None
) -> dict[str, Any]:
    """The preview as scripts read it: values in the words of the roster, keyed by titles."""
    words = _Words(call, preview)
    made = {id(row): number for row, number in zip(preview.taken(), ids or (), strict=False)}
    return {
        "run": None if run is None else str(run),
        "kind": preview.kind,
        "file": preview.path.name,
        "file_error": None,
        "sheets": [
            {
                "sheet": sheet.sheet,
                "state": sheet.state,
                "header_rows": list(sheet.header_rows),
                "mapping": sheet.headings_read,
                "unmapped": list(sheet.unmapped),
                "reason": sheet.reason,
            }
            for sheet in preview.sheets
        ],
        "counts": preview.counts,
        "rows": [
            {
                "sheet": row.sheet,
                "row": row.row,
                "result": row.result,
                "key": words.key(row, made.get(id(row), row.subject_id)),
                "values": words.values(row.values),
                "changes": words.changes(row.changes),
            }
            for row in preview.rows
        ],
        "problems": [
            {
                "sheet": row.sheet,
                "row": row.row,
                "field": words.title(problem),
                "code": problem.code,
                "severity": problem.severity.value,
                "text": problem.text,
            }
            for row in preview.rows
            for problem in row.problems
        ],
        "notices": [{"code": notice.code, "text": notice.text} for notice in preview.notices],
    }


class _Words:
    """Turns the values of a preview into words; names of links are looked up once."""

    def __init__(self, call: Call, preview: ImportPreview) -> None:
        from suite.contract.declarations import FieldType
        from suite.kernel.exchange.stock.sheet import NUMBER, list_kind
        from suite.kernel.registry.current import names_of
        from suite.kernel.registry.districts import short_district_names

        self._number = NUMBER
        self._catalog = call.suite.catalog
        self._kind = list_kind(self._catalog, preview.kind)
        links = [field.key for field in self._kind.fields if field.type is FieldType.LINK]
        found = {
            value
            for row in preview.rows
            for key in links
            for given in (row.values.get(key), *(row.changes.get(key) or ()))
            for value in (given if isinstance(given, tuple) else (given,))
            if isinstance(value, int)
        }
        with call.suite.reading() as session:
            self._districts = short_district_names(session)
            self._names: Mapping[int, str] = names_of(session, sorted(found))

    def value(self, key: str, value: Any) -> Any:
        """One value: codes as titles, districts and links by name; the rest as it is."""
        from suite.contract.declarations import FieldType
        from suite.kernel.exchange.export import words_of

        field = self._kind.by_key[key]
        if field.type is FieldType.LINK and isinstance(value, tuple):
            return "、".join(self._names.get(one, str(one)) for one in value)
        if field.type is FieldType.LINK:
            return self._names.get(value, str(value)) if isinstance(value, int) else value
        if field.type in (FieldType.CODE, FieldType.DISTRICT) and not isinstance(value, str):
            return value
        return words_of(self._catalog, field, value, self._districts)

    def values(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Title → value. Secrets too: they are what the sender's own file says."""
        return {self._kind.by_key[key].title: self.value(key, value) for key, value in values.items()}

    def changes(self, changes: Mapping[str, tuple[Any, Any]]) -> dict[str, dict[str, Any]]:
        """Title → old and new. What the roster held of a secret stays masked: a look at it is a reveal."""
        from suite.kernel.registry.masking import masked

        told = {}
        for key, (old, new) in changes.items():
            field = self._kind.by_key[key]
            before = self.value(key, old)
            if field.sensitive:
                before = masked(key, before)
            told[field.title] = {"old": before, "new": self.value(key, new)}
        return told

    def title(self, problem: Problem) -> str | None:
        """The title of the field that a problem is about."""
        field = self._kind.by_key.get(problem.field or "")
        return field.title if field is not None else problem.field

    def key(self, row: PreviewRow, subject_id: int | None) -> str | None:
        """By which key the record can be shown; None while it has neither number nor record."""
        number = row.values.get("main_no") or row.values.get(self._number)
        if isinstance(number, str):
            return number
        return None if subject_id is None else f"#{subject_id}"


def _lines(call: Call, preview: ImportPreview, *, dry_run: bool) -> list[str]:
    from suite.kernel.exchange.previewed import COUNTERS
    from suite.kernel.exchange.stock.sheet import list_kind

    kind = list_kind(call.suite.catalog, preview.kind)
    counts = preview.counts
    lines = [
        f"{'预览' if dry_run else '导入'} {preview.path.name} → {kind.list_title}",
        f"共 {counts['rows']:,} 行：新增 {counts['new']:,}，变更 {counts['changed']:,}，"
        f"无变化 {counts['same']:,}，未写入 {counts['held']:,}",
    ]
    lines += [f"工作表“{sheet.sheet}”未读取：{sheet.reason}" for sheet in preview.sheets if sheet.reason]
    for sheet in preview.sheets:
        unread = [heading for heading in sheet.unmapped if heading.strip() not in COUNTERS]
        if sheet.state == "read" and unread:
            lines.append(f"工作表“{sheet.sheet}”有 {len(unread)} 列没有认出，未读取：{'、'.join(unread)}")
    lines += [notice.text for notice in preview.notices]
    if any(sheet.left for sheet in preview.sheets):
        lines.append("核对后要照此读取的，加 --accept-near。")
    for row in preview.rows:
        for problem in row.problems:
            field = kind.by_key.get(problem.field or "")
            place = f"{row.sheet} 第 {row.row} 行" + (f" {field.title}" if field else "")
            lines.append(f"{place}：{problem.text}")
    return lines


@click.command("export", cls=SuiteCommand)
@click.argument("kind", metavar="种类")
@click.argument("file", metavar="文件", type=FILE)
@click.option(
    "--where", "conditions", multiple=True, metavar="标题=值", help="条件，可写多次；多个值用逗号。"
)
@click.option("--columns", metavar="标题,标题", help="导出哪些列；默认为名册默认显示的列，“全部”为所有字段。")
@click.option("--as-of", metavar="日期", type=click.DateTime(["%Y-%m-%d"]), help="该日的名册。")
@click.option("--text", default="", metavar="文字", help="同时按文字筛选，与窗口中的搜索相同。")
@click.option("--reason", default="", metavar="事由", help="导出的事由，写入文件的说明和操作痕迹。")
@pass_call
def export(
    call: Call,
    kind: str,
    file: Path,
    conditions: tuple[str, ...],
    columns: str | None,
    as_of: dt.datetime | None,
    text: str,
    reason: str,
) -> int:
    """把名册、办件或台账导出为 .xlsx 或 .csv。敏感信息保持遮盖。

    每次导出都留痕，文件内有说明（.csv 另附文件）。
    一期报表用 suite return export，评分方案用 suite season sheet。

    办件的条件只有办理状态，如 --where 办理状态=调查,待答复。
    """
    from suite.cli.where import COMMAS, field_named, filters_of
    from suite.contract.problems import refuse
    from suite.kernel.exchange.export import LogExport, export_list
    from suite.kernel.exchange.leaving import export_file
    from suite.kernel.registry.queries import ListQuery, readable_kind

    suite, actor = call.ready, call.actor
    if file.suffix.lower() not in (".xlsx", ".csv"):
        raise refuse("file.type", f"只能导出为 .xlsx 或 .csv，现为“{file.suffix}”，请改文件名。")
    if not file.absolute().parent.is_dir():
        raise refuse("file.write", f"没有文件夹 {file.absolute().parent}，请先建立。")
    if kind in suite.catalog.ledgers:
        from suite.cli.ledgers import export_entries_of

        if as_of is not None or conditions:
            raise click.UsageError("台账按 --text 筛选，不与 --where、--as-of 同用。")
        return export_entries_of(call, kind, file, columns, text, reason)
    if kind in suite.catalog.case_kinds:
        from suite.cli.cases_out import export_ledger

        if as_of is not None:
            raise click.UsageError("办件台账没有某日的样子，不与 --as-of 同用。")
        return export_ledger(call, kind, file, conditions, columns, text, reason)
    found = readable_kind(actor, suite.catalog, kind)
    if columns is None:
        keys = [field.key for field in found.fields if field.listed]
    elif columns.strip() == "全部":
        keys = [field.key for field in found.fields]
    else:
        keys = [field_named(found, name).key for name in columns.translate(COMMAS).split(",") if name.strip()]
    with suite.reading() as session:
        query = ListQuery(
            kind=kind,
            filters=filters_of(conditions, found, session, actor, suite.catalog),
            text=text,
            as_of=as_of.date() if as_of else None,
        )
        said = "；".join(
            [*conditions, *([text] if text else []), *([f"截至 {query.as_of}"] if query.as_of else [])]
        )
        rows = export_file(
            file,
            LogExport(kind=kind, columns=tuple(keys), conditions=said, reason=reason),
            actor,
            run=suite.run,
            content=f"{found.title}名册",
            write=lambda path, basis: export_list(
                session, actor, suite.catalog, query, keys, path, progress=call.progress(), basis=basis
            ),
        )
    titles = [found.by_key[key].title for key in keys]
    give(
        call,
        {"kind": kind, "file": str(file), "rows": rows, "columns": titles, "as_of": query.as_of},
        [f"已导出 {rows:,} {found.unit}到 {file}。"],
    )
    return DONE


@click.command("template", cls=SuiteCommand)
@click.argument("kind", metavar="种类")
@click.argument("file", metavar="文件", type=FILE)
@pass_call
def template(call: Call, kind: str, file: Path) -> int:
    """写一个名册、办件、台账或历年考核等次的空白 .xlsx 模板：表头、说明和可选值。

    一期报表的空表用 suite return export，评分方案用 suite season sheet。
    """
    from suite.contract.problems import refuse
    from suite.kernel.exchange.export import write_template
    from suite.kernel.exchange.grades.sheet import GradeSheet
    from suite.kernel.exchange.stock.sheet import CaseSheet, list_kind
    from suite.kernel.ledgers.sheet import LedgerSheet
    from suite.kernel.registry.districts import short_district_names
    from suite.kernel.registry.queries import readable_kind

    suite = call.ready
    found = list_kind(suite.catalog, kind)
    if not isinstance(found, CaseSheet | LedgerSheet | GradeSheet):
        readable_kind(call.actor, suite.catalog, kind)
    if file.suffix.lower() != ".xlsx":
        raise refuse("file.type", f"模板只能写成 .xlsx，现为“{file.suffix}”，请改文件名。")
    with suite.reading() as session:
        districts = list(short_district_names(session).values())
    write_template(suite.catalog, found, file, districts)
    give(call, {"kind": kind, "file": str(file)}, [f"已写出“{found.list_title}”模板：{file}。"])
    return DONE
