"""Code lists of arbitration; `also` holds spellings met in workbooks."""

from suite.api import Code, CodeList, StateKind

COMMISSION_FORM = CodeList(
    key="arbitration.commission_form",
    title="组织形式",
    codes=(
        Code(value="public_institution", title="事业单位", also=("事业", "公益二类事业单位", "事业法人")),
        Code(
            value="non_profit",
            title="公益性非营利法人",
            also=("非营利法人", "公益性非营利法人单位", "非营利"),
        ),
    ),
)

COMMISSION_STATUS = CodeList(
    key="arbitration.commission_status",
    title="登记状态",
    codes=(
        Code(value="preparing", title="筹建", also=("筹备", "筹建中"), state=StateKind.NEUTRAL),
        Code(value="applied", title="申请登记", also=("申请中",), state=StateKind.RUN),
        Code(value="active", title="已登记", also=("正常", "存续", "登记", "在册"), state=StateKind.OK),
        Code(value="term_expired", title="换届中", also=("任期届满", "待换届"), state=StateKind.WARN),
        Code(value="closing", title="终止清算", also=("终止", "清算"), state=StateKind.WARN),
        Code(value="deregistered", title="已注销", also=("注销", "注销登记"), state=StateKind.ENDED),
    ),
)

# 三八两高: the five alternative conditions of 仲裁法第十三条; which years or title they ask is in the rules.
ELIGIBILITY = CodeList(
    key="arbitration.eligibility",
    title="任职条件",
    codes=(
        Code(
            value="arbitration_work",
            title="从事仲裁工作满八年",
            also=("仲裁工作", "仲裁工作满八年", "通过国家统一法律职业资格考试从事仲裁工作满八年", "E1"),
        ),
        Code(value="lawyer", title="从事律师工作满八年", also=("律师", "律师工作满八年", "律师满八年", "E2")),
        Code(
            value="judge",
            title="曾任法官、检察官满八年",
            also=("曾任法官满八年", "曾任审判员满八年", "曾任法官", "曾任检察官", "法官", "审判员", "E3"),
        ),
        Code(
            value="legal_scholar",
            title="从事法律研究、教学工作并具有高级职称",
            also=("法律研究", "法律教学", "法学教授", "从事法律研究教学并具有高级职称", "高校教师", "E4"),
        ),
        Code(
            value="trade_expert",
            title="具有法律知识、从事经济贸易等专业工作并具有高级职称或同等专业水平",
            also=("经济贸易专家", "经贸专家", "经贸", "专业人士", "从事经济贸易专业工作并具有高级职称", "E5"),
        ),
    ),
)  # fmt: skip

ARBITRATOR_STATUS = CodeList(
    key="arbitration.arbitrator_status",
    title="聘任状态",
    codes=(
        Code(value="active", title="在聘", also=("聘任", "在册", "正常", "受聘"), state=StateKind.OK),
        Code(value="suspended", title="暂停选任", also=("暂停", "暂停指定", "暂停聘任"), state=StateKind.BAD),
        Code(value="expired", title="聘期届满", also=("到期", "届满", "未续聘"), state=StateKind.ENDED),
        Code(value="resigned", title="已辞聘", also=("辞聘", "辞任", "解聘"), state=StateKind.ENDED),
        Code(value="removed", title="已除名", also=("除名",), state=StateKind.BAD),
    ),
)

JOB_TITLE = CodeList(
    key="arbitration.job_title",
    title="职称等级",
    codes=(
        Code(value="senior", title="正高级", also=("正高", "教授", "研究员", "一级律师", "正高级工程师")),
        Code(
            value="associate",
            title="副高级",
            also=("副高", "高级", "副教授", "副研究员", "二级律师", "高级工程师", "高级会计师", "高级经济师"),
        ),
        Code(value="intermediate", title="中级", also=("讲师", "三级律师", "工程师")),
        Code(value="none", title="无", also=("无职称", "初级", "四级律师", "未评定")),
    ),
)

