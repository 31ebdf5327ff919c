"""The sample workbooks of arbitration: their headings are those of the bureau's usual forms.

The rows are made by `plugins.arbitration.sample`, which is imported only when a demonstration asks for them.
"""

from suite.api import SampleData

COMMISSIONS = SampleData(
    kind="arbitration.arbitration_commission",
    file_name="仲裁委员会登记表.xlsx",
    title="石家庄市仲裁委员会登记表",
    headings=(
        "序号", "仲裁委员会名称", "统一社会信用代码", "登记证书号", "登记日期", "机构性质", "县（市、区）",
        "住所", "联系电话", "届次", "本届任期起", "本届任期止", "主任", "副主任人数", "委员人数",
        "法律经贸专家人数", "仲裁员名册版次", "名册有效期止", "内设机构", "仲裁规则版本", "信息公开事项",
        "仲裁秘书人数", "状态",
    ),
    rows="plugins.arbitration.sample:commission_rows",
    order=20,
)  # fmt: skip

ARBITRATORS = SampleData(
    kind="arbitration.arbitrator",
    file_name="仲裁员名册.xlsx",
    title="石家庄仲裁委员会仲裁员名册",
    headings=(
        "序号", "姓名", "性别", "民族", "出生日期", "国籍", "身份证号码", "政治面貌", "学历", "聘书号",
        "仲裁机构", "名册版次", "首次聘任日期", "聘期起", "聘期止", "任职条件", "从业年限", "职称",
        "工作单位", "现任公职", "单位批准文号", "专业领域", "手机号", "状态", "终止聘任日期",
    ),
    rows="plugins.arbitration.sample:arbitrator_rows",
    order=40,
)  # fmt: skip

MEMBERS = SampleData(
    kind="arbitration.governing_member",
    file_name="仲裁委员会组成人员名单.xlsx",
    title="石家庄仲裁委员会组成人员名单",
    headings=(
        "序号", "姓名", "性别", "出生日期", "身份证号码", "政治面貌", "仲裁委员会", "职务", "专家类别",
        "职称", "工作单位", "首次任职日期", "届次", "任期起", "任期止", "聘任文号", "手机号", "状态",
    ),
    rows="plugins.arbitration.sample:member_rows",
    order=50,
)  # fmt: skip

SECRETARIES = SampleData(
    kind="arbitration.case_secretary",
    file_name="仲裁秘书名册.xlsx",
    title="石家庄仲裁委员会仲裁秘书名册",
    headings=(
        "序号", "姓名", "性别", "出生日期", "身份证号码", "政治面貌", "学历", "工号", "仲裁机构", "用工形式",
        "秘书等级", "部门", "入职日期", "合同到期日期", "资格证号", "手机号", "状态", "离职日期",
    ),
    rows="plugins.arbitration.sample:secretary_rows",
    order=55,
)  # fmt: skip

SAMPLES = (COMMISSIONS, ARBITRATORS, MEMBERS, SECRETARIES)
