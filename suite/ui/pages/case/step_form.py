"""The form of a step that follows what the case is called by: each thing applied for asks for its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer

from suite.contract.casework import CaseKind, Transition
from suite.contract.declarations import FieldType
from suite.kernel.casework.case_file import CaseFile
from suite.kernel.registry.districts import full_district_names
from suite.ui.asking import Asking
from suite.ui.desk import Desk
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.fields import FieldSpec
from suite.ui.pages.case.step_fields import Complete, begun_values, step_specs


class StepPage(Protocol):
    """The page that a form stands on."""

    desk: Desk
    asking: Asking
    users: list[tuple[str, str]]

    @property
    def complete(self) -> Complete:
        """Offers the records that may take a place in the case."""


class StepForm(QObject):
    """Shows the fields of a step in a strip, and others when another thing is chosen. Belongs to the strip.

    more: fields of the page's own, below the step's.
    """

    def __init__(
        self,
        strip: ActStrip,
        page: StepPage,
        kind: CaseKind,
        transition: Transition,
        *,
        case: CaseFile | None = None,
        more: Sequence[FieldSpec] = (),
    ) -> None:
        super().__init__(strip)
        self._strip, self._page, self._kind, self._transition = strip, page, kind, transition
        self._case, self._more = case, tuple(more)
        self._about: str | None = case.values.get(kind.called) if case and kind.called else None
        self._places: Mapping[str, str] = {}
        self._show()
        strip.edited.connect(self._edited)
        if any(kind.by_key[key].type is FieldType.DISTRICT for key in transition.fields):
            page.asking.read(full_district_names, self._know_places)

    def _show(self) -> None:
        page = self._page
        specs = step_specs(
            self._transition,
            self._kind,
            page.desk.suite.catalog,
            page.users,
            page.complete,
            self._case,
            about=self._about,
            places=self._places,
        )
        begun = begun_values(self._transition, self._kind, self._case) if self._case else {}
        self._strip.show_fields([*specs, *self._more], {"on": page.desk.suite.today, **begun})

    def _know_places(self, places: Mapping[str, str]) -> None:
        self._places = places
        self._show()

    def _edited(self) -> None:
        key = self._kind.called
        if key is None or key not in self._transition.fields:
            return
        chosen = self._strip.value(key)
        if chosen != self._about:
            self._about = str(chosen) if chosen else None
            # Once the list that it was chosen from has closed.
            QTimer.singleShot(0, self, self._follow)

    def _follow(self) -> None:
        self._show()
        row = self._strip.form.rows.get(self._kind.called or "")
        if row is not None:
            row.editor.setFocus(Qt.FocusReason.OtherFocusReason)
