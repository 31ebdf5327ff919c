"""Words that papers share."""

from suite.kernel.documents.paper import counted, level_of, quoted


def test_headings_are_counted_beyond_ten() -> None:
    words = {1: "一", 10: "十", 11: "十一", 20: "二十", 21: "二十一", 99: "九十九"}
    assert {number: counted(number) for number in words} == words
    assert all(level_of(f"{counted(number)}、甲") == 1 for number in range(1, 100))


def test_a_title_within_a_title_has_single_marks() -> None:
    assert quoted("季报") == "《季报》"
    assert quoted("关于更正《季报》的说明") == "《关于更正〈季报〉的说明》"
