"""What is judged: everybody on a roster on the day that settles it, with their records of the period."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from suite.contract.assessment import AssessmentRecords, AssessmentScheme, Outcome
from suite.contract.case_facts import Finding
from suite.contract.declarations import RecordKind
from suite.kernel.assessment.logged import logged_about
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.as_of import SUBJECTS, as_of_column, on_roster
from suite.kernel.registry.current import chunks
from suite.loader.catalog import Catalog
from suite.tables import (
    Allegation,
    Assessment,
    Campaign,
    Case,
    CaseEvent,
    CaseParty,
    Identity,
    Person,
    Subject,
)

PERSONS = Subject.metadata.tables[Person.__tablename__]
IDENTITIES = Subject.metadata.tables[Identity.__tablename__]


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Somebody on the roster of the day, where it stood then."""

    subject_id: int
    name: str
    body_id: int | None
    scope: Mapping[str, Any]
    records: AssessmentRecords


@dataclass(frozen=True, kw_only=True)
class Period:
    """The period that is judged, and the day that settles who takes part."""

    first: dt.date
    last: dt.date
    frozen_on: dt.date
    parameters: Mapping[str, Any]


def period_of(campaign: Campaign, work: Transaction) -> Period:
    """The period of a season, with the parameters in force."""
    return Period(
        first=campaign.first, last=campaign.last, frozen_on=campaign.frozen_on, parameters=work.parameters
    )


def candidates(
    session: Session, catalog: Catalog, kind: RecordKind, period: Period, scheme: AssessmentScheme
) -> Iterator[Candidate]:
    """Everybody of a kind who was on its roster on the day, and whom the scheme is about."""
    rows = session.execute(_statement(kind, period.frozen_on)).mappings().all()
    ids = [row["id"] for row in rows]
    cases, beside = outcomes(session, catalog, ids, period)
    linked = links_to(session, catalog, kind, period.frozen_on)
    past = past_grades(session, scheme.key, period.first)
    logged = logged_about(session, catalog, scheme.reads, ids, (period.first, period.last))
    bodies = _statuses(session, catalog, {row["body_id"] for row in rows} - {None}, period.frozen_on)
    readable = [field for field in kind.fields if not field.sensitive and field.table is not IDENTITIES]
    for row in rows:
        candidate = Candidate(
            subject_id=row["id"],
            name=row["name"],
            body_id=row["body_id"],
            scope={
                "profession": kind.owner,
                "district_code": row["district"],
                "association": row["association"],
            },
            records=AssessmentRecords(
                kind=kind.key,
                status=row["status"],
                period=(period.first, period.last),
                since=row["valid_from"],
                body_status=bodies.get(row["body_id"]),
                values={field.key: row[f"f_{field.key}"] for field in readable},
                cases=tuple(cases.get(row["id"], ())),
                beside=tuple(beside.get(row["id"], ())),
                linked=linked.get(row["id"], {}),
                past=past.get(row["id"], {}),
                logged=logged.get(row["id"], {}),
                parameters=period.parameters,
            ),
        )
        if scheme.takes is None or scheme.takes(candidate.records):
            yield candidate


def _statement(kind: RecordKind, day: dt.date) -> Any:
    def on_day(key: str, fallback: ColumnElement[Any]) -> ColumnElement[Any]:
        field = kind.by_key.get(key)
        return as_of_column(kind, field, field.table.c[field.name], day) if field else fallback

    readable = [field for field in kind.fields if not field.sensitive and field.table is not IDENTITIES]
    status = on_day("status", SUBJECTS.c.status)
    source: Any = SUBJECTS.join(kind.details, kind.details.c.subject_id == SUBJECTS.c.id)
    if kind.has_person:
        source = source.outerjoin(PERSONS, PERSONS.c.id == SUBJECTS.c.person_id)
    return (
        select(
            SUBJECTS.c.id,
            SUBJECTS.c.name,
            SUBJECTS.c.valid_from,
            SUBJECTS.c.association,
            status.label("status"),
            on_day("district_code", SUBJECTS.c.district_code).label("district"),
            on_day("body_id", SUBJECTS.c.body_id).label("body_id"),
            *(
                as_of_column(kind, field, field.table.c[field.name], day).label(f"f_{field.key}")
                for field in readable
            ),
        )
        .select_from(source)
        .where(SUBJECTS.c.kind == kind.key, on_roster(kind, day))
        .order_by(SUBJECTS.c.id)
    )


def _statuses(session: Session, catalog: Catalog, ids: set[int], day: dt.date) -> dict[int, str]:
    """What the status of bodies was on a day."""
    found: dict[int, str] = {}
    for part in chunks(sorted(ids)):
        present = select(SUBJECTS.c.kind).where(SUBJECTS.c.id.in_(part)).distinct()
        for key in session.scalars(present):
            kind = catalog.kinds.get(key)
            if kind is not None:
                status = as_of_column(kind, kind.by_key["status"], SUBJECTS.c.status, day)
                wanted = select(SUBJECTS.c.id, status).where(SUBJECTS.c.id.in_(part), SUBJECTS.c.kind == key)
                found.update(session.execute(wanted).all())
    return found


