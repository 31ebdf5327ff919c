"""Numbers of the rules and of the house about duty units and law-savvy villagers."""

from suite.api import OwnParameters

VILLAGERS = "乡村“法律明白人”培养工作规范（试行）（2021年）"
PLAN = "规划四（一）1"

_number = OwnParameters(owner="popularization")

PARAMETERS = (
    _number("lsv.per_village", "每村（社区）法律明白人下限", 3, "名", VILLAGERS, True),
    _number("lsv.households_per", "每多少户应有一名法律明白人", 20, "户", PLAN, True),
    _number("lsv.hours_per_year", "每年培训学时", 8, "学时", VILLAGERS, False),
    _number("lsv.age_min", "法律明白人年龄下限", 18, "周岁", "民法典第十七条", False, "不符时只提示。"),
    _number(
        "lsv.number_pattern", "法律明白人证号格式", r"\d{12}\d{4}\d{2,4}", "", "局内编号", False,
        "正则表达式：村居代码 12 位、年份 4 位、顺序号；不符时只提示。", pattern=True,
    ),
)  # fmt: skip
