"""Who counts: villages, agreements in force, practising counsel, organs: sides of coverages and numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from sqlalchemy import ColumnElement, and_, false, or_, true

from plugins.lawyers.counsel.kinds import ORGAN_COUNSEL, VILLAGE_COUNSEL
from plugins.lawyers.counsel.ledgers import SERVICES
from plugins.lawyers.counsel.parameters import (
    ALL_ORGANS,
    FIVE_ONES,
    LECTURE_MONTHS,
    LECTURES,
    MONTHS,
    PER_MONTH,
)
from plugins.lawyers.kinds import EMPLOYER_UNIT, LAW_FIRM, LAWYER
from suite.api import AsOf, EntryAsOf, Members, whole_months

#: No more months are looked back on.
MOST_MONTHS = 12
PRACTISING = Members(kind=LAWYER.key, title="执业律师", where=lambda at: at.field("status") == "active")
#: Firms that may take on villages: those that practise.
FIRMS = Members(kind=LAW_FIRM.key, title="律师事务所", where=lambda at: at.field("status") == "active")
#: The levels of 县级以上 within the city; organs of the province and above are not the city's.
COUNTY_AND_UP, ALL_LEVELS = ("city", "county"), ("city", "county", "township")


def in_force(at: AsOf) -> ColumnElement[bool]:
    """An agreement that has not ended; that it has begun and was not terminated the roster says."""
    return at.field("valid_until") >= at.day


def _by_practising(at: AsOf) -> ColumnElement[bool]:
    """In force, and the lawyer is nobody of whom we know that he practises no more."""
    return in_force(at) & ~at.points_outside("counsel_id", PRACTISING)


VILLAGES = Members(kind="core.village", title="村（居）")
VILLAGE_AGREEMENTS = Members(kind=VILLAGE_COUNSEL.key, title="有效的村（居）法律顾问协议", where=in_force)
SOUND_VILLAGE_AGREEMENTS = Members(
    kind=VILLAGE_COUNSEL.key, title="顾问正常执业的有效协议", where=_by_practising
)
COVERED_VILLAGES = Members(
    kind="core.village",
    title="有有效协议的村（居）",
    where=lambda at: at.linked(VILLAGE_AGREEMENTS) > 0,
)


def _standing_since(first: dt.date) -> Members:
    """Agreements that were in force on the first day of a time for which service is asked."""
    return Members(
        kind=VILLAGE_COUNSEL.key,
        title="当时有效的协议",
        where=lambda at: (at.field("starts_on") <= first) & (at.field("valid_until") >= first),
    )


def _held(service: str | None = None) -> Callable[[EntryAsOf], ColumnElement[bool]]:
    """Services that took place, of one kind or of any."""

    def condition(entry: EntryAsOf) -> ColumnElement[bool]:
        held = entry.column("state") == "held"
        return held if service is None else held & (entry.column("service") == service)

    return condition


def is_served(at: AsOf) -> ColumnElement[bool]:
    """A village was served as is asked: so often in each of the last whole months, so many lectures in them.

    A time that had begun before the village had an agreement asks for nothing.
    """
    asked = []
    for first, last in whole_months(at.day, min(at.number(MONTHS), MOST_MONTHS)):
        enough = at.logged(SERVICES, where=_held(), span=(first, last)) >= at.number(PER_MONTH)
        asked.append(or_(at.linked(_standing_since(first)) == 0, enough))
    lectures = whole_months(at.day, min(at.number(LECTURE_MONTHS), MOST_MONTHS))
    if lectures and at.number(LECTURES) > 0:
        span = (lectures[0][0], lectures[-1][1])
        held = at.logged(SERVICES, where=_held("lecture"), span=span) >= at.number(LECTURES)
        asked.append(or_(at.linked(_standing_since(span[0])) == 0, held))
    return and_(true(), *asked)


def had_five_ones(at: AsOf) -> ColumnElement[bool]:
    """A village had each of the yearly five at least once since New Year."""
    wanted = [service for service, switch in FIVE_ONES.items() if at.switch(switch)]
    if not wanted:
        return false()
    return and_(*(at.logged(SERVICES, where=_held(service)) > 0 for service in wanted))


SERVED_VILLAGES = Members(kind="core.village", title="服务达到要求的村（居）", where=is_served)
EFFECTIVE_VILLAGES = Members(
    kind="core.village",
    title="有效覆盖的村（居）",
    where=lambda at: (at.linked(SOUND_VILLAGE_AGREEMENTS) > 0) & is_served(at),
)
FIVE_ONES_VILLAGES = Members(kind="core.village", title="完成“五个一”的村（居）", where=had_five_ones)

ORGAN_AGREEMENTS = Members(kind=ORGAN_COUNSEL.key, title="有效的党政机关法律顾问", where=in_force)
SOUND_ORGAN_AGREEMENTS = Members(
    kind=ORGAN_COUNSEL.key, title="顾问正常执业的党政机关法律顾问", where=_by_practising
)
GOVERNMENT_LAWYERS = Members(
    kind=LAWYER.key,
    title="公职律师",
    where=lambda at: (at.field("status") == "active") & (at.field("category") == "government"),
)


def is_organ(at: AsOf, levels: tuple[str, ...]) -> ColumnElement[bool]:
    """An organ of the party or the government of these levels that is not exempt."""
    others = ("congress_organ", "mass_organisation") if at.switch(ALL_ORGANS) else ()
    kinds = ("party_organ", "government_organ", *others)
    exempt = at.field("counsel_exempt")
    return and_(
        at.field("category").in_(kinds),
        at.field("unit_level").in_(levels),
        or_(exempt.is_(None), exempt.is_(False)),
    )


def has_counsel(at: AsOf) -> ColumnElement[bool]:
    """An organ with at least one counsel in force."""
    return at.linked(ORGAN_AGREEMENTS) > 0


def is_shared(at: AsOf) -> ColumnElement[bool]:
    """An organ that shares or entrusts its government lawyer, as approved."""
    return at.field("lawyer_mode").in_(("shared", "entrusted"))


def has_government_lawyer(at: AsOf) -> ColumnElement[bool]:
    """An organ with a government lawyer of its own, or an approved arrangement."""
    return or_(at.linked(GOVERNMENT_LAWYERS) > 0, is_shared(at))


ORGANS = Members(kind=EMPLOYER_UNIT.key, title="党政机关", where=lambda at: is_organ(at, ALL_LEVELS))
SHARING_ORGANS = Members(
    kind=EMPLOYER_UNIT.key,
    title="统筹共享或委托的党政机关",
    where=lambda at: is_organ(at, ALL_LEVELS) & is_shared(at),
)
