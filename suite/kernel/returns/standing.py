"""Who hands in a form: the places or bodies of a period, what was handed in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor, Scope
from suite.contract.problems import ProblemKind, refuse
from suite.contract.returns import CITY, COUNTY, ReturnForm
from suite.kernel.indicators.periods import Period, every_of, parse_period
from suite.kernel.registry.as_of import on_roster
from suite.loader.catalog import Catalog
from suite.tables import District, Return, ReturnCell, Subject
from suite.tables.figures import part_of

CITY_NAME = "市本级"
BODY = "body"


@dataclass(frozen=True, kw_only=True)
class Reporter:
    """One who hands in: `who` as the returns write it, name, and where it lies."""

    who: str
    name: str
    district: str | None = None
    association: str | None = None
    body: int | None = None


def who_of(district: str | None, body: int | None) -> str:
    """How a return names who hands it in."""
    return part_of(BODY, body) if body is not None else district or ""


def period_meant(form: ReturnForm, text: str) -> Period:
    """A written period of the form's frequency. Raises Refused."""
    try:
        period = parse_period(text.strip())
    except ValueError:
        period = None
    if period is None or every_of(period) is not form.every:
        written = {"month": "2026-09", "quarter": "2026-Q3", "year": "2026"}[form.every]
        text = f"“{form.title}”的期间应写成 {written}，现为“{text[:20]}”。"
        raise refuse("return.period", text, field="period")
    return period


def reporters(session: Session, catalog: Catalog, form: ReturnForm, period: Period) -> list[Reporter]:
    """Who hands the form in for a period: bodies are those on the roster on its last day."""
    if form.by == CITY:
        return [Reporter(who="", name=CITY_NAME)]
    if form.of_bodies:
        kind = catalog.kind(form.by)
        rows = session.execute(
            select(Subject.id, Subject.name, Subject.district_code, Subject.association)
            .where(Subject.kind == form.by, on_roster(kind, period.last))
            .order_by(Subject.district_code, Subject.id)
        )
        return [
            Reporter(
                who=who_of(None, number), name=name, district=district, association=association, body=number
            )
            for number, name, district, association in rows
        ]
    districts = session.scalars(select(District).order_by(District.code))
    return [
        Reporter(who=row.code, name=row.short_name, district=row.code)
        for row in districts
        if form.by != COUNTY or row.standard
    ]


def within(scopes: Collection[Scope], form: ReturnForm, reporter: Reporter) -> bool:
    """Whether a reporter lies in one of the scopes."""
    return any(scope.holds(form.owner, reporter.district, reporter.association) for scope in scopes)


def readable_form(actor: Actor, catalog: Catalog, key: str) -> ReturnForm:
    """The form, if the actor may read its returns; raises Refused."""
    form = catalog.form(key)
    if not actor.may(f"{form.owner}:return:read"):
        text = f"您没有查看“{form.title}”的权限，请联系科室管理员。"
        raise refuse("not_permitted", text, ProblemKind.NOT_PERMITTED)
    return form


def values_of(session: Session, form: ReturnForm, period: Period) -> dict[str, dict[str, Decimal]]:
    """What was handed in for a period: who → cell → value. Drafts and what was sent back do not count."""
    found: dict[str, dict[str, Decimal]] = {}
    for who, cell, value in session.execute(
        select(Return.who, ReturnCell.cell, ReturnCell.value)
        .join(ReturnCell, ReturnCell.return_id == Return.id)
        .where(
            Return.form == form.key,
            Return.period == period.text,
            Return.state.in_(("submitted", "reviewed")),
        )
    ):
        found.setdefault(who, {})[cell] = value
    return found
