"""The lawyers' own ledgers: public service, enterprises, duty lawyers, disputes, foreign-related matters."""

from suite.api import FOLLOWED, HELD, IN_FORCE, ColumnKind, Ledger, LedgerColumn, commitments

LAWYER = ("lawyers.lawyer",)
FIRM = ("lawyers.law_firm", "lawyers.branch_office")

CASES = LedgerColumn("cases", "件数", ColumnKind.WHOLE, unit="件", headings=("案件数", "办理件数"))
PERSONS = LedgerColumn("persons", "服务人次", ColumnKind.WHOLE, unit="人次", headings=("人次",))
LAWYERS = LedgerColumn("lawyer", "律师", ColumnKind.SUBJECT, links=LAWYER, headings=("承办律师", "参加律师"))
FIRMS = LedgerColumn("firm", "律师事务所", ColumnKind.SUBJECT, links=FIRM, headings=("承办律所",))

SERVICE = (
    Ledger(
        key="lawyers.public_service",
        title="律师公益法律服务",
        plan=(11,),
        subjects=LAWYER,
        about="律师",
        about_required=True,
        named="服务内容",
        dated="服务日期",
        columns=(
            LedgerColumn(
                "service", "服务类型", ColumnKind.CHOICE, required=True,
                choices=(
                    ("aid", "法律援助"), ("consultation", "公益咨询"), ("publicity", "法治宣传"),
                    ("mediation", "公益调解"), ("petition", "信访值班"), ("other", "其他"),
                ),
            ),
            LedgerColumn("hours", "服务时长", ColumnKind.HOURS, required=True, unit="小时"),
            PERSONS,
            LedgerColumn("verified", "已核实", ColumnKind.FLAG),
        ),
        article="建设规划二（四）",
        order=110,
    ),
    Ledger(
        key="lawyers.fee_reductions",
        title="律师服务费减免（特殊群体）",
        plan=(50,),
        subjects=FIRM,
        about="律师事务所",
        about_required=True,
        named="减免事项",
        columns=(
            LedgerColumn(
                "group", "服务群体", ColumnKind.CHOICE,
                choices=(
                    ("disabled", "残疾人"), ("elderly", "老年人"), ("minor", "未成年人"), ("woman", "妇女"),
                    ("migrant", "农民工"), ("veteran", "军人军属、退役军人"), ("other", "其他困难群众"),
                ),
            ),
            PERSONS,
            LedgerColumn("amount", "减免金额", ColumnKind.AMOUNT, unit="元"),
        ),
        article="建设规划四（一）3",
        order=120,
    ),
    Ledger(
        key="lawyers.moderate_growth",
        title="县域适度规模律师事务所培植",
        plan=(45,),
        subjects=FIRM,
        about="律师事务所",
        about_required=True,
        named="培植措施",
        dated="列入日期",
        until="完成期限",
        due="until",
        columns=(
            LedgerColumn("lawyers", "列入时律师数", ColumnKind.WHOLE, unit="名"),
            LedgerColumn("wanted", "目标律师数", ColumnKind.WHOLE, unit="名"),
            LedgerColumn("result", "培植结果", ColumnKind.LONG, listed=False),
        ),
        states=FOLLOWED,
        article="建设规划四（一）2",
        order=130,
    ),
)  # fmt: skip

DUTY = (
    Ledger(
        key="lawyers.duty_pool",
        title="值班律师库（准入与退出）",
        marks="is_duty_lawyer",
        plan=(93,),
        subjects=LAWYER,
        about="值班律师",
        about_required=True,
        named="值班场所",
        dated="入库日期",
        until="退出日期",
        columns=(
            LedgerColumn(
                "site", "场所类别", ColumnKind.CHOICE,
                choices=(
                    ("detention", "看守所"), ("court", "人民法院"), ("procuratorate", "人民检察院"),
                    ("police", "公安机关"), ("centre", "公共法律服务中心"),
                ),
            ),
            LedgerColumn(
                "exit", "退出原因", ColumnKind.CHOICE,
                choices=(
                    ("own", "本人申请"), ("punished", "受处罚或处分"), ("poor", "考核不合格"),
                    ("left", "不再执业"), ("term", "聘期届满"),
                ),
            ),
            LedgerColumn("years", "执业年限", ColumnKind.WHOLE, unit="年"),
        ),
        states=IN_FORCE,
        article="法律援助值班律师工作办法；建设规划四（四）13",
        order=210,
    ),
    Ledger(
        key="lawyers.duty_sessions",
        title="值班律师值班与评价",
        plan=(94,),
        subjects=LAWYER,
        about="值班律师",
        about_required=True,
        named="值班场所",
        dated="值班日期",
        columns=(
            PERSONS,
            LedgerColumn("plea", "见证认罪认罚", ColumnKind.WHOLE, unit="件"),
            LedgerColumn(
                "rating", "服务评价", ColumnKind.CHOICE,
                choices=(("good", "满意"), ("fair", "基本满意"), ("poor", "不满意")),
            ),
        ),
        states=HELD,
        article="建设规划四（四）13",
        order=220,
    ),
    Ledger(
        key="lawyers.opinions_heard",
        title="办案机关听取辩护代理意见",
        plan=(92,),
        named="办案机关",
        dated="统计日期",
        columns=(
            LedgerColumn(
                "organ", "机关类别", ColumnKind.CHOICE,
                choices=(("court", "人民法院"), ("procuratorate", "人民检察院"), ("police", "公安机关")),
            ),
            CASES,
            LedgerColumn("heard", "听取意见", ColumnKind.WHOLE, unit="件"),
            LedgerColumn("adopted", "采纳或回应", ColumnKind.WHOLE, unit="件"),
        ),
        article="关于依法保障律师执业权利的规定；建设规划四（四）12",
        order=230,
    ),
)  # fmt: skip

