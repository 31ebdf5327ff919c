"""`suite export KIND FILE` for a kind of case: its ledger as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from suite.cli.answers import give
from suite.cli.failures import DONE
from suite.cli.where import COMMAS, field_named
from suite.contract.problems import refuse
from suite.kernel.casework.queries import CaseQuery
from suite.kernel.exchange.export import LogExport
from suite.kernel.exchange.leaving import export_file
from suite.kernel.exchange.stock.export import export_cases, export_columns
from suite.kernel.exchange.stock.sheet import STATE, CaseSheet, case_sheets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from suite.cli.options import Call


def export_ledger(
    call: Call,
    key: str,
    file: Path,
    conditions: Sequence[str],
    columns: str | None,
    words: str,
    reason: str,
) -> int:
    """Write the cases of a kind, traced as every export; raises Refused."""
    suite, actor = call.ready, call.actor
    sheet = case_sheets(suite.catalog)[key]
    if columns is None:
        keys = [field.key for field in sheet.fields if field.listed]
    elif columns.strip() == "全部":
        keys = export_columns(sheet)
    else:
        titles = [name for name in columns.translate(COMMAS).split(",") if name.strip()]
        keys = [field_named(sheet, name).key for name in titles]
    query = CaseQuery(kind=key, states=_states(sheet, conditions), words=words)
    with suite.reading() as session:
        rows = export_file(
            file,
            LogExport(
                kind=key,
                columns=tuple(keys),
                conditions="；".join([*conditions, *([words] if words else [])]),
                reason=reason,
            ),
            actor,
            run=suite.run,
            content=sheet.list_title,
            write=lambda path, basis: export_cases(
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


def _states(sheet: CaseSheet, conditions: Sequence[str]) -> tuple[str, ...]:
    """The states that the conditions ask for."""
    by_title = {state.title: state.key for state in sheet.lifecycle.states}
    found: list[str] = []
    for condition in conditions:
        title, _, values = condition.partition("=")
        wanted = [value.strip() for value in values.translate(COMMAS).split(",") if value.strip()]
        unknown = [value for value in wanted if value not in by_title]
        if title.strip() != sheet.by_key[STATE].title or not wanted or unknown:
            text = f"条件“{condition}”看不懂，可写：{sheet.by_key[STATE].title}={'、'.join(by_title)}。"
            raise refuse("where.unknown", text, field="where")
        found += [by_title[value] for value in wanted]
    return tuple(found)
