"""How every command behaves: options anywhere, usage faults, bugs with a number, quick help, the demo."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from command_line import Call

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.database.engine import writing


@pytest.mark.parametrize(
    "arguments",
    [
        ["--db", "{db}", "--json", "--today", "2026-01-31", "parameters"],
        ["parameters", "--db", "{db}", "--json", "--today", "2026-01-31"],
        ["--json", "parameters", "--db", "{db}"],
    ],
)
def test_common_options_stand_anywhere(bare: Call, sqlite_database: Path, arguments: list[str]) -> None:
    answer = bare(*(part.format(db=sqlite_database) for part in arguments))
    assert answer.code == 0, answer.err
    assert answer.json["parameters"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nosuch"], "没有命令 nosuch"),
        (["kinds", "--nosuch"], "没有选项 --nosuch"),
        (["show", "lawyers.lawyer"], "缺少参数 编号"),
        (["check-number", "passport", "1"], "参数 种类 的值不对"),
        (["kinds", "too", "many"], "多出了参数"),
        (["--today", "yesterday", "kinds"], "选项 --today 的值不对"),
        (["find", "x", "--limit", "many"], "应为不小于 1、不大于 1000的数"),
        (["demo", "--practitioners", "1"], "应为不小于 50、不大于 1000000的数"),
        (["import", "lawyers.lawyer", "x.csv", "--encoding", "foo"], "没有编码“foo”"),
        (["import", "lawyers.lawyer", "x.csv", "--encoding", "hex"], "没有编码“hex”"),
    ],
)
def test_bad_usage_is_refused_in_chinese(bare: Call, arguments: list[str], words: str) -> None:
    answer = bare(*arguments)
    assert answer.code == 2
    assert words in answer.err
    assert answer.out == ""
    with_json = bare("--json", *arguments)
    assert with_json.json["refused"][0]["code"] == "usage"


def test_a_bug_has_a_number_and_a_log_and_no_traceback(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: Any, **named: Any) -> None:
        raise ZeroDivisionError("unforeseen")

    monkeypatch.setattr("suite.kernel.casework.finding.cases_found", broken)
    answer = call("find", "x", "--json")
    assert answer.code == 3
    bug = answer.json["bug"]
    log = Path(bug["log"]).read_text("utf-8")
    assert bug["incident"] in answer.err
    assert str(bug["log"]) in answer.err
    assert "Traceback" not in answer.err
    assert bug["incident"] in log
    assert "ZeroDivisionError: unforeseen" in log


def test_a_bug_inside_a_command_is_told_once(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: Any) -> None:
        raise ZeroDivisionError("unforeseen")

    monkeypatch.setattr("suite.kernel.audit.seal.seal", broken)
    answer = call("user", "add", "zhang", "张三")
    assert answer.code == 3
    assert answer.err.count("事件编号") == 1
    assert "incident" not in answer.err


def test_help_is_chinese_and_quick(bare: Call) -> None:
    answer = bare("--help")
    assert answer.code == 0
    assert "用法：" in answer.out
    assert "--db 地址" in answer.out
    assert "Show this message" not in answer.out
    loaded = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from suite.__main__ import main; main(['--help']); "
            "heavy = {'PySide6', 'sqlalchemy', 'alembic', 'openpyxl', 'pypinyin'} & set(sys.modules); "
            "print(sorted(heavy), file=sys.stderr)",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert loaded.stderr.strip() == "[]"


def test_the_module_is_the_command(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "suite", "--json", "show", "x", "y", "--db", str(tmp_path / "none.db")],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={"SUITE_HOME": str(tmp_path), "PATH": "", "PYTHONUTF8": "0", "LC_ALL": "C"},
    )
    assert done.returncode == 2
    assert json.loads(done.stdout)["refused"][0]["code"] == "database.absent"
    assert "没有找到数据库" in done.stderr


def test_the_same_commands_work_on_postgresql(bare: Call, suite_on_postgresql: Suite, admin: Actor) -> None:
    url = suite_on_postgresql.engine.url.render_as_string(hide_password=False)
    assert bare("--db", url, "db", "check").code == 0
    assert bare("--db", url, "db", "status").code == 0
    assert bare("--db", url, "user", "add", "zhang", "张三").code == 0
    assert bare("--db", url, "find", "长安", "--json").json["found"]
    with writing(suite_on_postgresql.engine) as connection:
        connection.exec_driver_sql("DELETE FROM core_search_key WHERE subject_id = 100")
    assert bare("--db", url, "db", "check").code == 1
    assert bare("--db", url, "db", "check", "--mend").code == 0


DEMO = ("--practitioners", "120", "--no-window", "--today", "2026-11-23", "--json")


@pytest.mark.long
def test_the_same_demonstration_is_made_again(bare: Call, tmp_path: Path) -> None:
    first, second = (bare("demo", "--dir", tmp_path / name, *DEMO) for name in ("one", "other"))

    def everything(place: Path) -> list[str]:
        bare("export", "lawyers.lawyer", place / "all.csv", "--columns", "全部", "--db", place / "suite.db")
        return (place / "all.csv").read_text("utf-8-sig").splitlines()

    assert [item["counts"] for item in second.json["imports"]] == [
        item["counts"] for item in first.json["imports"]
    ]
    assert everything(tmp_path / "one") == everything(tmp_path / "other")