DISPUTES = (
    Ledger(
        key="lawyers.mediation_rooms",
        title="律师调解室与自贸区公共法律服务中心",
        plan=(130, 153),
        subjects=FIRM,
        about="入驻律师事务所",
        named="名称",
        dated="设立日期",
        until="截止日期",
        columns=(
            LedgerColumn(
                "place", "设立地点", ColumnKind.CHOICE,
                choices=(
                    ("court", "人民法院"), ("centre", "公共法律服务中心"), ("association", "律师协会"),
                    ("firm", "律师事务所"), ("ftz", "自贸区正定片区"),
                ),
            ),
            CASES,
            LedgerColumn("agreed", "调解成功", ColumnKind.WHOLE, unit="件"),
            LedgerColumn("confirmed", "司法确认", ColumnKind.WHOLE, unit="件"),
            LedgerColumn("referred", "转仲裁", ColumnKind.WHOLE, unit="件"),
        ),
        states=IN_FORCE,
        article="建设规划四（五）18、四（六）24–25、专栏16",
        order=310,
    ),
    Ledger(
        key="lawyers.petitions",
        title="律师参与信访化解、检察听证",
        plan=(131,),
        subjects=LAWYER,
        about="律师",
        named="信访（听证）事项",
        columns=(
            LedgerColumn(
                "way", "参与方式", ColumnKind.CHOICE,
                choices=(("petition", "信访接待"), ("settle", "积案化解"), ("hearing", "检察听证")),
            ),
            LedgerColumn("opinion", "律师意见", ColumnKind.LONG, listed=False),
        ),
        states=FOLLOWED,
        article="建设规划四（五）18",
        order=320,
    ),
    Ledger(
        key="lawyers.appeals",
        title="律师代理申诉",
        plan=(132,),
        subjects=LAWYER,
        about="代理律师",
        named="申诉事项",
        dated="受理日期",
        columns=(
            LedgerColumn("court", "受理机关"),
            LedgerColumn("aid", "法律援助", ColumnKind.FLAG),
            LedgerColumn(
                "result", "处理结果", ColumnKind.CHOICE,
                choices=(
                    ("retried", "启动再审"), ("settled", "息诉罢访"), ("rejected", "驳回"), ("open", "在办"),
                ),
            ),
        ),
        states=FOLLOWED,
        article="建设规划四（五）18",
        order=330,
    ),
)  # fmt: skip

