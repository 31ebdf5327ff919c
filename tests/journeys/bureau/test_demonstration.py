"""`suite demo` makes a bureau by the real importer and the real commands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from suite.cli.root import run
from tests.cli.command_line import NoScreens
from tests.journeys.conftest import Demonstration


def test_it_is_made_by_the_real_importer(
    demonstration: Demonstration,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder, told = demonstration.folder, demonstration.told
    assert demonstration.code == 0
    assert {item["kind"] for item in told["imports"]} >= {"lawyers.lawyer", "notary.notary"}
    for item in told["imports"]:
        assert (folder / item["file"]).is_file()
        assert (item["held_file"] is not None) == (item["counts"]["held"] > 0)
        assert item["held_file"] is None or (folder / item["held_file"]).is_file()
    assert all(step["seconds"] >= 0 for step in told["steps"])
    assert [picture.page for picture in demonstration.painted] == ["today"]
    monkeypatch.setenv("SUITE_HOME", str(tmp_path))
    assert run(["db", "check", "--db", str(folder / "suite.db"), "--json"], NoScreens()) == 0
    assert json.loads(capsys.readouterr().out)["ok"] is True
    assert run(["demo", "--dir", str(folder)], NoScreens()) == 2
