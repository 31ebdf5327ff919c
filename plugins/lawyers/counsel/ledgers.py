"""The logs of public counsel: services in villages, appointments, satisfaction, decisions of organs."""

from plugins.lawyers.counsel.codes import SERVICE_KIND
from suite.api import IN_FORCE, ColumnKind, EntryState, Ledger, LedgerColumn, StateKind

VILLAGE = ("core.village",)
LAWYER = ("lawyers.lawyer",)
FIRMS = ("lawyers.law_firm", "lawyers.branch_office")
ORGAN = ("lawyers.employer_unit",)

SERVICES = "lawyers.counsel_services"
#: A service that was done is what is usually entered.
DONE = (
    EntryState("held", "已开展", StateKind.OK),
    EntryState("planned", "已预约", StateKind.NEUTRAL),
    EntryState("cancelled", "已取消", StateKind.ENDED),
)
PERSONS = LedgerColumn("persons", "服务人次", ColumnKind.WHOLE, unit="人次", headings=("人次", "参加人数"))
COUNSEL = LedgerColumn("counsel", "顾问律师", ColumnKind.SUBJECT, links=LAWYER, headings=("律师", "法律顾问"))

LEDGERS = (
    Ledger(
        key=SERVICES,
        title="村（居）法律顾问服务记录",
        plan=(4, 38),
        subjects=VILLAGE,
        about="村（社区）",
        about_required=True,
        named="服务内容",
        dated="服务日期",
        columns=(
            LedgerColumn(
                "service", "服务方式", ColumnKind.CHOICE, codes=SERVICE_KIND.key, required=True,
                headings=("服务类型", "服务类别"),
            ),
            COUNSEL,
            PERSONS,
            LedgerColumn("hours", "服务时长", ColumnKind.HOURS, unit="小时"),
            LedgerColumn("result", "办理结果", ColumnKind.LONG, listed=False),
        ),
        states=DONE,
        help="有效覆盖和“五个一”按已开展的记录计算。",
        article="建设规划四（五）19、专栏2",
        order=10,
    ),
    Ledger(
        key="lawyers.counsel_appointments",
        title="在线、预约、团队服务",
        plan=(137,),
        subjects=VILLAGE,
        about="村（社区）",
        named="服务事项",
        dated="服务日期",
        columns=(
            LedgerColumn(
                "way", "服务方式", ColumnKind.CHOICE, required=True,
                choices=(("online", "在线服务"), ("booked", "预约服务"), ("team", "团队服务")),
            ),
            COUNSEL,
            PERSONS,
            LedgerColumn("result", "办理结果", ColumnKind.LONG, listed=False),
        ),
        states=DONE,
        article="建设规划四（五）19",
        order=20,
    ),
    Ledger(
        key="lawyers.counsel_satisfaction",
        title="村（居）法律顾问培训与满意度",
        plan=(136,),
        subjects=VILLAGE,
        about="村（社区）",
        named="事项",
        columns=(
            LedgerColumn(
                "matter", "类别", ColumnKind.CHOICE, required=True,
                choices=(("survey", "满意度测评"), ("training", "培训"), ("allowance", "补贴发放")),
            ),
            COUNSEL,
            LedgerColumn("asked", "测评人数", ColumnKind.WHOLE, unit="人"),
            LedgerColumn("satisfied", "满意人数", ColumnKind.WHOLE, unit="人"),
            LedgerColumn("hours", "培训学时", ColumnKind.HOURS, unit="学时"),
            LedgerColumn("allowance", "补贴金额", ColumnKind.AMOUNT, unit="元"),
        ),
        article="建设规划四（五）19、专栏13",
        order=30,
    ),
    Ledger(
        key="lawyers.station_links",
        title="村（社区）工作站与法律顾问衔接",
        plan=(55,),
        subjects=VILLAGE,
        about="村（社区）",
        about_required=True,
        named="工作站",
        dated="衔接日期",
        until="截止日期",
        columns=(COUNSEL, LedgerColumn("hours", "值守时间"), LedgerColumn("contact", "联系人")),
        states=IN_FORCE,
        article="建设规划四（二）4",
        order=40,
    ),
    Ledger(
        key="lawyers.organ_decisions",
        title="法律顾问参与重大决策",
        plan=(143,),
        subjects=ORGAN,
        about="决策单位",
        about_required=True,
        named="决策事项",
        dated="出具意见日期",
        columns=(
            COUNSEL,
            LedgerColumn(
                "way", "参与方式", ColumnKind.CHOICE,
                choices=(("opinion", "书面意见"), ("meeting", "列席会议"), ("review", "合法性审查")),
            ),
            LedgerColumn("opinion", "意见要点", ColumnKind.LONG, listed=False),
            LedgerColumn(
                "adopted", "采纳情况", ColumnKind.CHOICE,
                choices=(("full", "采纳"), ("part", "部分采纳"), ("none", "未采纳")),
            ),
        ),
        article="建设规划四（六）22",
        order=50,
    ),
    Ledger(
        key="lawyers.counsel_filings",
        title="法律顾问选聘备案与年度考核",
        plan=(142,),
        subjects=ORGAN,
        about="聘用单位",
        about_required=True,
        named="备案事项",
        dated="备案日期",
        columns=(
            COUNSEL,
            LedgerColumn("firm", "律师事务所", ColumnKind.SUBJECT, links=FIRMS),
            LedgerColumn(
                "grade", "年度考核", ColumnKind.CHOICE,
                choices=(("good", "优秀"), ("competent", "合格"), ("poor", "不合格")),
            ),
            LedgerColumn("opinions", "出具意见", ColumnKind.WHOLE, unit="件"),
        ),
        article="建设规划四（六）22；冀政字〔2015〕25号",
        order=60,
    ),
    Ledger(
        key="lawyers.government_lawyer_aid",
        title="公职律师志愿法律援助",
        plan=(144,),
        subjects=LAWYER,
        about="公职律师",
        about_required=True,
        named="服务内容",
        dated="服务日期",
        columns=(
            LedgerColumn("hours", "服务时长", ColumnKind.HOURS, unit="小时"),
            LedgerColumn("cases", "办理案件", ColumnKind.WHOLE, unit="件"),
        ),
        article="建设规划四（六）22",
        order=70,
    ),
)  # fmt: skip
