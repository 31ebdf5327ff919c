"""What was chosen for an inspection pack, by numbers of indicators and of cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.problems import Problem, Refused, refuse
from suite.kernel.casework.papers.queries import case_named
from suite.kernel.casework.queries import CaseQuery, of_kinds, readable_kinds
from suite.kernel.indicators.frozen import Frozen
from suite.kernel.indicators.snapshots import frozen_now, read_snapshot, snapshot_named
from suite.kernel.reports.inspection_pack import MOST_CASES, PackOrder
from suite.kernel.reports.pack_cases import Missing
from suite.loader.catalog import Catalog
from suite.tables import Case, District


def pack_order(
    session: Session,
    actor: Actor,
    catalog: Catalog,
    *,
    title: str,
    numbers: Sequence[str] = (),
    snapshot: str = "",
    today: dt.date,
    day: dt.date | None = None,
    cases: Sequence[str] = (),
    kind: str = "",
    first: dt.date | None = None,
    last: dt.date | None = None,
) -> PackOrder:
    """The order. Raises Refused for an unknown number, snapshot, case or kind."""
    frozen, basis = None, ""
    if numbers and snapshot:
        read = read_snapshot(session, actor, catalog, snapshot_named(session, snapshot).id)
        frozen, basis = read.frozen, f"快照《{read.line.title}》，摘要 {read.line.digest}"
    elif numbers:
        frozen = frozen_now(session, actor, catalog, day or today, numbers, today=today)
        basis = f"{day or today} 的实时数"
    return PackOrder(
        title=title.strip() or "迎检材料",
        today=today,
        frozen=frozen,
        basis=basis,
        keys=() if frozen is None else _keys(frozen, numbers),
        cases=(*_named(session, actor, cases), *_of_kind(session, actor, catalog, kind, first, last)),
        left_out=tuple(_left_out(session, actor, catalog, kind)),
    )


def _keys(frozen: Frozen, numbers: Sequence[str]) -> tuple[str, ...]:
    by_no = {name: value.key for value in frozen.values for name in (value.no, value.key) if name}
    unknown = [number for number in numbers if number not in by_no]
    if unknown:
        text = f"没有序号或代号为 {'、'.join(unknown)} 的指标，或您没有查看的权限。"
        raise refuse("indicator.unknown", text, field="no")
    return tuple(dict.fromkeys(by_no[number] for number in numbers))


def _named(session: Session, actor: Actor, cases: Sequence[str]) -> list[tuple[int, str, str]]:
    """The cases of these numbers. Raises Refused with every one that is not found."""
    found: list[tuple[int, str, str]] = []
    problems: list[Problem] = []
    for named in dict.fromkeys(cases):
        try:
            case = session.get_one(Case, case_named(session, actor, named))
        except Refused as error:
            problems += error.problems
            continue
        found.append((case.id, case.number, case.profession))
    if problems:
        raise Refused(problems)
    return found


def _left_out(session: Session, actor: Actor, catalog: Catalog, kind: str) -> Iterator[Missing]:
    """What of a kind the actor may not read: how many there are elsewhere he does not know either."""
    declared = catalog.case_kinds.get(kind)
    if declared is None:
        return
    title = f"{catalog.titles[declared.owner]}·{declared.title}"
    scopes = actor.scopes(f"{declared.rights}:case:read")
    if not scopes:
        yield Missing(of=title, what="这一种办件", why="您没有查看的权限，全部未放入，请由有权的科室补入")
    elif not any(scope.districts is None and scope.associations is None for scope in scopes):
        codes = {code for scope in scopes for code in scope.districts or ()}
        names = session.scalars(
            select(District.short_name).where(District.code.in_(codes)).order_by(District.code)
        )
        places = [*names, *sorted({one for scope in scopes for one in scope.associations or ()})]
        why = f"您只能查看{'、'.join(places)}的，其他的未放入，请由可以查看全市的科室核对补入"
        yield Missing(of=title, what="其他地方的办件", why=why)


def _of_kind(
    session: Session,
    actor: Actor,
    catalog: Catalog,
    kind: str,
    first: dt.date | None,
    last: dt.date | None,
) -> list[tuple[int, str, str]]:
    if not kind:
        return []
    if kind not in catalog.case_kinds:
        known = "、".join(catalog.case_kinds)
        raise refuse("case_kind.unknown", f"没有办件种类 {kind[:60]}。可用：{known}。", field="kind")
    kinds = readable_kinds(actor, catalog, CaseQuery(kind=kind))
    if not kinds:
        return []
    readable = of_kinds(actor, catalog, kinds)
    statement = select(Case).where(readable).order_by(Case.opened, Case.id).limit(MOST_CASES + 1)
    if first is not None:
        statement = statement.where(Case.opened >= first)
    if last is not None:
        statement = statement.where(Case.opened <= last)
    return [(case.id, case.number, case.profession) for case in session.scalars(statement)]
