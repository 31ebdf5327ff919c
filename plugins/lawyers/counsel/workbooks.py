"""Sample workbooks of public counsel: headings as counties send them."""

from suite.api import SampleData

VILLAGE_COUNSEL = SampleData(
    kind="lawyers.village_counsel",
    file_name="村（居）法律顾问聘任情况.xlsx",
    title="石家庄市村（居）法律顾问聘任情况",
    headings=(
        "序号", "县（市、区）", "乡镇（街道）", "村（社区）", "顾问类别", "律师事务所", "法律顾问",
        "基层法律服务工作者", "签订日期", "起始日期", "到期日期", "微信群", "补贴（元/年）", "状态", "备注",
    ),
    rows="plugins.lawyers.sample.counsel:village_counsel_rows",
    order=60,
)  # fmt: skip

ORGAN_COUNSEL = SampleData(
    kind="lawyers.organ_counsel",
    file_name="党政机关法律顾问备案.xlsx",
    title="石家庄市党政机关法律顾问备案",
    headings=(
        "序号", "单位名称", "县（市、区）", "顾问类别", "律师事务所", "法律顾问", "其他顾问姓名", "合同编号",
        "签订日期", "起始日期", "到期日期", "顾问费（元/年）", "备案号", "备案日期", "状态",
    ),
    rows="plugins.lawyers.sample.counsel:organ_counsel_rows",
    order=62,
)  # fmt: skip

SAMPLES = (VILLAGE_COUNSEL, ORGAN_COUNSEL)
