"""Cases on the command line: steps are commands like all others."""

from __future__ import annotations

import json

from command_line import Call

from suite.bootstrap import Suite
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.casework.derive import step
from suite.testing.factories import make


def test_steps_are_listed_and_run(call: Call, suite_on_sqlite: Suite) -> None:
    listed = {item["command"]: item for item in call("commands", "--json").json["commands"]}
    decide = listed["DecideComplaint"]
    assert decide["permission"] == "{owner}:case:handle"
    assert "144号" in decide["article"]
    needed = {field["name"] for field in decide["fields"] if field["required"]}
    assert needed == {"case_id", "expected_version", "outcome", "decision_summary"}
    assert decide["permission_title"] == (
        "办理办件（律师、律师（行业自律）、公证、公证（行业自律）、司法鉴定、仲裁）"
    )
    fields = {field["name"]: field for field in decide["fields"]}
    assert (fields["rectify_by"]["title"], fields["rectify_by"]["type_title"]) == ("整改期限", "日期")
    assert "转行政处罚" in fields["outcome"]["choices"]
    assert "{owner}" not in call("commands").out
    one = call("commands", "SaveLedgerEntries", "--kind", "notary.village_visits").out
    assert "进村日期" in one
    assert "AddUser" not in one
    assert "DecideComplaint" in call("commands", "DecideComplain").err
    (institution,) = make(
        suite_on_sqlite,
        suite_on_sqlite.actor(),
        "appraisal.appraisal_institution",
        {"name": "河北正明司法鉴定中心", "main_no": "130100123", "district_code": "130102"},
    )
    given = {
        "kind": "appraisal.complaint",
        "source": "visit",
        "respondent": json.dumps([institution]),
        "complainants": json.dumps([{"name": "李建国", "phone": "13912346612"}], ensure_ascii=False),
        "allegations": json.dumps([{"head": "fee", "text": "加收费用"}], ensure_ascii=False),
    }
    pairs = [part for key, value in given.items() for part in ("--set", f"{key}={value}")]
    opened = call("run", "OpenComplaint", *pairs, "--json", "--today", "2026-11-23")
    assert opened.code == 0, opened.err
    assert opened.json["result"]["number"] == "石司鉴投〔2026〕1号"
    case = opened.json["result"]["case_id"]
    refused = call(
        "run", "ReplyComplaint", "--set", f"case_id={case}", "--set", "expected_version=1", "--set",
        "reply_no=1", "--json",
    )  # fmt: skip
    assert refused.code == 2
    assert refused.json["refused"][0]["code"] == "case.state"


