"""Sets of codes: one canonical text, read from whatever people write between the titles."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plugins.appraisal.practice import PRACTICE_CATEGORY, PRACTICE_ITEM, category_of
from suite.contract.code_sets import SetReader, members, packed, repacked, titles_of

VALUES = tuple(PRACTICE_ITEM.titles)
READER = SetReader(PRACTICE_ITEM.by_text)
SEPARATORS = st.sampled_from(("、", ",", "，", "；", ";", " / ", "\n", "　", "、 "))


@given(st.lists(st.sampled_from(VALUES)))
def test_a_set_has_one_form(values: list[str]) -> None:
    stored = packed(values)
    assert stored == packed(reversed(values))
    assert set(members(stored)) == set(values)
    assert stored is None or repacked(stored) == stored


@given(st.lists(st.sampled_from(VALUES), unique=True, max_size=12), SEPARATORS)
def test_what_is_shown_is_read_again(values: list[str], between: str) -> None:
    shown = titles_of(packed(values) or "", PRACTICE_ITEM.titles).replace("、", between)
    found = READER.read(shown)
    assert set(found.values) == set(values)
    assert found.unknown == ()


def test_a_title_with_a_separator_inside_is_one_value() -> None:
    found = READER.read("骨龄鉴定、诈伤、诈病、造作伤鉴定，0201人体损伤程度鉴定")
    assert found == (("A0208", "A0206", "A0201"), ())


def test_what_names_nothing_is_told_as_it_stands() -> None:
    found = READER.read("骨龄鉴定、占卜鉴定、笔迹")
    assert found == (("A0208", "B0101"), ("占卜鉴定",))


def test_every_item_lies_in_a_category_and_carries_its_document() -> None:
    for code in PRACTICE_ITEM.codes:
        assert category_of(code.value) in PRACTICE_CATEGORY.titles
        assert code.source
        assert code.since is not None
    former = [code for code in PRACTICE_CATEGORY.codes if code.until is not None]
    assert {"声像资料司法鉴定", "司法会计鉴定"} <= {code.title for code in former}
