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
        "岗前培训学时", "发证日期", "手机号", "状态", "退出日期", "退出原因",
    ),
    rows="plugins.popularization.sample:villager_rows",
    order=60,
)  # fmt: skip

SAMPLES = (UNITS, VILLAGERS)
