"""What is done with participants of a season: steps, grades, standing; for many at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from suite.kernel.assessment.boards import BoardLine
from suite.kernel.assessment.commands import (
    ChangeStanding,
    DecideGrades,
    GradeGiven,
    TakeAssessmentStep,
)
from suite.kernel.assessment.standing import IN, STANDINGS, WALKING
from suite.ui.kit.act_strip import REASON, ActStrip
from suite.ui.kit.bars import ConfirmStrip
from suite.ui.kit.fields import Choice, FieldKind, FieldSpec
from suite.ui.pages.assessment.wording import grade_title
from suite.ui.strip_place import StripPlace

if TYPE_CHECKING:
    from suite.ui.pages.assessment.page import AssessmentPage

ON = FieldSpec(key="on", title="办理日期", kind=FieldKind.DATE, required=True, quiet=True)
WHY = FieldSpec(
    key="reason", title="理由", required=True, quiet=True, wide=True, placeholder=REASON.placeholder
)


class ParticipantActs:
    """Belongs to one page; what is asked is about the page's targets."""

    def __init__(self, page: AssessmentPage, place: StripPlace) -> None:
        self._page, self._place = page, place

    # Steps.

    def waiting_steps(self, lines: Sequence[BoardLine]) -> Counter[str]:
        """The steps that these wait for and that are no grading, with how many of them."""
        board = self._page.board
        known = {step.key for step in board.sheet.scheme.steps if not step.decides} if board else set()
        return Counter(line.step for line in lines if line.standing in WALKING and line.step in known)

    def ask_step(self) -> None:
        """Take a step for all targets that wait for it."""
        lines, board = list(self._page.targets), self._page.board
        counts = self.waiting_steps(lines)
        if board is None or not counts:
            self._page.tell("选中的对象没有可以办理的环节：等次请用“按建议评定”或“另行评定”。")
            return
        scheme = board.sheet.scheme
        choices = tuple(
            Choice(step.key, step.title, note=f"{counts[step.key]:,} 个")
            for step in scheme.steps
            if counts[step.key]
        )
        usual = counts.most_common(1)[0][0]
        needs = "、".join(scheme.by_step[usual].needs)
        note = f"选中 {len(lines):,} 个，只办理正在这一环节的。" + (f"材料：{needs}。" if needs else "")
        strip = ActStrip("办理环节", "办理", self._page.desk.suite.today, note=note)
        strip.show_fields(
            (
                FieldSpec(
                    key="step",
                    title="环节",
                    kind=FieldKind.CHOICE,
                    choices=choices,
                    required=True,
                    quiet=True,
                ),
                ON,
                FieldSpec(key="note", title="说明", quiet=True, wide=True),
            ),
            {"step": usual, "on": self._page.desk.suite.today},
        )
        strip.submitted.connect(lambda: self._send_step(strip, lines))
        self._place.begin(strip)

    def _send_step(self, strip: ActStrip, lines: Sequence[BoardLine]) -> None:
        step, campaign = str(strip.value("step")), self._page.campaign
        if campaign is None:
            return
        taken = tuple(line.id for line in lines if line.standing in WALKING and line.step == step)
        self._place.send(
            TakeAssessmentStep(
                campaign_id=campaign.id,
                step=step,
                assessments=taken,
                on=strip.value("on"),
                note=str(strip.value("note") or ""),
            ),
            lambda _done: self._page.done_with_targets(),
        )

    # Grades.

    def gradable(self, lines: Sequence[BoardLine]) -> list[BoardLine]:
        """Those of whom a grade is due."""
        board = self._page.board
        deciding = board.sheet.scheme.deciding.key if board else ""
        return [
            line for line in lines if line.standing == IN and line.step == deciding and line.grade is None
        ]

    def ask_accept(self) -> None:
        """Grade all targets whose proposal stands as it is proposed."""
        board, campaign = self._page.board, self._page.campaign
        lines = list(self._page.targets)
        due = self.gradable(lines)
        ready = [line for line in due if line.proposal is not None]
        if board is None or campaign is None or not ready:
            self._page.tell("选中的对象都不能按建议评定：没有等次建议、没有办到评定这一环节，或者已经评定。")
            return
        counts = Counter(line.proposal for line in ready)
        parts = "、".join(
            f"{grade.title} {counts[grade.key]:,}" for grade in board.sheet.grades if counts[grade.key]
        )
        left = len(lines) - len(ready)
        words = f"按建议评定 {len(ready):,} 个：{parts}。"
        words += f"另 {left:,} 个没有建议、不评定或环节未到，留给逐个办理。" if left else ""
        words += "".join(self._beyond(counts))
        strip = ConfirmStrip(words, f"评定 {len(ready):,} 个", needs_reason=False)
        given = tuple(GradeGiven(assessment_id=line.id, expected_version=line.version) for line in ready)
        strip.confirmed.connect(
            lambda _reason: self._place.send(
                DecideGrades(campaign_id=campaign.id, grades=given),
                lambda _done: self._page.done_with_targets(),
            )
        )
        self._place.begin(strip)

    def _beyond(self, counts: Counter[str | None]) -> list[str]:
        """Where a quota binds, said before it refuses."""
        board, come = self._page.board, self._page.come
        if board is None or come is None:
            return []
        told = []
        for quota in come.quotas:
            if counts[quota.grade]:
                group = board.groups.get(quota.group or "", "")
                title = grade_title(board.sheet, quota.grade)
                told.append(f"{group}“{title}”名额 {quota.most} 个，已评 {quota.given} 个。")
        return told

    def ask_grade(self) -> None:
        """Give all targets a grade of one's own choice, with the reason."""
        board, campaign = self._page.board, self._page.campaign
        due = self.gradable(list(self._page.targets))
        if board is None or campaign is None or not due:
            self._page.tell("选中的对象没有办到评定这一环节，或者已经评定。等次有误的请登记异议后更正。")
            return
        alone = due[0] if len(due) == 1 else None
        proposed = grade_title(board.sheet, alone.proposal) if alone else ""
        note = (
            f"建议：{proposed}（{alone.proposed_by}）。" if alone and proposed else f"{len(due):,} 个对象。"
        )
        note += "与建议不同的须写明理由。" + "".join(self._beyond(Counter(g.key for g in board.sheet.grades)))
        title = f"评定等次：{alone.name}" if alone else "另行评定等次"
        strip = ActStrip(title, "评定", self._page.desk.suite.today, note=note)
        choices = tuple(Choice(grade.key, grade.title) for grade in board.sheet.grades)
        strip.show_fields(
            (
                FieldSpec(
                    key="grade",
                    title="等次",
                    kind=FieldKind.CHOICE,
                    choices=choices,
                    required=True,
                    quiet=True,
                ),
                ON,
                FieldSpec(
                    key="reason", title="理由", quiet=True, wide=True, placeholder="与建议相同的可以不填"
                ),
            ),
            {"grade": alone.proposal if alone else None, "on": self._page.desk.suite.today},
        )

        def send() -> None:
            self._place.send(
                DecideGrades(
                    campaign_id=campaign.id,
                    on=strip.value("on"),
                    grades=tuple(
                        GradeGiven(
                            assessment_id=line.id,
                            expected_version=line.version,
                            grade=str(strip.value("grade")),
                            reason=str(strip.value("reason") or ""),
                        )
                        for line in due
                    ),
                ),
                lambda _done: self._page.done_with_targets(),
            )

        strip.submitted.connect(send)
        self._place.begin(strip)

    # Standing.

    def ask_standing(self) -> None:
        """Let the current participant take part or not, with the reason."""
        line = self._page.line
        if line is None:
            return
        choices = tuple(Choice(key, word) for key, word in STANDINGS.items() if key != line.standing)
        gone = "名册上已不在册。" if line.marks.gone else ""
        note = f"现在：{STANDINGS[line.standing]}。{gone}理由留在办理经过中。"
        strip = ActStrip(f"变更参加情况：{line.name}", "变更", self._page.desk.suite.today, note=note)
        strip.show_fields(
            (
                FieldSpec(
                    key="standing",
                    title="改为",
                    kind=FieldKind.CHOICE,
                    choices=choices,
                    required=True,
                    quiet=True,
                ),
                WHY,
            ),
            {"standing": "outside"} if line.marks.gone and line.standing != "outside" else {},
        )
        strip.submitted.connect(
            lambda: self._place.send(
                ChangeStanding(
                    assessment_id=line.id,
                    expected_version=line.version,
                    standing=str(strip.value("standing")),
                    reason=str(strip.value("reason") or ""),
                )
            )
        )
        self._place.begin(strip)
