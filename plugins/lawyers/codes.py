"""Code lists of the lawyers; `also` holds spellings met in workbooks."""

from suite.api import Code, CodeList, StateKind

FIRM_FORM = CodeList(
    key="lawyers.firm_form",
    title="组织形式",
    codes=(
        Code(
            value="general_partnership",
            title="普通合伙",
            also=(
                "普通合伙所",
                "普通合伙制",
                "合伙",
                "合伙所",
                "合伙制",
                "普通合伙律师事务所",
                "合伙律师事务所",
            ),
        ),
        Code(
            value="special_general_partnership",
            title="特殊的普通合伙",
            also=("特殊普通合伙", "特殊的普通合伙所", "特殊普通合伙所", "特殊的普通合伙律师事务所"),
        ),
        Code(value="sole", title="个人", also=("个人所", "个人制", "个人律师事务所", "个人开办")),
        Code(
            value="state_funded",
            title="国家出资",
            also=("国家出资所", "国资", "国资所", "国办", "国办所", "国家出资设立", "国家出资律师事务所"),
        ),
    ),
)

CATEGORY = CodeList(
    key="lawyers.category",
    title="执业类别",
    codes=(
        Code(value="full_time", title="专职律师", also=("专职", "专职执业", "社会律师", "社会专职律师")),
        Code(value="part_time", title="兼职律师", also=("兼职", "兼职执业", "社会兼职律师")),
        Code(value="hk", title="香港居民律师", also=("香港", "港", "香港律师", "港籍律师", "香港居民")),
        Code(value="macao", title="澳门居民律师", also=("澳门", "澳", "澳门律师", "澳门居民")),
        Code(value="taiwan", title="台湾居民律师", also=("台湾", "台", "台湾律师", "台湾居民")),
        Code(value="government", title="公职律师", also=("公职", "政府律师", "党政机关公职律师")),
        Code(value="in_house", title="公司律师", also=("公司", "企业律师", "国企公司律师")),
        Code(value="legal_aid", title="法律援助律师", also=("法律援助", "法援", "法援律师", "援助律师")),
        Code(value="military", title="军队律师", also=("军队", "军律", "部队律师")),
    ),
)

#: Digit 10 of a 17-digit practice number → category (1–4 verified, 5–9 recalled: so a rule only warns).
CATEGORY_OF_DIGIT = dict(enumerate((code.value for code in CATEGORY.codes), start=1))

# Applications are cases; a body is on the list while it applies, so that its file has a place.
FIRM_STATUS = CodeList(
    key="lawyers.firm_status",
    title="执业状态",
    codes=(
        Code(value="applying", title="申请设立", also=("设立中", "申请中"), state=StateKind.RUN),
        Code(
            value="licensed_preparing",
            title="筹备开业",
            also=("筹备", "已许可未开业", "筹建"),
            state=StateKind.RUN,
        ),
        Code(
            value="active",
            title="正常执业",
            also=("正常", "执业", "在业", "执业中", "正常开业", "开业", "存续"),
            state=StateKind.OK,
        ),
        Code(value="rectifying", title="限期整改", also=("整改", "整改中", "责令整改"), state=StateKind.WARN),
        Code(value="suspended", title="停业整顿", also=("停业", "停业处罚"), state=StateKind.BAD),
        Code(
            value="terminating",
            title="终止清算",
            also=("清算", "清算中", "终止", "歇业"),
            state=StateKind.WARN,
        ),
        Code(value="cancelled", title="已注销", also=("注销", "注销执业"), state=StateKind.ENDED),
        Code(value="refused", title="不予许可", also=("未获许可", "不准予许可"), state=StateKind.ENDED),
        Code(value="annulled", title="许可撤销", also=("撤销", "撤销许可", "已撤销"), state=StateKind.BAD),
        Code(
            value="revoked",
            title="已吊销",
            also=("吊销", "吊销许可证", "吊销执业许可证"),
            state=StateKind.BAD,
        ),
    ),
)

