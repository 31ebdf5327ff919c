"""The tabs of a record that are tables, each made when it is first turned to."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from suite.ui.pages.record.assessments import assessments_pane, show_assessments
from suite.ui.pages.record.loaded import Loaded
from suite.ui.pages.record.tables import (
    EntryPane,
    LicencePane,
    TablePane,
    credit_pane,
    history_pane,
    members_pane,
    mentions_pane,
    show_credit,
    show_history,
    show_mentions,
    show_trace,
    trace_pane,
)
from suite.ui.pages.record.wording import Words

#: Key of a tab → how its table is made.
TABLES: dict[str, Callable[[], TablePane]] = {
    "history": history_pane,
    "ledgers": mentions_pane,
    "licences": LicencePane,
    "credit": credit_pane,
    "members": members_pane,
    "assessments": assessments_pane,
    "trace": trace_pane,
}


class TablePanes(QObject):
    """Makes them in `body` and keeps those that are made up to date. The members are asked for apart."""

    correct_wanted = Signal(object)  # Entry
    void_wanted = Signal(object)  # Entry
    record_wanted = Signal(str, int)  # kind, subject
    season_wanted = Signal(int)
    entry_wanted = Signal(str, int)  # ledger, entry

    def __init__(self, body: QStackedWidget) -> None:
        super().__init__(body)
        self._body = body
        self._made: dict[str, TablePane] = {}
        self._shown: tuple[Words, Loaded, str] | None = None

    def pane(self, key: str) -> TablePane:
        """The pane of a tab. Raises KeyError for a tab that is no table."""
        if key not in self._made:
            pane = self._made[key] = TABLES[key]()
            if isinstance(pane, EntryPane):
                pane.correct_wanted.connect(self.correct_wanted)
                pane.void_wanted.connect(self.void_wanted)
            if key == "members":
                pane.table.row_opened.connect(lambda row, key: self.record_wanted.emit(*key))
                pane.table.link_clicked.connect(lambda row, key, column: self.record_wanted.emit(*key))
            if key == "assessments":
                pane.table.row_opened.connect(lambda row, key: self.season_wanted.emit(key))
                pane.table.link_clicked.connect(lambda row, key, column: self.season_wanted.emit(key))
            if key == "ledgers":
                pane.table.row_opened.connect(lambda row, key: self.entry_wanted.emit(*key))
                pane.table.link_clicked.connect(lambda row, key, column: self.entry_wanted.emit(*key))
            self._body.addWidget(pane)
            self._fill(key)
        return self._made[key]

    def show_record(self, words: Words, loaded: Loaded, refusal: str) -> None:
        """Show what was read; `refusal` greys the acts with its reason."""
        self._shown = (words, loaded, refusal)
        for key in self._made:
            self._fill(key)

    def show_loaded(self, loaded: Loaded) -> None:
        """Show what was read anew of the same record."""
        if self._shown is not None:
            words, _, refusal = self._shown
            self.show_record(words, loaded, refusal)

    def _fill(self, key: str) -> None:
        if self._shown is None:
            return
        words, loaded, refusal = self._shown
        match self._made[key]:
            case LicencePane() as licences:
                licences.show_file(words, loaded.file, refusal)
            case EntryPane() as history:
                show_history(history, words, loaded.file, refusal)
            case pane if key == "assessments":
                show_assessments(pane, loaded.assessments)
            case pane if key == "credit":
                show_credit(pane, loaded.credit or (), loaded.file.subject_id)
            case pane if key == "ledgers":
                show_mentions(pane, loaded.mentions)
            case pane if key == "trace":
                show_trace(pane, loaded.trace)
