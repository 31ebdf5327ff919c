"""Code lists of popularization; `also` holds spellings met in workbooks."""

from suite.api import Code, CodeList, StateKind

UNIT_LEVEL = CodeList(
    key="popularization.unit_level",
    title="单位类别",
    codes=(
        Code(value="city", title="市本级政府", also=("市政府", "市级政府")),
        Code(value="city_department", title="市直部门", also=("市直单位", "市级部门", "市直")),
        Code(value="county", title="县（市、区）", also=("县市区", "县(市、区)", "县级", "县区")),
        Code(value="township", title="乡镇（街道）", also=("乡镇", "街道", "乡镇街道", "乡级")),
    ),
)

SECTOR = CodeList(
    key="popularization.sector",
    title="系统",
    codes=(
        Code(value="enforcement", title="行政执法", also=("行政执法机关", "行政机关", "政府部门")),
        Code(value="justice", title="司法", also=("司法机关", "法院检察院")),
        Code(value="party", title="党委部门", also=("党委", "党群", "党的机关")),
        Code(value="mass_organisation", title="群团", also=("群团组织", "人民团体")),
        Code(value="institution", title="企事业", also=("企事业单位", "事业单位", "国有企业", "企业")),
        Code(value="government", title="地方政府", also=("人民政府", "政府")),
    ),
)

UNIT_STATUS = CodeList(
    key="popularization.unit_status",
    title="状态",
    codes=(
        Code(value="active", title="在列", also=("正常", "有效", "责任单位"), state=StateKind.OK),
        Code(value="ended", title="已撤并", also=("撤并", "撤销", "机构改革撤销"), state=StateKind.ENDED),
    ),
)

# The kinds of people from whom villages select, by 乡村“法律明白人”培养工作规范（试行）.
VILLAGER_KIND = CodeList(
    key="popularization.villager_kind",
    title="人员类别",
    codes=(
        Code(
            value="village_cadre",
            title="村（社区）“两委”成员",
            also=("村干部", "两委成员", "村两委", "社区干部", "“两委”成员"),
        ),
        Code(
            value="womens_director",
            title="妇女儿童主任",
            also=("妇联主席", "妇女主任", "儿童主任", "妇联执委"),
        ),
        Code(value="mediator", title="人民调解员", also=("调解员",)),
        Code(value="auxiliary_police", title="驻村辅警", also=("辅警", "警务助理")),
        Code(value="grid_worker", title="网格员", also=("专职网格员", "网格长")),
        Code(
            value="group_head",
            title="村（居）民小组长",
            also=("村民小组长", "小组长", "居民小组长", "楼门长"),
        ),
        Code(value="party_member", title="党员", also=("中共党员", "党员中心户")),
        Code(
            value="five_elders", title="“五老”人员", also=("五老", "五老人员", "老党员", "老干部", "老教师")
        ),
        Code(value="veteran", title="退役军人", also=("退伍军人",)),
        Code(value="leading_farmer", title="致富带头人", also=("致富能手", "种养大户", "农村实用人才")),
        Code(value="other", title="其他村（居）民", also=("其他", "村民", "群众", "居民")),
    ),
)

VILLAGER_STATUS = CodeList(
    key="popularization.villager_status",
    title="状态",
    codes=(
        Code(value="nominated", title="已推荐", also=("推荐", "拟选", "待培训"), state=StateKind.NEUTRAL),
        Code(value="trained", title="已培训待发证", also=("已培训", "待发证"), state=StateKind.RUN),
        Code(
            value="active", title="在岗", also=("正常", "在册", "持证", "已发证", "在任"), state=StateKind.OK
        ),
        Code(value="suspended", title="暂停", also=("暂停履职", "中止"), state=StateKind.PAUSE),
        Code(value="exited", title="已退出", also=("退出", "注销", "离任"), state=StateKind.ENDED),
    ),
)

EXIT_REASON = CodeList(
    key="popularization.exit_reason",
    title="退出原因",
    codes=(
        Code(value="moved", title="迁出本村", also=("迁出", "外出务工", "搬迁")),
        Code(value="own_wish", title="本人申请", also=("本人要求", "自愿退出")),
        Code(value="unfit", title="不能履职", also=("不称职", "年老体弱", "考核不合格", "去世")),
        Code(value="unlawful", title="违法违纪", also=("违法", "违纪")),
    ),
)

HONOUR_LEVEL = CodeList(
    key="popularization.honour_level",
    title="级别",
    codes=(
        Code(value="national", title="全国", also=("国家级", "国家", "全国级")),
        Code(value="province", title="省级", also=("省", "河北省")),
        Code(value="city", title="市级", also=("市", "石家庄市")),
        Code(value="county", title="县级", also=("县", "区级", "县（市、区）级", "县区级")),
        Code(value="township", title="乡级", also=("乡镇级", "乡镇", "镇级")),
        Code(value="village", title="村级", also=("村", "社区级")),
    ),
)

SITE_KIND = CodeList(
    key="popularization.site_kind",
    title="阵地类型",
    codes=(
        Code(value="park", title="法治文化公园", also=("公园", "法治公园", "法治主题公园")),
        Code(value="square", title="法治文化广场", also=("广场", "法治广场")),
        Code(value="corridor", title="法治文化长廊", also=("长廊", "法治长廊", "文化墙", "法治文化墙")),
        Code(value="museum", title="法治展馆", also=("展馆", "法治文化馆", "展览馆", "法治展厅")),
        Code(value="street", title="法治文化街区", also=("街区", "法治一条街", "法治街区")),
        Code(value="library", title="法律图书角", also=("书屋", "农家书屋法律角", "法治书屋", "图书角")),
        Code(value="board", title="法治宣传栏", also=("宣传栏", "橱窗", "法治橱窗")),
        Code(value="base", title="法治宣传教育基地", also=("宣传教育基地", "法治教育基地", "普法基地")),
        Code(value="youth_base", title="青少年法治教育基地", also=("青少年基地", "青少年教育基地")),
    ),
)

