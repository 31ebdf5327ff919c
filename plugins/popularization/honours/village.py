"""民主法治示范村（社区）创建与动态管理: applied for, named, rechecked every two years."""

from plugins.popularization.honours.effects import (
    CANCELLED,
    DEREGISTERED,
    KEPT,
    NAMED,
    RECHECKING,
    RECTIFYING,
)
from plugins.popularization.honours.rules import (
    ADDS_UP,
    ALL_HEADS,
    CRITERIA,
    HAS_HONOUR,
    HONOUR,
    LEVEL,
    NO_VETO,
    NOT_BARRED,
    NOT_HELD,
    STANDS,
    WITHIN,
)
from plugins.popularization.honours.tables import VillageHonour
from plugins.popularization.rules.honours import NAMING
from suite.api import (
    CaseKind,
    CaseList,
    Cell,
    ClockAct,
    Code,
    CodeList,
    DayOrder,
    Field,
    Lifecycle,
    LineColumn,
    NumberSeries,
    OnClock,
    PartyOf,
    PartyRole,
    State,
    StateKind,
    Transition,
    past_date,
    table_of,
)

APPLYING, HOLDING, RECHECK = "创建申报", "命名", "动态管理"
CLOCK = "popularization.village.recheck"

CRITERION = CodeList(
    key="popularization.village_criterion",
    title="建设标准",
    codes=(
        Code(value="organisation", title="村级组织健全完善"),
        Code(value="democracy", title="基层民主规范有序"),
        Code(value="law", title="法治建设扎实推进"),
        Code(value="harmony", title="经济社会和谐发展"),
        Code(value="support", title="组织保障坚强有力"),
    ),
)
VETO = CodeList(
    key="popularization.village_veto",
    title="一票否决情形",
    codes=(
        Code(value="crime", title="重大刑事案件"),
        Code(value="mass_incident", title="群体性事件"),
        Code(value="cadre", title="村（社区）干部职务犯罪"),
        Code(value="other", title="其他重大问题", also=("其他",)),
    ),
)
DOSSIER_KIND = CodeList(
    key="popularization.village_dossier",
    title="档案内容",
    codes=(
        Code(value="check", title="日常检查"),
        Code(value="complaint", title="投诉反映"),
        Code(value="rectification", title="整改"),
        Code(value="review", title="再评估"),
    ),
)
SCORES = CaseList(
    key="criteria",
    title="五个方面评分",
    checklist=True,
    columns=(
        LineColumn(cell=Cell.CODE, title="方面", codes=CRITERION.key, required=True),
        LineColumn(cell=Cell.FIGURE, title="得分", required=True),
        LineColumn(cell=Cell.TEXT, title="评定说明"),
    ),
)
VETOES = CaseList(
    key="vetoes",
    title="一票否决核查",
    checklist=True,
    columns=(
        LineColumn(cell=Cell.CODE, title="情形", codes=VETO.key, required=True),
        LineColumn(cell=Cell.FLAG, title="有此情形", required=True),
        LineColumn(cell=Cell.TEXT, title="核查情况"),
    ),
)
DOSSIER = CaseList(
    key="dossier",
    title="一村一档",
    columns=(
        LineColumn(cell=Cell.CODE, title="内容", codes=DOSSIER_KIND.key, required=True),
        LineColumn(cell=Cell.DAY, title="日期", required=True),
        LineColumn(cell=Cell.TEXT, title="情况", required=True),
        LineColumn(cell=Cell.HOLDER, title="检查人"),
        LineColumn(cell=Cell.UNTIL, title="整改期限"),
        LineColumn(cell=Cell.DONE, title="整改完成日期"),
    ),
)
SERIES = NumberSeries(key="popularization.village_honour_no", title="民主法治示范村创建编号", organ="石民法")
_START = OnClock(act=ClockAct.START, limit=CLOCK, since="rechecked_on")
_STOP = OnClock(act=ClockAct.STOP, limit=CLOCK)
_ENDING = ("cancelled_on", "cancel_no", "cancel_reason")
_HELD = ("named", "kept", "rechecking", "rectifying")

