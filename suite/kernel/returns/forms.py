"""The forms of the fields that no plugin keeps yet, and of the population."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from suite.contract.declarations import Declaration
from suite.contract.plan import PlanItem
from suite.contract.returns import CITY, COUNTY, Every, FormCell, ReturnForm
from suite.kernel.indicators.declarations import POPULATION

ARTICLE = "石司〔2022〕105号"


def hours_of(first: dt.date, last: dt.date) -> Decimal:
    """The hours of a period, both ends inclusive."""
    return Decimal(24 * ((last - first).days + 1))


def _yes(key: str) -> FormCell:
    return FormCell(series=f"core.{key}", jump=False)


def _of(whole: str, *parts: str, section: str = "", jump: bool = True) -> tuple[FormCell, ...]:
    """A number and those that are a part of it."""
    return (
        FormCell(series=f"core.{whole}", section=section, jump=jump),
        *(
            FormCell(series=f"core.{part}", section=section, at_most=f"core.{whole}", jump=jump)
            for part in parts
        ),
    )


FORMS = (
    ReturnForm(
        key="core.platforms",
        title="公共法律服务平台月报",
        every=Every.MONTH,
        by=CITY,
        article=f"{ARTICLE}四（二）、专栏5",
        cells=(
            *_of("hotline_calls", "hotline_connected", section="12348 热线"),
            *_of("hotline_rated", "hotline_satisfied", section="12348 热线"),
            FormCell(series="core.hotline_hours_due", section="12348 热线", of_period=hours_of),
            FormCell(
                series="core.hotline_hours",
                section="12348 热线",
                at_most="core.hotline_hours_due",
                jump=False,
            ),
            *_of("work_orders", "work_orders_shared", section="工单"),
            *_of("service_items", "service_items_online", section="法律服务事项", jump=False),
        ),
        help="热线、工单和网上办理，由市公共法律服务中心报送。",
    ),
    ReturnForm(
        key="core.legal_aid",
        title="法律援助月报",
        every=Every.MONTH,
        article=f"{ARTICLE}四（四）13、14",
        cells=(
            FormCell(series="core.legal_aid_cases", section="案件", high=Decimal(5000)),
            FormCell(series="core.legal_aid_help", section="案件", high=Decimal(5000)),
            FormCell(
                series="core.legal_aid_all",
                section="案件",
                sum_of=("core.legal_aid_cases", "core.legal_aid_help"),
            ),
            *_of("defence_notices", "defence_assigned", section="刑事辩护全覆盖"),
            *_of("suspects_without", "suspects_helped", section="刑事辩护全覆盖"),
            *_of("defendants", "defendants_defended", section="刑事辩护全覆盖"),
        ),
        help="被告人、犯罪嫌疑人的人数按同级法院、检察院、公安机关提供的数据填报。",
    ),
    ReturnForm(
        key="core.mediation",
        title="人民调解季报",
        every=Every.QUARTER,
        since="2026-Q1",
        article=f"{ARTICLE}四（五）17",
        cells=(
            *_of("disputes", "disputes_settled", section="调解"),
            *_of("committees", "committees_standard", section="组织"),
            FormCell(series="core.places_with_committee", section="组织"),
            FormCell(series="core.townships_with_two", section="组织"),
            *_of("mediators", "mediators_full_time", section="人员"),
        ),
        help="组织和人员填期末数。",
    ),
    ReturnForm(
        key="core.centres",
        title="公共法律服务中心年报",
        every=Every.YEAR,
        early=True,
        since="2025",
        article=f"{ARTICLE}专栏4",
        cells=(FormCell(series="core.centres_built", high=Decimal(60)),),
        help="本县（市、区）建成的县级中心和乡镇（街道）中心之和。",
    ),
    ReturnForm(
        key="core.county",
        title="县（市、区）保障年报",
        every=Every.YEAR,
        by=COUNTY,
        early=True,
        since="2025",
        article=f"{ARTICLE}五（二）、专栏8",
        cells=(
            _yes("legal_aid_institution"),
            _yes("legal_aid_budget"),
            _yes("hotline_covers"),
            _yes("mediation_centre"),
            _yes("appraisal_mediation"),
        ),
        help="机构、经费和平台，按本级情况填报。",
    ),
    ReturnForm(
        key="core.city",
        title="市本级年报",
        every=Every.YEAR,
        by=CITY,
        early=True,
        since="2025",
        article=f"{ARTICLE}",
        cells=(
            FormCell(series="core.legal_aid_institution", section="法律援助", jump=False),
            FormCell(series="core.legal_aid_budget", section="法律援助", jump=False),
            *_of("aid_evaluated", "aid_qualified", "aid_good", section="同行评估"),
            FormCell(series="core.mediation_centre", section="其他", jump=False),
            *_of("must_train", "trained", section="职前培训"),
            FormCell(series="core.party_pairs", section="里程碑", high=Decimal(21), jump=False),
            FormCell(series="core.cloud_centres", section="里程碑", jump=False),
            *_of("vision_steps", "vision_reached", section="里程碑", jump=False),
        ),
        help="由市局各科室汇总报送。",
    ),
    ReturnForm(
        key="core.population",
        title="常住人口",
        every=Every.YEAR,
        due="core.return.due_population",
        since="2021",
        cells=(
            FormCell(
                series=POPULATION.series,
                places=4,
                low=Decimal("0.1"),
                high=Decimal(200),
            ),
        ),
        help="统计局公报的年末常住人口，单位万人。",
    ),
)

#: The plan's monthly statistics, goals, thirty numbers, and reports.
PLAN = (
    PlanItem(no=5, where=("returns",)),
    PlanItem(no=6, where=("indicators",)),
    PlanItem(no=28, where=("indicators",)),
    PlanItem(no=190, where=("returns", "indicators")),
)

DECLARATIONS: tuple[Declaration, ...] = (*FORMS, *PLAN)
