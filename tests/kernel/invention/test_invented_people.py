"""Invented people: valid numbers, unique over rosters, the same for the same seed."""

import datetime as dt

import pytest

from suite.kernel.invention.people import InventedPerson, Inventor
from suite.kernel.registry.identifiers.phone import check_phone
from suite.kernel.registry.identifiers.resident import birth_date_of, check_resident, sex_of
from suite.kernel.registry.identifiers.uscc import check_uscc

BORN = (dt.date(1955, 1, 1), dt.date(2001, 12, 31))
TODAY = dt.date(2026, 11, 23)


def people(seed: int, roster: str, lanes: tuple[int, ...], number: int = 2000) -> list[InventedPerson]:
    inventor = Inventor(seed, roster, lanes)
    return [inventor.person(BORN) for _ in range(number)]


def test_numbers_are_valid_and_agree_with_sex_and_birth() -> None:
    for person in people(1, "a", (0,)):
        assert check_resident(person.id_number, today=TODAY).level == "valid"
        assert birth_date_of(person.id_number) == person.birth_date
        assert sex_of(person.id_number) == ("female" if person.sex == "女" else "male")
        assert check_phone(person.phone).level == "valid"


def test_the_same_seed_draws_the_same_people() -> None:
    assert people(7, "a", (0,)) == people(7, "a", (0,))
    assert people(7, "a", (0,)) != people(8, "a", (0,))


def test_numbers_are_unique_even_where_few_are_possible() -> None:
    inventor = Inventor(1, "a", (3,))
    day = dt.date(1980, 5, 17)
    numbers = [inventor.person((day, day), women=50, area="130102").id_number for _ in range(80)]
    assert len(set(numbers)) == 80
    assert {number[:14] for number in numbers} == {"13010219800517"}


def test_other_lanes_never_make_the_same_number() -> None:
    sequences = [{int(p.id_number[14:17]) // 100 for p in people(1, "a", lanes)} for lanes in ((0, 1), (2,))]
    assert sequences == [{0, 1}, {2}]


@pytest.mark.parametrize("lanes", [(), (10,), (-1,)])
def test_lanes_outside_the_sequence_are_refused(lanes: tuple[int, ...]) -> None:
    with pytest.raises(ValueError):
        Inventor(1, "a", lanes)


def test_zones_that_numbers_never_carry_are_replaced() -> None:
    assert Inventor(1, "a").person(BORN, area="130171").id_number[:6] != "130171"


def test_credit_codes_are_valid_and_unique() -> None:
    inventor = Inventor(1, "a")
    codes = [inventor.uscc("32", "130100") for _ in range(500)]
    assert len(set(codes)) == 500
    assert {check_uscc(code, register="notary_office", area="130100").level for code in codes} == {"valid"}
