"""The catalogue: what the Notarization Law lets be imposed, and what the association may."""

import datetime as dt

from suite.api import FROM_SERIOUS, Confidence, Decider, Measure, Organ, PenaltyKind, Track
from suite.api import Sanction as S

LAW = "公证法（2017年修正）"
RULES = "公证员惩戒规则（试行）"
SINCE = dt.date(2018, 1, 1)
CITY, PROVINCE = Decider(organ=Organ.CITY), Decider(organ=Organ.PROVINCE)
NOTARY, OFFICE = "notary.notary", "notary.notary_office"

WARNING = Measure(sanction=S.WARNING, title="警告")
CONFISCATION = Measure(sanction=S.CONFISCATION, title="没收违法所得")

N41 = (
    "以诋毁同行、支付回扣等不正当手段争揽公证业务",
    "违反规定的收费标准收取公证费",
    "同时在二个以上公证机构执业",
    "从事有报酬的其他职业",
    "为本人及近亲属办理公证或者办理有利害关系的公证",
    "依法应予处罚的其他行为",
)
N42 = (
    "私自出具公证书",
    "为不真实、不合法的事项出具公证书",
    "侵占、挪用公证费或者侵占、盗窃公证专用物品",
    "毁损、篡改公证文书或者公证档案",
    "泄露在执业活动中知悉的国家秘密、商业秘密或者个人隐私",
    "依法应予处罚的其他行为",
)


def _entry(
    code: str,
    place: str,
    title: str,
    subject: str,
    conduct: tuple[str, ...],
    measures: tuple[Measure, ...],
    article: str,
    deciders: tuple[Decider, ...] = (CITY, PROVINCE),
) -> PenaltyKind:
    return PenaltyKind(
        key=f"notary.{code}{place}",
        code=code,
        title=title,
        track=Track.ADMINISTRATIVE,
        subjects=(subject,),
        conduct=conduct,
        measures=measures,
        deciders=deciders,
        article=f"公证法{article}",
        basis=LAW,
        valid_from=SINCE,
        confidence=Confidence.VERIFIED,
    )


PENALTIES = (
    _entry(
        "N41",
        "_office",
        "公证机构一般违法行为",
        OFFICE,
        N41,
        (
            WARNING,
            Measure(sanction=S.FINE, title="罚款", least=10_000, most=50_000, gravities=FROM_SERIOUS),
            CONFISCATION,
        ),
        "第四十一条",
    ),
    _entry(
        "N41",
        "_notary",
        "公证员一般违法行为",
        NOTARY,
        N41,
        (
            WARNING,
            Measure(sanction=S.FINE, title="罚款", least=1_000, most=5_000, gravities=FROM_SERIOUS),
            Measure(
                sanction=S.SUSPENSION,
                title="停止执业",
                least=3,
                most=6,
                gravities=FROM_SERIOUS,
                state="suspended",
            ),
            CONFISCATION,
        ),
        "第四十一条",
    ),
    _entry(
        "N42",
        "_office",
        "公证机构严重违法行为",
        OFFICE,
        N42,
        (
            WARNING,
            Measure(sanction=S.FINE, title="罚款", least=20_000, most=100_000),
            Measure(sanction=S.SUSPENSION, title="停业整顿", least=1, most=3, state="suspended"),
            CONFISCATION,
        ),
        "第四十二条",
    ),
    _entry(
        "N42",
        "_notary",
        "公证员严重违法行为",
        NOTARY,
        N42,
        (
            WARNING,
            Measure(sanction=S.FINE, title="罚款", least=2_000, most=10_000),
            Measure(sanction=S.SUSPENSION, title="停止执业", least=3, most=12, state="suspended"),
            Measure(
                sanction=S.REVOCATION,
                title="吊销执业证书",
                gravities=FROM_SERIOUS,
                deciders=(PROVINCE,),
                state="revoked",
            ),
            CONFISCATION,
        ),
        "第四十二条",
    ),
    _entry(
        "N42b",
        "",
        "公证员故意犯罪、职务过失犯罪",
        NOTARY,
        ("因故意犯罪或者职务过失犯罪受刑事处罚",),
        (Measure(sanction=S.REVOCATION, title="吊销执业证书", state="revoked"),),
        "第四十二条",
        (PROVINCE,),
    ),
)

CITY_ASSOCIATION = Decider(organ=Organ.CITY_ASSOCIATION)
PROVINCE_ASSOCIATION = Decider(organ=Organ.PROVINCE_ASSOCIATION)

SANCTIONS = (
    PenaltyKind(
        key="notary.D1",
        code="D1",
        title="公证员、公证机构违反行业规范",
        track=Track.DISCIPLINE,
        subjects=(NOTARY, OFFICE),
        conduct=("违反公证行业规范、公证协会章程或者职业道德",),
        measures=(
            WARNING,
            Measure(sanction=S.SERIOUS_WARNING, title="严重警告"),
            Measure(sanction=S.FINE, title="罚款", most="notary.discipline.fine_max"),
            Measure(sanction=S.DEMERIT, title="记过"),
            Measure(
                sanction=S.SUSPENSION,
                title="暂停会员资格",
                least=1,
                most="notary.discipline.pause_months_max",
            ),
            Measure(sanction=S.REVOCATION, title="取消会员资格", deciders=(PROVINCE_ASSOCIATION,)),
        ),
        deciders=(CITY_ASSOCIATION, PROVINCE_ASSOCIATION),
        article=RULES,
        basis=RULES,
        valid_from=dt.date(2004, 1, 1),
        confidence=Confidence.RECALLED,
        alone=True,
    ),
)

CATALOGUE = (*PENALTIES, *SANCTIONS)
