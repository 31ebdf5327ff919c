"""A season as it is run: counts that open their rows, reminders, moves, a withdrawn firm, lists."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.assessment.boards import Board, board
from suite.kernel.assessment.choosing import Mark, chosen
from suite.kernel.assessment.cockpit import Cockpit, cockpit
from suite.kernel.assessment.commands import (
    ChangeStanding,
    DecideGrades,
    FollowMoves,
    GradeGiven,
    RemindParticipants,
    TakeAssessmentStep,
)
from suite.kernel.assessment.reminders import mailing, write_letters
from suite.kernel.assessment.standing import DEFERRED, IN, OUTSIDE, STANDINGS, UNGRADED
from suite.kernel.casework.papers.commands import ReplaceTemplate
from suite.kernel.exchange.season_files import (
    SeasonList,
    circular_copy,
    list_copy,
    save_circular,
    save_list,
)
from suite.kernel.executor.executor import Cancelled
from suite.kernel.parameters.queries import parameters_on
from suite.kernel.registry.commands import RecordLicenceEvent, RowEdit, SaveRecords
from suite.kernel.registry.record_file import record_file
from suite.testing.factories import a_firm, a_lawyer, make
from tests.kernel.assessment.test_season import Season, refused

pytestmark = pytest.mark.sqlite_first


class Review(Season):
    """The lawyers' review of three firms in two districts."""

    def __init__(self, suite: Suite, actor: Actor) -> None:
        self.firms = make(
            suite, actor, "lawyers.law_firm",
            a_firm(1, name="河北衡正律师事务所"), a_firm(2, name="河北太行律师事务所"),
            a_firm(3, name="河北澄一律师事务所", district_code="130104"),
        )  # fmt: skip
        rows = [
            a_lawyer(
                n, body_id=self.firms[n % 3], name=f"第{n}人",
                district_code="130104" if n % 3 == 2 else "130102",
            )
            for n in range(6)
        ]  # fmt: skip
        rows += [
            a_lawyer(6, name="公职", category="government", main_no="11301201860000004"),
            a_lawyer(
                7, body_id=self.firms[0], name="新人", first_practice_on="2025-11-03",
                main_no="11301202510000003",
            ),
        ]  # fmt: skip
        make(suite, actor, "lawyers.lawyer", *rows)
        super().__init__(suite, actor)

    def board(self) -> Board:
        with self.suite.reading() as session:
            return board(session, self.actor, self.suite.catalog, self.id)

    def come(self) -> Cockpit:
        with self.suite.reading() as session:
            return cockpit(session, self.actor, self.suite.catalog, self.id)

    def numbers(self) -> Mapping[str, object]:
        with self.suite.reading() as session:
            return parameters_on(session, self.suite.catalog, self.suite.today)

    def remind(self, folder: Path, *, stop_at: int = 0) -> list[str]:
        found = self.board()
        letters = mailing(
            found, "self", found.lines, organ="石家庄市司法局", today=self.suite.today,
            until=dt.date(2026, 12, 1), parameters=self.numbers(),
        )  # fmt: skip

        def progress(_what: str, done: int, _total: int) -> None:
            if stop_at and done >= stop_at:
                raise Cancelled("已取消")

        with self.suite.reading() as session:
            _, made = write_letters(
                session, letters, folder, self.actor, run=self.suite.run, progress=progress
            )
        return sorted(path.name for path in made.iterdir())


@pytest.fixture
def review(suite_: Suite, admin: Actor) -> Review:
    return Review(suite_, admin)


def agrees(come: Cockpit, found: Board) -> None:
    """Every number of the cockpit is the number of the rows that it opens."""
    lines = found.lines
    for key, number in come.standings.items():
        assert number == len(chosen(lines, {"standing": [key]}))
    for step in ("", *come.scheme.by_step):
        assert come.waiting[step] == len(chosen(lines, {"step": [step]})) if step in come.waiting else True
    for field, places in (("district", come.districts), ("body", come.bodies)):
        for place in places:
            for step, number in place.waiting.items():
                assert number == len(chosen(lines, {field: [place.key], "step": [step]}))
            rest = chosen(lines, {field: [place.key], "standing": [OUTSIDE, DEFERRED]})
            assert place.resting == len(rest)
            assert place.taking_part == len(chosen(lines, {field: [place.key], "standing": [IN, UNGRADED]}))
    for line in come.resting:
        assert line.number == len(chosen(lines, {"standing": [line.standing], "rule": [line.rule]}))
    for mark, number in ((Mark.MOVED, come.moved), (Mark.GONE, come.gone), (Mark.DISPUTED, come.disputed)):
        assert number == len(chosen(lines, {"mark": [mark]}))


