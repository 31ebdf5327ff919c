"""Bars at the foot of a page: unsaved edits, checked rows, confirmation, progress."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from suite.contract.states import StateKind
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.columns import number_text
from suite.ui.kit.line import LineEdit
from suite.ui.kit.panes import Bar, Frame, rule
from suite.ui.kit.state import StateGlyph
from suite.ui.kit.text import label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S6, S8, S12, Height, TextSize


class SaveBar(Bar):
    """Counts unsaved edits and problems; hidden while there is neither. Ctrl+S is the page's."""

    save_wanted = Signal()
    revert_wanted = Signal()
    jump_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("save", Height.BAR, parent)
        self.row.addWidget(StateGlyph(StateKind.WARN))
        self.count = label("", bold=True, tone="warn")
        self.problems = label("", tone="bad", size=TextSize.CAPTION)
        self.jump = Button("转到错误", look=Look.LINK)
        self.revert = Button("全部还原")
        self.save = Button("保存", look=Look.PRIMARY)
        self.row.addWidget(self.count)
        self.row.addWidget(self.problems)
        self.row.addWidget(self.jump)
        self.row.addStretch()
        self.row.addWidget(self.revert)
        self.row.addWidget(self.save)
        self.row.addWidget(label("Ctrl+S", tone="text2", size=TextSize.CAPTION))
        self.save.clicked.connect(self.save_wanted)
        self.revert.clicked.connect(self.revert_wanted)
        self.jump.clicked.connect(self.jump_wanted)
        self.show_counts(0, 0)

    def show_counts(self, unsaved: int, problems: int) -> None:
        """How many fields are changed, and how many of all are wrong."""
        self.setVisible(bool(unsaved or problems))
        self.count.setText(f"{unsaved} 处修改未保存" if unsaved else "没有未保存的修改")
        self.problems.setText(f"{problems} 处有误，改正后才能保存" if problems else "")
        self.jump.setVisible(problems > 0)


class BulkBar(Bar):
    """Acts on the checked rows; hidden while none is checked. Says how many are outside the filter."""

    clear_wanted = Signal()

    def __init__(self, unit: str = "人", parent: QWidget | None = None) -> None:
        super().__init__("bulk", Height.BAR, parent)
        self._unit = unit
        self.count = label("", bold=True, tone="accent")
        self.row.addWidget(self.count)
        self.row.addWidget(rule(vertical=True, length=16))
        self._acts = QHBoxLayout()
        self._acts.setSpacing(S8)
        self.row.addLayout(self._acts)
        self.row.addStretch()
        self.outside = label("", tone="text2", size=TextSize.CAPTION)
        self.row.addWidget(self.outside)
        clear = Button("取消选择", look=Look.LINK)
        clear.clicked.connect(self.clear_wanted)
        self.row.addWidget(clear)
        self.row.addWidget(label("Esc", tone="text2", size=TextSize.CAPTION))
        self.hide()

    def add_act(self, text: str, act: Callable[[], object], *, icon_name: str = "") -> Button:
        """Add a button for what can be done with the checked rows."""
        button = Button(text, icon_name=icon_name)
        button.clicked.connect(lambda: act())
        self._acts.addWidget(button)
        return button

    def set_unit(self, unit: str) -> None:
        """What is counted: 人, 家."""
        self._unit = unit

    def show_count(self, checked: int, outside: int | None = None) -> None:
        """How many rows are checked, and how many of them the filter does not show (None: not known)."""
        self.setVisible(checked > 0)
        self.count.setText(f"已选 {number_text(checked)} {self._unit}")
        known = outside is not None
        self.outside.setText(f"含当前筛选外 {number_text(outside or 0)} {self._unit}" if known else "")


class ConfirmStrip(Frame):
    """Confirmation in place: what will follow, for how many, and why. Nothing is typed but the reason.

    `confirmed` carries the reason (empty where none is asked). Esc and 返回 send `dropped`.
    """

    confirmed = Signal(str)
    dropped = Signal()

    def __init__(
        self, consequence: str, act: str, *, needs_reason: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__("notice-warn", parent)
        self._needs_reason = needs_reason
        column = QVBoxLayout(self)
        column.setContentsMargins(S12, S8, S12, S8)
        column.setSpacing(S6)
        first = QHBoxLayout()
        first.setSpacing(S8)
        first.addWidget(StateGlyph(StateKind.WARN), 0, Qt.AlignmentFlag.AlignTop)
        self.consequence = label(consequence, wrap=True)
        first.addWidget(self.consequence, 1)
        column.addLayout(first)
        second = QHBoxLayout()
        second.setSpacing(S8)
        self.reason = LineEdit(placeholder="填写事由，将写入操作记录", name="事由")
        self._caption = label("事由", tone="text2")
        second.addWidget(self._caption)
        second.addWidget(self.reason, 1)
        self.missing = label("事由必填，请补齐", tone="bad", size=TextSize.CAPTION)
        self.missing.hide()
        second.addWidget(self.missing)
        if not needs_reason:  # shown before it has its place, each would open as a window of its own
            self._caption.hide()
            self.reason.hide()
            second.addStretch()
        self.act = Button(act, look=Look.PRIMARY)
        self.back = Button("返回")
        second.addWidget(self.back)
        second.addWidget(self.act)
        column.addLayout(second)
        self.act.clicked.connect(self._confirm)
        self.reason.entered.connect(self._confirm)
        self.reason.textEdited.connect(self.missing.hide)
        self.back.clicked.connect(self.dropped)
        self.setAccessibleName(consequence)

    def begin(self) -> None:
        """Show the strip and give it the keyboard."""
        self.show()
        (self.reason if self._needs_reason else self.act).setFocus(Qt.FocusReason.OtherFocusReason)

    def _confirm(self) -> None:
        reason = self.reason.text().strip()
        if self._needs_reason and not reason:
            self.missing.show()
            self.reason.setFocus()
            return
        self.confirmed.emit(reason)


class ProgressStrip(QWidget):
    """Long work in one line: what, how many of how many, 取消. Unknown totals run without a number."""

    cancel_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S8)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.what = label("", size=TextSize.CAPTION)
        self.numbers = label("", tone="text2", size=TextSize.CAPTION)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(theme().pixels(120))
        self.cancel = Button("取消", look=Look.LINK)
        self.cancel.clicked.connect(self._cancel)
        for widget in (self.what, self.bar, self.numbers, self.cancel):
            row.addWidget(widget)
        self.hide()

    def begin(self, what: str, *, total: int = 0, cancellable: bool = True) -> None:
        """Show what is being done; call it only after 300 ms, so that quick work does not flicker."""
        self.what.setText(what)
        self.bar.setAccessibleName(what)
        self.cancel.setVisible(cancellable)
        self.cancel.allow()
        self.advance(0, total)
        self.show()

    def advance(self, done: int, total: int = 0) -> None:
        """How far it is; a total of 0 means that it is not known."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.numbers.setText(f"{number_text(done)} / {number_text(total)}" if total else "")

    def finish(self) -> None:
        """Take the strip away."""
        self.hide()

    def _cancel(self) -> None:
        self.cancel.refuse("正在取消，已写入的将全部撤回")
        self.cancel_wanted.emit()
