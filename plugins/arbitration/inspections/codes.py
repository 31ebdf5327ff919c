"""The check list: what is gone through on site. The articles are found with the items."""

from suite.api import Code, CodeList

ITEMS = CodeList(
    key="arbitration.check_item",
    title="仲裁机构检查项目",
    codes=(
        Code(value="charter", title="章程及修改（登记暂行办法）"),
        Code(value="term", title="组成人员、任期和换届", also=("仲裁法（2017年）第十二条",)),
        Code(value="panel", title="仲裁员名册与聘任条件", also=("仲裁法（2017年）第十三条",)),
        Code(value="filing", title="登记事项变更备案（登记暂行办法）"),
        Code(value="finance", title="财务与收费", also=("仲裁法（2017年）第七十六条",)),
        Code(
            value="disclosure", title="章程、名册、规则、收费和年度报告公开", also=("仲裁法（2025年修订）",)
        ),
        Code(value="complaints", title="投诉处理与职业道德委员会"),
        Code(
            value="judicial_review",
            title="撤销和不予执行裁决的分析整改",
            also=("仲裁法（2017年）第五十八条",),
        ),
        Code(value="confidential", title="保密与案卷管理", also=("仲裁法（2017年）第四十条",)),
    ),
)
