"""`suite publicity` and `suite credit`: what scripts ask, and how they end."""

from __future__ import annotations

from pathlib import Path

from command_line import Call

from suite.kernel.credit.disclosure import STEPS
from suite.testing.factories import uscc


def test_the_nightly_list_and_the_rates_answer_where_nothing_is_yet(call: Call, tmp_path: Path) -> None:
    answer = call("publicity", "nightly", "--json")
    assert (answer.code, answer.json) == (0, {"ended": 0, "late": 0, "decisions": []})
    rates = call("publicity", "rates", "--json").json["rates"]
    assert [(item["title"], item["value"]) for item in rates] == [
        ("上报率", None),
        ("及时率", None),
        ("合格率", None),
    ]
    assert call("publicity", "check", "--json").json == {"decisions": []}
    assert call("publicity", "export", tmp_path / "a.xlsx", "--reason", "报送").code == 2
    assert not (tmp_path / "a.xlsx").exists()
    assert call("publicity", "withdraw", "1", "--reason", "撤销").code == 2
    assert call("publicity", "reject", tmp_path / "没有.xlsx").code == 2


def test_nothing_to_report_is_said_in_words(call: Call, tmp_path: Path) -> None:
    answer = call("publicity", "export", tmp_path / "双公示.xlsx", "--reason", "报送")
    assert answer.code == 2
    assert "没有待报、退回的双公示记录" in answer.err
    assert not (tmp_path / "双公示.xlsx").exists()


def test_the_lawyers_platform_gets_what_changed_since_it_answered(call: Call, tmp_path: Path) -> None:
    def firm(name: str, number: int) -> None:
        row = f'[{{"values": {{"name": "{name}", "main_no": "{uscc(number)}", "district_code": "130102"}}}}]'
        command = ("run", "SaveRecords", "--set", "kind=lawyers.law_firm", "--set", f"rows={row}")
        assert call(*command).code == 0

    firm("河北甲律师事务所", 1)
    file = tmp_path / "差异.xlsx"
    made = call("credit", "differences", file, "--json").json
    assert (made["number"], made["rows"], file.exists()) == (1, 1, True)
    # Not acknowledged, it is told again.
    firm("河北乙律师事务所", 2)
    again = call("credit", "differences", file, "--json").json
    assert (again["number"], again["rows"]) == (2, 2)
    assert call("credit", "acknowledge", str(again["export"]), "--reference", "CX1").code == 0
    assert call("credit", "acknowledge", str(made["export"]), "--reference", "CX0").code == 2
    assert call("credit", "differences", file).code == 2
    told = call("credit", "exports", "--json").json["exports"]
    assert [(item["number"], item["reference"]) for item in told] == [(2, "CX1"), (1, "")]
    assert call("credit", "list", "--json").json == {"records": []}


def test_the_help_names_every_step_of_disclosure(call: Call) -> None:
    said = " ".join(call("credit", "step", "--help").out.split())
    for key, step in STEPS.items():
        assert f"{key} {step.title}" in said, key


def test_a_record_is_named_as_a_list_shows_it(call: Call) -> None:
    row = f'[{{"values": {{"name": "河北甲律师事务所", "main_no": "{uscc(1)}", "district_code": "130102"}}}}]'
    made = call("run", "SaveRecords", "--set", "kind=lawyers.law_firm", "--set", f"rows={row}", "--json").json
    (number,) = made["result"]["ids"]
    entry = {
        "kind": "lawyers.law_firm", "subject_id": number, "rule": "core.credit.other", "heading": "违背承诺",
        "content": "承诺的材料没有提交", "decided_on": "2026-09-01", "organ": "本局",
    }  # fmt: skip
    given = [part for key, value in entry.items() for part in ("--set", f"{key}={value}")]
    assert call("run", "EnterCreditRecord", *given).code == 0
    (record,) = call("credit", "list", "--json").json["records"]
    for key in ("河北甲律师事务所", uscc(1), f"#{number}", str(number)):
        found = call("credit", "file", "lawyers.law_firm", key, "--reason", "核对", "--json").json["records"]
        assert [item["id"] for item in found] == [record["id"]], key
    assert call("credit", "file", "lawyers.law_firm", "河北乙律师事务所", "--reason", "核对").code == 2
    assert call("credit", "step", "verify", f"#{record['id']}").code == 0
    unknown = call("publicity", "check", "#5")
    assert (unknown.code, "不存在" in unknown.err) == (2, True)
    wrong = call("publicity", "check", "五")
    assert (wrong.code, "应为编号，如 5 或 #5" in wrong.err) == (2, True)
