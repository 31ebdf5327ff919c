"""The catalogue: what the Lawyers Law lets be imposed, and what the association may."""

import datetime as dt

from suite.api import FROM_SERIOUS, Confidence, Decider, Gravity, Measure, Organ, PenaltyKind, Repeat, Track
from suite.api import Sanction as S

LAW = "律师法（2017年修正）"
RULES = "律师协会会员违规行为处分规则（2017年）"
SINCE = dt.date(2018, 1, 1)
CITY, PROVINCE = Decider(organ=Organ.CITY), Decider(organ=Organ.PROVINCE)
LAWYER, FIRM, BRANCH = "lawyers.lawyer", "lawyers.law_firm", "lawyers.branch_office"
GRAVE = (Gravity.GRAVE,)

WARNING = Measure(sanction=S.WARNING, title="警告")
CONFISCATION = Measure(sanction=S.CONFISCATION, title="没收违法所得")
REVOCATION = Measure(sanction=S.REVOCATION, title="吊销执业证书", deciders=(PROVINCE,), state="revoked")


def _fine(most: int) -> Measure:
    return Measure(sanction=S.FINE, title="罚款", most=most)


def _suspension(least: int, most: int, gravities: tuple[Gravity, ...] = tuple(Gravity)) -> Measure:
    return Measure(
        sanction=S.SUSPENSION,
        title="停止执业",
        least=least,
        most=most,
        gravities=gravities,
        state="suspended",
    )


def _entry(
    code: str,
    title: str,
    subjects: tuple[str, ...],
    conduct: tuple[str, ...],
    measures: tuple[Measure, ...],
    article: str,
    *,
    deciders: tuple[Decider, ...] = (CITY,),
    repeat: Repeat | None = None,
) -> PenaltyKind:
    return PenaltyKind(
        key=f"lawyers.{code}",
        code=code,
        title=title,
        track=Track.ADMINISTRATIVE,
        subjects=subjects,
        conduct=conduct,
        measures=measures,
        deciders=deciders,
        article=f"律师法{article}",
        basis=LAW,
        valid_from=SINCE,
        confidence=Confidence.VERIFIED,
        repeat=repeat,
    )


