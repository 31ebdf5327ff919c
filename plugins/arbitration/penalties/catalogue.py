"""The catalogue: supervision of institutions under the new law, and what they impose on their arbitrators.

The Arbitration Law of 2017 knows no fine on arbitrators, but their removal (第三十八条). What the law of 2025
lets the organs of justice impose on institutions was not read: each of its numbers is a parameter.
"""

import datetime as dt

from suite.api import FROM_SERIOUS, Confidence, Decider, Measure, Organ, PenaltyKind, Track
from suite.api import Sanction as S

NEW_LAW = "仲裁法（2025年修订）"
OLD_LAW = "仲裁法（2017年修正）"
PROVINCE = Decider(organ=Organ.PROVINCE)
DELEGATED = Decider(organ=Organ.CITY, switch="arbitration.penalty.city_decides")
INSTITUTION = Decider(organ=Organ.INSTITUTION)
COMMISSION, ARBITRATOR = "arbitration.arbitration_commission", "arbitration.arbitrator"

PENALTIES = (
    PenaltyKind(
        key="arbitration.R1",
        code="R1",
        title="仲裁机构违法行为",
        track=Track.ADMINISTRATIVE,
        subjects=(COMMISSION,),
        conduct=("未按规定办理登记、变更备案", "未履行信息公开义务", "违反仲裁机构管理规定的其他行为"),
        measures=(
            Measure(sanction=S.ORDER, title="责令改正"),
            Measure(sanction=S.WARNING, title="警告"),
            Measure(sanction=S.FINE, title="罚款", most="arbitration.penalty.fine_max"),
            Measure(sanction=S.REPLACEMENT, title="建议更换负责人", gravities=FROM_SERIOUS),
            Measure(
                sanction=S.REVOCATION,
                title="注销登记",
                gravities=FROM_SERIOUS,
                deciders=(PROVINCE,),
                state="deregistered",
            ),
        ),
        deciders=(PROVINCE, DELEGATED),
        article=f"{NEW_LAW}，条文待核对",
        basis=NEW_LAW,
        valid_from=dt.date(2026, 3, 1),
        confidence=Confidence.RECALLED,
    ),
)

SANCTIONS = (
    PenaltyKind(
        key="arbitration.E38",
        code="E38",
        title="仲裁员私自会见、受贿、枉法裁决",
        track=Track.DISCIPLINE,
        subjects=(ARBITRATOR,),
        conduct=(
            "私自会见当事人、代理人，或者接受其请客送礼，情节严重",
            "仲裁案件时索贿受贿、徇私舞弊、枉法裁决",
        ),
        measures=(Measure(sanction=S.REVOCATION, title="除名", state="removed"),),
        deciders=(INSTITUTION,),
        article="仲裁法第三十八条",
        basis=OLD_LAW,
        valid_from=dt.date(2018, 1, 1),
        confidence=Confidence.VERIFIED,
        alone=True,
    ),
    PenaltyKind(
        key="arbitration.E1",
        code="E1",
        title="仲裁员违反职业道德",
        track=Track.DISCIPLINE,
        subjects=(ARBITRATOR,),
        conduct=("违反仲裁员守则，未如实披露、应当回避而不回避，或者无故拖延",),
        measures=(
            Measure(sanction=S.WARNING, title="警告"),
            Measure(
                sanction=S.SUSPENSION,
                title="暂停选任",
                least=1,
                most="arbitration.discipline.pause_months_max",
                state="suspended",
            ),
            Measure(sanction=S.REVOCATION, title="除名", gravities=FROM_SERIOUS, state="removed"),
        ),
        deciders=(INSTITUTION,),
        article="仲裁机构职业道德委员会规则",
        basis="仲裁机构职业道德委员会规则",
        valid_from=dt.date(2018, 1, 1),
        confidence=Confidence.RECALLED,
        alone=True,
    ),
)

CATALOGUE = (*PENALTIES, *SANCTIONS)
