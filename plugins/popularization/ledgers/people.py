"""Ledgers of people and places: training, pairing, study of leaders, court observation, sites, volunteers."""

from suite.api import HELD, IN_FORCE, ColumnKind, Ledger, LedgerColumn

UNIT, VILLAGER, SITE = (
    "popularization.duty_unit",
    "popularization.law_savvy_villager",
    "popularization.rule_of_law_culture_site",
)  # fmt: skip
VILLAGERS = "乡村“法律明白人”培养工作规范（试行）"
LISTS = "关于建立领导干部应知应会党内法规和国家法律清单制度的意见（2023）"
PLAN10, PLAN11 = "建设规划四（三）10", "建设规划四（三）11"

TRAINING = Ledger(
    key="popularization.villager_training",
    title="法律明白人培训",
    plan=(35,),
    subjects=(VILLAGER,),
    about="参训法律明白人",
    about_required=True,
    named="培训",
    dated="培训日期",
    columns=(
        LedgerColumn("hours", "学时", ColumnKind.HOURS, required=True, unit="学时"),
        LedgerColumn(
            "form", "培训类型", ColumnKind.CHOICE,
            choices=(("entry", "岗前培训"), ("yearly", "年度培训"), ("online", "网上学习")),
        ),
        LedgerColumn("teacher", "授课人"),
        LedgerColumn("organiser", "组织单位"),
    ),
    unit="次",
    article=VILLAGERS,
    order=120,
)  # fmt: skip
PAIRINGS = Ledger(
    key="popularization.pairings",
    title="“1+N”结对",
    plan=(35,),
    subjects=("core.village",),
    about="村（社区）",
    about_required=True,
    named="结对名称",
    dated="结对日期",
    until="到期日期",
    columns=(
        LedgerColumn("counsel", "村（居）法律顾问", required=True),
        LedgerColumn("villagers", "法律明白人", ColumnKind.SUBJECT, links=(VILLAGER,), required=True),
        LedgerColumn("activities", "共同开展活动", ColumnKind.WHOLE, unit="次"),
    ),
    states=IN_FORCE,
    due="until",
    unit="对",
    article="“1名村（居）法律顾问＋N名法律明白人”行动（2023）",
    order=130,
)
STUDY_LISTS = Ledger(
    key="popularization.study_lists",
    title="领导干部学法清单",
    plan=(80,),
    subjects=(UNIT,),
    about="单位",
    about_required=True,
    named="清单",
    dated="印发日期",
    until="有效期至",
    columns=(
        LedgerColumn(
            "part", "部分", ColumnKind.CHOICE, required=True,
            choices=(("first", "首要任务"), ("general", "综合清单"), ("special", "专业清单")),
        ),
        LedgerColumn("version", "版本"),
        LedgerColumn("items", "学习内容", ColumnKind.LONG, required=True, listed=False),
        LedgerColumn("count", "条目数", ColumnKind.WHOLE, unit="项"),
        LedgerColumn("level", "适用职级"),
    ),
    states=IN_FORCE,
    due="until",
    unit="份",
    article=LISTS,
    order=140,
)  # fmt: skip
STUDY_RECORDS = Ledger(
    key="popularization.study_records",
    title="领导干部学法记录",
    plan=(80,),
    subjects=(UNIT,),
    about="单位",
    about_required=True,
    named="学习内容",
    dated="学习日期",
    columns=(
        LedgerColumn("leader", "领导干部", required=True),
        LedgerColumn("post", "职务", listed=False),
        LedgerColumn(
            "form", "形式", ColumnKind.CHOICE,
            choices=(
                ("party_group", "党委（党组）会前学法"), ("lecture", "法治讲座"), ("online", "网络课程"),
                ("self", "自学"),
            ),
        ),
        LedgerColumn("hours", "学时", ColumnKind.HOURS, required=True, unit="学时"),
        LedgerColumn("score", "测试成绩", ColumnKind.AMOUNT, unit="分"),
    ),
    unit="次",
    article=LISTS,
    order=150,
)  # fmt: skip
LEADER_REPORTS = Ledger(
    key="popularization.leader_reports",
    title="年度述法",
    plan=(80,),
    subjects=(UNIT,),
    about="单位",
    about_required=True,
    named="述法题目",
    dated="述法日期",
    columns=(
        LedgerColumn("leader", "述法人", required=True),
        LedgerColumn("written", "书面述法", ColumnKind.FLAG),
        LedgerColumn("score", "评议得分", ColumnKind.AMOUNT, unit="分"),
        LedgerColumn("text", "述法要点", ColumnKind.LONG, listed=False),
    ),
    unit="次",
    article=PLAN10,
    order=160,
)
COURT = Ledger(
    key="popularization.court_observations",
    title="旁听庭审",
    plan=(81,),
    subjects=(UNIT,),
    about="单位",
    about_required=True,
    named="案由",
    dated="旁听日期",
    columns=(
        LedgerColumn("leaders", "旁听领导", required=True, help="姓名用顿号隔开。"),
        LedgerColumn("court", "法院", required=True),
        LedgerColumn("case_no", "案号"),
        LedgerColumn("persons", "旁听人数", ColumnKind.WHOLE, unit="人"),
        LedgerColumn("head_appeared", "行政机关负责人出庭", ColumnKind.FLAG),
        LedgerColumn("report", "旁听后学习报告", ColumnKind.LONG, listed=False),
    ),
    unit="次",
    article=PLAN10,
    order=170,
)
BASE_VISITS = Ledger(
    key="popularization.base_visits",
    title="基地参观与课程",
    plan=(82, 86),
    subjects=(SITE,),
    about="基地",
    about_required=True,
    named="活动或课程",
    dated="日期",
    columns=(
        LedgerColumn("visitor", "参观单位（学校）", required=True),
        LedgerColumn("persons", "人次", ColumnKind.WHOLE, required=True, unit="人次"),
        LedgerColumn("minors", "其中青少年", ColumnKind.WHOLE, unit="人次"),
        LedgerColumn("lesson", "课程"),
        LedgerColumn("guide", "讲解人"),
    ),
    states=HELD,
    unit="次",
    article=PLAN10,
    order=180,
)
SITE_CHECKS = Ledger(
    key="popularization.site_checks",
    title="阵地检查维护",
    plan=(85,),
    subjects=(SITE,),
    about="阵地",
    about_required=True,
    named="检查事项",
    dated="检查日期",
    until="整改期限",
    columns=(
        LedgerColumn("checker", "检查人", required=True),
        LedgerColumn("open", "正常开放", ColumnKind.FLAG, required=True),
        LedgerColumn("defects", "发现问题", ColumnKind.LONG),
        LedgerColumn("cost", "维护费用", ColumnKind.AMOUNT, unit="元"),
        LedgerColumn("mended_on", "整改完成日期", ColumnKind.DATE),
    ),
    unit="次",
    article=PLAN11,
    order=190,
)
VOLUNTEER_TRIPS = Ledger(
    key="popularization.volunteer_trips",
    title="青年普法志愿者基层行",
    plan=(87,),
    subjects=("popularization.volunteer",),
    about="志愿者",
    about_required=True,
    named="活动",
    dated="活动日期",
    columns=(
        LedgerColumn("place", "地点", required=True),
        LedgerColumn("hours", "服务时长", ColumnKind.HOURS, unit="小时"),
        LedgerColumn("persons", "受众人次", ColumnKind.WHOLE, unit="人次"),
    ),
    states=HELD,
    unit="次",
    article=PLAN11,
    order=200,
)

LEDGERS = (
    TRAINING, PAIRINGS, STUDY_LISTS, STUDY_RECORDS, LEADER_REPORTS, COURT, BASE_VISITS, SITE_CHECKS,
    VOLUNTEER_TRIPS,
)  # fmt: skip
