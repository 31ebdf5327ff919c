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
        Code(value="special", title="特级", also=("省特级",)),
        Code(value="first", title="一级", also=("省一级",)),
        Code(value="second", title="二级", also=("省二级",)),
        Code(value="none", title="未评级", also=("无", "未定级")),
    ),
)

CODE_LISTS = (OFFICE_FORM, OFFICE_STATUS, ROUTE, NOTARY_STATUS, JOB_TITLE, ARCHIVE_CLASS)