PENALTIES = (
    _entry(
        "L47",
        "律师一般违法行为",
        (LAWYER,),
        (
            "同时在两个以上律师事务所执业",
            "以不正当手段承揽业务",
            "在利益冲突的案件中代理",
            "曾任法官、检察官，离任后二年内担任诉讼代理人或者辩护人",
            "拒绝履行法律援助义务",
        ),
        (WARNING, _fine(5_000), CONFISCATION, _suspension(1, 3, FROM_SERIOUS)),
        "第四十七条",
    ),
    _entry(
        "L48",
        "律师私自收案、损害委托人利益",
        (LAWYER,),
        (
            "私自接受委托、收取费用",
            "无正当理由拒绝辩护、代理或者不按时出庭",
            "利用提供法律服务的便利牟取当事人争议的权益",
            "泄露商业秘密或者个人隐私",
        ),
        (WARNING, _fine(10_000), CONFISCATION, _suspension(3, 6, FROM_SERIOUS)),
        "第四十八条",
    ),
    _entry(
        "L49",
        "律师严重违法行为",
        (LAWYER,),
        (
            "违反规定会见法官、检察官、仲裁员等",
            "行贿、介绍贿赂",
            "向司法行政部门提供虚假材料",
            "故意提供虚假证据",
            "与对方当事人恶意串通",
            "扰乱法庭、仲裁庭秩序",
            "煽动、教唆当事人以非法手段解决争议",
            "发表危害国家安全、恶意诽谤他人、严重扰乱法庭秩序的言论",
            "泄露国家秘密",
        ),
        (
            _suspension(6, 12),
            _fine(50_000),
            CONFISCATION,
            Measure(
                sanction=S.REVOCATION,
                title="吊销执业证书",
                gravities=FROM_SERIOUS,
                deciders=(PROVINCE,),
                state="revoked",
            ),
        ),
        "第四十九条",
    ),
    _entry(
        "L49b",
        "律师故意犯罪",
        (LAWYER,),
        ("因故意犯罪受到刑事处罚",),
        (REVOCATION,),
        "第四十九条第二款",
        deciders=(PROVINCE,),
    ),
    _entry(
        "L50",
        "律师事务所违法行为",
        (FIRM, BRANCH),
        (
            "违反规定接受委托、收取费用",
            "违反法定程序办理变更",
            "从事法律服务以外的经营活动",
            "以不正当手段承揽业务",
            "违反规定接受有利益冲突的案件",
            "拒绝履行法律援助义务",
            "向司法行政部门提供虚假材料",
            "对本所律师疏于管理，造成严重后果",
        ),
        (
            WARNING,
            Measure(sanction=S.SUSPENSION, title="停业整顿", least=1, most=6, state="suspended"),
            _fine(100_000),
            CONFISCATION,
            Measure(
                sanction=S.REVOCATION,
                title="吊销执业许可证书",
                gravities=GRAVE,
                deciders=(PROVINCE,),
                state="revoked",
            ),
        ),
        "第五十条",
    ),
    _entry(
        "L50b",
        "受处罚律师事务所的负责人",
        (LAWYER,),
        ("所负责的律师事务所因第五十条所列行为受到处罚",),
        (WARNING, _fine(20_000)),
        "第五十条第二款",
    ),
    _entry(
        "L51a",
        "受警告后一年内再犯的律师",
        (LAWYER,),
        ("受到警告处罚后一年内又发生应当给予警告处罚情形",),
        (_suspension(3, 12),),
        "第五十一条",
        repeat=Repeat(sanctions=(S.WARNING,), months=12),
    ),
    _entry(
        "L51b",
        "停止执业、停业整顿期间或期满二年内再犯",
        (LAWYER, FIRM, BRANCH),
        ("受到停止执业或者停业整顿处罚期满后二年内（含处罚期间）又发生应当给予同类处罚情形",),
        (REVOCATION,),
        "第五十一条",
        deciders=(PROVINCE,),
        repeat=Repeat(sanctions=(S.SUSPENSION,), months=24),
    ),
    _entry(
        "L55",
        "没有取得执业证书的人员",
        (),
        ("没有取得律师执业证书的人员以律师名义从事法律服务业务",),
        (
            Measure(sanction=S.STOP, title="责令停止非法执业"),
            CONFISCATION,
            Measure(sanction=S.FINE, title="罚款", times=(1, 5)),
        ),
        "第五十五条",
        deciders=(Decider(organ=Organ.COUNTY), CITY, PROVINCE),
    ),
)

CITY_BAR = Decider(organ=Organ.CITY_ASSOCIATION)
PROVINCE_BAR = Decider(organ=Organ.PROVINCE_ASSOCIATION)


def _sanctions(code: str, title: str, conduct: tuple[str, ...], measures: tuple[Measure, ...]) -> PenaltyKind:
    return PenaltyKind(
        key=f"lawyers.{code}",
        code=code,
        title=title,
        track=Track.DISCIPLINE,
        subjects=(LAWYER, FIRM, BRANCH),
        conduct=conduct,
        measures=measures,
        deciders=(CITY_BAR, PROVINCE_BAR),
        article=RULES,
        basis=RULES,
        valid_from=dt.date(2017, 3, 20),
        confidence=Confidence.RECALLED,
        alone=True,
    )


PAUSE = Measure(sanction=S.SUSPENSION, title="中止会员权利", least=1, most=12)
END = Measure(sanction=S.REVOCATION, title="取消会员资格", deciders=(PROVINCE_BAR,))

SANCTIONS = (
    _sanctions(
        "D1",
        "会员违规行为",
        ("违反律师执业规范、律师协会章程或者行业规则",),
        (
            Measure(sanction=S.ADMONITION, title="训诫"),
            WARNING,
            Measure(sanction=S.CIRCULAR, title="通报批评"),
            Measure(sanction=S.REPRIMAND, title="公开谴责"),
            PAUSE,
            END,
        ),
    ),
    _sanctions(
        "D2",
        "受停止执业、停业整顿、吊销处罚的会员",
        ("受停止执业、停业整顿处罚的，同期中止会员权利", "受吊销处罚的，取消会员资格"),
        (PAUSE, END),
    ),
)

CATALOGUE = (*PENALTIES, *SANCTIONS)
