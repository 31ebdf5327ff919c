"""The editor of several values of one code list: their titles in one line, a list below to tick."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from suite.contract.code_sets import JOINED_BY, SetReader, members, packed
from suite.ui.kit.editors import PickEditor
from suite.ui.kit.fields import Choice, FieldSpec, field_text, matching

TICKED = "已选"


class ChoicesEditor(PickEditor):
    """Typing after the last 、 narrows the list; picking an entry adds it, picking it again takes it out.

    The value is the packed text of the values. A value that has left the list is kept as it is.
    """

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self._titles = {str(choice.value): choice.title for choice in spec.choices}
        self._reader = SetReader({title: value for value, title in self._titles.items()})
        self.line.textChanged.connect(lambda text: self.line.setToolTip(text))

    def value(self) -> object:
        found = self._reader.read(self.line.text())
        if found.unknown:
            raise ValueError(f"没有“{found.unknown[0]}”这一项，请从列表中选择")
        return packed(found.values)

    def set_value(self, value: object) -> None:
        stored = str(value) if value else None
        # A value that has left the list stands as itself and reads as itself.
        self._titles |= {one: one for one in members(stored) if one not in self._titles}
        self._reader = SetReader({title: one for one, title in self._titles.items()})
        self.line.set_quietly(field_text(self.spec, stored))
        self.line.setCursorPosition(0)

    def offer(self, typed: str) -> None:
        chosen = set(self._reader.read(self.line.text()).values)
        shown = [
            choice._replace(note=TICKED) if str(choice.value) in chosen else choice
            for choice in self.spec.choices
        ]
        self.drop.offer(matching(shown, typed))

    def _typed(self) -> None:
        super()._typed()
        if not self.line.composing:
            self.offer(self._unfinished())

    def _unfinished(self) -> str:
        """What is being typed: the text behind the last title that can be read."""
        unknown = self._reader.read(self.line.text()).unknown
        return unknown[-1] if unknown else ""

    def _pick(self, choice: Choice) -> None:
        values = list(self._reader.read(self.line.text()).values)
        value = str(choice.value)
        if value in values:
            values.remove(value)
        else:
            values.append(value)
        self.line.set_quietly(JOINED_BY.join(self._titles[one] for one in values))
        self.edited.emit()
        self.offer("")

    def _settle_typed(self) -> None:
        try:
            value = self.value()
        except ValueError:
            return  # the row shows the sentence; what was typed stays
        self.line.set_quietly(field_text(self.spec, value))
