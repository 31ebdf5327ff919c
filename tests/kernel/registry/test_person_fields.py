"""The person's shared fields and the rule across them."""

import datetime as dt

import pytest

from suite.contract.declarations import CheckContext
from suite.contract.problems import Severity
from suite.kernel.registry.declarations import CODE_LISTS
from suite.kernel.registry.identifiers.identity import IDENTITY_TYPES
from suite.kernel.registry.identifiers.resident import check_digit
from suite.kernel.registry.person_fields import IDENTITY_FIELDS, PERSON_FIELDS, identity_agrees
from suite.kernel.registry.value_checks import not_negative, past_date, phone_number, uscc_of

CONTEXT = CheckContext(today=dt.date(2026, 11, 23), parameters={})
WOMAN = {"id_number": "11010519491231002X", "sex": "female", "birth_date": dt.date(1949, 12, 31)}


def found(**values: object) -> set[tuple[str, str | None, Severity]]:
    return {(p.code, p.field, p.severity) for p in identity_agrees({**WOMAN, **values}, CONTEXT)}


def test_a_number_that_agrees_has_no_problem() -> None:
    assert found() == set()
    assert found(sex=None, birth_date=None) == set()


def test_another_sex_or_birth_date_is_an_error_at_its_field() -> None:
    assert found(sex="male") == {("id_sex_mismatch", "sex", Severity.ERROR)}
    assert found(birth_date=dt.date(1949, 12, 30)) == {("id_birth_mismatch", "birth_date", Severity.ERROR)}


def test_a_wrong_check_digit_is_told_at_the_number() -> None:
    assert ("id_check_digit", "id_number", Severity.ERROR) in found(id_number="110105194912310021")


def test_other_documents_are_judged_by_their_own_pattern() -> None:
    assert found(id_type="passport", id_number="E12345678") == set()
    assert found(id_type="passport", id_number="E-1") == {("identity_pattern", "id_number", Severity.WARNING)}
    assert found(id_type="hk_macao_permit", id_number="H1234567890", sex="male") == set()
    assert found(id_type="other", id_number="A1") == set()


def test_documents_of_18_digits_carry_sex_and_birth_date_too() -> None:
    foreigner = {"id_number": "911110199001010014", "sex": "male", "birth_date": dt.date(1990, 1, 1)}
    number = foreigner["id_number"]
    assert isinstance(number, str)
    foreigner["id_number"] = number[:17] + check_digit(number[:17])
    assert found(**foreigner, id_type="foreign_residence") == set()
    assert found(**foreigner | {"sex": "female"}, id_type="foreign_residence") == {
        ("id_sex_mismatch", "sex", Severity.ERROR)
    }


def test_an_empty_number_is_not_judged() -> None:
    assert found(id_number=None, id_type="passport") == set()


def test_every_type_of_the_code_list_has_its_check() -> None:
    (types,) = (codes for codes in CODE_LISTS if codes.key == "core.id_type")
    assert types.titles == dict(IDENTITY_TYPES)
    assert found(id_type="library_card") == {("identity_type", "id_type", Severity.ERROR)}


@pytest.mark.parametrize("type_", [None, "resident", "foreign_residence"])
def test_a_residence_permit_under_another_type_is_told_at_the_type(type_: str | None) -> None:
    permit = {"id_number": "810000199408230021", "sex": "female", "birth_date": dt.date(1994, 8, 23)}
    assert found(**permit, id_type=type_) == {("identity_type_mismatch", "id_type", Severity.WARNING)}
    assert found(**permit, id_type="hmt_residence") == set()


def test_phone_numbers() -> None:
    assert not phone_number("0311-86012345", CONTEXT)
    assert [p.code for p in phone_number("12345678901", CONTEXT)] == ["phone_mobile"]


def test_headings_point_to_one_field() -> None:
    fields = (*PERSON_FIELDS, *IDENTITY_FIELDS)
    headings = [text for field in fields for text in (field.title, *field.headings)]
    assert len(headings) == len(set(headings))
    assert {field.key for field in fields if field.sensitive} == {"id_number", "phone"}


def test_a_fact_does_not_lie_in_the_future() -> None:
    assert not past_date(CONTEXT.today, CONTEXT)
    assert [p.code for p in past_date(dt.date(2026, 11, 24), CONTEXT)] == ["date.future"]


def test_counts_are_not_negative() -> None:
    assert not not_negative(0, CONTEXT)
    assert [p.code for p in not_negative(-1, CONTEXT)] == ["value.negative"]


def test_the_prefix_of_another_register_only_warns() -> None:
    notary, code = uscc_of("notary_office"), "34130000MD0000016G"
    assert [(p.code, p.severity) for p in notary(code, CONTEXT)] == [("uscc_prefix", Severity.WARNING)]
    assert not uscc_of()(code, CONTEXT)
