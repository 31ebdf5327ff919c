"""Lines typed one below the other: a head of titles, an editor in each cell, more lines on demand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.editors import Editor
from suite.ui.kit.field_row import editor_for
from suite.ui.kit.fields import Choice, FieldKind, FieldSpec
from suite.ui.kit.text import label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S4, S8, S16, Height, TextSize

MOST_SHOWN = 9  # a longer list scrolls
_STRETCH = {FieldKind.TEXT: 3, FieldKind.CHOICE: 2, FieldKind.BOOL: 1}


class LineGrid(QWidget):
    """`LineGrid("证据", specs)`; `given()` has one mapping for each line in which something was typed.

    `fixed`: the lines that are there to be gone through, each with its title in front; none is added then.
    `check()` marks what cannot be read or is missing in a line that was begun, and goes there.
    """

    edited = Signal()

    def __init__(
        self,
        title: str,
        specs: Sequence[FieldSpec],
        fixed: Sequence[Choice] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.specs, self.fixed = tuple(specs), tuple(fixed)
        self.lines: list[list[Editor]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(S16, 0, S16, S8)
        column.setSpacing(S4)
        head = QHBoxLayout()
        head.addWidget(label(title, bold=True))
        self.problem = label("", tone="bad", size=TextSize.CAPTION)
        head.addWidget(self.problem, 1)
        self.more = Button("增加一行", icon_name="plus", look=Look.LINK)
        self.more.clicked.connect(self._add_and_go)
        self.more.setVisible(not fixed)
        head.addWidget(self.more)
        column.addLayout(head)
        self._cells = QWidget()
        self._grid = QGridLayout(self._cells)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(S8)
        self._grid.setVerticalSpacing(S4)
        for place, spec in enumerate(self.specs, 1):
            words = label(spec.title + ("*" if spec.required else ""), tone="text2", size=TextSize.CAPTION)
            self._grid.addWidget(words, 0, place)
            self._grid.setColumnStretch(place, _STRETCH.get(spec.kind, 2))
        column.addWidget(self._area())
        for number in range(len(self.fixed) or 1):
            self._add(self.fixed[number].title if self.fixed else str(number + 1))
        self.setAccessibleName(title)

    def _area(self) -> QWidget:
        """A checklist may be longer than the window is high: it scrolls in its place."""
        if len(self.fixed) <= MOST_SHOWN:
            return self._cells
        from suite.ui.kit.panes import scrolled

        area = scrolled(self._cells)
        area.setFixedHeight(MOST_SHOWN * (theme().height(Height.CONTROL) + S4))
        return area

    def _add(self, title: str) -> None:
        row = len(self.lines) + 1
        self._grid.addWidget(label(title, tone="text1" if self.fixed else "text2"), row, 0)
        editors = []
        for place, spec in enumerate(self.specs, 1):
            editor = editor_for(spec, self._cells)
            editor.set_value(None)
            target = editor.focusProxy() or editor
            target.setAccessibleName(f"{title} {spec.title}")
            editor.edited.connect(self.edited)
            self._grid.addWidget(editor, row, place, Qt.AlignmentFlag.AlignTop)
            editors.append(editor)
        self.lines.append(editors)

    def _add_and_go(self) -> None:
        self._add(str(len(self.lines) + 1))
        self.lines[-1][0].setFocus(Qt.FocusReason.OtherFocusReason)

    def editors(self) -> list[Editor]:
        """Every editor in reading order."""
        return [editor for line in self.lines for editor in line]

    def given(self) -> list[dict[str, object]]:
        """The lines in which something was typed, by the keys of the specs; for fixed ones with `fixed`, the
        value of the line. Raises ValueError while something cannot be read."""
        found = []
        for number, line in enumerate(self.lines):
            values = {
                spec.key: value
                for spec, editor in zip(self.specs, line, strict=True)
                if (value := editor.value()) not in (None, "", False)
            }
            if values:
                if self.fixed:
                    values["fixed"] = self.fixed[number].value
                found.append(values)
        return found

    def check(self) -> bool:
        """Whether every line that was begun can be read and has what it must have."""
        wrong: list[tuple[Editor, str]] = []
        for number, line in enumerate(self.lines, 1):
            begun = any(_typed(editor) for editor in line)
            for spec, editor in zip(self.specs, line, strict=True):
                editor.set_edge("")
                try:
                    empty = editor.value() in (None, "")
                except ValueError as error:
                    wrong.append((editor, f"第 {number} 行“{spec.title}”{error}"))
                    continue
                if begun and spec.required and empty:
                    wrong.append((editor, f"第 {number} 行“{spec.title}”必填，请补齐"))
        for editor, _ in wrong:
            editor.set_edge("bad")
        self.problem.setText(wrong[0][1] if wrong else "")
        if wrong:
            wrong[0][0].setFocus(Qt.FocusReason.OtherFocusReason)
        return not wrong


def _typed(editor: Editor) -> bool:
    try:
        return editor.value() not in (None, "", False)
    except ValueError:
        return True
