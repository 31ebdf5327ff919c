"""The random draw on the command line: planned, drawn once, shown, written, replayed from its record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import Call

from suite.bootstrap import Suite
from suite.kernel.accounts.commands import AddUser
from suite.testing.factories import make

KIND = "appraisal.appraisal_institution"


def test_a_draw_from_the_plan_to_the_replay(
    call: Call, suite_on_sqlite: Suite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = suite_on_sqlite.actor()
    suite_on_sqlite.run(AddUser(login="second", name="韩雪"), admin)
    rows = [
        {"name": f"河北第{n}司法鉴定中心", "main_no": f"1301003{n:02}", "district_code": "130102"}
        for n in range(4)
    ]
    make(suite_on_sqlite, admin, KIND, *rows)
    assert call("draw", "plan", "--json").json == {"plans": []}
    given = {
        "kind": KIND,
        "name": "下半年抽查",
        "basis": "年度计划",
        "first_day": "2026-11-01",
        "last_day": "2026-12-31",
        "rate": "25",
        "inspectors": '["admin", "second"]',
    }
    pairs = [part for key, value in given.items() for part in ("--set", f"{key}={value}")]
    plan = call("run", "PlanInspection", *pairs, "--json").json["result"]["plan"]
    seen = call("draw", "plan", str(plan), "--json").json
    assert [(group["size"], group["wanted"]) for group in seen["groups"]] == [(4, 1)]
    drawn = call("draw", "run", str(plan), "--json")
    assert drawn.code == 0, drawn.err
    number = str(drawn.json["draw"])
    again = call("draw", "run", str(plan), "--json")
    assert (again.code, again.json["refused"][0]["code"]) == (2, "draw.standing")
    record = tmp_path / "记录.json"
    for name in (record.name, "记录.txt", "记录.xlsx"):
        assert call("draw", "show", number, "--out", str(tmp_path / name)).code == 0
        assert (tmp_path / name).stat().st_size
    wrong = call("draw", "show", number, "--out", str(tmp_path / "记录.pdf"), "--json")
    assert wrong.json["refused"][0]["code"] == "file.ending"
    assert drawn.json["sha256"] in call("draw", "show", number).out
    (listed,) = call("draws", "--json").json["draws"]
    assert (str(listed["id"]), listed["plan_id"], listed["picked"]) == (number, plan, 1)
    shown = tmp_path / "屏幕.json"
    shown.write_text(call("draw", "show", number, "--json").out, encoding="utf-8")
    # A fresh place, without any database.
    monkeypatch.setenv("SUITE_DB", str(tmp_path / "nowhere" / "none.db"))
    for copy in (record, tmp_path / "记录.txt", shown):
        replayed = call("draw", "replay", str(copy), "--json")
        assert (replayed.code, replayed.json["agrees"]) == (0, True)
    assert replayed.json["replayed"] == drawn.json["picks"]
    changed = json.loads(record.read_text(encoding="utf-8"))
    changed["seed"] = "9"
    record.write_text(json.dumps(changed), encoding="utf-8")
    told = call("draw", "replay", str(record), "--json")
    assert told.json["refused"][0]["code"] == "draw.changed"
    assert call("draw", "replay", str(tmp_path / "none.json")).code == 2
