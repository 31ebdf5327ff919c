"""`suite edition`: from compiling to the announced document."""

from __future__ import annotations

from pathlib import Path

from command_line import Call

FIRMS = "lawyers.law_firm"


def firm(call: Call, name: str) -> None:
    answer = call(
        "run", "SaveRecords", "--set", f"kind={FIRMS}", "--set",
        f'rows=[{{"values": {{"name": "{name}", "district_code": "130102", "category": "sole"}}}}]',
    )  # fmt: skip
    assert answer.code == 0, answer.err


def test_an_edition_goes_from_compiling_to_its_document(call: Call, tmp_path: Path) -> None:
    firm(call, "河北甲律师事务所")
    tried = call("edition", "compile", FIRMS, "--dry-run", "--json").json
    assert (tried["edition"], tried["rows"]) == (None, 1)
    assert call("edition", "list", FIRMS, "--json").json["editions"] == []
    first = call("edition", "compile", FIRMS, "--json").json
    firm(call, "河北乙律师事务所")
    second = call("edition", "compile", FIRMS, "--columns", "机构名称、区县", "--json").json
    assert second["difference"] == {"joined": 1, "left": 0, "changed": 0}
    shown = call("edition", "show", str(second["edition"]), "--json").json
    assert shown["compared_with"] == first["number"]
    assert shown["edition"]["columns"] == ["name", "district_code"]
    for name in ("名册.docx", "名册.xlsx"):
        assert call("edition", "export", str(second["edition"]), tmp_path / name).code == 0
        assert (tmp_path / name).is_file()
    assert call("edition", "export", str(second["edition"]), tmp_path / "名册.pdf").code == 2
    assert call("edition", "announce", str(second["edition"]), "--no", "石司告〔2026〕3号").code == 0
    assert call("edition", "withdraw", str(second["edition"]), "--reason", "编错").code == 2
    assert call("edition", "withdraw", str(first["edition"]), "--reason", "编错").code == 0
    assert call("db", "check").code == 0


def test_an_unknown_edition_is_refused(call: Call) -> None:
    assert call("edition", "show", "99").code == 2
