"""The numbers of the house about papers and files."""

from suite.contract.declarations import Confidence, Declaration, Parameter

PARAMETERS = (
    Parameter(
        key="core.attachment_mb",
        title="单个附件大小上限",
        value=20,
        unit="MB",
        source="本局信息安全要求",
        confidence=Confidence.RECALLED,
    ),
)

DECLARATIONS: tuple[Declaration, ...] = PARAMETERS
