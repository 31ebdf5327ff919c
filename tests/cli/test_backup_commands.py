"""`suite backup`, `restore`, `db copy` as a script calls them: their JSON and exit codes."""

from __future__ import annotations

from pathlib import Path

from command_line import Call


def test_a_backup_is_taken_proven_and_restored(call: Call, tmp_path: Path) -> None:
    out, there = tmp_path / "a.backup", tmp_path / "there.db"
    taken = call("backup", out, "--json")
    assert (taken.code, taken.json["noted"]) == (0, True), taken.err
    restored = call("restore", out, "--db", there, "--json")
    assert (restored.code, restored.json["ok"], restored.json["older"]) == (0, True, False), restored.err
    again = call("restore", out, "--db", there, "--json")
    assert (again.code, again.json["refused"][0]["code"]) == (2, "restore.not_empty")
    out.write_bytes(out.read_bytes()[:-1])
    damaged = call("backup", "--prove", out, "--json")
    assert (damaged.code, damaged.json["refused"][0]["code"]) == (2, "backup.damaged")


def test_what_is_asked_for_must_be_one_thing(call: Call, tmp_path: Path) -> None:
    assert call("backup").code == 2
    assert call("backup", tmp_path / "a.backup", "--scheduled").code == 2
    assert call("backup", "--scheduled", "--json").json["refused"][0]["code"] == "backup.unasked"


def test_a_database_is_not_copied_into_one_in_use(call: Call, tmp_path: Path) -> None:
    call("backup", tmp_path / "a.backup")
    call("restore", tmp_path / "a.backup", "--db", tmp_path / "used.db")
    assert call("user", "add", "zhang", "张三", "--db", tmp_path / "used.db").code == 0
    answer = call("db", "copy", "--to", tmp_path / "used.db", "--json")
    assert (answer.code, answer.json["refused"][0]["code"]) == (2, "copy.not_empty")
