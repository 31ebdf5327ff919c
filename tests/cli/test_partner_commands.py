"""`suite exchange` and `suite reconcile`: what they write, and how they end."""

from __future__ import annotations

from pathlib import Path

from command_line import Call
from openpyxl import Workbook

from suite.bootstrap import Suite
from suite.kernel.exchange.houses import signed
from suite.kernel.exchange.packet_files import read_receipt, write_packet
from suite.kernel.exchange.sending import SendRoster
from suite.testing.factories import a_firm, make
from suite.testing.keyrings import MemoryKeyring

FIRMS = "lawyers.law_firm"


def firm(call: Call, name: str) -> None:
    answer = call(
        "run", "SaveRecords", "--set", f"kind={FIRMS}", "--set",
        f'rows=[{{"values": {{"name": "{name}", "district_code": "130102", "category": "sole"}}}}]',
    )  # fmt: skip
    assert answer.code == 0, answer.err


def test_a_roster_is_sent_in_the_houses_name_only(call: Call, secrets: MemoryKeyring, tmp_path: Path) -> None:
    firm(call, "河北甲律师事务所")
    file = tmp_path / "所.xlsx"
    assert call("exchange", "send", FIRMS, file, "--reason", "月报").code == 2
    assert not file.exists()
    assert call("exchange", "name", "石家庄市司法局").code == 0
    assert call("exchange", "send", FIRMS, tmp_path / "所.csv", "--reason", "月报").code == 2
    sent = call("exchange", "send", FIRMS, file, "--reason", "月报", "--json").json
    assert (sent["number"], sent["rows"], sent["signed"]) == (1, 1, True)
    assert call("exchange", "name", "--json").json["house"]["fingerprint"]
    # One's own packet is not taken, and a packet is no receipt.
    assert call("exchange", "take", file).code == 2
    refused = call("exchange", "take-receipt", file, "--json")
    assert (refused.code, refused.json["file_error"]["code"]) == (2, "wrong_template")
    (line,) = call("exchange", "list", FIRMS, "--json").json["exchanges"]
    assert (line["direction"], line["number"], line["receipt_at"]) == ("out", 1, None)


def test_differences_are_decided_until_none_is_left(call: Call, tmp_path: Path) -> None:
    firm(call, "河北甲律师事务所")
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["机构名称", "区县", "组织形式"])
    page.append(["河北甲律师事务所", "桥西区", "个人所"])
    page.append(["河北乙律师事务所", "长安区", "个人所"])
    book.save(tmp_path / "协会.xlsx")
    ask = ("reconcile", FIRMS, "--association", tmp_path / "协会.xlsx", "--json")
    found = call(*ask)
    assert (found.code, found.json["open"]) == (1, 2)
    # Nobody here can be taken over; nothing was decided by trying.
    assert call(*ask, "--decide", "association", "--reason", "核对").code == 2
    taken = call(*ask, "--decide", "association", "--field", "区县", "--reason", "核对").json
    assert taken["decided"] == 1
    last = call(*ask, "--decide", "explained", "--reason", "核对", "--report", tmp_path / "差异.xlsx")
    assert (last.code, last.json["open"]) == (0, 0)
    assert (tmp_path / "差异.xlsx").is_file()
    assert call(*ask).code == 0


def test_rows_that_cannot_be_compared_are_told(call: Call, tmp_path: Path) -> None:
    firm(call, "河北甲律师事务所")
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["机构名称", "区县", "成立日期"])
    page.append(["河北甲律师事务所", "长安区", "二月三十"])
    book.save(tmp_path / "协会.xlsx")
    ask = ("reconcile", FIRMS, "--association", tmp_path / "协会.xlsx")
    told = call(*ask)
    assert told.code == 1
    assert "有 1 行未能比对" in told.out
    assert "河北甲律师事务所" in told.out
    [problem] = call(*ask, "--json").json["problems"]
    assert (problem["side"], problem["row"], problem["severity"]) == ("association", 2, "error")


def test_a_packet_is_taken_with_its_receipt_or_not_at_all(
    call: Call, association: Suite, secrets: MemoryKeyring, tmp_path: Path
) -> None:
    make(association, association.actor(), FIRMS, a_firm(1))
    packet, receipt = tmp_path / "报送.xlsx", tmp_path / "回执.xlsx"
    sent = association.run(
        SendRoster(kind=FIRMS, file_name=packet.name, reason="月报"), association.actor()
    ).result
    write_packet(packet, sent["head"], signed(sent["head"]), sent["headings"], sent["rows"])

    def taken() -> int:
        return len(call("exchange", "list", FIRMS, "--json").json["exchanges"])

    unnamed = call("exchange", "take", packet, "--receipt", receipt)
    assert (unnamed.code, taken(), receipt.exists()) == (2, 0, False)
    assert "suite exchange name" in unnamed.err
    assert call("exchange", "name", "石家庄市司法局").code == 0
    nowhere = tmp_path / "没有" / "回执.xlsx"
    assert (call("exchange", "take", packet, "--receipt", nowhere).code, taken()) == (2, 0)
    for wrong in ("2", "x=y", "2=", "99=没有这一行"):
        assert (call("exchange", "take", packet, "--leave", wrong).code, taken()) == (2, 0)
    tried = call("exchange", "take", packet, "--dry-run", "--leave", "2=未见证明材料")
    assert (tried.code, "第 2 行" in tried.out, "不接收：未见证明材料" in tried.out) == (1, True, True)
    done = call("exchange", "take", packet, "--receipt", receipt, "--json")
    assert (done.code, done.json["counts"]["new"], taken()) == (0, 1, 1)
    assert [row.result for row in read_receipt(receipt).rows] == ["采纳"]
