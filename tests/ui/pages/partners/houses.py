"""What the tests of both pages share: files of another house, and waiting for a page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from suite.bootstrap import Suite
from suite.kernel.exchange.houses import signed
from suite.kernel.exchange.packet_files import write_packet, write_receipt
from suite.kernel.exchange.sending import SendRoster
from suite.kernel.exchange.taking import IssueReceipt, take
from suite.ui.desk import Desk
from suite.ui.kit.page import Page

FIRMS, LAWYERS = "lawyers.law_firm", "lawyers.lawyer"


def packet(suite: Suite, path: Path, kind: str = FIRMS) -> Path:
    """A roster as a suite sends it."""
    done = suite.run(SendRoster(kind=kind, file_name=path.name, reason="月报"), suite.actor()).result
    write_packet(path, done["head"], signed(done["head"]), done["headings"], done["rows"])
    return path


def answered(suite: Suite, sent: Path, path: Path, kind: str = FIRMS) -> Path:
    """Take a packet in another suite; the receipt that it writes."""
    actor = suite.actor()
    exchange = suite.run(take(suite.preview_packet(sent, actor)), actor).result["exchange"]
    made = suite.run(IssueReceipt(kind=kind, exchange_id=exchange), actor).result
    write_receipt(path, made["head"], signed(made["head"]), made["of_digest"], made["rows"])
    return path


def drop(widget: QWidget, path: Path) -> bool:
    """Drag a file onto a widget and let it go; False where it is not wanted."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, bare = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPoint(5, 5), copy, data, left, bare)
    entered.ignore()
    QCoreApplication.sendEvent(widget, entered)
    if entered.isAccepted():
        QCoreApplication.sendEvent(widget, QDropEvent(QPointF(5, 5), copy, data, left, bare))
    return entered.isAccepted()


def settle(qtbot: QtBot, desk: Desk) -> None:
    """Wait until nothing is under way: one answer may ask for the next."""
    for _ in range(4):
        qtbot.waitUntil(lambda: not desk.busy)


def show(qtbot: QtBot, page: Page, desk: Desk) -> None:
    """Show a page as the window does, and let it read."""
    qtbot.addWidget(page)
    page.resize(1240, 800)
    page.show()
    settle(qtbot, desk)