def links_to(
    session: Session, catalog: Catalog, wanted: RecordKind, day: dt.date
) -> dict[int, dict[str, int]]:
    """Record of a kind → kind and field → how many of that kind's roster named the record in it on a day."""
    found: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for kind in catalog.kinds_of(wanted.owner):
        for field in kind.fields:
            if wanted.key not in field.links or field.several:
                continue
            named = as_of_column(kind, field, field.table.c[field.name], day)
            source = SUBJECTS.join(kind.details, kind.details.c.subject_id == SUBJECTS.c.id)
            for number, count in session.execute(
                select(named, func.count())
                .select_from(source)
                .where(SUBJECTS.c.kind == kind.key, on_roster(kind, day), named.is_not(None))
                .group_by(named)
            ):
                found[number][f"{kind.key}.{field.key}"] = count
    return found


def past_grades(session: Session, scheme: str, before: dt.date) -> dict[int, dict[int, str]]:
    """Subject → year → grade, of the seasons of a scheme that were published and ended before a day."""
    found: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for subject_id, last, grade in session.execute(
        select(Assessment.subject_id, Campaign.last, Assessment.grade)
        .join(Campaign, Campaign.id == Assessment.campaign_id)
        .where(
            Campaign.scheme == scheme,
            Campaign.closed_on.is_not(None),
            Campaign.last < before,
            Assessment.grade.is_not(None),
        )
        .order_by(Campaign.last)
    ):
        found[subject_id][last.year] = str(grade)
    return found


Told = dict[int, list[Outcome]]


def outcomes(session: Session, catalog: Catalog, ids: Sequence[int], period: Period) -> tuple[Told, Told]:
    """Subject → the cases about it that were open in the period or closed in it, and those of that time in
    which it has another place."""
    found: defaultdict[int, list[Outcome]] = defaultdict(list)
    beside: defaultdict[int, list[Outcome]] = defaultdict(list)
    rows: dict[int, Case] = {}
    about: list[tuple[int, int, bool]] = []
    for part in chunks(list(ids)):
        for case, party in session.execute(
            select(Case, CaseParty)
            .join(CaseParty, CaseParty.case_id == Case.id)
            .where(
                CaseParty.subject_id.in_(part),
                CaseParty.left_on.is_(None),
                Case.opened <= period.last,
                or_(Case.closed.is_(None), Case.closed >= period.first),
            )
            .order_by(Case.id)
        ):
            kind = catalog.case_kinds.get(case.kind)
            if kind is not None and party.subject_id is not None:
                rows[case.id] = case
                about.append((party.subject_id, case.id, party.role == kind.respondent))
    valid = _valid(session, catalog, rows, period.parameters)
    values, days = _values(session, catalog, rows), _days(session, rows)
    for subject_id, case_id, respondent in about:
        case = rows[case_id]
        (found if respondent else beside)[subject_id].append(
            Outcome(
                kind=case.kind,
                work=catalog.case_kinds[case.kind].work,
                number=case.number,
                state=case.state,
                opened=case.opened,
                closed=case.closed,
                valid=case_id in valid,
                values=values.get(case_id, {}),
                days=days.get(case_id, {}),
            )
        )
    return found, beside


def _valid(
    session: Session, catalog: Catalog, cases: Mapping[int, Case], parameters: Mapping[str, Any]
) -> set[int]:
    """Cases with a finding that stands and says so; the kind's switch says whether a partly true one does."""
    found = set()
    for part in chunks(list(cases)):
        for case_id, finding in session.execute(
            select(Allegation.case_id, Allegation.finding).where(
                Allegation.case_id.in_(part),
                Allegation.finding.is_not(None),
                Allegation.annulled_on.is_(None),
            )
        ):
            switch = catalog.case_kinds[cases[case_id].kind].partly_counts
            partly = bool(parameters[switch]) if switch else False
            if finding == Finding.SUBSTANTIATED or (partly and finding == Finding.PARTLY):
                found.add(case_id)
    return found


def _days(session: Session, cases: Mapping[int, Case]) -> dict[int, dict[str, dt.date]]:
    """Case → command → the day on which it was last taken."""
    found: defaultdict[int, dict[str, dt.date]] = defaultdict(dict)
    for part in chunks(list(cases)):
        for case_id, command, on in session.execute(
            select(CaseEvent.case_id, CaseEvent.command, CaseEvent.on_date)
            .where(CaseEvent.case_id.in_(part), CaseEvent.command != "")
            .order_by(CaseEvent.id)
        ):
            found[case_id][command] = on
    return found


def _values(session: Session, catalog: Catalog, cases: Mapping[int, Case]) -> dict[int, dict[str, Any]]:
    """The fields of cases, kind by kind."""
    by_kind: defaultdict[str, list[int]] = defaultdict(list)
    for case_id, case in cases.items():
        by_kind[case.kind].append(case_id)
    found = {}
    for key, ids in by_kind.items():
        kind = catalog.case_kinds[key]
        columns = {field.key: kind.details.c[field.name] for field in kind.fields if not field.sensitive}
        for part in chunks(ids):
            for row in session.execute(
                select(
                    kind.details.c.case_id, *(column.label(name) for name, column in columns.items())
                ).where(kind.details.c.case_id.in_(part))
            ).mappings():
                found[row["case_id"]] = {name: row[name] for name in columns}
    return found
