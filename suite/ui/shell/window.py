"""The main window: navigation and nothing else. Pages arrive as `PageSpec`s."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from suite.ui.kit.notices import EmptyState, Notice, NoticeBar
from suite.ui.kit.page import Page, PageCommand, PageSpec
from suite.ui.kit.panes import Bar, Frame
from suite.ui.kit.rail import Rail, RailItem
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import NARROW_WINDOW, Height
from suite.ui.shell.documents import Documents
from suite.ui.shell.menu_row import MenuRow
from suite.ui.shell.menus import Menus
from suite.ui.shell.status import StatusRow

if TYPE_CHECKING:
    from suite.ui.kit.palette import Palette
    from suite.ui.kit.palette_results import Hit, Search


class MainWindow(QMainWindow):
    """Menu row, document tabs, rail, pages, status row.

    The rail is built from the specs with `rail=True`, in their order; the first is the home page, whose
    tab stays. `search` feeds the palette and finds hits of `search_groups`; a chosen hit comes out of
    `hit_chosen`, commands run by themselves. `palette_commands` are those that only the palette offers.
    `look_changed` asks to keep scheme, font scale and row height for the next start.
    """

    hit_chosen = Signal(object, bool)  # Hit, in a new tab
    look_changed = Signal()
    notices_wanted = Signal()
    closing = Signal()  # the window is really going; documents.open_documents can be kept

    def __init__(
        self,
        specs: Sequence[PageSpec],
        *,
        title: str = "司法行政业务管理",
        search: Search | None = None,
        search_groups: Callable[[], Collection[str]] = tuple,
        commands: Sequence[PageCommand] = (),
        palette_commands: Callable[[], Sequence[PageCommand]] = tuple,
    ) -> None:
        super().__init__()
        self.setWindowTitle(title)
        self._rail_specs = [spec for spec in specs if spec.rail]
        self._sections: frozenset[str] = frozenset()
        if not self._rail_specs:
            raise ValueError("a window needs at least one page in the rail")
        self._counts: dict[str, int] = {}
        self._search = search
        self._search_groups = search_groups
        self._palette_commands = palette_commands
        self._palette: Palette | None = None
        self._allowed_to_close = False
        self._fresh: Page | None = None  # made just now and never shown
        self.waiting = False
        self._waiting_for: QWidget | None = None
        self.documents = Documents({spec.key: spec for spec in specs}, self._rail_specs[0].key)
        self.menu_row = MenuRow()
        self.rail = Rail()
        self.status = StatusRow()
        self.menus = Menus(self.menu_row.menus, self, (*self._own_commands(), *commands))
        self._lay_out()
        self._fill_rail()
        self.rail.chosen.connect(self.open_section)
        self.documents.page_made.connect(self._connect_page)
        self.documents.page_shown.connect(self._page_shown)
        self.documents.all_may_close.connect(self._close_now)
        self.menus.look_changed.connect(self.look_changed)
        self.menu_row.search_wanted.connect(self.open_palette)
        self.menu_row.notices_wanted.connect(self.notices_wanted)
        self._bind_keys()
        theme().changed.connect(self._fit_rail)

    def _lay_out(self) -> None:
        self.setMenuWidget(self.menu_row)
        body = Frame("window")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        tabs = Bar("sunken", Height.DOCUMENT_TABS)
        tabs.row.setContentsMargins(0, 0, 0, 0)
        tabs.row.addWidget(self.documents.tabs, 1)
        column.addWidget(tabs)
        self._banners = QVBoxLayout()
        column.addLayout(self._banners)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self.documents.stack, 1)
        column.addLayout(middle, 1)
        column.addWidget(self.status)
        self.setCentralWidget(body)

    def _own_commands(self) -> tuple[PageCommand, ...]:
        return (
            PageCommand(menu="file", text="关闭标签(&W)", key="Ctrl+W", run=self.documents.close_current),
            PageCommand(menu="file", text="退出(&Q)", key="Ctrl+Q", run=self.close),
            PageCommand(menu="edit", text="筛选本页", key="Ctrl+F", run=self._focus_filter),
            PageCommand(menu="view", text="刷新", key="F5", run=self._refresh),
            PageCommand(menu="tools", text="搜索", key="Ctrl+K", run=self.open_palette),
        )

    def _bind_keys(self) -> None:
        top = [spec for spec in self._rail_specs if not spec.at_bottom]
        # The ninth has the digit behind the settings'.
        for digit, spec in zip("123456780", top, strict=False):
            self._key(f"Alt+{digit}", partial(self.open_section, spec.key))
        bottom = [spec for spec in self._rail_specs if spec.at_bottom]
        if bottom:
            self._key("Alt+9", partial(self.open_section, bottom[0].key))
        self._key("Ctrl+Tab", lambda: self.documents.step(1))
        self._key("Ctrl+Shift+Tab", lambda: self.documents.step(-1))
        self._key("F6", lambda: self.step_focus(1))
        self._key("Shift+F6", lambda: self.step_focus(-1))

    def _key(self, keys: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(act)

    def set_waiting(self, sentence: str, button: str = "", act: Callable[[], object] | None = None) -> None:
        """Say in the page's place what the window waits for; rail, menus and keys wait with it.

        An empty sentence ends the waiting.
        """
        self.wait_with(EmptyState(sentence, button, act) if sentence else None)

    def wait_with(self, shown: QWidget | None) -> None:
        """Wait with a widget in the page's place; None ends the waiting."""
        self.waiting = shown is not None
        for part in (self.rail, self.menu_row):
            part.setEnabled(not self.waiting)
        for keys in self.findChildren(QShortcut):
            keys.setEnabled(not self.waiting)
        if self._waiting_for is not None:
            self.documents.stack.removeWidget(self._waiting_for)
            self._waiting_for.deleteLater()
        self._waiting_for = shown
        if shown is not None:
            self.documents.stack.addWidget(shown)
            self.documents.stack.setCurrentWidget(shown)

    def show_banner(self, notice: Notice) -> NoticeBar:
        """A bar above every page, for what concerns the whole window. It goes by `dismiss()`."""
        bar = NoticeBar(notice, self)
        self._banners.insertWidget(0, bar)
        return bar

    # Navigation.

    @property
    def current_page(self) -> Page | None:
        """The page in front."""
        return self.documents.current_page

    def open_section(self, key: str) -> Page:
        """Show the page of a rail entry."""
        return self.documents.open(key)

    def open_page(self, key: str, argument: Hashable | None = None) -> Page:
        """Show a page in its tab. Raises KeyError for an unknown key."""
        return self.documents.open(key, argument)

    def _connect_page(self, page: Page) -> None:
        self._fresh = page
        page.open_wanted.connect(self.open_page)
        page.happened.connect(self.status.set_happened)
        page.hints_changed.connect(lambda hints: self._hints_changed(page, hints))
        page.commands_changed.connect(lambda: self._commands_changed(page))
        section = self.documents.current_section
        page.count_changed.connect(lambda count: self.set_count(section, count))

    def _page_shown(self, page: Page) -> None:
        self.rail.set_current(self.documents.current_section)
        self.status.set_hints(page.hints)
        self.menus.show_page(page.commands())
        last = page.focusWidget()
        if page is self._fresh or last is None:
            self._fresh = None
            page.focus_start()
        elif not self.documents.tabs.hasFocus():
            last.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hints_changed(self, page: Page, hints: str) -> None:
        if page is self.current_page:
            self.status.set_hints(hints)

    def _commands_changed(self, page: Page) -> None:
        if page is self.current_page:
            self.menus.show_page(page.commands())

    def set_count(self, section: str, count: int) -> None:
        """How many matters wait for me in a section; 0 shows nothing."""
        self._counts[section] = count
        self._fill_rail()

    def show_sections(self, keys: Collection[str]) -> None:
        """Show these sections in the rail, and those at its bottom; none means all. The others stay within
        reach of their keys and the palette."""
        self._sections = frozenset(keys)
        self._fill_rail()

    def _fill_rail(self) -> None:
        self.rail.set_items(
            [
                RailItem(
                    key=spec.key,
                    title=spec.title,
                    icon=spec.icon,
                    short=spec.short,
                    count=self._counts.get(spec.key, 0),
                    at_bottom=spec.at_bottom,
                )
                for spec in self._rail_specs
                if spec.at_bottom or not self._sections or spec.key in self._sections
            ]
        )

    # Keys.

    def _refresh(self) -> None:
        if self.current_page is not None:
            self.current_page.refresh()

    def _focus_filter(self) -> None:
        if self.current_page is not None:
            self.current_page.focus_filter()

    def step_focus(self, by: int) -> None:
        """F6: filter → table → dock → status, and round again."""
        page = self.current_page
        ring: list[QWidget] = [w for w in (page.focus_ring() if page else ()) if w.isVisible()]
        ring.append(self.status)
        now = QApplication.focusWidget()
        place = next((n for n, w in enumerate(ring) if now is w or (now and w.isAncestorOf(now))), None)
        target = (0 if by > 0 else len(ring) - 1) if place is None else (place + by) % len(ring)
        ring[target].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        page = self.current_page
        if event.key() == Qt.Key.Key_Escape and page is not None:
            if not page.cancel_closing():
                page.step_back()
            return
        super().keyPressEvent(event)

    # Palette.

    def open_palette(self, text: str = "") -> None:
        """Ctrl+K, with something typed already or nothing."""
        if self.waiting:
            return
        if self._palette is None:
            from suite.ui.kit.palette import Palette  # not before somebody searches

            self._palette = Palette(self, self._search)
            self._palette.chosen.connect(self._hit)
        self._palette.set_groups(self._search_groups())
        self._palette.set_commands(self._command_hits())
        self._palette.open(text)

    def _command_hits(self) -> list[Hit]:
        from suite.ui.kit.palette_results import COMMANDS, Hit

        sections = [
            Hit(group=COMMANDS, title=f"转到{spec.title}", icon=spec.icon, value=spec, words=spec.key)
            for spec in self._rail_specs
        ]
        commands = [
            Hit(
                group=COMMANDS,
                title=command.text.split("(")[0].replace("&", ""),
                icon="keyboard",
                remark=command.key,
                value=command,
            )
            for command in (*self.menus.commands, *self._palette_commands())
            if not command.refusal and command.run != self.open_palette
        ]
        return [*sections, *commands]

    def _hit(self, hit: Hit, new_tab: bool) -> None:
        if isinstance(hit.value, PageSpec):
            self.open_section(hit.value.key)
        elif isinstance(hit.value, PageCommand):
            hit.value.run()
        else:
            self.hit_chosen.emit(hit, new_tab)

    # Closing and size.

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._allowed_to_close and self.documents.ask_all():
            event.ignore()
            return
        self.closing.emit()
        event.accept()

    def _close_now(self) -> None:
        self._allowed_to_close = True
        self.close()

    def _fit_rail(self) -> None:
        self.rail.set_narrow(self.width() < theme().pixels(NARROW_WINDOW))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_rail()
        if self._palette is not None and self._palette.isVisible():
            self._palette.close_palette()
