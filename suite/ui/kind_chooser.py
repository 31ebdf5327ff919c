"""Which roster a page is about: a button that drops the kinds that the actor may read."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from suite.contract.declarations import RecordKind
from suite.ui.desk import Desk
from suite.ui.kit.buttons import Button, Look
from suite.ui.roster_pages import roster_kinds


class KindChooser(Button):
    """`kind` is None where the actor may read no roster; the button is hidden then."""

    chosen = Signal(object)  # RecordKind

    def __init__(self, desk: Desk, wanted: object = None) -> None:
        """Begins with the kind of the key `wanted`, else with the first."""
        super().__init__(arrow=True, look=Look.PLAIN, tip="换一种名册")
        self.kinds = [
            item for item in roster_kinds(desk.suite.catalog) if desk.actor.may(f"{item.owner}:roster:read")
        ]
        self.kind: RecordKind | None = None
        first = self.kinds[0] if self.kinds else None
        self.set_kind(next((item for item in self.kinds if item.key == wanted), first))
        self.clicked.connect(self._offer)

    def set_kind(self, kind: RecordKind | None) -> None:
        """Show a kind without saying so."""
        self.kind = kind
        if kind is None:
            self.hide()
            return
        self.setText(kind.title)
        self.setAccessibleName(f"名册种类，现为{kind.title}")

    def _offer(self) -> None:
        menu = QMenu(self)
        for item in self.kinds:
            menu.addAction(item.title).triggered.connect(lambda _=False, item=item: self.choose(item))
        self.open_menu(menu)

    def choose(self, kind: RecordKind) -> None:
        """Show a kind and say so."""
        self.set_kind(kind)
        self.chosen.emit(kind)
