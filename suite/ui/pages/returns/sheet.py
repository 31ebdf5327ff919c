"""One return: its numbers with the last period beside and the problems below, and what may be done."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from suite.kernel.returns.queries import CellLine, Mark, ReturnSheet
from suite.kernel.returns.rules import HANDED_IN, ReturnState, problems_of, with_sums
from suite.kernel.returns.wording import event_words, number_words
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.editors import Editor
from suite.ui.kit.field_row import editor_for
from suite.ui.kit.fields import Choice, FieldKind, FieldSpec
from suite.ui.kit.panes import Frame, rule, scrolled
from suite.ui.kit.state import StateChip
from suite.ui.kit.text import label
from suite.ui.kit.tokens import S4, S8, S12, S16, TextSize
from suite.ui.pages.returns.wording import state_of

CORRECT, SEND_BACK = "correct", "send_back"
YES_NO = (Choice(Decimal(1), "是"), Choice(Decimal(0), "否"))
REASON = FieldSpec(key="reason", title="原因", required=True, placeholder="写明原因，将写入办理经过")
HEADINGS = ("项目", "上期", "本期", "", "说明")


class ReturnPane(Frame):
    """Shows a `ReturnSheet`; `act_wanted` carries what is to be done: submit, save, review, correct or
    send_back."""

    act_wanted = Signal(str)
    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self.sheet: ReturnSheet | None = None
        self.mode = ""
        self.editors: dict[str, Editor] = {}
        self.notes: dict[str, Editor] = {}
        self._sums: dict[str, QLabel] = {}
        self._problems: dict[str, QLabel] = {}
        self._typed = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._head = QVBoxLayout()
        self._head.setContentsMargins(S16, S12, S16, S8)
        column.addLayout(self._head)
        column.addWidget(rule())
        self._place = QVBoxLayout()
        column.addLayout(self._place, 1)
        self._body: QWidget | None = None
        column.addWidget(rule())
        foot = QVBoxLayout()
        foot.setContentsMargins(S16, S8, S16, S8)
        foot.setSpacing(S8)
        self.message = label("", tone="bad", wrap=True)
        self.message.hide()
        foot.addWidget(self.message)
        self._reason = QWidget()
        line = QHBoxLayout(self._reason)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(label("原因*", tone="text2"))
        self.reason = editor_for(REASON)
        line.addWidget(self.reason, 1)
        foot.addWidget(self._reason)
        self._reason.hide()
        row = QHBoxLayout()
        row.setSpacing(S8)
        self.submit = Button("报送", look=Look.PRIMARY, tip="F9")
        self.save = Button("暂存", tip="Ctrl+S")
        self.review = Button("审核通过", look=Look.PRIMARY)
        self.correct = Button("更正")
        self.send_back = Button("退回")
        self.cancel = Button("取消")
        row.addStretch()
        for button, act in (
            (self.cancel, "cancel"),
            (self.save, "save"),
            (self.send_back, SEND_BACK),
            (self.correct, CORRECT),
            (self.review, "review"),
            (self.submit, "submit"),
        ):
            button.clicked.connect(lambda _=False, act=act: self.ask(act))
            row.addWidget(button)
        foot.addLayout(row)
        column.addLayout(foot)
        self._buttons()

    # Showing.

    def show_sheet(self, sheet: ReturnSheet, mode: str = "") -> None:
        """Show a return; `mode` is `correct` or `send_back` while the reason of that is asked."""
        self.sheet, self.mode, self._typed = sheet, mode, False
        self._say_head(sheet)
        if self._body is not None:
            self._place.removeWidget(self._body)
            self._body.deleteLater()
        self._body = scrolled(self._grid(sheet))
        self._body.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._place.addWidget(self._body)
        self.reason.set_value(None)
        self._reason.setVisible(mode != "")
        self.tell("")
        self._buttons()
        self.judge()

    def _say_head(self, sheet: ReturnSheet) -> None:
        while (item := self._head.takeAt(0)) is not None:
            widget, layout = item.widget(), item.layout()
            if layout is not None:
                while (inner := layout.takeAt(0)) is not None:
                    if (part := inner.widget()) is not None:
                        part.deleteLater()
            if widget is not None:
                widget.deleteLater()
        row = QHBoxLayout()
        title = f"{sheet.reporter.name}　{sheet.period.text}"
        row.addWidget(label(title, size=TextSize.SECTION, bold=True))
        row.addStretch()
        missing = sheet.state in (ReturnState.MISSING, ReturnState.OPEN)
        late = missing and sheet.column.due < sheet.today
        row.addWidget(StateChip(state_of(Mark(state=sheet.state, late=late))))
        self._head.addLayout(row)
        words = f"截止 {sheet.column.due}。{sheet.form.help}"
        self._head.addWidget(label(words, tone="text2", size=TextSize.CAPTION, wrap=True))

    def _grid(self, sheet: ReturnSheet) -> QWidget:
        self.editors, self.notes, self._sums, self._problems = {}, {}, {}, {}
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(S16, S8, S16, S12)
        column.setSpacing(S4)
        grid = QGridLayout()
        grid.setHorizontalSpacing(S8)
        grid.setVerticalSpacing(S4)
        for place, words in enumerate(HEADINGS):
            side = Qt.AlignmentFlag.AlignRight if place in (1, 2) else Qt.AlignmentFlag.AlignLeft
            grid.addWidget(label(words, tone="text2", size=TextSize.CAPTION), 0, place, side)
        grid.setColumnStretch(0, 5)
        grid.setColumnMinimumWidth(2, 96)
        grid.setColumnStretch(4, 4)
        row, section = 1, ""
        for cell, line in zip(sheet.form.cells, sheet.cells, strict=True):
            if cell.section != section:
                section = cell.section
                grid.addWidget(label(section, bold=True), row, 0, 1, 5)
                row += 1
            self._add(grid, row, line, computed=cell.computed, places=cell.places)
            row += 2
        column.addLayout(grid)
        for event in sheet.events:
            words = event_words(event, {one.series.key: one.series for one in sheet.cells})
            column.addWidget(label(words, tone="text2", size=TextSize.CAPTION, wrap=True))
        column.addStretch()
        return body

    def _add(self, grid: QGridLayout, row: int, line: CellLine, *, computed: bool, places: int) -> None:
        series = line.series
        grid.addWidget(label(series.title, wrap=True), row, 0)
        last = label(number_words(series, line.last), tone="text2")
        grid.addWidget(last, row, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(label("" if series.yes_no else series.unit, tone="text2"), row, 3)
        typed = line.value if line.value is not None else line.known
        if computed or not self.may_type:
            shown = label(number_words(series, typed), bold=computed)
            grid.addWidget(shown, row, 2, Qt.AlignmentFlag.AlignRight)
            if computed:
                self._sums[series.key] = shown
            grid.addWidget(label(line.note, tone="text2", wrap=True), row, 4)
        else:
            kind = FieldKind.CHOICE if series.yes_no else FieldKind.NUMBER
            choices = YES_NO if series.yes_no else ()
            editor = editor_for(
                FieldSpec(key=series.key, title=series.title, kind=kind, places=places, choices=choices)
            )
            editor.set_value(_entered(typed))
            editor.edited.connect(self._edited)
            editor.entered.connect(lambda key=series.key: self._go_on(key))
            grid.addWidget(editor, row, 2)
            note = editor_for(
                FieldSpec(key="note", title=f"{series.title}的说明", placeholder="有疑问时填写")
            )
            note.set_value(line.note or None)
            note.edited.connect(self._edited)
            grid.addWidget(note, row, 4)
            self.editors[series.key], self.notes[series.key] = editor, note
        problem = label("", tone="bad", size=TextSize.CAPTION, wrap=True)
        problem.hide()
        grid.addWidget(problem, row + 1, 0, 1, 5)
        self._problems[series.key] = problem

    def _buttons(self) -> None:
        sheet = self.sheet
        state = sheet.state if sheet is not None else ReturnState.MISSING
        handed_in, asking = state in HANDED_IN, self.mode != ""
        may_submit = sheet is not None and sheet.may_submit
        may_review = sheet is not None and sheet.may_review
        self.submit.setVisible(may_submit and not handed_in)
        self.save.setVisible(may_submit and not handed_in)
        self.correct.setVisible(may_submit and handed_in and self.mode != SEND_BACK)
        self.send_back.setVisible(may_review and handed_in and self.mode != CORRECT)
        self.review.setVisible(may_review and state is ReturnState.SUBMITTED and not asking)
        self.cancel.setVisible(asking)
        self.correct.setText("提交更正" if self.mode == CORRECT else "更正")
        self.send_back.setText("确认退回" if self.mode == SEND_BACK else "退回")
        early = sheet is not None and sheet.column.early and not sheet.form.early
        self.submit.set_refusal("本期尚未结束，可以先暂存" if early else "")

    # Typing.

    @property
    def may_type(self) -> bool:
        """Whether numbers can be typed: before they are handed in, and for a correction."""
        if self.sheet is None or not self.sheet.may_submit:
            return False
        return self.sheet.state not in HANDED_IN or self.mode == CORRECT

    @property
    def is_typed(self) -> bool:
        """Whether something was typed that is not kept yet."""
        return self._typed

    def _edited(self) -> None:
        self._typed = True
        self.judge()
        self.edited.emit()

    def _go_on(self, key: str) -> None:
        """Enter goes to the next number."""
        keys = list(self.editors)
        after = keys.index(key) + 1
        target = self.editors[keys[after]] if after < len(keys) else self.submit
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def given(self) -> tuple[dict[str, Decimal], dict[str, str]]:
        """The numbers and reasons that can be read; what cannot is left out and told beside it."""
        values, notes = {}, {}
        for key, editor in self.editors.items():
            try:
                value = editor.value()
            except ValueError:
                continue
            if isinstance(value, Decimal):
                values[key] = value
        for key, note in self.notes.items():
            words = note.value()
            if isinstance(words, str):
                notes[key] = words
        return values, notes

    def judge(self) -> dict[str, str]:
        """Say the problems of what is typed now beside each number; gives them."""
        sheet = self.sheet
        if sheet is None or not self.may_type:
            return {}
        values, notes = self.given()
        whole = with_sums(sheet.form, values, sheet.period)
        series = {line.series.key: line.series for line in sheet.cells}
        for key, shown in self._sums.items():
            shown.setText(number_words(series[key], whole.get(key)))
        found: dict[str, str] = {}
        if self.mode != CORRECT:
            for problem in problems_of(sheet.form, series, whole, notes, sheet.bounds):
                # What was not typed yet is no fault until it is handed in.
                if problem.field is not None and (problem.code != "required" or problem.field in values):
                    found.setdefault(problem.field, problem.text)
        for key, editor in self.editors.items():
            try:
                editor.value()
            except ValueError as error:
                found[key] = f"“{series[key].title}”{error}。"
        self.show_problems(found)
        return found

    def show_problems(self, found: dict[str, str]) -> None:
        """Say something beside numbers, by their keys."""
        for key, shown in self._problems.items():
            shown.setText(found.get(key, ""))
            shown.setVisible(key in found)
            if key in self.editors:
                self.editors[key].set_edge("bad" if key in found else "")
                self.editors[key].describe(found.get(key, ""))

    def tell(self, words: str) -> None:
        """Say what refused an act, above the buttons."""
        self.message.setText(words)
        self.message.setVisible(bool(words))

    # Acts.

    def ask(self, act: str) -> None:
        """Do an act, or ask for what it needs first."""
        if self.sheet is None:
            return
        if act == "cancel" or (act in (CORRECT, SEND_BACK) and self.mode != act):
            self.show_sheet(self.sheet, "" if act == "cancel" else act)
            if self.mode == SEND_BACK:
                self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            elif self.mode == CORRECT:
                self.begin()
            return
        if act in (CORRECT, SEND_BACK) and not self.reason.value():
            self.tell("请写明原因。")
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.tell("")
        self.act_wanted.emit(act)

    def begin(self) -> None:
        """Give the keyboard to the first number that is empty, else to the first."""
        empty = (one for one in self.editors.values() if not _readable(one))
        first = next(empty, next(iter(self.editors.values()), None))
        (first or self.review).setFocus(Qt.FocusReason.OtherFocusReason)


def _readable(editor: Editor) -> bool:
    try:
        return editor.value() is not None
    except ValueError:
        return False


def _entered(value: Decimal | None) -> Decimal | None:
    """As it is typed: without zeros behind."""
    if value is None:
        return None
    whole = value == value.to_integral_value()
    return value.quantize(Decimal(1)) if whole else value.normalize()
