"""The making of model villages: scored, named into the roster, rechecked every two years, taken away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import select

from plugins.popularization.honours.rules import HEADS, barred_until
from plugins.popularization.parameters import PARAMETERS
from suite.api import Around
from suite.bootstrap import Suite
from suite.contract.problems import Refused
from suite.kernel.casework.commands import LineGiven
from suite.tables import CaseParty, Subject
from suite.testing.factories import make
from tests.plugins.case_facts import DAY, case, subject
from tests.plugins.licence_desk import LicenceDesk

pytestmark = pytest.mark.sqlite_first

CASE, HONOUR = "popularization.village_honour", "popularization.democratic_rule_of_law_village"
CLOCK = "popularization.village.recheck"


def refused(act: Callable[[], object]) -> set[str]:
    with pytest.raises(Refused) as caught:
        act()
    return {problem.code for problem in caught.value.problems}


def scores(*points: int) -> tuple[LineGiven, ...]:
    return tuple(
        LineGiven(list_key="criteria", code=head, figure=Decimal(figure))
        for head, figure in zip(HEADS, points, strict=False)
    )


@pytest.fixture
def desk(suite_: Suite) -> LicenceDesk:
    return LicenceDesk(suite_)


@pytest.fixture
def village(desk: LicenceDesk) -> int:
    with desk.suite.reading() as session:
        return session.scalars(select(Subject.id).where(Subject.kind == "core.village").limit(1)).one()


def applied(desk: LicenceDesk, village: int, level: str = "city") -> int:
    return desk.open(CASE, "ApplyVillageHonour", village=(village,), level=level, batch="2025—2026")


def named(desk: LicenceDesk, village: int) -> int:
    number = applied(desk, village)
    desk.take(number, "RecommendVillage", county_opinion="同意推荐", lines=scores(18, 18, 17, 19, 18))
    desk.take(number, "ReviewVillage", score=Decimal(90))
    desk.take(number, "NameVillage", named_on=desk.day, document_no="石司〔2026〕18号")
    return number


def honour_of(desk: LicenceDesk, number: int) -> int:
    with desk.suite.reading() as session:
        wanted = select(CaseParty.subject_id).where(CaseParty.case_id == number, CaseParty.role == "honour")
        found = session.scalars(wanted).one()
    assert found is not None
    return found


def test_a_village_is_scored_named_rechecked_and_kept(desk: LicenceDesk, village: int) -> None:
    """命名管理办法: five heads of twenty points, a recheck every two years."""
    assert refused(lambda: applied(desk, village, "township")) == {"popularization.village.level"}
    number = applied(desk, village)
    over = scores(21)
    assert refused(lambda: desk.take(number, "RecommendVillage", county_opinion="同意", lines=over)) == {
        "popularization.village.within"
    }
    desk.take(number, "RecommendVillage", county_opinion="同意推荐", lines=scores(18, 18, 17, 19))
    assert refused(lambda: desk.take(number, "ReviewVillage", score=Decimal(91))) == {
        "popularization.village.all_heads", "popularization.village.adds_up",
    }  # fmt: skip
    desk.take(number, "ReviewVillage", score=Decimal(90), lines=(*scores(18, 18, 17, 19, 18)[4:],))
    named_by = {"document_no": "石司〔2026〕18号", "named_by": "市司法局、市民政局"}
    desk.take(number, "NameVillage", named_on=desk.day, **named_by)
    record = desk.record(HONOUR, honour_of(desk, number))
    assert (record["status"], record["category"], record["body_id"]) == ("active", "city", village)
    clock = desk.clocks(number)[CLOCK]
    assert (clock.start, clock.length, clock.unit) == (desk.day, 24, "month")
    assert refused(lambda: applied(desk, village)) == {"popularization.village.not_held"}
    desk.later(60)
    desk.take(number, "StartHonourRecheck")
    assert desk.record(HONOUR, honour_of(desk, number))["status"] == "rechecking"
    desk.take(number, "RectifyVillageHonour", rectify_by=desk.later(10), recheck_opinion="村务公开不及时")
    desk.later(20)
    desk.take(number, "KeepVillageHonour", rechecked_on=desk.day)
    record = desk.record(HONOUR, honour_of(desk, number))
    assert (record["status"], record["recheck_result"], record["rechecked_on"]) == (
        "active", "kept_after_rectifying", desk.day,
    )  # fmt: skip
    assert desk.clocks(number)[CLOCK].start == desk.day


def test_a_cancelled_village_may_not_apply_for_two_years(desk: LicenceDesk, village: int) -> None:
    number = named(desk, village)
    desk.later(30)
    ended = {"cancelled_on": desk.day, "cancel_no": "石司〔2026〕40号", "cancel_reason": "发生重大刑事案件"}
    assert desk.play(number, "CancelVillageHonour", CancelVillageHonour=ended) == "cancelled"
    assert desk.record(HONOUR, honour_of(desk, number))["status"] == "cancelled"
    assert refused(lambda: applied(desk, village)) == {"popularization.village.not_barred"}


def test_a_merged_village_s_honour_is_deregistered_and_bars_nobody(desk: LicenceDesk, village: int) -> None:
    number = named(desk, village)
    ended = {"cancelled_on": desk.day, "cancel_reason": "村庄撤并"}
    assert desk.play(number, "DeregisterVillageHonour", DeregisterVillageHonour=ended) == "deregistered"
    assert applied(desk, village)


def test_a_veto_names_nobody(desk: LicenceDesk, village: int) -> None:
    number = applied(desk, village)
    veto = LineGiven(list_key="vetoes", code="crime", flag=True)
    desk.take(number, "RecommendVillage", county_opinion="…", lines=(*scores(20, 20, 20, 20, 20), veto))
    desk.take(number, "ReviewVillage", score=Decimal(100))
    ask = {"named_on": desk.day, "document_no": "1号"}
    assert refused(lambda: desk.take(number, "NameVillage", **ask)) == {"popularization.village.no_veto"}
    assert desk.play(number, "RefuseVillageHonour") == "refused"


def test_an_honour_of_the_roster_is_rechecked_without_a_former_file(desk: LicenceDesk, village: int) -> None:
    ago = desk.day - dt.timedelta(days=800)
    values = {"body_id": village, "category": "city", "named_on": ago, "status": "active"}
    record = make(desk.suite, desk.clerk, HONOUR, values)[0]
    number = desk.open(CASE, "OpenHonourRecheck", village=(village,), honour=(record,), level="city")
    assert desk.record(HONOUR, record)["status"] == "rechecking"
    assert desk.play(number, "KeepVillageHonour", KeepVillageHonour={"rechecked_on": desk.day}) == "kept"
    assert desk.record(HONOUR, record)["recheck_result"] == "kept"


@pytest.mark.parametrize(("ago", "barred"), [(729, True), (731, False)])
def test_the_bar_counts_from_the_cancellation(ago: int, barred: bool) -> None:
    """Two years from the day on which the honour was taken away, of the same level only."""
    day = DAY - dt.timedelta(days=ago)
    village = subject(1, "core.village")
    ended = subject(2, HONOUR, "cancelled", category="city", cancelled_on=day)
    other = subject(3, HONOUR, "cancelled", category="national", cancelled_on=DAY)
    facts = case(PARAMETERS, {"level": "city"}, village=village)
    around = Around(read_subjects=lambda: {1: village}, read_members=lambda _: (ended, other))
    assert (barred_until(replace(facts, around=around)) is not None) is barred
