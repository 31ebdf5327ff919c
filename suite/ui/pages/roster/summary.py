"""The summary dock of a list: head, facts, masked values with the eye, history."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from suite.contract.commands import Done
from suite.contract.problems import Refused
from suite.database.engine import ReadSession
from suite.kernel.registry.commands import RevealIdentity
from suite.kernel.registry.record_file import record_file
from suite.ui.desk import Desk, Ticket, sentence_of
from suite.ui.kit.buttons import Button, Look, icon_button
from suite.ui.kit.dock import DockHead, SummaryDock
from suite.ui.kit.masked import ReasonStrip
from suite.ui.kit.panes import rule
from suite.ui.kit.text import ElidedLabel, label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S4, S6, S12, TextSize
from suite.ui.pages.roster.history_strip import HistoryStrip
from suite.ui.pages.roster.summary_data import Fact, Summary, linked_ids, summary_of

NOTHING = "选中一行，这里显示摘要。"


class LinkLabel(ElidedLabel):
    """A text that opens something."""

    clicked = Signal()

    def __init__(self, text: str) -> None:
        super().__init__(text, tone="accent")
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()


class SecretLine(QWidget):
    """A masked value. The eye asks for a reason; the value goes again after the seconds it was shown for."""

    reveal_wanted = Signal(str)  # reason

    def __init__(self, fact: Fact, caption_width: int, refusal: str) -> None:
        super().__init__()
        self._masked = fact.text
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S4)
        row = QHBoxLayout()
        row.setSpacing(S12)
        caption = label(fact.title, tone="text2", size=TextSize.CAPTION)
        caption.setFixedWidth(caption_width)
        self.value = ElidedLabel(fact.text)
        self.eye = icon_button("eye", f"查看完整的{fact.title}，须填写事由")
        if refusal:
            self.eye.refuse(refusal)
        row.addWidget(caption)
        row.addWidget(self.value, 1)
        row.addWidget(self.eye)
        column.addLayout(row)
        self.strip = ReasonStrip()
        self.strip.hide()
        column.addWidget(self.strip)
        self.told = label("", tone="text2", size=TextSize.CAPTION, wrap=True)
        self.told.hide()
        column.addWidget(self.told)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.conceal)
        self.eye.clicked.connect(self._ask)
        self.strip.given.connect(self._given)

    def _ask(self) -> None:
        if self.strip.isVisible():
            self.strip.hide()
            return
        self.told.hide()
        self.strip.show()
        self.strip.begin()

    def _given(self, reason: str) -> None:
        self.strip.hide()
        self.reveal_wanted.emit(reason)

    def reveal(self, full: str, seconds: int) -> None:
        """Show the whole value for so many seconds."""
        self.value.setText(full)
        self._tell(f"{seconds} 秒后恢复掩码，已写入操作记录")
        self._timer.start(seconds * 1_000)

    def conceal(self) -> None:
        """Show the mask again."""
        self._timer.stop()
        self.value.setText(self._masked)
        self.told.hide()

    def refuse(self, sentence: str) -> None:
        """Say why it is not shown."""
        self._tell(sentence)

    def _tell(self, sentence: str) -> None:
        self.told.setText(sentence)
        self.told.show()


class RosterSummary(SummaryDock):
    """Shows one record; never takes the keyboard by itself."""

    open_wanted = Signal(str, int)  # kind, subject

    def __init__(self, desk: Desk, districts: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__("摘要", parent)
        self._desk = desk
        self._districts = districts
        self._ticket: Ticket | None = None
        self._wanted: tuple[str, int, date | None] | None = None
        self.summary: Summary | None = None
        self.secrets: dict[str, SecretLine] = {}
        self.open_button = Button("打开档案", icon_name="record", look=Look.PRIMARY)
        self.open_button.clicked.connect(self._open)
        self.add_foot(self.open_button)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No row is selected."""
        self._drop()
        self._wanted = self.summary = None
        self._say(NOTHING)

    def _say(self, sentence: str) -> None:
        self.clear()
        self.secrets = {}
        self.body.addWidget(label(sentence, tone="text2", wrap=True))
        self.open_button.refuse("先选中一行")

    @property
    def wanted(self) -> int | None:
        """The subject that is shown or under way."""
        return self._wanted[1] if self._wanted else None

    def show_subject(self, kind: str, subject_id: int, as_of: date | None) -> None:
        """Fetch and show a record."""
        self._drop()
        self._wanted = (kind, subject_id, as_of)
        suite, actor, districts = self._desk.suite, self._desk.actor, self._districts

        def query(session: ReadSession) -> Summary:
            file = record_file(session, actor, suite.catalog, subject_id, as_of=as_of)
            shown = suite.catalog.kinds[file.kind]
            kinds = {}
            for target in linked_ids(file, shown):
                # A body that the actor may not open is named and not a link.
                with suppress(Refused):
                    kinds[target] = record_file(session, actor, suite.catalog, target).kind
            return summary_of(file, shown, suite.catalog, districts, suite.today, kinds)

        self._ticket = self._desk.read(query, self._came, self._lost)

    def refresh(self) -> None:
        """Read the record that is shown anew."""
        if self._wanted is not None:
            self.show_subject(*self._wanted)

    def _drop(self) -> None:
        if self._ticket is not None:
            self._ticket.drop()
            self._ticket = None

    def _lost(self, error: Exception) -> None:
        self._ticket = None
        self.summary = None
        self._say(sentence_of(error))

    def _came(self, summary: Summary) -> None:
        self._ticket = None
        self.summary = summary
        self.clear()
        self.secrets = {}
        self.open_button.allow()
        self.body.addWidget(DockHead(summary.name, summary.note, summary.state))
        look = theme()
        titles = [fact.title for fact in (*summary.facts, *summary.secrets)]
        widest = max((look.metrics(TextSize.CAPTION).horizontalAdvance(title) for title in titles), default=0)
        width = min(widest, look.pixels(96)) + 2
        self.body.addLayout(self._facts(summary, width))
        refusal = "" if summary.may_reveal else "您没有查看完整信息的权限，请联系科室管理员"
        secrets = QVBoxLayout()
        secrets.setSpacing(0)  # the eye is higher than a line of text: its own air is enough
        self.body.addLayout(secrets)
        for fact in summary.secrets:
            line = SecretLine(fact, width, refusal)
            line.reveal_wanted.connect(lambda reason, line=line, fact=fact: self._reveal(line, fact, reason))
            self.secrets[fact.field] = line
            secrets.addWidget(line)
        self.body.addSpacing(S4)
        self.body.addWidget(rule())
        head = QHBoxLayout()
        head.addWidget(label("沿革", tone="text2", size=TextSize.CAPTION))
        head.addStretch()
        if summary.all_events > len(summary.events):
            more = Button(f"全部 {summary.all_events} 条", look=Look.LINK)
            more.clicked.connect(self._open)
            head.addWidget(more)
        self.body.addLayout(head)
        self.body.addWidget(HistoryStrip(summary.events))

    def _facts(self, summary: Summary, width: int) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(S12)
        grid.setVerticalSpacing(S6)
        grid.setColumnStretch(1, 1)
        for row, fact in enumerate(summary.facts):
            caption = ElidedLabel(fact.title, tone="text2", size=TextSize.CAPTION)
            caption.setFixedWidth(width)
            grid.addWidget(caption, row, 0)
            if fact.link is not None:
                value: ElidedLabel = LinkLabel(fact.text)
                value.clicked.connect(  # type: ignore[attr-defined]
                    lambda target=fact.link: self.open_wanted.emit(*target)
                )
            else:
                value = ElidedLabel(fact.text)
            grid.addWidget(value, row, 1)
        return grid

    def _reveal(self, line: SecretLine, fact: Fact, reason: str) -> None:
        if self.summary is None:
            return
        subject_id = self.summary.subject_id
        command = RevealIdentity(
            kind=self.summary.kind, subject_id=subject_id, field=fact.field, reason=reason
        )

        def shown(done: Done) -> None:
            if self.secrets.get(fact.field) is line:
                line.reveal(str(done.result["value"] or "—"), int(done.result["seconds"]))

        def refused(error: Exception) -> None:
            if self.secrets.get(fact.field) is line:
                line.refuse(sentence_of(error))

        self._desk.run(command, shown, refused, reason=reason, owner=line)

    def _open(self) -> None:
        if self.summary is not None:
            self.open_wanted.emit(self.summary.kind, self.summary.subject_id)
