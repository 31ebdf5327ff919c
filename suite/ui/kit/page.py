"""What a page is to the window. Pages arrive as data: a `PageSpec` names how one is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from suite.ui.kit.notices import Notice, NoticeBar, NoticeKind


class Page(QWidget):
    """Base of everything that fills the window's work area.

    A page puts its widgets into `content` and overrides what applies to it: `has_unsaved`,
    `save_then_close`, `discard`, `refresh`, `focus_filter`, `focus_start`, `step_back`,
    `focus_ring`, `commands`. It tells
    the window of changes by the signals, and reads the kernel only through a worker: nothing here may block.
    """

    title_changed = Signal(str)
    unsaved_changed = Signal(bool)
    hints_changed = Signal(str)  # key hints in the status bar: `Enter 打开　空格 勾选`
    happened = Signal(str)  # what just happened, for the status bar: `查询用时 38 毫秒`
    count_changed = Signal(int)  # how many matters wait for me, shown in the rail
    open_wanted = Signal(str, object)  # ask the window for a page: key of a spec, argument
    argument_changed = Signal(object)  # it shows another record now: what opens that one
    close_wanted = Signal()
    may_close = Signal()  # after a save that was asked for by closing
    commands_changed = Signal()

    def __init__(self, key: str, title: str, icon: str = "document", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self.title = title
        self.icon = icon
        self.hints = ""
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._notices = QVBoxLayout()
        self._notices.setContentsMargins(0, 0, 0, 0)
        self._notices.setSpacing(0)
        outer.addLayout(self._notices)
        self.content = QVBoxLayout()
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.setSpacing(0)
        outer.addLayout(self.content, 1)
        self._close_bar: NoticeBar | None = None

    # Overridden by pages.

    @property
    def part_key(self) -> str:
        """The key of what is in front of a page that has parts; what its help is found by first."""
        return self.key

    def has_unsaved(self) -> bool:
        """True while something typed here is not saved."""
        return False

    def save_then_close(self) -> None:
        """Save what is unsaved and send `may_close` when that is done; stay open if it is refused."""
        self.may_close.emit()

    def discard(self) -> None:
        """Throw away what is unsaved."""

    def refresh(self) -> None:
        """F5."""

    def focus_filter(self) -> bool:
        """Ctrl+F: give the keyboard to the quick filter. False where there is none."""
        return False

    def focus_start(self) -> None:
        """Give the keyboard to where work begins: the table of a list, the first field of a form."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def step_back(self) -> bool:
        """Esc: take back one step (edit → selection → filter). False where nothing was left to take back."""
        return False

    def focus_ring(self) -> tuple[QWidget, ...]:
        """The stations of F6 in order: filter, table, dock."""
        return ()

    def commands(self) -> tuple[PageCommand, ...]:
        """What this page can do now by key and menu: 保存, 打印, 导出, 新增, 编辑."""
        return ()

    # For pages.

    def set_title(self, title: str) -> None:
        """Rename the page and its tab."""
        self.title = title
        self.title_changed.emit(title)

    def set_hints(self, hints: str) -> None:
        """Change the key hints in the status bar."""
        self.hints = hints
        self.hints_changed.emit(hints)

    def show_notice(self, notice: Notice) -> NoticeBar:
        """Put a bar above the content; the newest stands first. It goes by `dismiss()`."""
        bar = NoticeBar(notice, self)
        self._notices.insertWidget(0, bar)
        return bar

    def ask_before_closing(self) -> None:
        """Show 保存并关闭 / 放弃修改 / 返回编辑 in place; the window calls it where edits are unsaved."""
        if self._close_bar is not None:
            self._close_bar.focus_first()
            return
        bar = self.show_notice(self.closing_notice())
        self._close_bar = bar
        bar.focus_first()

    def closing_notice(self) -> Notice:
        """What is asked before the page closes; a page that is at something else than edits overrides it."""
        return Notice(
            kind=NoticeKind.WARN,
            text=f"“{self.title}”有修改未保存，关闭后将丢失。",
            buttons=(
                ("保存并关闭", self._save_chosen),
                ("放弃修改", self._discard_chosen),
                ("返回编辑", self.stay_open),
            ),
        )

    def drop_close_bar(self) -> None:
        """Nothing is asked any more."""
        if self._close_bar is not None:
            bar, self._close_bar = self._close_bar, None
            bar.dismiss()

    def _save_chosen(self) -> None:
        self.drop_close_bar()
        self.save_then_close()

    def _discard_chosen(self) -> None:
        self.drop_close_bar()
        self.discard()
        self.may_close.emit()

    def stay_open(self) -> None:
        """The page stays."""
        self.drop_close_bar()
        self.setFocus()

    @property
    def asks_before_closing(self) -> bool:
        """True while the closing bar is shown."""
        return self._close_bar is not None

    def cancel_closing(self) -> bool:
        """Esc on the closing bar; False if it was not shown."""
        if self._close_bar is None:
            return False
        self.drop_close_bar()
        return True


@dataclass(frozen=True, kw_only=True)
class PageCommand:
    """An act of a page for the menus, its key and the palette.

    `menu` is one of `file edit view act tools`; `key` a sequence such as `Ctrl+S`; `refusal` greys the
    entry and is shown as its reason.
    """

    menu: str
    text: str
    run: Callable[[], object]
    key: str = ""
    refusal: str = ""


@dataclass(frozen=True, kw_only=True)
class PageSpec:
    """How the window gets a page.

    `PageSpec(key="roster", section="roster", title="名册", icon="roster", factory=make, rail=True)`

    A spec with `rail=True` is an entry of the rail; its page is made on first show and stays. Other
    specs are opened by `MainWindow.open_page(key, argument)` in a document tab. `factory` gets the
    argument (hashable; None from the rail); the same key and argument are the same tab. `section` is the
    rail entry that is marked while the page is shown.
    `short` is the two-character caption of the narrow rail.
    """

    key: str
    section: str
    title: str
    icon: str
    factory: Callable[[object], Page]
    rail: bool = False
    short: str = ""
    at_bottom: bool = False
