"""The form that opens a case, in place of the list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout

from suite.contract.casework import CaseKind, Transition
from suite.kernel.casework.derive import step
from suite.ui.asking import Refusal
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.fields import FieldSpec
from suite.ui.kit.line_grid import LineGrid
from suite.ui.pages.case.line_fields import given_lines, step_grids
from suite.ui.pages.case.step_fields import problem_places, step_values
from suite.ui.pages.case.step_form import StepForm
from suite.ui.strip_place import Strip, StripPlace

if TYPE_CHECKING:
    from suite.ui.pages.cases.page import CasesPage


class OpeningStrip(StripPlace):
    """The form that opens a case; one that seems to repeat another is asked about in place."""

    def __init__(self, page: CasesPage, place: QVBoxLayout) -> None:
        super().__init__(page, place, page.asking)
        self._page = page
        self._repeats: int | None = None

    def begin(self, strip: Strip) -> None:
        """The form takes the list's place: it may be longer than the window."""
        super().close()
        self._page.body.hide()
        self._page.form_area.show()
        super().begin(strip)

    def close(self) -> bool:
        """Take the form away and show the list again."""
        if not super().close():
            return False
        self._page.form_area.hide()
        self._page.body.show()
        return True

    def ask(self, kind: CaseKind, transition: Transition) -> None:
        """Show the form."""
        page, suite = self._page, self._page.desk.suite
        self._repeats = None
        strip = ActStrip(
            f"{kind.title}：{transition.title}", transition.title, suite.today, note=transition.help
        )
        matter = FieldSpec(
            key="matter", title="事项", quiet=True, wide=True, placeholder="一句话写明，可以不填"
        )
        StepForm(strip, page, kind, transition, more=(matter,))
        grids = step_grids(transition.lists, kind, suite.catalog)
        for grid in grids.values():
            strip.add_part(grid)
        strip.submitted.connect(lambda: self._send(strip, kind, transition, grids))
        self.begin(strip)

    def _send(
        self, strip: ActStrip, kind: CaseKind, transition: Transition, grids: Mapping[str, LineGrid]
    ) -> None:
        values: dict[str, Any] = step_values(transition, kind, strip.value, list(strip.form.rows))
        if grids:
            values["lines"] = given_lines(grids)
        command = step(
            self._page.desk.suite.catalog,
            transition.command,
            kind=kind.key,
            matter=str(strip.value("matter") or ""),
            repeat_of=self._repeats,
            **values,
        )
        self.send(command, lambda done: self._page.open_wanted.emit("case", done.result["case_id"]))

    def refused(self, strip: Strip | None, error: Exception) -> None:
        """Beside the fields; a repeated one may be registered as such by pressing the button again."""
        if strip is not self.strip or not isinstance(strip, ActStrip):
            super().refused(strip, error)
            return
        refusal = Refusal(error)
        beside, rest = problem_places(refusal.fields, list(strip.form.rows))
        repeats = next((p for p in getattr(error, "problems", ()) if p.code == "case.repeat"), None)
        if repeats is not None:
            self._repeats = int(repeats.data["case_id"])
            strip.act.setText("作为重复投诉登记")
        strip.set_problems(beside, [*rest, *refusal.others])
