"""The sample workbooks of the notaries: their headings are those of the bureau's usual forms.

The rows are made by `plugins.notary.sample`, which is imported only when a demonstration asks for them.
"""

from suite.api import SampleData

OFFICES = SampleData(
    kind="notary.notary_office",
    file_name="公证机构名册.xlsx",
    title="石家庄市公证机构名册",
    headings=(
        "序号", "公证机构名称", "统一社会信用代码", "执业证书编号", "发证日期", "组织形式", "举办单位",
        "负责人", "县（市、区）", "主管司法局", "办公地址", "执业区域", "联系电话", "设立日期", "编制数",
        "公证员助理数", "涉外公证", "线上公证开通日期", "保险单号", "承保公司", "保险限额",
        "保险起期", "保险止期", "档案室等级", "执业状态",
    ),
    rows="plugins.notary.sample:office_rows",
    order=20,
)  # fmt: skip

NOTARIES = SampleData(
    kind="notary.notary",
    file_name="公证员名册.xlsx",
    title="石家庄市公证员名册",
    headings=(
        "序号", "姓名", "性别", "民族", "出生日期", "身份证号码", "政治面貌", "学历", "公证员执业证号",
        "流水号", "公证处", "任职途径", "法律职业资格证号", "任命文号", "任命日期", "发证日期",
        "首次执业日期", "进入现机构日期", "是否负责人", "涉外公证资格", "职称", "手机号",
        "执业状态", "免职日期", "免职原因",
    ),
    rows="plugins.notary.sample:notary_rows",
    order=40,
)  # fmt: skip

ASSISTANTS = SampleData(
    kind="notary.notary_assistant",
    file_name="公证员助理名册.xlsx",
    title="石家庄市公证员助理及其他人员名册",
    headings=(
        "序号", "姓名", "性别", "出生日期", "身份证号码", "政治面貌", "学历", "公证机构", "人员类别",
        "指导公证员", "用工形式", "资格证号", "入职日期", "合同到期日期", "实习起始日期", "手机号",
        "状态", "离职日期",
    ),
    rows="plugins.notary.sample:assistant_rows",
    order=50,
)  # fmt: skip

SAMPLES = (OFFICES, NOTARIES, ASSISTANTS)
