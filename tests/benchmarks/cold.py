"""Our window in a process that has only just begun, opening its database as `run_window` does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from suite.settings import Settings

if TYPE_CHECKING:
    from suite.bootstrap import Suite
    from suite.contract.commands import Actor
    from suite.ui.app import Opener
    from suite.ui.assembly import Assembly


def cold_window(database: str) -> tuple[Assembly, Opener]:
    """The assembly and its opener, which is started by the caller; 名册 is the tab in front."""
    from suite.ui.app import Opener, apply_look, prepare_application

    settings = Settings(database=database, home=Path(database).parent / "home")
    prepare_application()
    apply_look(settings)
    from suite.ui.assembly import Assembly

    assembly = Assembly(settings.home, keeps=False)
    assembly.window.resize(1440, 900)
    assembly.remembered.put("tabs", [["today", None, "工作台"], ["roster", None, "名册"]])
    assembly.remembered.put("front", 1)

    def opening(chosen: Settings) -> tuple[Suite, Actor]:
        from suite.connecting import open_desk

        return open_desk(chosen)

    return assembly, Opener(assembly, settings, opening)
