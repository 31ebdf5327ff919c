"""`duplicates`, and merging by `run`: the pairs, the merge, where the old key leads, and the way back."""

from __future__ import annotations

from command_line import Call

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.testing.factories import a_firm, a_lawyer, make, practice_no

KIND = "lawyers.lawyer"


def test_what_was_kept_twice_is_found_merged_and_parted_again(
    call: Call, suite_on_sqlite: Suite, admin: Actor
) -> None:
    [firm] = make(suite_on_sqlite, admin, "lawyers.law_firm", a_firm(1))
    rows = [a_lawyer(number, name="王志远", body_id=firm) for number in (1, 2)]
    kept, gone = make(suite_on_sqlite, admin, KIND, *rows)
    [pair] = call("duplicates", KIND, "--json").json["pairs"]
    assert (pair["first"]["subject_id"], pair["second"]["subject_id"]) == (kept, gone)
    assert (pair["certainty"], pair["reasons"][0]["code"]) == ("likely", "name_body")
    assert "姓名和执业机构相同" in call("duplicates", KIND).out

    fields = (
        f"kind={KIND}",
        f"kept={kept}",
        f"gone={gone}",
        "reason=重复登记",
        'choices={"category": "gone"}',
    )
    asked = [part for field in fields for part in ("--set", field)]
    assert call("run", pair["command"], *asked, "--dry-run", "--json").json["result"]["kept"] == kept
    merged = call("run", pair["command"], *asked, "--json").json["result"]
    assert call("duplicates", KIND, "--json").json["pairs"] == []
    for key in (f"#{gone}", practice_no(2)):
        told = call("show", KIND, key, "--json").json
        assert told["id"] == kept
        assert "重复登记" in told["merged"]
        assert call("audit", "show", key, "--json").json["id"] == kept
    assert call("show", KIND, f"#{kept}", "--json").json["merged"] is None

    undo = ("--set", f"kind={KIND}", "--set", f"merge_id={merged['merge']}")
    assert call("run", "UndoMerge", *undo).code == 0
    assert call("show", KIND, f"#{gone}", "--json").json["id"] == gone
    assert call("run", "UndoMerge", *undo).code == 2


def test_an_unknown_kind_is_refused(call: Call) -> None:
    answer = call("duplicates", "lawyers.nobody", "--json")
    assert (answer.code, answer.json["refused"][0]["code"]) == (2, "kind.unknown")
