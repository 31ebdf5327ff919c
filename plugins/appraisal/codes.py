"""Code lists of the forensic appraisers; `also` holds spellings met in workbooks."""

from plugins.appraisal.practice import PRACTICE_CATEGORY, PRACTICE_ITEM
from suite.api import Code, CodeList, StateKind

PARENT_TYPE = CodeList(
    key="appraisal.parent_type",
    title="母体类型",
    codes=(
        Code(value="university", title="高等院校", also=("高校", "大学", "院校")),
        Code(value="institute", title="科研院所", also=("科研机构", "研究所")),
        Code(value="hospital", title="医疗机构", also=("医院", "卫生机构")),
        Code(value="high_tech_firm", title="高科技企业", also=("高新技术企业", "高新企业")),
        Code(value="social", title="社会力量", also=("社会", "企业", "其他", "社会组织")),
    ),
)

INSTITUTION_STATUS = CodeList(
    key="appraisal.institution_status",
    title="执业状态",
    codes=(
        Code(value="applying", title="申请登记", also=("申请中", "筹建"), state=StateKind.RUN),
        Code(value="active", title="正常执业", also=("正常", "执业", "执业中", "在册"), state=StateKind.OK),
        Code(value="rectifying", title="限期整改", also=("整改", "整改中"), state=StateKind.WARN),
        Code(
            value="suspended",
            title="停止从事司法鉴定业务",
            also=("停业", "停业处罚", "停业整顿", "停止执业"),
            state=StateKind.BAD,
        ),
        Code(value="cancelled", title="已注销", also=("注销", "注销登记"), state=StateKind.ENDED),
        Code(value="deregistered", title="撤销登记", also=("撤销", "已撤销", "吊销"), state=StateKind.BAD),
        Code(value="refused", title="不予登记", also=("不予许可",), state=StateKind.ENDED),
    ),
)

APPRAISER_STATUS = CodeList(
    key="appraisal.appraiser_status", title="执业状态", codes=INSTITUTION_STATUS.codes
)

EMPLOYMENT = CodeList(
    key="appraisal.employment",
    title="执业类型",
    codes=(
        Code(value="full_time", title="专职鉴定人", also=("专职", "专职司法鉴定人")),
        Code(value="part_time", title="兼职鉴定人", also=("兼职", "兼职司法鉴定人")),
    ),
)

JOB_TITLE = CodeList(
    key="appraisal.job_title",
    title="职称等级",
    codes=(
        Code(
            value="senior",
            title="高级",
            also=(
                "正高",
                "副高",
                "正高级",
                "副高级",
                "高级职称",
                "主任医师",
                "副主任医师",
                "主任法医师",
                "副主任法医师",
                "教授",
                "副教授",
            ),
        ),
        Code(
            value="intermediate", title="中级", also=("中级职称", "主治医师", "主检法医师", "讲师", "工程师")
        ),
        Code(value="junior", title="初级", also=("初级职称", "医师", "法医师", "助理工程师")),
        Code(value="none", title="无", also=("无职称", "未评定")),
    ),
)

# 决定第四条: the three alternative conditions.
ELIGIBILITY = CodeList(
    key="appraisal.eligibility",
    title="任职条件",
    codes=(
        Code(value="title", title="具有相关的高级专业技术职称", also=("高级职称", "高级专业技术职称")),
        Code(
            value="degree",
            title="具有相关执业资格或本科以上学历，从事相关工作五年以上",
            also=("执业资格或学历", "本科以上学历从事相关工作五年以上", "学历加年限"),
        ),
        Code(
            value="skill",
            title="具有相关工作十年以上经历和较强的专业技能",
            also=("专业技能", "工作十年以上", "从事相关工作十年以上"),
        ),
    ),
)

CMA_LEVEL = CodeList(
    key="appraisal.cma_level",
    title="资质认定级别",
    codes=(
        Code(value="national", title="国家级", also=("国家", "国认监委")),
        Code(value="provincial", title="省级", also=("省", "省市场监管局")),
    ),
)

CODE_LISTS = (
    PARENT_TYPE,
    INSTITUTION_STATUS,
    APPRAISER_STATUS,
    EMPLOYMENT,
    JOB_TITLE,
    ELIGIBILITY,
    CMA_LEVEL,
    PRACTICE_CATEGORY,
    PRACTICE_ITEM,
)
