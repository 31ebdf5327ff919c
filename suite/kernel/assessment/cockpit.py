"""The cockpit of a season: who is missing, per district, body and step; why some do not take part; quotas.

What lies out of the actor's scope is neither listed nor counted. Every number opens its rows: see `choosing`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from suite.contract.assessment import AssessmentScheme
from suite.contract.commands import Actor
from suite.kernel.assessment.movement import gone_from, moved_from
from suite.kernel.assessment.progress import CampaignLine, campaign_row, inside_of, line_of, subject_names
from suite.kernel.assessment.schemes import scheme_of, terms_of_season
from suite.kernel.assessment.standing import IN, RUNNING, STANDINGS, WALKING
from suite.kernel.registry.districts import full_district_names
from suite.loader.catalog import Catalog
from suite.tables import Assessment, Objection, Subject


@dataclass(frozen=True, kw_only=True)
class Place:
    """Those of one district or one body. waiting: step → how many of those who take part wait for it, the
    empty step for who is through. resting: how many do not go through the steps."""

    key: str | int | None
    title: str
    taking_part: int
    waiting: Mapping[str, int]
    resting: int


@dataclass(frozen=True, kw_only=True)
class RestingLine:
    """Why some do not take part, or without a grade: the standing, the rule, and its words."""

    standing: str
    rule: str | None
    text: str
    number: int


@dataclass(frozen=True, kw_only=True)
class QuotaLine:
    """How many of a group may have a grade at most, and how many have it. `proposed`: have it proposed."""

    grade: str
    group: str | None
    most: int
    given: int
    proposed: int

    @property
    def binds(self) -> bool:
        """Whether all of it is given, or more is proposed than there is."""
        return self.given >= self.most or self.given + self.proposed > self.most


@dataclass(frozen=True, kw_only=True)
class Cockpit:
    """How far a season has come, from one count of all who are in it.

    waiting: step → how many wait for it. grades: grade → how many. standings: standing → how many.
    resting: the exceptions, each by its rule. moved: who stands in another body or district now. gone: who
    is on no roster any more. disputed: objections without answer.
    """

    campaign: CampaignLine
    scheme: AssessmentScheme
    standings: Mapping[str, int]
    waiting: Mapping[str, int]
    grades: Mapping[str, int]
    districts: Sequence[Place]
    bodies: Sequence[Place]
    resting: Sequence[RestingLine]
    quotas: Sequence[QuotaLine]
    moved: int
    gone: int
    disputed: int

    @property
    def missing(self) -> list[tuple[int | None, str, int]]:
        """Bodies whose people have not finished the first step, with how many of them, the most first."""
        first = self.scheme.steps[0].key
        return [
            (place.key, place.title, place.waiting[first])
            for place in self.bodies
            if not isinstance(place.key, str) and place.waiting.get(first)
        ]


def cockpit(session: Session, actor: Actor, catalog: Catalog, campaign_id: int) -> Cockpit:
    """How far a season has come. Raises Refused for one that is not there or may not be read."""
    row = campaign_row(session, actor, campaign_id)
    scheme, terms = scheme_of(catalog, row.scheme), terms_of_season(session, row)
    inside = inside_of(actor, row)
    columns = (
        Assessment.district_code, Assessment.body_id, Assessment.standing, Assessment.rule,
        Assessment.rule_text, Assessment.step, Assessment.grade, Assessment.proposal, Assessment.group,
    )  # fmt: skip
    counted = [
        _Counted._make(line)
        for line in session.execute(select(*columns, func.count()).where(*inside).group_by(*columns))
    ]
    names = subject_names(session, [line.body for line in counted])
    grades = Counter[str]()
    for line in counted:
        if line.grade is not None:
            grades[line.grade] += line.number
    standings = Counter[str]()
    for line in counted:
        standings[line.standing] += line.number
    disputed = session.scalar(
        select(func.count())
        .select_from(Objection)
        .join(Assessment, Assessment.id == Objection.assessment_id)
        .where(*inside, Objection.decided_on.is_(None))
    )
    first = scheme.steps[0].key
    return Cockpit(
        campaign=line_of(session, row, standings[IN], _graded(counted)),
        scheme=scheme,
        standings={key: standings[key] for key in STANDINGS},
        waiting=_waiting(counted),
        grades=grades,
        districts=sorted(
            _places(counted, lambda line: line.district, full_district_names(session)),
            key=lambda place: str(place.key or "9"),
        ),
        bodies=sorted(
            _places(counted, lambda line: line.body, names) if names else (),
            key=lambda place: (-place.waiting.get(first, 0), place.title),
        ),
        resting=_resting(counted),
        quotas=list(_quotas(scheme, counted, terms.quotas)),
        moved=_number(session, inside, moved_from()) if row.state == RUNNING else 0,
        gone=_number(session, inside, gone_from(catalog, scheme)) if row.state == RUNNING else 0,
        disputed=disputed or 0,
    )


class _Counted(NamedTuple):
    """One line of the count: who is alike in all that the cockpit tells apart."""

    district: str | None
    body: int | None
    standing: str
    rule: str | None
    rule_text: str
    step: str
    grade: str | None
    proposal: str | None
    group: str | None
    number: int


def _waiting(lines: Iterable[_Counted]) -> Counter[str]:
    found = Counter[str]()
    for line in lines:
        if line.standing in WALKING:
            found[line.step] += line.number
    return found


def _graded(lines: Iterable[_Counted]) -> int:
    return sum(line.number for line in lines if line.standing == IN and line.grade is not None)


def _places(
    lines: Sequence[_Counted],
    key_of: Callable[[_Counted], str | int | None],
    names: Mapping[str, str] | Mapping[int, str],
) -> list[Place]:
    groups: defaultdict[str | int | None, list[_Counted]] = defaultdict(list)
    for line in lines:
        groups[key_of(line)].append(line)
    known: Mapping[Any, str] = names
    found = []
    for key, alike in groups.items():
        waiting = _waiting(alike)
        everybody = sum(line.number for line in alike)
        taking = waiting.total()
        found.append(
            Place(
                key=key,
                title=known.get(key, "" if key is None else str(key)),
                taking_part=taking,
                waiting=waiting,
                resting=everybody - taking,
            )
        )
    return found


def _resting(lines: Sequence[_Counted]) -> list[RestingLine]:
    found = Counter[tuple[str, str | None, str]]()
    for line in lines:
        if line.standing != IN:
            found[(line.standing, line.rule, line.rule_text)] += line.number
    order = list(STANDINGS)
    return [
        RestingLine(standing=standing, rule=rule, text=text, number=number)
        for (standing, rule, text), number in sorted(
            found.items(), key=lambda item: (order.index(item[0][0]), -item[1])
        )
    ]


def _quotas(
    scheme: AssessmentScheme, lines: Sequence[_Counted], shares: Mapping[str, Decimal]
) -> Iterator[QuotaLine]:
    """A quota is a share of all of the same group who take part, graded or not yet."""
    taking = [line for line in lines if line.standing == IN]
    for grade in scheme.grades:
        share = shares.get(grade.key)
        if share is None:
            continue
        for group in sorted({line.group for line in taking}, key=str):
            alike = [line for line in taking if line.group == group]
            yield QuotaLine(
                grade=grade.key,
                group=group,
                most=int(share * sum(line.number for line in alike)),
                given=sum(line.number for line in alike if line.grade == grade.key),
                proposed=sum(
                    line.number for line in alike if line.grade is None and line.proposal == grade.key
                ),
            )


def _number(session: Session, inside: Sequence[ColumnElement[bool]], condition: ColumnElement[bool]) -> int:
    return (
        session.scalar(
            select(func.count())
            .select_from(Assessment)
            .join(Subject, Subject.id == Assessment.subject_id)
            .where(*inside, condition)
        )
        or 0
    )
