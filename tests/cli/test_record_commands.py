"""`kinds`, `show`, `find`, `run`, `commands`, `check-number`."""

from __future__ import annotations

import io
import json
import sys
from types import SimpleNamespace

import pytest
from command_line import Call

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.testing.factories import a_firm, a_lawyer, make, practice_no

KIND = "lawyers.lawyer"


@pytest.fixture
def lawyer(suite_on_sqlite: Suite, admin: Actor) -> int:
    (firm,) = make(suite_on_sqlite, admin, "lawyers.law_firm", a_firm(1))
    (lawyer,) = make(
        suite_on_sqlite,
        admin,
        KIND,
        a_lawyer(1, body_id=firm, phone="13831120001", first_practice_on="2012-03-01"),
    )
    return lawyer


def test_kinds_tells_every_field(bare: Call) -> None:
    told = bare("kinds", "--json").json["kinds"]
    kinds = {kind["key"]: kind for kind in told}
    assert {KIND, "notary.notary", "popularization.law_savvy_villager", "core.village"} <= set(kinds)
    fields = {field["title"]: field for field in kinds[KIND]["fields"]}
    assert (fields["姓名"]["key"], fields["姓名"]["required"]) == ("name", True)
    assert fields["身份证号"]["sensitive"] is True
    assert fields["首次执业日期"]["type"] == "date"
    assert "专职律师" in fields["执业类别"]["choices"]


@pytest.mark.parametrize("key", ["number", "name", "id"])
def test_show_finds_a_record_by_number_name_and_id(call: Call, lawyer: int, key: str) -> None:
    keys = {"number": practice_no(1), "name": "钱志远", "id": f"#{lawyer}"}
    told = call("show", KIND, keys[key], "--json").json
    assert told["id"] == lawyer
    assert told["key"] == practice_no(1)
    assert told["values"]["执业机构"] == "河北第1律师事务所"
    assert told["values"]["首次执业日期"] == "2012-03-01"
    assert told["values"]["联系电话"] == "138****0001"
    assert told["posts"][0]["body"] == "河北第1律师事务所"
    assert told["history"][0]["who"] == "系统管理员"


def test_a_name_that_two_have_is_asked_back(call: Call, suite_on_sqlite: Suite, admin: Actor) -> None:
    make(suite_on_sqlite, admin, KIND, a_lawyer(1), a_lawyer(2, name="钱志远"))
    answer = call("show", KIND, "钱志远", "--json")
    assert (answer.code, answer.json["refused"][0]["code"]) == (2, "key.several")


def test_show_and_find_know_nothing_out_of_scope(call: Call, lawyer: int) -> None:
    call("user", "add", "zhengding", "耿玉兰")
    call("user", "grant", "zhengding", "core.county_bureau", "--district", "130123")
    assert call("show", KIND, practice_no(1), "--as", "zhengding").code == 2
    assert call("find", "钱志远", "--as", "zhengding", "--json").json["found"] == []
    assert call("audit", "show", practice_no(1), "--as", "zhengding").code == 2


@pytest.mark.parametrize("words", ["钱志远", "qzy", "qianzhiyuan", "志远 钱", "000001"])
def test_find_searches_as_the_window_does(call: Call, lawyer: int, words: str) -> None:
    found = call("find", words, "--kind", KIND, "--json").json["found"]
    assert [item["id"] for item in found] == [lawyer]
    assert found[0]["body"] == "河北第1律师事务所"


def test_run_takes_any_command_with_typed_fields(call: Call, lawyer: int) -> None:
    version = call("show", KIND, f"#{lawyer}", "--json").json["version"]
    rows = [{"subject_id": lawyer, "expected_version": version, "values": {"name": "钱志高"}}]
    answer = call(
        "run", "SaveRecords", "--set", f"kind={KIND}", "--set", f"rows={json.dumps(rows)}",
        "--set", "effective_on=2026-01-05", "--reason", "更名", "--json",
    )  # fmt: skip
    assert answer.code == 0, answer.err
    assert answer.json["changes"] == [{"kind": KIND, "ids": [lawyer]}]
    told = call("show", KIND, f"#{lawyer}", "--json").json
    assert told["values"]["姓名"] == "钱志高"
    assert told["history"][0]["reason"] == "更名"


