"""The filter bar of a list: quick search, filter buttons, more conditions, 清除."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from suite.ui.kit.buttons import Button, Look, icon_button
from suite.ui.kit.filter_panels import PANELS, ChoicePanel, FilterPanel, FilterSpec, value_text
from suite.ui.kit.line import LineEdit
from suite.ui.kit.panes import Bar
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S8, Height

QUICK = "text"  # the key of the quick search in the dict of values


class FilterButton(Button):
    """A filter as a button: its title, or in blue its title and value. A click opens the panel."""

    value_changed = Signal(object)

    def __init__(self, spec: FilterSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec.title, parent, arrow=True)
        self.spec = spec
        self.value: object = None
        self._panel: FilterPanel | None = None
        self.clicked.connect(self.toggle_panel)

    def set_spec(self, spec: FilterSpec) -> None:
        """Become another filter, without a value."""
        self.spec = spec
        if self._panel is not None:
            self._panel.dismiss()
            self._panel.deleteLater()
            self._panel = None
        self.set_value(None)

    @property
    def panel(self) -> FilterPanel:
        """The panel, made when first needed."""
        if self._panel is None:
            self._panel = PANELS[self.spec.kind](self.spec, self)
            self._panel.set_value(self.value)
            self._panel.value_changed.connect(self._picked)
        return self._panel

    def set_value(self, value: object) -> None:
        """Show a value without sending it; None takes it back."""
        self.value = value
        if self._panel is not None:
            self._panel.set_value(value)
        words = self.words()
        shown = f"{self.spec.title}：{words}" if words else self.spec.title
        self.setText(shown if len(shown) <= 22 else f"{shown[:21]}…")
        self.setToolTip(shown if len(shown) > 22 else "")
        self.setAccessibleName(shown)
        self.set_look(Look.SET if words else Look.NORMAL)

    def words(self) -> str:
        """The value in words, empty when not set."""
        return "" if self.value is None else value_text(self.spec, self.value, self.panel)

    def toggle_panel(self) -> None:
        """Open the panel below the button, or close it."""
        panel = self.panel
        if panel.isVisible():
            panel.dismiss()
            return
        if self.spec.fetch is not None and isinstance(panel, ChoicePanel):
            self.spec.fetch(panel.offer)
        panel.open_at(self, panel.first_widget())

    def _picked(self, value: object) -> None:
        self.set_value(value)
        self.value_changed.emit(value)


class FilterBar(Bar):
    """`filters_changed` carries a plain dict of what is set: the quick text under `"text"`, a list of
    values per choice, a pair of dates, a string. Nothing is sent while a word is being composed.

    Buttons that find no room move under 更多条件, those that are set last of all.
    """

    filters_changed = Signal(dict)
    columns_wanted = Signal()
    refresh_wanted = Signal()

    def __init__(
        self,
        specs: Sequence[FilterSpec] = (),
        parent: QWidget | None = None,
        *,
        placeholder: str = "姓名、执业证号、机构（可用拼音首字母）",
    ) -> None:
        super().__init__("window", Height.FILTER_BAR, parent)
        self.quick = LineEdit(placeholder=placeholder, name="快速筛选", icon_name="filter", clearable=True)
        self._fit_quick()
        theme().changed.connect(self._fit_quick)
        self.quick.settled.connect(self._changed)
        self.row.addWidget(self.quick)
        self.buttons: dict[str, FilterButton] = {}
        self._wanted: set[str] = set()
        self.more = Button("更多条件", icon_name="plus", look=Look.PLAIN)
        self.more.clicked.connect(self._open_more)
        self.clear_button = Button("清除", look=Look.LINK)
        self.clear_button.clicked.connect(self.clear)
        self.columns_button = icon_button("columns", "选择列")
        self.columns_button.clicked.connect(self.columns_wanted)
        self.refresh_button = icon_button("refresh", "刷新（F5）")
        self.refresh_button.clicked.connect(self.refresh_wanted)
        self.row.addWidget(self.more)
        self.row.addWidget(self.clear_button)
        self.row.addStretch()
        self.row.addWidget(self.columns_button)
        self.row.addWidget(self.refresh_button)
        self.set_specs(specs)

    def _fit_quick(self) -> None:
        self.quick.setFixedWidth(theme().pixels(260))

    def set_specs(self, specs: Sequence[FilterSpec]) -> None:
        """Replace the filters, for example when another profession is shown; values go."""
        self._wanted = {spec.key for spec in specs if spec.in_bar}
        if [spec.key for spec in specs] == list(self.buttons):  # what they offer was read meanwhile
            for spec in specs:
                self.buttons[spec.key].set_spec(spec)
            self._arrange()
            return
        for button in self.buttons.values():
            self.row.removeWidget(button)
            button.hide()  # it goes only when the event loop comes round
            button.deleteLater()
        self.buttons = {}
        for place, spec in enumerate(specs):
            button = FilterButton(spec, self)
            button.value_changed.connect(self._changed)
            self.row.insertWidget(1 + place, button)
            self.buttons[spec.key] = button
        chain = [self.quick, *self.buttons.values(), self.more]
        for former, after in pairwise(chain):
            self.setTabOrder(former, after)
        self._arrange()

    @property
    def values(self) -> dict[str, object]:
        """What is set now."""
        found: dict[str, object] = {
            key: button.value for key, button in self.buttons.items() if button.value is not None
        }
        typed = self.quick.text().strip()
        return {QUICK: typed, **found} if typed else found

    def set_values(self, values: Mapping[str, object]) -> None:
        """Show values, as those of a saved view, without sending them."""
        self.quick.set_quietly(str(values.get(QUICK, "")))
        for key, button in self.buttons.items():
            button.set_value(values.get(key))
        self._arrange()

    def clear(self) -> None:
        """Take all back and send that."""
        if self.values:
            self.set_values({})
            self.filters_changed.emit({})

    def words(self) -> str:
        """What is set, in words, for prints and empty lists: `区县：桥西、长安；类别：专职`."""
        parts = [f"“{self.quick.text().strip()}”"] if self.quick.text().strip() else []
        parts += [f"{b.spec.title}：{b.words()}" for b in self.buttons.values() if b.value is not None]
        return "；".join(parts)

    def focus_quick(self) -> None:
        """Ctrl+F."""
        self.quick.setFocus()
        self.quick.selectAll()

    def _changed(self) -> None:
        self._arrange()
        self.filters_changed.emit(self.values)

    def _arrange(self) -> None:
        self.clear_button.setVisible(bool(self.values))
        fixed = (self.more, self.clear_button, self.columns_button, self.refresh_button)
        used = self.quick.width() + sum(w.sizeHint().width() + S8 for w in fixed) + 4 * S8
        room = self.width() - used
        candidates = [
            button for key, button in self.buttons.items() if key in self._wanted or button.value is not None
        ]
        # Set filters have the first claim to the room: they must be seen.
        shown: set[str] = set()
        for button in sorted(candidates, key=lambda b: b.value is None):
            room -= button.sizeHint().width() + S8
            if room >= 0 or button.value is not None:
                shown.add(button.spec.key)
        for key, button in self.buttons.items():
            button.setVisible(key in shown)
        self.more.setVisible(len(shown) < len(self.buttons))

    def _open_more(self) -> None:
        menu = QMenu(self)
        for key, button in self.buttons.items():
            if not button.isVisible():
                menu.addAction(button.spec.title).triggered.connect(lambda _=False, key=key: self._bring(key))
        self.more.open_menu(menu)

    def _bring(self, key: str) -> None:
        self._wanted.add(key)
        button = self.buttons[key]
        button.setVisible(True)
        button.toggle_panel()

    def minimumSizeHint(self) -> QSize:
        # Buttons give way to the menu: they must not keep the window wide.
        return QSize(self.quick.width() + theme().pixels(240), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
