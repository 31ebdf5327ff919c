"""`suite user`, `suite rights` and passwords on the command line."""

from __future__ import annotations

import io

import pytest
from command_line import Call

GOOD = "Zhaohe-2026"


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_a_password_is_asked_for_once_anybody_has_one(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    assert call("user", "add", "clerk", "赵敏").code == 0
    typed(monkeypatch, GOOD)
    assert call("user", "password", "--new-password-stdin").code == 0
    typed(monkeypatch)
    for arguments in ([], ["--as", "admin"], ["--as", "clerk"]):
        answer = call("user", "list", "--json", *arguments)
        assert answer.code == 2
        assert answer.json["refused"][0]["code"] == "login.password_needed"
    typed(monkeypatch, "wrong")
    assert call("user", "list", "--password-stdin", "--json").json["refused"][0]["code"] == "login.wrong"
    typed(monkeypatch, GOOD, f"{GOOD}-2")
    answer = call("user", "password", "clerk", "--password-stdin", "--new-password-stdin")
    assert answer.code == 0, answer.err
    typed(monkeypatch, f"{GOOD}-2")
    assert call("rights", "--as", "clerk", "--password-stdin").code == 0
    # One's own: the old one, which was typed to sign in, then the new one.
    own = ("user", "password", "--as", "clerk", "--password-stdin", "--new-password-stdin")
    typed(monkeypatch, f"{GOOD}-2", f"{GOOD}-3")
    assert call(*own).code == 0
    typed(monkeypatch, f"{GOOD}-2", f"{GOOD}-4")
    assert call(*own).code == 2


def test_a_password_on_the_command_line_is_refused(call: Call) -> None:
    answer = call("run", "ChangePassword", "--set", f"password={GOOD}", "--json")
    assert answer.code == 2
    assert answer.json["refused"][0]["code"] == "field.secret"
    assert GOOD not in answer.out + answer.err


def test_a_role_is_given_taken_back_and_explained(call: Call) -> None:
    call("user", "add", "clerk", "赵敏")
    grant = ("clerk", "core.section_staff", "--profession", "lawyers")
    assert call("user", "grant", *grant).code == 0
    explained = call("rights", "--login", "clerk", "--explain", "lawyers:identity:reveal", "--json").json
    assert explained["rights"][0]["held"]
    assert {"core_identity", "core_import_secret", "core_roster_exchange_secret"} == {
        line["table"] for line in explained["tables"]
    }
    assert call("user", "revoke", "clerk", "core.section_staff").code == 2
    assert call("user", "revoke", *grant).code == 0
    assert not call("rights", "--login", "clerk", "--explain", "lawyers:roster:read", "--json").json[
        "rights"
    ][0]["held"]
    last = call("user", "revoke", "admin", "core.administrator", "--json")
    assert last.json["refused"][0]["code"] == "administrator.last"


def test_the_matrix_names_every_permission_and_every_table(call: Call) -> None:
    told = call("rights", "--matrix", "--json").json
    asked = {(line["table"], line["operation"]): line["asks"] for line in told["tables"]}
    assert asked["core_audit_entry", "UPDATE"] is None
    assert asked["core_identity", "SELECT"].endswith("identity:reveal")
    roles = {line["permission"]: line["roles"] for line in told["permissions"]}
    assert "core.leader" not in roles["lawyers:identity:reveal"]


def test_a_file_has_no_servers_rights(call: Call) -> None:
    assert call("db", "rights", "check", "--json").json["refused"][0]["code"] == "rights.sqlite"


def test_a_request_is_listed_returned_and_approved_by_another_one(call: Call) -> None:
    call("user", "add", "clerk", "赵敏")
    call("user", "grant", "clerk", "core.section_staff")
    look = ("kind=lawyers.lawyer", "subject_ids=[1]", "field=phone", "reason=培训")
    told = call(
        "run", "RevealMany", *(part for one in look for part in ("--set", one)), "--as", "clerk", "--json"
    )
    # Record 1 is a township: what could not be done is not asked for.
    assert told.json["refused"][0]["code"] == "out_of_scope"
    asked = call("request", "export", "lawyers.lawyer", "20000", "培训", "--as", "clerk", "--json")
    assert asked.code == 0, asked.err
    number = asked.json["request"]
    assert (
        call("request", "approve", str(number), "--as", "clerk", "--json").json["refused"][0]["code"]
        == "request.own"
    )
    assert [line["id"] for line in call("request", "list", "--json").json["requests"]] == [number]
    [waits] = call("notices", "--json").json["notices"]
    assert (waits["kind"], waits["read"]) == ("core.request_waits", False)
    assert call("run", "ReadNotice", "--set", f"notices=[{waits['id']}]").code == 0
    assert "已读" in call("notices").out
    assert call("request", "return", str(number), "范围不对").code == 0
    assert call("request", "list", "--json").json["requests"][0]["state"] == "returned"
    assert call("notices", "--json").json["notices"] == []
    assert "办结" in call("notices", "--all").out
    kinds = [line["kind"] for line in call("notices", "--as", "clerk", "--json").json["notices"]]
    assert kinds == ["core.request_decided", "core.rights_changed"]


def test_a_section_has_a_head_and_a_stand_in(call: Call) -> None:
    for arguments in (
        ("section", "add", "律师科", "--profession", "lawyers", "--kind", "lawyers.lawyer"),
        ("user", "add", "head", "周明", "--section", "律师科"),
        ("user", "add", "clerk", "赵敏"),
        ("user", "grant", "head", "core.section_staff", "--profession", "lawyers"),
        ("section", "member", "clerk", "律师科"),
        ("section", "head", "律师科", "head"),
        ("section", "stand-in", "律师科", "clerk", "--to", "2099-01-01", "--reason", "x"),
    ):
        answer = call(*arguments, "--json")
        assert answer.code == (2 if "2099-01-01" in arguments else 0), answer.err
    days = ("--from", "2026-11-20", "--to", "2026-11-30", "--reason", "出差", "--today", "2026-11-23")
    assert call("section", "stand-in", "律师科", "clerk", *days).code == 0
    [line] = call("section", "list", "--today", "2026-11-23", "--json").json["sections"]
    assert (line["head"], line["kinds"], line["stand_ins"][0]["now"]) == ("head", ["lawyers.lawyer"], True)
    held = ("rights", "--login", "clerk", "--explain", "lawyers:roster:edit", "--json", "--today")
    assert [call(*held, day).json["rights"][0]["held"] for day in ("2026-11-30", "2026-12-01")] == [
        True,
        False,
    ]
    assert call("section", "end-stand-in", "律师科", "--today", "2026-11-23").code == 0
    assert not call(*held, "2026-11-30").json["rights"][0]["held"]
