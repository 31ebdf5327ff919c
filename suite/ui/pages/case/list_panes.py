"""The lists of a case (证据、检查项、问题…): a table each, lines crossed out stay to be read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from suite.contract.case_facts import Cell
from suite.contract.casework import CaseList
from suite.kernel.casework.line_file import LineRow, ListFile
from suite.kernel.casework.papers.queries import CasePapers, FileLine
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.columns import Column, ColumnKind, DiffValue
from suite.ui.kit.panes import Pane
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.table import TableView
from suite.ui.kit.text import label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S8, S12, Height
from suite.ui.pages.case.line_files import LineFiles, standing

NO_RIGHT = "您没有办理本件的权限"
LEAST = 120
_WIDTHS = {Cell.NAME: 200, Cell.TEXT: 250, Cell.ARTICLE: 200, Cell.PLACE: 140, Cell.CODE: 230}


class ListPane(Pane):
    """One list. Its signals carry the list; those about a line also the line, `attach_wanted` that too."""

    add_wanted = Signal(object)  # CaseList
    correct_wanted = Signal(object, object)  # CaseList, LineRow
    strike_wanted = Signal(object, object)
    attach_wanted = Signal(object, object)

    def __init__(self, case_list: CaseList) -> None:
        super().__init__(case_list.title)
        self.case_list = case_list
        self._rows: tuple[LineRow, ...] = ()
        self._files: dict[int, list[FileLine]] = {}
        self._refusal = self._attach_refusal = ""
        self._may_reveal = False
        widest = max(case_list.columns, key=lambda column: _WIDTHS.get(column.cell, 0)).cell
        columns = [Column(key="no", title="序号", width=48)] + [
            Column(
                key=column.cell.value,
                title=column.title,
                kind=ColumnKind.DIFF,
                width=_WIDTHS.get(column.cell, 96),
                stretch=column.cell is widest,
                least=LEAST if column.cell is widest else 0,
            )
            for column in case_list.columns
        ]
        columns.append(Column(key="files", title="附件", kind=ColumnKind.NUMBER, width=52))
        self.source = ListSource()
        self.table = TableView(RowTableModel(columns, self.source, self))
        self.table.setAccessibleName(case_list.title)
        self.empty = label("", tone="text2")
        self.empty.setContentsMargins(S12, S8, S12, S8)
        self.body.addWidget(self.table)
        self.body.addWidget(self.empty)
        self.files = LineFiles()
        self.body.addWidget(self.files)
        self.add, self.correct, self.strike, self.attach = (
            Button(text, icon_name=icon, look=Look.LINK)
            for text, icon in (("添加…", "plus"), ("补填或更正…", ""), ("划去…", ""), ("附入文件…", ""))
        )
        for button in (self.add, self.correct, self.strike, self.attach):
            self.head.addWidget(button)
        self.add.clicked.connect(lambda: self.add_wanted.emit(self.case_list))
        self.correct.clicked.connect(lambda: self.correct_wanted.emit(self.case_list, self._current()))
        self.strike.clicked.connect(lambda: self.strike_wanted.emit(self.case_list, self._current()))
        self.attach.clicked.connect(lambda: self.attach_wanted.emit(self.case_list, self._current()))
        self.table.selectionModel().currentChanged.connect(self._allow)

    def show_list(self, found: ListFile, refusal: str, papers: CasePapers) -> None:
        """Show the lines anew; `refusal` says why nothing may be changed, empty where it may.

        Files may be attached to a line as they may to the case itself.
        """
        self._rows, self._refusal = found.rows, refusal
        self._attach_refusal = "" if papers.may_handle else NO_RIGHT
        self._may_reveal = papers.may_reveal
        self._files = {}
        for file in papers.files:
            if file.line_id is not None:
                self._files.setdefault(file.line_id, []).append(file)
        self.source.set_rows(
            [
                (
                    str(row.no),
                    *(
                        DiffValue(row.struck if place == 0 else "", word or "—")
                        if row.struck
                        else DiffValue(word, word)
                        for place, word in enumerate(row.words)
                    ),
                    standing(self._files.get(row.id, ())) or None,
                )
                for row in found.rows
            ],
            [row.no for row in found.rows],
        )
        self.table.header.fit_to([(str(row.no), *row.words, "") for row in found.rows])
        self.table.setVisible(bool(found.rows))
        self.empty.setVisible(not found.rows)
        self.empty.setText(f"还没有登记{self.case_list.title}。")
        look = theme()
        height = look.height(Height.TABLE_HEADER) + len(found.rows) * look.height(Height.ROW_STANDARD) + 4
        self.table.setFixedHeight(height)
        self._allow()

    def _current(self) -> LineRow | None:
        key = self.table.current_key
        return next((row for row in self._rows if row.no == key), None)

    def _allow(self) -> None:
        row = self._current()
        self.add.set_refusal(self._refusal)
        why = self._refusal
        if not why and row is None:
            why = "先在表中选择一行"
        elif not why and row is not None and row.struck:
            why = "这一条已经划去"
        for button in (self.correct, self.strike):
            button.setVisible(bool(self._rows))
            button.set_refusal(why)
        self.attach.setVisible(bool(self._rows))
        self.attach.set_refusal(self._attach_refusal or ("" if row is not None else "先在表中选择一行"))
        files = self._files.get(row.id, ()) if row is not None else ()
        no = row.no if row is not None else 0
        self.files.show_files(no, files, self._attach_refusal, may_reveal=self._may_reveal)


class ListPanes(QWidget):
    """All lists of a case, in the order in which they are declared."""

    add_wanted = Signal(object)
    correct_wanted = Signal(object, object)
    strike_wanted = Signal(object, object)
    attach_wanted = Signal(object, object)
    save_file_wanted = Signal(object)  # FileLine
    strike_file_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(S8)
        self.panes: dict[str, ListPane] = {}

    def show_lists(self, lists: Sequence[ListFile], refusal: str, papers: CasePapers) -> None:
        """The same panes are filled anew, so that the place in a table stays."""
        for found in lists:
            key = found.case_list.key
            if key not in self.panes:
                pane = self.panes[key] = ListPane(found.case_list)
                pane.add_wanted.connect(self.add_wanted)
                pane.correct_wanted.connect(self.correct_wanted)
                pane.strike_wanted.connect(self.strike_wanted)
                pane.attach_wanted.connect(self.attach_wanted)
                pane.files.save_wanted.connect(self.save_file_wanted)
                pane.files.strike_wanted.connect(self.strike_file_wanted)
                self._column.addWidget(pane)
            self.panes[key].show_list(found, refusal, papers)
        self.setVisible(bool(lists))

    def widen(self) -> None:
        """The wide columns take what is left."""
        for pane in self.panes.values():
            pane.table.header.fit()
