"""What was recorded about a row that counts otherwise: its merges, licence events, posts, dated values."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from suite.contract.commands import Actor
from suite.contract.declarations import FieldType
from suite.contract.indicators import Figure, alternatives, parts_of, sides_of
from suite.kernel.audit.activity import SHANGHAI
from suite.kernel.indicators.comparing import IndicatorChange, RowChange
from suite.kernel.registry.current import chunks
from suite.kernel.registry.districts import short_district_names
from suite.loader.catalog import Catalog
from suite.tables import (
    CaseEvent,
    DatedValue,
    LicenceEvent,
    Merge,
    Post,
    Return,
    ReturnEvent,
    Subject,
)

#: More than so many records of one row say no more than these.
MOST_SAID = 4


@dataclass(frozen=True, kw_only=True)
class Since:
    """What is looked for: recorded after `at` (UTC), or taking effect after `day` and up to `until`."""

    at: dt.datetime
    day: dt.date
    until: dt.date


def explained(
    session: Session, actor: Actor, catalog: Catalog, changes: Sequence[IndicatorChange], since: Since
) -> tuple[IndicatorChange, ...]:
    """The same changes, each row with what was recorded about it. What is out of the reader's scope on the
    server says nothing."""
    rows = [row for change in changes for row in change.rows if row.id is not None]
    cases = {row.id for row in rows if row.kind in catalog.case_kinds and row.id is not None}
    subjects = {
        row.id: row.kind
        for row in rows
        if row.id is not None and row.kind is not None and row.kind in catalog.kinds
    }
    said: defaultdict[int, list[str]] = defaultdict(list)
    for part in chunks(sorted(subjects)):
        for number, words in _of_subjects(session, catalog, part, subjects, since):
            said[number].append(words)
    of_cases: defaultdict[int, list[str]] = defaultdict(list)
    for part in chunks(sorted(cases)):
        for number, words in _of_cases(session, part, since):
            of_cases[number].append(words)

    of_figures = _of_figures(session, actor, catalog, changes, since)

    def why(change: IndicatorChange, row: RowChange) -> RowChange:
        if row.id is None:
            found = of_figures.get((change.key, row.side, row.period, row.district), [])
            return replace(row, why=tuple(dict.fromkeys(found))[:MOST_SAID])
        known = of_cases if row.kind in catalog.case_kinds else said if row.kind in catalog.kinds else {}
        found = known.get(row.id, [])
        return replace(row, why=tuple(dict.fromkeys(found))[:MOST_SAID])

    return tuple(replace(change, rows=tuple(why(change, row) for row in change.rows)) for change in changes)


#: What is told of a return, beside its corrections.
RETURNED = {"submit": "报送", "send_back": "退回"}
Place = tuple[str, str, str | None, str | None]  # indicator, side, period, district


def _of_figures(
    session: Session, actor: Actor, catalog: Catalog, changes: Sequence[IndicatorChange], since: Since
) -> dict[Place, list[str]]:
    """What became of the returns behind figures that are otherwise: 更正, with the reason of who handed in.
    Of a return that the actor may not read nothing is told."""
    wanted: defaultdict[tuple[str, str], set[Place]] = defaultdict(set)
    for change in changes:
        series = {catalog.figures[key].title: key for key in series_of(catalog, change.key)}
        for row in change.rows:
            if row.period is not None and row.side in series:
                wanted[series[row.side], row.period].add((change.key, row.side, row.period, row.district))
    forms = {form.key: form for form in catalog.forms.values() if actor.may(f"{form.owner}:return:read")}
    if not wanted or not forms:
        return {}
    found: defaultdict[Place, list[str]] = defaultdict(list)
    for event, returned in session.execute(
        select(ReturnEvent, Return)
        .join(Return, Return.id == ReturnEvent.return_id)
        .where(
            ReturnEvent.at > since.at,
            ReturnEvent.what.in_(["correct", *RETURNED]),
            Return.form.in_(sorted(forms)),
            Return.period.in_(sorted({period for _, period in wanted})),
        )
        .order_by(ReturnEvent.id)
    ):
        form = forms[returned.form]
        scopes = actor.scopes(f"{form.owner}:return:read")
        if not any(
            scope.holds(returned.profession, returned.district_code, returned.association) for scope in scopes
        ):
            continue
        told = [event.cell] if event.cell is not None else form.by_series
        for key in told:
            for asked in wanted.get((key, returned.period), ()):
                whole = form.of_bodies and asked[-1] is None
                if whole or asked[-1] == returned.district_code:
                    found[asked].append(_returned(event))
    return found


def _returned(event: ReturnEvent) -> str:
    what = RETURNED.get(event.what, "更正")
    return f"{event.on_date} {what}" + (f"：{event.note}" if event.note else "")


def series_of(catalog: Catalog, key: str) -> Iterator[str]:
    """Which figures an indicator is made of; of one that is declared no more, none."""
    if (indicator := catalog.indicators.get(key)) is not None:
        for part in parts_of(indicator.measure):
            for side in sides_of(part.measure):
                if side is not None:
                    yield from (one.series for one in alternatives(side) if isinstance(one, Figure))


def _of_subjects(
    session: Session, catalog: Catalog, ids: Sequence[int], kinds: Mapping[int, str], since: Since
) -> Iterator[tuple[int, str]]:
    yield from _merges(session, ids, since)
    standing = {
        row.id: row
        for row in session.execute(
            select(Subject.id, Subject.valid_from, Subject.valid_to).where(Subject.id.in_(ids))
        )
    }
    for number in ids:
        row = standing.get(number)
        if row is None:
            yield number, "档案已不在库中（导入已撤回，或不在您的管理范围内）"
        elif row.valid_to is not None and row.valid_to <= since.until:
            yield number, f"自 {row.valid_to} 起退出名册"
    yield from _licences(session, catalog, ids, kinds, since)
    yield from _posts(session, ids, since)
    yield from _values(session, catalog, ids, kinds, since)


def _mark(row: Any, day: dt.date | None, since: Since) -> str:
    """Whether it was recorded late, taken back, or simply happened."""
    if row.voided_at is not None:
        return f"{_day(row.voided_at)} 作废"
    late = row.recorded_at > since.at and (day is None or day <= since.day)
    return f"{_day(row.recorded_at)} 补记" if late else "变动"


def _day(at: dt.datetime) -> dt.date:
    return at.astimezone(SHANGHAI).date()


def _concerns(table: Any, day: Any, since: Since) -> Any:
    return or_(
        table.recorded_at > since.at,
        table.voided_at > since.at,
        day.between(since.day + dt.timedelta(days=1), since.until),
    )


def _merges(session: Session, ids: Sequence[int], since: Since) -> Iterator[tuple[int, str]]:
    kept, gone = aliased(Subject), aliased(Subject)
    for row in session.execute(
        select(Merge.gone_id, Merge.kept_id, Merge.at, kept.name.label("kept"), gone.name.label("gone"))
        .join(kept, kept.id == Merge.kept_id)
        .join(gone, gone.id == Merge.gone_id)
        .where(
            Merge.undone_at.is_(None),
            or_(Merge.gone_id.in_(ids), Merge.kept_id.in_(ids)),
            Merge.at > since.at,
        )
        .order_by(Merge.id)
    ):
        yield row.gone_id, f"{_day(row.at)} 并入“{row.kept}”（#{row.kept_id}）"
        yield row.kept_id, f"{_day(row.at)} 由“{row.gone}”（#{row.gone_id}）并入"


def _licences(
    session: Session, catalog: Catalog, ids: Sequence[int], kinds: Mapping[int, str], since: Since
) -> Iterator[tuple[int, str]]:
    for row in session.scalars(
        select(LicenceEvent)
        .where(LicenceEvent.subject_id.in_(ids), _concerns(LicenceEvent, LicenceEvent.on_date, since))
        .order_by(LicenceEvent.on_date, LicenceEvent.id)
    ):
        kind = catalog.kinds.get(kinds.get(row.subject_id, ""))
        codes = kind.by_key["status"].codes if kind is not None else None
        state = catalog.code_title(codes or "", row.state)
        paper = f"（{row.document_no}）" if row.document_no else ""
        yield row.subject_id, f"{_mark(row, row.on_date, since)}：自 {row.on_date} 起{state}{paper}"


def _posts(session: Session, ids: Sequence[int], since: Since) -> Iterator[tuple[int, str]]:
    body = aliased(Subject)
    for row, name in session.execute(
        select(Post, body.name)
        .outerjoin(body, body.id == Post.body_id)
        .where(Post.subject_id.in_(ids), _concerns(Post, Post.from_date, since))
        .order_by(Post.from_date, Post.id)
    ):
        begun = f"自 {row.from_date} 起" if row.from_date else ""
        yield row.subject_id, f"{_mark(row, row.from_date, since)}：{begun}在“{name or row.body_id}”执业"


def _values(
    session: Session, catalog: Catalog, ids: Sequence[int], kinds: Mapping[int, str], since: Since
) -> Iterator[tuple[int, str]]:
    names: dict[str, str] = {}
    for row in session.scalars(
        select(DatedValue)
        .where(DatedValue.subject_id.in_(ids), _concerns(DatedValue, DatedValue.from_date, since))
        .order_by(DatedValue.from_date, DatedValue.id)
    ):
        if row.from_date is None and row.voided_at is None:
            continue  # what had always held, written down when it first changed
        kind = catalog.kinds.get(kinds.get(row.subject_id, ""))
        field = kind.by_key.get(row.field) if kind is not None else None
        if field is None or field.sensitive:
            continue
        words = row.value or "未填"
        if field.type in (FieldType.CODE, FieldType.CODES):
            words = catalog.code_title(field.codes or "", row.value) or "未填"
        elif field.type is FieldType.DISTRICT:
            words = _district(session, names, row.value)
        elif field.type is FieldType.BOOLEAN:
            words = "是" if row.value == "true" else "否"
        begun = f"自 {row.from_date} 起" if row.from_date else ""
        yield row.subject_id, f"{_mark(row, row.from_date, since)}：{field.title}{begun}为“{words}”"


def _district(session: Session, names: dict[str, str], code: str | None) -> str:
    if not names:
        names.update(short_district_names(session))
    return names.get(code or "", code or "未填")


def _of_cases(session: Session, ids: Sequence[int], since: Since) -> Iterator[tuple[int, str]]:
    for row in session.scalars(
        select(CaseEvent)
        .where(CaseEvent.case_id.in_(ids), CaseEvent.at > since.at)
        .order_by(CaseEvent.case_id, CaseEvent.id)
    ):
        yield row.case_id, f"{_day(row.at)} 办理：{row.title}"


@dataclass(frozen=True, kw_only=True)
class Whereabouts:
    """What became of a row that was counted: standing (with its name of today), merged, or gone."""

    state: str
    id: int | None
    name: str


def where_now(session: Session, ids: Collection[int]) -> dict[int, Whereabouts]:
    """What each of these subjects is today; every one has an answer."""
    found: dict[int, Whereabouts] = {}
    kept = aliased(Subject)
    for part in chunks(sorted(ids)):
        for row in session.execute(select(Subject.id, Subject.name).where(Subject.id.in_(part))):
            found[row.id] = Whereabouts(state="standing", id=row.id, name=row.name)
        for gone_id, kept_id, name in session.execute(
            select(Merge.gone_id, kept.id, kept.name)
            .join(kept, kept.id == Merge.kept_id)
            .where(Merge.gone_id.in_(part), Merge.undone_at.is_(None))
        ):
            if gone_id is not None:
                found[gone_id] = Whereabouts(state="merged", id=kept_id, name=name)
    return {number: found.get(number, Whereabouts(state="gone", id=None, name="")) for number in ids}
