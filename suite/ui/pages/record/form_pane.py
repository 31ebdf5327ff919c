"""The first tab: the form in a scrolling area, with what was loaded and what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from suite.ui.kit.fields import FieldKind
from suite.ui.kit.form import Form
from suite.ui.kit.masked import MaskedEditor
from suite.ui.kit.panes import Frame
from suite.ui.kit.typed import Unread, edits_of, put_edits
from suite.ui.pages.record.head import NO_REVEAL
from suite.ui.pages.record.wording import Complete, Words, values_for


class FormPane(QScrollArea):
    """Made once for each shape of the form (new, existing, read-only); `show_values` fills it."""

    changed = Signal()
    reveal_wanted = Signal(str, str)  # field key, reason
    link_clicked = Signal(str)

    def __init__(
        self,
        words: Words,
        complete: Complete,
        parent: QWidget,
        *,
        fixed: bool,
        read_only: bool,
        may_reveal: bool,
    ) -> None:
        super().__init__(parent)
        self.words = words
        self._fixed, self._read_only = fixed, read_only
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setAccessibleName("档案内容")
        ground = Frame("surface")
        self.setWidget(ground)
        self.form = Form(words.sections(complete, fixed=fixed, read_only=read_only), ground)
        inner = QVBoxLayout(ground)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.form)
        for row in self.form.rows.values():
            if isinstance(row.editor, MaskedEditor):
                row.editor.strip.show_button.setText(f"查看 {words.around.reveal_seconds} 秒")
                if not may_reveal:
                    row.editor.eye.refuse(NO_REVEAL)
        self.form.changed.connect(lambda _: self.changed.emit())
        self.form.reveal_wanted.connect(self.reveal_wanted)
        self.form.link_clicked.connect(self.link_clicked)

    @property
    def shape(self) -> tuple[str, bool, bool]:
        """What another record must share to be shown in the same form."""
        return self.words.kind.key, self._fixed, self._read_only

    def show_values(self, values: Mapping[str, Any], edits: Mapping[str, object] | None = None) -> None:
        """Show stored values, and on top of them what is typed and not saved."""
        self.form.set_values(values_for(self.words, values, fixed=self._fixed, read_only=self._read_only))
        put_edits(self.form, edits or {})

    def edits(self, *, secrets: bool = True) -> dict[str, object]:
        """What is typed and not saved."""
        return edits_of(self.form, secrets=secrets)

    def readable(self) -> dict[str, object]:
        """Of the edits those that can be read as values."""
        return {key: value for key, value in self.edits().items() if not isinstance(value, Unread)}

    def check_form(self) -> dict[str, str]:
        """Field key → what is wrong with text that cannot be read; presence is the kernel's matter."""
        self.form.check()
        return {
            key: row.problem
            for key, row in self.form.rows.items()
            if row.problem and isinstance(self.edits().get(key), Unread)
        }

    def place(self, problems: Mapping[str, str]) -> list[str]:
        """Show problems beside their fields and go to the first; returns those of no field here."""
        rest = self.form.set_problems(problems)
        self.to_problem()
        return list(rest.values())

    def to_problem(self) -> None:
        """Go to the first field with a problem."""
        first = next((row for row in self.form.rows.values() if row.problem), None)
        if first is not None:
            self.form.focus_first_problem()
            self.ensureWidgetVisible(first)

    def focus_first(self) -> None:
        """F2: the first field that can be edited."""
        for row in self.form.rows.values():
            if row.spec.kind not in (FieldKind.READONLY, FieldKind.MASKED):
                row.editor.setFocus()
                self.ensureWidgetVisible(row)
                return