def test_a_season_is_run_by_counts_that_open_their_rows(review: Review, tmp_path: Path) -> None:
    suite, come = review.suite, review.come()
    agrees(come, review.board())
    for words, number in (("衡正", 3), ("xr", 1), ("gz", 1), ("没有", 0)):
        assert len(chosen(review.board().lines, {"text": words})) == number
    assert [(line.standing, line.number) for line in come.resting] == [(OUTSIDE, 1), (UNGRADED, 1)]
    assert all(line.text for line in come.resting)
    assert [number for _, _, number in come.missing] == [3, 2, 2]
    # Reminders: one letter to each firm; whoever has handed in is not reminded any more.
    assert review.remind(tmp_path) == [
        f"催报通知-河北{name}律师事务所.docx" for name in ("太行", "澄一", "衡正")
    ]
    review.step("self", *(f"第{n}人" for n in range(6) if n % 3 != 1))
    rows = review.rows()
    again = RemindParticipants(campaign_id=review.id, step="self", assessments=(rows["第0人"].id,))
    assert refused(lambda: review.run(again)) == {"reminder.done"}
    review.remind(tmp_path)
    letters = sorted(path for path in tmp_path.rglob("*.docx") if "-2" in path.parent.name)
    assert [path.name for path in letters] == [
        "催报通知-河北太行律师事务所.docx",
        "催报通知-河北衡正律师事务所.docx",
    ]
    words = "\n".join(paragraph.text for paragraph in Document(str(letters[0])).paragraphs)
    assert [name for name in ("第0人", "第1人", "第4人") if name in words] == ["第1人", "第4人"]
    assert [part for part in ("此前已催报1次", "2026年12月1日") if part not in words] == []
    marks = {line.name: line.marks.reminded for line in review.board().lines}
    assert (marks["第1人"], marks["第0人"], marks["公职"]) == (2, 1, 0)
    # One who moves in mid-season: the form follows, to the other firm and district.
    moving = rows["第1人"]
    edit = RowEdit(
        values={"body_id": review.firms[2], "district_code": "130104"}, subject_id=moving.subject_id
    )
    suite.run(
        SaveRecords(kind="lawyers.lawyer", rows=(edit,), effective_on=dt.date(2026, 3, 1)),
        review.actor,
        reason="变更执业机构",
    )
    come = review.come()
    agrees(come, review.board())
    assert come.moved == 1
    assert review.run(FollowMoves(campaign_id=review.id)).result == {"moved": 1}
    moved = review.rows()["第1人"]
    assert (moved.body_id, moved.district_code, moved.step) == (review.firms[2], "130104", "self")
    assert review.come().moved == 0
    assert review.run(FollowMoves(campaign_id=review.id)).result == {"moved": 0}
    # Graded and stamped: the lists.
    review.grade(*((f"第{n}人", None, "") for n in (0, 2, 3)))
    agrees(review.come(), review.board())
    assert _listed(review, SeasonList.STAMPING, tmp_path / "盖章.xlsx") == 3
    page = load_workbook(tmp_path / "盖章.xlsx")["盖章名册"]
    head = [cell.value for cell in page[1]]
    assert head[-2:] == ["盖章", "领取人签字"]
    assert _listed(review, SeasonList.RESULTS, tmp_path / "公示.docx") == 3
    told = "\n".join(paragraph.text for paragraph in Document(str(tmp_path / "公示.docx")).paragraphs)
    assert [part for part in ("称职（3）", "第3人") if part not in told] == []
    _tells_the_season(review, tmp_path / "通报.docx")


