"""登记…: what can be opened, by profession, below one button."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QMenu, QWidget

from suite.contract.casework import CaseKind, Transition
from suite.loader.catalog import Catalog
from suite.ui.kit.buttons import Button, Look

#: What can be opened, and why not by this actor.
Opening = tuple[CaseKind, Transition, str]


class OpeningButton(Button):
    """With one opening it opens that, else a menu; grey entries say why."""

    def __init__(
        self, openings: Sequence[Opening], catalog: Catalog, chosen: Callable[[int], None], parent: QWidget
    ) -> None:
        several = len(openings) > 1
        title = "登记办件" if several else f"{openings[0][1].title}…" if openings else "登记办件"
        super().__init__(title, parent, icon_name="" if several else "plus", look=Look.PRIMARY, arrow=several)
        self._chosen = chosen
        self.menu_shown: QMenu | None = None
        able = any(not refusal for _, _, refusal in openings)
        self.set_refusal("" if able else openings[0][2] if openings else "您没有登记办件的权限")
        if several:
            self.menu_shown = self._menu(openings, catalog)
        self.clicked.connect(self.open)

    def _menu(self, openings: Sequence[Opening], catalog: Catalog) -> QMenu:
        menu = QMenu(self)
        owners = list(dict.fromkeys(kind.owner for kind, _, _ in openings))
        # Everything in one menu would be longer than a screen.
        parts = {
            owner: menu if len(owners) == 1 else menu.addMenu(catalog.titles.get(owner, owner))
            for owner in owners
        }
        for part in {*parts.values(), menu}:
            part.setToolTipsVisible(True)
        for place, (kind, transition, refusal) in enumerate(openings):
            action = parts[kind.owner].addAction(f"{kind.title}：{transition.title}…")
            action.setEnabled(not refusal)
            action.setToolTip(refusal or transition.help)
            action.triggered.connect(lambda _=False, place=place: self._chosen(place))
        return menu

    def open(self) -> None:
        """Open the only one, or the menu."""
        if self.menu_shown is None:
            self._chosen(0)
        else:
            self.menu_shown.popup(self.mapToGlobal(self.rect().bottomLeft()))
