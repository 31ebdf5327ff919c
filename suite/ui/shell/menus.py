"""The menus. Entries exist only where they do something; the page in front adds its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QMenuBar, QPlainTextEdit, QWidget

from suite.ui.kit.page import PageCommand
from suite.ui.kit.theme import Density, Mode, theme
from suite.ui.kit.tokens import FONT_SCALES

T = TypeVar("T")

TITLES = (
    ("file", "文件(&F)"),
    ("edit", "编辑(&E)"),
    ("view", "查看(&V)"),
    ("act", "办理(&B)"),
    ("tools", "工具(&T)"),
    ("help", "帮助(&H)"),
)
_MODES = ((Mode.LIGHT, "浅色"), (Mode.DARK, "深色"), (Mode.SYSTEM, "跟随系统"))
_DENSITIES = (
    (Density.STANDARD, "标准行高"),
    (Density.COMPACT, "紧凑行高"),
    (Density.ROOMY, "宽松行高"),
)
_EDITS = (
    ("撤销", "undo", "Ctrl+Z"),
    ("重做", "redo", "Ctrl+Y"),
    ("剪切", "cut", "Ctrl+X"),
    ("复制", "copy", "Ctrl+C"),
    ("粘贴", "paste", "Ctrl+V"),
    ("全选", "selectAll", "Ctrl+A"),
)


class Menus(QObject):
    """Menu bar of the window. `fixed` entries stay, `show_page` replaces those of the page in front.

    Keys of the fixed and of the page's entries work without the menu being opened. The keys of the
    editing entries are only shown: text fields handle them by themselves.
    """

    look_changed = Signal()

    def __init__(self, bar: QMenuBar, window: QWidget, fixed: Sequence[PageCommand]) -> None:
        super().__init__(window)
        self._window = window
        self._menus: dict[str, QMenu] = {}
        self._of_page: list[QAction] = []
        self._page_commands: tuple[PageCommand, ...] = ()
        self._fixed = tuple(fixed)
        for key, title in TITLES:
            self._menus[key] = bar.addMenu(title)
        self._edit_menu()
        self._look_menu()
        for command in fixed:
            self._menus[command.menu].addAction(self._action(command))
        self._hide_empty()

    @property
    def commands(self) -> tuple[PageCommand, ...]:
        """All entries that run something, for the palette."""
        return (*self._page_commands, *self._fixed)

    def menu(self, key: str) -> QMenu:
        """One of the six menus by key."""
        return self._menus[key]

    def show_page(self, commands: Iterable[PageCommand]) -> None:
        """Put the commands of the page in front before the fixed entries."""
        for action in self._of_page:
            self._window.removeAction(action)
            for menu in self._menus.values():
                menu.removeAction(action)
            action.deleteLater()
        self._of_page = []
        self._page_commands = tuple(commands)
        for key, menu in self._menus.items():
            first = menu.actions()[0] if menu.actions() else None
            mine = [command for command in self._page_commands if command.menu == key]
            added = [self._action(command) for command in mine]
            if added and first is not None:
                line = QAction(menu)
                line.setSeparator(True)
                added.append(line)
            for action in added:
                menu.insertAction(first, action) if first is not None else menu.addAction(action)
            self._of_page.extend(added)
        self._hide_empty()

    def _action(self, command: PageCommand) -> QAction:
        action = QAction(command.text, self)
        if command.key:
            action.setShortcut(QKeySequence(command.key))
            self._window.addAction(action)
        action.setEnabled(not command.refusal)
        action.setToolTip(command.refusal or command.text)
        run: Callable[[], object] = command.run
        action.triggered.connect(lambda: run())
        return action

    def _hide_empty(self) -> None:
        for menu in self._menus.values():
            menu.menuAction().setVisible(bool(menu.actions()))
            menu.setToolTipsVisible(True)

    def _edit_menu(self) -> None:
        menu = self._menus["edit"]
        for title, method, key in _EDITS:
            action = menu.addAction(f"{title}\t{key}")
            action.triggered.connect(lambda _=False, method=method: self._edit(method))
        menu.aboutToShow.connect(self._enable_edits)
        self._edit_target: QWidget | None = None

    def _enable_edits(self) -> None:
        # Opening the menu by mouse keeps the focus where it was; by key it goes to the bar.
        target = QApplication.focusWidget()
        self._edit_target = target if isinstance(target, QLineEdit | QPlainTextEdit) else None
        words = {title for title, _, _ in _EDITS}
        for action in self._menus["edit"].actions():
            if action.text().split("\t")[0] in words:
                action.setEnabled(self._edit_target is not None)

    def _edit(self, method: str) -> None:
        if self._edit_target is not None:
            getattr(self._edit_target, method)()

    def _look_menu(self) -> None:
        menu = self._menus["view"]
        look = theme()
        self._choices(menu, _MODES, look.mode, lambda mode: look.apply(mode=mode))
        menu.addSeparator()
        scales = tuple((scale, f"字号 {scale}%") for scale in FONT_SCALES)
        self._choices(menu, scales, look.scale, lambda scale: look.apply(scale=scale))
        menu.addSeparator()
        self._choices(menu, _DENSITIES, look.density, lambda density: look.apply(density=density))
        menu.addSeparator()

    def _choices(
        self, menu: QMenu, entries: Sequence[tuple[T, str]], now: T, choose: Callable[[T], None]
    ) -> None:
        group = QActionGroup(self)
        for value, title in entries:
            action = menu.addAction(title)
            action.setCheckable(True)
            action.setChecked(value == now)
            group.addAction(action)
            action.triggered.connect(lambda _=False, value=value: self._chosen(choose, value))

    def _chosen(self, choose: Callable[[T], None], value: T) -> None:
        choose(value)
        self.look_changed.emit()
