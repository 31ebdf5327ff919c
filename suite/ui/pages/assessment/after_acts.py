"""What is done once results are published: measures are carried out, a grade is looked at again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from suite.kernel.assessment.absence import AnnounceAbsence
from suite.kernel.assessment.boards import BoardLine
from suite.kernel.assessment.following import SettleMeasure
from suite.kernel.assessment.regrading import Regrade
from suite.kernel.assessment.standing import CLOSED, WALKING
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.fields import Choice, FieldKind, FieldSpec
from suite.ui.pages.assessment.participant_acts import ON, WHY
from suite.ui.pages.assessment.wording import grade_title
from suite.ui.strip_place import StripPlace

if TYPE_CHECKING:
    from suite.ui.pages.assessment.page import AssessmentPage


class AfterActs:
    """Belongs to one page."""

    def __init__(self, page: AssessmentPage, place: StripPlace) -> None:
        self._page, self._place = page, place

    # Measures.

    def settle_refusal(self) -> str:
        """Why it cannot be noted of the current measure that it was carried out; empty where it can."""
        line = self._page.measures.current
        if not self._page.may("report"):
            return "您没有登记结果运用的权限，请联系科室管理员。"
        if line is None:
            return "先选中一项措施"
        if line.settled_on is not None:
            return f"{line.name}的“{line.title}”已经办结"
        return f"限制期至 {line.until}，自行期满，不用登记" if line.until is not None else ""

    def ask_settle(self) -> None:
        """Note that the current measure was carried out, and how."""
        line = self._page.measures.current
        if line is None or self.settle_refusal():
            return
        today = self._page.desk.suite.today
        until = f"，期限 {line.due}" if line.due is not None else ""
        note = f"{line.name}：{line.title}（{line.article}）{until}。"
        strip = ActStrip("登记落实", "登记", today, note=note)
        strip.show_fields(
            (
                FieldSpec(
                    key="note", title="落实情况", required=True, quiet=True, wide=True,
                    placeholder="怎样落实的，如：已约谈，复查整改到位",
                ),
                FieldSpec(key="on", title="落实日期", kind=FieldKind.DATE, required=True, quiet=True),
            ),
            {"on": today},
        )  # fmt: skip
        strip.submitted.connect(
            lambda: self._place.send(
                SettleMeasure(
                    measure_id=line.id,
                    expected_version=line.version,
                    note=str(strip.value("note") or ""),
                    on=strip.value("on"),
                )
            )
        )
        self._place.begin(strip)

    # Who does not take part.

    def absence_refusal(self) -> str:
        """Why nobody of the targets can be ordered to take part; empty where one can."""
        if not self._page.may("run"):
            return "没有开展考核的权限"
        return "" if self._absent() else "先选中还没有报送的对象"

    def _absent(self) -> list[BoardLine]:
        board = self._page.board
        first = board.sheet.scheme.steps[0].key if board is not None else ""
        return [line for line in self._page.targets if line.standing in WALKING and line.step == first]

    def ask_absence(self) -> None:
        """Order in public those of the targets who have handed in nothing to take part by a day."""
        board, lines = self._page.board, self._absent()
        absence = board.sheet.scheme.absence if board is not None else None
        if board is None or absence is None or not lines:
            return
        days = self._page.parameters[absence.within]
        note = f"选中的还没有报送的 {len(lines):,} 个：{absence.title}（{absence.article}）。期限 {days} 日。"
        today = self._page.desk.suite.today
        strip = ActStrip("公告责令限期接受考核", "公告", today, note=note)
        strip.show_fields(
            (
                FieldSpec(
                    key="document_no", title="公告文号", required=True, quiet=True, wide=True,
                    placeholder="如：石司公〔2026〕6号",
                ),
                FieldSpec(key="on", title="公告日期", kind=FieldKind.DATE, required=True, quiet=True),
            ),
            {"on": today},
        )  # fmt: skip
        strip.submitted.connect(
            lambda: self._place.send(
                AnnounceAbsence(
                    campaign_id=board.campaign.id,
                    assessments=tuple(line.id for line in lines),
                    document_no=str(strip.value("document_no") or ""),
                    on=strip.value("on"),
                )
            )
        )
        self._place.begin(strip)

    # Grades that are looked at again.

    def regrade_refusal(self) -> str:
        """Why the current participant's grade cannot be looked at again; empty where it can."""
        board, line = self._page.board, self._page.line
        if board is None or line is None:
            return "先选中对象"
        if board.campaign.state != CLOSED:
            return "结果还没有公布"
        if line.grade is None:
            return "没有等次"
        action = board.sheet.scheme.deciding.action.removeprefix("assessment:")
        return "" if self._page.may(action) else "由评定等次的一方复评"

    def ask_regrade(self) -> None:
        """Give the current participant another grade because of a major event."""
        board, line = self._page.board, self._page.line
        again = board.sheet.scheme.regrading if board is not None else None
        if board is None or line is None or again is None or self.regrade_refusal():
            return
        note = (
            f"现为{grade_title(board.sheet, line.grade)}。依据：{again.article}。"
            "原等次引起而未落实的措施不再适用，新等次的措施随即列入结果运用。"
        )
        strip = ActStrip(f"即时复评：{line.name}", "复评", self._page.desk.suite.today, note=note)
        events = tuple(Choice(key, title) for key, title in again.events.items())
        grades = tuple(
            Choice(grade.key, grade.title) for grade in board.sheet.grades if grade.key != line.grade
        )
        strip.show_fields(
            (
                FieldSpec(
                    key="event", title="事由", kind=FieldKind.CHOICE, choices=events, required=True,
                    quiet=True,
                ),
                FieldSpec(
                    key="grade", title="复评为", kind=FieldKind.CHOICE, choices=grades, required=True,
                    quiet=True,
                ),
                ON,
                WHY,
            ),
            {"on": self._page.desk.suite.today},
        )  # fmt: skip
        strip.submitted.connect(
            lambda: self._place.send(
                Regrade(
                    assessment_id=line.id,
                    expected_version=line.version,
                    event=str(strip.value("event") or ""),
                    grade=str(strip.value("grade") or ""),
                    reason=str(strip.value("reason") or ""),
                    on=strip.value("on"),
                )
            )
        )
        self._place.begin(strip)
