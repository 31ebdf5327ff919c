"""公示平台: the files of differences that went there, what each tells, and the platform's receipt for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from suite.contract.commands import Done
from suite.kernel.credit.commands import AcknowledgePlatformFile, MakePlatformFile
from suite.kernel.credit.queries import ExportLine, ItemLine
from suite.kernel.exchange.publicity_files import differences_into
from suite.ui.kit.act_strip import ActStrip
from suite.ui.kit.fields import FieldKind, FieldSpec
from suite.ui.kit.file_dialogs import WORKBOOK, saving_path
from suite.ui.kit.notices import NoticeKind
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.table import TableView
from suite.ui.kit.text import label
from suite.ui.kit.tokens import S8, S12, TextSize
from suite.ui.pages.credit.board import Board
from suite.ui.pages.credit.rows import EXPORT_COLUMNS, ITEM_COLUMNS, NO_EXPORT, export_cells

if TYPE_CHECKING:
    from suite.ui.pages.credit.page import CreditPage


class FeedBoard(Board):
    """The files, and below them what the one in front tells. `item_opened` carries a record's kind and id."""

    item_opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("差异文件", EXPORT_COLUMNS, (), checkable=False, parent=parent)
        self.exports: tuple[ExportLine, ...] = ()
        self._lines: tuple[ItemLine, ...] = ()
        self.told = label("", tone="text2", size=TextSize.CAPTION)
        self.told.setContentsMargins(S12, S8, S12, S8)
        self.items_source = ListSource()
        self.items = TableView(RowTableModel(ITEM_COLUMNS, self.items_source, self))
        self.items.setAccessibleName("差异内容")
        self.items.link_clicked.connect(lambda row, _key, _column: self._open(row))
        self.items.row_opened.connect(lambda row, _key: self._open(row))
        column = self.layout()
        assert isinstance(column, QVBoxLayout)  # noqa: S101 - made by the board
        column.addWidget(self.told)
        column.addWidget(self.items, 2)  # of the files there are few
        for widget in (self.told, self.items):
            widget.hide()

    def show_exports(self, exports: Sequence[ExportLine]) -> None:
        """Show the files, the latest first."""
        self.exports = tuple(exports)
        self.show_rows([export_cells(one) for one in exports], [one.id for one in exports], NO_EXPORT)
        if not exports:
            self.show_items(())

    def show_items(self, lines: Sequence[ItemLine]) -> None:
        """Show what the file in front tells."""
        self._lines = tuple(lines)
        front = self.front
        if front is not None:
            more = f"，列出前 {len(lines):,} 条" if len(lines) < front.rows else ""
            self.told.setText(f"第 {front.number} 次差异的内容：{front.rows:,} 条{more}")
        self.items_source.set_rows(
            [(line.change, line.title, line.name) for line in lines], [line.id for line in lines]
        )
        for widget in (self.told, self.items):
            widget.setVisible(bool(lines))

    @property
    def front(self) -> ExportLine | None:
        """The file in front."""
        return next((one for one in self.exports if one.id == self.table.current_key), None)

    def _open(self, row: int) -> None:
        if 0 <= row < len(self._lines):
            self.item_opened.emit((self._lines[row].kind, self._lines[row].subject_id))


class FeedActs:
    """What is done about a platform, in the strips of the page."""

    def __init__(self, page: CreditPage) -> None:
        self._page = page

    def keepable(self) -> list[str]:
        """The keys of the platforms that the actor may report to."""
        desk = self._page.desk
        feeds = desk.suite.catalog.feeds.values()
        return [feed.key for feed in feeds if desk.actor.may(f"{feed.owner}:credit:keep")]

    def making_refusal(self) -> str:
        """Why no differences can be made; empty when they can."""
        return "" if self.keepable() else "您没有办理信用的权限"

    def receipt_refusal(self) -> str:
        """Why no receipt can be noted for the file in front; empty when it can."""
        front = self._page.feeds.front
        if front is None:
            return "先生成差异文件"
        if front.feed not in self.keepable():
            return "您没有办理信用的权限"
        if front.acknowledged_on is not None:
            return f"第 {front.number} 次已于 {front.acknowledged_on} 登记回执"
        return ""

    def ask_differences(self, feed: str = "") -> None:
        """Choose where the file of differences goes; by default for the platform in front."""
        page, may = self._page, self.keepable()
        if not may:
            return
        front = page.feeds.front
        key = feed or (front.feed if front is not None and front.feed in may else may[0])
        declared = page.desk.suite.catalog.feeds[key]
        title = declared.title
        path = saving_path(page, "保存差异文件", f"{title}差异 {page.desk.suite.today}.xlsx", WORKBOOK)
        if path is None:
            return

        def made(done: Done) -> None:
            told = f"{done.text}，已写入“{path.name}”。平台接收后在“公示平台”登记回执。"
            page.work.tell(NoticeKind.OK, told)

        page.work.run(
            "正在比较", MakePlatformFile(feed=key), made, deliver=differences_into(path, declared.owner)
        )

    def ask_receipt(self) -> None:
        """The day and the number of the platform's receipt for the file in front."""
        page, front = self._page, self._page.feeds.front
        if front is None or self.receipt_refusal():
            return
        strip = ActStrip(
            f"登记第 {front.number} 次差异的回执", "登记", page.desk.suite.today,
            note="登记后，这些内容算平台已收到，下次只报此后的变动；更早未回执的文件随之作废。",
        )  # fmt: skip
        strip.show_fields(
            (
                FieldSpec(key="on", title="回执日期", kind=FieldKind.DATE, required=True, quiet=True),
                FieldSpec(
                    key="reference", title="回执编号", required=True, quiet=True, wide=True,
                    placeholder="平台给出的受理编号",
                ),
            ),
            {"on": page.desk.suite.today},
        )  # fmt: skip
        number = front.id
        strip.submitted.connect(
            lambda: page.acts.send(
                AcknowledgePlatformFile(
                    export_id=number, on=strip.value("on"), reference=str(strip.value("reference") or "")
                )
            )
        )
        page.acts.begin(strip)
