"""统一社会信用代码: known codes, every kind of slip, and what only warns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suite.kernel.registry.identifiers.uscc import ALPHABET, body_code_character, check_character, check_uscc

SYNTHETIC = (
    "31130000MD0000016R",
    "32130100MD0000016U",
    "33130100MD0000016Q",
    "34130000MD0000016G",
    "35130000MD0000016D",
    "12130100MD0000016X",
    "52130100MD0000016R",
)

REAL = (
    "11110000000029209E",
    "31150000E370803331",
    "31310000425013819A",
    "31440000MD021548X8",
    "31110000MD0262382F",
    "31110000MD0196493T",
    "31410000MD02542193",
    "913305007490121183",
    "91330000733796106P",
    "91440600722448755D",
    "911101085636549482",
    "91130922MA0GFQ2L9T",
    "911200001037814289",
    "91330109768216554Y",
    "914500006821146969",
    "9161013105158646XF",
    "9144030070845610XB",
    "91410182MA9G3YKF7M",
    "91460000MA5T92TJ7C",
    "91210202MADFQLJ04K",
    "916104003386827580",
)
"""Codes of real organisations, published on official and company pages."""

PLACEHOLDERS = {
    "31110000MD0123456X": "4",
    "31110000MD0285364T": "Q",
    "31110000MD0012345P": "Q",
    "31440000MD0217791L": "2",
    "31110000E000123456": "E",
    "91440300MA5DA8G12X": "B",
}
"""Invented codes met in public sample data → the check character that they should have had."""


@st.composite
def codes(draw: st.DrawFn) -> str:
    first = draw(st.text(ALPHABET, min_size=17, max_size=17))
    return first + check_character(first)


@pytest.mark.parametrize("code", [*SYNTHETIC, *REAL])
def test_known_codes_are_valid(code: str) -> None:
    verdict = check_uscc(code)
    assert (verdict.level, verdict.normalised, verdict.reasons) == ("valid", code, ())


@pytest.mark.parametrize(("code", "right"), PLACEHOLDERS.items())
def test_placeholders_fail_and_name_the_right_character(code: str, right: str) -> None:
    verdict = check_uscc(code)
    assert verdict.level == "invalid"
    assert verdict.codes == {"uscc_check_digit"}
    assert f"“{right}”" in verdict.reasons[0].text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("　 ", "empty"),
        ("31130000MD0000016S", "uscc_characters"),
        ("31130000MD0000016T", "uscc_check_digit"),
        ("31130000MD000001", "uscc_length"),
        ("130100000012345", "uscc_length"),
        ("31130000MD0000016R1", "uscc_length"),
        ("河北某某律师事务所统一社会信用代码十八", "uscc_length"),
        ("①1130000MD0000016R", "uscc_characters"),
    ],
)
def test_what_is_no_code_is_invalid(text: str, reason: str) -> None:
    verdict = check_uscc(text)
    assert verdict.level == "invalid"
    assert verdict.codes == {reason}


@pytest.mark.parametrize(
    "text",
    [
        " 31130000 MD0000016R\n",
        "31130000md0000016r",
        "３１１３００００ＭＤ０００００１６Ｒ",
        "31130000\u00a0MD0000016R\ufeff",
        "31130000\u200bMD0000016R\u3000",
    ],
)
def test_the_normal_form_is_half_width_upper_case_without_blanks(text: str) -> None:
    verdict = check_uscc(text)
    assert (verdict.given, verdict.normalised, verdict.level) == (text, "31130000MD0000016R", "valid")


def test_an_unexpected_prefix_or_area_only_warns() -> None:
    hospital = "12130100MD0000016X"
    assert check_uscc(hospital, register="notary_office").level == "valid"
    assert check_uscc(hospital, register="law_firm").codes == {"uscc_prefix"}
    assert check_uscc(hospital, register="law_firm").level == "warn"
    assert check_uscc(hospital, register="law_firm", expected={"law_firm": ("12",)}).level == "valid"
    assert check_uscc(hospital, register="counsel_unit").level == "valid"
    assert check_uscc("31130000MD0000016R", area="130000").level == "valid"
    assert check_uscc("31110000MD0262382F", area="130000").codes == {"uscc_area"}


def test_an_unknown_department_and_a_wrong_body_code_only_warn() -> None:
    first = "B1130000MD0000016"
    assert check_uscc(first + check_character(first)).codes == {"uscc_department"}
    first = "31130000MD0000017"
    verdict = check_uscc(first + check_character(first))
    assert (verdict.level, verdict.codes) == ("warn", {"uscc_body_code"})


def test_the_inner_codes_of_real_bodies_pass_their_own_check() -> None:
    assert body_code_character("70845610") == "X"
    assert all(body_code_character(code[8:16]) == code[16] for code in REAL)


@given(codes(), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_any_single_changed_character_is_caught(code: str, place: int, char: str) -> None:
    assert check_uscc(code).level != "invalid"
    changed = code[:place] + char + code[place + 1 :]
    assert (check_uscc(changed).level == "invalid") == (changed != code)


@given(codes(), st.integers(0, 15))
def test_swapped_neighbours_are_caught(code: str, place: int) -> None:
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert (check_uscc(swapped).level == "invalid") == (swapped != code)


@given(st.text())
def test_any_text_gets_a_verdict(text: str) -> None:
    verdict = check_uscc(text)
    assert verdict.given == text
    assert verdict.reasons or verdict.level == "valid"
