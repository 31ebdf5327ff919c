"""Measures, materials, surveys and entries on the command line: what is taken for a name, what is refused."""

from __future__ import annotations

import pytest
from command_line import Call

from suite.cli.naming import key_meant
from suite.contract.problems import Refused

TODAY = ("--today", "2026-11-23")
TITLES = {"a.one": "法律顾问", "a.two": "法律明白人", "a.three": "法律"}


@pytest.mark.parametrize(
    ("text", "key"), [("a.two", "a.two"), ("法律明", "a.two"), ("法律", "a.three"), ("没有的", "没有的")]
)
def test_a_name_is_a_key_a_title_or_its_beginning(text: str, key: str) -> None:
    assert key_meant(TITLES, text, "台账") == key


def test_a_beginning_of_several_is_refused_with_all_of_them() -> None:
    with pytest.raises(Refused) as told:
        key_meant(TITLES, "法", "台账")
    assert told.value.codes == {"name.several"}
    assert all(key in told.value.problems[0].text for key in TITLES)


def test_what_is_not_there_is_refused(call: Call) -> None:
    assert call("entries", "万所联", "--json", *TODAY).json == {
        "ledger": "lawyers.chamber_pairs",
        "entries": [],
    }
    for arguments in (("measures", "--campaign", "99"), ("materials", "99"), ("survey", "show", "99")):
        answer = call(*arguments, "--json", *TODAY)
        assert answer.code == 2
        assert answer.json["refused"][0]["code"] == "campaign.unknown"


def test_help_is_in_chinese(call: Call) -> None:
    told = call("cross-notice", "make", "--help").out
    assert "[必填]" in told
    assert "[required]" not in told
