"""The masked value: an eye that asks for a reason, a look of sixty seconds, and typing it anew."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from suite.ui.kit.buttons import Button, Look, icon_button
from suite.ui.kit.droplist import DropList
from suite.ui.kit.editors import Editor
from suite.ui.kit.fields import Choice, FieldSpec, field_text
from suite.ui.kit.line import LineEdit
from suite.ui.kit.panes import Frame
from suite.ui.kit.text import ElidedLabel, label
from suite.ui.kit.tokens import S6, S8, Height, TextSize

REVEAL_MS = 60_000
REASONS = ("核实身份", "核实投诉", "联系本人", "办理许可", "答复查询")


class ReasonStrip(Frame):
    """The small strip that asks 事由 before a masked value is shown."""

    given = Signal(str)
    dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("notice-info", parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(S8, S6, S8, S6)
        row.setSpacing(S6)
        row.addWidget(label("事由", tone="text2"))
        self.line = LineEdit(placeholder="选择或填写查看事由", name="查看事由")
        row.addWidget(self.line, 1)
        self.show_button = Button("查看 60 秒")
        row.addWidget(self.show_button)
        self._list: DropList | None = None
        self.line.stepped.connect(self._step)
        self.line.textEdited.connect(self._close_list)
        self.line.entered.connect(self._enter)
        self.line.left.connect(self._close_list)
        self.show_button.clicked.connect(self._give)

    def begin(self) -> None:
        """Empty the line and give it the keyboard with the usual reasons below."""
        self.line.set_quietly("")
        self.line.setFocus()
        self._offer()

    def _offer(self) -> None:
        if self._list is None:
            self._list = DropList(self.line)
            self._list.picked.connect(self._picked)
        self._list.offer([Choice(reason, reason) for reason in REASONS])

    def _step(self, by: int) -> None:
        if self._list is not None and self._list.isVisible():
            self._list.step(by)
        else:
            self._offer()

    def _picked(self, choice: Choice) -> None:
        self.line.set_quietly(choice.title)

    def _close_list(self) -> None:
        if self._list is not None:
            self._list.hide()

    def _enter(self) -> None:
        if self._list is None or not self._list.pick_current():
            self._give()

    def _give(self) -> None:
        reason = self.line.text().strip()
        if not reason:
            self.line.setFocus()
            self._offer()
            return
        self._close_list()
        self.given.emit(reason)


class MaskedEditor(Editor):
    """Shows `130102********2417`. The eye asks for a reason and sends `reveal_wanted(reason)`; the page
    answers by `reveal(text)` after the kernel has written the log, and the text goes after 60 s.

    Where the field may be edited, 重填 opens an empty line for a new value; `value()` is the masked
    text until something is typed there.
    """

    reveal_wanted = Signal(str)

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self._masked: object = None
        holder = QVBoxLayout()
        holder.setContentsMargins(0, 0, 0, 0)
        holder.setSpacing(S6)
        top = QHBoxLayout()
        top.setSpacing(S6)
        holder.addLayout(top)
        self.row.addLayout(holder, 1)
        self.text = ElidedLabel(base_height=Height.CONTROL)
        self.line = LineEdit(placeholder=f"输入完整的{spec.title}", name=spec.title)
        self.line.hide()
        self.eye = icon_button("eye", f"查看完整的{spec.title}，须填写事由")
        self.retype = Button("重填", look=Look.LINK)
        self.retype.setAccessibleName(f"重填{spec.title}")
        self.rest = label("", size=TextSize.CAPTION, tone="text2")
        top.addWidget(self.text)
        top.addWidget(self.line, 1)
        top.addWidget(self.eye)
        top.addWidget(self.retype)
        # Not before it has a parent: it would show for a moment as a window of its own.
        self.retype.setVisible(spec.editable)
        top.addWidget(self.rest)
        top.addStretch()
        self.strip = ReasonStrip()
        self.strip.hide()
        holder.addWidget(self.strip)
        self._timer = QTimer(self, singleShot=True, interval=REVEAL_MS)
        self._timer.timeout.connect(self.conceal)
        self.eye.clicked.connect(self._ask)
        self.strip.given.connect(self._given)
        self.retype.clicked.connect(self._start_typing)
        self.line.textEdited.connect(self.edited)
        self.line.left.connect(self.left)
        self.line.entered.connect(self.entered)
        self.setFocusProxy(self.eye)

    def value(self) -> object:
        typed = self.line.text().strip()
        return typed or self._masked

    def set_value(self, value: object) -> None:
        self._masked = value
        self.line.set_quietly("")
        # Where nothing is kept there is nothing to hide: the line stands open from the beginning.
        typing = value is None and self.spec.editable
        self.line.setVisible(typing)
        self.text.setVisible(not typing)
        self.retype.setVisible(self.spec.editable and not typing)
        self.retype.setText("重填")
        self.eye.setVisible(value is not None)
        self.setFocusProxy(self.line if typing else self.eye)
        self.conceal()

    def reveal(self, full: str, seconds: int = REVEAL_MS // 1000) -> None:
        """Show the full value for some seconds, in this field only."""
        self.strip.hide()
        self.text.setText(full)
        self.rest.setText(f"{seconds} 秒后恢复掩码")
        self._timer.start(seconds * 1000)

    def conceal(self) -> None:
        """Show the masked value again."""
        self._timer.stop()
        self.rest.setText("")
        self.text.setText(field_text(self.spec, self._masked) or "—")

    def _ask(self) -> None:
        showing = not self.strip.isVisible()
        self.strip.setVisible(showing)
        if showing:
            self.strip.begin()

    def _given(self, reason: str) -> None:
        self.strip.hide()
        self.reveal_wanted.emit(reason)

    def _start_typing(self) -> None:
        if self.line.isVisibleTo(self):
            self.set_value(self._masked)
            self.edited.emit()
            return
        self.text.hide()
        self.eye.hide()
        self.line.show()
        self.retype.setText("不改")
        self.setFocusProxy(self.line)
        self.line.setFocus()
