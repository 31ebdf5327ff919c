"""`suite ledgers`, `suite entries`: which ledgers there are, and the entries of one."""

from __future__ import annotations

from pathlib import Path

import click

from suite.cli.answers import give, table
from suite.cli.failures import DONE
from suite.cli.options import Call, SuiteCommand, pass_call


@click.command("ledgers", cls=SuiteCommand)
@pass_call
def ledgers(call: Call) -> int:
    """列出各种台账和其中的记录数。"""
    from suite.kernel.ledgers.queries import entry_counts
    from suite.kernel.ledgers.sheet import readable_ledgers

    suite, actor = call.ready, call.actor
    with suite.reading() as session:
        counts = entry_counts(session, actor, suite.catalog)
    found = readable_ledgers(actor, suite.catalog)
    document = [
        {
            "key": sheet.key,
            "title": sheet.title,
            "owner": sheet.owner,
            "plan": list(sheet.ledger.plan),
            "entries": counts.get(sheet.key, 0),
        }
        for sheet in found
    ]
    rows = [(sheet.key, sheet.title, f"{counts.get(sheet.key, 0):,}") for sheet in found]
    give(call, {"ledgers": document}, table(["台账", "名称", "记录数"], rows))
    return DONE


@click.command("entries", cls=SuiteCommand)
@click.argument("ledger", metavar="台账")
@click.option("--words", metavar="文字", default="", help="编号、事项、栏目或所涉名称中的文字。")
@click.option("--year", type=int, metavar="年份", help="只列该年的。")
@click.option("--struck", is_flag=True, help="连同已划去的。")
@pass_call
def entries(call: Call, ledger: str, words: str, year: int | None, struck: bool) -> int:
    """列出一个台账的记录，新的在前。台账可写键、名称或名称开头的几个字。"""
    from suite.cli.naming import key_meant
    from suite.kernel.exchange.export import words_of
    from suite.kernel.ledgers.queries import EntryQuery, entry_ids, entry_lines
    from suite.kernel.ledgers.sheet import ledger_sheet
    from suite.kernel.registry.districts import short_district_names

    suite, actor = call.ready, call.actor
    titles = {item.key: item.title for item in suite.catalog.ledgers.values()}
    ledger = key_meant(titles, ledger, "台账")
    sheet = ledger_sheet(suite.catalog, ledger)
    query = EntryQuery(ledger=ledger, words=words, years=() if year is None else (year,), struck=struck)
    with suite.reading() as session:
        ids = entry_ids(session, actor, suite.catalog, query)
        lines = entry_lines(session, actor, suite.catalog, ledger, ids)
        districts = short_district_names(session)

    told = [
        {
            field.title: line.words_of_role(field.key)
            if field.links
            else words_of(suite.catalog, field, line.values.get(field.key), districts)
            for field in sheet.fields
        }
        for line in lines
    ]
    document = [
        {"id": line.id, "version": line.version, "struck": line.struck_reason or None, "values": values}
        for line, values in zip(lines, told, strict=True)
    ]
    listed = [field.title for field in sheet.fields if field.listed]
    rows = [[values[title] for title in listed] for values in told]
    empty = ["没有符合条件的记录。可在“台账”页新增，或用 suite import 导入工作簿。"]
    give(call, {"ledger": ledger, "entries": document}, table(listed, rows) if rows else empty)
    return DONE


def export_entries_of(call: Call, key: str, file: Path, columns: str | None, words: str, reason: str) -> int:
    """Write the entries of a ledger, traced as every export; raises Refused."""
    from suite.cli.where import COMMAS, field_named
    from suite.kernel.exchange.entries.export import export_entries
    from suite.kernel.exchange.export import LogExport
    from suite.kernel.exchange.leaving import export_file
    from suite.kernel.ledgers.queries import EntryQuery
    from suite.kernel.ledgers.sheet import ledger_sheet

    suite, actor = call.ready, call.actor
    sheet = ledger_sheet(suite.catalog, key)
    if columns is None or columns.strip() == "全部":
        keys = [field.key for field in sheet.fields if field.listed or columns is not None]
    else:
        names = [name for name in columns.translate(COMMAS).split(",") if name.strip()]
        keys = [field_named(sheet, name).key for name in names]
    query = EntryQuery(ledger=key, words=words)
    with suite.reading() as session:
        rows = export_file(
            file,
            LogExport(kind=key, columns=tuple(keys), conditions=words, reason=reason),
            actor,
            run=suite.run,
            content=sheet.list_title,
            write=lambda path, basis: export_entries(
                session, actor, suite.catalog, sheet, query, keys, path, progress=call.progress(), basis=basis
            ),
        )
    titles = [sheet.by_key[key].title for key in keys]
    give(
        call,
        {"kind": key, "file": str(file), "rows": rows, "columns": titles, "as_of": None},
        [f"已导出 {rows:,} {sheet.unit}到 {file}。"],
    )
    return DONE
