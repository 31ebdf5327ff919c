"""The command palette (Ctrl+K): one line that finds people, bodies and commands, and what else there is."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from suite.ui.kit.line import LineEdit
from suite.ui.kit.palette_results import (
    COMMANDS,
    EVERYTHING,
    SCOPES,
    Hit,
    PaletteResults,
    Search,
    command_hits,
)
from suite.ui.kit.panes import Bar, Frame
from suite.ui.kit.tabs import LineTabs, Tab
from suite.ui.kit.text import label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S4, S8, S12, S16, TextSize, Width


class Palette(QWidget):
    """Covers the window with a veil and stands in it; Esc or a click beside it closes.

    `search(text, scope, deliver)` looks elsewhere; answers to older texts are dropped. Commands are
    matched here. `>` before the text asks for commands only. The scopes are those that `set_groups` names:
    nothing is offered that cannot be found.
    """

    chosen = Signal(object, bool)  # Hit, in a new tab

    def __init__(self, window: QWidget, search: Search | None = None, commands: Sequence[Hit] = ()) -> None:
        super().__init__(window)
        self._search = search
        self._commands = tuple(commands)
        self._asked = 0
        self._answered = 0
        self._wanted: bool | None = None  # Enter came before the answer: open its first hit (in a new tab)
        self._before: QWidget | None = None
        self.card = Frame("popup", self)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        head = Bar("head", 44)
        self.line = LineEdit(placeholder="搜索机构、人员、办件，或输入命令", icon_name="search", name="搜索")
        self.line.setProperty("bare", True)
        self.scopes = LineTabs(base_height=44, size=TextSize.BODY, name="范围")
        self.scopes.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head.row.addWidget(self.line, 1)
        head.row.addWidget(self.scopes)
        column.addWidget(head)
        self.results = PaletteResults()
        column.addWidget(self.results)
        foot = Frame("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(S12, S8, S12, S8)
        hints = "↑↓ 选择　Enter 打开　Tab 切换类别　> 只搜命令　Esc 关闭"
        row.addWidget(label(hints, tone="text2", size=TextSize.CAPTION))
        column.addWidget(foot)
        self.line.settled.connect(self._ask)
        self.line.stepped.connect(self.results.step)
        self.line.entered.connect(self._enter)
        self.line.installEventFilter(self)
        self.scopes.current_changed.connect(self._ask)
        self.results.picked.connect(self._pick)
        self._new_tab = False
        self.set_groups([key for key, _ in SCOPES])
        self.hide()

    def set_commands(self, commands: Sequence[Hit]) -> None:
        """What can be done from here by name."""
        self._commands = tuple(commands)

    def set_groups(self, groups: Collection[str]) -> None:
        """Which groups can be found besides commands; each gets a scope, in the order of `SCOPES`."""
        keys = {EVERYTHING, COMMANDS, *groups}
        self.scopes.set_tabs([Tab(key=key, title=title) for key, title in SCOPES if key in keys])
        self.scopes.setFixedWidth(self.scopes.sizeHint().width() + S8)

    def open(self, text: str = "") -> None:
        """Show the palette with the keyboard in its line."""
        self.scopes.setFixedWidth(self.scopes.sizeHint().width() + S8)
        self._before = QApplication.focusWidget()
        self.setGeometry(self.window().rect())
        self.line.set_quietly(text)
        self.scopes.set_current(EVERYTHING)
        self._ask()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_palette(self) -> None:
        """Take it away and give the keyboard back."""
        self._asked += 1
        self._wanted = None
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None

    def _ask(self) -> None:
        self._asked += 1
        number = self._asked
        self._wanted = None
        typed = self.line.text()
        scope = str(self.scopes.current)
        if typed.startswith(">"):
            typed, scope = typed[1:], COMMANDS
        text = typed.strip()
        wants_commands = scope in (EVERYTHING, COMMANDS)
        commands = (
            command_hits(self._commands, text) if wants_commands and (text or scope == COMMANDS) else []
        )
        if not text or scope == COMMANDS or self._search is None:
            message = "输入姓名、机构、证号、办件编号，或拼音首字母" if not text else f"没有找到“{text}”"
            self._show(commands, message)
            return

        def deliver(hits: Sequence[Hit]) -> None:
            if number == self._asked:
                self._show([*hits, *commands], f"没有找到“{text}”")

        self._search(text, scope, deliver)

    def _show(self, hits: Sequence[Hit], message: str) -> None:
        self._answered = self._asked
        self.results.show_hits(hits, message)
        self._place()
        if self._wanted is not None and self.results.hits:
            self._pick(self.results.hits[0], self._wanted)

    def _place(self) -> None:
        width = min(theme().pixels(Width.PALETTE), self.width() - 2 * S16)
        self.card.setFixedWidth(width)
        self.card.adjustSize()
        self.card.move((self.width() - width) // 2, S4)

    def _enter(self) -> None:
        if self._answered != self._asked:
            self._wanted = self._new_tab  # what is listed answers an older text
        elif self.results.hits:
            self._pick(self.results.hits[self.results.current], self._new_tab)

    def _pick(self, hit: Hit, new_tab: bool) -> None:
        self.close_palette()
        self.chosen.emit(hit, new_tab)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and not self.line.composing:
            if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self._next_scope(-1 if event.key() == Qt.Key.Key_Backtab else 1)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_palette()
                return True
            self._new_tab = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        return False

    def _next_scope(self, by: int) -> None:
        keys = [tab.key for tab in self.scopes.tabs]
        place = keys.index(self.scopes.current)
        self.scopes.set_current(keys[(place + by) % len(keys)])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.card.geometry().contains(event.position().toPoint()):
            self.close_palette()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color("veil"))
        painter.end()
