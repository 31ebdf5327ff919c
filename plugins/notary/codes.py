"""Code lists of the notaries; `also` holds spellings met in workbooks."""

from suite.api import Code, CodeList, StateKind

OFFICE_FORM = CodeList(
    key="notary.office_form",
    title="组织形式",
    codes=(
        Code(
            value="public_institution",
            title="事业体制",
            also=("事业单位", "事业", "事业编制", "公益一类事业单位", "公益二类事业单位"),
        ),
        Code(value="cooperative", title="合作制", also=("合作", "合作制公证机构", "合作制试点")),
    ),
)

OFFICE_STATUS = CodeList(
    key="notary.office_status",
    title="执业状态",
    codes=(
        Code(value="planned", title="筹建", also=("筹备", "筹建中", "申请设立"), state=StateKind.NEUTRAL),
        Code(value="approved", title="已批准未开业", also=("已批准", "待开业"), state=StateKind.RUN),
        Code(value="active", title="正常执业", also=("正常", "执业", "执业中", "在业"), state=StateKind.OK),
        Code(value="suspended", title="停业整顿", also=("停业", "停业处罚"), state=StateKind.BAD),
        Code(value="closing", title="终止清算", also=("终止", "撤并中", "清算"), state=StateKind.WARN),
        Code(value="cancelled", title="已注销", also=("注销", "撤并", "已撤并"), state=StateKind.ENDED),
        Code(value="refused", title="不予设立", also=("不予许可",), state=StateKind.ENDED),
    ),
)

ROUTE = CodeList(
    key="notary.route",
    title="任职途径",
    codes=(
        Code(value="exam", title="考试任职", also=("考试", "一般任职", "法律职业资格")),
        Code(value="assessment", title="考核任职", also=("考核", "特许任职")),
    ),
)

NOTARY_STATUS = CodeList(
    key="notary.notary_status",
    title="执业状态",
    codes=(
        Code(value="trainee", title="实习", also=("实习中", "实习公证员"), state=StateKind.NEUTRAL),
        Code(value="applying", title="申请任职", also=("申请中", "报批中"), state=StateKind.RUN),
        Code(value="appointed", title="已任命待领证", also=("已任命", "待领证"), state=StateKind.RUN),
        Code(
            value="active",
            title="正常执业",
            also=("正常", "执业", "执业中", "在岗", "在职", "在册"),
            state=StateKind.OK,
        ),
        Code(value="suspended", title="停止执业", also=("停执", "暂停执业"), state=StateKind.BAD),
        Code(value="removed", title="已免职", also=("免职", "退休免职"), state=StateKind.ENDED),
        Code(
            value="certificate_cancelled",
            title="已注销",
            also=("注销", "执业证注销", "注销执业证"),
            state=StateKind.ENDED,
        ),
        Code(value="revoked", title="已吊销", also=("吊销", "吊销执业证"), state=StateKind.BAD),
    ),
)

# 中级以上 of indicator 22 is every value but the last.
JOB_TITLE = CodeList(
    key="notary.job_title",
    title="职称",
    codes=(
        Code(value="first", title="一级公证员", also=("正高", "正高级", "一级")),
        Code(value="second", title="二级公证员", also=("副高", "副高级", "二级")),
        Code(value="third", title="三级公证员", also=("中级", "三级")),
        Code(value="fourth", title="四级公证员", also=("初级", "四级", "助理公证员")),
    ),
)

ARCHIVE_CLASS = CodeList(
    key="notary.archive_class",
    title="档案室等级",
    codes=(
        Code(value="special", title="特级", also=("省特级", "国家特级")),
        Code(value="first", title="一级", also=("省一级", "国家一级")),
        Code(value="second", title="二级", also=("省二级", "国家二级")),
        Code(value="none", title="未评级", also=("无", "未定级")),
    ),
)

# 公证法第二十四条; resignation and a revoked certificate are grounds of their own.
REMOVAL_REASON = CodeList(
    key="notary.removal_reason",
    title="免职原因",
    codes=(
        Code(value="nationality", title="丧失中国国籍", also=("丧失国籍",)),
        Code(value="age", title="年满六十五周岁", also=("退休", "年满65周岁", "到龄", "达到年龄上限")),
        Code(value="health", title="因健康原因不能继续履职", also=("健康原因", "因病", "身体原因")),
        Code(value="own_wish", title="自愿辞去公证员职务", also=("辞职", "本人申请", "自愿辞职")),
        Code(value="revoked", title="被吊销公证员执业证书", also=("吊销", "吊销执业证书")),
        Code(value="other", title="其他", also=("调离", "死亡", "去世")),
    ),
)

CUSTODY = CodeList(
    key="notary.certificate_custody",
    title="执业证保管状态",
    codes=(
        Code(value="held", title="本人持有", also=("持有", "正常", "本人保管")),
        Code(value="deposited", title="已交存", also=("交存", "上交", "收存", "已上交", "暂扣")),
        Code(value="lost", title="遗失", also=("丢失", "遗失待补")),
        Code(value="withdrawn", title="已收回", also=("收回", "收缴", "注销收回")),
    ),
)

STAFF_KIND = CodeList(
    key="notary.staff_kind",
    title="人员类别",
    codes=(
        Code(value="assistant", title="公证员助理", also=("助理", "助理公证员", "公证助理")),
        Code(value="intern", title="实习人员", also=("公证实习人员", "实习", "申请任职实习人员")),
        Code(value="administrative", title="行政人员", also=("行政后勤", "后勤人员", "行政", "财务人员")),
        Code(value="archivist", title="档案管理人员", also=("档案员", "档案人员")),
        Code(value="other", title="其他人员", also=("其他", "辅助人员", "其他工作人员")),
    ),
)

STAFF_STATUS = CodeList(
    key="notary.staff_status",
    title="在岗状态",
    codes=(
        Code(value="active", title="在岗", also=("正常", "在职", "在册", "在聘"), state=StateKind.OK),
        Code(value="away", title="离岗培训或休假", also=("休假", "产假", "离岗培训"), state=StateKind.PAUSE),
        Code(value="appointed", title="已任公证员", also=("任公证员", "转任公证员"), state=StateKind.ENDED),
        Code(value="left", title="已离职", also=("离职", "辞职", "解聘", "离岗"), state=StateKind.ENDED),
    ),
)

CODE_LISTS = (
    OFFICE_FORM,
    OFFICE_STATUS,
    ROUTE,
    NOTARY_STATUS,
    JOB_TITLE,
    ARCHIVE_CLASS,
    REMOVAL_REASON,
    CUSTODY,
    STAFF_KIND,
    STAFF_STATUS,
)
