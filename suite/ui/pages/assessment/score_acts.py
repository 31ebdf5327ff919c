"""Scores given on the board, cell by cell, and taken back again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from suite.contract.assessment import Criterion, ScoreSource, SheetMeasure
from suite.contract.commands import Done
from suite.database.engine import ReadSession
from suite.kernel.assessment.boards import AssessmentSheet, BoardLine, GivenScore, assessment_sheet
from suite.kernel.assessment.commands import ScoreAssessment, ScoreGiven, TakeBackScores
from suite.kernel.assessment.scores import MOST_ENTRIES
from suite.kernel.assessment.sheet_rows import measure_hint
from suite.kernel.assessment.standing import WALKING
from suite.kernel.ledgers.queries import mentions_of
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.fields import Choice, Deliver, FieldKind, FieldSpec
from suite.ui.strip_place import StripPlace

if TYPE_CHECKING:
    from suite.ui.pages.assessment.page import AssessmentPage

#: So many entries of ledgers are offered at once.
OFFERED = 20


@dataclass(frozen=True, kw_only=True)
class Given:
    """A score that was given here: what it replaced is given again when it is taken back."""

    line: BoardLine
    item: Criterion
    source: str
    scores: tuple[int, ...]
    former: ScoreGiven | None


class ScoreActs:
    """Belongs to one page."""

    def __init__(self, page: AssessmentPage, place: StripPlace) -> None:
        self._page, self._place = page, place
        self._done: list[Given] = []

    @property
    def last(self) -> Given | None:
        """What 撤销 would take back."""
        return self._done[-1] if self._done else None

    def forget(self) -> None:
        """Another season is shown: what was given in the former one is taken back there."""
        self._done.clear()

    def ask_score(self, line: object, key: str) -> None:
        """Score one item of one participant; what one gave before stands in the fields."""
        board = self._page.board
        if board is None or not isinstance(line, BoardLine) or key not in board.sheet.by_key:
            return
        if refusal := self._refusal(line):
            self._page.tell(refusal)
            return
        suite, actor = self._page.desk.suite, self._page.desk.actor

        def query(session: ReadSession) -> AssessmentSheet:
            return assessment_sheet(session, actor, suite.catalog, line.id)

        self._page.asking.read(query, lambda sheet: self._ask(line, sheet, key))

    def _refusal(self, line: BoardLine) -> str:
        """Why a participant cannot be scored now; empty where it can."""
        if not self._page.may("score"):
            return "您没有评分的权限，请联系科室管理员。"
        if line.grade is not None:
            return f"{line.name}已评定等次，分数有误的请登记异议后更正。"
        return f"{line.name}不参加评分：{line.rule_text}" if line.standing not in WALKING else ""

    def _ask(self, line: BoardLine, sheet: AssessmentSheet, key: str) -> None:
        item = sheet.sheet.by_key[key]
        own = [score for score in sheet.scores if score.item == key and score.mine]
        last = own[-1] if own else None
        sources = tuple(Choice(source.value, source.words) for source in item.sources)
        note = f"满分 {item.most.normalize():f} 分。{item.rule or item.measure.words}。{measure_hint(item)}"
        strip = ActStrip(f"{line.name}：{item.title}", "评分", self._page.desk.suite.today, note=note)
        fields = [
            FieldSpec(
                key="source", title="来源", kind=FieldKind.CHOICE, choices=sources, required=True, quiet=True
            ),
            FieldSpec(key="found", title=item.measure.words, kind=FieldKind.NUMBER, places=4, quiet=True),
        ]
        if item.measure is SheetMeasure.RATIO:
            fields.append(FieldSpec(key="due", title="应完成数", kind=FieldKind.NUMBER, places=4, quiet=True))
        fields += [
            FieldSpec(key="none", title="不适用", kind=FieldKind.BOOL, quiet=True),
            FieldSpec(
                key="evidence", title="依据", quiet=True, wide=True, placeholder="材料名称、链接或理由"
            ),
            FieldSpec(
                key="entry",
                title="台账记录及附件",
                kind=FieldKind.LINK,
                quiet=True,
                wide=True,
                complete=lambda typed, deliver: self._offer_entries(line, typed, deliver),
                placeholder="关于该对象的台账记录，附件即为佐证",
            ),
        ]
        strip.show_fields(
            fields,
            {
                "source": last.source.value if last else item.sources[0].value,
                "found": last.found if last else None,
                "due": last.due if last else None,
                "none": last is not None and last.found is None,
                "evidence": last.evidence if last else "",
                "entry": Choice(last.entry.id, last.entry.words) if last and last.entry else None,
            },
        )
        strip.submitted.connect(lambda: self._send(strip, line, item, own))
        self._place.begin(strip)

    def _offer_entries(self, line: BoardLine, typed: str, deliver: Deliver) -> None:
        """The entries of ledgers about a participant whose number or title contains what was typed."""
        suite, actor = self._page.desk.suite, self._page.desk.actor

        def query(session: ReadSession) -> list[Choice]:
            return [
                Choice(one.entry_id, f"{one.number} {one.title}", f"{one.ledger_title} {one.day}")
                for one in mentions_of(session, actor, suite.catalog, line.subject_id, limit=MOST_ENTRIES)
                if typed in f"{one.number} {one.title} {one.ledger_title}"
            ][:OFFERED]

        self._page.asking.read(query, deliver)

    def _send(self, strip: ActStrip, line: BoardLine, item: Criterion, own: Sequence[GivenScore]) -> None:
        found: Decimal | None = strip.value("found")
        if found is None and not strip.value("none"):
            words = f"请填写{item.measure.words}；不适用的请勾选“不适用”，并在依据中写明理由。"
            strip.set_problems({"found": words})
            return
        source = str(strip.value("source"))
        former = next((score for score in reversed(own) if score.source == ScoreSource(source)), None)
        given = ScoreGiven(
            item=item.key,
            found=None if strip.value("none") else found,
            due=strip.value("due")
            if item.measure is SheetMeasure.RATIO and not strip.value("none")
            else None,
            evidence=str(strip.value("evidence") or ""),
            entry=_entry_of(strip),
        )

        def done(answer: Done) -> None:
            self._done.append(
                Given(
                    line=line,
                    item=item,
                    source=source,
                    scores=tuple(answer.result["scores"]),
                    former=_again(former) if former is not None else None,
                )
            )
            self._page.commands_changed.emit()

        self._place.send(ScoreAssessment(assessment_id=line.id, source=source, scores=(given,)), done)

    def undo(self) -> None:
        """Ctrl+Z: take the last score back, or give again what it replaced."""
        if not self._done:
            return
        given = self._done[-1]
        command = (
            ScoreAssessment(assessment_id=given.line.id, source=given.source, scores=(given.former,))
            if given.former is not None
            else TakeBackScores(assessment_id=given.line.id, scores=given.scores)
        )

        def done(_answer: Done) -> None:
            self._done.remove(given)
            self._page.commands_changed.emit()

        self._page.asking.run(command, done, self._page.lost)


def _entry_of(strip: ActStrip) -> int | None:
    """The entry of a ledger that was chosen."""
    chosen = strip.value("entry")
    number = chosen.value if isinstance(chosen, Choice) else chosen
    return number if isinstance(number, int) else None


def _again(score: GivenScore) -> ScoreGiven:
    return ScoreGiven(
        item=score.item,
        found=score.found,
        due=score.due,
        evidence=score.evidence,
        entry=score.entry.id if score.entry is not None else None,
    )
