"""What the law says of a limit against what is declared: the number, its unit and what begins it, article by
article, in the words of texts that were read."""

from __future__ import annotations

import pytest

from suite.areas import CORE_DECLARATIONS
from suite.contract.parameters import Confidence
from suite.contract.time_limits import Unit
from suite.kernel.documents.declarations import PARAMETERS as DOCUMENTS
from suite.loader.plugins import load_plugins

CATALOG = load_plugins(CORE_DECLARATIONS).catalog
NUMBERS = {
    1: "一", 2: "二", 3: "三", 5: "五", 6: "六", 7: "七", 10: "十", 15: "十五", 20: "二十", 30: "三十",
    60: "六十", 90: "九十",
}  # fmt: skip
#: 行政许可法第八十二条: the limits of the authority; 行政处罚法第八十五条: 二日, 三日, 五日 and 七日.
LICENSING, PENALTIES = "行政许可法", "行政处罚法（2021年修订）"
IN_WORKING_DAYS = {LICENSING: {5, 10, 20}, PENALTIES: {2, 3, 5, 7}}

#: limit, law, article, the words that give the number, what begins it.
TEXTS = (
    (
        "core.licensing.supplement", LICENSING, "第三十二条",
        "应当当场或者在五日内一次告知", "收到申请材料之日",
    ),
    (
        "notary.application.supplement", LICENSING, "第三十二条",
        "应当当场或者在五日内一次告知", "收到申请材料之日",
    ),
    (
        "appraisal.register.supplement", LICENSING, "第三十二条",
        "应当当场或者在五日内一次告知", "收到申请材料之日",
    ),
    (
        "core.licensing.decide", LICENSING, "第四十二条",
        "应当自受理行政许可申请之日起二十日内作出", "受理之日",
    ),
    (
        "appraisal.register.review", LICENSING, "第四十三条",
        "应当自其受理行政许可申请之日起二十日内审查完毕", "受理之日",
    ),
    (
        "notary.office.review", LICENSING, "第四十三条",
        "应当自其受理行政许可申请之日起二十日内审查完毕", "受理之日",
    ),
    (
        "core.licensing.deliver", LICENSING, "第四十四条",
        "应当自作出决定之日起十日内", "作出决定之日",
    ),
    (
        "appraisal.register.cert", LICENSING, "第四十四条",
        "应当自作出决定之日起十日内", "作出决定之日",
    ),
    (
        "core.licensing.renew", LICENSING, "第五十条",
        "应当在该行政许可有效期届满三十日前", "有效期届满之日",
    ),
    (
        "appraisal.renew", LICENSING, "第五十条",
        "应当在该行政许可有效期届满三十日前", "有效期届满之日",
    ),
    (
        "core.penalty.time_bar", PENALTIES, "第三十六条",
        "违法行为在二年内未被发现的", "违法行为发生或者终了之日",
    ),
    (
        "core.penalty.grave_time_bar", PENALTIES, "第三十六条",
        "上述期限延长至五年", "违法行为发生或者终了之日",
    ),
    (
        "core.penalty.withdraw", PENALTIES, "第四十八条",
        "应当在三日内撤回行政处罚决定信息", "处罚被变更、撤销、确认违法或者无效之日",
    ),
    (
        "core.penalty.evidence", PENALTIES, "第五十六条",
        "应当在七日内及时作出处理决定", "登记保存之日",
    ),
    (
        "core.penalty.decide", PENALTIES, "第六十条",
        "应当自行政处罚案件立案之日起九十日内作出", "立案之日",
    ),
    (
        "core.penalty.serve", PENALTIES, "第六十一条",
        "应当在七日内依照民事诉讼法的有关规定", "宣告之日",
    ),
    (
        "core.penalty.hearing_ask", PENALTIES, "第六十四条",
        "应当在行政机关告知后五日内提出", "被告知之日",
    ),
    (
        "core.penalty.hearing_notice", PENALTIES, "第六十四条",
        "应当在举行听证的七日前", "举行听证之日",
    ),
    (
        "core.penalty.pay", PENALTIES, "第六十七条",
        "应当自收到行政处罚决定书之日起十五日内", "收到决定书之日",
    ),
    (
        "core.penalty.hand_over", PENALTIES, "第七十一条",
        "应当自收缴罚款之日起二日内", "收缴之日",
    ),
    (
        "core.litigation", "行政诉讼法（2017年修正）", "第四十六条",
        "应当自知道或者应当知道作出行政行为之日起六个月内", "知道行政行为之日",
    ),
    (
        "notary.certificate.issue", "公证法（2017年修正）", "第三十条",
        "应当自受理公证申请之日起十五个工作日内", "受理公证申请之日",
    ),
    (
        "notary.recheck.apply", "公证程序规则（2020年修正）", "第六十一条",
        "可以在收到公证书之日起一年内", "收到或者知道公证书之日",
    ),
    (
        "notary.recheck.absolute", "公证程序规则（2020年修正）", "第六十一条",
        "自公证书出具之日起最长不得超过二十年", "公证书出具之日",
    ),
)  # fmt: skip


@pytest.mark.parametrize(("key", "law", "article", "words", "start"), TEXTS, ids=[line[0] for line in TEXTS])
def test_a_limit_is_what_its_article_says(key: str, law: str, article: str, words: str, start: str) -> None:
    limit = CATALOG.limits[key]
    length = CATALOG.parameters[limit.n]
    assert length.source.startswith(law)
    assert article in length.source
    assert length.confidence is Confidence.VERIFIED
    assert limit.start == start
    assert limit.before == words.endswith("日前")
    number = NUMBERS[int(length.value)]
    unit = {Unit.WORKING: "个工作日", Unit.CALENDAR: "日", Unit.MONTH: "个月", Unit.YEAR: "年"}[limit.unit]
    days = IN_WORKING_DAYS.get(law, set())
    if limit.unit is not Unit.YEAR and limit.unit is not Unit.MONTH and unit not in words:
        # The law says 日 and elsewhere that these are working days.
        unit = "日"
        assert int(length.value) in days
    elif law == PENALTIES and unit == "日":
        assert int(length.value) not in days
    assert f"{number}{unit}" in words


def test_what_may_be_extended_is_what_its_article_says() -> None:
    # 第四十二条: 二十日内不能作出决定的，经本行政机关负责人批准，可以延长十日。
    for key in ("core.licensing.decide", "appraisal.register.decide"):
        extension = CATALOG.limits[key].extension
        assert extension is not None
        assert "负责人" in extension.approver
        longer = CATALOG.parameters[extension.n]
        assert (longer.value, longer.unit) == (10, "个工作日")
        assert longer.source.startswith(LICENSING)


def test_an_announcement_serves_after_thirty_days() -> None:
    # 民事诉讼法第九十五条: 自发出公告之日起，经过三十日，即视为送达.
    days = next(item for item in DOCUMENTS if "公告送达" in item.title)
    assert (days.value, days.unit, days.confidence) == (30, "日", Confidence.VERIFIED)
    assert days.source.endswith("第九十五条")
