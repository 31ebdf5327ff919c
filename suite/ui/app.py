"""The program with its window: Qt set up once, the look as the desk keeps it, and the window on screen."""

from __future__ import annotations

import logging
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.settings import Settings
from suite.ui.kit.theme import Density, Mode, theme
from suite.ui.kit.tokens import FONT_SCALES

if TYPE_CHECKING:
    from suite.ui.assembly import Assembly

log = logging.getLogger(__name__)

FIRST_SIZE = (1440, 900)


def prepare_application() -> QApplication:
    """The QApplication of this process, made when first asked for."""
    present = QApplication.instance()
    if isinstance(present, QApplication):
        return present
    # Fractional scaling is passed through; Qt would otherwise round 125 % to 100 or 200.
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    QCoreApplication.setOrganizationName("石家庄市司法局")
    QCoreApplication.setApplicationName("司法行政业务管理")
    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    return app


def apply_look(settings: Settings) -> None:
    """Scheme, font scale and row height as the desk keeps them; what is not offered is left as it is."""
    theme().apply(
        mode=Mode(settings.theme) if settings.theme in set(Mode) else Mode.SYSTEM,
        scale=settings.font_scale if settings.font_scale in FONT_SCALES else 100,
        density=Density(settings.row_density) if settings.row_density in set(Density) else Density.STANDARD,
    )


def run_window(suite: Suite, actor: Actor) -> int:
    """Open the window and run until it closes; returns Qt's exit code.

    The frame is painted before any query has answered: pages read on workers.
    """
    app = prepare_application()
    apply_look(suite.settings)
    from suite.ui.assembly import Assembly

    assembly = Assembly(suite, actor)
    window = assembly.window
    geometry = assembly.remembered.get("geometry")
    if not (isinstance(geometry, str) and window.restoreGeometry(QByteArray.fromBase64(geometry.encode()))):
        window.resize(*FIRST_SIZE)
    window.look_changed.connect(lambda: keep_look(suite))
    assembly.open_first()
    window.show()
    try:
        return app.exec()
    finally:
        close(assembly)


def keep_look(suite: Suite) -> None:
    """Write scheme, font scale and row height for the next start."""
    look = theme()
    suite.settings = replace(
        suite.settings, theme=look.mode.value, font_scale=look.scale, row_density=look.density.value
    )
    try:
        suite.settings.save()
    except OSError as error:
        log.warning("the settings could not be kept: %s", error)


def close(assembly: Assembly) -> None:
    """Wait for the workers and keep what the window remembers."""
    assembly.desk.close()
    assembly.remembered.flush()
