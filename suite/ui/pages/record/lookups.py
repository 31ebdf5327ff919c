"""What a record page asks for besides the record: link targets, masked values, other records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from suite.contract.commands import Done
from suite.contract.declarations import Field
from suite.kernel.registry.commands import RevealIdentity
from suite.kernel.registry.links import targets_of
from suite.kernel.registry.trace import TraceLine, record_trace
from suite.ui.kit.fields import Deliver
from suite.ui.pages.record.loaded import find_targets, load_members
from suite.ui.pages.record.tables import show_members
from suite.ui.pages.record.wording import Words

if TYPE_CHECKING:
    from suite.ui.pages.record.page import RecordPage

KEY = "record"
Show = Callable[[str, str, int], object]


class Lookups(QObject):
    """Belongs to one page."""

    def __init__(self, page: RecordPage) -> None:
        super().__init__(page)
        self._page = page

    def complete(self, field: Field, typed: str, deliver: Deliver) -> None:
        """Offer the records that a link field may point to."""
        catalog, actor = self._page.desk.suite.catalog, self._page.desk.actor
        self._page.asking.read(
            lambda session: find_targets(session, actor, catalog, field.links, typed), deliver
        )

    def reveal(self, key: str, reason: str, show: Show) -> None:
        """Look at one masked value in full; the log is written first. `show(key, full, seconds)`."""
        page, number = self._page, self._page.subject_id
        if number is None:
            return
        actor, catalog = page.desk.actor, page.desk.suite.catalog

        def shown(done: Done) -> None:
            show(key, str(done.result["value"] or ""), int(done.result["seconds"]))
            # Only the trace is read again: a reload would mask the value at once.
            page.asking.read(lambda session: record_trace(session, actor, catalog, number), self._trace_read)

        page.asking.run(
            RevealIdentity(kind=page.kind_key, subject_id=number, field=key, reason=reason),
            shown,
            lambda error: page.tell_failure(error, lambda: self.reveal(key, reason, show)),
            reason=reason,
        )

    def _trace_read(self, trace: list[TraceLine]) -> None:
        page = self._page
        if page.loaded is not None and page.words is not None:
            page.loaded = replace(page.loaded, trace=tuple(trace))
            page.view.show_trace(page.words, page.loaded, page.desk.suite.today)

    def members(self) -> None:
        """Fill the tab of members."""
        page, loaded = self._page, self._page.loaded
        if loaded is None:
            return
        kinds = [kind for kind, _ in loaded.members]
        catalog, actor, number = page.desk.suite.catalog, page.desk.actor, loaded.file.subject_id
        page.asking.read(
            lambda session: load_members(session, actor, catalog, kinds, number),
            lambda members: show_members(
                page.view.tables.pane("members"),
                members,
                [Words(m.kind, catalog, loaded.around).state(m.status) for m in members],
            ),
        )

    def open_link(self, key: str) -> None:
        """Open the record that a field points to."""
        loaded = self._page.loaded
        value = loaded.file.values.get(key) if loaded is not None else None
        if isinstance(value, tuple):
            self.open_subject(int(value[0]))

    def open_subject(self, number: int) -> None:
        """Open another record of whatever kind."""
        page = self._page
        page.asking.read(
            lambda session: targets_of(session, [number]),
            lambda found: page.open_wanted.emit(KEY, (found[number].kind, number)) if found else None,
        )
