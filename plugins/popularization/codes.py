"""Code lists of popularization; `also` holds spellings met in workbooks."""

from suite.api import Code, CodeList, StateKind

UNIT_LEVEL = CodeList(
    key="popularization.unit_level",
    title="单位类别",
    codes=(
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

CODE_LISTS = (UNIT_LEVEL, SECTOR, UNIT_STATUS, VILLAGER_KIND, VILLAGER_STATUS, EXIT_REASON)
