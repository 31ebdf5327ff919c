"""Cases as a list that leaves the house: in the columns of their ledger, who complains masked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.code_sets import packed
from suite.contract.commands import Actor
from suite.contract.problems import ProblemKind, refuse
from suite.kernel.casework.complainants import ROLE
from suite.kernel.casework.queries import CaseQuery, case_ids
from suite.kernel.exchange.export import BATCH, Progress, words_of
from suite.kernel.exchange.leaving import Basis
from suite.kernel.exchange.linking import names_of
from suite.kernel.exchange.stock.sheet import (
    CLOSED,
    COMPLAINANT,
    DAY,
    FINDING,
    HANDLER,
    HEAD,
    NUMBER,
    OPENED,
    STATE,
    TEXT,
    TITLE,
    CaseSheet,
)
from suite.kernel.exchange.table_file import write_table
from suite.kernel.registry.districts import short_district_names
from suite.loader.catalog import Catalog
from suite.tables import Allegation, Case, CaseEvent, CaseParty, User

#: Of who complains only the masked name leaves: the rest is revealed case by case, for a logged reason.
SHOWN_OF_COMPLAINANT = f"{COMPLAINANT}name"


def export_columns(sheet: CaseSheet) -> list[str]:
    """The columns of a ledger that may leave the house."""
    return [
        field.key
        for field in sheet.fields
        if not field.key.startswith(COMPLAINANT) or field.key == SHOWN_OF_COMPLAINANT
    ]


def export_cases(
    session: Session,
    actor: Actor,
    catalog: Catalog,
    sheet: CaseSheet,
    query: CaseQuery,
    columns: Sequence[str],
    path: Path,
    *,
    progress: Progress,
    basis: Basis | None = None,
) -> int:
    """Write the cases of a query to .xlsx or .csv; returns how many. Raises Refused without the right."""
    if not (actor.may(f"{sheet.owner}:roster:export") and actor.may(f"{sheet.case.rights}:case:read")):
        text = f"您没有导出“{sheet.list_title}”的权限，请联系科室管理员。"
        raise refuse("not_permitted", text, ProblemKind.NOT_PERMITTED)
    allowed = export_columns(sheet)
    fields = [sheet.by_key[key] for key in columns if key in allowed]
    districts = short_district_names(session)
    ids = case_ids(session, actor, catalog, query, limit=1_000_000)

    def rows() -> Iterator[list[Any]]:
        done = 0
        for batch in (ids[start : start + BATCH] for start in range(0, len(ids), BATCH)):
            if basis is not None:
                basis.ids.extend(batch)
            made = list(case_values(session, sheet, batch))
            links = [field.key for field in fields if field.links]
            linked = {values.get(key) for values in made for key in links}
            names = names_of(session, sorted(one for one in linked if isinstance(one, int)))
            for values in made:
                values |= {key: names.get(values[key], "") for key in links if isinstance(values[key], int)}
                yield [words_of(catalog, field, values.get(field.key), districts) for field in fields]
            done += len(batch)
            progress("写入文件", done, len(ids))

    return write_table(path, [field.title for field in fields], rows(), sheet=sheet.title, basis=basis)


def case_values(session: Session, sheet: CaseSheet, ids: Sequence[int]) -> Iterator[dict[str, Any]]:
    """Field key → value of each case, in the order of the ids; parties by their names."""
    cases = {case.id: case for case in session.scalars(select(Case).where(Case.id.in_(ids)))}
    details = sheet.details
    columns = [details.c[field.name].label(field.key) for field in sheet.case.fields]
    found: dict[int, dict[str, Any]] = {
        row.case_id: dict(row._mapping)
        for row in session.execute(select(details.c.case_id, *columns).where(details.c.case_id.in_(ids)))
    }
    parties: dict[tuple[int, str], list[str]] = {}
    for case_id, role, name in session.execute(
        select(CaseParty.case_id, CaseParty.role, CaseParty.name)
        .where(CaseParty.case_id.in_(ids), CaseParty.left_on.is_(None))
        .order_by(CaseParty.id)
    ):
        parties.setdefault((case_id, role), []).append(name)
    days: dict[tuple[int, str], dt.date] = {}
    for case_id, command, on in session.execute(
        select(CaseEvent.case_id, CaseEvent.command, CaseEvent.on_date)
        .where(CaseEvent.case_id.in_(ids), CaseEvent.command != "")
        .order_by(CaseEvent.id)
    ):
        days[case_id, command] = on
    alleged: dict[int, list[Allegation]] = {}
    for row in session.scalars(select(Allegation).where(Allegation.case_id.in_(ids)).order_by(Allegation.id)):
        alleged.setdefault(row.case_id, []).append(row)
    names: dict[str, str] = dict(session.execute(select(User.login, User.name)).all())
    for case_id in ids:
        case, items = cases[case_id], alleged.get(case_id, [])
        findings = {item.finding for item in items if item.annulled_on is None}
        yield {
            **found.get(case_id, {}),
            NUMBER: case.number,
            TITLE: case.title,
            STATE: case.state,
            OPENED: case.opened,
            CLOSED: case.closed,
            HANDLER: names.get(case.handler, case.handler),
            HEAD: packed(item.head for item in items),
            TEXT: "；".join(dict.fromkeys(item.text for item in items)) or None,
            FINDING: findings.pop() if len(findings) == 1 else None,
            SHOWN_OF_COMPLAINANT: "、".join(parties.get((case_id, ROLE), ())) or None,
            **{
                role.key: "、".join(parties.get((case_id, role.key), ())) or None
                for role in sheet.case.parties
            },
            **{
                f"{DAY}{step.command}": days.get((case_id, step.command))
                for step in sheet.lifecycle.transitions
            },
        }