def test_run_dry_writes_nothing(call: Call) -> None:
    assert call("run", "AddUser", "--set", "login=zhang", "--set", "name=张三", "--dry-run").code == 0
    assert [user["login"] for user in call("user", "list", "--json").json["users"]] == ["admin"]


def test_run_tells_everything_that_does_not_fit(call: Call) -> None:
    answer = call(
        "run", "SetParameter", "--set", "key=core.reveal_seconds", "--set", "valid_from=昨天",
        "--set", "colour=red", "--json",
    )  # fmt: skip
    assert answer.code == 2
    told = {(item["code"], item["field"]) for item in answer.json["refused"]}
    assert told == {
        ("value.type", "valid_from"), ("field.unknown", "colour"),
        ("required", "value"), ("required", "source"),
    }  # fmt: skip


def test_run_refuses_what_the_actor_may_not(call: Call) -> None:
    call("user", "add", "juling", "尹建华")
    answer = call("run", "AddUser", "--set", "login=x", "--set", "name=y", "--as", "juling", "--json")
    assert (answer.code, answer.json["refused"][0]["kind"]) == (2, "not_permitted")


def test_commands_names_fields_and_permission(bare: Call) -> None:
    told = {item["command"]: item for item in bare("commands", "--json").json["commands"]}
    assert told["AddUser"]["permission"] == "core:user:manage"
    fields = {field["name"]: field["required"] for field in told["AddUser"]["fields"]}
    assert fields == {"login": True, "name": True, "section": False}


def test_check_number_needs_no_database(bare: Call) -> None:
    assert bare("check-number", "lawyer", practice_no(1)).code == 0
    answer = bare("check-number", "resident", "130102198504120001", "--json")
    assert answer.code == 1
    assert list(answer.json) == ["in", "verdict", "normalised", "reasons"]
    assert answer.json["verdict"] == "invalid"
    assert answer.json["reasons"][0]["code"] == "id_check_digit"


def test_check_number_answers_lines_in_order(bare: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    given = [practice_no(1), "x", f" {practice_no(2)} "]
    lines = "".join(f"{json.dumps(value)}\n" for value in given).encode()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(lines)))
    answer = bare("check-number", "lawyer", "-")
    told = [json.loads(line) for line in answer.out.splitlines()]
    assert answer.code == 1
    assert [item["in"] for item in told] == given
    assert [item["verdict"] for item in told] == ["valid", "invalid", "valid"]


def test_a_line_that_is_no_json_string_keeps_its_place(bare: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b'oops\n"x"\n')))
    answer = bare("check-number", "uscc", "-")
    told = [json.loads(line) for line in answer.out.splitlines()]
    assert answer.code == 2
    assert [item["verdict"] for item in told] == ["invalid", "invalid"]
    assert told[0]["reasons"][0]["code"] == "not_a_json_string"


def test_what_does_not_fit_a_command_is_told_with_its_place(call: Call) -> None:
    def told(rows: object) -> str:
        given = f"rows={json.dumps(rows)}"
        answer = call("run", "SaveRecords", "--set", "kind=lawyers.lawyer", "--set", given, "--json")
        (problem,) = answer.json["refused"]
        assert (answer.code, problem["code"], problem["field"]) == (2, "value.type", "rows")
        return str(problem["text"])

    assert told({}).startswith("“rows”应为 JSON 列表")
    assert told([1]).startswith("“rows[0]”应为 JSON 对象")
    assert told([{"values": {}}, {"nosuch": 1}]).startswith("“rows[1]”没有字段 nosuch")
    assert told([{}]).startswith("“rows[0]”缺少字段 values")
    assert told([{"values": {}, "subject_id": "x"}]).startswith("“rows[0].subject_id”应为数字")


def test_a_refused_code_names_what_is_taken(call: Call) -> None:
    rows = [{"values": {"name": "冀远", "category": "全职律师"}}]
    arguments = ["--set", "kind=lawyers.lawyer", "--set", f"rows={json.dumps(rows)}"]
    refused = call("run", "SaveRecords", *arguments, "--json").json["refused"]
    (problem,) = (item for item in refused if item["field"] == "category")
    assert "full_time（专职律师）" in problem["text"]
