"""Forms from declared fields: label + editor + message line, in sections of one or two columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from suite.contract.states import StateKind
from suite.ui.kit.field_row import UNREAD, FieldRow, MessageLine
from suite.ui.kit.fields import FieldKind, FieldSpec
from suite.ui.kit.masked import MaskedEditor
from suite.ui.kit.panes import rule
from suite.ui.kit.text import label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import LARGE_TYPE, ONE_COLUMN_FORM, S4, S6, S8, S12, S16, S24, Height

LABEL_WIDTH = 72


@dataclass(frozen=True, kw_only=True)
class SectionSpec:
    """A titled group of fields."""

    title: str
    fields: tuple[FieldSpec, ...]


class FormSection(QWidget):
    """A title with a hairline, and its fields in one or two columns."""

    def __init__(self, spec: SectionSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self._rows: Sequence[FieldRow] = ()
        self._columns = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S8)
        self.title: QLabel | None = None
        if spec.title:
            head = QHBoxLayout()
            head.setSpacing(S8)
            self.title = label(spec.title, bold=True)
            head.addWidget(self.title)
            head.addWidget(rule(), 1, Qt.AlignmentFlag.AlignVCenter)
            column.addLayout(head)
        self.problem = MessageLine()
        column.addWidget(self.problem)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(S24)
        self._grid.setVerticalSpacing(S6)
        column.addLayout(self._grid)

    def show_rows(self, rows: Sequence[FieldRow]) -> None:
        """Take the fields in; they are made with this section as their parent."""
        self._rows = rows
        self.set_columns(2)

    def set_columns(self, columns: int) -> None:
        """Lay the fields out anew in one or two columns."""
        if columns == self._columns:
            return
        self._columns = columns
        for row in self._rows:
            self._grid.removeWidget(row)
        line = place = 0
        for row in self._rows:
            wide = row.spec.wide or row.spec.kind is FieldKind.MULTILINE or columns == 1
            if wide and place:
                line, place = line + 1, 0
            self._grid.addWidget(row, line, place, 1, 2 if wide else 1, Qt.AlignmentFlag.AlignTop)
            place += 2 if wide else 1
            if place >= 2:
                line, place = line + 1, 0
        for number in range(2):
            self._grid.setColumnStretch(number, 1)

    def set_problem(self, text: str) -> None:
        """A problem across fields, above them."""
        self.problem.tell(StateKind.BAD if text else None, text)


class Form(QWidget):
    """Sections of fields with stored values, edits and problems.

    `changed` comes with every edit and carries the number of changed fields. `changes()` is what a
    command wants: key → new value. `set_problems` shows what a refusal said; `focus_first_problem` goes
    there.
    """

    changed = Signal(int)
    reveal_wanted = Signal(str, str)  # field key, reason
    link_clicked = Signal(str)  # field key

    def __init__(self, sections: Sequence[SectionSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[str, FieldRow] = {}
        self.sections: list[FormSection] = []
        self._label_width = LABEL_WIDTH
        column = QVBoxLayout(self)
        column.setContentsMargins(S16, S12, S12, S12)
        column.setSpacing(S16)
        for section in sections:
            # Each is made within the widget that holds it: moving a tree of widgets restyles all of it.
            made = FormSection(section, self)
            made.show_rows([self._row(spec, made) for spec in section.fields])
            self.sections.append(made)
            column.addWidget(made)
        column.addStretch()
        self._align_captions()
        theme().changed.connect(self._restyle)

    def _row(self, spec: FieldSpec, section: FormSection) -> FieldRow:
        row = FieldRow(spec, section)
        self.rows[spec.key] = row
        row.changed.connect(self._changed)
        row.reveal_wanted.connect(lambda reason, key=spec.key: self.reveal_wanted.emit(key, reason))
        row.link_clicked.connect(lambda key=spec.key: self.link_clicked.emit(key))
        row.editor.entered.connect(lambda row=row: self._next(row))
        return row

    def _align_captions(self) -> None:
        look = theme()
        metrics = look.metrics()
        widest = max(
            (metrics.horizontalAdvance(f"* {row.spec.title}") for row in self.rows.values()), default=0
        )
        width = max(look.pixels(LABEL_WIDTH), widest + S4)
        for row in self.rows.values():
            row.caption.setFixedWidth(width)
            row.caption.setFixedHeight(look.height(Height.CONTROL))

    def _restyle(self) -> None:
        self._align_captions()
        self._fold()

    def set_values(self, values: Mapping[str, object]) -> None:
        """Show stored values; fields that are not named become empty. Edits and problems go."""
        for key, row in self.rows.items():
            row.set_stored(values.get(key))
        for section in self.sections:
            section.set_problem("")
        self._changed()

    def changes(self) -> dict[str, object]:
        """What was changed and can be read: key → new value, None for an emptied field."""
        return {
            key: row.current()
            for key, row in self.rows.items()
            if row.is_changed() and row.current() is not UNREAD
        }

    def changed_count(self) -> int:
        """How many fields differ from what is stored, readable or not."""
        return sum(1 for row in self.rows.values() if row.is_changed())

    def problem_count(self) -> int:
        """How many fields show a problem."""
        return sum(1 for row in self.rows.values() if row.problem)

    def check(self) -> bool:
        """Check every field for form and presence and show what is wrong; True when all is well."""
        results = [row.check() for row in self.rows.values() if row.spec.kind is not FieldKind.READONLY]
        self._changed()
        return all(results)

    def set_problems(self, problems: Mapping[str, str]) -> dict[str, str]:
        """Show problems beside their fields, replacing earlier ones; returns those without a field here."""
        for key, row in self.rows.items():
            row.set_problem(problems.get(key, ""))
        self._changed()
        return {key: text for key, text in problems.items() if key not in self.rows}

    def focus_first_problem(self) -> bool:
        """Give the keyboard to the first field with a problem; False if there is none."""
        for row in self.rows.values():
            if row.problem:
                row.editor.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False

    def revert(self) -> None:
        """All fields back to what is stored."""
        self.set_values({key: row.stored for key, row in self.rows.items()})

    def reveal(self, key: str, full: str, seconds: int = 60) -> None:
        """Answer to `reveal_wanted`: show the full value for some seconds."""
        editor = self.rows[key].editor
        if isinstance(editor, MaskedEditor):
            editor.reveal(full, seconds)

    def _changed(self) -> None:
        self.changed.emit(self.changed_count())

    def _next(self, row: FieldRow) -> None:
        rows = [r for r in self.rows.values() if r.spec.kind is not FieldKind.READONLY]
        place = rows.index(row) + 1
        if place < len(rows):
            rows[place].editor.setFocus(Qt.FocusReason.TabFocusReason)

    def _fold(self) -> None:
        narrow = self.window().width() < ONE_COLUMN_FORM or theme().scale >= LARGE_TYPE
        for section in self.sections:
            section.set_columns(1 if narrow else 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ParentChange:
            self._fold()
        return super().event(event)
