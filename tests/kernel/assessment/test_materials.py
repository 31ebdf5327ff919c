"""Information handed in period by period: timeliness, trends, the same twice, and the score that it gives."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.assessment.boards import assessment_sheet
from suite.kernel.assessment.material_results import Analysis, Held, analysis
from suite.kernel.assessment.material_scores import ScoreMaterials
from suite.kernel.assessment.materials import Handed, jumps, period_ends, timeliness
from suite.kernel.assessment.resemblance import alike, shingles
from suite.kernel.casework.derive import step
from suite.kernel.casework.papers.commands import AttachFile
from suite.kernel.ledgers.commands import AttachLedgerFile, EntryEdit, SaveLedgerEntries
from suite.kernel.parameters.commands import SetParameter
from suite.kernel.parameters.queries import parameters_on
from suite.testing.fixtures import TODAY
from tests.kernel.assessment.test_evaluation import UNITS, Evaluation

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + bytes(17) + b"\x00\x00\x00\x00IEND\xaeB`\x82"
MARCH, APRIL, MAY = dt.date(2025, 3, 31), dt.date(2025, 4, 30), dt.date(2025, 5, 31)
DUE = {MARCH: dt.date(2025, 4, 8), APRIL: dt.date(2025, 5, 12), MAY: dt.date(2025, 6, 9)}


def handed(period: dt.date, day: dt.date, length: int = 80) -> Handed:
    return Handed(entry_id=1, number="1", title="", day=day, period=period, length=length, figures={})


def test_periods_end_with_their_months() -> None:
    year = (dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    assert period_ends(*year, 3) == tuple(
        dt.date(2024, month, day) for month, day in ((3, 31), (6, 30), (9, 30), (12, 31))
    )
    assert period_ends(dt.date(2024, 1, 1), dt.date(2024, 2, 28), 1) == (dt.date(2024, 1, 31),)


def test_a_period_is_in_time_late_short_or_missing_and_the_best_report_of_it_counts() -> None:
    found = timeliness(
        DUE, [handed(MARCH, dt.date(2025, 4, 9)), handed(MARCH, dt.date(2025, 4, 8)),
              handed(APRIL, dt.date(2025, 5, 1), length=10)], 50, dt.date(2025, 6, 9),
    )  # fmt: skip
    assert (found.in_time, found.late, found.short, found.missing) == ((MARCH,), (), (APRIL,), ())
    assert timeliness(DUE, [], 50, dt.date(2025, 6, 10)).missing == (MARCH, APRIL, MAY)
    assert timeliness(DUE, [handed(MARCH, dt.date(2025, 4, 9))], 50, MAY).late == (MARCH,)


@given(
    st.lists(
        st.tuples(st.sampled_from(list(DUE)), st.dates(MARCH, dt.date(2025, 7, 1)), st.integers(0, 100)),
        max_size=12,
    ),
    st.dates(MARCH, dt.date(2025, 7, 1)),
)
def test_every_period_stands_in_one_place(
    reports: list[tuple[dt.date, dt.date, int]], today: dt.date
) -> None:
    found = timeliness(DUE, [handed(*report) for report in reports], 50, today)
    stood = [*found.in_time, *found.late, *found.short, *found.missing]
    assert len(stood) == len(set(stood)) == found.due
    assert {period for period, _, _ in reports} <= set(stood) <= set(DUE)


def test_a_figure_jumps_where_it_is_far_above_the_others() -> None:
    run = tuple(map(Decimal, (4, 5, 3, 40, 6, 0)))
    assert jumps(run) == (3,)
    assert jumps(run[:3]) == ()
    assert jumps((Decimal(0),) * 5 + (Decimal(9),)) == ()


@given(st.lists(st.text("甲乙丙丁戊", min_size=1, max_size=14), max_size=7))
def test_what_is_alike_is_what_a_count_of_all_pairs_says(texts: list[str]) -> None:
    """Pairs of different texts as by brute force; of equal ones each beside the first."""
    named = {str(place): text for place, text in enumerate(texts)}
    found = {(pair.first, pair.second) for pair in alike(named, 0.5)}
    made = {key: shingles(text) for key, text in named.items()}
    first = {made[key]: key for key in sorted(named, reverse=True)}
    wanted = set()
    for one, other in combinations(sorted(named), 2):
        parts, others = made[one], made[other]
        if parts == others:
            if first[parts] == one:
                wanted.add((one, other))
        elif (
            first[parts] == one and first[others] == other and len(parts & others) * 2 >= len(parts | others)
        ):
            wanted.add((one, other))
    assert found == wanted


TEXT = (
    "我局组织开展宪法宣传周活动，深入社区发放宣传资料三千份，现场解答群众法律咨询二百余人次，"
    "邀请人大代表参加，取得良好效果，群众反响热烈。"
)
OTHER = (
    "依法公开行政处罚决定书，开展以案释法，邀请企业负责人旁听听证，推动守法经营形成长效机制，"
    "全年受众覆盖重点企业两百余家，问卷反馈良好。"
)


def report(unit: int, period: dt.date, day: dt.date, content: str, **values: Any) -> EntryEdit:
    given = {"title": f"{period:%Y年%m月}普法信息", "day": day, "subject": (unit,), "period_end": period}
    return EntryEdit(values=given | {"content": content, "activities": 2, "persons": 120} | values)


def looked_through(evaluation: Evaluation) -> Analysis:
    suite = evaluation.suite
    with suite.reading() as session:
        numbers = parameters_on(session, suite.catalog, suite.today)
        found = analysis(session, evaluation.admin, suite.catalog, evaluation.id, numbers, TODAY)
    assert found is not None
    return found


@pytest.mark.sqlite_first
def test_reports_are_looked_through_and_scored(suite_: Suite, admin: Actor) -> None:
    """The year in quarters: one in time, one late, one too short, one missing; last year's text again."""
    every = SetParameter(
        key="popularization.submission.every_months", value="3", valid_from=dt.date(2024, 1, 1), source="方案"
    )
    suite_.run(every, admin)
    evaluation = Evaluation(suite_, admin)
    units = {line.name: line.subject_id for line in evaluation.board().lines}
    police, school = units[UNITS[0]], units[UNITS[1]]
    rows = (
        report(police, dt.date(2024, 6, 30), dt.date(2024, 7, 2), TEXT),
        report(police, MARCH, dt.date(2025, 4, 8), TEXT.replace("三千", "五千")),
        report(police, dt.date(2025, 6, 30), dt.date(2025, 7, 8), OTHER),
        report(police, dt.date(2025, 9, 30), dt.date(2025, 10, 9), "活动一场"),
        report(school, MARCH, dt.date(2025, 4, 1), "本季度没有开展活动，" + "情况另报" * 15),
    )
    ids = suite_.run(SaveLedgerEntries(ledger="popularization.submissions", rows=rows), admin).result["ids"]
    for number in (ids[0], ids[2]):
        attach = AttachLedgerFile(
            ledger="popularization.submissions", entry_id=number, file_name="照片.png", content=PNG
        )
        suite_.run(attach, admin)
    found = looked_through(evaluation)
    line = next(item for item in found.lines if item.name == UNITS[0])
    assert [len(part) for part in (line.timeliness.in_time, line.timeliness.late, line.timeliness.short)] == [
        1, 1, 1,
    ]  # fmt: skip
    assert line.timeliness.missing == (dt.date(2025, 12, 31),)
    assert line.runs["activities"] == (Decimal(2), Decimal(2), Decimal(2), Decimal(0))
    told = {(item.what, item.share == 1.0) for item in found.twice}
    assert told == {("内容雷同", False), ("同一文件", True)}
    assert {held.ledger for item in found.twice for held in item.at} == {"popularization.submissions"}
    done = suite_.run(ScoreMaterials(campaign_id=evaluation.id), admin)
    assert done.result["scored"] == len(UNITS)
    with suite_.reading() as session:
        number = evaluation.ids()[UNITS[0]]
        sheet = assessment_sheet(session, admin, suite_.catalog, number)
    (score,) = (item for item in sheet.scores if item.item == "meetings")
    # One of four in time, of three points.
    assert (score.points, score.source.value) == (Decimal("0.75"), "analysis")
    assert "应报 4 期，按时 1 期，逾期 1 期（2025-06）" in score.evidence


@pytest.mark.sqlite_first
def test_a_photograph_of_last_year_is_known_again(suite_: Suite, admin: Actor) -> None:
    evaluation = Evaluation(suite_, admin)
    unit = next(line.subject_id for line in evaluation.board().lines if line.name == UNITS[0])
    numbers = []
    for year, day in ((2024, dt.date(2024, 3, 1)), (2025, dt.date(2025, 3, 1))):
        opened = step(
            suite_.catalog,
            "OpenDutyList",
            kind="popularization.duty_list",
            on=day,
            unit=(unit,),
            list_year=year,
        )
        numbers.append(suite_.run(opened, admin).result["case_id"])
        suite_.run(AttachFile(case_id=numbers[-1], file_name=f"现场{year}.png", content=PNG), admin)
    (found,) = looked_through(evaluation).twice
    assert found.what == "同一文件"
    assert "现场2024.png" in found.first
    assert "现场2025.png" in found.second
    assert found.at == (Held(ledger="", id=numbers[0]), Held(ledger="", id=numbers[1]))
