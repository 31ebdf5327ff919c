"""Invented people: valid numbers, unique over rosters, the same for the same seed."""

import datetime as dt
from collections import Counter
from random import Random

import pytest

from suite.contract.declarations import SampleRequest
from suite.kernel.invention.names import han_name, name_of, trade_name
from suite.kernel.invention.people import InventedPerson, Inventor
from suite.kernel.registry.identifiers.phone import check_phone
from suite.kernel.registry.identifiers.resident import birth_date_of, check_resident, sex_of
from suite.kernel.registry.identifiers.uscc import check_uscc

BORN = (dt.date(1955, 1, 1), dt.date(2001, 12, 31))
TODAY = dt.date(2026, 11, 23)


def inventor_of(seed: int, roster: str, lanes: tuple[int, ...] = (0,)) -> Inventor:
    request = SampleRequest(
        practitioners=100,
        seed=seed,
        today=TODAY,
        villages=[("130102001201", "第一村", "城关镇", "130102")],
        districts=[("130102", "长安区"), ("130123", "正定县")],
    )
    return Inventor(request, roster, lanes)


def people(seed: int, roster: str, lanes: tuple[int, ...], number: int = 2000) -> list[InventedPerson]:
    inventor = inventor_of(seed, roster, lanes)
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
    inventor = inventor_of(1, "a", (3,))
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
        inventor_of(1, "a", lanes)


def test_zones_that_numbers_never_carry_are_replaced() -> None:
    assert inventor_of(1, "a").person(BORN, area="130171").id_number[:6] != "130171"


def test_credit_codes_are_valid_and_unique() -> None:
    inventor = inventor_of(1, "a")
    codes = [inventor.uscc("32", "130100") for _ in range(500)]
    assert len(set(codes)) == 500
    assert {check_uscc(code, register="notary_office", area="130100").level for code in codes} == {"valid"}


def test_lanes_that_are_used_up_are_told() -> None:
    inventor, day = inventor_of(1, "a", (3,)), dt.date(1980, 5, 17)
    drawn = [inventor.person((day, day), women=0, area="130102").id_number for _ in range(50)]
    assert len(set(drawn)) == 50
    with pytest.raises(ValueError, match="1980-05-17"):
        inventor.person((day, day), women=0, area="130102")


def test_what_is_drawn_apart_shifts_nothing_and_shares_the_numbers() -> None:
    one, other = inventor_of(1, "a"), inventor_of(1, "a")
    day = dt.date(1980, 5, 17)
    beside = [one.apart("bodies", place).person((day, day), area="130102") for place in range(20)]
    assert [one.draw.random() for _ in range(3)] == [other.draw.random() for _ in range(3)]
    again = [one.apart("bodies", place).person((day, day), area="130102") for place in range(20)]
    assert [person.name for person in beside] == [person.name for person in again]
    assert len({person.id_number for person in (*beside, *again)}) == 40


def test_minority_names_go_with_their_nationality_and_rare_signs_are_met() -> None:
    draw = Random(3)
    named = [name_of(draw, place % 2 == 0) for place in range(20_000)]
    dotted = {people for name, people in named if "·" in name}
    assert dotted <= {"维吾尔族", "哈萨克族", "蒙古族"}
    assert dotted
    assert any(ord(sign) > 0xFFFF for name, _ in named for sign in name)
    assert Counter(people for _, people in named)["汉族"] > 18_500
    assert {len(han_name(draw, male=True)) for _ in range(5000)} >= {2, 3, 4}


def test_trade_names_never_repeat() -> None:
    names = [trade_name(place) for place in range(6000)]
    assert len(set(names)) == len(names)
    assert len(names[0]) == 2


def test_addresses_and_telephones_of_bodies() -> None:
    inventor = inventor_of(1, "a")
    assert inventor.address(("130123", "正定县")).startswith("石家庄市正定县")
    assert check_phone(inventor.landline()).level == "valid"
    assert inventor.village(("130102", "长安区")) == "130102001201"
    assert inventor.village(("130123", "正定县")) == ""
    assert {inventor.district()[0] for _ in range(200)} == {"130102", "130123"}


def test_the_young_are_not_yet_members() -> None:
    inventor = inventor_of(1, "a")
    young = (dt.date(2000, 1, 1), dt.date(2002, 1, 1))
    politics = Counter(inventor.person(young, members=30).political_status for _ in range(500))
    assert set(politics) == {"中共党员", "预备党员", "共青团员", "民盟", "民建", "民进", "九三学社"}
    assert 100 < politics["中共党员"] < 200
