"""What the plan asks of the notaries that their rosters can answer."""

from decimal import Decimal

from sqlalchemy import ColumnElement

from suite.api import (
    POPULATION,
    Added,
    AsOf,
    Chosen,
    Direction,
    Indicator,
    Least,
    Level,
    Members,
    Nature,
    OwnParameters,
    Ratio,
    Target,
)

PLAN = "plan-2021-2025"

TITLED_ONLY, LEAST = "notary.indicator.titled_only", "notary.indicator.office_least"
ALL_STAFF = "notary.indicator.all_staff"
OURS = "规划未写明，本局口径"

_number = OwnParameters(owner="notary")

PARAMETERS = (
    _number("indicator.titled_only", "职称比例只以有职称的公证员为分母", False, "", OURS, False),
    _number("indicator.all_staff", "每个公证机构人员数含公证员助理和其他人员", False, "", OURS, False),
    _number("indicator.office_least", "每个公证机构公证人员数要求", 3, "名", OURS, False),
)

NOTARIES = Members(kind="notary.notary", title="公证员", where=lambda at: at.field("status") == "active")
TITLED = Members(
    kind="notary.notary",
    title="三级以上公证员",
    where=lambda at: (
        (at.field("status") == "active") & at.field("job_title").in_(["first", "second", "third"])
    ),
)
HOLD_A_TITLE = Members(
    kind="notary.notary",
    title="有职称的公证员",
    where=lambda at: (at.field("status") == "active") & at.field("job_title").is_not(None),
)
AMONG = Chosen(TITLED_ONLY, (("False", NOTARIES), ("True", HOLD_A_TITLE)))
STAFF = Members(kind="notary.notary_assistant", title="公证员助理和其他人员")
#: 公证人员 of the plan may be the notaries or everybody who works there; it does not say.
PERSONS = Chosen(ALL_STAFF, (("False", NOTARIES), ("True", Added("公证人员", (NOTARIES, STAFF), unit="名"))))
OFFICES = Members(
    kind="notary.notary_office", title="公证机构", where=lambda at: at.field("status") == "active"
)


def _enough(at: AsOf) -> ColumnElement[bool]:
    """An office that practises with as many persons as is asked, by the switch with all its staff."""
    persons = at.linked(NOTARIES) + at.linked(STAFF) if at.switch(ALL_STAFF) else at.linked(NOTARIES)
    return (at.field("status") == "active") & (persons >= at.number(LEAST))


WITH_ENOUGH = Members(kind="notary.notary_office", title="公证人员数达到要求的公证机构", where=_enough)
ONLINE = Members(
    kind="notary.notary_office",
    title="开通线上公证的公证机构",
    where=lambda at: (at.field("status") == "active") & (at.field("online_since") <= at.day),
)

INDICATORS = (
    Indicator(
        key="notary.least_per_office",
        title="每个公证机构公证人员数（最少）",
        measure=Least(PERSONS, by=OFFICES),
        unit="人",
        direction=Direction.UP,
        help="正常执业的公证机构中，在其执业的公证员最少的一家；规划未写明“公证人员”是否含助理和其他人员，"
        "默认只计公证员，可改为全部在册人员。",
        definition=2,
        switches=(ALL_STAFF,),
        targets=(
            Target(
                set=PLAN, no=20, value=Decimal(3), year=2025, article="专栏1",
                level=Level.PROVINCIAL, nature=Nature.EXPECTED,
            ),
        ),
    ),
    Indicator(
        key="notary.offices_with_enough",
        title="公证人员数达到要求的公证机构比例",
        measure=Ratio(WITH_ENOUGH, OFFICES, per=100),
        unit="%",
        direction=Direction.UP,
        help="公证人员（默认只计公证员）不少于要求人数的公证机构 ÷ 正常执业的公证机构；与指标 20 一并看。",
        definition=2,
        switches=(ALL_STAFF, LEAST),
    ),
    Indicator(
        key="notary.per_100k",
        title="每十万人拥有公证员数",
        measure=Ratio(NOTARIES, POPULATION, per=10),
        unit="人/十万人",
        direction=Direction.UP,
        help="当日正常执业的公证员 ÷ 常住人口（万人）× 10；按现有人口，1.1 约合 124 名公证员。",
        targets=(
            Target(
                set=PLAN, no=21, value=Decimal("1.1"), year=2025, article="专栏1",
                level=Level.NATIONAL, nature=Nature.EXPECTED,
            ),
        ),
    ),
    Indicator(
        key="notary.titled_share",
        title="具有中级以上公证员职称的人员比例",
        measure=Ratio(TITLED, AMONG, per=100),
        unit="%",
        direction=Direction.UP,
        help="三级公证员以上 ÷ 正常执业的公证员；未填职称的按没有职称计。可改为只与有职称的公证员相比。",
        switches=(TITLED_ONLY,),
        targets=(
            Target(
                set=PLAN, no=22, value=Decimal(35), year=2025, article="专栏1",
                level=Level.PROVINCIAL, nature=Nature.EXPECTED,
            ),
        ),
    ),
    Indicator(
        key="notary.online_share",
        title="开通线上公证服务的公证机构比例",
        measure=Ratio(ONLINE, OFFICES, per=100),
        unit="%",
        direction=Direction.UP,
        help="线上公证开通日期不晚于当日的公证机构 ÷ 正常执业的公证机构。",
        targets=(Target(set=PLAN, no="T12", value=Decimal(100), year=2025, article="四（四）15"),),
    ),
)  # fmt: skip

DECLARATIONS = (*PARAMETERS, *INDICATORS)
