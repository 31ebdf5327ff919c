"""The sample workbooks of the appraisers: their headings are those of the bureau's usual forms.

The rows are made by `plugins.appraisal.sample`, which is imported only when a demonstration asks for them.
"""

from suite.api import SampleData

INSTITUTIONS = SampleData(
    kind="appraisal.appraisal_institution",
    file_name="司法鉴定机构名册.xlsx",
    title="石家庄市司法鉴定机构名册",
    headings=(
        "序号", "鉴定机构名称", "许可证号", "统一社会信用代码", "母体类型", "依托单位", "法定代表人",
        "机构负责人", "业务范围", "鉴定项目", "资金数额（元）", "首次获准日期",
        "有效期自", "有效期至", "县（市、区）", "机构地址", "联系电话", "CMA编号", "CMA级别",
        "CMA范围", "CMA有效期至", "执业状态",
    ),
    rows="plugins.appraisal.sample:institution_rows",
    order=20,
)  # fmt: skip

APPRAISERS = SampleData(
    kind="appraisal.appraiser",
    file_name="司法鉴定人名册.xlsx",
    title="石家庄市司法鉴定人名册",
    headings=(
        "序号", "姓名", "性别", "民族", "出生日期", "身份证号码", "政治面貌", "学历", "所学专业",
        "司法鉴定人执业证号", "鉴定机构", "专兼职", "主要工作单位", "单位同意书",
        "鉴定类别", "鉴定项目", "任职条件", "职称", "相关工作年限", "授权签字人",
        "考试成绩", "首次执业日期", "进入现机构日期", "有效期自", "有效期至", "手机号", "执业状态",
    ),
    rows="plugins.appraisal.sample:appraiser_rows",
    order=40,
)  # fmt: skip

SAMPLES = (INSTITUTIONS, APPRAISERS)
