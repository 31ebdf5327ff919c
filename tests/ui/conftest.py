"""Screens are tested offscreen; Qt must learn that before it loads."""

from __future__ import annotations

import os
from collections.abc import Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from suite.ui.kit.theme import Density, Mode, theme


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says of every sized window that it cannot pass the size hints on."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints"))


@pytest.fixture
def light(qtbot: QtBot) -> Iterator[None]:
    """The light scheme at 100 %, and again afterwards whatever the test switched to."""
    # Windows of former tests wait for an event loop that would delete them, and a switch restyles them all.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    theme().apply(mode=Mode.LIGHT, scale=100, density=Density.STANDARD)
    yield
    theme().apply(mode=Mode.LIGHT, scale=100, density=Density.STANDARD)
