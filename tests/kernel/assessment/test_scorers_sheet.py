"""A scorer's workbook: out with his own scores alone, back in as one, every fault with its place."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import func, select

from suite.contract.commands import Actor, Done
from suite.contract.problems import Refused
from suite.kernel.assessment.commands import ScoreAssessment, ScoreGiven
from suite.kernel.assessment.scorers_sheet import ScoredRow, TakeScoreSheet
from suite.kernel.exchange.score_book import read_scores, save_scores, score_copy
from suite.tables import Score
from tests.kernel.assessment.test_evaluation import UNITS, Evaluation, evaluation
from tests.kernel.assessment.test_season import refused

__all__ = ["evaluation"]
pytestmark = pytest.mark.sqlite_first


class Scorer:
    """One scorer at his desk with his workbook."""

    def __init__(self, season: Evaluation, actor: Actor, path: Path) -> None:
        self.season, self.actor, self.path = season, actor, path

    def write(self, source: str = "review") -> int:
        with self.season.suite.reading() as session:
            copy = score_copy(session, self.actor, self.season.board(), source)
        return save_scores(self.path, copy, self.actor, run=self.season.suite.run)

    def edit(self, change: Callable[[dict[str, int], object], None]) -> None:
        """Type into the sheet; `change` gets heading → column, and the page."""
        book = load_workbook(self.path)
        page = book["评分"]
        change({str(cell.value): cell.column for cell in page[1]}, page)
        book.save(self.path)

    def cells(self) -> str:
        """All that stands in the file."""
        return "\n".join(
            str(value)
            for page in load_workbook(self.path)
            for row in page.iter_rows(values_only=True)
            for value in row
            if value is not None
        )

    def take(self, *, dry_run: bool = False) -> Done:
        command = read_scores(self.path, self.season.board(), self.actor)
        return self.season.suite.run(command, self.actor, dry_run=dry_run)


def in_force(season: Evaluation) -> int:
    with season.suite.reading() as session:
        return session.scalar(select(func.count()).select_from(Score).where(Score.replaced_at.is_(None))) or 0


def test_a_sheet_goes_out_and_comes_back_as_its_scorers_own(evaluation: Evaluation, tmp_path: Path) -> None:
    suite, other = evaluation.suite, evaluation.second()
    ids = evaluation.ids()
    secret = ScoreGiven(item="enforcement", found=Decimal("0.4321"), evidence="他人的依据")
    suite.run(ScoreAssessment(assessment_id=ids[UNITS[0]], source="review", scores=(secret,)), other)
    scorer = Scorer(evaluation, evaluation.admin, tmp_path / "评分.xlsx")
    assert scorer.write() == len(UNITS)
    item = evaluation.board().sheet.by_key["enforcement"]
    told = scorer.cells()
    # The rule of each item stands in the sheet; what the other scorer found does not.
    assert item.rule in told
    assert "0.4321" not in told
    assert "他人的依据" not in told
    assert refused(scorer.take) == {"score.none"}

    def fill(heads: dict[str, int], page: Worksheet) -> None:
        found, ground = (
            next(at for head, at in heads.items() if item.title in head and head.endswith(what))
            for what in ("得到", "依据")
        )
        for row in (3, 4):
            page.cell(row=row, column=found, value="0.8")
        page.cell(row=5, column=found, value="不适用")
        page.cell(row=5, column=ground, value="没有执法权")

    scorer.edit(fill)
    before = in_force(evaluation)
    would = scorer.take(dry_run=True)
    assert (would.result["participants"], would.result["new"]) == (3, 3)
    assert in_force(evaluation) == before
    assert scorer.take().result == would.result
    assert in_force(evaluation) == before + 3
    # Once more: nothing is written again.
    again = scorer.take()
    assert (again.changes, again.result["same"]) == ((), 3)
    # Another scorer may not take this sheet for his own, nor does his own sheet show what is in it.
    second = Scorer(evaluation, other, scorer.path)
    assert refused(second.take) == {"score_sheet.scorer"}
    second = Scorer(evaluation, other, tmp_path / "第二人.xlsx")
    second.write()
    assert "没有执法权" not in second.cells()
    assert "0.4321" in second.cells()
    with suite.reading() as session:
        by = select(Score.by_login).where(
            Score.assessment_id == ids[UNITS[0]], Score.item == "enforcement", Score.replaced_at.is_(None)
        )
        assert set(session.scalars(by)) == {evaluation.admin.login, other.login}


def test_every_fault_is_told_with_its_row_and_nothing_is_written(
    evaluation: Evaluation, tmp_path: Path
) -> None:
    scorer = Scorer(evaluation, evaluation.admin, tmp_path / "评分.xlsx")
    scorer.write()
    item = evaluation.board().sheet.by_key["enforcement"]

    def spoil(heads: dict[str, int], page: Worksheet) -> None:
        found = next(at for head, at in heads.items() if item.title in head and head.endswith("得到"))
        put = page.cell
        put(row=3, column=found, value="很好")
        put(row=4, column=found, value="0.123456")
        put(row=5, column=found + 1, value="只有依据")
        put(row=6, column=found, value="0.5")
        put(row=6, column=2, value="别的单位")

    scorer.edit(spoil)
    with pytest.raises(Refused) as told:
        scorer.take()
    assert [(problem.code, problem.row) for problem in told.value.problems] == [
        ("number_invalid", 3),
        ("score.places", 4),
        ("required", 5),
        ("score_sheet.participant", 6),
    ]
    # What only the command knows is told by row too, and the good rows beside it are not written.
    ids = evaluation.ids()
    fit, too_much = (ScoreGiven(item="enforcement", found=Decimal(value)) for value in ("0.5", "7"))
    command = TakeScoreSheet(
        campaign_id=evaluation.id,
        source="review",
        rows=(
            ScoredRow(assessment_id=ids[UNITS[0]], scores=(fit,), row=3),
            ScoredRow(assessment_id=ids[UNITS[1]], scores=(too_much,), row=4),
        ),
    )
    with pytest.raises(Refused) as told:
        evaluation.suite.run(command, evaluation.admin)
    assert [(problem.code, problem.row) for problem in told.value.problems] == [("score.range", 4)]
    assert in_force(evaluation) == 0
    with evaluation.suite.reading() as session:
        assert refused(lambda: score_copy(session, evaluation.admin, evaluation.board(), "records")) == {
            "score.source"
        }
