"""A table with acts on its chosen row: each act opens its strip in place and sends one command."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from suite.contract.commands import Command, Done
from suite.contract.problems import Refused
from suite.ui.desk import Desk, sentence_of
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.buttons import Button
from suite.ui.kit.columns import Column
from suite.ui.kit.fields import FieldSpec
from suite.ui.kit.notices import EmptyState
from suite.ui.kit.panes import Bar, Frame
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.table import TableView
from suite.ui.kit.text import ElidedLabel

Typed = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Act:
    """One act on the chosen line, or on none.

    `fields` are made anew for each line, `refusal` says why it cannot be done now, `command` is made from
    what was typed and may raise Refused.
    """

    key: str
    title: str
    command: Callable[[Any, Typed], Command]
    fields: Callable[[Any], Sequence[FieldSpec]] = lambda _line: ()
    values: Callable[[Any], Typed] = lambda _line: {}
    refusal: Callable[[Any], str] = lambda line: "" if line is not None else "请先选择一行"
    note: str = ""
    ahead: bool = False

    def noting(self, note: str) -> Act:
        """The same with another note."""
        return replace(self, note=note)


class ActPane(Frame):
    """The table, an empty state in its place, the strip of the act in hand, and the row of acts."""

    COLUMNS: tuple[Column, ...] = ()
    NAME = ""
    EMPTY = ""
    #: The kinds of change after which it is read again.
    FOLLOWS: tuple[str, ...] = ("core.user", "core.section")

    counted = Signal(int)
    unsaved_changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__("surface")
        self.desk = desk
        self.lines: list[Any] = []
        self.acts = {act.key: act for act in self.make_acts()}
        self.strip: ActStrip | None = None
        self._act: Act | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._source = ListSource()
        self.table = TableView(RowTableModel(self.COLUMNS, self._source))
        self.table.setAccessibleName(self.NAME)
        column.addWidget(self.table, 1)
        self.empty = EmptyState("正在读取。")
        column.addWidget(self.empty, 1)
        self._place = QVBoxLayout()
        column.addLayout(self._place)
        foot = Bar("foot", 44)
        self.told = ElidedLabel("", tone="text2")
        foot.row.addWidget(self.told, 1)
        self.buttons: dict[str, Button] = {}
        for act in self.acts.values():
            button = self.buttons[act.key] = Button(f"{act.title}…")
            button.clicked.connect(lambda _=False, key=act.key: self.begin(key))
            foot.row.addWidget(button)
        column.addWidget(foot)
        self.table.row_settled.connect(lambda _row, _key: self.tell())
        self.table.hide()
        desk.changed.connect(self._changed)
        self.refresh()

    # What each pane says of itself.

    def make_acts(self) -> Sequence[Act]:
        """Its acts in their order."""
        return ()

    def read(self, session: Any) -> list[Any]:
        """The lines, read on a worker."""
        raise NotImplementedError

    def cells(self, line: Any) -> Sequence[object]:
        """A line as its cells."""
        raise NotImplementedError

    def subject(self, line: Any) -> str:
        """What the strip of an act says it is about."""
        return ""

    def words(self, line: Any) -> str:
        """What is said below of the chosen line."""
        return ""

    # Reading.

    def refresh(self) -> None:
        """F5."""
        self.desk.read(self.read, self._came, self._lost)

    def _changed(self, done: Done) -> None:
        if any(change.kind in self.FOLLOWS for change in done.changes):
            self.refresh()

    def _came(self, lines: list[Any]) -> None:
        kept = self.table.current_row
        self.lines = lines
        self._source.set_rows([self.cells(line) for line in lines])
        self.table.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        self.empty.set_sentence(self.EMPTY)
        if lines:
            self.table.select_row(min(max(kept, 0), len(lines) - 1))
        self.counted.emit(len(lines))
        self.tell()

    def _lost(self, error: Exception) -> None:
        self.table.hide()
        self.empty.set_sentence(sentence_of(error))
        self.empty.show()

    @property
    def current(self) -> Any:
        """The chosen line."""
        row = self.table.current_row
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def tell(self) -> None:
        """Say what the chosen line is, and which acts it allows."""
        line = self.current
        self.told.setText(self.words(line) if line is not None else "")
        for act in self.acts.values():
            self.buttons[act.key].set_refusal(act.refusal(line))

    # Acting.

    def begin(self, key: str) -> None:
        """Open the strip of an act for the chosen line."""
        self.drop_strip()
        act, line = self.acts[key], self.current
        if act.refusal(line):
            return
        specs = act.fields(line)
        act = self.acts[key]
        whose = self.subject(line) if line is not None and act.key != "add" else ""
        title = f"{act.title}：{whose}" if whose else act.title
        strip = ActStrip(title, act.title, self.desk.suite.today, note=act.note, ahead=act.ahead)
        strip.show_fields(specs, act.values(line))
        strip.submitted.connect(lambda: self._send(act, line))
        strip.dropped.connect(self.drop_strip)
        strip.edited.connect(self.unsaved_changed)
        self._place.addWidget(strip)
        self.strip, self._act = strip, act
        strip.begin()

    def drop_strip(self) -> bool:
        """Close the strip; False where none was open."""
        if self.strip is None:
            return False
        strip, self.strip = self.strip, None
        strip.hide()
        strip.deleteLater()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.unsaved_changed.emit()
        return True

    def _send(self, act: Act, line: Any) -> None:
        if self.strip is None:
            return
        typed = {key: self.strip.value(key) for key in self.strip.form.rows}
        try:
            command = act.command(line, typed)
        except Refused as refused:
            self._refused(refused)
            return
        self.strip.act.refuse("正在办理")
        self.desk.run(command, self._done, self._refused)

    def _done(self, _done: Done) -> None:
        self.drop_strip()

    def _refused(self, error: Exception) -> None:
        if self.strip is None:
            return
        self.strip.act.allow()
        if isinstance(error, Refused):
            known = self.strip.form.rows
            beside: dict[str, list[str]] = {}
            for problem in error.problems:
                beside.setdefault(problem.field if problem.field in known else "", []).append(problem.text)
            others = beside.pop("", [])
            self.strip.set_problems({key: " ".join(texts) for key, texts in beside.items()}, others)
        else:
            self.strip.set_problems({}, [sentence_of(error)])
