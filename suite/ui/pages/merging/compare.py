"""Two records side by side: which value wins, what moves, and the strip in which the merge is given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from suite.contract.declarations import Field
from suite.kernel.registry.merging_queries import MergePreview
from suite.kernel.registry.rows import RosterRow
from suite.loader.catalog import Catalog
from suite.ui.kit.act_strip import REASON, ActStrip
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.columns import cell_text
from suite.ui.kit.panes import Bar, Frame, rule
from suite.ui.kit.radio import Radio
from suite.ui.kit.text import ElidedLabel, label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S4, S8, S12, S16, TextSize
from suite.ui.pages.roster.cells import writer_for

ROW = 36
KEPT, GONE = "kept", "gone"
SIDES = ((KEPT, "保留的一方"), (GONE, "并入的一方"))


class CompareView(Frame):
    """One pair. `chosen` comes with every choice, `turn_wanted` asks to keep the other one instead,
    `merge_wanted` carries the reason, `open_wanted` the record (kind, id) to look at."""

    chosen = Signal()
    turn_wanted = Signal()
    merge_wanted = Signal(str)
    open_wanted = Signal(object)

    def __init__(
        self,
        catalog: Catalog,
        districts: Mapping[str, str],
        kinds: tuple[str, str],
        preview: MergePreview,
        today: dt.date,
    ) -> None:
        super().__init__("surface")
        self._catalog, self._districts, self._kinds = catalog, districts, kinds
        self.preview = preview
        self.choices: dict[str, str] = {}
        self.radios: dict[tuple[str, str], Radio] = {}
        self._groups: list[QButtonGroup] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._table(), 1)
        self.strip = ActStrip(self._act(), self._act(), today, note=self._consequence())
        self.strip.show_fields([REASON], {})
        self.strip.hide()
        self.strip.submitted.connect(lambda: self.merge_wanted.emit(str(self.strip.value("reason") or "")))
        self.strip.dropped.connect(self.drop_strip)
        column.addWidget(self.strip)
        column.addWidget(self._foot())

    def _act(self) -> str:
        return "归为同一个人" if self.preview.persons else "合并档案"

    def _consequence(self) -> str:
        gone = self._name(self.preview.gone)
        if self.preview.persons:
            told = "两份档案都保留，此后视为同一个人；所选的证件与个人信息对两份档案都有效。可以撤销。"
        else:
            told = f"“{gone}”的内容移到保留的档案，它不再出现在名册和统计中；用旧编号仍能找到。可以撤销。"
        return f"{told}{self.preview.agreeing}"

    @staticmethod
    def _name(row: RosterRow) -> str:
        return str(row.values.get("name") or "")

    # The table.

    def _table(self) -> QWidget:
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = Frame("surface")
        grid = QGridLayout(inner)
        grid.setContentsMargins(S16, S8, S16, S12)
        grid.setHorizontalSpacing(S12)
        grid.setVerticalSpacing(0)
        grid.addWidget(label("字段", tone="text2", size=TextSize.CAPTION), 0, 0)
        for place, (side, title) in enumerate(SIDES, 1):
            grid.addWidget(self._head(side, title), 0, place)
        grid.addWidget(rule(), 1, 0, 1, 3)
        line = 2
        for field in self.preview.fields:
            self._row(grid, line, field)
            line += 2
        if not self.preview.fields:
            grid.addWidget(label("两份档案登记的内容完全相同。", tone="text2"), line, 0, 1, 3)
            line += 1
        note = label(
            "内容相同的字段不列出。空白的一方默认由另一方补上。",
            tone="text2",
            size=TextSize.CAPTION,
            wrap=True,
        )
        note.setContentsMargins(0, S8, 0, S12)
        grid.addWidget(note, line, 0, 1, 3)
        grid.addWidget(label("将移动的内容", bold=True), line + 1, 0, 1, 3)
        self.parts = QVBoxLayout()
        self.parts.setContentsMargins(0, S4, 0, 0)
        self.parts.setSpacing(S4)
        grid.addLayout(self.parts, line + 2, 0, 1, 3)
        self._show_parts()
        grid.setRowStretch(line + 3, 1)
        for place, stretch in enumerate((3, 5, 5)):
            grid.setColumnStretch(place, stretch)
        area.setWidget(inner)
        return area

    def _head(self, side: str, title: str) -> QWidget:
        row = self.preview.kept if side == KEPT else self.preview.gone
        kind = self._kinds[0] if side == KEPT else self._kinds[1]
        bar = Bar("surface", ROW)
        bar.row.setContentsMargins(S8, 0, 0, 0)
        bar.row.addWidget(label(title, bold=True))
        number = row.values.get("main_no") or f"#{row.subject_id}"
        opened = Button(str(number), look=Look.LINK, tip=f"打开{self._catalog.kinds[kind].title}档案")
        opened.setAccessibleName(f"{title}，打开档案 {number}")
        opened.clicked.connect(lambda: self.open_wanted.emit((kind, row.subject_id)))
        bar.row.addWidget(opened)
        bar.row.addStretch()
        return bar

    def _row(self, grid: QGridLayout, line: int, field: Field) -> None:
        title = ElidedLabel(field.title)
        title.setFixedHeight(theme().height(ROW))
        grid.addWidget(title, line, 0)
        group = QButtonGroup(self)
        self._groups.append(group)
        for place, (side, whose) in enumerate(SIDES, 1):
            text = self._text(field, side)
            radio = Radio(text, f"{field.title}，{whose}：{text}")
            radio.setChecked(self.preview.sides[field.key] == side)
            group.addButton(radio)
            radio.clicked.connect(lambda _=False, key=field.key, one=side: self.choose(key, one))
            self.radios[field.key, side] = radio
            grid.addWidget(radio, line, place)
            if field.key == "id_type":
                # A number is one only together with its type.
                radio.setEnabled(False)
                radio.setToolTip("随证件号码取值")
        grid.addWidget(rule(), line + 1, 0, 1, 3)

    def _text(self, field: Field, side: str) -> str:
        row = self.preview.kept if side == KEPT else self.preview.gone
        value = row.values.get(field.key)
        if value is None or value == "":
            return "（空）"
        return cell_text(writer_for(field, self._catalog, self._districts)(value))

    def _show_parts(self) -> None:
        while (item := self.parts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for words in self.part_words():
            self.parts.addWidget(label(words, tone="text2", wrap=True))

    def part_words(self) -> list[str]:
        """What moves and what stays, one sentence each."""
        found = []
        for part in self.preview.parts:
            stays = f"{part.stays:,} 条留在原档案备查（{part.why}）" if part.stays else ""
            moves = f"移动 {part.moves:,} 条" if part.moves else ""
            words = f"{part.title}：{'，'.join(one for one in (moves, stays) if one)}"
            found.append(words)
        return found or ["没有其他内容引用并入的一方。"]

    # Choosing.

    def choose(self, key: str, side: str) -> None:
        """Let one side's value win."""
        self.choices[key] = side
        self.radios[key, side].setChecked(True)
        if key == "id_number" and ("id_type", side) in self.radios:
            self.radios["id_type", side].setChecked(True)
        self.chosen.emit()

    def show_plan(self, preview: MergePreview) -> None:
        """Say again what moves: a field's history goes where its value goes."""
        self.preview = preview
        self._show_parts()

    # Merging.

    def _foot(self) -> Bar:
        foot = Bar("foot", 44)
        self.left: QLabel = label("", tone="text2", size=TextSize.CAPTION)
        foot.row.addWidget(self.left)
        foot.row.addStretch()
        self.turn = Button("对调", tip="改为保留另一方")
        self.turn.clicked.connect(self.turn_wanted)
        self.merge = Button(f"{self._act()}…", look=Look.PRIMARY)
        self.merge.clicked.connect(self.begin_merge)
        foot.row.addWidget(self.turn)
        foot.row.addWidget(self.merge)
        return foot

    def begin_merge(self) -> None:
        """Open the strip that says what will happen and asks why."""
        self.merge.setEnabled(False)
        self.strip.begin()

    def drop_strip(self) -> bool:
        """Close the strip; False where it was not open."""
        if self.strip.isHidden():
            return False
        self.strip.hide()
        self.merge.setEnabled(True)
        self.merge.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def begin(self) -> None:
        """Give the keyboard to the first choice."""
        first = next((radio for radio in self.radios.values() if radio.isEnabled()), None)
        (first or self.merge).setFocus(Qt.FocusReason.OtherFocusReason)
