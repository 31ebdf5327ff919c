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
        "法律经贸专家人数", "仲裁员名册版次", "仲裁秘书人数", "状态",
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
        "仲裁机构", "名册版次", "聘期起", "聘期止", "任职条件", "从业年限", "职称", "工作单位", "现任公职",
        "单位批准文号", "专业领域", "手机号", "状态",
    ),
    rows="plugins.arbitration.sample:arbitrator_rows",
    order=40,
)  # fmt: skip

SAMPLES = (COMMISSIONS, ARBITRATORS)
