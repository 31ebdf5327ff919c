"""The sample workbooks of popularization: their headings are those of the bureau's usual forms.

The rows are made by `plugins.popularization.sample`, imported only when a demonstration asks for them.
"""

from suite.api import SampleData

UNITS = SampleData(
    kind="popularization.duty_unit",
    file_name="普法责任单位名录.xlsx",
    title="石家庄市普法责任单位名录",
    headings=(
        "序号", "单位名称", "统一社会信用代码", "单位类别", "所属系统", "县（市、区）", "是否行政执法机关",
        "主要法律法规", "是否联席会议成员", "责任科室", "联络员", "办公电话", "状态",
    ),
    rows="plugins.popularization.sample:unit_rows",
    order=20,
)  # fmt: skip

VILLAGERS = SampleData(
    kind="popularization.law_savvy_villager",
    file_name="法律明白人名册.xlsx",
    title="石家庄市乡村“法律明白人”名册",
    headings=(
        "序号", "县（市、区）", "乡镇（街道）", "村（社区）", "村民小组", "姓名", "性别", "民族", "出生日期",
        "身份证号码", "政治面貌", "文化程度", "人员类别", "职务", "法律明白人证号", "选任日期",
        "岗前培训学时", "培训日期", "十户普法宣传员", "联系户数", "发证日期", "手机号", "状态",
        "退出日期", "退出原因",
    ),
    rows="plugins.popularization.sample:villager_rows",
    order=60,
)  # fmt: skip

MODEL_VILLAGES = SampleData(
    kind="popularization.democratic_rule_of_law_village",
    file_name="民主法治示范村（社区）名录.xlsx",
    title="石家庄市民主法治示范村（社区）名录",
    headings=(
        "序号", "县（市、区）", "乡镇（街道）", "村（社区）", "命名级别", "批次", "命名日期", "命名文号",
        "命名机关", "考评得分", "复核日期", "复核结果", "整改期限", "状态", "撤销日期", "撤销原因",
    ),
    rows="plugins.popularization.sample:model_village_rows",
    order=70,
)  # fmt: skip

HOUSEHOLDS = SampleData(
    kind="popularization.law_study_model_household",
    file_name="学法用法示范户名册.xlsx",
    title="石家庄市学法用法示范户名册",
    headings=(
        "序号", "县（市、区）", "乡镇（街道）", "村（社区）", "村民小组", "户主姓名", "性别", "身份证号码",
        "家庭人口", "是否有法律明白人", "示范户编号", "级别", "挂牌日期", "命名文号", "手机号", "状态",
        "取消日期",
    ),
    rows="plugins.popularization.sample:household_rows",
    order=75,
)  # fmt: skip

SITES = SampleData(
    kind="popularization.rule_of_law_culture_site",
    file_name="法治文化阵地名册.xlsx",
    title="石家庄市法治文化阵地名册",
    headings=(
        "序号", "阵地名称", "阵地编号", "阵地类型", "级别", "是否红色法治文化", "主题", "县（市、区）",
        "乡镇（街道）", "村（社区）", "地址", "面积（平方米）", "建成日期", "管理单位", "联系人", "办公电话",
        "年接待人次", "检查日期", "检查发现问题", "状态",
    ),
    rows="plugins.popularization.sample:site_rows",
    order=80,
)  # fmt: skip

VOLUNTEERS = SampleData(
    kind="popularization.volunteer",
    file_name="普法志愿者名册.xlsx",
    title="石家庄市普法志愿者名册",
    headings=(
        "序号", "姓名", "性别", "出生日期", "身份证号码", "政治面貌", "县（市、区）", "志愿者编号",
        "人员类别", "服务队", "工作单位", "讲师团", "服务对象", "注册日期", "培训学时", "服务时长",
        "手机号", "状态", "退出日期",
    ),
    rows="plugins.popularization.sample:volunteer_rows",
    order=85,
)  # fmt: skip

SAMPLES = (UNITS, VILLAGERS, MODEL_VILLAGES, HOUSEHOLDS, SITES, VOLUNTEERS)