BRANCH_STATUS = CodeList(key="lawyers.branch_status", title="执业状态", codes=FIRM_STATUS.codes)

# A lawyer is kept from the licence on; who applies for it is a trainee (see TRAINEE_STATUS).
LAWYER_STATUS = CodeList(
    key="lawyers.lawyer_status",
    title="执业状态",
    codes=(
        Code(
            value="active",
            title="正常执业",
            also=("正常", "执业", "在册", "在职", "执业中", "在执业", "正常在册"),
            state=StateKind.OK,
        ),
        Code(
            value="practice_paused",
            title="暂无执业机构",
            also=("未受聘", "待聘", "暂停执业", "申请暂停", "无执业机构", "离所未转"),
            state=StateKind.PAUSE,
        ),
        Code(value="suspended", title="停止执业", also=("停执", "停止执业处罚", "停业"), state=StateKind.BAD),
        Code(
            value="cancelled", title="已注销", also=("注销", "注销执业", "注销执业证"), state=StateKind.ENDED
        ),
        Code(value="annulled", title="许可撤销", also=("撤销", "撤销许可", "已撤销"), state=StateKind.BAD),
        Code(
            value="revoked", title="已吊销", also=("吊销", "吊销执业证", "吊销执业证书"), state=StateKind.BAD
        ),
    ),
)

TRAINEE_STATUS = CodeList(
    key="lawyers.trainee_status",
    title="实习状态",
    codes=(
        Code(
            value="active",
            title="实习中",
            also=("正常实习", "在实习", "实习", "正常", "在册"),
            state=StateKind.RUN,
        ),
        Code(value="extended", title="延期实习", also=("延长实习", "延期"), state=StateKind.WARN),
        Code(value="interrupted", title="中止实习", also=("中止", "暂停实习"), state=StateKind.PAUSE),
        Code(
            value="completed",
            title="实习期满",
            also=("期满", "待考核", "实习期满待考核"),
            state=StateKind.NEUTRAL,
        ),
        Code(value="qualified", title="考核合格", also=("合格", "面试合格"), state=StateKind.OK),
        Code(value="unqualified", title="考核不合格", also=("不合格", "面试不合格"), state=StateKind.BAD),
        Code(value="applying", title="申请执业", also=("申请执业中", "申请领证"), state=StateKind.RUN),
        Code(
            value="licensed", title="已领证执业", also=("已执业", "已领证", "转执业"), state=StateKind.ENDED
        ),
        Code(value="refused", title="不予许可", also=("未获许可", "不准予执业"), state=StateKind.BAD),
        Code(value="terminated", title="终止实习", also=("终止", "退出实习", "注销"), state=StateKind.ENDED),
    ),
)

TRAINEE_CATEGORY = CodeList(
    key="lawyers.trainee_category",
    title="实习类别",
    codes=(
        Code(value="full_time", title="专职实习", also=("专职", "专职律师", "申请专职律师执业")),
        Code(value="part_time", title="兼职实习", also=("兼职", "兼职律师", "申请兼职律师执业")),
    ),
)

ASSESSMENT_RESULT = CodeList(
    key="lawyers.trainee_result",
    title="考核结果",
    codes=(
        Code(value="qualified", title="合格", also=("通过", "考核合格", "结业")),
        Code(value="unqualified", title="不合格", also=("未通过", "考核不合格", "未结业")),
        Code(value="absent", title="缺考", also=("未参加", "缺席")),
    ),
)

QUALIFICATION_TYPE = CodeList(
    key="lawyers.qualification_type",
    title="资格证类别",
    codes=(
        Code(
            value="A", title="A类", also=("A证", "a", "A 证", "A类证", "法律职业资格A证", "法律职业资格证A")
        ),
        Code(
            value="B", title="B类", also=("B证", "b", "B 证", "B类证", "法律职业资格B证", "法律职业资格证B")
        ),
        Code(
            value="C", title="C类", also=("C证", "c", "C 证", "C类证", "法律职业资格C证", "法律职业资格证C")
        ),
        Code(
            value="lawyer_qualification",
            title="律师资格",
            also=("律师资格证", "律师资格证书", "律师资格凭证", "原律师资格"),
        ),
    ),
)

