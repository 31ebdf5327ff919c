"""Each condition of the lawyers' applications with its article: what is refused, and what is not."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from plugins.lawyers.licences.deciding import decided
from plugins.lawyers.licences.filing_guards import GUARDS as FILING
from plugins.lawyers.licences.firm_guards import GUARDS as FIRMS
from plugins.lawyers.licences.lawyer_guards import GUARDS as LAWYERS
from plugins.lawyers.licences.partner_bars import bars_from_partnership
from plugins.lawyers.parameters import PARAMETERS
from suite.contract.case_facts import CaseFacts
from suite.contract.effects import BarFact, OtherCase, StateFact, SubjectFact
from suite.contract.problems import Refused
from tests.plugins.licensing import facts, refused_by

NUMBERS: dict[str, Any] = {item.key: item.value for item in PARAMETERS}
ARTICLES = {guard.key: guard.article or "" for guard in (*FIRMS, *FILING, *LAWYERS)}


def a_firm(status: str = "active", number: int = 1, **values: Any) -> SubjectFact:
    said = {"category": "general_partnership", "approved_on": dt.date(2015, 3, 1), **values}
    return SubjectFact(id=number, kind="lawyers.law_firm", name="河北正理所", status=status, values=said)


def a_lawyer(number: int = 10, status: str = "active", first: int = 2010, **values: Any) -> SubjectFact:
    return SubjectFact(
        id=number,
        kind="lawyers.lawyer",
        name=f"律师{number}",
        status=status,
        decisions=values.pop("decisions", ()),
        bars=values.pop("bars", ()),
        values={"first_practice_on": dt.date(first, 1, 1), "main_no": str(number), **values},
    )


def of_firm(item: str, firm: SubjectFact | str | None = None, **more: Any) -> CaseFacts:
    parties = {"applicant": [firm if firm is not None else a_firm()], **more.pop("parties", {})}
    return facts("lawyers.firm_application", NUMBERS, parties=parties, item=item, **more)


def of_lawyer(item: str, who: SubjectFact | str, firm: SubjectFact | None = None, **more: Any) -> CaseFacts:
    parties: dict[str, list[SubjectFact | str]] = {"applicant": [who]}
    if firm is not None:
        parties["firm"] = [firm]
    return facts("lawyers.lawyer_application", NUMBERS, parties=parties, item=item, **more)


def bar(first: dt.date, last: dt.date) -> BarFact:
    return BarFact(key="lawyers.review.bar", title="", article="", first=first, last=last)


def suspended(since: dt.date, until: dt.date | None = None) -> tuple[StateFact, ...]:
    ended = (StateFact(state="active", on=until),) if until is not None else ()
    return (StateFact(state="suspended", on=since), *ended)


#: Half a year from the first to the last of these days; three years after it lie ahead of today's.
LONG = suspended(dt.date(2024, 1, 10), dt.date(2024, 7, 10))
FAILED = (bar(dt.date(2026, 5, 28), dt.date(2027, 5, 27)),)
NEW = "河北新所"
FOUNDERS = [a_lawyer(number) for number in range(10, 13)]
SOUND = {"form": "general_partnership", "assets": 300_000, "address": "中山路1号"}
LARGE = {1: tuple(a_lawyer(number) for number in range(10, 30))}
BRANCH = {"new_name": "分所", "assets": 300_000, "district_code": "130104"}
HEADED = {"head": [a_lawyer(50)], "founder": FOUNDERS}
REVOKED = SubjectFact(
    id=9, kind="lawyers.branch_office", name="正理所晋州分所", status="revoked",
    decisions=(StateFact(state="revoked", on=dt.date(2025, 1, 10)),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("case", "key", "word", "article"),
    [
        (of_firm("name"), "lawyers.firm.told", "拟用名称", "第二十、二十六条"),
        (of_firm("head"), "lawyers.firm.told", "拟任负责人", "第二十、二十六条"),
        (of_firm("name", NEW, new_name="x"), "lawyers.firm.told", "从名册选取", "第二十、二十六条"),
        (of_firm("establish", **SOUND), "lawyers.firm.told", "不选取", "第二十、二十六条"),
        (of_firm("name", a_firm("suspended")), "lawyers.firm.not_suspended", "停业整顿", "第四十七条"),
        (of_firm("merge", a_firm("suspended")), "lawyers.firm.not_suspended", "合并", "第四十七条"),
        (of_firm("branch", a_firm("suspended")), "lawyers.firm.not_suspended", "分所", "三十三条"),
        (of_firm("head", a_firm("terminating")), "lawyers.firm.not_ended", "清算", "第三十二条"),
        (of_firm("cancel"), "lawyers.firm.liquidated", "清算", "第三十二条"),
        (
            of_firm("establish", NEW, parties={"founder": FOUNDERS[:2]}, **SOUND),
            "lawyers.firm.partners", "应有 3 名以上设立人（律师事务所管理办法第九条），现有 2 名",
            "第九至十二条",
        ),
        (
            of_firm("establish", NEW, form="special_general_partnership", partner_count=19),
            "lawyers.firm.partners", "20 名以上设立人（律师事务所管理办法第十条）", "第九至十二条",
        ),
        (
            of_firm("establish", NEW, form="state_funded", partner_count=1),
            "lawyers.firm.partners", "第十二条", "第九至十二条",
        ),
        (
            of_firm("establish", NEW, form="sole", parties={"founder": [a_lawyer(10, first=2022)]}),
            "lawyers.firm.founders", "5 年以上执业经历（律师事务所管理办法第十一条），不足的：律师10",
            "第九至十一条",
        ),
        (
            of_firm("establish", NEW, **{**SOUND, "assets": 299_999}),
            "lawyers.firm.assets", "300,000 元以上资产", "第九至十一条",
        ),
        (
            of_firm("branch", a_firm(category="sole"), members=LARGE),
            "lawyers.branch.parent", "合伙", "第三十三条",
        ),
        (
            of_firm("branch", a_firm(approved_on=dt.date(2024, 1, 1)), members=LARGE),
            "lawyers.branch.parent", "成立 3 年", "第三十三条",
        ),
        (of_firm("branch"), "lawyers.branch.parent", "20 名以上律师（现有 0 名）", "第三十三条"),
        (
            of_firm("branch", members=LARGE, **{**BRANCH, "assets": 200_000}),
            "lawyers.branch.conditions", "300,000", "第三十四条",
        ),
        (
            of_firm("branch", members=LARGE, parties={"founder": FOUNDERS[:2]}, **BRANCH),
            "lawyers.branch.conditions", "派驻专职律师应有 3 名", "第三十四条",
        ),
        (
            of_firm("branch", members=LARGE, parties={"head": [a_lawyer(50, first=2025)]}, **BRANCH),
            "lawyers.branch.conditions", "负责人律师50应有 3 年", "第三十四条",
        ),
        (
            of_firm(
                "branch",
                parties={
                    "head": [
                        a_lawyer(50, decisions=(StateFact(state="suspended", on=dt.date(2024, 5, 1)),))
                    ]
                },
                **BRANCH,
            ),
            "lawyers.branch.conditions", "近 3 年内受过停止执业处罚", "第三十四条",
        ),
        (
            of_firm("branch", members={1: (REVOKED,)}),
            "lawyers.branch.no_revoked", "正理所晋州分所（至 2027-01-10）", "第三十三条",
        ),
        (
            of_firm("establish", NEW, parties={"founder": [a_lawyer(10, decisions=LONG)]}, **SOUND),
            "lawyers.firm.founders_free", "2024-07-10 期满，2027-07-10 前不得", "第五十三条",
        ),
        (
            of_firm("head", a_firm(), parties={"head": [a_lawyer(50, bars=FAILED)]}),
            "lawyers.firm.founders_free", "至 2027-05-27", "年度考核规则",
        ),
        (of_firm("split"), "lawyers.firm.result_told", "许可证号", "第二十二条"),
    ],
)  # fmt: skip
def test_firms(case: CaseFacts, key: str, word: str, article: str) -> None:
    refused = refused_by(FIRMS, case, key)
    assert word in refused[key]
    assert article in ARTICLES[key]


def test_a_sound_application_passes_every_guard() -> None:
    given = {"licence_no": "31130000MD0000016R"}
    assert refused_by(FIRMS, of_firm("establish", NEW, parties={"founder": FOUNDERS}, **SOUND, **given)) == {}
    assert refused_by(FIRMS, of_firm("branch", members=LARGE, parties=HEADED, **BRANCH, **given)) == {}
    poor = {**BRANCH, "assets": 100_000, "less_developed": True}
    seconded = {**HEADED, "founder": FOUNDERS[:1]}
    assert refused_by(FIRMS, of_firm("branch", members=LARGE, parties=seconded, **poor, **given)) == {}
    assert refused_by(FIRMS, of_firm("cancel", a_firm("terminating"))) == {}
    later = of_firm("branch", members={1: (*LARGE[1], REVOKED)}, on=dt.date(2027, 1, 10))
    assert "lawyers.branch.no_revoked" not in refused_by(FIRMS, later)


def a_case(work: str, state: str) -> tuple[OtherCase, ...]:
    return (OtherCase(kind="x", work=work, number=None, state=state, role="respondent", subject_id=10),)


RESPONSIBLE = a_lawyer(10, body_id=1, is_partner=True)
CHANGE = {"firm": a_firm(number=2)}
TRAINEE = SubjectFact(
    id=20, kind="lawyers.trainee_lawyer", name="王明", status="completed",
    values={"started_on": dt.date(2026, 2, 1), "qualification_no": "A2023"},
)  # fmt: skip


@pytest.mark.parametrize(
    ("case", "key", "word", "article"),
    [
        (of_lawyer("change", a_lawyer()), "lawyers.lawyer.told", "拟执业机构", "第十三、二十条"),
        (of_lawyer("change", "王明"), "lawyers.lawyer.told", "从律师名册选取", "第十三、二十条"),
        (of_lawyer("cancel", a_lawyer()), "lawyers.lawyer.told", "注销情形", "第十三、二十条"),
        (
            of_lawyer("public", "王明", category="full_time"),
            "lawyers.lawyer.told", "公职律师", "第十三、二十条",
        ),
        (
            of_lawyer("change", a_lawyer(), others=a_case("complaint", "investigating")),
            "lawyers.lawyer.not_investigated", "受到投诉", "第二十一、二十三条",
        ),
        (
            of_lawyer("cancel", a_lawyer(), others=a_case("penalty", "filed"), cancel_ground="request"),
            "lawyers.lawyer.not_investigated", "注销", "第二十一、二十三条",
        ),
        (
            of_lawyer("change", a_lawyer(status="suspended")),
            "lawyers.lawyer.not_suspended", "停止执业", "第二十一条",
        ),
        (
            of_lawyer("change", RESPONSIBLE, bodies=(a_firm("suspended"),)),
            "lawyers.lawyer.free_to_leave", "停业整顿", "第四十七条",
        ),
        (
            of_lawyer("change", a_lawyer(body_id=1), bodies=(a_firm("terminating", head_practice_no="10"),)),
            "lawyers.lawyer.free_to_leave", "负责人", "第四十七条",
        ),
        (
            of_lawyer("change", a_lawyer(), a_firm("suspended")),
            "lawyers.lawyer.firm_open", "停业整顿", "第二十条",
        ),
        (of_lawyer("change", a_lawyer(body_id=1), a_firm()), "lawyers.lawyer.other_firm", "无须", "第二十条"),
        (of_lawyer("first", TRAINEE, a_firm()), "lawyers.lawyer.trained", "实习满 12 个月", "第五条"),
        (of_lawyer("first", TRAINEE, a_firm()), "lawyers.lawyer.trained", "考核合格", "第六条"),
        (of_lawyer("first", "王明", a_firm()), "lawyers.lawyer.trained", "资格证号", "第五条"),
        (
            of_lawyer("public", "王明", category="government", legal_work_years=1),
            "lawyers.lawyer.legal_work", "2 年以上", "第五条",
        ),
        (of_lawyer("resume", a_lawyer()), "lawyers.lawyer.paused", "暂无执业机构", "第二十三条"),
        (
            of_lawyer("resume", a_lawyer(status="suspended"), others=a_case("penalty", "executing")),
            "lawyers.lawyer.served_out", "确认期满", "第四十二条",
        ),
        (
            of_lawyer("change", a_lawyer(status="cancelled")),
            "lawyers.lawyer.not_ended", "已注销", "第二十三条",
        ),
        (of_lawyer("first", TRAINEE, bar="dismissed"), "lawyers.lawyer.no_bar", "被开除公职", "第七条"),
        (of_lawyer("public", "王明", bar="incompetent"), "lawyers.lawyer.no_bar", "不称职", "第六条"),
        (of_lawyer("first", TRAINEE), "lawyers.lawyer.result_told", "执业证号", "第十五条"),
        (of_lawyer("lost", a_lawyer()), "lawyers.certificate.announced", "公告", "第十条"),
    ],
)  # fmt: skip
def test_lawyers(case: CaseFacts, key: str, word: str, article: str) -> None:
    refused = refused_by(LAWYERS, case, key)
    assert word in refused[key]
    assert article in ARTICLES[key]


def test_what_does_not_bar_a_lawyer() -> None:
    free = (
        of_lawyer("change", a_lawyer(), a_firm(number=2), others=a_case("complaint", "received")),
        of_lawyer("change", a_lawyer(), a_firm(number=2), others=a_case("application", "accepted")),
        of_lawyer("change", a_lawyer(body_id=1), a_firm(number=2), bodies=(a_firm("suspended"),)),
        of_lawyer("change", a_lawyer(status="practice_paused"), a_firm(number=2)),
        of_lawyer("cancel", a_lawyer(), others=a_case("complaint", "accepted"), cancel_ground="no_firm"),
        of_lawyer("public", "王明", a_firm(), category="government", former_years=1, practice_no="1"),
        of_lawyer("resume", a_lawyer(status="practice_paused")),
        of_lawyer("resume", a_lawyer(status="practice_paused"), others=a_case("penalty", "executing")),
        of_lawyer("resume", a_lawyer(status="suspended"), others=a_case("penalty", "investigating")),
    )
    for case in free:
        assert refused_by(LAWYERS, case) == {}, case.values


def test_a_decision_on_who_has_no_licence_is_refused() -> None:
    assert decided(of_lawyer("cancel", "王明"), None, "cancelled") == ()
    with pytest.raises(Refused) as told:
        decided(of_lawyer("cancel", a_lawyer()), a_lawyer(), "cancelled")
    assert told.value.codes == {"licence.unknown"}


def of_filing(item: str, firm: SubjectFact, **more: Any) -> CaseFacts:
    parties = {"applicant": [firm], **more.pop("parties", {})}
    return facts("lawyers.firm_filing", NUMBERS, parties=parties, item=item, **more)


@pytest.mark.parametrize(
    ("case", "key", "article"),
    [
        (of_filing("residence", a_firm()), "lawyers.filing.told", "第二十六条"),
        (of_filing("partners", a_firm()), "lawyers.filing.told", "第二十六条"),
        (
            of_filing("partners", a_firm(), parties={"joining": [a_lawyer(first=2024)]}),
            "lawyers.filing.new_partners", "第九条",
        ),
        (
            of_filing("partners", a_firm(), parties={"joining": [a_lawyer(bars=FAILED)]}),
            "lawyers.filing.partners_free", "年度考核规则",
        ),
        (of_filing("open", a_firm()), "lawyers.notice.fits", "第二十四"),
        (of_filing("terminate", a_firm()), "lawyers.notice.fits", "三十一条"),
        (
            of_filing("terminate", a_firm("suspended"), ending_ground="dissolved"),
            "lawyers.notice.may_end", "第四十七条",
        ),
    ],
)  # fmt: skip
def test_filings(case: CaseFacts, key: str, article: str) -> None:
    assert key in refused_by(FILING, case)
    assert article in ARTICLES[key]


def test_for_how_long_a_suspension_or_a_failed_review_bars_from_partnership() -> None:
    """律师法第五十三条: six months and more bar until three years after; a failed review, for its months."""
    years = NUMBERS["lawyers.lawyer.partner_bar_years"]

    def barred(on: dt.date, **who: Any) -> bool:
        return bool(list(bars_from_partnership(a_lawyer(**who), on, years)))

    assert barred(dt.date(2024, 7, 10), decisions=LONG)
    assert barred(dt.date(2027, 7, 9), decisions=LONG)
    assert not barred(dt.date(2027, 7, 10), decisions=LONG)
    short = suspended(dt.date(2024, 1, 10), dt.date(2024, 7, 9))
    assert not barred(dt.date(2024, 8, 1), decisions=short)
    running = suspended(dt.date(2026, 1, 10))
    assert not barred(dt.date(2026, 7, 9), decisions=running)
    assert barred(dt.date(2026, 7, 10), decisions=running)
    assert barred(dt.date(2027, 5, 27), bars=FAILED)
    assert not barred(dt.date(2027, 5, 28), bars=FAILED)
    assert not barred(dt.date(2026, 5, 27), bars=FAILED)


def test_what_does_not_bar_a_partner() -> None:
    free = a_lawyer(bars=(bar(dt.date(2020, 5, 28), dt.date(2021, 5, 27)),))
    joining = of_filing("partners", a_firm(), parties={"joining": [free]})
    assert "lawyers.filing.partners_free" not in refused_by(FILING, joining)
    sole = of_firm("head", a_firm(category="sole"), parties={"head": [a_lawyer(bars=FAILED)]})
    assert "lawyers.firm.founders_free" not in refused_by(FIRMS, sole)


def test_every_guard_was_tried() -> None:
    tried = {
        mark.args[1][place][1]
        for test in (test_firms, test_lawyers, test_filings)
        for mark in test.pytestmark  # type: ignore[attr-defined]
        for place in range(len(mark.args[1]))
    }
    assert tried == set(ARTICLES)