SERVING_POST = CodeList(
    key="arbitration.serving_post",
    title="现任公职",
    codes=(
        Code(value="none", title="无", also=("否", "非公职")),
        Code(value="judge", title="现职法官", also=("法官", "审判员", "现任法官", "在职法官")),
        Code(value="prosecutor", title="现职检察官", also=("检察官", "检察员", "现任检察官", "在职检察官")),
        Code(value="supervisor", title="现职监察官", also=("监察官", "现任监察官")),
        Code(value="official", title="其他公职人员", also=("公务员", "参公人员", "公职人员")),
    ),
)

# What the institution publishes under the law in force since 2026-03-01 (recalled: a check list, not a bar).
DISCLOSURE = CodeList(
    key="arbitration.disclosure",
    title="信息公开事项",
    codes=(
        Code(value="charter", title="章程", also=("仲裁委员会章程", "机构章程")),
        Code(value="members", title="组成人员", also=("组成人员名单", "委员会组成")),
        Code(value="panel", title="仲裁员名册", also=("仲裁员名单", "名册")),
        Code(value="rules", title="仲裁规则", also=("规则",)),
        Code(value="fees", title="收费标准", also=("收费办法", "仲裁收费", "收费")),
        Code(value="annual_report", title="年度报告", also=("年报", "年度工作报告")),
        Code(value="procedure", title="服务流程", also=("办事指南", "立案指南")),
    ),
)

END_REASON = CodeList(
    key="arbitration.end_reason",
    title="终止聘任原因",
    codes=(
        Code(value="own_wish", title="本人辞聘", also=("辞聘", "本人申请")),
        Code(value="not_renewed", title="聘期届满未续聘", also=("未续聘", "届满")),
        Code(value="serving", title="任职受限", also=("担任公职", "任法官", "职务变动")),
        Code(value="discipline", title="违规除名", also=("除名", "违反职业道德")),
        Code(value="health", title="因病或死亡", also=("健康原因", "去世", "死亡")),
    ),
)

MEMBER_POST = CodeList(
    key="arbitration.member_post",
    title="任职",
    codes=(
        Code(value="chair", title="主任", also=("委员会主任", "仲裁委主任", "主任委员")),
        Code(value="vice_chair", title="副主任", also=("委员会副主任", "副主任委员")),
        Code(value="member", title="委员", also=("委员会委员", "组成委员")),
    ),
)

# 仲裁法第十二条 counts the experts in law and in economy and trade.
EXPERTISE = CodeList(
    key="arbitration.expertise",
    title="专家类别",
    codes=(
        Code(value="law", title="法律专家", also=("法律", "法学专家", "法律界")),
        Code(
            value="trade", title="经济贸易专家", also=("经贸专家", "经济贸易", "经贸", "经济专家", "工商界")
        ),
        Code(value="none", title="非专家", also=("无", "行政领导", "部门代表", "否")),
    ),
)

MEMBER_STATUS = CodeList(
    key="arbitration.member_status",
    title="任职状态",
    codes=(
        Code(value="active", title="在任", also=("正常", "现任", "在职"), state=StateKind.OK),
        Code(value="expired", title="任期届满", also=("届满", "换届离任"), state=StateKind.ENDED),
        Code(value="resigned", title="已辞任", also=("辞任", "调离", "离任"), state=StateKind.ENDED),
        Code(value="removed", title="已免职", also=("免职", "撤换"), state=StateKind.BAD),
    ),
)

SECRETARY_STATUS = CodeList(
    key="arbitration.secretary_status",
    title="在岗状态",
    codes=(
        Code(value="active", title="在岗", also=("正常", "在职", "在册"), state=StateKind.OK),
        Code(value="away", title="离岗培训或休假", also=("休假", "产假", "借调"), state=StateKind.PAUSE),
        Code(value="left", title="已离职", also=("离职", "辞职", "解聘"), state=StateKind.ENDED),
    ),
)

CODE_LISTS = (
    COMMISSION_FORM,
    COMMISSION_STATUS,
    ELIGIBILITY,
    ARBITRATOR_STATUS,
    JOB_TITLE,
    SERVING_POST,
    DISCLOSURE,
    END_REASON,
    MEMBER_POST,
    EXPERTISE,
    MEMBER_STATUS,
    SECRETARY_STATUS,
)
