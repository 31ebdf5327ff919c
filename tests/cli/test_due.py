"""`suite due`: the legal clock on the command line."""

from __future__ import annotations

import io
import json
import sys
from types import SimpleNamespace

import pytest
from command_line import Answer, Call

KEYS = ["start", "n", "unit", "due", "rolled", "provisional", "explanation"]


def test_the_answer_of_one_limit(call: Call) -> None:
    answer = call("due", "2026-09-18", "7", "--json")
    assert answer.code == 0
    assert list(answer.json) == KEYS
    assert answer.json["due"] == "2026-09-29"
    assert "调休上班计入" in answer.json["explanation"]
    plain = call("due", "2026-09-18", "7", "--today", "2026-09-28")
    assert plain.out.startswith("到期日：2026-09-29。截至 2026-09-28：1 个工作日后到期。")
    assert plain.err == ""


def test_options_reach_the_clock_also_without_a_database(bare: Call) -> None:
    answer = bare(
        "due", "2026-03-01", "60", "--unit", "calendar", "--roll", "--pause", "2026-03-11..2026-03-20",
        "--pause", "2026-03-18..2026-04-09", "--json", "--today", "2026-06-02",
    )  # fmt: skip
    assert (answer.json["due"], answer.json["rolled"]) == ("2026-06-01", True)
    assert answer.json["standing"]["text"] == "已逾期 1 日"
    still = bare("due", "2026-03-01", "60", "--unit", "calendar", "--pause", "2026-03-11..", "--json")
    assert still.json["due"] is None
    longer = bare("due", "2025-12-01", "60", "--unit", "calendar", "--extension", "30", "--json")
    assert longer.json["due"] == "2026-03-01"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["2026-9-18", "7"], "clock.date"),
        (["20260918", "7"], "clock.date"),
        (["1980-01-01", "7"], "clock.start"),
        (["2026-09-18", "0"], "clock.n"),
        (["2026-09-18", "7", "--pause", "2026-09-20"], "clock.pause"),
        (["2026-09-18", "7", "--pause", "2026-09-22..2026-09-21"], "clock.pause"),
        (["2099-12-30", "7"], "clock.range"),
        (["2026-09-18"], "usage"),
        (["2026-09-18", "x"], "usage"),
        (["-", "7"], "usage"),
        (["2026-09-18", "7", "--unit", "week"], "usage"),
    ],
)
def test_bad_input_is_refused(bare: Call, arguments: list[str], code: str) -> None:
    answer = bare("due", *arguments, "--json")
    assert answer.code == 2
    assert answer.json["refused"][0]["code"] == code


def lines(
    bare: Call, monkeypatch: pytest.MonkeyPatch, given: bytes
) -> tuple[Answer, list[dict[str, object]]]:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(given)))
    answer = bare("due", "-")
    return answer, [json.loads(line) for line in answer.out.splitlines()]


def test_lines_are_answered_in_order(bare: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [
        {"start": "2026-09-18", "n": 7},
        {"start": "2026-01-31", "n": 1, "unit": "month", "roll": True, "pauses": []},
        {"start": "2026-03-02", "n": 20, "unit": "working", "pauses": [["2026-03-09", "2026-03-20"]]},
        {"start": "2026-03-02", "n": 20, "pauses": [["2026-03-09", None]]},
        {"start": "2026-12-25", "n": 10, "unit": "working", "roll": False},
    ]
    given = "".join(f"{json.dumps(item)}\n" for item in asked).rstrip().encode("utf-8-sig")
    answer, told = lines(bare, monkeypatch, given)
    assert answer.code == 0
    assert [item["due"] for item in told] == ["2026-09-29", "2026-02-28", "2026-04-14", None, "2027-01-11"]
    assert [item["provisional"] for item in told] == [False, False, False, False, True]
    assert all(list(item) == KEYS for item in told)


def test_a_refused_line_keeps_its_place(bare: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = {
        b"oops": "clock.not_json",
        b"[1]": "clock.not_json",
        b"": "clock.not_json",
        b"\xff\xfe": "clock.not_json",
        b"[" * 60_000: "clock.not_json",
        b'{"start":"2026-09-18","n":7,"x":"' + b"y" * 70_000 + b'"}': "clock.line_too_long",
        b'{"start":"2026-09-18","n":7,"rol":true}': "clock.unknown_key",
        b'{"n":7}': "clock.date",
        b'{"start":20260918,"n":7}': "clock.date",
        b'{"start":"2026-09-18"}': "clock.n",
        b'{"start":"2026-09-18","n":7.0}': "clock.n",
        b'{"start":"2026-09-18","n":"7"}': "clock.n",
        b'{"start":"2026-09-18","n":7,"unit":"week"}': "clock.unit",
        b'{"start":"2026-09-18","n":7,"unit":["working"]}': "clock.unit",
        b'{"start":"2026-09-18","n":7,"roll":1}': "clock.roll",
        b'{"start":"2026-09-18","n":7,"pauses":"no"}': "clock.pause",
        b'{"start":"2026-09-18","n":7,"pauses":["ab"]}': "clock.pause",
        b'{"start":"2026-09-18","n":7,"pauses":[["2026-09-19"]]}': "clock.pause",
    }
    good = b'{"start":"2026-09-18","n":7}'
    answer, told = lines(bare, monkeypatch, b"".join(line + b"\n" + good + b"\n" for line in bad))
    assert answer.code == 1
    assert [item["error"]["code"] for item in told[::2]] == list(bad.values())  # type: ignore[index]  # an object
    assert [item["line"] for item in told[::2]] == list(range(1, 2 * len(bad), 2))
    assert {item["due"] for item in told[1::2]} == {"2026-09-29"}


def test_the_limits_are_listed(call: Call) -> None:
    answer = call("limits", "--json")
    told = {item["key"]: item for item in answer.json["limits"]}
    assert told["appraisal.complaint.handle"]["unit"] == "calendar"
    assert told["core.penalty.decide"]["n"] == 90
    assert all(item["article"] and item["confidence"] for item in told.values())
    assert "90 日" in call("limits").out


def test_the_catalogue_of_penalties_is_listed(call: Call) -> None:
    told = {item["key"]: item for item in call("penalties", "--json").json["penalties"]}
    assert told["lawyers.L47"]["article"] == "律师法第四十七条"
    assert told["notary.D1"]["track"] == "discipline"
    assert "停止执业 1 至 3 个月（情节严重）" in call("penalties").out
    (one,) = call("penalties", "lawyers.l47", "--json").json["penalties"]
    assert one["key"] == "lawyers.L47"
    assert "律师法第四十七条" in call("penalties", "L47", "--profession", "lawyers").out
    owners = {
        item["owner"] for item in call("penalties", "--profession", "notary", "--json").json["penalties"]
    }
    assert owners == {"notary"}
    for wrong in (("penalties", "X99"), ("penalties", "--profession", "doctors")):
        assert call(*wrong).code == 2
