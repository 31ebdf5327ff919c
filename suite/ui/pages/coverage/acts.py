"""What is done on the page of coverage: appointing for the checked gaps, and the list of gaps as a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout

from suite.contract.declarations import Field, RecordKind
from suite.kernel.clocks.spans import last_of
from suite.kernel.coverage.board import Unit
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.fields import Choice, Deliver, FieldKind, FieldSpec
from suite.ui.kit.file_dialogs import LIST_FILE, saving_path
from suite.ui.pages.record.loaded import find_targets
from suite.ui.strip_place import StripPlace

if TYPE_CHECKING:
    from suite.ui.pages.coverage.page import CoveragePage

CATEGORY = "category"


class CoverageActs(StripPlace):
    """Belongs to one page."""

    def __init__(self, page: CoveragePage, place: QVBoxLayout) -> None:
        super().__init__(page, place, page.asking)
        self._page = page

    def ask_appointment(self, units: Sequence[Unit], firm: tuple[int, str] | None = None) -> None:
        """The form of an appointment for these units, with a firm given already where one was chosen."""
        board = self._page.board
        if board is None or not units:
            return
        coverage, kind = board.coverage, self._page.by_kind
        today = self._page.desk.suite.today
        keys = (coverage.firm, coverage.who, CATEGORY, coverage.begins, coverage.until)
        fields = [kind.by_key[key] for key in keys if key is not None and key in kind.by_key]
        names = "、".join(unit.name for unit in units[:3])
        more = f"等 {len(units)} 个" if len(units) > 3 else ""
        note = f"为{names}{more}各登记一份协议；已有未到期协议的会提示重叠。"
        strip = ActStrip(f"聘任{coverage.title}", f"聘任 {len(units):,} 个", today, note=note, ahead=True)
        values: dict[str, Any] = {coverage.begins or "": today, coverage.until or "": last_of(today, 12)}
        if firm is not None:
            values[coverage.firm or ""] = Choice(*firm)
        if CATEGORY in kind.by_key:
            codes = kind.by_key[CATEGORY].codes
            values[CATEGORY] = next(iter(self._page.desk.suite.catalog.codes[codes or ""].titles), None)
        strip.show_fields([self._spec(field) for field in fields], values)
        strip.submitted.connect(lambda: self._send(strip, fields, tuple(units)))
        self.begin(strip)

    def _spec(self, field: Field) -> FieldSpec:
        page = self._page
        required = field.required or bool(field.links)
        if field.links:

            def complete(typed: str, deliver: Deliver) -> None:
                catalog, actor = page.desk.suite.catalog, page.desk.actor
                page.asking.read(
                    lambda session: find_targets(session, actor, catalog, field.links, typed), deliver
                )

            return FieldSpec(
                key=field.key, title=field.title, kind=FieldKind.LINK, complete=complete, required=required,
                quiet=True,
            )  # fmt: skip
        if field.codes is not None:
            titles = page.desk.suite.catalog.codes[field.codes].titles
            choices = tuple(Choice(value, title) for value, title in titles.items())
            return FieldSpec(
                key=field.key, title=field.title, kind=FieldKind.CHOICE, choices=choices, quiet=True
            )
        return FieldSpec(
            key=field.key, title=field.title, kind=FieldKind.DATE, required=required, ahead=True, quiet=True
        )

    def _send(self, strip: ActStrip, fields: Sequence[Field], units: tuple[Unit, ...]) -> None:
        page = self._page
        if page.board is None:
            return
        values = {field.key: _plain(strip.value(field.key)) for field in fields}
        link = page.board.coverage.link
        rows = tuple(RowEdit(values={**values, link: unit.id}) for unit in units)
        self.send(SaveRecords(kind=page.by_kind.key, rows=rows), page.appointed)

    def export(self, units: Sequence[Unit], conditions: str) -> None:
        """Ask for a file and write these units into it."""
        page, board = self._page, self._page.board
        if board is None:
            return
        name = f"{board.coverage.title}覆盖清单 {board.ask.as_of}.xlsx"
        path = saving_path(page, "导出覆盖清单", name, LIST_FILE)
        if path is not None:
            self.write(units, path, conditions)

    def write(self, units: Sequence[Unit], path: Path, conditions: str) -> None:
        """Write these units; the status bar tells."""
        from suite.kernel.exchange.coverage_file import export_units

        page, board = self._page, self._page.board
        if board is None:
            return
        suite, actor = page.desk.suite, page.desk.actor
        page.asking.work(
            lambda: export_units(board, units, path, actor, run=suite.run, conditions=conditions),
            lambda rows: page.happened.emit(f"已导出 {rows:,} 个到 {path.name}"),
            page.lost,
        )


def may_appoint(page: CoveragePage) -> str:
    """Why nobody can be appointed here now; empty where it can."""
    board, kind = page.board, page.by_kind
    if board is None or board.coverage.firms is None:
        return "这一类覆盖不以协议登记，请在名册中维护。"
    if board.ask.as_of != page.desk.suite.today:
        return f"正在查看 {board.ask.as_of} 的情况，回到今天后才能聘任。"
    if not page.desk.actor.may(f"{kind.owner}:roster:edit"):
        return f"您没有维护“{kind.title}”名册的权限，请联系科室管理员。"
    return ""


def kind_of(page: CoveragePage) -> RecordKind:
    """The kind of record that covers: an agreement, a government lawyer."""
    catalog = page.desk.suite.catalog
    return catalog.kinds[catalog.coverages[page.key_shown].by.kind]


def _plain(value: object) -> object:
    return value.value if isinstance(value, Choice) else value
