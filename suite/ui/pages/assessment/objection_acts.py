"""Objections of participants: entering one, and answering it; items that it is right about are put right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from suite.kernel.assessment.boards import Board, BoardLine
from suite.kernel.assessment.commands import DecideObjection, RaiseObjection, ScoreGiven
from suite.kernel.assessment.sheet_rows import measure_hint
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.fields import Choice, FieldKind, FieldSpec
from suite.ui.pages.assessment.participant_acts import ON, WHY
from suite.ui.pages.assessment.wording import grade_title, points_text
from suite.ui.strip_place import StripPlace

if TYPE_CHECKING:
    from suite.ui.pages.assessment.page import AssessmentPage

#: The choice of the grade that the corrected points lead to.
BY_POINTS = "by_points"
#: So many items are put right in one answer.
MOST_CORRECTED = 3


class ObjectionActs:
    """Belongs to one page; what is asked is about the page's current participant."""

    def __init__(self, page: AssessmentPage, place: StripPlace) -> None:
        self._page, self._place = page, place

    def ask(self) -> None:
        """Enter that the current participant disputes its result, or answer what it disputed."""
        line = self._page.line
        if line is None:
            return
        if line.marks.objection is not None:
            self._ask_answer(line, line.marks.objection)
            return
        strip = ActStrip(f"登记异议：{line.name}", "登记", self._page.desk.suite.today)
        strip.show_fields(
            (
                FieldSpec(
                    key="text",
                    title="异议内容",
                    kind=FieldKind.MULTILINE,
                    required=True,
                    quiet=True,
                    wide=True,
                ),
                FieldSpec(key="on", title="提出日期", kind=FieldKind.DATE, required=True, quiet=True),
            ),
            {"on": self._page.desk.suite.today},
        )
        strip.submitted.connect(
            lambda: self._place.send(
                RaiseObjection(
                    assessment_id=line.id, text=str(strip.value("text") or ""), on=strip.value("on")
                )
            )
        )
        self._place.begin(strip)

    def _ask_answer(self, line: BoardLine, objection: int) -> None:
        board = self._page.board
        if board is None:
            return
        now = grade_title(board.sheet, line.grade)
        grades = tuple(
            Choice(grade.key, f"维持{grade.title}" if grade.key == line.grade else f"更正为{grade.title}")
            for grade in board.sheet.grades
        )
        note = f"现为{now}。维持的选原等次；异议成立的选更正后的等次。"
        items: tuple[Choice, ...] = ()
        if board.sheet.criteria and self._page.may("score"):
            items = tuple(_choices(board, line))
            grades = (*grades, Choice(BY_POINTS, "按更正后的得分"))
            note = f"现为{now}。得分有误的，选评分项并填更正后的数值，等次可按更正后的得分测算。"
        strip = ActStrip(f"答复异议：{line.name}", "答复", self._page.desk.suite.today, note=note)
        strip.show_fields(
            (
                FieldSpec(
                    key="grade",
                    title="处理",
                    kind=FieldKind.CHOICE,
                    choices=grades,
                    required=True,
                    quiet=True,
                ),
                ON,
                *(_corrections(items) if items else ()),
                WHY,
            ),
            {"grade": line.grade, "on": self._page.desk.suite.today},
        )
        strip.submitted.connect(lambda: self._answer(strip, objection, corrects=bool(items)))
        self._place.begin(strip)

    def _answer(self, strip: ActStrip, objection: int, *, corrects: bool) -> None:
        """Send the answer: the items that are put right, and the grade where it does not follow from them."""
        places = range(MOST_CORRECTED) if corrects else ()
        grade = str(strip.value("grade"))
        self._place.send(
            DecideObjection(
                objection_id=objection,
                reason=str(strip.value("reason") or ""),
                grade=None if grade == BY_POINTS else grade,
                scores=tuple(
                    ScoreGiven(item=str(item), found=strip.value(f"found{n}"), due=strip.value(f"due{n}"))
                    for n in places
                    if (item := strip.value(f"item{n}"))
                ),
                on=strip.value("on"),
            )
        )


def _choices(board: Board, line: BoardLine) -> Iterator[Choice]:
    """The items of the sheet, each with its points now and with what is to be typed for it."""
    for item in board.sheet.criteria:
        points = line.points.get(item.key)
        now = points_text(points) if points is not None else "不适用" if item.key in line.points else "未评"
        yield Choice(
            item.key, item.title, note=f"现 {now} / {item.most.normalize():f} 分，{measure_hint(item)}"
        )


def _corrections(items: tuple[Choice, ...]) -> Iterator[FieldSpec]:
    for n in range(MOST_CORRECTED):
        nth = f" {n + 1}"
        yield FieldSpec(
            key=f"item{n}", title=f"更正评分项{nth}", kind=FieldKind.CHOICE, choices=items, quiet=True
        )
        yield FieldSpec(key=f"found{n}", title="更正为", kind=FieldKind.NUMBER, places=4, quiet=True)
        yield FieldSpec(key=f"due{n}", title="应完成数", kind=FieldKind.NUMBER, places=4, quiet=True)
