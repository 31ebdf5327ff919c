"""诚信等级 A–D of appraisal institutions: yearly, in the first half, on the year before; at once on an event.

What is on file is worked out from it; who rates first and who decides is data of the season, since the
association may be entrusted with it (诚信办法第一条至第六条).
"""

from decimal import Decimal

from plugins.appraisal.reviews.parameters import HEILONGJIANG, RATING
from plugins.appraisal.reviews.rules import (
    ACCREDITED,
    NEW,
    PENDING,
    PROFICIENCY,
    REVIEWED,
    accredited,
    appearance,
    imposed_on,
    papers,
    tested,
    unmended,
)
from suite.api import (
    AssessmentGrade,
    AssessmentScheme,
    GradeEffect,
    GradeRule,
    ItemMeasure,
    Regrading,
    SchemeStep,
    ScoreSource,
    SheetItems,
    SheetMeasure,
    SheetPart,
    StateKind,
    complaint_valid,
    counted_complaints,
    punished_lightly,
    stopped,
)

COUNTED, LOOKED_AT, SITE = ScoreSource.RECORDS, ScoreSource.REVIEW, ScoreSource.SITE
RATIO, RATING_OF = SheetMeasure.RATIO, SheetMeasure.RATING


_item = SheetItems(article=RATING)
SHEET = (
    _item("management", "规范管理", "内部管理制度、质量管理体系运行", 15, RATING_OF, (LOOKED_AT, SITE),
          "检查评定"),
    _item("charges", "规范管理", "收费、财务和公示", 5, RATING_OF, (LOOKED_AT, SITE), "检查评定"),
    _item("archives", "规范管理", "档案管理", 5, RATING_OF, (LOOKED_AT, SITE), "检查评定"),
    _item("procedure", "依法执业", "委托受理、鉴定实施程序合规", 15, RATING_OF, (LOOKED_AT, SITE),
          "抽查案卷评定"),
    _item("court", "依法执业", "鉴定人出庭", 10, RATIO, (COUNTED, LOOKED_AT), "出庭÷应出庭"),
    _item("proficiency", "鉴定质量", "能力验证", 15, RATIO, (COUNTED, LOOKED_AT), "满意或通过÷参加和应参加"),
    _item("papers", "鉴定质量", "鉴定文书质量评查", 15, RATIO, (COUNTED, LOOKED_AT), "合格以上÷评查"),
    _item("accreditation", "鉴定质量", "资质认定有效", 10, RATIO, (COUNTED, LOOKED_AT),
          "有效的类别÷应认定的类别"),
    _item("service", "社会评价", "办案机关和当事人满意率", 10, SheetMeasure.MEAN, (ScoreSource.SURVEY,),
          "90% 以上得满分", 90),
    _item("honours", "加分", "表彰、科研和公益", 5, SheetMeasure.COUNT, (LOOKED_AT,), "每项 1 分", 5,
          SheetPart.BONUS),
    _item("complaints", "减分", "查实的投诉", 20, SheetMeasure.COUNT, (COUNTED,), "每件减 5 分", 4,
          SheetPart.DEDUCTION),
    _item("penalties", "减分", "处罚和行业惩戒", 20, SheetMeasure.COUNT, (COUNTED,), "每次减 10 分", 2,
          SheetPart.DEDUCTION),
    _item("false", "一票否决", "故意作虚假鉴定，或者以欺骗手段取得登记", 1, SheetMeasure.THRESHOLD,
          (LOOKED_AT,), "查实的，D 级", 1, SheetPart.VETO),
    _item("false_data", "一票否决", "评估材料弄虚作假，拒不接受评估", 1, SheetMeasure.THRESHOLD,
          (LOOKED_AT,), "查实的，D 级", 1, SheetPart.VETO),
)  # fmt: skip

STOPPED = GradeRule(
    key="appraisal.integrity.stopped",
    text="受停止从事司法鉴定业务以上处罚",
    article=RATING,
    holds=stopped,
    grade="d",
)
PUNISHED = GradeRule(
    key="appraisal.integrity.punished",
    text="受行政处罚，不高于 C 级",
    article=RATING,
    holds=punished_lightly,
    grade="c",
)
COMPLAINED = GradeRule(
    key="appraisal.integrity.complained",
    text="有查实的投诉，不高于 B 级",
    article=RATING,
    holds=complaint_valid,
    grade="b",
)
UNMENDED = GradeRule(
    key="appraisal.integrity.unmended",
    text="能力验证不通过且未整改，不高于 B 级",
    article=RATING,
    holds=lambda who: bool(unmended(who)),
    grade="b",
)

FEWER_CHECKS = GradeEffect(
    key="appraisal.integrity.fewer_checks",
    title="可以降低检查频次，向办案机关推介，优先评先评优",
    grades=("a",),
    article=RATING,
)
MEND = GradeEffect(
    key="appraisal.integrity.mend",
    title="约谈，限期整改，提高检查频次",
    grades=("c", "d"),
    article=RATING,
    within="appraisal.rating.mend_days",
)
RENEWAL = GradeEffect(
    key="appraisal.integrity.renewal",
    title="列为重点监管对象，通报办案机关，延续登记时重点审查",
    grades=("d",),
    article=RATING,
)

INTEGRITY = AssessmentScheme(
    key="appraisal.integrity",
    title="司法鉴定机构诚信等级评估",
    kinds=("appraisal.appraisal_institution",),
    grades=(
        AssessmentGrade(key="a", title="A 级", state=StateKind.OK, at_least=Decimal(90)),
        AssessmentGrade(key="b", title="B 级", state=StateKind.OK, at_least=Decimal(75)),
        AssessmentGrade(key="c", title="C 级", state=StateKind.WARN, at_least=Decimal(60)),
        AssessmentGrade(key="d", title="D 级", state=StateKind.BAD),
    ),
    steps=(
        SchemeStep(
            key="self", title="机构自评", action="assessment:report", by="appraisal.rating.self_by",
            needs=("诚信等级自评表", "证明材料"), article=HEILONGJIANG,
        ),
        SchemeStep(
            key="first", title="初评", action="assessment:score", sheet=True,
            or_by=("assessment:run", "assessment:decide"), article=HEILONGJIANG,
        ),
        SchemeStep(
            key="grade", title="评定等级", action="assessment:run", decides=True,
            or_by=("assessment:decide",), by="appraisal.rating.finish_by", article=HEILONGJIANG,
        ),
    ),
    criteria=SHEET,
    bonus_most=Decimal(5),
    deduction_most=Decimal(40),
    ungraded=(NEW,),
    deferred=(PENDING,),
    proposals=(COMPLAINED, UNMENDED, PUNISHED, STOPPED),
    measures=(
        ItemMeasure(item="court", finds=appearance),
        ItemMeasure(item="proficiency", finds=tested),
        ItemMeasure(item="papers", finds=papers),
        ItemMeasure(item="accreditation", finds=accredited),
        ItemMeasure(item="complaints", finds=counted_complaints()),
        ItemMeasure(item="penalties", finds=imposed_on),
    ),
    reads=(PROFICIENCY, REVIEWED, ACCREDITED),
    effects=(FEWER_CHECKS, MEND, RENEWAL),
    regrading=Regrading(
        events={
            "penalty": "受行政处罚或者刑事处罚",
            "false": "查实故意作虚假鉴定",
            "court": "拒绝出庭作证",
            "incident": "造成重大社会影响或者重大损失",
            "mended": "整改到位，经核查确认",
        },
        article=HEILONGJIANG,
    ),
    notice_days="appraisal.rating.notice_days",
    order=10,
)  # fmt: skip
