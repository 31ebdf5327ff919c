"""A window on an ordinary day, cold, in a process of its own: how long each step held up the GUI thread.

Prints one line of JSON: step → milliseconds of that thread's work without a break (see `Watchdog`).
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from suite.ui.kit.theme import Mode, theme
from suite.ui.pages.roster.page import RosterPage
from tests.benchmarks.cold import cold_window
from tests.benchmarks.watchdog import Watchdog

QUIET_S = 0.3
#: Longer than it takes until a worker has read the code of all pages.
PAGES_READ_MS = 2_000
RECORDS = 6


def main(database: str) -> None:
    """Open the roster, records, every section and the palette, and switch the look with many tabs."""
    assembly, opener = cold_window(database)
    window = assembly.window
    window.show()
    dog = Watchdog()

    def step(name: str, act: Callable[[], object]) -> None:
        dog.step(name)
        act()
        quiet = time.monotonic()
        while time.monotonic() - quiet < QUIET_S:
            QTest.qWait(5)
            if not opener.opened or assembly.desk.busy:
                quiet = time.monotonic()

    dog.watch()
    step("打开名册", opener.start)
    step("空闲", lambda: QTest.qWait(PAGES_READ_MS))
    roster = window.current_page
    assert isinstance(roster, RosterPage)
    assert roster.kind is not None
    kind, ids = roster.kind.key, list(roster.listing.ids[:RECORDS])
    step("第一份档案", lambda: window.open_page("record", (kind, ids[0])))
    for one in ids[1:]:
        step("再一份档案", lambda one=one: window.open_page("record", (kind, one)))
    step("工作台", lambda: window.open_section("today"))
    step("导入", lambda: window.open_section("import"))
    for part in ("parameters", "plugins", "doctor", "look"):
        step(f"设置 {part}", lambda part=part: assembly.open_settings(part))
    step("命令面板", window.open_palette)
    for letter in "wzy":
        step("搜索", lambda letter=letter: QTest.keyClicks(QApplication.focusWidget(), letter))
    step("关闭面板", lambda: window._palette and window._palette.close_palette())
    step("换深色", lambda: theme().apply(mode=Mode.DARK))
    step("换字号", lambda: theme().apply(scale=125))
    dog.step("end")
    longest: dict[str, float] = {}
    for stall in dog.stalls[1:]:
        longest[stall.step] = max(longest.get(stall.step, 0.0), stall.busy)
    sys.stdout.write(json.dumps(longest) + "\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
