"""What the plan asks of fields that no plugin keeps yet: platforms, legal aid, mediation, qualification.

Their numbers are handed in (`suite.kernel.returns.forms`). A plugin that brings such a field takes its
indicators over and declares them with its rosters.
"""

from __future__ import annotations

from decimal import Decimal

from suite.contract.codes import Code
from suite.contract.declarations import Declaration
from suite.contract.indicators import (
    Added,
    Chosen,
    Count,
    Direction,
    Figure,
    FigureSeries,
    Indicator,
    Level,
    Measure,
    Members,
    Nature,
    Part,
    Parts,
    PlaceKind,
    Places,
    Ratio,
    Target,
)
from suite.kernel.indicators.declarations import PLAN, POPULATION
from suite.kernel.parameters.declaring import OwnParameters

OURS = "规划未写明，本局口径"
HOTLINE_BY, AID_WITH_HELP = "core.hotline.measure", "core.legal_aid.help_counts"
NATIONAL, PROVINCIAL, CITY = Level.NATIONAL, Level.PROVINCIAL, Level.CITY
BINDING, EXPECTED = Nature.BINDING, Nature.EXPECTED

_number = OwnParameters(owner="core")
PARAMETERS = (
    _number(
        "hotline.measure", "热线 7×24 小时按什么计", "hours", "", OURS, False,
        "按服务时数：服务时数 ÷ 应服务时数；按覆盖的县（市、区）：覆盖的县（市、区）÷ 县（市、区）。",
        choices=(
            Code(value="hours", title="服务时数"), Code(value="counties", title="覆盖的县（市、区）"),
        ),
    ),
    _number("legal_aid.help_counts", "法律援助量含值班律师法律帮助", False, "", OURS, False),
)  # fmt: skip

COUNTIES = Places(of=PlaceKind.COUNTIES, title="县（市、区）")
GOVERNMENTS = Places(of=PlaceKind.GOVERNMENTS, title="市、县两级")
TOWNSHIPS = Members(kind="core.township", title="乡镇（街道）")
VILLAGES = Members(kind="core.village", title="村（社区）")
COUNTIES_AND_TOWNSHIPS = Added("县、乡", (COUNTIES, TOWNSHIPS))
VILLAGES_AND_TOWNSHIPS = Added("村（社区）、乡镇（街道）", (VILLAGES, TOWNSHIPS))


def _monthly(key: str, title: str, unit: str = "件", *, city: bool = False, help: str = "") -> FigureSeries:
    """What adds up within a year."""
    return FigureSeries(
        key=f"core.{key}",
        title=title,
        unit=unit,
        flow=True,
        city_only=city,
        most=Decimal(10_000_000),
        help=help,
    )


def _standing(
    key: str, title: str, unit: str = "个", *, city: bool = False, ahead: bool = False, help: str = ""
) -> FigureSeries:
    """What is said anew for each period and adds up to none."""
    return FigureSeries(
        key=f"core.{key}",
        title=title,
        unit=unit,
        city_only=city,
        ahead=ahead,
        most=Decimal(1_000_000),
        help=help,
    )


def _yes_no(key: str, title: str, *, city: bool = True) -> FigureSeries:
    """Whether a county, and with `city` the city itself, has it."""
    return FigureSeries(
        key=f"core.{key}", title=title, unit="个", ahead=True, counties_only=True, city_adds=city, yes_no=True
    )


def _yearly(key: str, title: str, unit: str, help: str = "") -> FigureSeries:
    """What the city says of a year while it runs."""
    return _standing(key, title, unit, city=True, ahead=True, help=help)


