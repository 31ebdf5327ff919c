"""Code lists of public counsel."""

from suite.api import Code, CodeList, StateKind

AGREEMENT_STATUS = CodeList(
    key="lawyers.agreement_status",
    title="协议状态",
    codes=(
        Code(
            value="active",
            title="已签订",
            also=("有效", "履行中", "正常", "在聘", "已签约", "已聘任", "到期"),
            state=StateKind.OK,
        ),
        Code(value="drafted", title="拟签订", also=("待签订", "拟聘", "未签订"), state=StateKind.NEW),
        Code(
            value="terminated",
            title="已解除",
            also=("解除", "终止", "提前解除", "已终止", "解聘"),
            state=StateKind.ENDED,
        ),
    ),
)

VILLAGE_COUNSEL_KIND = CodeList(
    key="lawyers.village_counsel_kind",
    title="顾问类别",
    codes=(
        Code(value="lawyer", title="律师", also=("执业律师", "专职律师", "社会律师")),
        Code(
            value="grass_roots_worker",
            title="基层法律服务工作者",
            also=("基层法律工作者", "法律服务工作者", "法律工作者"),
        ),
        Code(value="other", title="其他法律专业人员", also=("其他", "公职律师", "公证员", "法律援助工作者")),
    ),
)

ORGAN_COUNSEL_KIND = CodeList(
    key="lawyers.organ_counsel_kind",
    title="顾问类别",
    codes=(
        Code(value="lawyer", title="外聘律师", also=("律师", "社会律师", "执业律师")),
        Code(value="scholar", title="专家学者", also=("法学专家", "学者", "专家", "高校教师")),
        Code(
            value="internal",
            title="法制机构人员",
            also=("内部法律顾问", "内部", "法制审核人员", "单位内部人员"),
        ),
    ),
)

END_REASON = CodeList(
    key="lawyers.agreement_end",
    title="解除原因",
    codes=(
        Code(value="agreed", title="双方协商", also=("协商解除", "协商一致")),
        Code(value="counsel_left", title="顾问停止执业或变更机构", also=("停止执业", "转所", "顾问离任")),
        Code(
            value="unsatisfied", title="考核不合格或不满意", also=("考核不合格", "履职不到位", "群众不满意")
        ),
        Code(value="merged", title="村（居）或单位撤并", also=("撤并", "村居撤并", "机构改革")),
        Code(value="other", title="其他", also=("其它",)),
    ),
)

LAWYER_MODE = CodeList(
    key="lawyers.government_lawyer_mode",
    title="公职律师配备方式",
    codes=(
        Code(value="own", title="本单位配备", also=("自有", "自行配备", "本单位", "单独配备")),
        Code(value="shared", title="统筹共享", also=("共享", "系统内统筹", "统筹使用", "统筹调配")),
        Code(value="entrusted", title="委托司法行政机关", also=("委托", "委托司法局", "委托代行")),
    ),
)

FOREIGN_TITLE = CodeList(
    key="lawyers.foreign_title",
    title="涉外法律服务示范机构级别",
    codes=(
        Code(value="national", title="全国", also=("国家级", "全国级", "全国示范")),
        Code(value="province", title="省级", also=("全省", "省")),
        Code(value="city", title="市级", also=("全市", "市")),
    ),
)

FOREIGN_POOL = CodeList(
    key="lawyers.foreign_pool",
    title="涉外法治人才库",
    codes=(
        Code(value="national", title="全国", also=("国家级", "全国涉外律师人才库", "司法部")),
        Code(value="province", title="省级", also=("省", "河北省", "省级人才库")),
        Code(value="city", title="市级", also=("市", "石家庄市", "市级人才库")),
    ),
)

FOREIGN_LEVEL = CodeList(
    key="lawyers.foreign_level",
    title="涉外人才等级",
    codes=(
        Code(value="senior", title="高级", also=("高级人才", "领军", "领军人才")),
        Code(value="middle", title="中级", also=("骨干", "骨干人才")),
        Code(value="junior", title="初级", also=("后备", "后备人才", "青年")),
    ),
)

SERVICE_KIND = CodeList(
    key="lawyers.counsel_service",
    title="服务方式",
    codes=(
        Code(value="lecture", title="法治讲座", also=("讲座", "法治课")),
        Code(value="consultation", title="集中法律咨询", also=("法律咨询", "现场咨询", "咨询")),
        Code(value="checkup", title="村规民约、合同审查", also=("合同审查", "村规民约审查", "法治体检")),
        Code(value="dispute", title="矛盾纠纷化解", also=("纠纷调解", "调解", "化解纠纷")),
        Code(value="publicity", title="法治宣传活动", also=("法治宣传", "普法宣传", "宣传")),
        Code(value="visit", title="走访入户", also=("走访", "入户走访", "驻村")),
        Code(value="online", title="线上咨询", also=("微信群咨询", "电话咨询", "网上咨询")),
        Code(value="training", title="法律明白人培训", also=("培训法律明白人", "培训")),
    ),
)

CODE_LISTS = (
    SERVICE_KIND,
    AGREEMENT_STATUS,
    VILLAGE_COUNSEL_KIND,
    ORGAN_COUNSEL_KIND,
    END_REASON,
    LAWYER_MODE,
    FOREIGN_TITLE,
    FOREIGN_POOL,
    FOREIGN_LEVEL,
)
