"""The invented lawyers of a body, drawn from the body's own source of chance, the head first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from plugins.lawyers.sample.numbers import practice_no, scattered
from plugins.lawyers.sample.people import education, first_practice, person, working_day
from plugins.lawyers.sample.plan import Branch, Firm, Plan, Unit
from suite.api import InventedPerson, Inventor

#: Category → digit 10 of the practice number.
DIGITS = {
    "专职律师": 1, "兼职律师": 2, "香港居民律师": 3, "澳门居民律师": 4, "台湾居民律师": 5, "公职律师": 6,
    "公司律师": 7, "法律援助律师": 8, "军队律师": 9,
}  # fmt: skip
_RESIDENCE = {"香港居民律师": "810000", "澳门居民律师": "820000", "台湾居民律师": "830000"}
PART_TIME, OVERSEAS = 0.028, 0.0015


@dataclass(frozen=True, kw_only=True)
class SampleLawyer:
    """An invented lawyer; `body` is empty for who has left."""

    person: InventedPerson
    education: str
    number: str
    serial: str
    category: str
    body: str
    district: tuple[str, str]
    first_on: dt.date
    entered_on: dt.date
    partner: bool
    status: str
    qualification_no: str
    qualification_type: str


def firm_lawyers(plan: Plan, firm: Firm, inventor: Inventor) -> Iterator[SampleLawyer]:
    """The lawyers of a firm: the head, the other partners, the rest."""
    inventor = inventor.apart("firm", firm.place)
    for position in range(firm.size):
        partner = position < firm.partners
        senior = partner or position == 0
        draw = inventor.draw.random()
        category = "专职律师"
        if not senior and draw < PART_TIME:
            category = "兼职律师"
        elif not senior and draw < PART_TIME + OVERSEAS:
            category = inventor.draw.choice(tuple(_RESIDENCE))
        yield _lawyer(
            plan, inventor, firm.first_lawyer + position, category, firm.name, firm.district,
            partner=partner, senior=senior, head=position == 0,
        )  # fmt: skip


def branch_lawyers(plan: Plan, branch: Branch, inventor: Inventor) -> Iterator[SampleLawyer]:
    """The lawyers of a branch, its head first."""
    inventor = inventor.apart("branch", branch.place)
    for position in range(branch.size):
        yield _lawyer(
            plan, inventor, branch.first_lawyer + position, "专职律师", branch.name, branch.district,
            senior=position == 0, head=position == 0,
        )  # fmt: skip


def unit_lawyers(plan: Plan, unit: Unit, inventor: Inventor) -> Iterator[SampleLawyer]:
    """The government, in-house or legal-aid lawyers of a unit."""
    inventor = inventor.apart("unit", unit.first_lawyer)
    for position in range(unit.size):
        place = unit.first_lawyer + position
        yield _lawyer(plan, inventor, place, unit.category, unit.name, unit.district)


def all_lawyers(plan: Plan) -> Iterator[SampleLawyer]:
    """Everybody, body by body."""
    inventor = plan.inventor()
    for firm in plan.firms:
        yield from firm_lawyers(plan, firm, inventor)
    for branch in plan.branches:
        yield from branch_lawyers(plan, branch, inventor)
    for unit in plan.units:
        yield from unit_lawyers(plan, unit, inventor)
    inventor = inventor.apart("military")
    for place in range(plan.lawyers - plan.military, plan.lawyers):
        yield _lawyer(plan, inventor, place, "军队律师", "", inventor.district())


def head_of(plan: Plan, body: Firm | Branch) -> SampleLawyer:
    """The head of a body: the same person that the roster of lawyers shows first."""
    inventor = plan.inventor()
    if isinstance(body, Firm):
        return next(firm_lawyers(plan, body, inventor))
    return next(branch_lawyers(plan, body, inventor))


def _lawyer(
    plan: Plan,
    inventor: Inventor,
    place: int,
    category: str,
    body: str,
    district: tuple[str, str],
    *,
    partner: bool = False,
    senior: bool = False,
    head: bool = False,
) -> SampleLawyer:
    today, rng = plan.request.today, inventor.draw
    who = person(inventor, today, ages=(36, 62) if senior else None, area=_RESIDENCE.get(category))
    first = first_practice(inventor, who.birth_date, today, years_ago=6 if senior else 0)
    # Who came from another city of the province keeps the digits of that city.
    area = "1301" if rng.random() < 0.96 else f"13{rng.randint(2, 11):02d}"
    status = "正常执业" if head or not body else _status(rng)
    kind = "A证" if rng.random() < 0.9 else rng.choice(("B证", "C证"))
    year = first.year - rng.randint(1, 3)
    old = year < 2002  # the uniform examination began in 2002
    return SampleLawyer(
        person=who,
        education=education(inventor),
        number=practice_no(area, first.year, DIGITS[category], who.male, place),
        serial=f"1{scattered(place) + 10_000_000:08d}",
        category=category,
        body=body if status in ("正常执业", "停止执业") else "",
        district=district,
        first_on=first,
        entered_on=working_day(inventor.day(first, today - dt.timedelta(days=5))),
        partner=partner and status == "正常执业",
        status=status,
        qualification_no="" if old else f"{kind[0]}{year}{district[0]}{rng.randrange(10_000):04d}",
        qualification_type="律师资格证" if old else kind,
    )


def _status(rng: Random) -> str:
    draw = rng.random()
    if draw < 0.978:
        return "正常执业"
    if draw < 0.981:
        return "停止执业"
    if draw < 0.988:
        return "未受聘"
    return "注销" if draw < 0.9995 else "吊销"
