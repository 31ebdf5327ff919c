"""Fields that bodies and persons of every profession share, with the headings met in workbooks."""

from __future__ import annotations

from suite.contract.declarations import Field
from suite.tables import Subject

USCC_HEADINGS = ("信用代码", "社会信用代码", "统一信用代码", "统一社会信用代码证号", "信用代码号", "机构代码")
"""How workbooks call 统一社会信用代码."""

DISTRICT_FIELD = Field(
    Subject.district_code,
    title="区县",
    headings=(
        "县区", "县（市、区）", "县(市、区)", "县市区", "区（县）", "区(县)", "所属区县", "所在区县",
        "所属县区", "所在县区", "属地", "辖区", "所属辖区", "行政区划",
    ),
    dated=True,
    listed=True,
    filtered=True,
    width=10,
)  # fmt: skip
"""区县 of a body or person; a person's follows the body's where it is not given."""
