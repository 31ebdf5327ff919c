"""Screens are tested offscreen; Qt must learn that before it loads."""

from __future__ import annotations

import os
from collections.abc import Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from suite.ui.kit.theme import Density, Mode, theme


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says of every sized window that it cannot pass the size hints on."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints"))


LIGHT = (Mode.LIGHT, 100, Density.STANDARD)


def _light_again(app: QApplication) -> None:
    """Switch back where a test switched: applying it anew restyles every widget there is."""
    look = theme()
    if (look.mode, look.scale, look.density) != LIGHT or not app.styleSheet():
        look.apply(mode=Mode.LIGHT, scale=100, density=Density.STANDARD)


@pytest.fixture
def light(qtbot: QtBot, qapp: QApplication) -> Iterator[None]:
    """The light scheme at 100 %, and again afterwards whatever the test switched to."""
    # Windows of former tests wait for an event loop that would delete them, and a switch restyles them all.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    _light_again(qapp)
    yield
    _light_again(qapp)
