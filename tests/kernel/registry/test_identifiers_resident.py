"""公民身份号码 and other identity documents."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suite.kernel.registry.identifiers.identity import IDENTITY_TYPES, check_identity
from suite.kernel.registry.identifiers.resident import (
    Sex,
    birth_date_of,
    check_digit,
    check_resident,
    is_plain,
    mask_resident,
    sex_of,
)

TODAY = dt.date(2026, 9, 18)
SAMPLE = "130102199001010015"


def numbered(first_17: str) -> str:
    return first_17 + check_digit(first_17)


@st.composite
def numbers(draw: st.DrawFn) -> str:
    born = draw(st.dates(dt.date(1900, 1, 1), TODAY))
    serial = draw(st.integers(1, 999))
    return numbered(f"130102{born:%Y%m%d}{serial:03d}")


@pytest.mark.parametrize("code", [SAMPLE, "11010519491231002X", "11010519491231002x", "13010219900101 0015"])
def test_known_numbers_are_valid(code: str) -> None:
    verdict = check_resident(code, today=TODAY)
    assert (verdict.level, verdict.reasons) == ("valid", ())
    assert verdict.normalised == code.upper().replace(" ", "")


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("", "empty"),
        ("130102199001010016", "id_check_digit"),
        ("13010219900101001", "id_length"),
        ("1301021990010100150", "id_length"),
        ("13010219900101001Y", "id_characters"),
        ("1301O2199001010015", "id_characters"),
        (numbered("13010219900231001"), "id_birth_date"),
        (numbered("13010200000101001"), "id_birth_date"),
        (numbered("13010220260919001"), "id_birth_future"),
        (numbered("13010218950101001"), "id_age"),
        ("130102900231001", "id_birth_date"),
    ],
)
def test_what_is_no_number_is_invalid(code: str, reason: str) -> None:
    verdict = check_resident(code, today=TODAY)
    assert verdict.level == "invalid"
    assert reason in verdict.codes


def test_without_a_business_date_the_future_is_not_judged() -> None:
    assert check_resident(numbered("13010220990101001")).level == "valid"


def test_fifteen_digits_become_eighteen() -> None:
    verdict = check_resident("130102900101001", today=TODAY)
    assert (verdict.normalised, verdict.level, verdict.codes) == (SAMPLE, "valid", {"id_old_15"})
    assert SAMPLE not in verdict.reasons[0].text


def test_residence_permits_share_the_structure() -> None:
    for area in ("810000", "820000", "830000"):
        permit = numbered(f"{area}19900101001")
        assert check_resident(permit).codes == {"id_residence_permit"}
        assert check_identity("hmt_residence", permit).reasons == ()
        assert check_identity("resident", permit).codes == {"identity_type_mismatch"}
    assert check_identity("hmt_residence", SAMPLE).level == "warn"
    foreign = numbered("91103319900101001")
    assert check_identity("foreign_residence", foreign).reasons == ()
    assert check_identity("foreign_residence", "USA110190010101").level == "valid"


def test_unknown_areas_warn() -> None:
    assert check_resident(numbered("47010219900101001")).codes == {"id_area"}
    old = numbered("13010319900101001")
    assert check_resident(old).level == "valid"
    assert check_resident(old, areas={"130102"}).level == "warn"


def test_what_the_record_says_is_compared() -> None:
    same = check_resident(SAMPLE, sex="male", birth_date=dt.date(1990, 1, 1))
    other = check_resident(SAMPLE, sex="female", birth_date=dt.date(1990, 1, 2))
    assert same.level == "valid"
    assert (other.level, other.codes) == ("warn", {"id_sex_mismatch", "id_birth_mismatch"})


@pytest.mark.parametrize(
    ("type", "number", "level"),
    [
        ("passport", "E12345678", "valid"),
        ("passport", "e123 45678", "valid"),
        ("passport", "E1", "warn"),
        ("hk_macao_permit", "H12345678", "valid"),
        ("hk_macao_permit", "12345678", "warn"),
        ("taiwan_permit", "12345678", "valid"),
        ("taiwan_permit", "123456789", "warn"),
        ("other", "军字第001号", "valid"),
        ("passport", " ", "invalid"),
        ("library_card", "1", "invalid"),
        ("resident", "130102199001010016", "invalid"),
        ("resident", "130102900101001", "valid"),
    ],
)
def test_other_documents(type: str, number: str, level: str) -> None:
    assert check_identity(type, number, today=TODAY).level == level


def test_facts_and_masks() -> None:
    assert birth_date_of(SAMPLE) == dt.date(1990, 1, 1)
    assert sex_of(SAMPLE) == "male"
    assert sex_of("11010519491231002X") == "female"
    assert birth_date_of("E12345678") is None
    assert sex_of("13010219900101") is None
    assert mask_resident(SAMPLE) == "130102********0015"
    assert mask_resident("E12345678") == "E1*****78"
    assert mask_resident("E12") == "***"
    assert mask_resident("") == ""


@given(numbers(), st.integers(0, 16), st.sampled_from("0123456789"))
def test_any_single_changed_digit_is_caught(code: str, place: int, digit: str) -> None:
    assert check_resident(code, today=TODAY).level == "valid"
    changed = code[:place] + digit + code[place + 1 :]
    assert (check_resident(changed, today=TODAY).level == "invalid") == (changed != code)


@given(numbers())
def test_old_and_new_form_say_the_same(code: str) -> None:
    if code[6:8] == "19":
        assert check_resident(code[:6] + code[8:17]).normalised == code
    assert check_resident(code, sex=sex_of(code), birth_date=birth_date_of(code)).reasons == ()


@given(st.sampled_from(list(IDENTITY_TYPES)), st.text())
def test_any_text_gets_a_verdict(type: str, text: str) -> None:
    verdict = check_identity(type, text, today=TODAY)
    assert verdict.given == text
    assert len(mask_resident(text)) == len(text)
    birth_date_of(text)
    sex_of(text)


@given(
    st.sampled_from(["130102", "810000", "820001", "911301", "990000", "110105"]),
    st.dates(dt.date(1890, 1, 1), dt.date(2027, 12, 31)),
    st.integers(0, 999),
    st.sampled_from(["male", "female", None]),
    st.one_of(st.none(), st.integers(-1, 1)),
    st.booleans(),
)
def test_the_quick_yes_is_what_the_whole_check_says(
    area: str, born: dt.date, serial: int, sex: Sex | None, days: int | None, right: bool
) -> None:
    code = numbered(f"{area}{born:%Y%m%d}{serial:03d}")
    code = code if right else code[:17] + ("1" if code[17] != "1" else "2")
    said = None if days is None else born + dt.timedelta(days)
    whole = check_identity("resident", code, today=TODAY, sex=sex, birth_date=said)
    assert is_plain(code, today=TODAY, sex=sex, birth_date=said) is (not whole.reasons and said is not None)
