"""Numbers of the reviews and of the grading of quality; recalled ones wait to be confirmed."""

from suite.api import OwnParameters

OFFICES = "公证机构年度考核办法（试行）（司发通〔2007〕67号）"
NOTARIES = "参照广东省公证员年度考核办法第十八条至第二十一条"
QUALITY = "规划专栏9；公证机构年度考核办法（试行）（司发通〔2007〕67号）第四条"
OWN = "局内标准"

_number = OwnParameters(owner="notary")

PARAMETERS = (
    _number("review.notary_notice_days", "公证员考核结果公示期", 5, "日", NOTARIES, False),
    _number("review.excellent_quota", "公证员优秀等次的比例上限", "0.2", "", NOTARIES, False),
    _number("review.mend_days", "考核不合格、不称职的整改期限", 90, "日", OFFICES, False),
    _number("review.training_hours", "公证员每年参加培训的学时", 40, "学时", "公证员执业管理办法", False),
    _number(
        "review.training_counts", "培训学时计入考核", False, "", OWN, False,
        "培训学时台账登记完整以后再启用；未登记的会被算作学时不足。",
    ),
    _number("quality.notice_days", "公证质量等次公示期", 7, "日", QUALITY, False),
    _number("quality.withdrawn_most", "得满分的撤销公证书件数", 0, "件", QUALITY, False),
)  # fmt: skip
