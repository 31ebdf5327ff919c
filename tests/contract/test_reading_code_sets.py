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


def test_members_in_brackets_are_read_with_what_they_have_in_common() -> None:
    categories = SetReader(PRACTICE_CATEGORY.by_text)
    assert categories.read("环境损害（地表水与沉积物、土壤与地下水）") == (("D02", "D04"), ())
    assert categories.read("法医临床、环境损害(空气污染)").values == ("A02", "D03")
    assert categories.read("声像资料（录音、图像）") == (("C01", "C02"), ())
    assert READER.read("法医临床（0201、0202）") == (("A0201", "A0202"), ())
    assert READER.read("法医临床（人体损伤程度，骨龄）、录音（处理、真实性）").values == (
        "A0201", "A0208", "C0101", "C0102"
    )  # fmt: skip


def test_a_group_of_which_something_is_unknown_is_told_as_it_stands() -> None:
    categories = SetReader(PRACTICE_CATEGORY.by_text)
    assert categories.read("环境损害（地表水与沉积物、占卜）").unknown == (
        "环境损害（地表水与沉积物",
        "占卜）",
    )
    assert categories.read("某某（法医临床）").unknown == ("某某（法医临床）",)
    assert READER.read("0201").unknown == ("0201",)


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
