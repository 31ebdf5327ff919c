"""The catalogue: what the decision on forensic appraisal and its rules let be imposed, and the association.

Provinces may add fines by rules of their own; Hebei's are not among the texts that were seen, so that none
is declared. 资质认定 breaches are the market regulator's.
"""

import datetime as dt

from suite.api import FROM_SERIOUS, Confidence, Decider, Measure, Organ, PenaltyKind, Track
from suite.api import Sanction as S

DECISION = "全国人大常委会关于司法鉴定管理问题的决定"
RULES = "司法鉴定机构登记管理办法（司法部令第95号）"
ASSOCIATION = "司法鉴定行业惩戒规则"
PROVINCE = Decider(organ=Organ.PROVINCE)
DELEGATED = Decider(organ=Organ.CITY, switch="appraisal.penalty.city_delegated")
INSTITUTION, APPRAISER = "appraisal.appraisal_institution", "appraisal.appraiser"

WARNING = Measure(sanction=S.WARNING, title="警告")
ORDER = Measure(sanction=S.ORDER, title="责令改正")
SUSPENSION = Measure(sanction=S.SUSPENSION, title="停止从事司法鉴定业务", least=3, most=12, state="suspended")
DEREGISTRATION = Measure(
    sanction=S.REVOCATION, title="撤销登记", gravities=FROM_SERIOUS, state="deregistered"
)


def _entry(
    code: str,
    title: str,
    subjects: tuple[str, ...],
    conduct: tuple[str, ...],
    measures: tuple[Measure, ...],
    article: str,
    basis: str,
    deciders: tuple[Decider, ...] = (PROVINCE,),
) -> PenaltyKind:
    return PenaltyKind(
        key=f"appraisal.{code}",
        code=code,
        title=title,
        track=Track.ADMINISTRATIVE,
        subjects=subjects,
        conduct=conduct,
        measures=measures,
        deciders=deciders,
        article=article,
        basis=basis,
        valid_from=dt.date(2005, 10, 1) if basis == DECISION else dt.date(2005, 9, 30),
        confidence=Confidence.VERIFIED,
    )


PENALTIES = (
    _entry(
        "A38",
        "未经登记从事司法鉴定业务",
        (),
        ("未经登记的机构从事已纳入登记管理范围的司法鉴定业务",),
        (
            Measure(sanction=S.STOP, title="责令停止司法鉴定活动"),
            Measure(sanction=S.FINE, title="罚款", times=(1, 3), most=30_000),
        ),
        "司法鉴定机构登记管理办法第三十八条",
        RULES,
    ),
    _entry(
        "A39",
        "鉴定机构违反登记管理规定",
        (INSTITUTION,),
        (
            "超出登记的业务范围开展司法鉴定活动",
            "未经登记擅自设立分支机构",
            "未依法办理变更登记",
            "出借《司法鉴定许可证》",
            "组织未取得执业证的人员从事司法鉴定业务",
            "无正当理由拒绝接受司法鉴定委托",
            "违反司法鉴定收费管理规定",
            "支付回扣、介绍费，进行虚假宣传",
            "拒绝接受监督检查或者提供虚假材料",
        ),
        (WARNING, ORDER),
        "司法鉴定机构登记管理办法第三十九条",
        RULES,
        (PROVINCE, DELEGATED),
    ),
    _entry(
        "A40",
        "鉴定机构严重违法行为",
        (INSTITUTION,),
        (
            "因严重不负责任给当事人合法权益造成重大损失",
            "具有第三十九条所列情形之一，造成严重后果",
            "提供虚假证明文件或者采取其他欺诈手段，骗取登记",
        ),
        (SUSPENSION, DEREGISTRATION),
        "司法鉴定机构登记管理办法第四十条；司法鉴定管理问题的决定第十三条",
        RULES,
    ),
    _entry(
        "P13",
        "鉴定人违反管理规定",
        (APPRAISER,),
        ("违反司法鉴定管理规定",),
        (WARNING, ORDER),
        "司法鉴定管理问题的决定第十三条",
        DECISION,
    ),
    _entry(
        "P13b",
        "鉴定人严重违法行为",
        (APPRAISER,),
        (
            "因严重不负责任给当事人合法权益造成重大损失",
            "提供虚假证明文件或者采取其他欺诈手段，骗取登记",
            "经人民法院依法通知，拒绝出庭作证",
            "故意作虚假鉴定，尚不构成犯罪",
            "法律、行政法规规定的其他情形",
        ),
        (SUSPENSION, DEREGISTRATION),
        "司法鉴定管理问题的决定第十三条",
        DECISION,
    ),
)

CITY_ASSOCIATION = Decider(organ=Organ.CITY_ASSOCIATION)
PROVINCE_ASSOCIATION = Decider(organ=Organ.PROVINCE_ASSOCIATION)

SANCTIONS = (
    PenaltyKind(
        key="appraisal.D1",
        code="D1",
        title="会员违反行业规范",
        track=Track.DISCIPLINE,
        subjects=(INSTITUTION, APPRAISER),
        conduct=("违反司法鉴定行业规范、协会章程或者职业道德",),
        measures=(
            Measure(sanction=S.ADMONITION, title="批评教育、训诫"),
            Measure(sanction=S.CIRCULAR, title="通报批评"),
            Measure(sanction=S.REPRIMAND, title="公开谴责"),
            Measure(
                sanction=S.SUSPENSION,
                title="暂停会员权利",
                least=1,
                most="appraisal.discipline.pause_months_max",
            ),
            Measure(sanction=S.REVOCATION, title="取消会员资格"),
        ),
        deciders=(CITY_ASSOCIATION, PROVINCE_ASSOCIATION),
        article=ASSOCIATION,
        basis=ASSOCIATION,
        valid_from=dt.date(2006, 1, 1),
        confidence=Confidence.RECALLED,
        alone=True,
    ),
)

CATALOGUE = (*PENALTIES, *SANCTIONS)
