"""The head of a record: who it is, in what state, nine facts, and what can be done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from suite.contract.declarations import Field, FieldType
from suite.kernel.clocks.spans import whole_years
from suite.kernel.registry.record_file import RecordFile
from suite.ui.kit.buttons import Button
from suite.ui.kit.icons import pixmap
from suite.ui.kit.state import StateChip
from suite.ui.kit.text import ElidedLabel, label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S4, S8, S12, S16, S24, TextSize
from suite.ui.pages.record.masked_fact import MaskedFact
from suite.ui.pages.record.wording import Words

PHOTO = QSize(66, 86)
NO_REVEAL = "您没有查看完整证件号码与电话的权限，请联系科室管理员。"


class PhotoSlot(QWidget):
    """Where a photo will stand: a quiet glyph in a frame."""

    def __init__(self, *, person: bool) -> None:
        super().__init__()
        self._icon = "person" if person else "building"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("照片未上传" if person else "机构")

    def sizeHint(self) -> QSize:
        look = theme()
        return QSize(look.pixels(PHOTO.width()), look.pixels(PHOTO.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.color("header"))
        painter.setPen(QPen(look.color("mid"), 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        edge = look.pixels(PHOTO.width()) * 3 // 5
        picture = pixmap(self._icon, "ctl", edge, self.devicePixelRatioF())
        painter.drawPixmap((self.width() - edge) // 2, (self.height() - edge) // 2, picture)
        painter.end()


class LinkLabel(ElidedLabel):
    """A name that opens its record, by click or Enter."""

    clicked = Signal()

    def __init__(self, text: str) -> None:
        super().__init__(text, tone="accent")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(f"打开{text}")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()

    def keyPressEvent(self, event: object) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # type: ignore[attr-defined]
            self.clicked.emit()
            return
        super().keyPressEvent(event)  # type: ignore[arg-type]

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(theme().color("accent"), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            painter.end()


class RecordHead(QWidget):
    """Shows one record file; made anew for each state of it."""

    link_clicked = Signal(str)  # field key
    reveal_wanted = Signal(str, str)  # field key, reason
    change_wanted = Signal(str)  # key of the field to change
    licence_wanted = Signal()

    def __init__(self, words: Words, file: RecordFile, today: dt.date, refusal: str) -> None:
        super().__init__()
        self._words = words
        self._file = file
        self._today = today
        self.masked: dict[str, list[MaskedFact]] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(S16, S12, S16, S8)
        row.setSpacing(S16)
        row.addWidget(PhotoSlot(person=words.kind.has_person), 0, Qt.AlignmentFlag.AlignTop)
        right = QVBoxLayout()
        right.setSpacing(S4)
        right.addLayout(self._first_line(refusal))
        right.addLayout(self._facts(words.facts()))
        right.addStretch()
        row.addLayout(right, 1)
        # The eye of a hidden or lower control must not stretch the lines.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _first_line(self, refusal: str) -> QHBoxLayout:
        words, values = self._words, self._file.values
        line = QHBoxLayout()
        line.setSpacing(S12)
        name = ElidedLabel(str(values.get("name") or ""), size=TextSize.NAME, bold=True)
        line.addWidget(name)
        self.chip = StateChip(words.state(values.get("status")))
        line.addWidget(self.chip)
        for text in self._about():
            line.addWidget(label(text))
        number = words.kind.by_key.get("id_number")
        if number is not None and values.get("id_number"):
            pair = QHBoxLayout()
            pair.setSpacing(S4)
            pair.addWidget(label("身份证", tone="text2"))
            pair.addWidget(self._masked_fact(number))
            line.addLayout(pair)
        line.addStretch()
        self.change = Button("变更登记", arrow=True)
        self.change.clicked.connect(self.open_changes)
        line.addWidget(self.change)
        self.licence = Button("登记许可变动…", self)
        self.licence.hide()
        self.licence.clicked.connect(self.licence_wanted)
        if self._file.licences:
            line.addWidget(self.licence)
            self.licence.show()
        if refusal:
            self.change.refuse(refusal)
            self.licence.refuse(refusal)
        return line

    def open_changes(self) -> None:
        """Drop the list of what a 变更登记 may change."""
        menu = QMenu(self)
        for field in self._words.changeable():
            menu.addAction(field.title).triggered.connect(
                lambda _=False, key=field.key: self.change_wanted.emit(key)
            )
        self.change.open_menu(menu)

    def _about(self) -> list[str]:
        words, values = self._words, self._file.values
        if not words.kind.has_person:
            return [words.kind.title]
        parts = (
            [words.text(words.kind.by_key["sex"], values.get("sex"))] if "sex" in words.kind.by_key else []
        )
        born = values.get("birth_date")
        if isinstance(born, dt.date):
            parts.append(f"{whole_years(born, self._file.as_of or self._today)} 岁")
        party = words.kind.by_key.get("political_status")
        if party is not None:
            parts.append(words.text(party, values.get("political_status")))
        return [part for part in parts if part]

    def _facts(self, facts: Sequence[Field]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(S24)
        grid.setVerticalSpacing(S4)
        titles = [field.title for field in facts]
        for place, field in enumerate(facts):
            cell = QHBoxLayout()
            cell.setSpacing(S8)
            caption = label(field.title, tone="text2")
            same = titles[place % 3 :: 3]
            caption.setFixedWidth(max(theme().metrics().horizontalAdvance(title) for title in same) + 2)
            caption.setFixedHeight(theme().height(20))
            cell.addWidget(caption)
            cell.addWidget(self._fact(field), 1)
            grid.addLayout(cell, place // 3, place % 3)
        for column in range(3):
            grid.setColumnStretch(column, 1)
        return grid

    def _fact(self, field: Field) -> QWidget:
        value = self._file.values.get(field.key)
        text = self._words.text(field, value)
        if field.sensitive and value:
            holder = QWidget()
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(self._masked_fact(field))
            row.addStretch()
            return holder
        if field.type is FieldType.LINK and text:
            link = LinkLabel(text)
            link.clicked.connect(lambda: self.link_clicked.emit(field.key))
            return link
        licence = self._words.kind.licence
        if licence is not None and field.key == licence.valid_from and isinstance(value, dt.date):
            text = f"{value}（{whole_years(value, self._today)} 年）"
        return ElidedLabel(text or "—", tone="text1" if text else "text3")

    def _masked_fact(self, field: Field) -> MaskedFact:
        refusal = "" if self._file.may_reveal else NO_REVEAL
        made = MaskedFact(
            field.title,
            str(self._file.values.get(field.key)),
            refusal=refusal,
            seconds=self._words.around.reveal_seconds,
        )
        made.reveal_wanted.connect(lambda reason: self._reveal_asked(field.key, made, reason))
        self.masked.setdefault(field.key, []).append(made)
        return made

    def _reveal_asked(self, key: str, asking: MaskedFact, reason: str) -> None:
        # Of two places that show the field only the one that was asked reveals it.
        self.masked[key].remove(asking)
        self.masked[key].insert(0, asking)
        self.reveal_wanted.emit(key, reason)

    def reveal(self, key: str, full: str, seconds: int) -> None:
        """Answer to `reveal_wanted`."""
        self.masked[key][0].reveal(full, seconds)


def new_head(title: str) -> QWidget:
    """The head of a record that does not exist yet."""
    head = QWidget()
    row = QHBoxLayout(head)
    row.setContentsMargins(S16, S12, S16, S12)
    row.setSpacing(S12)
    row.addWidget(label(f"新增{title}", size=TextSize.NAME, bold=True))
    row.addWidget(label("保存后建立档案，许可与经历从此时起登记", tone="text2"))
    row.addStretch()
    return head
