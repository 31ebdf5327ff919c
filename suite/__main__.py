"""`suite` and `python -m suite`: joins the command line and the window, which know nothing of each other."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from suite.cli.root import run

if TYPE_CHECKING:
    from suite.bootstrap import Suite
    from suite.cli.options import Opening, Picture
    from suite.contract.commands import Actor
    from suite.settings import Settings


class QtScreens:
    """The window and its pictures; Qt is imported when one is asked for."""

    def has_screen(self) -> bool:
        """A display on Linux; elsewhere there always is one."""
        if not sys.platform.startswith("linux"):
            return True
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))

    def window(self, settings: Settings, opening: Opening) -> int:
        """Show the window until it is closed."""
        from suite.ui.app import run_window

        _log_qt()
        return run_window(settings, opening)

    def page_names(self, suite: Suite) -> Sequence[tuple[str, str]]:
        """(name, title) of every page that can be painted."""
        from suite.ui.shot import page_names

        return page_names(suite)

    def paint(self, suite: Suite, actor: Actor, pictures: Sequence[Picture]) -> None:
        """Paint pages offscreen, one after another."""
        from suite.ui.shot import shot

        _log_qt()
        for picture in pictures:
            shot(
                suite,
                actor,
                picture.page,
                picture.out,
                size=picture.size,
                theme=picture.theme,
                scale=picture.scale,
                select=picture.select,
            )


def _log_qt() -> None:
    """Qt speaks to stderr by itself; what it says belongs into the log."""
    from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

    grave = (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)

    def keep(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        logging.getLogger("qt").log(logging.WARNING if kind in grave else logging.INFO, "%s", text)

    qInstallMessageHandler(keep)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    return run(sys.argv[1:] if arguments is None else arguments, QtScreens())


if __name__ == "__main__":
    sys.exit(main())
