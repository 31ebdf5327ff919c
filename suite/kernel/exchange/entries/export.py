"""The entries of a ledger as a list that leaves the house."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.problems import ProblemKind, refuse
from suite.kernel.exchange.export import BATCH, Progress, words_of
from suite.kernel.exchange.leaving import Basis
from suite.kernel.exchange.table_file import write_table
from suite.kernel.ledgers.queries import EntryQuery, entry_ids, entry_lines
from suite.kernel.ledgers.sheet import LedgerSheet
from suite.kernel.registry.districts import short_district_names
from suite.loader.catalog import Catalog


def conditions_of(sheet: LedgerSheet, query: EntryQuery, districts: Mapping[str, str]) -> str:
    """What narrows a list, as the file and the trace tell it; empty for the whole ledger."""
    states = {state.key: state.title for state in sheet.ledger.states}
    told = (
        ("查找", query.words),
        ("年份", "、".join(str(year) for year in query.years)),
        ("区县", "、".join(districts.get(code, code) for code in query.districts)),
        ("状态", "、".join(states.get(key, key) for key in query.states)),
        ("已划去的", "计入" if query.struck else ""),
        ("来自其他页面的所选记录", f"{len(query.ids):,} {sheet.unit}" if query.ids else ""),
    )
    return "；".join(f"{title}：{words}" for title, words in told if words)


def export_entries(
    session: Session,
    actor: Actor,
    catalog: Catalog,
    sheet: LedgerSheet,
    query: EntryQuery,
    columns: Sequence[str],
    path: Path,
    *,
    progress: Progress,
    basis: Basis | None = None,
) -> int:
    """Write the entries of a query to .xlsx or .csv; returns how many. Raises Refused without the right."""
    if not (actor.may(f"{sheet.owner}:roster:export") and actor.may(f"{sheet.owner}:ledger:read")):
        text = f"您没有导出“{sheet.list_title}”的权限，请联系科室管理员。"
        raise refuse("not_permitted", text, ProblemKind.NOT_PERMITTED)
    fields = [sheet.by_key[key] for key in columns]
    districts = short_district_names(session)
    ids = entry_ids(session, actor, catalog, query, limit=1_000_000)

    def rows() -> Iterator[list[Any]]:
        done = 0
        for batch in (ids[start : start + BATCH] for start in range(0, len(ids), BATCH)):
            if basis is not None:
                basis.ids.extend(batch)
            for line in entry_lines(session, actor, catalog, sheet.key, batch):
                yield [
                    line.words_of_role(field.key)
                    if field.links
                    else words_of(catalog, field, line.values.get(field.key), districts)
                    for field in fields
                ]
            done += len(batch)
            progress("写入文件", done, len(ids))

    return write_table(path, [field.title for field in fields], rows(), sheet=sheet.title, basis=basis)