PARTY_FORM = CodeList(
    key="lawyers.party_form",
    title="党组织形式",
    codes=(
        Code(
            value="own",
            title="单独建立",
            also=("单独", "独立", "独立党支部", "单独党支部", "单独支部", "党支部", "党委", "党总支"),
        ),
        Code(value="joint", title="联合建立", also=("联合", "联合党支部", "联合支部")),
        Code(value="instructor", title="党建工作指导员", also=("指导员", "党建指导员", "派驻指导员")),
        Code(value="none", title="未建立", also=("无", "未建", "没有")),
    ),
)

CUSTODY = CodeList(
    key="lawyers.certificate_custody",
    title="证书保管状态",
    codes=(
        Code(value="held", title="本人持有", also=("持有", "正常", "本人保管")),
        Code(value="deposited", title="已交存", also=("交存", "上交", "收存", "扣押", "已上交", "暂扣")),
        Code(value="lost", title="遗失", also=("丢失", "已挂失", "遗失待补")),
        Code(value="withdrawn", title="已收回", also=("收回", "收缴", "已收缴", "注销收回")),
    ),
)

UNIT_KIND = CodeList(
    key="lawyers.unit_kind",
    title="单位类别",
    codes=(
        Code(value="party_organ", title="党委机关", also=("党的机关", "党委", "党委部门")),
        Code(
            value="government_organ",
            title="行政机关",
            also=("政府机关", "政府", "政府部门", "党政机关", "机关", "国家机关"),
        ),
        Code(value="congress_organ", title="人大、政协机关", also=("人大机关", "政协机关", "人大", "政协")),
        Code(value="mass_organisation", title="群团组织", also=("人民团体", "群团", "群众团体", "工会")),
        Code(value="public_institution", title="事业单位", also=("事业",)),
        Code(
            value="legal_aid_institution", title="法律援助机构", also=("法律援助中心", "法援机构", "法援中心")
        ),
        Code(
            value="state_company", title="国有企业", also=("国企", "国有公司", "国有独资公司", "国有控股公司")
        ),
        Code(value="private_company", title="民营企业", also=("民企", "非公企业", "私营企业")),
    ),
)

UNIT_LEVEL = CodeList(
    key="lawyers.unit_level",
    title="单位层级",
    codes=(
        Code(value="central", title="中央", also=("中央驻冀", "中直", "央企")),
        Code(value="province", title="省级", also=("省", "省直", "省属")),
        Code(value="city", title="市级", also=("市", "市直", "市属", "设区的市")),
        Code(value="county", title="县级", also=("县", "区", "县区级", "区级", "区县级", "县（市、区）级")),
        Code(value="township", title="乡级", also=("乡镇", "乡镇（街道）", "镇", "街道", "乡镇级")),
    ),
)

UNIT_STATUS = CodeList(
    key="lawyers.unit_status",
    title="单位状态",
    codes=(
        Code(value="active", title="正常", also=("存续", "在业", "正常运行"), state=StateKind.OK),
        Code(value="merged", title="已撤并", also=("撤并", "合并", "撤销"), state=StateKind.ENDED),
        Code(value="cancelled", title="已注销", also=("注销",), state=StateKind.ENDED),
    ),
)

CODE_LISTS = (
    FIRM_FORM,
    CATEGORY,
    FIRM_STATUS,
    BRANCH_STATUS,
    LAWYER_STATUS,
    TRAINEE_STATUS,
    TRAINEE_CATEGORY,
    ASSESSMENT_RESULT,
    QUALIFICATION_TYPE,
    PARTY_FORM,
    CUSTODY,
    UNIT_KIND,
    UNIT_LEVEL,
    UNIT_STATUS,
)
