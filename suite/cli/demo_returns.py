"""A year of returns for the demonstration: handed in in time, one late, one sent back, one corrected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

from sqlalchemy import select

from suite.cli.demo_workbooks import SEED
from suite.contract.indicators import Chosen, Entries, Figure, parts_of, sides_of
from suite.contract.returns import Every
from suite.kernel.indicators.plan import TOWNSHIPS, VILLAGES
from suite.kernel.indicators.queries import side_counts
from suite.kernel.returns.known import known_numbers
from suite.kernel.returns.queries import return_desk, return_sheet
from suite.kernel.returns.reviewing import (
    CorrectReturn,
    RemindReturns,
    ReturnMeant,
    ReviewReturns,
    SendBackReturn,
)
from suite.kernel.returns.rules import periods_until, with_sums
from suite.kernel.returns.standing import reporters
from suite.kernel.returns.submitting import ReturnGiven, SubmitReturns
from suite.tables import FigureValue

if TYPE_CHECKING:
    from suite.bootstrap import Suite
    from suite.contract.commands import Actor
    from suite.contract.returns import FormCell, ReturnForm
    from suite.kernel.indicators.periods import Period
    from suite.kernel.returns.standing import Reporter

#: How many periods of a form are played: those that indicators read from January on, of the others three.
WHOLE_YEAR = ("core.platforms", "core.legal_aid", "core.mediation", "arbitration.monthly")
SOME, OF_BODIES = 3, 2
#: Who is late with this form, who is sent back, and who corrects that one.
LATE_FORM, LATE, SENT_BACK = "lawyers.monthly", "130123", "130107"
CORRECTED_FORM, CORRECTED = "core.legal_aid", "130102"
#: Cell → about how much a month; others by their unit.
USUAL = {
    "core.hotline_calls": 4200, "core.hotline_rated": 2600, "core.work_orders": 900,
    "core.service_items": 48, "core.legal_aid_cases": 46, "core.committees": 260, "core.defence_notices": 18,
    "core.mediators": 1100, "core.must_train": 320, "core.aid_evaluated": 400, "core.vision_steps": 12,
    "core.party_pairs": 21, "core.cloud_centres": 1, "arbitration.closed": 260, "arbitration.accepted": 300,
    "arbitration.milestones": 10,
}  # fmt: skip
SHARE = {
    "core.hotline_connected": 95, "core.hotline_satisfied": 97, "core.hotline_hours": 100,
    "core.work_orders_shared": 88, "core.service_items_online": 94, "core.defence_assigned": 100,
    "core.suspects_helped": 99, "core.defendants_defended": 98, "core.committees_standard": 84,
    "core.mediators_full_time": 17, "core.trained": 96, "core.aid_qualified": 100, "core.aid_good": 18,
    "core.vision_reached": 25, "arbitration.milestones_reached": 70,
}  # fmt: skip
OPINIONS, USUAL_SHARE = "appraisal.opinions", 85
ZONES = ("130171", "130172")
NOT_YET = {"core.mediation_centre": ("130131",), "core.appraisal_mediation": ("130128", "130129")}


def returns(suite: Suite, actor: Actor) -> str:
    """Play every form but that of the population, which comes with the census."""
    play = _Play(suite, actor)
    for form in suite.catalog.forms.values():
        if form.key == "core.population":
            continue
        number = 12 if form.key in WHOLE_YEAR else OF_BODIES if form.of_bodies else SOME
        periods = periods_until(form, suite.today, number if form.every is not Every.YEAR else 1)
        for period in reversed(periods):
            if period.first.year == suite.today.year:
                play.period(form, period, latest=period == periods[0])
    return f"{play.handed_in} 份报表，{play.story()}"


def _registers(suite: Suite) -> Iterator[tuple[str, Entries]]:
    """The figures that an indicator may also count from a ledger, with what it counts there."""
    for indicator in suite.catalog.indicators.values():
        for part in parts_of(indicator.measure):
            for side in sides_of(part.measure):
                choices = [choice for _, choice in side.sides] if isinstance(side, Chosen) else []
                entries = [choice for choice in choices if isinstance(choice, Entries)]
                for choice in choices:
                    if isinstance(choice, Figure) and entries:
                        yield choice.series, entries[0]


class _Play:
    """The forms of one bureau, handed in by its first user."""

    def __init__(self, suite: Suite, actor: Actor) -> None:
        self.suite, self.actor, self.handed_in = suite, actor, 0
        self._rng = Random(f"{SEED}:returns")
        self._today = suite.today
        self._last: dict[tuple[str, str], Decimal] = {}
        self._registers = dict(_registers(suite))
        with suite.reading() as session:
            self._places = {
                side.kind: side_counts(session, actor, suite.catalog, suite.today, "core", side)
                for side in (TOWNSHIPS, VILLAGES)
            }

    def period(self, form: ReturnForm, period: Period, *, latest: bool) -> None:
        """Everybody's return of a period in one command, on the fourth day after it; all but those of the
        latest period are reviewed."""
        suite, actor = self.suite, self.actor
        with suite.reading() as session:
            asked = reporters(session, suite.catalog, form, period)
            known = known_numbers(session, actor, suite.catalog, form, period.last)
            opinions = session.scalar(
                select(FigureValue.value).where(
                    FigureValue.key == OPINIONS,
                    FigureValue.period == period.text,
                    FigureValue.part == "",
                    FigureValue.district_code.is_(None),
                )
            )
        if latest and form.key == LATE_FORM:
            asked = [one for one in asked if one.who != LATE]
        given = []
        for place, one in enumerate(asked):
            values = {
                cell.series: self._number(form, cell, one, period, known.get(one.who, {}))
                for cell in form.cells
                if not cell.computed
            }
            whole = with_sums(form, values, period)
            for cell in form.cells:
                if cell.at_most in whole:
                    most = whole[cell.at_most]
                    share = SHARE.get(cell.series, USUAL_SHARE)
                    values[cell.series] = Decimal(int(most * share // 100))
            if OPINIONS in values and opinions is not None:
                # The opinions of all together are as many as were told before.
                values[OPINIONS] = Decimal(int(opinions) // len(asked) + (place < int(opinions) % len(asked)))
            given.append(
                ReturnGiven(district=None if one.body else one.district, body_id=one.body, values=values)
            )
        if given:
            with self._on(period.last + dt.timedelta(days=4)):
                done = suite.run(SubmitReturns(form=form.key, period=period.text, rows=tuple(given)), actor)
                if not latest:
                    kept = done.result["returns"]
                    meant = tuple(ReturnMeant(id=row["id"], expected_version=row["version"]) for row in kept)
                    suite.run(ReviewReturns(form=form.key, returns=meant), actor)
            self.handed_in += len(given)

    def _number(
        self, form: ReturnForm, cell: FormCell, one: Reporter, period: Period, known: dict[str, Decimal]
    ) -> Decimal:
        """What is known, else near the number of the last period."""
        series = self.suite.catalog.figures[cell.series]
        if cell.series in known:
            return known[cell.series]
        if (register := self._registers.get(cell.series)) is not None:
            return self._entered(register, form.owner, period)
        if series.yes_no:
            return Decimal(one.who not in NOT_YET.get(cell.series, ()))
        townships, villages = (int(found.get(one.district, 0)) for found in self._places.values())
        of_places = {
            "core.centres_built": townships + (one.district not in ZONES),
            "core.places_with_committee": townships + villages,
            "core.townships_with_two": townships - townships // 12,
        }
        if cell.series in of_places:
            return Decimal(of_places[cell.series])
        last = self._last.get((cell.series, one.who))
        usual = last if last is not None else Decimal(USUAL.get(cell.series, self._rng.randint(20, 60)))
        steady = not cell.jump or not series.flow
        number = usual if steady else Decimal(int(usual * self._rng.randint(93, 108) / 100))
        self._last[cell.series, one.who] = number
        return number

    def _entered(self, register: Entries, owner: str, period: Period) -> Decimal:
        """How many entries of a period a register holds, which is asked for the same number one by one."""

        def until(day: dt.date) -> int:
            with self.suite.reading() as session:
                found = side_counts(session, self.actor, self.suite.catalog, day, owner, register)
            return int(sum(found.values()))

        before = period.first - dt.timedelta(days=1)
        former = until(before) if before.year == period.first.year else 0
        return Decimal(until(min(period.last, self._today)) - former)

    def story(self) -> str:
        """One is missing and reminded, one is sent back, one corrects what it handed in."""
        suite, actor = self.suite, self.actor
        told = []
        for key in (LATE_FORM, CORRECTED_FORM):
            if key not in suite.catalog.forms:
                continue
            with suite.reading() as session:
                desk = return_desk(session, actor, suite.catalog, key, suite.today, number=1)
            if not desk.periods:
                continue
            period = desk.periods[0].text
            marks = {line.reporter.who: line.marks[0] for line in desk.lines}
            if key == LATE_FORM:
                if (sent := marks.get(SENT_BACK)) is not None and sent.id:
                    suite.run(
                        SendBackReturn(
                            form=key,
                            return_id=sent.id,
                            expected_version=sent.version,
                            reason="业务收费单位应为万元，请核对",
                        ),
                        actor,
                    )
                suite.run(RemindReturns(form=key, period=period), actor)
                told.append("1 份未报已催报，1 份退回")
            elif (mark := marks.get(CORRECTED)) is not None and mark.id:
                with suite.reading() as session:
                    sheet = return_sheet(session, actor, suite.catalog, key, period, CORRECTED, suite.today)
                line = next(line for line in sheet.cells if line.series.key == "core.legal_aid_cases")
                suite.run(
                    CorrectReturn(
                        form=key,
                        return_id=mark.id,
                        expected_version=mark.version,
                        values={line.series.key: (line.value or Decimal(0)) + 3},
                        reason="月末受理的 3 件漏计",
                    ),
                    actor,
                )
                told.append("1 份更正")
        return "，".join(told) or "没有须催报的"

    @contextmanager
    def _on(self, day: dt.date) -> Iterator[None]:
        """The business date of another day, no later than today's."""
        former = self.suite.today_override
        self.suite.today_override = min(day, self._today)
        try:
            yield
        finally:
            self.suite.today_override = former
