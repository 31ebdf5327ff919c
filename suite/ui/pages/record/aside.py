"""The right column of a record: what to remember, what it is connected with, what was done lately."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from suite.contract.states import StateKind
from suite.kernel.registry.record_file import RecordFile
from suite.kernel.registry.trace import TraceLine
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.panes import Frame, rule
from suite.ui.kit.state import StateGlyph
from suite.ui.kit.text import ElidedLabel, label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import FOLD_DOCK, LARGE_TYPE, NARROW_WINDOW, S6, S8, S12, TextSize
from suite.ui.pages.record.head import LinkLabel
from suite.ui.pages.record.loaded import Loaded
from suite.ui.pages.record.tables import moment, who
from suite.ui.pages.record.wording import Words

WIDTH = 360
WIDTH_SMALL = 288
#: A licence that ends within this many days is told.
SOON_DAYS = 90
LATEST = 4


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """One thing worth knowing now."""

    kind: StateKind
    text: str
    note: str


def reminders(words: Words, file: RecordFile, today: dt.date) -> list[Reminder]:
    """What the record itself says: licences about to end or ended while the record is counted."""
    found: list[Reminder] = []
    counted = file.values.get("status") in words.kind.counted
    for licence in file.licences:
        if licence.valid_to is None or not counted:
            continue
        left = (licence.valid_to - today).days
        text = f"{licence.title} {licence.valid_to} 到期"
        if left < 0:
            found.append(Reminder(kind=StateKind.BAD, text=text, note=f"已过 {-left} 日"))
        elif left <= SOON_DAYS:
            note = "今天" if left == 0 else f"剩 {left} 日"
            found.append(Reminder(kind=StateKind.WARN, text=text, note=note))
    return found


class Aside(Frame):
    """Made anew for each state of the record."""

    record_wanted = Signal(str, int)  # kind, subject
    link_wanted = Signal(str)  # field key
    trace_wanted = Signal()

    def __init__(self, words: Words, loaded: Loaded, today: dt.date) -> None:
        super().__init__("dock")
        self._words = words
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = Frame("surface")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(S12, S8, S12, S8)
        self._column.setSpacing(S6)
        area.setWidget(inner)
        outer.addWidget(area)
        self._reminders(reminders(words, loaded.file, today))
        self._connections(loaded)
        self._latest(loaded.trace, today)
        self._column.addStretch()
        self.setAccessibleName("提醒、关联与最近操作")

    def fit(self, window_width: int) -> None:
        """Narrower in a narrow window; folded away where large type leaves no room for it."""
        folded = theme().scale >= LARGE_TYPE and window_width < FOLD_DOCK
        self.setVisible(not folded)
        self.setFixedWidth(theme().pixels(WIDTH_SMALL if window_width < NARROW_WINDOW else WIDTH))

    def _head(self, title: str, more: QWidget | None = None) -> None:
        row = QHBoxLayout()
        row.addWidget(label(title, bold=True))
        row.addStretch()
        if more is not None:
            row.addWidget(more)
        self._column.addLayout(row)

    def _rule(self) -> None:
        self._column.addSpacing(S6)
        self._column.addWidget(rule())
        self._column.addSpacing(S6)

    def _reminders(self, found: Sequence[Reminder]) -> None:
        if not found:
            return
        self._head("提醒")
        for reminder in found:
            row = QHBoxLayout()
            row.setSpacing(S6)
            row.addWidget(StateGlyph(reminder.kind))
            row.addWidget(ElidedLabel(reminder.text), 1)
            row.addWidget(label(reminder.note, tone="text2", size=TextSize.CAPTION))
            self._column.addLayout(row)
        self._rule()

    def _connections(self, loaded: Loaded) -> None:
        file = loaded.file
        rows: list[tuple[str, QWidget, str]] = []
        for field in self._words.kind.fields:
            value = file.values.get(field.key)
            if isinstance(value, tuple):
                link = LinkLabel(str(value[1]))
                link.clicked.connect(lambda key=field.key: self.link_wanted.emit(key))
                rows.append((field.title, link, self._since(field.key, file)))
        for role in file.other_roles:
            link = LinkLabel(role.name)
            link.clicked.connect(
                lambda kind=role.kind, number=role.subject_id: self.record_wanted.emit(kind, number)
            )
            rows.append((role.kind_title, link, role.status))
        for kind, number in loaded.members:
            rows.append((kind.title, ElidedLabel(f"{number:,} {kind.unit}"), ""))
        if not rows:
            return
        self._head("关联")
        widest = max(theme().metrics(TextSize.CAPTION).horizontalAdvance(title) for title, _, _ in rows)
        for title, widget, note in rows:
            row = QHBoxLayout()
            row.setSpacing(S8)
            caption = ElidedLabel(title, tone="text2", size=TextSize.CAPTION)
            caption.setFixedWidth(min(widest + 2, theme().pixels(96)))
            row.addWidget(caption)
            row.addWidget(widget, 1)
            if note:
                row.addWidget(label(note, tone="text2", size=TextSize.CAPTION))
            self._column.addLayout(row)
        self._rule()

    @staticmethod
    def _since(key: str, file: RecordFile) -> str:
        if key != "body_id":
            return ""
        days = [post.from_date for post in file.posts if post.void_reason is None and post.to_date is None]
        day = max((day for day in days if day is not None), default=None)
        return f"{day:%Y-%m} 起" if day else ""

    def _latest(self, trace: Sequence[TraceLine], today: dt.date) -> None:
        everything = Button(f"全部 {len(trace)} 条", look=Look.LINK)
        everything.clicked.connect(self.trace_wanted)
        self._head("最近操作", everything)
        for line in trace[:LATEST]:
            row = QHBoxLayout()
            row.setSpacing(S8)
            when = moment(line.at)
            # The year is left out where it is this one.
            shown = when[5:] if when.startswith(f"{today.year}-") else when[:10]
            row.addWidget(label(shown, tone="text2", size=TextSize.CAPTION))
            row.addWidget(label(who(line), tone="text2", size=TextSize.CAPTION))
            row.addWidget(ElidedLabel(_told(line)), 1)
            self._column.addLayout(row)


def _told(line: TraceLine) -> str:
    first = line.changes[0].text if line.changes else line.act
    more = f"等 {len(line.changes)} 项" if len(line.changes) > 1 else ""
    reason = f"，事由：{line.reason}" if line.reason else ""
    return f"{first}{more}{reason}"
