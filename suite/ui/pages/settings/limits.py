"""期限: every limit of the law that the program counts, with length, unit, article and how sure it is."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from suite.database.engine import ReadSession
from suite.kernel.clocks.limits import LimitLine, limit_lines
from suite.ui.desk import Desk
from suite.ui.kit.columns import Column, ColumnKind
from suite.ui.pages.settings.filtered import WORDS, FilteredPage, is_unsure

COLUMNS = (
    Column(key="owner", title="条线", width=80),
    Column(key="title", title="期限", width=190),
    Column(key="length", title="长度", width=226),
    Column(key="start", title="起算", width=170),
    Column(key="who", title="约束", width=110),
    Column(key="confidence", title="核实", kind=ColumnKind.STATE, width=84),
    Column(key="article", title="依据", width=200, stretch=True),
)


def facts_of(line: LimitLine) -> str:
    """What the list has no room for: rolling, pauses, extension, what follows."""
    parts = []
    if line.before:
        parts.append("倒推，其间应有这么多个整日")
    if line.roll:
        parts.append("末日为休息日的顺延")
    if line.pauses:
        parts.append(f"{'、'.join(line.pauses)}期间不计")
    if line.extension_confidence is not None:
        sure = WORDS[line.extension_confidence].word
        parts.append(f"延长须经{line.extension_approver}批准（{line.extension_article}，{sure}）")
    parts.append(f"届满：{line.lapse}{'，依法自动发生' if line.decides else ''}")
    return "　".join(parts)


class LimitsPage(FilteredPage[LimitLine]):
    """A list to read; the lengths are set as parameters."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk, "limits", "期限", "clock", COLUMNS, placeholder="期限、依据（Ctrl+F）", parent=parent
        )
        self.refresh()

    def read(self, session: ReadSession) -> list[LimitLine]:
        """All limits."""
        return limit_lines(session, self.desk.suite.catalog, self.desk.suite.today)

    def cells(self, line: LimitLine) -> tuple[Any, ...]:
        """A limit in a row."""
        sure = WORDS[line.confidence]
        return line.title, line.length, line.start_words, line.who, sure, line.article

    def words(self, line: LimitLine) -> str:
        """Title, article, key, who is bound."""
        return f"{line.title}\n{line.article}\n{line.key}\n{line.who}"

    def apart(self, line: LimitLine) -> bool:
        """Whether it is 待核实."""
        return is_unsure(line)

    def note_of(self, line: LimitLine) -> str:
        """What the list has no room for."""
        return facts_of(line)
