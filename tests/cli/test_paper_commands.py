"""`suite paper` and `suite case-file`."""

from __future__ import annotations

from pathlib import Path

from command_line import Call

from suite.bootstrap import Suite
from suite.kernel.casework.commands import AddCaseLines, LineGiven
from suite.kernel.casework.derive import step
from suite.testing.factories import make


def test_a_case_from_the_list_to_its_file(call: Call, suite_on_sqlite: Suite, tmp_path: Path) -> None:
    admin = suite_on_sqlite.actor()
    values = {"name": "河北正明司法鉴定中心", "main_no": "130100123", "district_code": "130102"}
    (institution,) = make(suite_on_sqlite, admin, "appraisal.appraisal_institution", values)
    lead = step(
        suite_on_sqlite.catalog,
        "RecordLead",
        kind="appraisal.complaint",
        respondent=(institution,),
        source="letter",
        allegations=({"head": "fee", "text": "加收费用"},),
    )
    number = suite_on_sqlite.run(lead, admin).result["number"]
    letter = tmp_path / "来信.png"
    letter.write_bytes(b"\x89PNG\r\n\x1a\n broken")
    assert call("paper", "attach", number, letter, "--note", "来信").code == 0
    form = call("paper", "approval-form", number, tmp_path / "审批表.docx", "--json")
    assert form.json["refused"][0]["code"] == "approval.none"
    again = call("paper", "attach", "1", letter, "--json")
    assert again.code == 2
    assert again.json["refused"][0]["code"] == "file.again"
    out = tmp_path / "卷宗.pdf"
    early = call("case-file", number, out, "--json")
    assert early.code == 2
    assert early.json["refused"][0]["code"] == "filing.open"
    move = step(
        suite_on_sqlite.catalog, "TransferComplaint", case_id=1, expected_version=1, transferred_to="市卫健委"
    )
    suite_on_sqlite.run(move, admin)
    assert call("case-file", number, out, "--json").json["refused"][0]["code"] == "filing.open"
    draft = tmp_path / "草稿.docx"
    assert call("paper", "draft", number, "移送函", draft).code == 0
    issued = call("paper", "issue", number, "移送函", "--draft", draft, "--json")
    assert issued.json["number"] == "石司鉴投移〔2026〕1号"
    # Nobody complained by name, so that nobody is told: the case ends with the letter.
    asked = LineGiven(list_key="withdrawal", day=suite_on_sqlite.today, code="written", text="不再追究")
    suite_on_sqlite.run(AddCaseLines(case_id=1, lines=(asked,)), admin)
    scan = tmp_path / "撤回申请.png"
    scan.write_bytes(letter.read_bytes() + b"2")
    assert call("paper", "attach", number, scan, "--line", "撤回申请:1").code == 0
    assert [file["place"] for file in call("paper", "list", number, "--json").json["files"]][-1:] == [
        "撤回申请第 1 条"
    ]
    for line, code in (("撤回申请:2", "line.unknown"), ("证据：1", "line.list")):
        wrong = call("paper", "attach", number, letter, "--line", line, "--json")
        assert wrong.json["refused"][0]["code"] == code
    assert call("paper", "attach", number, letter, "--line", "撤回申请").code == 2
    assert call("run", "NotifyTransfer", "--set", f"case={number}").code == 0
    copy = tmp_path / "移送函.docx"
    assert call("paper", "save", number, copy, "--issued", "1").code == 0
    assert copy.read_bytes().startswith(b"PK")
    assert call("case-file", number, out).code == 0
    assert out.read_bytes().startswith(b"%PDF")
    listed = call("paper", "list", number, "--json").json
    assert listed["filings"][0]["pages"] >= 5
    assert "石司鉴投移〔2026〕1号" in call("paper", "list", number).out

    shown = call("paper", "templates", "--json").json["templates"]
    assert {item["title"] for item in shown} >= {"投诉受理通知书", "行政处罚决定书"}
    names = call("paper", "templates", "--names", "移送函", "--json").json["names"]
    assert "案号" in names
    assert call("paper", "replace", "core.complaint_transfer", letter).code == 2