SERIES = (
    # The city's platforms.
    _monthly("hotline_calls", "热线来电", "个", city=True),
    _monthly("hotline_connected", "热线接通", "个", city=True),
    _monthly("hotline_rated", "热线参评", "个", city=True),
    _monthly("hotline_satisfied", "热线满意", "个", city=True, help="评价为非常满意、满意的。"),
    _monthly("hotline_hours", "热线服务时数", "小时", city=True),
    _monthly("hotline_hours_due", "热线应服务时数", "小时", city=True, help="当期天数 × 24。"),
    _monthly("work_orders", "平台工单", city=True),
    _monthly("work_orders_shared", "跨平台响应的工单", city=True, help="由另一平台响应办理的工单。"),
    _standing("service_items", "法律服务事项", "项", city=True, help="法律服务事项清单所列。"),
    _standing("service_items_online", "可网上办理的法律服务事项", "项", city=True),
    # Legal aid.
    _monthly("legal_aid_cases", "受理法律援助案件"),
    _monthly("legal_aid_help", "值班律师法律帮助"),
    _monthly("legal_aid_all", "法律援助案件和法律帮助"),
    _monthly("defence_notices", "通知辩护"),
    _monthly("defence_assigned", "限期内指派的通知辩护"),
    _monthly("suspects_without", "没有辩护人的犯罪嫌疑人、被告人", "人"),
    _monthly("suspects_helped", "获得值班律师帮助的犯罪嫌疑人、被告人", "人"),
    _monthly("defendants", "审判阶段的被告人", "人", help="人民法院数据。"),
    _monthly("defendants_defended", "有律师辩护或法律帮助的被告人", "人", help="人民法院数据。"),
    # Mediation.
    _monthly("disputes", "调解矛盾纠纷"),
    _monthly("disputes_settled", "调解成功的矛盾纠纷"),
    _standing("committees", "人民调解委员会", "个"),
    _standing("committees_standard", "规范化达标的人民调解委员会", "个"),
    _standing("places_with_committee", "设有人民调解委员会的村（社区）、乡镇（街道）", "个"),
    _standing("mediators", "人民调解员", "人"),
    _standing("mediators_full_time", "专职人民调解员", "人"),
    _standing("townships_with_two", "有 2 名以上专职调解员的乡镇（街道）", "个"),
    # What every county has or has not.
    FigureSeries(
        key="core.centres_built",
        title="建成的县、乡公共法律服务中心",
        unit="个",
        ahead=True,
        most=Decimal(1000),
    ),
    _yes_no("hotline_covers", "热线 7×24 小时覆盖", city=False),
    _yes_no("legal_aid_institution", "设有法律援助机构"),
    _yes_no("legal_aid_budget", "法律援助经费纳入本级预算"),
    _yes_no("mediation_centre", "建成综合性矛盾纠纷调解中心"),
    _yes_no("appraisal_mediation", "建成“鉴调一体”服务平台", city=False),
    # Once a year, of the city.
    _yearly("must_train", "应参加统一职前培训", "人", "法官、检察官、律师、公证员等。"),
    _yearly("trained", "已参加统一职前培训", "人"),
    _yearly("aid_evaluated", "同行评估的法律援助案件", "件"),
    _yearly("aid_qualified", "评估合格的法律援助案件", "件", "含优秀、良好。"),
    _yearly("aid_good", "评估优秀、良好的法律援助案件", "件"),
    _yearly("party_pairs", "结对的党支部", "对"),
    _yearly("cloud_centres", "建成的云公共法律服务中心", "个"),
    _yearly("vision_steps", "2035 年远景目标的重点任务", "项", "由本局分解的里程碑。"),
    _yearly("vision_reached", "已完成的远景目标重点任务", "项"),
)  # fmt: skip


def _share(part: str, whole: str) -> Ratio:
    """Per cent of one figure in another."""
    return Ratio(Figure(f"core.{part}"), Figure(f"core.{whole}"), per=100)


def _of_places(part: str, places: Places | Members | Added) -> Ratio:
    """Per cent of the places that have it."""
    return Ratio(Figure(f"core.{part}"), places, per=100)


def _asked(
    key: str,
    no: int | str,
    title: str,
    measure: Measure,
    value: str | int,
    help: str,
    *,
    unit: str = "%",
    level: Level | None = None,
    nature: Nature | None = None,
    article: str = "专栏1",
    year: int = 2025,
    switches: tuple[str, ...] = (),
) -> Indicator:
    """An indicator of the core with the plan's target."""
    target = Target(
        set=PLAN.name, no=no, value=Decimal(value), year=year, article=article, level=level, nature=nature
    )
    return Indicator(
        key=f"core.{key}", title=title, measure=measure, unit=unit, direction=Direction.UP, help=help,
        targets=(target,), switches=switches,
    )  # fmt: skip


