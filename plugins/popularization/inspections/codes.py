"""The check list: what is gone through on site. The articles are found with the items."""

from suite.api import Code, CodeList

ITEMS = CodeList(
    key="popularization.check_item",
    title="普法工作检查项目",
    codes=(
        Code(value="duty_list", title="普法责任清单的公布与落实", also=("法治宣传教育法第九条",)),
        Code(value="plan", title="年度普法计划与经费"),
        Code(value="activities", title="宣传活动记录与成效材料"),
        Code(value="site", title="阵地设施完好、内容更新"),
        Code(value="open", title="阵地开放与使用"),
        Code(value="villagers", title="法律明白人配备与培训"),
        Code(value="democracy", title="村务公开与基层民主"),
        Code(value="rectification", title="上次检查问题的整改"),
    ),
)
