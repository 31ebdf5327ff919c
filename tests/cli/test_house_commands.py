"""The database's own commands, accounts, rights, parameters, plugins, doctor, pictures."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from command_line import Call
from sqlalchemy import text

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.database import migrate
from suite.database.engine import writing
from suite.testing.factories import a_lawyer, make, resident_number
from suite.testing.fixtures import few_places


def test_init_makes_a_database_once(bare: Call, tmp_path: Path) -> None:
    path = tmp_path / "new" / "bureau.db"
    with few_places():
        first = bare("db", "init", "--db", path, "--json")
    assert first.code == 0
    assert {item["owner"] for item in first.json["upgraded"]} >= {"core", "lawyers", "popularization"}
    again = bare("--db", path, "db", "init", "--json")
    assert (again.code, again.json["upgraded"], again.json["existed"]) == (0, [], True)
    status = bare("db", "status", "--db", path, "--json")
    assert status.code == 0
    assert {item["standing"] for item in status.json["owners"]} == {"current"}


def test_a_missing_database_is_told_and_not_made(bare: Call, tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    assert bare("db", "status", "--db", path).code == 1
    answer = bare("find", "x", "--db", path, "--json")
    assert (answer.code, answer.json["refused"][0]["code"]) == (2, "database.absent")
    assert not path.exists()


@pytest.mark.parametrize(
    ("database", "code"),
    [
        ("postgresql://nobody@127.0.0.1:1/x", "database.refused"),
        ("nosuch://x", "database.url"),
        ("{tmp}/garbage.db", "database.not_a_database"),
    ],
)
def test_a_database_that_cannot_be_used_is_refused(
    bare: Call, tmp_path: Path, database: str, code: str
) -> None:
    (tmp_path / "garbage.db").write_bytes(b"this is no database" * 100)
    answer = bare("find", "x", "--db", database.format(tmp=tmp_path), "--json")
    assert (answer.code, answer.json["refused"][0]["code"]) == (2, code)
    assert "Traceback" not in answer.err


def test_a_connection_is_tried_and_diagnosed(call: Call, tmp_path: Path) -> None:
    answer = call("db", "test", "--json")
    assert (answer.code, answer.json["ok"], answer.json["code"]) == (0, True, None)
    for database, code in (
        ("postgresql://nobody@127.0.0.1:1,no-such-host.invalid/x", "database.refused"),
        (str(tmp_path / "none.db"), "database.absent"),
    ):
        answer = call("db", "test", "--db", database, "--json")
        assert (answer.code, answer.json["ok"], answer.json["code"]) == (1, False, code)
        assert answer.json["fact"]
    assert not (tmp_path / "none.db").exists()


def test_a_sound_database_passes(call: Call) -> None:
    answer = call("db", "check", "--json")
    assert answer.code == 0
    assert answer.json["ok"] is True
    assert [part["part"] for part in answer.json["parts"]] == [
        "integrity", "references", "audit", "orphans", "merges", "masks", "search", "births", "editions",
        "snapshots",
    ]  # fmt: skip


def test_search_keys_are_found_wrong_and_mended(call: Call, sqlite_database: Path) -> None:
    with sqlite3.connect(sqlite_database) as raw:
        raw.execute("DELETE FROM core_search_key WHERE subject_id = 100")
        raw.execute("UPDATE core_search_key SET scope_id = 0 WHERE subject_id = 200")
        raw.execute("INSERT INTO core_search_key (key, subject_id, scope_id) VALUES ('x', 999999, 1)")
    raw.close()
    told = call("db", "check", "--json")
    assert told.code == 1
    assert {item["code"] for item in told.json["problems"]} == {"search.keys", "search.ownerless"}
    mended = call("db", "check", "--mend", "--json")
    assert (mended.code, mended.json["ok"]) == (0, True)
    assert "2 份档案" in mended.json["mended"][0]


def test_lost_triggers_are_found_and_put_back(call: Call, sqlite_database: Path) -> None:
    with sqlite3.connect(sqlite_database) as raw:
        name = raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchone()[0]
        raw.execute(f'DROP TRIGGER "{name}"')
    raw.close()
    assert call("audit", "verify").code == 1
    assert call("db", "check", "--mend").code == 0
    assert call("audit", "verify").code == 0


def test_rows_without_their_other_half_are_found(
    call: Call, suite_on_sqlite: Suite, admin: Actor, sqlite_database: Path
) -> None:
    (lawyer,) = make(suite_on_sqlite, admin, "lawyers.lawyer", a_lawyer(1))
    with sqlite3.connect(sqlite_database) as raw:
        for (name,) in raw.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'lawyers_law%'"
        ).fetchall():
            raw.execute(f'DROP TRIGGER "{name}"')
        raw.execute("DELETE FROM lawyers_lawyer WHERE subject_id = ?", (lawyer,))
        raw.execute("INSERT INTO lawyers_law_firm (subject_id) VALUES (?)", (lawyer,))
    raw.close()
    told = call("db", "check", "--json")
    assert told.code == 1
    assert {"orphan.subject", "orphan.details"} <= {item["code"] for item in told.json["problems"]}


def test_birth_dates_that_numbers_carry_are_missed_and_put_in(
    call: Call, suite_on_sqlite: Suite, admin: Actor, sqlite_database: Path
) -> None:
    make(suite_on_sqlite, admin, "lawyers.lawyer", a_lawyer(1, id_number=resident_number(1)), a_lawyer(2))
    with sqlite3.connect(sqlite_database) as raw:
        for (name,) in raw.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'core_person'"
        ).fetchall():
            raw.execute(f'DROP TRIGGER "{name}"')
        assert raw.execute("UPDATE core_person SET birth_date = NULL").rowcount == 2
        raw.commit()
        told = call("db", "check", "--json")
        assert told.code == 1
        assert [item["text"][:6] for item in told.json["problems"] if item["code"] == "person.births"] == [
            "有 1 人的"
        ]
        assert call("db", "check", "--mend").code == 0
        found = raw.execute("SELECT birth_date FROM core_person ORDER BY id").fetchall()
    raw.close()
    assert found == [("1985-04-12",), (None,)]


def test_only_who_may_mends(call: Call) -> None:
    call("user", "add", "juling", "尹建华")
    assert call("db", "check", "--mend", "--as", "juling").code == 2


def test_an_older_database_is_read_only_until_it_is_upgraded(call: Call, suite_on_sqlite: Suite) -> None:
    with writing(suite_on_sqlite.engine) as connection:
        connection.execute(text("UPDATE alembic_version_core SET version_num = '209912310000'"))
    status = call("db", "status", "--json")
    assert status.code == 1
    assert status.json["owners"][0]["standing"] == "newer"
    answer = call("user", "list", "--json")
    assert (answer.code, answer.json["refused"][0]["code"]) == (2, "database.newer")


def test_a_revision_is_written_for_what_the_database_lacks(
    bare: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = tmp_path / "versions"

    def owner_folder(migrations: str) -> Path:
        return moved if migrations == "notary" else migrate.SCRIPTS / migrations

    monkeypatch.setattr("suite.loader.plugins.owner_folder", owner_folder)
    answer = bare("db", "revision", "notary", "Create the rosters", "--json")
    assert answer.code == 0, answer.err
    script = Path(answer.json["file"]).read_text("utf-8")
    assert Path(answer.json["file"]).parent == moved
    assert '"notary_notary"' in script or "'notary_notary'" in script
    assert "lawyers_" not in script
    assert bare("db", "revision", "nobody", "x").code == 2


def test_accounts_and_why(call: Call) -> None:
    assert call("user", "add", "zhang", "张三").code == 0
    assert call("user", "add", "zhang", "张三").code == 2
    assert call("user", "grant", "zhang", "core.section_staff", "--profession", "lawyers").code == 0
    users = {item["login"]: item for item in call("user", "list", "--json").json["users"]}
    assert users["zhang"]["roles"] == ["科室人员（律师）"]
    told = call("rights", "--login", "zhang", "--explain", "lawyers:roster:edit", "--json").json["rights"]
    assert told[0]["held"] is True
    assert told[0]["by"][0]["profession"] == "lawyers"
    (denied,) = call("rights", "--login", "zhang", "--explain", "notary:roster:edit", "--json").json["rights"]
    assert denied["held"] is False
    assert "科室人员" in denied["roles"]
    assert call("rights", "--login", "admin", "--as", "zhang").code == 2
    assert call("user", "list", "--as", "zhang").code == 2
    assert call("user", "disable", "zhang").code == 0
    assert call("kinds", "--as", "zhang").code == 0
    assert call("find", "x", "--as", "zhang").code == 2


def test_parameters_are_told_and_set_from_a_day_on(call: Call) -> None:
    def value(today: str) -> Any:
        lines = call("parameters", "--json", "--today", today).json["parameters"]
        return {line["key"]: line["value"] for line in lines}["core.reveal_seconds"]

    asked = ("parameters", "set", "core.reveal_seconds", "30", "--from", "2026-03-01")
    assert call(*asked).code == 2
    assert call(*asked, "--source", "局发〔2026〕3号").code == 0
    assert (value("2026-02-28"), value("2026-03-01")) == (60, 30)


def test_plugins_and_doctor_say_how_things_stand(call: Call) -> None:
    told = {item["name"]: item for item in call("plugins", "--json").json["plugins"]}
    assert told["lawyers"]["state"] == "on"
    assert "lawyers.lawyer" in told["lawyers"]["kinds"]
    findings = {
        item["key"]: item for item in call("doctor", "--json", "--today", "2026-11-23").json["findings"]
    }
    assert set(findings) == {
        "database", "versions", "plugins", "trace", "calendar", "keyring", "fonts", "typing", "backup",
        "disk", "home", "timezone",
    }  # fmt: skip
    assert findings["database"]["state"] == "ok"
    assert findings["calendar"]["state"] == "ok"
    assert all(item["cure"] for item in findings.values() if item["state"] in ("warn", "bad"))
    december = {
        item["key"]: item for item in call("doctor", "--json", "--today", "2026-12-01").json["findings"]
    }
    assert december["calendar"]["state"] == "warn"
    assert "2027" in december["calendar"]["fact"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere the system sees to it")
@pytest.mark.parametrize(("module", "state"), [("ibus", "ok"), ("fcitx", "warn"), ("", "neutral")])
def test_the_doctor_tells_of_an_input_method_that_this_qt_lacks(
    bare: Call, monkeypatch: pytest.MonkeyPatch, module: str, state: str
) -> None:
    monkeypatch.setenv("QT_IM_MODULE", module)
    findings = {item["key"]: item for item in bare("doctor", "--json").json["findings"]}
    assert findings["typing"]["state"] == state


def test_the_doctor_comes_without_a_database(bare: Call) -> None:
    findings = {item["key"]: item for item in bare("doctor", "--json").json["findings"]}
    assert "suite db init" in findings["database"]["cure"]


def test_shot_hands_over_what_to_paint(call: Call, screens: Any, tmp_path: Path) -> None:
    out = tmp_path / "x.png"
    answer = call("shot", "today", out, "--size", "1366x768", "--theme", "dark", "--scale", "1.25", "--json")
    assert answer.code == 0
    (picture,) = screens.painted
    assert (picture.page, picture.out, picture.size, picture.theme, picture.scale) == (
        "today", out, (1366, 768), "dark", 1.25
    )  # fmt: skip
    assert call("shot", "today", out, "--size", "huge").code == 2
    assert call("pages", "--json").json == {"pages": [{"page": "today", "title": "工作台"}]}


def test_a_missing_trigger_stops_writing_and_not_reading_until_the_database_is_mended(
    call: Call, sqlite_database: Path
) -> None:
    with closing(sqlite3.connect(sqlite_database)) as file:
        file.execute("DROP TRIGGER audit_core_parameter_insert")
    assert call("parameters").code == 0
    refused = call(
        "run", "SetParameter", "--set", "key=core.reveal_seconds", "--set", "value=30",
        "--set", "valid_from=2026-01-01", "--set", "source=试验", "--json",
    )  # fmt: skip
    assert refused.code == 2
    assert refused.json["refused"][0]["code"] == "database.triggers"
    mended = call("db", "check", "--mend", "--json")
    assert mended.code == 0, mended.err
    assert any("audit_core_parameter_insert" in line for line in mended.json["mended"])


def test_parameters_are_told_and_set_in_words_beside_their_codes(call: Call) -> None:
    key = "appraisal.vcr.denominator"
    told = {line["key"]: line for line in call("parameters", "--json").json["parameters"]}[key]
    assert (told["value"], told["words"]) == ("opinions_issued", "出具的鉴定意见")
    assert told["choices"] == {
        "opinions_issued": "出具的鉴定意见", "accepted": "受理的投诉", "received": "收到的投诉"
    }  # fmt: skip
    assert "出具的鉴定意见（opinions_issued）" in call("parameters").out
    done = call("parameters", "set", key, "收到的投诉", "--source", "局务会", "--json")
    assert (done.json["value"], done.json["words"]) == ("received", "收到的投诉")
    refused = call("parameters", "set", key, "别的", "--source", "局务会")
    assert refused.code == 2
    assert "出具的鉴定意见、受理的投诉、收到的投诉" in refused.err
