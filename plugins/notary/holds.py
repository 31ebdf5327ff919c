"""What bars a notary from another office, by whichever way it is asked for (公证法第四十一条、第四十二条)."""

from __future__ import annotations

from suite.api import Hold, SubjectFact, some, suspension_holds

LAW = "公证法"
NOTARY_RULES = "公证员执业管理办法（司法部令第102号）"


def practises(record: SubjectFact | None) -> bool:
    """Whether a notary, or an office, practises: whoever is suspended has deposited the certificate."""
    return record is not None and record.status == "active"


NOTARY_HOLDS = (
    Hold(
        key="notary.practises",
        keeps={"body_id": some},
        stands=lambda who: who.record.status == "suspended",
        text="此公证员不是正常执业；停止执业期间执业证交存，",
        instead="期满恢复后再申请变更执业机构。",
        article=f"{LAW}第四十一条、第四十二条",
    ),
    Hold(
        key="notary.moves",
        keeps={"body_id": some},
        # Who is not appointed yet, or not any more, changes no office of practice.
        stands=lambda who: practises(who.record) and who.target is not None and not practises(who.target),
        text="变更执业机构须选正常执业的另一家公证机构，",
        instead="请核对拟转入的机构。",
        article=NOTARY_RULES,
    ),
    *suspension_holds(
        "notary.notary",
        f"{LAW}第四十一条、第四十二条",
        back=("active", "appointed"),
        instead="请凭决定文号登记执业许可变动。",
    ),
)
OFFICE_HOLDS = suspension_holds(
    "notary.office",
    f"{LAW}第四十二条",
    back=("active", "approved"),
    instead="请凭决定文号登记执业许可变动。",
)
