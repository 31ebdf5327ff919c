"""Numbers of the reviews and of the integrity grades; recalled ones wait for the section to confirm them."""

from suite.api import OwnParameters

YEARLY = "参照省级司法鉴定管理条例第四十三条、第四十四条"
RATING = "司法鉴定机构诚信等级评估办法（试行）（司规〔2021〕4号）"
HEILONGJIANG = "参照黑龙江省司法鉴定机构诚信等级评估实施细则第五条至第八条"
OWN = "局内标准"

_number = OwnParameters(owner="appraisal")

PARAMETERS = (
    _number("review.report_by", "鉴定机构年度考核报告期限", "02-28", "", YEARLY, False),
    _number("review.finish_by", "鉴定机构年度考核完成期限", "05-31", "", YEARLY, False),
    _number("review.notice_days", "年度考核结果公示期", 7, "日", YEARLY, False),
    _number("review.mend_days", "考核不合格的整改期限", 90, "日", YEARLY, False),
    _number("review.training_hours", "鉴定人每年参加继续教育的学时", 40, "学时", YEARLY, False),
    _number(
        "review.training_counts", "继续教育学时计入考核", False, "", OWN, False,
        "培训学时台账登记完整以后再启用；未登记的会被算作学时不足。",
    ),
    _number("rating.self_by", "诚信等级自评期限", "03-31", "", HEILONGJIANG, False),
    _number(
        "rating.finish_by", "诚信等级评定期限", "06-30", "", HEILONGJIANG, True, "每年上半年，评上一年度。"
    ),
    _number("rating.notice_days", "诚信等级公示期", 7, "日", RATING, False),
    _number("rating.mend_days", "C、D 级机构的整改期限", 90, "日", RATING, False),
)  # fmt: skip
