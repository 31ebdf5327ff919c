"""Code lists of the forensic appraisers; `also` holds spellings met in workbooks."""

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

# 司规〔2020〕3号, 司规〔2020〕5号, 司发通〔2019〕56号; the two digits are domain and sub-domain.
PRACTICE_CATEGORY = CodeList(
    key="appraisal.practice_category",
    title="执业类别",
    codes=(
        Code(value="A01", title="法医病理鉴定", also=("法医病理",)),
        Code(value="A02", title="法医临床鉴定", also=("法医临床",)),
        Code(value="A03", title="法医精神病鉴定", also=("法医精神病", "精神病鉴定")),
        Code(value="A04", title="法医物证鉴定", also=("法医物证", "DNA鉴定")),
        Code(value="A05", title="法医毒物鉴定", also=("法医毒物", "毒物鉴定")),
        Code(value="B01", title="文书鉴定", also=("文书", "文书司法鉴定")),
        Code(value="B02", title="痕迹鉴定", also=("痕迹", "痕迹司法鉴定")),
        Code(value="B03", title="微量物证鉴定", also=("微量物证", "微量鉴定")),
        Code(value="C01", title="录音鉴定", also=("录音",)),
        Code(value="C02", title="图像鉴定", also=("图像", "录像鉴定")),
        Code(value="C03", title="电子数据鉴定", also=("电子数据",)),
        Code(value="D01", title="污染物性质鉴定", also=("污染物性质",)),
        Code(value="D02", title="地表水与沉积物环境损害鉴定", also=("地表水与沉积物",)),
        Code(value="D03", title="空气污染环境损害鉴定", also=("空气污染",)),
        Code(value="D04", title="土壤与地下水环境损害鉴定", also=("土壤与地下水",)),
        Code(value="D05", title="近岸海洋与海岸带环境损害鉴定", also=("近岸海洋与海岸带",)),
        Code(value="D06", title="生态系统环境损害鉴定", also=("生态系统",)),
        Code(value="D07", title="其他环境损害鉴定", also=("其他环境损害",)),
    ),
)  # fmt: skip

CODE_LISTS = (PARENT_TYPE, INSTITUTION_STATUS, APPRAISER_STATUS, EMPLOYMENT, JOB_TITLE, PRACTICE_CATEGORY)
