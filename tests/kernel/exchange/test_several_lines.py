"""Cells of several lines, and cells that refer to the row above."""

from __future__ import annotations

import pytest

from suite.contract.code_sets import packed
from suite.kernel.exchange.clean_code_sets import code_set_cleaner
from suite.kernel.exchange.cleaned import Cleaned
from suite.kernel.exchange.cleaning import CLEANERS, PLAIN, clean_words

TITLES = {"clinical": "法医临床鉴定", "pathology": "法医病理鉴定"}
clean_fields = code_set_cleaner({title: value for value, title in TITLES.items()}, TITLES)


def told(cleaned: Cleaned) -> list[tuple[str, str]]:
    return [(found.code, found.severity.value) for found in cleaned.problems]


@pytest.mark.parametrize("text", ["陈小慧\n陈大慧", "辩护\r\n仲裁", "主任_x000D_\n书记", "甲）\n乙"])
def test_lines_without_a_sign_between_are_joined_and_told(text: str) -> None:
    cleaned = clean_words(text)
    assert "\n" not in cleaned.value
    assert told(cleaned) == [("text_joined", "warning")]


@pytest.mark.parametrize("text", ["刑事辩护、\n劳动争议", "刑事辩护\n", "长安区中山路1号\nA座", "刑事辩护"])
def test_other_lines_are_not_told(text: str) -> None:
    assert not clean_words(text).problems


@pytest.mark.parametrize("text", ["同上", "〃", "ditto", " 同前 "])
def test_what_refers_to_the_row_above_is_not_followed(text: str) -> None:
    clean = CLEANERS["text"]
    assert not PLAIN[clean](text)
    assert told(clean(text)) == [("text_refers", "error")]
    assert PLAIN[clean]("同上学区")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("法医临床鉴定\n法医病理鉴定", {"clinical", "pathology"}),
        ("法医临床鉴定、\n法医病理鉴定", {"clinical", "pathology"}),
        ("法医临床\n鉴定", {"clinical"}),
    ],
)
def test_items_on_lines_of_their_own_are_several(text: str, values: set[str]) -> None:
    cleaned = clean_fields(text)
    assert cleaned.value == packed(values)
    assert not cleaned.problems


def test_an_unknown_line_is_named_as_it_stands() -> None:
    (found,) = clean_fields("法医临床鉴定\n法医物证").problems
    assert "“法医物证”" in found.text
