"""处罚目录: what may be imposed for what, on whom and by whom, with the article; both tracks."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from suite.database.engine import ReadSession
from suite.kernel.casework.penalties.catalogue import PenaltyLine, penalty_lines
from suite.ui.desk import Desk
from suite.ui.kit.columns import Column, ColumnKind
from suite.ui.kit.text import label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S8, S12
from suite.ui.pages.settings.filtered import WORDS, FilteredPage, is_unsure

COLUMNS = (
    Column(key="owner", title="条线", width=68),
    Column(key="code", title="代码", width=52),
    Column(key="track", title="类别", width=72),
    Column(key="title", title="情形", width=206),
    Column(key="subjects", title="对象", width=124),
    Column(key="measures", title="种类和幅度", width=230, stretch=True),
    Column(key="deciders", title="决定机关", width=120),
    Column(key="confidence", title="核实", kind=ColumnKind.STATE, width=84),
    Column(key="article", title="依据", width=164),
)


#: Room for the longest entry.
DETAIL = 110


class PenaltiesPage(FilteredPage[PenaltyLine]):
    """A list to read; what is not settled in it is set as parameters."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            "penalties",
            "处罚目录",
            "document",
            COLUMNS,
            placeholder="行为、种类、依据（Ctrl+F）",
            parent=parent,
        )
        self.detail = label("", wrap=True)
        self.detail.setContentsMargins(S12, S8, S12, S8)
        self.detail.setMinimumHeight(theme().pixels(DETAIL))
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.pane.body.addWidget(self.detail)
        self.refresh()

    def read(self, session: ReadSession) -> list[PenaltyLine]:
        """All entries."""
        return penalty_lines(session, self.desk.suite.catalog, self.desk.suite.today)

    def cells(self, line: PenaltyLine) -> tuple[Any, ...]:
        """An entry in a row."""
        return (
            line.code,
            line.track_words,
            line.title,
            line.subject_words,
            "；".join(line.measures),
            line.deciders,
            WORDS[line.confidence],
            line.article,
        )

    def words(self, line: PenaltyLine) -> str:
        """Everything that is told of an entry."""
        told = (
            line.key,
            line.code,
            line.title,
            line.track_words,
            line.subject_words,
            line.article,
            line.basis,
        )
        return "\n".join((*told, *line.conduct, *line.measures))

    def apart(self, line: PenaltyLine) -> bool:
        """Whether it is 待核实."""
        return is_unsure(line)

    def note_of(self, line: PenaltyLine) -> str:
        """The version of the law; what the row cuts short stands in the detail above it."""
        self.detail.setText(
            f"{line.code} {line.title}（{line.subject_words}）\n行为：{'；'.join(line.conduct)}\n"
            f"种类和幅度：{'；'.join(line.measures)}\n决定机关：{line.deciders}"
        )
        return f"{line.article}　{line.basis}，自 {line.valid_from} 起"
