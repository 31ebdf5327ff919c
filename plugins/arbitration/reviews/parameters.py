"""Numbers of the yearly check and of the arbitrators' appraisal; no statute asks for either (recalled)."""

from suite.api import OwnParameters

CHECK = "仲裁委员会登记暂行办法；年度检查由本局安排"
DISCLOSURE = "仲裁法（2025年修订）；条文待核对"
APPRAISAL = "仲裁机构仲裁员考核办法；由仲裁机构定"

_number = OwnParameters(owner="arbitration")

PARAMETERS = (
    _number("review.check_by", "年度检查意见期限", "03-31", "", CHECK, False),
    _number("review.notice_days", "年度检查结果告知期", 7, "日", CHECK, False),
    _number("review.mend_days", "年度检查整改期限", 90, "日", CHECK, False),
    _number("review.excellent_quota", "仲裁员优秀等次的比例上限", "0.2", "", APPRAISAL, False),
    _number("review.training_hours", "仲裁员每年参加培训的学时", 8, "学时", APPRAISAL, False),
    _number(
        "review.training_counts", "培训学时计入考核", False, "", APPRAISAL, False,
        "培训学时台账登记完整以后再启用；未登记的会被算作学时不足。",
    ),
    _number("review.set_aside_most", "一年内裁决被撤销、不予执行的件数上限", 1, "件", APPRAISAL, False),
)  # fmt: skip
