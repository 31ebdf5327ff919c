"""Seasons on somebody's desk: how far each that is not over has come, in one count of all of them."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from suite.contract.assessment import AssessmentScheme
from suite.contract.commands import Actor
from suite.contract.hooks import TodayItem
from suite.contract.states import StateKind
from suite.kernel.assessment.progress import read_scopes
from suite.kernel.assessment.standing import CLOSED, RUNNING, WALKING
from suite.kernel.assessment.windows import StepWindow, late_of, windows_of
from suite.kernel.search.queries import scope_condition
from suite.loader.catalog import Catalog
from suite.tables import Assessment, Campaign

#: A step is put on the desk so many days before its last one.
SOON = 7


@dataclass(frozen=True, kw_only=True)
class SeasonTask:
    """One season that is not over, or in which somebody is not through.

    waiting: step → how many wait for it, the empty step for who is through.

    mine: the steps that the actor may take. notice_until: the last day on which the results are shown.
    windows: step → the days for it.
    """

    id: int
    title: str
    scheme: AssessmentScheme
    state: str
    waiting: Mapping[str, int]
    mine: frozenset[str]
    notice_until: dt.date | None
    windows: Mapping[str, StepWindow]

    def late(self, today: dt.date) -> int:
        """How many still wait for a step whose days are over."""
        if self.state != RUNNING:
            return 0
        return sum(late_of(self.waiting, self.windows, today).values())


def season_tasks(
    session: Session, actor: Actor, catalog: Catalog, parameters: Mapping[str, object]
) -> list[SeasonTask]:
    """The seasons in which there is something to do within the actor's scope, the latest first."""
    schemes = {key: scheme for key, scheme in catalog.schemes.items() if read_scopes(actor, scheme.owner)}
    if not schemes:
        return []
    late = exists().where(
        Assessment.campaign_id == Campaign.id, Assessment.step != "", Assessment.standing.in_(WALKING)
    )
    rows = list(
        session.scalars(
            select(Campaign)
            .where(Campaign.scheme.in_(schemes), or_(Campaign.state != CLOSED, late))
            .order_by(Campaign.last.desc(), Campaign.id.desc())
        )
    )
    if not rows:
        return []
    inside = or_(
        *(
            (Assessment.profession == owner) & scope_condition(Assessment, read_scopes(actor, owner))
            for owner in {scheme.owner for scheme in schemes.values()}
        )
    )
    waiting: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for campaign_id, step, number in session.execute(
        select(Assessment.campaign_id, Assessment.step, func.count())
        .where(Assessment.campaign_id.in_([row.id for row in rows]), Assessment.standing.in_(WALKING), inside)
        .group_by(Assessment.campaign_id, Assessment.step)
    ):
        waiting[campaign_id][step] += number
    found = []
    for row in rows:
        scheme = schemes[row.scheme]
        if waiting[row.id]:
            found.append(
                SeasonTask(
                    id=row.id,
                    title=row.title,
                    scheme=scheme,
                    state=row.state,
                    waiting=waiting[row.id],
                    mine=frozenset(
                        step.key for step in scheme.steps if actor.may(f"{scheme.owner}:{step.action}")
                    ),
                    notice_until=row.notice_until,
                    windows=windows_of(scheme, row.last, parameters),
                )
            )
    return found


def season_items(tasks: Sequence[SeasonTask], today: dt.date) -> list[TodayItem]:
    """Steps that people of the actor's scope still owe, from a week before their last day on: as matters of
    the desk, each opening its season at those who wait for it."""
    return [
        TodayItem(
            title=f"{task.title}：{step.title}，还没有办",
            note=step.article or task.scheme.title,
            state=StateKind.BAD if window.overdue(today) else StateKind.WARN,
            count=task.waiting[step.key],
            due=window.last,
            page="assessment",
            ids=(task.id,),
            filters=(("step", step.key),),
        )
        for task in tasks
        if task.state == RUNNING
        for step in task.scheme.steps
        if step.key in task.mine
        and task.waiting.get(step.key)
        and (window := task.windows.get(step.key)) is not None
        and (window.last - today).days <= SOON
    ]