def _tells_the_season(review: Review, path: Path) -> None:
    """The circular: everybody, those who do not take part by their rule, the grades, and place by place."""
    suite = review.suite
    with suite.reading() as session:
        numbers = parameters_on(session, suite.catalog, suite.today)
        copy = circular_copy(
            session,
            review.actor,
            suite.catalog,
            review.board(),
            numbers,
            today=suite.today,
            number="石司〔2026〕3号",
        )
    ending = path.with_suffix(".xlsx")
    assert refused(lambda: save_circular(ending, copy, review.actor, run=suite.run)) == {"file.ending"}
    assert save_circular(path, copy, review.actor, run=suite.run) == 8
    paper = Document(str(path))
    told = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    wanted = (
        "石司〔2026〕3号", "列入考核8人，参加7人，已评定等次3人，尚未评定3人。", "不参加：",
        "称职3人，占100.0%：", "不称职0人",
    )  # fmt: skip
    assert [part for part in wanted if part not in told] == []
    (places,) = paper.tables
    graded = [row.cells[2].text for row in places.rows[1:]]
    assert sum(int(number) for number in graded) == 3


def _listed(review: Review, what: SeasonList, path: Path) -> int:
    found = review.board()
    with review.suite.reading() as session:
        numbers = parameters_on(session, review.suite.catalog, review.suite.today)
        copy = list_copy(session, what, found, found.lines, numbers, today=review.suite.today)
    return save_list(path, copy, review.actor, run=review.suite.run)


def test_reminders_that_are_stopped_leave_nothing(review: Review, tmp_path: Path) -> None:
    folder = tmp_path / "催报"
    folder.mkdir()
    with pytest.raises(Cancelled):
        review.remind(folder, stop_at=2)
    assert list(folder.iterdir()) == []
    assert Counter(line.marks.reminded for line in review.board().lines) == {0: 8}
    # The bureau's own template takes the place of the shipped one.
    own = Document()
    own.add_paragraph("{{ 单位 }}：尚有 {{ 人数 }} 人未报。")
    own.save(str(tmp_path / "own.docx"))
    content = (tmp_path / "own.docx").read_bytes()
    template = ReplaceTemplate(template="core.assessment_reminder", content=content, file_name="own.docx")
    review.run(template)
    review.remind(folder)
    letter = next(folder.rglob("催报通知-河北衡正*.docx"))
    assert [paragraph.text for paragraph in Document(str(letter)).paragraphs] == [
        "河北衡正律师事务所：尚有 3 人未报。"
    ]


def test_a_firm_struck_off_in_mid_season_is_taken_out_with_the_reason(suite_: Suite, admin: Actor) -> None:
    firms = make(suite_, admin, "lawyers.law_firm", a_firm(1), a_firm(2))
    season = Review.__new__(Review)
    Season.__init__(season, suite_, admin, "lawyers.body_review")
    assert season.come().gone == 0
    name = next(name for name, row in season.rows().items() if row.subject_id == firms[0])
    with suite_.reading() as session:
        licences = record_file(session, admin, suite_.catalog, firms[0]).licences
    suite_.run(
        RecordLicenceEvent(
            kind="lawyers.law_firm", licence_id=licences[0].id, state="cancelled",
            on_date=dt.date(2026, 4, 1),
            document_no="冀司律注〔2026〕3号", decided_by="河北省司法厅", note="自行终止",
        ),
        admin,
    )  # fmt: skip
    assert season.come().gone == 1
    agrees(season.come(), season.board())
    row = season.rows()[name]
    out = ChangeStanding(
        assessment_id=row.id, expected_version=row.version, standing="outside", reason="2026 年 4 月注销"
    )
    season.run(out)
    assert (season.come().gone, season.come().standings[OUTSIDE]) == (0, 1)
    step = TakeAssessmentStep(campaign_id=season.id, step="report", assessments=(row.id,))
    assert refused(lambda: season.run(step)) == {"step.not_now"}
    given = GradeGiven(assessment_id=row.id, expected_version=row.version + 1, grade="qualified", reason="补")
    grading = DecideGrades(campaign_id=season.id, grades=(given,))
    assert refused(lambda: season.run(grading)) == {"grade.standing"}
    assert set(STANDINGS) == {IN, OUTSIDE, UNGRADED, DEFERRED}
