"""Ledgers that the evaluation reads: reports of units, what is seen online, the panel, budgets, awards."""

from suite.api import ColumnKind, Ledger, LedgerColumn

UNIT = "popularization.duty_unit"
EVALUATION = "本局普法评估方案"

SUBMISSIONS = Ledger(
    key="popularization.submissions",
    title="普法信息报送",
    plan=(78,),
    subjects=(UNIT,),
    about="报送单位",
    about_required=True,
    named="标题",
    dated="报送日期",
    columns=(
        LedgerColumn(
            "period_end", "所属期末日", ColumnKind.DATE, required=True, help="所报月份或季度的最后一天。",
        ),
        LedgerColumn(
            "form", "类型", ColumnKind.CHOICE,
            choices=(("monthly", "月报"), ("quarterly", "季报"), ("brief", "专项信息")),
        ),
        LedgerColumn("activities", "活动场次", ColumnKind.WHOLE, unit="场"),
        LedgerColumn("persons", "受众人次", ColumnKind.WHOLE, unit="人次"),
        LedgerColumn("content", "内容", ColumnKind.LONG, required=True, listed=False),
    ),
    unit="条",
    help="各单位按月或按季报送；按时情况计入“联席会议出席、季度报送”，内容雷同的在数据研判中提示。",
    article=EVALUATION,
    order=70,
)  # fmt: skip
ONLINE = Ledger(
    key="popularization.online",
    title="网上观测",
    plan=(78,),
    subjects=(UNIT,),
    about="被观测单位",
    about_required=True,
    named="账号或栏目",
    dated="观测日期",
    columns=(
        LedgerColumn(
            "channel", "渠道", ColumnKind.CHOICE,
            choices=(
                ("wechat", "微信公众号"), ("weibo", "微博"), ("video", "短视频"), ("site", "网站专栏"),
                ("other", "其他"),
            ),
        ),
        LedgerColumn("posts", "当月原创", ColumnKind.WHOLE, unit="篇"),
        LedgerColumn("reads", "阅读量", ColumnKind.WHOLE, unit="次"),
        LedgerColumn("answers", "互动量", ColumnKind.WHOLE, unit="次"),
        LedgerColumn("updated_on", "最近更新", ColumnKind.DATE),
        LedgerColumn("observer", "观测人"),
    ),
    article=EVALUATION,
    order=80,
)  # fmt: skip
PANEL = Ledger(
    key="popularization.panel",
    title="履职评议会",
    plan=(78,),
    subjects=(UNIT,),
    about="被评议单位",
    about_required=True,
    named="评议会",
    dated="评议日期",
    columns=(
        LedgerColumn("panel", "评议人", required=True, help="人大代表、专家、媒体等，用顿号隔开。"),
        LedgerColumn("members", "评议人数", ColumnKind.WHOLE, unit="人"),
        LedgerColumn("public", "公开述职", ColumnKind.FLAG),
        LedgerColumn("score", "评议得分", ColumnKind.AMOUNT),
        LedgerColumn("opinion", "评议意见", ColumnKind.LONG, listed=False),
    ),
    article=EVALUATION,
    order=90,
)
BUDGETS = Ledger(
    key="popularization.budgets",
    title="普法经费预算",
    plan=(90,),
    subjects=(UNIT,),
    about="政府或单位",
    about_required=True,
    named="预算项目",
    dated="预算年度首日",
    columns=(
        LedgerColumn("amount", "预算金额", ColumnKind.AMOUNT, required=True, unit="万元"),
        LedgerColumn("separate", "单独列项", ColumnKind.FLAG, required=True, headings=("是否单列",)),
        LedgerColumn("per_head", "人均", ColumnKind.AMOUNT, unit="元"),
        LedgerColumn("spent", "已支出", ColumnKind.AMOUNT, unit="万元"),
        LedgerColumn("document", "预算批复文号"),
    ),
    unit="项",
    article="建设规划专栏1第7项",
    order=100,
)
AWARDS = Ledger(
    key="popularization.awards",
    title="普法表彰与采用",
    plan=(78,),
    subjects=(UNIT,),
    about="获奖单位",
    about_required=True,
    named="奖项或采用",
    dated="日期",
    columns=(
        LedgerColumn(
            "level", "级别", ColumnKind.CHOICE, required=True,
            choices=(
                ("nation", "国家级"), ("province", "省级"), ("contest", "竞赛第一名"), ("media", "媒体报道"),
            ),
        ),
        LedgerColumn("evidence", "证明材料", required=True),
    ),
    article=EVALUATION,
    order=110,
)  # fmt: skip

LEDGERS = (SUBMISSIONS, ONLINE, PANEL, BUDGETS, AWARDS)