SITE_STATUS = CodeList(
    key="popularization.site_status",
    title="状态",
    codes=(
        Code(value="planned", title="规划在建", also=("在建", "规划", "拟建"), state=StateKind.RUN),
        Code(value="active", title="正常开放", also=("开放", "正常", "已建成"), state=StateKind.OK),
        Code(value="repair", title="维修", also=("维护中", "改造", "暂停开放"), state=StateKind.WARN),
        Code(value="closed", title="已关闭", also=("关闭", "拆除", "撤销"), state=StateKind.ENDED),
    ),
)

# 全国民主法治示范村（社区）命名管理办法 as retold by 滨州办法: named, rechecked, kept or taken away.
VILLAGE_STATUS = CodeList(
    key="popularization.village_status",
    title="命名状态",
    codes=(
        Code(value="applied", title="申报", also=("已申报", "申请"), state=StateKind.NEUTRAL),
        Code(value="county_recommended", title="县级推荐", also=("已推荐", "推荐"), state=StateKind.RUN),
        Code(value="city_reviewed", title="市级审核", also=("已审核", "审核通过"), state=StateKind.RUN),
        Code(
            value="active", title="已命名", also=("命名", "有效", "保留", "正常", "在册"), state=StateKind.OK
        ),
        Code(value="rechecking", title="复核中", also=("复核", "待复核"), state=StateKind.RUN),
        Code(value="rectifying", title="限期整改", also=("整改", "整改中"), state=StateKind.WARN),
        Code(value="cancelled", title="已撤销", also=("撤销", "撤销命名", "取消"), state=StateKind.BAD),
        Code(value="deregistered", title="已注销", also=("注销", "村庄撤并"), state=StateKind.ENDED),
    ),
)

RECHECK_RESULT = CodeList(
    key="popularization.recheck_result",
    title="复核结果",
    codes=(
        Code(value="kept", title="保留", also=("合格", "继续保留")),
        Code(value="kept_after_rectifying", title="整改后保留", also=("整改合格",)),
        Code(value="cancelled", title="撤销", also=("撤销命名", "不合格")),
        Code(value="deregistered", title="注销", also=("撤并注销",)),
    ),
)

HOUSEHOLD_STATUS = CodeList(
    key="popularization.household_status",
    title="命名状态",
    codes=(
        Code(value="active", title="已命名", also=("有效", "正常", "在册", "已挂牌"), state=StateKind.OK),
        Code(value="nominated", title="申报", also=("推荐", "拟命名"), state=StateKind.NEUTRAL),
        Code(value="cancelled", title="已取消", also=("取消", "撤销", "摘牌"), state=StateKind.ENDED),
    ),
)

VOLUNTEER_KIND = CodeList(
    key="popularization.volunteer_kind",
    title="人员类别",
    codes=(
        Code(value="lawyer", title="律师", also=("执业律师",)),
        Code(value="notary", title="公证员、鉴定人、仲裁员", also=("公证员", "司法鉴定人", "仲裁员")),
        Code(value="grassroots", title="基层法律服务工作者", also=("基层法律服务", "法律工作者")),
        Code(value="officer", title="政法干警", also=("法官", "检察官", "民警", "司法所工作人员")),
        Code(value="retired", title="退休政法干部", also=("退休干部", "离退休政法干部")),
        Code(value="teacher", title="高校师生", also=("教师", "大学生", "法学院师生", "学生")),
        Code(value="official", title="机关干部", also=("公务员", "机关工作人员")),
        Code(value="mediator", title="人民调解员", also=("调解员",)),
        Code(value="other", title="其他", also=("社会人士", "群众", "其他人员")),
    ),
)

VOLUNTEER_STATUS = CodeList(
    key="popularization.volunteer_status",
    title="状态",
    codes=(
        Code(value="active", title="在册", also=("正常", "有效", "在岗"), state=StateKind.OK),
        Code(value="paused", title="暂停服务", also=("暂停", "请假"), state=StateKind.PAUSE),
        Code(value="left", title="已退出", also=("退出", "注销", "离队"), state=StateKind.ENDED),
    ),
)

AUDIENCE = CodeList(
    key="popularization.audience",
    title="服务对象",
    codes=(
        Code(value="officials", title="国家工作人员", also=("领导干部", "机关", "公务员")),
        Code(value="youth", title="青少年", also=("学生", "学校", "未成年人")),
        Code(value="farmers", title="农民", also=("村民", "乡村", "农村")),
        Code(value="business", title="企业经营管理人员", also=("企业", "企业职工", "职工")),
        Code(value="residents", title="社区居民", also=("社区", "居民")),
        Code(value="others", title="其他人员", also=("其他", "老年人", "妇女儿童")),
    ),
)

CODE_LISTS = (
    UNIT_LEVEL,
    SECTOR,
    UNIT_STATUS,
    VILLAGER_KIND,
    VILLAGER_STATUS,
    EXIT_REASON,
    HONOUR_LEVEL,
    SITE_KIND,
    SITE_STATUS,
    VILLAGE_STATUS,
    RECHECK_RESULT,
    HOUSEHOLD_STATUS,
    VOLUNTEER_KIND,
    VOLUNTEER_STATUS,
    AUDIENCE,
)
