"""Ledgers of what is taught: activities, cases, law in the making, works, projects."""

from suite.api import FOLLOWED, HELD, ColumnKind, Ledger, LedgerColumn

UNIT = "popularization.duty_unit"
PLAN10, PLAN11 = "建设规划四（三）10", "建设规划四（三）11"

ACTIVITIES = Ledger(
    key="popularization.activities",
    title="普法活动",
    plan=(76, 83, 84, 88, 148, 156),
    subjects=(UNIT,),
    about="主办单位",
    named="活动",
    dated="活动日期",
    columns=(
        LedgerColumn(
            "node", "时间节点", ColumnKind.CHOICE,
            choices=(
                ("constitution", "宪法宣传周（国家宪法日）"), ("civil_code", "民法典宣传月"),
                ("security", "全民国家安全教育日"), ("consumer", "3·15 消费者权益日"),
                ("safety", "安全生产月"), ("village", "宪法法律进乡村"), ("other", "日常或其他节点"),
            ),
            headings=("主题日", "主题"),
        ),
        LedgerColumn(
            "place_kind", "七进场所", ColumnKind.CHOICE,
            choices=(
                ("organ", "进机关"), ("village", "进乡村"), ("community", "进社区"), ("school", "进学校"),
                ("business", "进企业"), ("army", "进军营"), ("network", "进网络"), ("other", "其他场所"),
            ),
            headings=("场所类型", "进何处"),
        ),
        LedgerColumn(
            "audiences", "普法对象", ColumnKind.CHOICES, codes="popularization.duty_audience", required=True,
        ),
        LedgerColumn("form", "形式", ColumnKind.CHOICE, codes="popularization.duty_form"),
        LedgerColumn("place", "地点"),
        LedgerColumn("laws", "宣传的法律法规", listed=False),
        LedgerColumn("languages", "语种", listed=False, help="涉外宣传填所用语种，用顿号隔开。"),
        LedgerColumn("persons", "受众人次", ColumnKind.WHOLE, unit="人次", headings=("参加人数", "受众")),
        LedgerColumn("reach", "线上阅读量", ColumnKind.WHOLE, unit="次", listed=False),
    ),
    states=HELD,
    unit="场",
    article="建设规划四（三）9—11、四（六）23、四（七）26",
    order=10,
)  # fmt: skip
CASE_TEACHING = Ledger(
    key="popularization.case_teaching",
    title="以案释法",
    plan=(79,),
    subjects=(UNIT,),
    about="发布单位",
    about_required=True,
    named="案例名称",
    dated="发布日期",
    columns=(
        LedgerColumn("law", "涉及的法律法规", required=True),
        LedgerColumn("case_no", "案号"),
        LedgerColumn("channel", "发布渠道", required=True),
        LedgerColumn("reads", "阅读量", ColumnKind.WHOLE, unit="次"),
        LedgerColumn("gist", "案例要点", ColumnKind.LONG, listed=False),
        LedgerColumn(
            "level", "采用级别", ColumnKind.CHOICE,
            choices=(("none", "未采用"), ("city", "市级"), ("province", "省级"), ("nation", "国家级")),
        ),
    ),
    unit="件",
    article=PLAN10,
    order=20,
)  # fmt: skip
REAL_TIME = Ledger(
    key="popularization.real_time",
    title="实时普法",
    plan=(79,),
    subjects=(UNIT,),
    about="责任单位",
    about_required=True,
    named="事项",
    dated="开展日期",
    columns=(
        LedgerColumn(
            "process", "环节", ColumnKind.CHOICE, required=True,
            choices=(
                ("legislation", "立法"), ("enforcement", "执法"), ("justice", "司法"),
                ("service", "法律服务"),
            ),
        ),
        LedgerColumn("law", "法律法规", required=True),
        LedgerColumn("list_no", "责任清单编号", help="所列普法责任清单的编号。"),
        LedgerColumn("item", "清单事项序号", ColumnKind.WHOLE),
        LedgerColumn("persons", "受众人次", ColumnKind.WHOLE, unit="人次"),
        LedgerColumn("content", "开展情况", ColumnKind.LONG, listed=False),
    ),
    unit="件",
    article=PLAN10,
    order=30,
)  # fmt: skip
VIDEOS = Ledger(
    key="popularization.videos",
    title="法治动漫微视频",
    plan=(89,),
    subjects=(UNIT,),
    about="报送单位",
    named="作品名称",
    dated="报送日期",
    columns=(
        LedgerColumn("author", "创作单位", required=True),
        LedgerColumn(
            "form", "类型", ColumnKind.CHOICE,
            choices=(("animation", "动漫"), ("video", "微视频"), ("film", "微电影"), ("other", "其他")),
        ),
        LedgerColumn("minutes", "时长（分钟）", ColumnKind.AMOUNT),
        LedgerColumn(
            "award", "奖次", ColumnKind.CHOICE,
            choices=(
                ("none", "未获奖"), ("city", "市级"), ("province", "省级"), ("nation", "国家级"),
            ),
        ),
        LedgerColumn("awarded_on", "获奖日期", ColumnKind.DATE),
        LedgerColumn("shown", "展播渠道"),
    ),
    unit="件",
    article=PLAN11,
    order=40,
)  # fmt: skip
PROJECTS = Ledger(
    key="popularization.revival_projects",
    title="乡村振兴法治同行",
    plan=(37,),
    subjects=("core.village",),
    about="村（社区）",
    named="项目",
    dated="开始日期",
    until="计划完成日期",
    columns=(
        LedgerColumn("task", "任务", required=True),
        LedgerColumn("leader", "牵头单位", required=True),
        LedgerColumn("activities", "活动场次", ColumnKind.WHOLE, unit="场"),
        LedgerColumn("persons", "服务人次", ColumnKind.WHOLE, unit="人次"),
        LedgerColumn("result", "成效", ColumnKind.LONG, listed=False),
    ),
    states=FOLLOWED,
    due="until",
    unit="个",
    article="建设规划专栏2",
    order=50,
)
GOVERNANCE = Ledger(
    key="popularization.governance",
    title="依法治理项目",
    plan=(196,),
    subjects=("core.village", UNIT),
    about="实施单位或村（社区）",
    named="项目",
    dated="开始日期",
    until="计划完成日期",
    columns=(
        LedgerColumn(
            "level", "领域", ColumnKind.CHOICE, required=True,
            choices=(
                ("region", "地方依法治理"), ("department", "部门依法治理"), ("grassroots", "基层依法治理"),
                ("industry", "行业依法治理"), ("village", "法治乡村（社区）建设"),
            ),
        ),
        LedgerColumn("task", "任务", required=True),
        LedgerColumn("leader", "牵头单位"),
        LedgerColumn("result", "完成情况", ColumnKind.LONG, listed=False),
    ),
    states=FOLLOWED,
    due="until",
    unit="个",
    article="建设规划二（四）、四（一）1",
    order=60,
)  # fmt: skip
PLAN_POINTS = Ledger(
    key="popularization.plan_points",
    title="普法规划实施",
    plan=(7,),
    subjects=(UNIT,),
    about="责任单位",
    named="要点或检查",
    dated="日期",
    until="完成期限",
    columns=(
        LedgerColumn(
            "stage", "阶段", ColumnKind.CHOICE, required=True,
            choices=(
                ("yearly", "年度要点"), ("mid_term", "中期检查"), ("final", "终期验收"),
                ("report", "向人大报告"),
            ),
        ),
        LedgerColumn("period", "规划周期", help="如 2021—2025 年。"),
        LedgerColumn("leader", "牵头单位"),
        LedgerColumn("result", "完成情况", ColumnKind.LONG, listed=False),
        LedgerColumn("score", "得分", ColumnKind.AMOUNT),
    ),
    states=FOLLOWED,
    due="until",
    article="建设规划二（四）、四（三）9",
    order=5,
)  # fmt: skip

LEDGERS = (ACTIVITIES, CASE_TEACHING, REAL_TIME, VIDEOS, PROJECTS, GOVERNANCE, PLAN_POINTS)
