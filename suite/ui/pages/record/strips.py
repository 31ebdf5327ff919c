"""The strips of a record's acts: 变更登记, 登记许可变动, 更正."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from suite.contract.declarations import Field
from suite.ui.kit.act_strip import REASON, ActStrip
from suite.ui.kit.buttons import Button
from suite.ui.kit.fields import Choice, FieldKind, FieldSpec
from suite.ui.pages.record.wording import Complete, Words


class ChangeStrip(ActStrip):
    """变更登记: one or several facts change from a day on, for a reason."""

    def __init__(self, words: Words, values: Mapping[str, Any], complete: Complete, today: dt.date) -> None:
        super().__init__("变更登记", "登记变更", today, note="自生效日期起改变，此前的登记保留在经历中。")
        self._words, self._values, self._complete = words, values, complete
        self.fields: list[Field] = []
        self.more = Button("增加事项", arrow=True)
        self.more.clicked.connect(self._offer)
        self.head.addWidget(self.more)

    def _offer(self) -> None:
        menu = QMenu(self)
        for field in self._words.changeable():
            if field not in self.fields:
                menu.addAction(field.title).triggered.connect(lambda _=False, f=field: self.add(f))
        self.more.open_menu(menu)

    def add(self, field: Field) -> None:
        """Take up one more fact and give its editor the keyboard."""
        if field not in self.fields:
            self.fields.append(field)
        specs = [self._words.spec(item, self._complete) for item in self.fields]
        specs += [
            FieldSpec(key="effective_on", title="生效日期", kind=FieldKind.DATE, required=True, quiet=True),
            REASON,
        ]
        values = {item.key: self._words.form_value(item, self._values.get(item.key)) for item in self.fields}
        self.show_fields(specs, {**values, "effective_on": self.today})
        self.form.rows[field.key].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def changes(self) -> dict[str, object]:
        """The facts that really change: key → value as typed."""
        changed = self.form.changes()
        return {field.key: changed[field.key] for field in self.fields if field.key in changed}


def event_fields(words: Words) -> list[FieldSpec]:
    """The fields of a decision on a licence."""
    state = words.spec(words.kind.by_key["status"], _nothing)
    return [
        FieldSpec(
            key="state",
            title=state.title,
            kind=FieldKind.CHOICE,
            choices=state.choices,
            required=True,
            quiet=True,
        ),
        FieldSpec(key="on_date", title="决定日期", kind=FieldKind.DATE, required=True, quiet=True),
        FieldSpec(key="document_no", title="文号", quiet=True),
        FieldSpec(key="decided_by", title="决定机关", quiet=True),
        FieldSpec(key="note", title="说明", quiet=True, wide=True),
    ]


def licence_strip(words: Words, licences: Sequence[tuple[int, str]], today: dt.date) -> ActStrip:
    """登记许可变动: what was decided on a licence, when, by which document."""
    strip = ActStrip("登记许可变动", "登记变动", today, note="许可状态和执业状态随最近一次决定改变。")
    chosen = FieldSpec(
        key="licence_id",
        title="许可",
        kind=FieldKind.CHOICE,
        choices=tuple(Choice(number, title) for number, title in licences),
        required=True,
        quiet=True,
    )
    strip.show_fields([chosen, *event_fields(words)], {"licence_id": licences[0][0], "on_date": today})
    return strip


def correction_strip(
    title: str, specs: Sequence[FieldSpec], values: Mapping[str, object], today: dt.date
) -> ActStrip:
    """更正: what was entered wrongly; the old entry is voided with the reason and stays readable."""
    strip = ActStrip(title, "更正", today, note="原登记作废并划线保留，更正后的内容代替它。")
    strip.show_fields([*specs, REASON], values)
    return strip


def _nothing(field: Field, typed: str, deliver: object) -> None:
    """A code list needs no completer."""
