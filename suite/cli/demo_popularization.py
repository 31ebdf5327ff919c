"""Popularization at work: duty lists, new laws, model villages, ledgers, an evaluation under way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Any

from suite.cli.demo_popularization_ledgers import entries
from suite.cli.demo_steps import Section
from suite.cli.demo_workbooks import SEED
from suite.kernel.assessment.boards import board
from suite.kernel.assessment.commands import OpenCampaign, ScoreAssessment, ScoreGiven
from suite.kernel.assessment.material_scores import ScoreMaterials
from suite.kernel.assessment.surveying import AnswerGiven, TakeSurvey
from suite.kernel.casework.commands import LineGiven
from suite.kernel.ledgers.commands import EntryEdit, SaveLedgerEntries
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.kernel.registry.queries import ListQuery, list_ids

if TYPE_CHECKING:
    from suite.bootstrap import Suite
    from suite.contract.commands import Actor

UNIT, VILLAGE, HONOUR = (
    "popularization.duty_unit", "core.village", "popularization.democratic_rule_of_law_village",
)  # fmt: skip
LISTS, SUBMISSIONS = "popularization.duty_list", "popularization.submissions"
LAWS = (
    ("中华人民共和国安全生产法", "企业安全生产主体责任", "business"),
    ("中华人民共和国未成年人保护法", "学校保护、网络保护", "youth"),
    ("中华人民共和国行政处罚法", "处罚的种类、程序和当事人权利", "officials"),
)
#: How far the lists of the first units have come.
FATES = ("rectifying", "executing", "published", "submitted", "draft")
COURSE = (
    "draft",
    "submitted",
    "approved",
    "published",
    "executing",
    "self_assessed",
    "evaluated",
    "rectifying",
)
#: Records of a roster that are looked at.
MOST = 60
#: Villages whose households are known, units that report, and how many answers two of them have.
KNOWN, REPORTING, ANSWERS = 40, 6, 56
TEXTS = (
    "组织开展宪法宣传活动，走进社区和企业发放宣传资料，现场解答群众咨询，邀请人大代表、政协委员参加，"
    "通过微信公众号推送以案释法文章，群众反响良好。",
    "围绕行政执法开展说理式执法和案例宣讲，组织执法人员参加业务培训和庭审旁听，向管理服务对象发放"
    "普法手册，收集意见建议并及时整改。",
    "会同街道在集市、广场设置咨询台，讲解与群众生产生活密切相关的法律规定，指导村（社区）修订村规民约，"
    "推动矛盾纠纷就地化解。",
)


def popularization(suite: Suite, clerk: Actor, second: Actor) -> str:
    """Everything of one year: gives in words what there is."""
    units = _ids(suite, clerk, UNIT, category=("city_department",))
    if not units:
        return "没有普法责任单位"
    section = Section(suite=suite, clerk=clerk, signers=())
    lists = sum(_duty_list(section, unit, fate) for unit, fate in zip(units, FATES, strict=False))
    _new_laws(section, units)
    _model_villages(section)
    _households(suite, clerk)
    logged = entries(suite, clerk) + _submissions(suite, clerk, units[:REPORTING])
    return f"责任清单 {lists} 份，台账 {logged} 条，{_evaluation(suite, clerk, second)}"


def _ids(suite: Suite, actor: Actor, kind: str, **filters: Sequence[str]) -> tuple[int, ...]:
    with suite.reading() as session:
        query = ListQuery(kind=kind, filters={"status": ("active",), **filters})
        return tuple(list_ids(session, actor, suite.catalog, query, limit=MOST).ids)


def _duty_list(section: Section, unit: int, fate: str) -> int:
    """A list of this year as far as its fate leads; items, the quarters reported, one of them late."""
    year = section.suite.today.year
    day = dt.date(year, 1, 20)
    if day > section.suite.today:
        return 0
    opened = section.open(
        "OpenDutyList", LISTS, day, unit=(unit,), list_year=year, lines=tuple(_lines(year)),
        last_year="上年清单所列事项全部完成，举办讲座 12 场。",
    )  # fmt: skip
    case = opened.result["case_id"]
    steps: dict[str, tuple[str, dt.date, dict[str, Any]]] = {
        "submitted": ("SubmitDutyList", dt.date(year, 1, 28), {}),
        "approved": ("ApproveDutyList", dt.date(year, 2, 26), {"met_on": dt.date(year, 2, 26)}),
        "published": (
            "PublishDutyList", dt.date(year, 3, 20),
            {"published_on": dt.date(year, 3, 20), "published_at": "石家庄普法网"},
        ),
        "executing": ("ExecuteDutyList", dt.date(year, 3, 24), {"quarter_ends": dt.date(year, 3, 31)}),
        "self_assessed": (
            "AssessDutySelf", dt.date(year, 10, 20), {"self_score": Decimal(93), "self_review": "按清单完成"},
        ),
        "evaluated": (
            "EvaluateDutyList", dt.date(year, 11, 6),
            {"score": Decimal(58 if fate == "rectifying" else 91),
             "grade": "failed" if fate == "rectifying" else "excellent", "superior": "中共石家庄市委"},
        ),
        "rectifying": (
            "OrderDutyRectification", dt.date(year, 11, 9), {"rectify_items": "新媒体账号三个月未更新"},
        ),
    }  # fmt: skip
    for state in COURSE[1 : COURSE.index(fate) + 1]:
        name, on, values = steps[state]
        if on > section.suite.today:
            break
        section.take(case, name, on, **values)
        if state == "executing":
            _quarters(section, case, year)
    return 1


def _lines(year: int) -> Iterator[LineGiven]:
    """The laws of a list, and an item for each."""
    for place, (name, part, audience) in enumerate(LAWS, 1):
        yield LineGiven(list_key="laws", code="law", name=name, article=part)
        yield LineGiven(
            list_key="items", name=name, article=part, code=audience, holder="政策法规科",
            grade="lecture" if place < 3 else "new_media", place="宪法宣传周", figure=Decimal(4 * place),
            until=dt.date(year, 6 * min(place, 2), 30), flag=place == 1,
        )  # fmt: skip


def _quarters(section: Section, case: int, year: int) -> None:
    """What was reported of the quarters that have ended."""
    ends = (dt.date(year, 3, 31), dt.date(year, 6, 30), dt.date(year, 9, 30), dt.date(year, 12, 31))
    for place, end in enumerate(ends[:-1]):
        on = end + dt.timedelta(days=6)
        if on <= section.suite.today:
            line = LineGiven(
                list_key="progress", code=f"q{place + 1}", figure=Decimal(place + 1), day=end,
                grade="done" if place == 1 else "running", name="举办专题讲座、发布案例",
                text="活动照片、签到表",
            )  # fmt: skip
            section.take(case, "ReportDutyQuarter", on, lines=(line,), quarter_ends=ends[place + 1])


def _new_laws(section: Section, units: Sequence[int]) -> None:
    """法治宣传教育法 for a unit that has listed it, and one that is past its thirty days."""
    day = dt.date(2025, 9, 12)
    if section.suite.today < dt.date(2025, 10, 9):
        return
    for place, unit in enumerate(units[:2]):
        opened = section.open(
            "RegisterNewLaw", "popularization.new_law", dt.date(2025, 9, 20), unit=(unit,),
            law_title="中华人民共和国法治宣传教育法", law_level="law", promulgated_on=day,
            effective_on=dt.date(2025, 11, 1), audiences=("officials", "youth"),
        )  # fmt: skip
        if place == 0:
            values: dict[str, Any] = {
                "effective_on": dt.date(2025, 11, 1),
                "year_on": dt.date(2026, 11, 1),
            }
            section.take(
                opened.result["case_id"],
                "ListNewLaw",
                dt.date(2025, 10, 9),
                list_no="石普责〔2026〕1号",
                **values,
            )


def _model_villages(section: Section) -> None:
    """One village named, one recommended, one whose honour is being rechecked."""
    today, kind = section.suite.today, "popularization.village_honour"
    villages = _ids(section.suite, section.clerk, VILLAGE)[-3:]
    scores = tuple(
        LineGiven(list_key="criteria", code=head, figure=Decimal(18))
        for head in ("organisation", "democracy", "law", "harmony", "support")
    )
    for place, village in enumerate(villages[:2]):
        day = today - dt.timedelta(days=90)
        asked = {"village": (village,), "level": "city", "batch": "2025—2026"}
        case = section.open("ApplyVillageHonour", kind, day, **asked).result["case_id"]
        later = day + dt.timedelta(days=20)
        section.take(case, "RecommendVillage", later, county_opinion="同意推荐", lines=scores)
        if place == 0:
            section.take(case, "ReviewVillage", later + dt.timedelta(days=20), score=Decimal(90))
            named = later + dt.timedelta(days=40)
            section.take(case, "NameVillage", named, named_on=named, document_no=f"石司〔{named.year}〕36号")


def _households(suite: Suite, clerk: Actor) -> None:
    """The households of some villages, as a county hands them in; the others stay without."""
    random = Random(SEED)
    admin = suite.actor()
    rows = tuple(
        RowEdit(subject_id=village, values={"households": random.randint(25, 160)})
        for village in _ids(suite, clerk, VILLAGE)[:KNOWN]
    )
    suite.run(SaveRecords(kind=VILLAGE, rows=rows), admin)


def _submissions(suite: Suite, clerk: Actor, units: Sequence[int]) -> int:
    """Monthly reports of this year: some late, one unit hands in another's text, one last year's."""
    random, today = Random(SEED), suite.today
    rows: list[EntryEdit] = []
    for place, unit in enumerate(units):
        for month in range(1, today.month):
            end = dt.date(today.year, month + 1, 1) - dt.timedelta(days=1)
            late = 25 if random.randrange(100) < 8 else random.randint(1, 5)
            told = random.sample([part for text in TEXTS for part in text.strip("。").split("，")], 5)
            text = f"{end.month} 月，{'，'.join(told)}，本月举办 {place + month} 场。"
            if place == 1 and month == 1:
                text = rows[0].values["content"]
            values = {
                "title": f"{end.year}年{end.month}月普法信息",
                "day": min(end + dt.timedelta(days=late), today),
                "subject": (unit,), "period_end": end, "form": "monthly", "content": text,
                "activities": 60 if (place, month) == (2, 3) else random.randint(1, 6),
                "persons": random.randint(40, 400),
            }  # fmt: skip
            if (place, month) != (3, 2):
                rows.append(EntryEdit(values=values))
    suite.run(SaveLedgerEntries(ledger=SUBMISSIONS, rows=tuple(rows)), clerk)
    return len(rows)


def _evaluation(suite: Suite, clerk: Actor, second: Actor) -> str:
    """This year's evaluation, under way: reports scored, two units surveyed, two scorers apart."""
    today = suite.today
    first, last = dt.date(today.year, 1, 1), dt.date(today.year, today.month, 1) - dt.timedelta(days=1)
    if last < first:
        return "今年的评估尚未开展"
    heading = f"{today.year} 年度谁执法谁普法履职评估"
    opening = OpenCampaign(scheme="popularization.evaluation", heading=heading, first=first, last=last)
    number: int = suite.run(opening, clerk).result["campaign_id"]
    suite.run(ScoreMaterials(campaign_id=number), clerk)
    with suite.reading() as session:
        every = board(session, clerk, suite.catalog, number).lines
    lines = [line for line in every if line.group == "city_department"]
    random = Random(SEED)
    answers = tuple(
        AnswerGiven(
            unit=line.name, on=last, asked=10, correct=random.randint(5, 10),
            device=f"{line.id}-{place % 54}",
            satisfaction=random.choice(("very", "satisfied", "satisfied", "neutral")),
            took_part=random.random() < 0.6, easy=random.random() < 0.8,
        )
        for line, size in zip(lines[:2], (ANSWERS, 30), strict=False)
        for place in range(size)
    )  # fmt: skip
    suite.run(TakeSurvey(campaign_id=number, source="第三方满意度调查", answers=answers), clerk)
    for scorer, found in ((clerk, "0.90"), (second, "0.76")):
        given = ScoreGiven(item="enforcement", found=Decimal(found), evidence="抽查案卷 10 件")
        ask = ScoreAssessment(assessment_id=lines[0].id, source="review", scores=(given,))
        suite.run(ask, scorer)
    return f"今年的评估进行中，{len(every)} 个单位"
