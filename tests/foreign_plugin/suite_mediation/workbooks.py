"""The sample workbooks of people's mediation."""

from suite.api import SampleData

SAMPLES = (
    SampleData(
        kind="mediation.committee",
        file_name="人民调解委员会名册.xlsx",
        title="石家庄市人民调解委员会名册",
        headings=("序号", "调委会名称", "类别", "县（市、区）", "委员数", "成立日期", "住所", "状态"),
        rows="suite_mediation.sample:committee_rows",
        order=70,
    ),
    SampleData(
        kind="mediation.mediator",
        file_name="人民调解员名册.xlsx",
        title="石家庄市人民调解员名册",
        headings=(
            "序号", "姓名", "性别", "民族", "身份证号码", "县（市、区）", "所属调委会", "专职或兼职",
            "聘用日期", "手机", "状态",
        ),
        rows="suite_mediation.sample:mediator_rows",
        order=71,
    ),
)  # fmt: skip