LIFECYCLE = Lifecycle(
    key="popularization.village_honour_lifecycle",
    title="民主法治示范村（社区）创建与动态管理流程",
    states=(
        State(key="applied", title="已申报", kind=StateKind.NEW, stage=APPLYING),
        State(key="county_recommended", title="县级已推荐", kind=StateKind.RUN, stage=APPLYING),
        State(key="city_reviewed", title="市级已审核", kind=StateKind.RUN, stage=APPLYING),
        State(key="refused", title="不予命名", kind=StateKind.ENDED, stage=APPLYING, terminal=True),
        State(key="named", title="已命名", kind=StateKind.OK, stage=HOLDING),
        State(key="rechecking", title="复核中", kind=StateKind.RUN, stage=RECHECK),
        State(key="rectifying", title="限期整改", kind=StateKind.WARN, stage=RECHECK),
        State(key="kept", title="复核保留", kind=StateKind.OK, stage=RECHECK),
        State(key="cancelled", title="已撤销", kind=StateKind.BAD, stage=RECHECK, terminal=True),
        State(key="deregistered", title="已注销", kind=StateKind.ENDED, stage=RECHECK, terminal=True),
    ),
    transitions=(
        Transition(
            command="ApplyVillageHonour", title="登记申报", sources=(), to="applied", parties=("village",),
            fields=("level", "batch", "grounds"), required=("level",),
            guards=(LEVEL.key, NOT_BARRED.key, NOT_HELD.key), article=NAMING,
            help="登记村（社区）的创建申报；撤销命名未满年限的不能申报",
        ),
        Transition(
            command="OpenHonourRecheck", title="登记复核", sources=(), to="rechecking",
            parties=("village", "honour"), fields=("level",), required=("level",),
            guards=(HAS_HONOUR.key, STANDS.key), effects=(RECHECKING.key,), article=NAMING,
            help="对名册上已命名、本系统没有创建档案的村（社区）开始复核",
        ),
        Transition(
            command="RecommendVillage", title="县级推荐", sources=("applied",), to="county_recommended",
            fields=("county_opinion",), required=("county_opinion",), lists=("criteria", "vetoes"),
            guards=(WITHIN.key,), article=NAMING, help="县级司法行政、民政部门考评后推荐",
        ),
        Transition(
            command="ReviewVillage", title="市级审核", sources=("county_recommended",), to="city_reviewed",
            fields=("city_opinion", "score"), required=("score",), lists=("criteria", "vetoes"),
            guards=(ALL_HEADS.key, WITHIN.key, ADDS_UP.key), article=CRITERIA,
            help="按五个方面评分，核查一票否决情形",
        ),
        Transition(
            command="NameVillage", title="命名", sources=("city_reviewed",), to="named",
            fields=("named_on", "document_no", "named_by"), required=("named_on", "document_no"),
            guards=(NO_VETO.key, NOT_BARRED.key, NOT_HELD.key), effects=(NAMED.key,),
            clocks=(OnClock(act=ClockAct.START, limit=CLOCK, since="named_on"),), article=NAMING,
            help="写入示范村（社区）名册，开始计算复核期",
        ),
        Transition(
            command="RefuseVillageHonour", title="不予命名",
            sources=("applied", "county_recommended", "city_reviewed"), to="refused", article=NAMING,
            help="写明理由，办结",
        ),
        Transition(
            command="StartHonourRecheck", title="开展复核", sources=("named", "kept"), to="rechecking",
            guards=(HAS_HONOUR.key,), effects=(RECHECKING.key,), article=NAMING, help="每两年复核一次",
        ),
        Transition(
            command="KeepVillageHonour", title="复核保留", sources=("rechecking", "rectifying"), to="kept",
            fields=("rechecked_on", "recheck_opinion"), required=("rechecked_on",), guards=(HAS_HONOUR.key,),
            effects=(KEPT.key,), clocks=(_STOP, _START), article=NAMING, help="自复核之日重新计算复核期",
        ),
        Transition(
            command="RectifyVillageHonour", title="限期整改", sources=("rechecking",), to="rectifying",
            fields=("rectify_by", "recheck_opinion"), required=("rectify_by", "recheck_opinion"),
            guards=(HAS_HONOUR.key,), effects=(RECTIFYING.key,), article=NAMING, help="写明问题和整改期限",
        ),
        Transition(
            command="CancelVillageHonour", title="撤销命名", sources=_HELD, to="cancelled", fields=_ENDING,
            required=("cancelled_on", "cancel_no", "cancel_reason"), guards=(HAS_HONOUR.key,),
            effects=(CANCELLED.key,), clocks=(_STOP,), article=NAMING,
            help="名册改为已撤销，规定年限内不得再申报",
        ),
        Transition(
            command="DeregisterVillageHonour", title="注销命名", sources=_HELD, to="deregistered",
            fields=_ENDING, required=("cancelled_on", "cancel_reason"), guards=(HAS_HONOUR.key,),
            effects=(DEREGISTERED.key,), clocks=(_STOP,), article=NAMING, help="村（社区）撤并或不再存在",
        ),
    ),
)  # fmt: skip