AID = Chosen(
    AID_WITH_HELP,
    (("False", Figure("core.legal_aid_cases")), ("True", Figure("core.legal_aid_all"))),
)
AID_PER_100K = Ratio(AID, POPULATION, per=10)
INSTITUTIONS = _of_places("legal_aid_institution", GOVERNMENTS)

INDICATORS = (
    _asked(
        "centres_share", 1, "县、乡公共法律服务中心建成率",
        _of_places("centres_built", COUNTIES_AND_TOWNSHIPS), 100,
        "建成的县、乡公共法律服务中心 ÷ 县（市、区）与乡镇（街道）之和。", level=NATIONAL, nature=BINDING,
    ),
    _asked(
        "hotline_always", 2, "公共法律服务热线总体实现7×24小时服务",
        Ratio(
            Chosen(
                HOTLINE_BY,
                (("hours", Figure("core.hotline_hours")), ("counties", Figure("core.hotline_covers"))),
            ),
            Chosen(HOTLINE_BY, (("hours", Figure("core.hotline_hours_due")), ("counties", COUNTIES))),
            per=100,
        ),
        100, "当年热线服务时数 ÷ 当年天数 × 24；可改为按覆盖的县（市、区）计。",
        level=NATIONAL, nature=BINDING, switches=(HOTLINE_BY,),
    ),
    _asked(
        "online_share", 3, "法律服务事项网上办理实现率", _share("service_items_online", "service_items"), 100,
        "可网上办理的事项 ÷ 法律服务事项清单所列事项。", level=NATIONAL, nature=BINDING,
    ),
    _asked(
        "aid_institutions", 14, "县级以上法律援助机构建成率", INSTITUTIONS, 100,
        "设有法律援助机构的市、县两级 ÷ 市、县两级（功能区不单独设）。", level=NATIONAL, nature=BINDING,
    ),
    _asked(
        "aid_budget", 15, "法律援助经费纳入本级政府预算率", _of_places("legal_aid_budget", GOVERNMENTS), 100,
        "法律援助经费纳入本级预算的市、县两级政府 ÷ 市、县两级政府。", level=NATIONAL, nature=BINDING,
    ),
    _asked(
        "aid_per_100k", 16, "每十万人提供法律援助量", AID_PER_100K, 110,
        "当年受理的法律援助案件 ÷ 常住人口（万人）× 10；年中为当年累计。按现有人口，110 件约合"
        "全年 12,400 件，与“十三五”年均 13,600 件相近。",
        unit="件/十万人", level=NATIONAL, nature=EXPECTED, switches=(AID_WITH_HELP,),
    ),
    _asked(
        "duty_help_share", 17, "值班律师为没有辩护人的犯罪嫌疑人、被告人提供法律帮助率",
        _share("suspects_helped", "suspects_without"), 100,
        "获得值班律师帮助的 ÷ 没有辩护人的犯罪嫌疑人、被告人（法院、检察院、公安机关数据）。",
        level=NATIONAL, nature=EXPECTED,
    ),
    _asked(
        "defence_assigned_share", 18, "通知辩护法律援助案件指派率",
        _share("defence_assigned", "defence_notices"), 100,
        "限期内指派的通知辩护案件 ÷ 收到的通知。", level=NATIONAL, nature=EXPECTED,
    ),
    _asked(
        "trial_defence_share", 19, "刑事案件审判阶段律师辩护或法律帮助覆盖率",
        _share("defendants_defended", "defendants"), 100,
        "审判阶段有律师辩护或法律帮助的被告人 ÷ 被告人（法院数据）。", level=NATIONAL, nature=EXPECTED,
    ),
    _asked(
        "committee_cover", 27, "村(社区)、乡镇(街道)人民调解委员会覆盖率",
        _of_places("places_with_committee", VILLAGES_AND_TOWNSHIPS), 100,
        "设有人民调解委员会的村（社区）、乡镇（街道）÷ 全部村（社区）、乡镇（街道）。",
        level=NATIONAL, nature=BINDING,
    ),
    _asked(
        "committee_standard", 28, "人民调解工作规范化达标率", _share("committees_standard", "committees"), 80,
        "规范化达标的人民调解委员会 ÷ 人民调解委员会。", level=NATIONAL, nature=EXPECTED,
    ),
    _asked(
        "mediators_full_time_share", 29, "专职人民调解员数量占人民调解员总数比例",
        _share("mediators_full_time", "mediators"), 15,
        "专职人民调解员 ÷ 人民调解员。", level=PROVINCIAL, nature=EXPECTED,
    ),
    _asked(
        "trained_share", 30, "法律职业人员统一职前培训参训率", _share("trained", "must_train"), 100,
        "已参训 ÷ 应参训的法官、检察官、律师、公证员等。", level=NATIONAL, nature=EXPECTED,
    ),
    _asked(
        "appraisal_mediation_cover", "T10", "县域“鉴调一体”服务平台覆盖率",
        _of_places("appraisal_mediation", COUNTIES), 100, "建成平台的县（市、区）÷ 县（市、区）。",
        article="专栏10",
    ),
    _asked(
        "party_pairs_made", "T16", "“21+21 党支部结对”", Count(Figure("core.party_pairs")), 21,
        "已结对的党支部，21 对为全部结对。", unit="对", article="专栏2",
    ),
    _asked(
        "cloud_centre", "T17", "云公共法律服务中心", Count(Figure("core.cloud_centres")), 1,
        "全市建成 1 个云公共法律服务中心。", unit="个", article="专栏3",
    ),
    _asked(
        "hotline_quality", "T18", "热线接通率、满意率",
        Parts(
            (
                Part("接通率", _share("hotline_connected", "hotline_calls")),
                Part("满意率", _share("hotline_satisfied", "hotline_rated")),
            )
        ),
        90, "接通 ÷ 来电；非常满意、满意 ÷ 参评。两个比例各自不低于 90%，指标值取其中较低的一个。",
        article="专栏5",
    ),
    _asked(
        "shared_orders", "T19", "三台融合：跨平台响应率", _share("work_orders_shared", "work_orders"), 90,
        "由另一平台响应的工单 ÷ 平台工单。规划只写“基本实现一端发起、三台响应”，未定数值；90% 为本局口径，"
        "可在指标体系中修改。",
        article="四（二）6",
    ),
    _asked(
        "aid_peer_review", "T20", "法律援助案件同行评估合格率、优良率",
        Parts(
            (
                Part("合格率", _share("aid_qualified", "aid_evaluated")),
                Part("优良率", _share("aid_good", "aid_evaluated"), Decimal(15)),
            )
        ),
        100, "合格 ÷ 评估案件，目标 100%；优秀、良好 ÷ 评估案件，目标 15%。指标值取离目标较远的一个。",
        article="四（四）14",
    ),
    _asked(
        "aid_goals", "T21", "法律援助：每十万人 110 件，县级以上全部设立机构",
        Parts((Part("每十万人件数", AID_PER_100K), Part("机构建成率", INSTITUTIONS, Decimal(100), "%"))),
        110, "即指标 16 和 14，各自达到目标：110 件、100%。指标值取离目标较远的一个。",
        unit="件/十万人", article="专栏8", switches=(AID_WITH_HELP,),
    ),
    _asked(
        "townships_two_mediators", "T22", "有 2 名以上专职调解员的乡镇（街道）比例",
        _of_places("townships_with_two", TOWNSHIPS), 100,
        "配有 2 名以上专职人民调解员的乡镇（街道）÷ 乡镇（街道）。", article="四（五）17",
    ),
    _asked(
        "mediation_centres", "T23", "市县两级综合性矛盾纠纷调解中心建成率",
        _of_places("mediation_centre", GOVERNMENTS), 100, "建成的市、县两级 ÷ 市、县两级。",
        article="二（四）",
    ),
    _asked(
        "vision_2035", "T25", "2035 年远景目标", _share("vision_reached", "vision_steps"), 100,
        "已完成的重点任务 ÷ 本局分解的重点任务；规划只有远景描述，没有数值。", article="二（三）", year=2035,
    ),
)  # fmt: skip

DECLARATIONS: tuple[Declaration, ...] = (*PARAMETERS, *SERIES, *INDICATORS)