ECONOMY = (
    Ledger(
        key="lawyers.enterprise_checkups",
        title="企业“法治体检”",
        plan=(39, 146),
        subjects=FIRM,
        about="律师事务所",
        named="企业名称",
        dated="体检日期",
        until="复查期限",
        due="until",
        columns=(
            LedgerColumn("uscc", "统一社会信用代码"),
            LedgerColumn("rural", "乡村企业", ColumnKind.FLAG),
            LedgerColumn("staff", "职工人数", ColumnKind.WHOLE, listed=False, unit="人"),
            LAWYERS,
            LedgerColumn("issues", "发现问题", ColumnKind.WHOLE, unit="个"),
            LedgerColumn("mended", "已整改", ColumnKind.WHOLE, unit="个"),
            LedgerColumn("advice", "法律意见", ColumnKind.LONG, listed=False),
            LedgerColumn("report", "体检报告编号"),
        ),
        states=FOLLOWED,
        article="建设规划四（六）23、专栏2",
        order=410,
    ),
    Ledger(
        key="lawyers.sail_sites",
        title="企航民营企业法律服务中心及站点",
        plan=(145,),
        subjects=FIRM,
        about="派驻律师事务所",
        named="名称",
        dated="设立日期",
        until="截止日期",
        columns=(
            LedgerColumn(
                "level", "类别", ColumnKind.CHOICE, required=True,
                choices=(("centre", "服务中心"), ("station", "工作站"), ("point", "服务点")),
            ),
            LedgerColumn("host", "依托单位"),
            CASES,
            LedgerColumn("enterprises", "服务企业", ColumnKind.WHOLE, unit="家"),
        ),
        states=IN_FORCE,
        article="建设规划四（六）23、专栏15",
        order=420,
    ),
    Ledger(
        key="lawyers.chamber_pairs",
        title="万所联万会",
        plan=(147,),
        subjects=FIRM,
        about="律师事务所",
        about_required=True,
        named="商会（协会）",
        dated="结对日期",
        until="结对期限",
        due="until",
        columns=(
            LedgerColumn("members", "会员企业", ColumnKind.WHOLE, unit="家"),
            LedgerColumn("activities", "开展活动", ColumnKind.WHOLE, unit="次"),
            LedgerColumn("contact", "联络员"),
            LAWYERS,
        ),
        states=IN_FORCE,
        article="建设规划四（六）23、专栏14",
        order=430,
    ),
    Ledger(
        key="lawyers.required_opinions",
        title="特定市场活动律师专业意见",
        plan=(192,),
        subjects=FIRM,
        about="律师事务所",
        about_required=True,
        named="项目名称",
        dated="出具日期",
        columns=(
            LedgerColumn(
                "matter", "业务类型", ColumnKind.CHOICE, required=True,
                choices=(
                    ("shares", "股票发行上市"), ("bonds", "债券发行"), ("state_assets", "国有产权转让"),
                    ("bidding", "招标投标"), ("other", "其他"),
                ),
            ),
            LedgerColumn("opinions", "法律意见书", ColumnKind.WHOLE, unit="份"),
            LAWYERS,
        ),
        article="建设规划四（六）23",
        order=440,
    ),
    Ledger(
        key="lawyers.special_fields",
        title="专业领域法律服务",
        plan=(193,),
        subjects=FIRM,
        about="律师事务所",
        about_required=True,
        named="服务事项",
        columns=(
            LedgerColumn(
                "field", "专业领域", ColumnKind.CHOICE, required=True,
                choices=(
                    ("banking", "银行"), ("securities", "证券"), ("insurance", "保险"),
                    ("property", "知识产权"), ("environment", "环境保护"), ("other", "其他"),
                ),
            ),
            CASES,
            LedgerColumn("amount", "标的额", ColumnKind.AMOUNT, unit="元"),
        ),
        article="建设规划四（六）23",
        order=450,
    ),
)  # fmt: skip

FOREIGN = (
    Ledger(
        key="lawyers.leading_talents",
        title="百名涉外法律服务领军人才培养",
        plan=(195,),
        subjects=LAWYER,
        about="培养对象",
        about_required=True,
        named="培养项目",
        dated="推荐日期",
        until="结业日期",
        due="until",
        columns=(
            LedgerColumn(
                "stage", "培养阶段", ColumnKind.CHOICE,
                choices=(
                    ("nominated", "推荐"), ("selected", "入选"), ("training", "培训"),
                    ("practice", "实习实训"), ("finished", "结业"),
                ),
            ),
            LedgerColumn("languages", "语种"),
            LedgerColumn("cases", "涉外业务", ColumnKind.WHOLE, unit="件"),
            LedgerColumn("result", "培养结果", ColumnKind.LONG, listed=False),
        ),
        states=FOLLOWED,
        article="建设规划四（七）27",
        order=510,
    ),
    Ledger(
        key="lawyers.foreign_matters",
        title="涉外法律服务业务",
        plan=(157,),
        subjects=LAWYER,
        about="律师",
        named="业务内容",
        columns=(
            FIRMS,
            LedgerColumn("country", "国家（地区）"),
            LedgerColumn("languages", "工作语言"),
            LedgerColumn("amount", "标的额", ColumnKind.AMOUNT, unit="元"),
        ),
        article="建设规划四（七）27",
        order=520,
    ),
    Ledger(
        key="lawyers.alliance",
        title="“一带一路”律师联盟与国际合作",
        plan=(161,),
        subjects=(*FIRM, *LAWYER),
        about="成员（签约方）",
        named="联盟（协议）",
        dated="加入（签订）日期",
        until="截止日期",
        columns=(
            LedgerColumn("partner", "合作方"),
            LedgerColumn("country", "国家（地区）"),
            LedgerColumn("activities", "开展活动", ColumnKind.WHOLE, unit="次"),
        ),
        states=IN_FORCE,
        article="建设规划四（七）28",
        order=530,
    ),
)  # fmt: skip

LEDGERS = (
    *SERVICE,
    *DUTY,
    *DISPUTES,
    *ECONOMY,
    *FOREIGN,
    commitments("lawyers", ("lawyers.law_firm", "lawyers.lawyer")),
)
