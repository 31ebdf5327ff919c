"""What a scheme declares beside its sheet: every rule, step and effect with its article, to be read."""

from __future__ import annotations

from collections import defaultdict

from plugins.lawyers.reviews.duty import DUTY_LAWYERS
from plugins.lawyers.reviews.lawyers import LAWYERS
from suite.ui.pages.assessment.scheme_rules import rules_of

NUMBERS: defaultdict[str, object] = defaultdict(
    lambda: 7, {"lawyers.review.window": "03-01..05-31", "lawyers.review.submit_by": "03-31"}
)


def test_a_clerk_can_read_why() -> None:
    rows = rules_of(LAWYERS, NUMBERS)
    told = {words: (who, when, article) for _, words, who, when, article in rows}
    rules = (*LAWYERS.outside, *LAWYERS.ungraded, *LAWYERS.deferred, *LAWYERS.proposals)
    assert all(told[rule.text][2] == rule.article for rule in rules)
    assert all(told[effect.title][2] == effect.article for effect in LAWYERS.effects)
    steps = [row for row in rows if row[0] == "环节"]
    assert [row[3] for row in steps] == [
        "次年 3 月 1 日至 3 月 31 日",
        *["次年 3 月 1 日至 5 月 31 日"] * 2,
    ]
    assert "协会" in steps[1][2]
    # Nothing on record leads to the best grade, unless the scheme says another.
    assert ("建议等次", "档案中没有影响等次的记录", "称职", "", "") in rows


def test_points_say_the_grade_where_there_is_a_sheet() -> None:
    rows = rules_of(DUTY_LAWYERS, NUMBERS)
    assert all(row[1] != "档案中没有影响等次的记录" for row in rows)
    assert next(row for row in rows if row[1] == "退出值班律师库")[2:4] == ("不合格", "随结果更新台账")
