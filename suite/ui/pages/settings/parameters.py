"""参数: every number of the law and of the house, where it comes from, and how sure it is."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from suite.contract.commands import Done
from suite.contract.parameters import Confidence
from suite.contract.problems import Refused
from suite.contract.states import StateKind
from suite.database.engine import ReadSession
from suite.kernel.parameters.commands import SetParameter
from suite.kernel.parameters.queries import ParameterLine, parameter_lines
from suite.ui.desk import Desk, sentence_of
from suite.ui.kit.columns import Align, Column, ColumnKind, number_text
from suite.ui.pages.settings.filtered import WORDS, FilteredPage, is_unsure
from suite.ui.pages.settings.setting_strip import SettingStrip

PERMISSION = "core:parameter:edit"
COLUMNS = (
    Column(key="owner", title="条线", width=80),
    Column(key="title", title="参数", width=280),
    Column(key="value", title="现值", width=168, align=Align.RIGHT),
    Column(key="unit", title="单位", width=84),
    Column(key="confidence", title="核实", kind=ColumnKind.STATE, width=84),
    Column(key="from", title="自何日起", kind=ColumnKind.DATE, width=104),
    Column(key="source", title="依据", width=260, stretch=True),
)


def value_text(line: ParameterLine) -> str:
    """A value as the list shows it."""
    if isinstance(line.value, str | bool):
        return line.words
    return number_text(line.value)


class ParametersPage(FilteredPage[ParameterLine]):
    """The list, and a strip below it to set one. Needs the right to set for the strip only."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            "parameters",
            "参数",
            "parameter",
            COLUMNS,
            placeholder="参数、依据（Ctrl+F）",
            parent=parent,
        )
        self._closing = False
        self._may_set = desk.actor.may(PERMISSION)
        self.strip = SettingStrip()
        self.pane.body.addWidget(self.strip)
        if self._may_set:
            self.set_hints("Enter 设定　Ctrl+F 筛选")
        self.table.row_opened.connect(lambda row, _key: self.edit(row))
        self.table.edit_wanted.connect(lambda row, _key, _column: self.edit(row))
        self.strip.save_wanted.connect(self._save)
        self.strip.dropped.connect(self.step_back)
        self.strip.edited.connect(self._tell_unsaved)
        self.refresh()

    def read(self, session: ReadSession) -> list[ParameterLine]:
        """All parameters."""
        return parameter_lines(session, self.desk.suite.catalog, self.desk.suite.today)

    def cells(self, line: ParameterLine) -> tuple[Any, ...]:
        """A parameter in a row."""
        sure, since = WORDS[line.confidence], line.valid_from or "按规定"
        return line.title, value_text(line), line.unit or " ", sure, since, line.source

    def words(self, line: ParameterLine) -> str:
        """Title, source, key."""
        return f"{line.title}\n{line.source}\n{line.key}"

    def apart(self, line: ParameterLine) -> bool:
        """Whether it is 待核实."""
        return is_unsure(line)

    def note_of(self, line: ParameterLine) -> str:
        """How much of what is shown is not sure, and who may settle it."""
        unsure = sum(item.confidence is Confidence.RECALLED for item in self.shown)
        told = f"其中 {unsure} 项待核实：请对照现行文件核对后设定，写明依据。" if unsure else "均已核实。"
        return told if self._may_set else f"{told}您没有设定参数的权限，请联系系统管理员。"

    # Setting.

    def edit(self, row: int) -> None:
        """Open the strip for a parameter."""
        if self._may_set and 0 <= row < len(self.shown):
            self.table.select_row(row)
            self.strip.begin(self.shown[row], self.desk.suite.today)

    def _save(self, command: SetParameter) -> None:
        self.asking.run(command, self._saved, self._refused)

    def _saved(self, done: Done) -> None:
        self._close_strip()
        self.happened.emit(done.text)
        if self._closing:
            self._closing = False
            self.may_close.emit()

    def _close_strip(self) -> None:
        self.strip.hide()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell_unsaved()

    def _tell_unsaved(self) -> None:
        self.unsaved_changed.emit(self.has_unsaved())

    def _refused(self, error: Exception) -> None:
        self._closing = False
        if isinstance(error, Refused):
            self.strip.show_problems(error.problems)
        else:
            self.strip.message.tell(StateKind.BAD, sentence_of(error))

    # What the window asks.

    def has_unsaved(self) -> bool:
        """True while a value is typed and not set."""
        return self.strip.has_edits()

    def save_then_close(self) -> None:
        """Set the typed value; stays open where it is refused."""
        self._closing = self.strip.send()

    def discard(self) -> None:
        """Forget what was typed."""
        self._close_strip()

    def step_back(self) -> bool:
        """Esc: close the strip, else clear the filter."""
        if self.strip.isVisible():
            self._close_strip()
            return True
        return super().step_back()

    def focus_ring(self) -> tuple[QWidget, ...]:
        """Filter, table, strip."""
        return self.filter, self.table, self.strip