def test_a_case_is_followed_by_its_number(call: Call, suite_on_sqlite: Suite) -> None:
    suite = suite_on_sqlite
    admin = suite.actor()
    for login, name, role in (("kezhang", "周立群", "head"), ("jingban", "韩雪", "staff")):
        suite.run(AddUser(login=login, name=name), admin)
        suite.run(GrantRole(login=login, role=f"core.section_{role}"), admin)
    (institution,) = make(
        suite,
        admin,
        "appraisal.appraisal_institution",
        {"name": "河北正明司法鉴定中心", "main_no": "130100123", "district_code": "130102"},
    )
    command = step(
        suite.catalog,
        "OpenComplaint",
        kind="appraisal.complaint",
        respondent=(institution,),
        source="letter",
        complainants=({"name": "李建国", "phone": "13912346612"},),
        allegations=({"head": "fee", "text": "加收费用"},),
    )
    number = suite.run(command, admin).result["number"]
    day = ("--today", "2026-11-23")
    asked = call("run", "RefuseComplaint", "--set", "case=2026-1", "--set", "refusal_ground=opinion", *day)
    assert asked.code == 0, asked.err
    waiting = call("approvals", "--as", "kezhang", "--json", *day).json["waiting"]
    assert [(item["number"], item["place"]) for item in waiting] == [(number, "科长")]
    back = call(
        "run", "ReturnStep", "--as", "kezhang", "--set", f"case={number}", "--set", "opinion=写明条款", *day
    )
    assert back.code == 0, back.err
    (returned,) = call("approvals", "--json", *day).json["returned"]
    assert (returned["number"], returned["reason"]) == (number, "写明条款")
    shown = call("show", "appraisal.complaint", "石司鉴投[2026]1号", "--json", *day).json
    assert shown["key"] == number
    assert shown["clocks"][0]["due"] == "2026-12-02"
    assert "李建国" not in str(shown)
    assert any(line["command"] == "AcceptComplaint" and not line["refused"] for line in shown["steps"])
    words = call("show", "appraisal.complaint", "1", *day).out
    assert "写明条款" in words
    until = call("run", "HandOverWork", "--set", "to=jingban", "--set", "until=2026-12-01", "--set",
                 "reason=休假", *day)  # fmt: skip
    assert until.code == 0, until.err
    mine = call("cases", "--as", "jingban", "--handler", "me", "--json", *day).json["cases"]
    assert [(line["number"], line["acting"]) for line in mine] == [(number, "韩雪")]
    later = ("--today", "2026-12-03")
    assert call("cases", "--as", "jingban", "--handler", "me", "--json", *later).json["cases"] == []
    (late,) = call("cases", "--overdue", "--json", *later).json["cases"]
    assert late["remaining"] == "已逾期 1 个工作日"
    assert call("find", "正明", "--json", *day).json["cases"][0]["key"] == number
    assert call("find", "2026-1", "--json", *day).json["cases"][0]["key"] == number
    assert call("cases", "--state", "没有的").code == 2
    assert call("show", "appraisal.complaint", "2026-9", *day).code == 2
    assert call("run", "ApproveStep", "--set", f"case={number}", *day).code == 2


def test_titles_names_and_numbers_are_taken(call: Call, suite_on_sqlite: Suite) -> None:
    suite = suite_on_sqlite
    suite.run(AddUser(login="second", name="韩雪"), suite.actor())
    suite.run(GrantRole(login="second", role="core.section_staff"), suite.actor())
    make(
        suite,
        suite.actor(),
        "appraisal.appraisal_institution",
        {"name": "河北正明司法鉴定中心", "main_no": "130100123", "district_code": "130102"},
    )
    kind = suite.catalog.case_kinds["appraisal.complaint"]
    assert kind.heads is not None
    head = suite.catalog.codes[kind.heads].codes[0]
    given = {
        "kind": kind.title,
        "source": "来访",
        "respondent": "河北正明司法鉴定中心",
        "complainants": json.dumps([{"name": "李建国", "phone": "13912346612"}], ensure_ascii=False),
        "allegations": json.dumps([{"head": head.title, "text": "加收费用"}], ensure_ascii=False),
    }

    def pairs(**more: str) -> list[str]:
        return [part for key, value in (given | more).items() for part in ("--set", f"{key}={value}")]

    day = ("--json", "--today", "2026-11-23")
    opened = call("run", "OpenComplaint", *pairs(), *day)
    assert opened.code == 0, opened.err
    number = opened.json["result"]["number"]
    again = call("run", "OpenComplaint", *pairs(respondent="130100123", repeat_of=number), *day)
    assert again.code == 0, again.err
    wrong = call("run", "OpenComplaint", *pairs(respondent="河北正明鉴定中心"), *day)
    (problem,) = wrong.json["refused"]
    assert (wrong.code, problem["code"]) == (2, "record.unknown")
    assert "河北正明司法鉴定中心（130100123）" in problem["text"]
    for name, *more in (
        ("AcceptComplaint",),
        ("StartInvestigation", "officer=韩雪、admin"),
        ("FindAllegations", 'findings=[{"no": 1, "finding": "不实"}]'),
    ):
        asked = [part for pair in (f"case={number}", *more) for part in ("--set", pair)]
        taken = call("run", name, *asked, *day)
        assert taken.code == 0, taken.err
