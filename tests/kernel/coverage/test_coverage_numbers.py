"""Coverage against counting by hand: random agreements, services and endings, on random days.

Page, indicator and a plain loop over all villages must say the same, whatever the switches leave out.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from random import Random

import pytest

from plugins.lawyers.counsel.parameters import AT_FIRST
from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.coverage.board import CoverageAsk, CoverageBoard
from suite.kernel.coverage.queries import coverage_board, servers
from suite.kernel.coverage.rules import Standing
from suite.kernel.indicators.board import Question
from suite.kernel.indicators.queries import indicator_board
from suite.kernel.ledgers.commands import EntryEdit, SaveLedgerEntries
from suite.kernel.parameters.commands import SetParameter
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.testing.factories import a_firm, a_lawyer, make, uscc
from suite.testing.fixtures import TODAY

KEY, KIND, SERVICES = (
    "lawyers.village_counsel_coverage",
    "lawyers.village_counsel",
    "lawyers.counsel_services",
)
XINJI, ZONES = "130181", ("130171", "130172")
SOON, MONTHS = 60, 3
DAYS = (TODAY, dt.date(2026, 9, 1), dt.date(2026, 6, 30), dt.date(2025, 12, 31))


@dataclass
class Agreement:
    """What was entered of one agreement; `ended`: from which day on it is terminated."""

    id: int
    village: int
    first: dt.date
    last: dt.date
    practising: bool
    ended: dt.date | None = None

    def stands(self, day: dt.date) -> bool:
        """Neither terminated by the day nor still to begin."""
        return self.first <= day and (self.ended is None or day < self.ended)

    def in_force(self, day: dt.date) -> bool:
        """In force on a day."""
        return self.stands(day) and self.last >= day


@dataclass
class Hand:
    """Everything that was entered, and what follows from it by plain loops."""

    districts: dict[int, str]
    agreements: list[Agreement] = field(default_factory=list)
    services: list[tuple[int, dt.date, str, bool]] = field(default_factory=list)

    def served(self, village: int, day: dt.date) -> bool:
        own = [one for one in self.agreements if one.village == village and one.stands(day)]
        held = [(on, what) for at, on, what, done in self.services if at == village and done]
        months = [_month_before(day, number) for number in range(1, MONTHS + 1)]
        for first, last in months:
            asked = any(one.first <= first <= one.last for one in own)
            if asked and not any(first <= on <= last for on, _ in held):
                return False
        begin, end = months[-1][0], months[0][1]
        asked = any(one.first <= begin <= one.last for one in own)
        return not asked or any(begin <= on <= end and what == "lecture" for on, what in held)

    def standing(self, village: int, day: dt.date) -> Standing:
        """How a village stands on a day."""
        own = [one for one in self.agreements if one.village == village]
        today = [one for one in own if one.in_force(day)]
        if not today:
            return Standing.UNCOVERED
        if not any(one.practising for one in today) or not self.served(village, day):
            return Standing.PAPER
        soon = day + dt.timedelta(days=SOON)
        return Standing.COVERED if any(one.in_force(soon) for one in own) else Standing.EXPIRING

    def five(self, village: int, day: dt.date) -> bool:
        held = {
            what for at, on, what, done in self.services
            if at == village and done and dt.date(day.year, 1, 1) <= on <= day
        }  # fmt: skip
        return held >= set(AT_FIRST)

    def of(self, village: int) -> bool:
        """Whether anything was agreed for a village."""
        return any(one.village == village for one in self.agreements)

    def inside(self, *, xinji: bool, zones: bool) -> list[int]:
        return [
            village
            for village, district in self.districts.items()
            if (xinji or district != XINJI) and (zones or district not in ZONES)
        ]


def _month_before(day: dt.date, number: int) -> tuple[dt.date, dt.date]:
    whole = day.year * 12 + day.month - 1 - number
    following = whole + 1
    first = dt.date(whole // 12, whole % 12 + 1, 1)
    return first, dt.date(following // 12, following % 12 + 1, 1) - dt.timedelta(days=1)


def board_on(suite: Suite, actor: Actor, day: dt.date, **switches: bool) -> CoverageBoard:
    with suite.reading() as session:
        return coverage_board(session, actor, suite.catalog, CoverageAsk(key=KEY, as_of=day, **switches))


def villages(suite: Suite, admin: Actor) -> dict[int, str]:
    """The villages of a few districts, and six of 辛集 that are made here."""
    [town] = make(
        suite, admin, "core.township", {"name": "辛集镇", "main_no": "130181100", "district_code": XINJI}
    )
    rows = [
        {"name": f"第{n}村民委员会", "main_no": f"13018110020{n}", "district_code": XINJI, "body_id": town}
        for n in range(6)
    ]
    make(suite, admin, "core.village", *rows)
    board = board_on(suite, admin, TODAY)
    return {unit.id: unit.district or "" for unit in board.units}


def round_of(suite: Suite, admin: Actor, hand: Hand, lawyers: tuple[int, int], random: Random) -> None:
    """Enter some more agreements, services and endings."""
    known = sorted(hand.districts)
    # Few villages, so that several agreements and services meet in one.
    few = random.sample(known[:-6], 40) + known[-6:]
    drawn = []
    for _ in range(60):
        first = TODAY - dt.timedelta(days=random.randrange(-40, 700))
        last = first + dt.timedelta(days=random.choice((50, 180, 365, 729)))
        drawn.append((random.choice(few), first, last, random.random() < 0.8))
    # An import finds an agreement by village and first day: one of each.
    drawn = list({(one[0], one[1]): one for one in drawn}.values())
    rows = [
        {"body_id": at, "starts_on": first, "valid_until": last, "counsel_id": lawyers[not practising]}
        for at, first, last, practising in drawn
    ]
    ids = make(suite, admin, KIND, *rows)
    made = [Agreement(one, *row) for one, row in zip(ids, drawn, strict=True)]
    ending = [one for one in made if one.first < TODAY and random.random() < 0.2]
    for one in ending[:4]:
        one.ended = one.first + dt.timedelta(days=random.randrange((TODAY - one.first).days + 1))
        row = RowEdit(values={"status": "terminated", "ended_on": one.ended}, subject_id=one.id)
        suite.run(SaveRecords(kind=KIND, rows=(row,), effective_on=one.ended), admin)
    hand.agreements += made
    entries = []
    for at in few:
        for _ in range(random.choice((0, 2, 9, 14))):
            day = TODAY - dt.timedelta(days=random.randrange(400))
            what, done = random.choice((*AT_FIRST, "visit")), random.random() < 0.9
            entries.append((at, day, what, done))
    hand.services += entries
    edits = tuple(
        EntryEdit(
            values={
                "title": "服务", "day": day, "subject": (at,), "service": what,
                "state": "held" if done else "planned",
            }
        )
        for at, day, what, done in entries
    )  # fmt: skip
    suite.run(SaveLedgerEntries(ledger=SERVICES, rows=edits), admin)


def compare(suite: Suite, admin: Actor, hand: Hand, day: dt.date, *, xinji: bool, zones: bool) -> None:
    board = board_on(suite, admin, day, with_xinji=xinji, with_zones=zones)
    wanted = {village: hand.standing(village, day) for village in hand.inside(xinji=xinji, zones=zones)}
    assert {unit.id: unit.standing for unit in board.units} == wanted
    counts = Counter(wanted.values())
    assert {standing: board.whole.of(standing) for standing in Standing} == {
        standing: counts[standing] for standing in Standing
    }
    assert sum(branch.tally.total for branch in board.tree) == len(wanted)
    for branch in board.tree:
        assert sum(group.tally.uncovered for group in branch.groups) == branch.tally.uncovered


def numbers(suite: Suite, admin: Actor, day: dt.date) -> dict[str, object]:
    with suite.reading() as session:
        question = Question(as_of=day, numbers=("13", "T5", "T15"))
        board = indicator_board(session, admin, suite.catalog, question)
    return {str(value.target.no): value.whole.numerator for value in board.values if value.target}


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.long)])
def test_coverage_is_what_a_plain_count_says(suite_: Suite, admin: Actor, long: bool, seed: int) -> None:
    random = Random(seed)
    hand = Hand(districts=villages(suite_, admin))
    assert {XINJI, *ZONES} <= set(hand.districts.values())
    firm = make(suite_, admin, "lawyers.law_firm", a_firm())[0]
    one, other = a_lawyer(1, body_id=firm), a_lawyer(2, body_id=firm, status="suspended")
    lawyers = tuple(make(suite_, admin, "lawyers.lawyer", one, other))
    seen: set[Standing] = set()
    for _ in range(4 if long else 1):
        round_of(suite_, admin, hand, (lawyers[0], lawyers[1]), random)
        for day in DAYS if long else DAYS[:2]:
            compare(suite_, admin, hand, day, xinji=random.random() < 0.5, zones=random.random() < 0.5)
            seen |= {hand.standing(village, day) for village in hand.districts if hand.of(village)}
    assert seen == set(Standing) if long else seen >= {Standing.COVERED, Standing.PAPER, Standing.UNCOVERED}
    compare(suite_, admin, hand, TODAY, xinji=True, zones=True)
    # The number that is reported, with both switches as the bureau sets them.
    for xinji in (True, False):
        if not xinji:
            for key in ("core.include_xinji", "core.include_zones"):
                suite_.run(
                    SetParameter(key=key, value="false", valid_from=dt.date(2026, 1, 1), source="试"), admin
                )
        inside = hand.inside(xinji=xinji, zones=xinji)
        stand = Counter(hand.standing(village, TODAY) for village in inside)
        found = numbers(suite_, admin, TODAY)
        assert found["13"] == len(inside) - stand[Standing.UNCOVERED]
        assert found["T5"] == stand[Standing.COVERED] + stand[Standing.EXPIRING]
        assert found["T15"] == sum(hand.five(village, TODAY) for village in inside)
        assert board_on(suite_, admin, TODAY).whole.total == len(inside)


def test_organs_are_told_by_level(suite_: Suite, admin: Actor) -> None:
    """A group that is a code stays what it is, on both engines."""
    levels = ("county", "township", "county")
    units = [
        {
            "name": f"第{n}机关", "main_no": uscc(n, "11", "130102"), "category": "government_organ",
            "unit_level": level, "district_code": "130102", "status": "active",
        }
        for n, level in enumerate(levels, 1)
    ]  # fmt: skip
    make(suite_, admin, "lawyers.employer_unit", *units)
    ask = CoverageAsk(key="lawyers.government_lawyer_coverage", as_of=TODAY)
    with suite_.reading() as session:
        board = coverage_board(session, admin, suite_.catalog, ask)
    (branch,) = board.tree
    assert [(group.title, group.tally.total) for group in branch.groups] == [("县级", 2), ("乡级", 1)]


def test_a_firm_is_in_the_same_township_as_one_township_only(suite_: Suite, admin: Actor) -> None:
    board = board_on(suite_, admin, TODAY)
    towns = sorted({unit.code[:9] for unit in board.units if unit.district == "130102"})
    firm = a_firm(1, district_code="130102", address_code=f"{towns[0]}001")
    make(suite_, admin, "lawyers.law_firm", firm)
    ask = CoverageAsk(key=KEY, as_of=TODAY)

    def near(prefix: str) -> list[int]:
        units = [unit for unit in board.units if unit.code.startswith(prefix)]
        with suite_.reading() as session:
            return [one.near for one in servers(session, admin, suite_.catalog, ask, units)]

    assert (near(towns[0]), near(towns[1]), near("130102"), near("130104")) == ([0], [1], [1], [2])
