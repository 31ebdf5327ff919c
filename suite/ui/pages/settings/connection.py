"""数据库连接: another database for the next start of this computer."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from suite import connecting
from suite.settings import Settings
from suite.ui.background import Background
from suite.ui.connect.pane import ConnectPane
from suite.ui.desk import Desk
from suite.ui.kit.page import Page


class ConnectionPage(Page):
    """The connect page with what holds now; a choice is tried by 测试连接 and kept by 保存."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("connection", "数据库连接", "settings", parent)
        self._desk = desk
        self._background = Background(self)
        self.pane = ConnectPane(replace(desk.suite.settings, password=""), act="保存")
        self.pane.chosen.connect(self._keep)
        self.pane.edited.connect(lambda: self.unsaved_changed.emit(self.has_unsaved()))
        self.content.addWidget(self.pane)
        self._closing = False

    def _keep(self, settings: Settings, keeps_password: bool) -> None:
        self._background.start(
            lambda: connecting.remember(settings, keeps_password=keeps_password),
            lambda kept: self._kept(settings, kept),
            self._lost,
        )

    def _kept(self, settings: Settings, kept: bool) -> None:
        lost = "" if kept else "密码未能存入密钥环，打开时再输入。"
        self.pane.show_settings(replace(settings, password=""))
        self.pane.told("已保存。", f"{lost}关闭窗口再打开后使用；本次仍用原来的数据库。")
        self.unsaved_changed.emit(False)
        if self._closing:
            self._closing = False
            self.may_close.emit()

    def _lost(self, error: Exception) -> None:
        self._closing = False
        self.pane.fail("未能保存到本机。", f"请检查数据文件夹的写入权限（{error}）。")

    def has_unsaved(self) -> bool:
        """True while another choice stands in the fields than the one that is kept."""
        return self.pane.is_edited()

    def save_then_close(self) -> None:
        """Keep the choice; stays open where a field is wrong."""
        self._closing = self.pane.submit()

    def discard(self) -> None:
        """Back to what is kept."""
        self.pane.revert()

    def focus_start(self) -> None:
        """The keyboard goes to the first field."""
        self.pane.focus_start()

    def focus_ring(self) -> tuple[QWidget, ...]:
        """The fields, then the acts."""
        return self.pane.file_form, self.pane.server_form, self.pane.go
