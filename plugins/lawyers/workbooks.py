"""The sample workbooks of the lawyers: their headings are those of the bureau's usual forms.

The rows are made by `plugins.lawyers.sample`, which is imported only when a demonstration asks for them.
"""

from suite.api import SampleData

UNITS = SampleData(
    kind="lawyers.employer_unit",
    file_name="公职律师、公司律师单位名录.xlsx",
    title="石家庄市公职律师、公司律师单位名录",
    headings=(
        "序号",
        "单位名称",
        "统一社会信用代码",
        "单位性质",
        "单位级别",
        "所在区县",
        "法制机构",
        "配备方式",
        "批准文号",
        "办公电话",
        "备注",
    ),
    rows="plugins.lawyers.sample:unit_rows",
    order=10,
)

FIRMS = SampleData(
    kind="lawyers.law_firm",
    file_name="律师事务所名册.xlsx",
    title="石家庄市律师事务所名册",
    headings=(
        "序号", "律师事务所名称", "统一社会信用代码", "执业许可证流水号", "组织形式", "负责人",
        "负责人执业证号",
        "成立日期", "批准文号", "开业日期", "县（市、区）", "住所", "住所区划代码", "主管司法局", "办公电话",
        "党组织形式", "党支部书记", "设立资产（元）", "行政人员数", "状态", "备注",
    ),
    rows="plugins.lawyers.sample:firm_rows",
    order=20,
)  # fmt: skip

BRANCHES = SampleData(
    kind="lawyers.branch_office",
    file_name="律师事务所分所名册.xlsx",
    title="石家庄市律师事务所分所名册",
    headings=(
        "序号", "分所名称", "统一社会信用代码", "总所名称", "总所所在省份", "本市总所", "负责人",
        "负责人执业证号", "批准日期", "县（市、区）", "住所", "办公电话", "资产（元）", "状态",
    ),
    rows="plugins.lawyers.sample:branch_rows",
    order=30,
)  # fmt: skip

LAWYERS = SampleData(
    kind="lawyers.lawyer",
    file_name="律师名册.xlsx",
    title="石家庄市律师名册",
    headings=(
        "序号", "姓名", "性别", "民族", "出生日期", "证件类型", "身份证号码", "政治面貌", "学历", "执业证号",
        "执业证书流水号", "所在律所", "执业类型", "首次执业时间", "入所时间", "是否合伙人", "资格证号",
        "资格证类别", "专业领域", "涉外法治人才库", "涉外人才等级", "手机号", "县区", "执业状态", "备注",
    ),
    rows="plugins.lawyers.sample:lawyer_rows",
    order=40,
)  # fmt: skip

TRAINEES = SampleData(
    kind="lawyers.trainee_lawyer",
    file_name="申请律师执业人员（实习人员）名册.xlsx",
    title="石家庄市申请律师执业人员（实习人员）名册",
    headings=(
        "序号", "姓名", "性别", "民族", "出生日期", "身份证号码", "政治面貌", "学历", "实习证号", "实习律所",
        "类别", "指导律师", "指导律师执业证号", "实习开始日期", "实习结束日期", "集中培训结业日期",
        "资格证号",
        "手机号", "县区", "实习状态",
    ),
    rows="plugins.lawyers.sample:trainee_rows",
    order=50,
)  # fmt: skip

SAMPLES = (UNITS, FIRMS, BRANCHES, LAWYERS, TRAINEES)
