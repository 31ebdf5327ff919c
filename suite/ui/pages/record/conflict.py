"""Another desk saved first: field by field what it was, what you typed and what the other one saved."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from suite.contract.states import StateKind
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.notices import Notice, NoticeBar, NoticeKind
from suite.ui.kit.panes import Bar, Frame, rule
from suite.ui.kit.radio import RADIO, Radio
from suite.ui.kit.state import StateGlyph
from suite.ui.kit.text import ElidedLabel, label, set_tone
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S6, S8, S12, S16, TextSize
from suite.ui.pages.record.merging import FieldMeeting, Side

ROW = 40


class ConflictView(Frame):
    """Takes the place of the form. Only real conflicts ask; what does not touch is merged already.

    `merge_wanted` carries key → Side of the conflicts; `drop_wanted` throws one's own edits away.
    """

    merge_wanted = Signal(object)  # dict[str, Side]
    drop_wanted = Signal()

    def __init__(
        self, meetings: Sequence[FieldMeeting], who: str, opened: str, typed: str, saved: str
    ) -> None:
        super().__init__("surface")
        self.meetings = tuple(meetings)
        self.choices: dict[str, Side] = {}
        self.radios: dict[tuple[str, Side], Radio] = {}
        self._who = who
        self._results: dict[str, QLabel] = {}
        self._groups: list[QButtonGroup] = []
        conflicts = sum(1 for meeting in meetings if meeting.conflict)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        text = (
            f"保存未完成：{who} 在 {saved} 修改了这份档案，其中 {conflicts} 项与您的修改冲突"
            if conflicts
            else f"{who} 在 {saved} 修改了这份档案，与您的修改没有冲突"
        )
        kind = NoticeKind.BAD if conflicts else NoticeKind.WARN
        column.addWidget(NoticeBar(Notice(kind=kind, text=text, remark="您的内容仍在，未丢失")))
        column.addWidget(self._table(opened, typed, saved), 1)
        column.addWidget(self._foot())
        self._tell()

    def _table(self, opened: str, typed: str, saved: str) -> QWidget:
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = Frame("surface")
        grid = QGridLayout(inner)
        grid.setContentsMargins(S16, S8, S16, S12)
        grid.setHorizontalSpacing(S16)
        grid.setVerticalSpacing(0)
        heads = (
            "字段",
            f"打开时（{opened}）",
            f"您的修改（{typed}）",
            f"{self._who}的修改（{saved}）",
            "保存结果",
        )
        for place, head in enumerate(heads):
            caption = label(head, tone="text2", size=TextSize.CAPTION)
            caption.setFixedHeight(theme().height(30))
            grid.addWidget(caption, 0, place)
        grid.addWidget(rule(), 1, 0, 1, 5)
        for number, meeting in enumerate(self.meetings):
            self._row(grid, 2 + 2 * number, meeting)
        last = 2 + 2 * len(self.meetings)
        note = label(
            "两边都没有改过的字段不列出。合并后在操作记录中留下三方的值和您的选择。",
            tone="text2",
            size=TextSize.CAPTION,
            wrap=True,
        )
        note.setContentsMargins(0, S12, 0, 0)
        grid.addWidget(note, last, 0, 1, 5)
        grid.setRowStretch(last + 1, 1)
        for place, stretch in enumerate((3, 5, 5, 5, 6)):
            grid.setColumnStretch(place, stretch)
        area.setWidget(inner)
        return area

    def _row(self, grid: QGridLayout, line: int, meeting: FieldMeeting) -> None:
        row = Bar("surface", ROW)
        row.row.setContentsMargins(0, 0, 0, 0)
        row.row.setSpacing(S6)
        row.row.addWidget(StateGlyph(StateKind.BAD if meeting.conflict else StateKind.OK))
        row.row.addWidget(ElidedLabel(meeting.title, bold=meeting.conflict), 1)
        grid.addWidget(row, line, 0)
        grid.addWidget(ElidedLabel(meeting.base or "（空）", tone="text2"), line, 1)
        group = QButtonGroup(self)
        self._groups.append(group)
        for place, side, value in ((2, Side.MINE, meeting.mine), (3, Side.THEIRS, meeting.theirs)):
            if value is None:
                unchanged = label("未改", tone="text2")
                unchanged.setContentsMargins(S8 + theme().pixels(RADIO) + S8, 0, 0, 0)
                grid.addWidget(unchanged, line, place)
                continue
            whose = "您的修改" if side is Side.MINE else f"{self._who}的修改"
            radio = Radio(value or "（空）", f"{meeting.title}，{whose}：{value or '空'}")
            radio.setChecked(meeting.choice is side)
            self.radios[meeting.key, side] = radio
            if meeting.conflict:
                group.addButton(radio)
                radio.clicked.connect(lambda _=False, m=meeting, s=side: self.choose(m.key, s))
            else:
                radio.setFocusPolicy(Qt.FocusPolicy.NoFocus)
                radio.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            grid.addWidget(radio, line, place)
        self._results[meeting.key] = label("", bold=meeting.conflict, wrap=True)
        grid.addWidget(self._results[meeting.key], line, 4)
        grid.addWidget(rule(), line + 1, 0, 1, 5)

    def _foot(self) -> Bar:
        foot = Bar("foot", 44)
        self.left = label("", tone="bad", bold=True)
        foot.row.addWidget(self.left)
        foot.row.addStretch()
        drop = Button("放弃我的修改")
        drop.clicked.connect(self.drop_wanted)
        theirs = Button(f"全部用{self._who}的")
        theirs.clicked.connect(self._take_theirs)
        self.merge = Button("合并并保存", look=Look.PRIMARY)
        self.merge.clicked.connect(lambda: self.merge_wanted.emit(dict(self.choices)))
        for button in (drop, theirs, self.merge):
            foot.row.addWidget(button)
        return foot

    def choose(self, key: str, side: Side) -> None:
        """Keep one side of a conflict."""
        self.choices[key] = side
        self.radios[key, side].setChecked(True)
        self._tell()

    def _take_theirs(self) -> None:
        for meeting in self.meetings:
            if meeting.conflict:
                self.choose(meeting.key, Side.THEIRS)

    def begin(self) -> None:
        """Give the keyboard to the first conflict."""
        for meeting in self.meetings:
            if meeting.conflict:
                self.radios[meeting.key, Side.MINE].setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.merge.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self) -> None:
        open_ones = 0
        for meeting in self.meetings:
            result = self._results[meeting.key]
            side = self.choices.get(meeting.key, meeting.choice)
            if side is None:
                open_ones += 1
                result.setText("请选择保留哪一个")
                set_tone(result, "bad")
                continue
            whose = "您的" if side is Side.MINE else f"{self._who}的"
            merged = "" if meeting.conflict else "（无冲突，自动合并）"
            result.setText(f"采用{whose}修改{merged}")
            set_tone(result, "text1")
        self.left.setText(f"还有 {open_ones} 项未选择" if open_ones else "")
        if open_ones:
            self.merge.refuse(f"还有 {open_ones} 项未选择")
        else:
            self.merge.allow()
