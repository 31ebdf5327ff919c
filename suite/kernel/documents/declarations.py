"""The numbers of the house about papers and files, and who keeps the templates that all share."""

from suite.contract.declarations import Declaration
from suite.contract.parameters import Confidence, Parameter
from suite.contract.roles import Permission

PERMISSIONS = (Permission(key="core:template:edit", title="更换通用文书模板"),)

PARAMETERS = (
    Parameter(
        key="core.attachment_mb",
        title="单个附件大小上限",
        value=20,
        unit="MB",
        source="本局信息安全要求",
        confidence=Confidence.RECALLED,
    ),
    Parameter(
        key="core.paper.organ",
        title="文书的发文机关",
        value="石家庄市司法局",
        source="本局名称",
        confidence=Confidence.VERIFIED,
    ),
    Parameter(
        key="core.service.announce_days",
        title="公告送达视为送达的天数",
        value=30,
        unit="日",
        source="民事诉讼法（2023年修正）第九十五条",
        confidence=Confidence.VERIFIED,
    ),
    Parameter(
        key="core.service.announce_after_attempt",
        title="公告送达前须登记过其他方式未能送达",
        value=True,
        source="民事诉讼法（2023年修正）第九十五条",
        confidence=Confidence.RECALLED,
        help="下落不明，或者其他方式无法送达的，方可公告送达；改为否的，只须写明原因和经过。",
    ),
)

DECLARATIONS: tuple[Declaration, ...] = (*PERMISSIONS, *PARAMETERS)
