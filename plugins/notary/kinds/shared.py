"""What the kinds of the notaries have in common: the act that fixes a fact, the sections of a form."""

#: What fixes a licensed fact; a form shows it as text and names this act.
BY_CHANGE = "变更登记"

IDENTITY = "身份信息"
LICENCE = "执业许可"
PREMISES = "住所与联系"
SERVICE = "服务能力"
INSURANCE = "责任保险"
PRACTICE = "执业信息"
EMPLOYMENT = "用工信息"
STATE = "状态"

OFFICE_NAMES = (
    "公证机构", "公证处", "所在公证处", "执业公证处", "公证处名称", "机构名称", "工作单位", "所在单位",
    "单位",
)  # fmt: skip
