"""What bars an appraiser from another institution, by whichever way it is asked for."""

from __future__ import annotations

from plugins.appraisal.kinds.shared import ON_ROSTER
from suite.api import Hold, SubjectFact, some, suspension_holds

GUANGDONG = "参照广东省司法鉴定管理条例"
DECISION = "全国人大常委会关于司法鉴定管理问题的决定"


def takes_in(institution: SubjectFact | None) -> bool:
    """Whether an institution takes appraisers in: it is registered and practises."""
    return institution is not None and institution.status == "active"


INSTITUTION_HOLDS = suspension_holds(
    "appraisal",
    f"{DECISION}第十三条",
    back=("active", "rectifying"),
    instead="请凭决定文号登记执业许可变动。",
)
APPRAISER_HOLDS = (
    Hold(
        key="appraisal.joins_institution",
        keeps={"body_id": some},
        stands=lambda who: (
            who.record.status in ON_ROSTER and who.target is not None and not takes_in(who.target)
        ),
        text="须选一家正常执业的司法鉴定机构，变更的须为另一家；",
        instead="鉴定人只能在一家机构执业。",
        article=f"{GUANGDONG}第十七条",
    ),
    *INSTITUTION_HOLDS,
)
