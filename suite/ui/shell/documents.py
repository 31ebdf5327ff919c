"""The open documents: tabs above, pages below. A page is made when its tab is first shown."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QStackedWidget

from suite.ui.kit.page import Page, PageSpec
from suite.ui.kit.tabs import DocumentTabs


@dataclass(kw_only=True)
class Document:
    """One tab: what it shows, and its page once it was made."""

    spec: PageSpec
    argument: Hashable | None
    title: str
    page: Page | None = None
    unsaved: bool = False


class Documents(QObject):
    """Keeps tab bar and page stack in step. The order of `open_documents` is that of the tabs."""

    page_shown = Signal(object)  # Page
    page_made = Signal(object)  # Page
    all_may_close = Signal()

    def __init__(self, specs: Mapping[str, PageSpec], home: str) -> None:
        super().__init__()
        self._specs = dict(specs)
        self._home = home
        self._list: list[Document] = []
        self._closing_all = False
        self.tabs = DocumentTabs()
        self.stack = QStackedWidget()
        self.tabs.currentChanged.connect(self._show)
        self.tabs.tabMoved.connect(self._moved)
        self.tabs.close_wanted.connect(self.close_at)

    @property
    def open_documents(self) -> tuple[tuple[str, Hashable | None, str], ...]:
        """Key, argument and title of each tab, to be kept and given to `restore`."""
        return tuple((doc.spec.key, doc.argument, doc.title) for doc in self._list)

    @property
    def current_page(self) -> Page | None:
        """The page in front."""
        index = self.tabs.currentIndex()
        return self._list[index].page if 0 <= index < len(self._list) else None

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages that were made, in the order of their tabs."""
        return tuple(doc.page for doc in self._list if doc.page is not None)

    @property
    def current_section(self) -> str:
        """The rail entry that the page in front belongs to."""
        index = self.tabs.currentIndex()
        return self._list[index].spec.section if 0 <= index < len(self._list) else ""

    def open(self, key: str, argument: Hashable | None = None) -> Page:
        """Show a page, in its tab if it has one already. Raises KeyError for an unknown key."""
        for index, doc in enumerate(self._list):
            if doc.spec.key == key and doc.argument == argument:
                self.tabs.setCurrentIndex(index)
                break
        else:
            spec = self._specs[key]
            self._add(Document(spec=spec, argument=argument, title=spec.title))
            self.tabs.setCurrentIndex(len(self._list) - 1)
        page = self._list[self.tabs.currentIndex()].page
        assert page is not None  # noqa: S101 - made when its tab became current
        return page

    def restore(self, kept: Sequence[tuple[str, Hashable | None, str]], front: int) -> None:
        """Bring back tabs and show the one at `front`; the pages of the others are not made yet."""
        with QSignalBlocker(self.tabs):  # the bar takes its first tab for the current one
            for key, argument, title in kept:
                self._add(Document(spec=self._specs[key], argument=argument, title=title))
            self.tabs.setCurrentIndex(front)
        self._show(front)

    def _add(self, doc: Document) -> None:
        self._list.append(doc)
        self.tabs.addTab(doc.title)
        self._mark(len(self._list) - 1)

    def _mark(self, index: int) -> None:
        doc = self._list[index]
        icon = doc.page.icon if doc.page is not None else doc.spec.icon
        closable = doc.spec.key != self._home
        self.tabs.set_document(index, icon=icon, closable=closable, unsaved=doc.unsaved)

    def _show(self, index: int) -> None:
        if not 0 <= index < len(self._list):
            return
        doc = self._list[index]
        if doc.page is None:
            doc.page = self._make(doc)
        self.stack.setCurrentWidget(doc.page)
        self.page_shown.emit(doc.page)

    def _make(self, doc: Document) -> Page:
        page = doc.spec.factory(doc.argument)
        self.stack.addWidget(page)
        page.title_changed.connect(lambda title: self._renamed(doc, title))
        page.unsaved_changed.connect(lambda unsaved: self._unsaved(doc, unsaved))
        page.argument_changed.connect(lambda argument: setattr(doc, "argument", argument))
        page.close_wanted.connect(lambda: self._close_doc(doc))
        page.may_close.connect(lambda: self._closed(doc))
        doc.page = page
        self._renamed(doc, page.title)
        self.page_made.emit(page)
        return page

    def _renamed(self, doc: Document, title: str) -> None:
        doc.title = title
        index = self._list.index(doc)
        self.tabs.setTabText(index, title)
        self._mark(index)

    def _unsaved(self, doc: Document, unsaved: bool) -> None:
        doc.unsaved = unsaved
        self._mark(self._list.index(doc))

    def _moved(self, start: int, end: int) -> None:
        self._list.insert(end, self._list.pop(start))

    def step(self, by: int) -> None:
        """Ctrl+Tab and Ctrl+Shift+Tab, round about."""
        if self._list:
            self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % len(self._list))

    def close_current(self) -> None:
        """Ctrl+W; the home page stays."""
        self.close_at(self.tabs.currentIndex())

    def close_at(self, index: int) -> None:
        """Close a tab; one with unsaved edits asks in place instead."""
        if 0 <= index < len(self._list) and self._list[index].spec.key != self._home:
            self._close_doc(self._list[index])

    def _close_doc(self, doc: Document) -> None:
        if doc.page is not None and doc.page.has_unsaved():
            self.tabs.setCurrentIndex(self._list.index(doc))
            doc.page.ask_before_closing()
        else:
            self._remove(doc)

    def _closed(self, doc: Document) -> None:
        if doc not in self._list:
            return
        if doc.spec.key != self._home:
            self._remove(doc)
        if self._closing_all and not self.ask_all():
            self._closing_all = False
            self.all_may_close.emit()

    def _remove(self, doc: Document) -> None:
        index = self._list.index(doc)
        self._list.pop(index)
        # The list must be short already when the bar says which tab is current now.
        self.tabs.removeTab(index)
        if doc.page is not None:
            self.stack.removeWidget(doc.page)
            doc.page.deleteLater()

    def ask_all(self) -> bool:
        """Before the window closes: True if some page has unsaved edits; it is shown and asks."""
        for index, doc in enumerate(self._list):
            if doc.page is not None and doc.page.has_unsaved():
                self._closing_all = True
                self.tabs.setCurrentIndex(index)
                doc.page.ask_before_closing()
                return True
        return False
