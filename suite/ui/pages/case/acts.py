"""What is done on a case page, each in a strip in place: steps, signatures, remarks, reveals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout

from suite.contract.commands import Done
from suite.kernel.casework.case_file import StepLine
from suite.kernel.casework.commands import (
    ApproveStep,
    HandOverCase,
    RecordPaperSignature,
    RemarkCase,
    ReturnStep,
    RevealComplainant,
)
from suite.kernel.casework.derive import step
from suite.kernel.casework.papers.queries import FileLine, case_files
from suite.ui.asking import Refusal
from suite.ui.kit.act_strip import REASON, ActStrip
from suite.ui.kit.fields import Choice, FieldKind, FieldSpec
from suite.ui.kit.line_grid import LineGrid
from suite.ui.pages.case.line_fields import given_lines, step_grids
from suite.ui.pages.case.step_fields import begun_values, problem_places, step_values
from suite.ui.pages.case.step_form import StepForm
from suite.ui.strip_place import Strip, StripPlace

if TYPE_CHECKING:
    from suite.ui.pages.case.page import CasePage

REMARK = FieldSpec(key="note", title="补记内容", required=True, quiet=True, wide=True)


class CaseActs(StripPlace):
    """Belongs to one page. A form with lines takes the page's place: it may be longer than the window."""

    def __init__(self, page: CasePage, place: QVBoxLayout, tall: QVBoxLayout) -> None:
        super().__init__(page, place, page.asking)
        self._page = page
        self._flat, self._tall = place, tall

    def begin(self, strip: Strip) -> None:
        """Show a strip in place of the one that is open."""
        self.close()
        tall = isinstance(strip, ActStrip) and bool(strip.parts)
        self._place = self._tall if tall else self._flat
        self._page.form_area.setVisible(tall)
        self._page.body.setVisible(not tall)
        super().begin(strip)

    def close(self) -> bool:
        """Take the open strip away and show the page again."""
        if self.strip is None:
            return False
        self._page.form_area.hide()
        self._page.body.show()
        return super().close()

    def refused(self, strip: Strip | None, error: Exception) -> None:
        """Beside the fields of the form; a field that the form calls otherwise is found."""
        if strip is self.strip and isinstance(strip, ActStrip):
            refusal = Refusal(error)
            beside, rest = problem_places(refusal.fields, list(strip.form.rows))
            strip.set_problems(beside, [*rest, *refusal.others])
            return
        super().refused(strip, error)

    def ask_step(self, name: str) -> None:
        """The form of a step."""
        case = self._page.case
        line = next((s for s in case.steps if s.transition.command == name), None) if case else None
        if case is None or line is None or line.problems:
            return
        suite = self._page.desk.suite
        note = line.transition.told + (f"（{line.transition.article}）" if line.transition.article else "")
        act = f"提请{line.approval}" if line.approval else line.transition.title
        strip = ActStrip(line.transition.title, act, suite.today, note=note)
        StepForm(strip, self._page, case.kind, line.transition, case=case)
        grids = step_grids(line.transition.lists, case.kind, suite.catalog)
        for grid in grids.values():
            strip.add_part(grid)
        strip.submitted.connect(lambda: self._send_step(strip, line, grids))
        self.begin(strip)

    def _send_step(self, strip: ActStrip, line: StepLine, grids: Mapping[str, LineGrid]) -> None:
        case = self._page.case
        if case is None:
            return
        begun = begun_values(line.transition, case.kind, case)
        values = step_values(line.transition, case.kind, strip.value, list(strip.form.rows), begun)
        if grids:
            values["lines"] = given_lines(grids)
        command = step(
            self._page.desk.suite.catalog,
            line.transition.command,
            case_id=case.id,
            expected_version=case.version,
            **values,
        )
        self.send(command)

    def ask_sign(self) -> None:
        """Agree to the step that waits."""
        self._ask_opinion("审批同意", "同意", required=False)

    def ask_return(self) -> None:
        """Send the step that waits back, or take it back."""
        waiting = self._page.case.waiting if self._page.case else None
        word = "撤回" if waiting is not None and waiting.mine else "退回"
        self._ask_opinion(f"{word}提请", word, required=True)

    def _ask_opinion(self, title: str, act: str, *, required: bool) -> None:
        case = self._page.case
        if case is None or case.waiting is None:
            return
        number = case.waiting.id
        strip = ActStrip(f"{title}：{case.waiting.title}", act, self._page.desk.suite.today)
        spec = FieldSpec(
            key="opinion", title="理由" if required else "意见", required=required, quiet=True, wide=True
        )
        strip.show_fields((spec,), {})

        def send() -> None:
            opinion = str(strip.value("opinion") or "")
            made = ReturnStep if required else ApproveStep
            self.send(made(approval=number, opinion=opinion))

        strip.submitted.connect(send)
        self.begin(strip)

    def ask_paper(self) -> None:
        """Enter a signature from the printed form; its scan is chosen from the files of the case."""
        case, actor = self._page.case, self._page.desk.actor
        if case is None or case.waiting is None:
            return
        number = case.id
        self._asking.read(lambda session: case_files(session, actor, number), self._show_paper)

    def _show_paper(self, files: Sequence[FileLine]) -> None:
        case = self._page.case
        if case is None or case.waiting is None:
            return
        number, today = case.waiting.id, self._page.desk.suite.today
        scans = tuple(
            Choice(file.id, file.file_name, note=file.note) for file in files if not file.struck_reason
        )
        note = (
            "先把审批表的扫描件附入本件。"
            if not scans
            else "审批人为有本环节权限的用户，不是提请人，也没有签过前一环节；自最后一环签字之日起生效。"
        )
        title = f"登记纸质审批：{case.waiting.place}，{case.waiting.title}"
        strip = ActStrip(title, "登记", today, note=note)
        fields = (
            FieldSpec(key="signer", title="审批人姓名", required=True, quiet=True),
            FieldSpec(key="signed_on", title="签字日期", kind=FieldKind.DATE, required=True, quiet=True),
            FieldSpec(
                key="scan", title="扫描件", kind=FieldKind.CHOICE, choices=scans, required=True, quiet=True
            ),
            FieldSpec(key="opinion", title="意见", quiet=True, wide=True),
        )
        strip.show_fields(fields, {"signed_on": today})
        strip.submitted.connect(
            lambda: self.send(
                RecordPaperSignature(
                    approval=number,
                    signer=str(strip.value("signer") or ""),
                    signed_on=strip.value("signed_on"),
                    scan=int(strip.value("scan")),
                    opinion=str(strip.value("opinion") or ""),
                )
            )
        )
        self.begin(strip)

    def ask_remark(self) -> None:
        """Note something."""
        case = self._page.case
        if case is None or not case.may_remark:
            return
        strip = ActStrip("补记办理情况", "补记", self._page.desk.suite.today)
        strip.show_fields((REMARK,), {})
        strip.submitted.connect(
            lambda: self.send(RemarkCase(case_id=case.id, note=str(strip.value("note") or "")))
        )
        self.begin(strip)

    def ask_hand_over(self) -> None:
        """Give the case to a colleague."""
        case = self._page.case
        if case is None or not case.may_remark:
            return
        people = tuple(Choice(login, name, note=login) for login, name in self._page.users)
        strip = ActStrip("移交办件", "移交", self._page.desk.suite.today)
        to = FieldSpec(
            key="to", title="移交给", kind=FieldKind.CHOICE, choices=people, required=True, quiet=True
        )
        strip.show_fields((to, REASON), {})
        strip.submitted.connect(
            lambda: self.send(
                HandOverCase(
                    case_id=case.id,
                    expected_version=case.version,
                    to=str(strip.value("to")),
                    reason=str(strip.value("reason") or ""),
                )
            )
        )
        self.begin(strip)

    def ask_reveal(self) -> None:
        """See who complains, for a reason."""
        case = self._page.case
        if case is None or not case.may_reveal:
            return
        note = "查看会记入操作痕迹；到时自动隐藏。"
        strip = ActStrip("查看投诉人身份", "查看", self._page.desk.suite.today, note=note)
        strip.show_fields((REASON,), {})

        def send() -> None:
            reason = str(strip.value("reason") or "")
            self.send(RevealComplainant(case_id=case.id, reason=reason), self._revealed)

        strip.submitted.connect(send)
        self.begin(strip)

    def _revealed(self, done: Done) -> None:
        lines = [_person(item) for item in done.result["complainants"]]
        lines.append(f"{done.result['seconds']} 秒后隐藏")
        self._page.matter.show_revealed("\n".join(lines))
        matter = self._page.matter
        QTimer.singleShot(int(done.result["seconds"]) * 1000, matter, lambda: matter.show_revealed(""))


def _person(item: dict[str, Any]) -> str:
    parts = [item["name"], item["phone"], item["id_number"], item["address"]]
    return "投诉人：" + "　".join(part for part in parts if part)
