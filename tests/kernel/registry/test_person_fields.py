"""The person's shared fields and the rule across them."""

import datetime as dt

import pytest

from suite.contract.declarations import CheckContext
from suite.contract.problems import Severity
from suite.kernel.registry.person_fields import IDENTITY_FIELDS, PERSON_FIELDS, identity_agrees
from suite.kernel.registry.spans import whole_years, years_after
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


def test_other_documents_and_an_empty_number_are_not_judged() -> None:
    assert found(id_type="passport", id_number="E12345678") == set()
    assert found(id_number=None) == set()


def test_a_residence_permit_is_told_only_where_its_type_is_not_given() -> None:
    permit = {"id_number": "810000199408230021", "sex": "female", "birth_date": dt.date(1994, 8, 23)}
    assert found(**permit) == {("id_residence_permit", "id_number", Severity.NOTICE)}
    assert found(**permit, id_type="hk_macao_residence") == set()


def test_phone_numbers() -> None:
    assert not phone_number("0311-86012345", CONTEXT)
    assert [p.code for p in phone_number("12345678901", CONTEXT)] == ["phone_mobile"]


def test_headings_point_to_one_field() -> None:
    fields = (*PERSON_FIELDS, *IDENTITY_FIELDS)
    headings = [text for field in fields for text in (field.title, *field.headings)]
    assert len(headings) == len(set(headings))
    assert {field.key for field in fields if field.sensitive} == {"id_number", "phone"}


@pytest.mark.parametrize(
    ("since", "until", "years"),
    [
        ((1961, 11, 23), (2026, 11, 22), 64),
        ((1961, 11, 23), (2026, 11, 23), 65),
        ((2000, 2, 29), (2025, 2, 28), 24),
        ((2000, 2, 29), (2025, 3, 1), 25),
        ((2026, 1, 1), (2025, 12, 31), -1),
    ],
)
def test_whole_years(since: tuple[int, int, int], until: tuple[int, int, int], years: int) -> None:
    assert whole_years(dt.date(*since), dt.date(*until)) == years


def test_the_day_some_years_on() -> None:
    assert years_after(dt.date(2024, 2, 29), 5) == dt.date(2029, 2, 28)
    assert years_after(dt.date(2024, 2, 29), 4) == dt.date(2028, 2, 29)


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
