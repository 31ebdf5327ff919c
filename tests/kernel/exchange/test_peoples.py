"""民族 in full and in short."""

import pytest

from suite.kernel.exchange.clean_peoples import PEOPLES, clean_ethnicity


@pytest.mark.parametrize(
    ("text", "value"),
    [("汉", "汉族"), (" 满 ", "满族"), ("土家", "土家族"), ("汉族", "汉族"), ("外籍", "外籍"), ("", None)],
)
def test_the_short_name_of_a_people_is_written_out(text: str, value: str | None) -> None:
    cleaned = clean_ethnicity(text)
    assert (cleaned.value, cleaned.problems) == (value, ())


def test_all_peoples_are_known() -> None:
    assert len(PEOPLES) == 56
