"""The program with its window: the frame is painted first, then the database is opened behind it."""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QCoreApplication, QObject, Qt, QThreadPool, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from suite.settings import Settings
from suite.ui.background import Background
from suite.ui.kit.theme import Density, Mode, theme
from suite.ui.kit.tokens import FONT_SCALES

if TYPE_CHECKING:
    from suite.bootstrap import Suite
    from suite.contract.commands import Actor
    from suite.ui.assembly import Assembly
    from suite.ui.connect.pane import ConnectPane

log = logging.getLogger(__name__)

FIRST_SIZE = (1440, 900)
REFUSED = 2

Opening = Callable[[Settings], "tuple[Suite, Actor]"]


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


def run_window(settings: Settings, opening: Opening) -> int:
    """Open the window and run until it closes; returns Qt's exit code, 2 where no database could be opened.

    `opening` gives the suite and who acts. It runs on a worker thread once the frame is on screen: the
    imports behind it take longer than everything that a person sees first. What it refuses is told on the
    connect page, where another database or a password can be given.
    """
    app = prepare_application()
    apply_look(settings)
    from suite.ui.assembly import Assembly

    assembly = Assembly(settings.home)
    window = assembly.window
    geometry = assembly.remembered.get("geometry")
    if not (isinstance(geometry, str) and window.restoreGeometry(QByteArray.fromBase64(geometry.encode()))):
        window.resize(*FIRST_SIZE)
    opener = Opener(assembly, settings, opening)
    window.show()
    QTimer.singleShot(0, opener.start)
    try:
        code = app.exec()
    finally:
        close(assembly)
    return code if opener.opened else REFUSED


class Opener(QObject):
    """Opens the database behind a window that is already on screen."""

    def __init__(self, assembly: Assembly, settings: Settings, opening: Opening) -> None:
        super().__init__(assembly)
        self.opened = False
        self.pane: ConnectPane | None = None
        self._assembly = assembly
        self._settings = settings
        self._opening = opening
        self._background = Background(self)

    def start(self) -> None:
        """Open on a worker thread; the window says that it waits."""
        gc.disable()  # hardly anything that is made by opening is garbage; the desk's collector goes on
        self._assembly.window.set_waiting("正在打开数据库…")
        self._background.start(lambda: self._open(self._settings), self._attach, self._tell)

    def _open(self, settings: Settings) -> tuple[Suite, Actor]:
        opened = self._opening(settings)
        self._assembly.read_front()
        return opened

    def _choose(self, settings: Settings, keeps_password: bool) -> None:
        """Open what was chosen on the connect page, and keep the choice once it could be opened."""
        from suite import connecting

        def work() -> tuple[Suite, Actor]:
            if connecting.is_missing(settings):
                connecting.create_file(settings)
            opened = self._open(settings)
            connecting.remember(settings, keeps_password=keeps_password)
            return opened

        gc.disable()
        self._settings = settings
        self._background.start(work, self._attach, self._tell)

    def _attach(self, opened: tuple[Suite, Actor]) -> None:
        self.opened = True
        gc.freeze()  # code and declarations stay: walking over them would hold up the window each time
        suite, actor = opened
        assembly = self._assembly
        assembly.attach(suite, actor)
        assembly.window.look_changed.connect(lambda: keep_look(suite))
        self.pane = None
        assembly.window.set_waiting("")
        assembly.open_first()
        assembly.desk.listen()

    def _tell(self, error: Exception) -> None:
        from suite.contract.problems import Refused

        gc.enable()
        if not isinstance(error, Refused):
            words = f"数据库未能打开：{error}"
            self.pane = None
            self._assembly.window.set_waiting(words, "重试", self.start)
            return
        problem = error.problems[0]
        fresh = self.pane is None and not self._settings.database and problem.code == "database.absent"
        if self.pane is None:
            from suite.ui.connect.pane import ConnectPane

            self.pane = ConnectPane(self._settings)
            self.pane.chosen.connect(self._choose)
            self._assembly.window.wait_with(self.pane)
            self._assembly.tell_unopened()
            self.pane.focus_start()
        if not fresh:
            self.pane.show_problem(problem)


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
    QThreadPool.globalInstance().waitForDone()
    assembly.close()
