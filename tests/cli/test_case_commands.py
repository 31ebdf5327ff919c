"""Cases on the command line: steps are commands like all others."""

from __future__ import annotations

import json

from command_line import Call

from suite.bootstrap import Suite
from suite.testing.factories import make


def test_steps_are_listed_and_run(call: Call, suite_on_sqlite: Suite) -> None:
    listed = {item["command"]: item for item in call("commands", "--json").json["commands"]}
    decide = listed["DecideComplaint"]
    assert decide["permission"] == "{owner}:case:handle"
    assert "144号" in decide["article"]
    needed = {field["name"] for field in decide["fields"] if field["required"]}
    assert needed == {"case_id", "expected_version", "outcome", "decision_summary"}
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
