"""The bureau's own number about backups."""

from suite.contract.declarations import Declaration
from suite.contract.parameters import Confidence, Parameter

BACKUP_DAYS = "core.backup_days"

DECLARATIONS: tuple[Declaration, ...] = (
    Parameter(
        key=BACKUP_DAYS,
        title="多久没有验证备份要提醒",
        value=7,
        unit="天",
        source="本局信息安全要求",
        confidence=Confidence.RECALLED,
    ),
)
