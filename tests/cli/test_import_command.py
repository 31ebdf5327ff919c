"""`suite import`: the exact JSON, exit codes, refused files, rights."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Call
from openpyxl import Workbook, load_workbook

from suite.testing.factories import practice_no, resident_number

Roster = Callable[..., Path]
KIND = "lawyers.lawyer"
WRONG = f"{resident_number(5)[:-1]}{'1' if resident_number(5)[-1] != '1' else '2'}"


def count(call: Call) -> int:
    return len(call("find", "志远", "--kind", KIND, "--json").json["found"])


def test_the_document_is_the_contract(call: Call, roster: Roster) -> None:
    answer = call("import", KIND, roster({}, {"id_number": WRONG}), "--json")
    assert answer.code == 1
    told = answer.json
    assert list(told) == [
        "run", "kind", "file", "file_error", "sheets", "counts", "rows", "problems", "notices"
    ]  # fmt: skip
    assert told["run"] == "1"
    assert (told["kind"], told["file"], told["file_error"]) == (KIND, "律师名册.xlsx", None)
    (sheet,) = told["sheets"]
    assert (sheet["sheet"], sheet["state"], sheet["header_rows"]) == ("名册", "read", [2])
    assert sheet["mapping"]["身份证号码"] == "id_number"
    assert sheet["unmapped"] == ["备注2"]
    assert told["counts"] == {"rows": 2, "new": 1, "changed": 0, "same": 0, "held": 1}
    first, second = told["rows"]
    assert (first["sheet"], first["row"], first["result"]) == ("名册", 3, "new")
    assert first["key"] == practice_no(1)
    assert first["values"]["身份证号"] == resident_number(3)
    assert first["values"]["性别"] == "男"
    assert first["values"]["执业类别"] == "专职律师"
    assert first["values"]["区县"] == "长安区"
    assert second["result"] == "held"
    (problem,) = [problem for problem in told["problems"] if problem["severity"] == "error"]
    assert (problem["sheet"], problem["row"], problem["field"]) == ("名册", 4, "身份证号")
    assert problem["code"] == "id_check_digit"
    assert count(call) == 1


def test_columns_that_are_not_read_are_named_in_words_too(call: Call, roster: Roster) -> None:
    said = call("import", KIND, roster({}), "--dry-run").out
    assert "工作表“名册”有 1 列没有认出，未读取：备注2" in said


def test_a_second_time_nothing_changes_and_one_cell_is_told_as_a_change(call: Call, roster: Roster) -> None:
    assert call("import", KIND, roster({}, {})).code == 0
    again = call("import", KIND, roster({}, {}), "--json")
    assert again.code == 0
    assert again.json["counts"] == {"rows": 2, "new": 0, "changed": 0, "same": 2, "held": 0}
    assert again.json["run"] is None
    changed = call("import", KIND, roster({}, {"phone": "13900001111"}), "--json").json
    assert changed["counts"]["changed"] == 1
    assert changed["rows"][1]["changes"] == {"联系电话": {"old": "138****0002", "new": "13900001111"}}


def test_what_the_roster_held_of_a_secret_stays_masked(call: Call, roster: Roster) -> None:
    assert call("import", KIND, roster({})).code == 0
    call("user", "add", "lvxie", "龚培文")
    call("user", "grant", "lvxie", "core.association", "--profession", "lawyers")
    path = roster({"phone": "13900001111"})
    told = call("import", KIND, path, "--json", "--dry-run", "--as", "lvxie").json
    assert told["rows"][0]["changes"]["联系电话"] == {"old": "138****0001", "new": "13900001111"}


def test_a_dry_run_writes_nothing(call: Call, roster: Roster) -> None:
    answer = call("import", KIND, roster({}, {}), "--dry-run", "--json")
    assert (answer.code, answer.json["run"], answer.json["counts"]["new"]) == (0, None, 2)
    assert count(call) == 0


def test_strict_writes_nothing_when_a_row_is_held(call: Call, roster: Roster) -> None:
    answer = call("import", KIND, roster({}, {"id_number": "1"}), "--strict", "--json")
    assert (answer.code, answer.json["run"], answer.json["counts"]["held"]) == (2, None, 1)
    assert "全部未写入" in answer.err
    assert count(call) == 0


def test_held_rows_come_back_as_a_workbook_with_the_problems(
    call: Call, roster: Roster, tmp_path: Path
) -> None:
    out = tmp_path / "held.xlsx"
    assert call("import", KIND, roster({}, {"id_number": "1"}), "--report", out).code == 1
    page = load_workbook(out).active
    assert page is not None
    assert page.max_row == 3
    assert page.cell(row=2, column=page.max_column).value == "问题"
    assert "身份证号" in str(page.cell(row=3, column=page.max_column).value)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("缺.xlsx", None, "file_missing"),
        ("空.xlsx", b"", "file_empty"),
        ("坏.xlsx", b"PK\x03\x04 not a workbook", "file_corrupt"),
        ("别的.csv", "水果,价格\n苹果,3\n".encode(), "wrong_template"),
    ],
)
def test_a_refused_file_has_a_code_and_exit_2(
    call: Call, tmp_path: Path, name: str, content: bytes | None, code: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    answer = call("import", KIND, path, "--json")
    assert answer.code == 2
    assert answer.json["file_error"]["code"] == code
    assert answer.json["run"] is None
    assert answer.json["rows"] == []
    assert answer.err.strip() == answer.json["file_error"]["text"]


def test_who_may_not_import_is_refused(call: Call, roster: Roster) -> None:
    call("user", "add", "juling", "尹建华")
    call("user", "grant", "juling", "core.leader")
    answer = call("import", KIND, roster({}), "--as", "juling", "--json")
    assert answer.code == 2
    assert answer.json["refused"][0]["code"] == "not_permitted"
    assert count(call) == 0


def test_an_unknown_kind_is_refused(call: Call, roster: Roster) -> None:
    answer = call("import", "lawyers.judge", roster({}), "--json")
    assert (answer.code, answer.json["refused"][0]["code"]) == (2, "kind.unknown")


def test_a_run_is_taken_back_and_later_work_is_listed(call: Call, roster: Roster) -> None:
    run = call("import", KIND, roster({}, {}), "--json").json["run"]
    assert call("import", KIND, roster({}, {"phone": "13900001111"}), "--json").code == 0
    rehearsed = call("import", "--undo", run, "--dry-run", "--json")
    assert count(call) == 2
    answer = call("import", "--undo", run, "--reason", "文件有误", "--json")
    assert answer.code == rehearsed.code == 1
    assert {**rehearsed.json, "dry_run": False} == answer.json
    assert (answer.json["run"], answer.json["undone"]) == (run, 1)
    assert answer.json["counts"] == {"rows": 2, "removed": 1, "restored": 0, "left": 1}
    (left,) = answer.json["left"]
    assert (left["key"], left["row"]) == (practice_no(2), 4)
    assert left["reason"]
    assert count(call) == 1
    assert call("audit", "verify").code == 0
    assert call("db", "check").code == 0
    further = call("import", "--undo", run, "--json")
    assert (further.code, further.json["undone"], further.json["left"]) == (1, 0, [left])
    for number in ("99", "x"):
        assert call("import", "--undo", number).code == 2
    assert call("import").code == 2
    assert call("import", KIND, "--undo", run).code == 2


def test_messy_files_have_their_codes_and_a_place_for_each_problem(call: Call, tmp_path: Path) -> None:
    cells = ("姓名", "身份证号码", "执业证号", "执业类别", "县区", "首次执业时间")
    rows = [
        ("张 三", resident_number(3), practice_no(1), "专职", "长安区", "二〇一二年三月五日"),
        ("李四", "1.30102E+17", practice_no(2), "专职", "长安区", "2012.3"),
    ]
    table = "".join("<tr><td>" + "<td>".join(row) for row in (cells, *rows))
    page = tmp_path / "名册.xls"
    page.write_bytes(f"<html><table>{table}</table>".encode("gb18030"))
    answer = call("import", KIND, page, "--dry-run", "--json")
    assert answer.code == 1
    assert [(row["row"], row["result"]) for row in answer.json["rows"]] == [(2, "new"), (3, "held")]
    assert answer.json["rows"][0]["values"]["首次执业日期"] == "2012-03-05"
    assert {
        (told["row"], told["field"], told["code"])
        for told in answer.json["problems"]
        if told["severity"] == "error"
    } == {(3, "身份证号", "number_damaged"), (3, "首次执业日期", "date_incomplete")}
    other = call("import", "lawyers.law_firm", page, "--json")
    assert (other.code, other.json["run"], other.json["file_error"]["code"]) == (2, None, "wrong_template")
    assert "律师" in other.json["file_error"]["text"]


def test_what_was_learned_of_a_sender_is_listed_and_forgotten(call: Call, roster: Roster) -> None:
    assert call("layouts", "--json").json == {"layouts": [], "forgotten": []}
    call("import", "lawyers.lawyer", roster({}))
    (layout,) = call("layouts", "lawyers.lawyer", "--json").json["layouts"]
    assert (layout["kind"], layout["sender"]) == ("lawyers.lawyer", "律师名册")
    assert {"heading": "姓名", "which": 1, "field": "name"} in layout["columns"]
    assert call("layouts", "notary.notary", "--json").json["layouts"] == []
    assert call("layouts", "--forget", "999").code == 2
    gone = call("layouts", "--forget", str(layout["id"]), "--json").json
    assert gone == {"layouts": [], "forgotten": [layout["id"]]}
    assert call("layouts", "--json").json["layouts"] == []


def test_exported_text_comes_back_as_it_stands(call: Call, roster: Roster, tmp_path: Path) -> None:
    remarks = ["=1+1", "'已注销", "-甲\n第二行", "'=x", "＠乙"]
    assert call("import", "lawyers.lawyer", roster(*({} for _ in remarks))).code == 0
    same = call("import", "lawyers.lawyer", roster(*({} for _ in remarks)), "--json").json["rows"]
    keys = [row["key"] for row in same]
    for key, text in zip(keys, remarks, strict=True):
        number = call("show", "lawyers.lawyer", key, "--json").json["id"]
        rows = json.dumps([{"subject_id": number, "values": {"remarks": text}}])
        assert call("run", "SaveRecords", "--set", "kind=lawyers.lawyer", "--set", f"rows={rows}").code == 0
    for name in ("out.csv", "out.xlsx"):
        out = tmp_path / name
        assert call("export", "lawyers.lawyer", out).code == 0
        again = call("import", "lawyers.lawyer", out, "--json").json
        assert [row["changes"] for row in again["rows"]] == [{}] * len(remarks)


def test_a_clash_of_practices_is_told_before_and_when_it_is_written(
    call: Call, roster: Roster, tmp_path: Path
) -> None:
    assert call("import", KIND, roster({"name": "王五"})).code == 0
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["姓名", "身份证号码"])
    page.append(["王五", resident_number(3)])
    book.save(tmp_path / "公证员.xlsx")
    ask = ("import", "notary.notary", tmp_path / "公证员.xlsx")
    for more in (("--dry-run",), ()):
        if not more:
            assert "不得同时担任公证员" in call(*ask, "--dry-run").out
        told = call(*ask, *more, "--json")
        assert (told.code, told.json["counts"]["new"]) == (0, 1)
        clashes = [item for item in told.json["problems"] if item["code"] == "role.clash"]
        assert [(item["row"], item["field"], item["severity"]) for item in clashes] == [
            (2, "身份证号", "warning")
        ]


def test_columns_of_a_nearly_alike_file_are_read_only_when_asked(call: Call, tmp_path: Path) -> None:
    known = (("姓名", "name"), ("执业证号", "main_no"), ("执业类别", "category"), ("2025年号码", "phone"))
    layout = {
        "headings": [heading for heading, _ in known],
        "columns": [[heading, 1, field] for heading, field in known],
    }
    assert (
        call(
            "run", "RememberLayout", "--set", f"kind={KIND}", "--set", "sender=甲区",
            "--set", f"layouts={json.dumps([layout])}",
        ).code
        == 0
    )  # fmt: skip
    book = Workbook()
    assert book.active is not None
    book.active.append(["姓名", "执业证号", "执业类别", "县区", "2026年号码"])
    book.active.append(["李志远", practice_no(1), "专职", "长安区", "13812345678"])
    book.save(tmp_path / "乙.xlsx")
    said = call("import", KIND, tmp_path / "乙.xlsx").out
    assert "未经核对没有读取：2026年号码。" in said
    assert "加 --accept-near" in said
    assert [one["sender"] for one in call("layouts", "--json").json["layouts"]] == ["甲区"]
    read = call("import", KIND, tmp_path / "乙.xlsx", "--accept-near", "--json").json
    assert read["sheets"][0]["mapping"]["2026年号码"] == "phone"
    assert read["counts"]["changed"] == 1
    assert {one["sender"] for one in call("layouts", "--json").json["layouts"]} == {"甲区", "乙"}
