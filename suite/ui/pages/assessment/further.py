"""Views of a season beside its course: each is read when it is turned to, and says why it is empty."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.database.engine import ReadSession
from suite.kernel.assessment.boards import Board, BoardLine
from suite.ui.desk import Ticket, sentence_of
from suite.ui.kit.columns import Column
from suite.ui.kit.notices import EmptyState
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.table import TableView
from suite.ui.kit.tabs import Tab

if TYPE_CHECKING:
    from suite.ui.pages.assessment.page import AssessmentPage

READING = "正在读取…"


class RowsPane(QWidget):
    """A table whose columns follow the season, or the sentence that takes its place. `opened` and `settled`
    carry the key of a row, `linked` with it the column that was clicked."""

    opened = Signal(object)
    linked = Signal(object, str)
    settled = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._stack = QStackedLayout(self)
        self.source = ListSource()
        self.table: TableView | None = None
        self.empty = EmptyState(READING)
        self._stack.addWidget(self.empty)

    def show_rows(
        self, columns: Sequence[Column], rows: Sequence[Sequence[object]], keys: Sequence[int], nothing: str
    ) -> None:
        """Show these rows; `nothing` says why there is none."""
        former = self.table
        place = former.place() if former is not None else None
        self.source.set_rows(rows, keys)
        if former is None or former.rows.columns != tuple(columns):
            self._make(columns)
        if self.table is not None and self.table is former and place is not None:
            at = {key: row for row, key in enumerate(keys)}
            self.table.return_to(place, lambda key: at.get(key) if isinstance(key, int) else None)
        if self.table is not None and rows and self.table.current_row < 0:
            self.table.select_row(0)
        self.empty.set_sentence(nothing)
        self._stack.setCurrentWidget(self.table if rows and self.table is not None else self.empty)

    def say(self, sentence: str) -> None:
        """A sentence in the table's place."""
        self.empty.set_sentence(sentence)
        self._stack.setCurrentWidget(self.empty)

    @property
    def current(self) -> object | None:
        """The key of the row that the keyboard is on."""
        return self.source.row_key(self.table.current_row) if self.table is not None else None

    def focus_start(self) -> None:
        """The keyboard goes to the table."""
        if self.table is not None:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make(self, columns: Sequence[Column]) -> None:
        former = self.table
        self.table = TableView(RowTableModel(columns, self.source, self))
        self.table.setAccessibleName(self.accessibleName())
        self.table.row_opened.connect(lambda _row, key: self.opened.emit(key))
        self.table.link_clicked.connect(lambda _row, key, column: self.linked.emit(key, column))
        self.table.row_settled.connect(lambda _row, key: self.settled.emit(key))
        self._stack.addWidget(self.table)
        if former is not None:
            self._stack.removeWidget(former)
            former.hide()
            former.deleteLater()


class FurtherView(QWidget):
    """Belongs to one page. `rows`: its table, whose keys `participant` knows."""

    key: ClassVar[str]
    title: ClassVar[str]
    hints: ClassVar[str]

    def __init__(self, page: AssessmentPage) -> None:
        super().__init__()
        self.page = page
        self.rows = RowsPane(self.title)
        self.rows.opened.connect(lambda key: page.open_record(self.participant(key)))
        self.rows.linked.connect(lambda key, _column: page.open_record(self.participant(key)))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)

    @abstractmethod
    def offered(self, board: Board) -> bool:
        """Whether the season has this view."""

    @abstractmethod
    def read(self, session: ReadSession, suite: Suite, actor: Actor, campaign_id: int) -> Any:
        """What it shows; runs on a worker."""

    @abstractmethod
    def show_found(self, found: Any) -> None:
        """Show what was read."""

    def participant(self, key: object) -> BoardLine | None:
        """Whose row it is: its line on the board."""
        board = self.page.board
        return next((line for line in board.lines if line.id == key), None) if board is not None else None


class FurtherViews:
    """Those of one page, which puts them beside its own."""

    def __init__(self, page: AssessmentPage, views: Sequence[FurtherView]) -> None:
        self._page = page
        self.views = {view.key: view for view in views}
        self._ticket: Ticket | None = None
        self._shown: tuple[str, int] | None = None

    def tabs(self, board: Board) -> list[Tab]:
        """Those that the season has."""
        return [Tab(key=key, title=view.title) for key, view in self.views.items() if view.offered(board)]

    def read(self, key: str) -> None:
        """Read what a view shows; rows of the same season stay until then."""
        view, board, page = self.views[key], self._page.board, self._page
        if board is None:
            return
        self.drop()
        campaign, suite, actor = board.campaign.id, page.desk.suite, page.desk.actor
        if self._shown != (key, campaign):
            view.rows.say(READING)

        def query(session: ReadSession) -> Any:
            return view.read(session, suite, actor, campaign)

        def came(found: Any) -> None:
            self._shown = key, campaign
            view.show_found(found)

        self._ticket = page.asking.read(query, came, lambda error: view.rows.say(sentence_of(error)))

    def drop(self) -> None:
        """Wait for nothing any more."""
        if self._ticket is not None and not self._ticket.over:
            self._ticket.drop()
