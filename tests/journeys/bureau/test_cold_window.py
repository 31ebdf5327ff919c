"""A cold start of the window, as a process of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.benchmarks.measure import in_a_process


def test_what_is_not_needed_yet_is_not_imported(bureau: Path, tmp_path: Path) -> None:
    database = tmp_path / "suite.db"
    shutil.copy(bureau / "suite.db", database)
    for mode in ("paint", "roster"):
        _at, _held, early = in_a_process("window_child.py", mode, str(database)).split(" ")
        assert early.strip() == "", mode