KIND = CaseKind(
    key="popularization.village_honour",
    title="民主法治示范村（社区）创建",
    work="honour",
    lifecycle=LIFECYCLE.key,
    details=table_of(VillageHonour),
    series=SERIES.key,
    respondent="village",
    matter=("level", "batch", "grounds"),
    lists=(SCORES, VETOES, DOSSIER),
    parties=(
        PartyRole(key="village", title="村（社区）", of=PartyOf.SUBJECT, kinds=("core.village",)),
        PartyRole(key="honour", title="示范村（社区）记录", of=PartyOf.SUBJECT, kinds=(HONOUR,)),
    ),
    orders=(
        DayOrder(first="opened", then="named_on"),
        DayOrder(first="named_on", then="rechecked_on"),
        DayOrder(first="rechecked_on", then="KeepVillageHonour"),
        DayOrder(first="RectifyVillageHonour", then="rectify_by"),
        DayOrder(first="named_on", then="cancelled_on"),
        DayOrder(first="cancelled_on", then="CancelVillageHonour"),
    ),
    fields=(
        Field(
            VillageHonour.level, title="级别", section=APPLYING, codes="popularization.honour_level",
            listed=True,
        ),
        Field(VillageHonour.batch, title="批次", section=APPLYING, listed=True),
        Field(VillageHonour.grounds, title="创建情况", section=APPLYING),
        Field(VillageHonour.county_opinion, title="县级意见", section=APPLYING),
        Field(VillageHonour.city_opinion, title="市级意见", section=APPLYING),
        Field(VillageHonour.score, title="考评得分", section=APPLYING),
        Field(VillageHonour.named_on, title="命名日期", section=HOLDING, checks=(past_date,)),
        Field(VillageHonour.document_no, title="命名文号", section=HOLDING),
        Field(VillageHonour.named_by, title="命名机关", section=HOLDING, help="司法行政和民政部门联合命名。"),
        Field(VillageHonour.rechecked_on, title="复核日期", section=RECHECK, checks=(past_date,)),
        Field(VillageHonour.recheck_opinion, title="复核意见", section=RECHECK),
        Field(VillageHonour.rectify_by, title="整改期限", section=RECHECK),
        Field(VillageHonour.cancelled_on, title="撤销（注销）日期", section=RECHECK, checks=(past_date,)),
        Field(VillageHonour.cancel_no, title="撤销（注销）文号", section=RECHECK),
        Field(VillageHonour.cancel_reason, title="撤销（注销）原因", section=RECHECK),
    ),
    order=204,
)  # fmt: skip

CODE_LISTS = (CRITERION, VETO, DOSSIER_KIND)
