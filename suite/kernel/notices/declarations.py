"""The core's permission to keep one's notices, and how long they stand in the list."""

from __future__ import annotations

from suite.contract.declarations import Declaration
from suite.contract.parameters import Confidence, Parameter
from suite.contract.roles import Permission

KEEP = "core:notice:keep"
LISTED_DAYS = "core.notice_days"

DECLARATIONS: tuple[Declaration, ...] = (
    Permission(key=KEEP, title="查阅自己的提醒"),
    Parameter(
        key=LISTED_DAYS,
        title="提醒列出的天数",
        value=30,
        unit="日",
        source="本局约定",
        confidence=Confidence.RECALLED,
        help="更早的提醒不再列出，但不删除；suite notices --all 列出全部。",
    ),
)
