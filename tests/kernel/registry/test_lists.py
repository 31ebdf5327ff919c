"""Lists: the counts behind a filter's choices, the orders that are refused, and where empty values stand."""

from __future__ import annotations

import datetime as dt

import pytest

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.problems import Refused
from suite.kernel.registry.queries import ListQuery, counts_by, list_ids
from suite.testing.factories import a_firm, a_lawyer, make, resident_number

LAWYERS = "lawyers.lawyer"


@pytest.mark.parametrize(
    ("field", "wanted"),
    [
        ("sex", {"male": 2, "female": 1}),
        ("is_partner", {True: 1}),
        ("category", {"full_time": 3, "part_time": 1}),
    ],
)
def test_choices_are_counted_wherever_their_field_is_kept(
    suite_: Suite, admin: Actor, field: str, wanted: dict[object, int]
) -> None:
    make(
        suite_,
        admin,
        LAWYERS,
        a_lawyer(1, sex="male", is_partner=True),
        a_lawyer(2, sex="male", category="part_time"),
        a_lawyer(3, sex="female"),
        a_lawyer(4),
    )
    make(suite_, admin, "lawyers.law_firm", a_firm(1), a_firm(2))
    with suite_.reading() as session:
        counted = dict(counts_by(session, admin, suite_.catalog, ListQuery(kind=LAWYERS), field))
    assert {value: number for value, number in counted.items() if value is not None} == wanted
    assert sum(counted.values()) == 4


def test_choices_are_counted_for_a_past_day(suite_: Suite, admin: Actor) -> None:
    make(suite_, admin, LAWYERS, a_lawyer(1), a_lawyer(2, category="part_time"), on=dt.date(2020, 1, 1))
    query = ListQuery(kind=LAWYERS, as_of=dt.date(2026, 11, 20))
    with suite_.reading() as session:
        counted = dict(counts_by(session, admin, suite_.catalog, query, "category"))
    assert counted == {"full_time": 1, "part_time": 1}


@pytest.mark.parametrize("field", ["id_number", "phone"])
def test_secrets_are_neither_counted_nor_sorted_by(suite_: Suite, admin: Actor, field: str) -> None:
    make(suite_, admin, LAWYERS, a_lawyer(1, id_number=resident_number(1), phone="13800000001"))
    with suite_.reading() as session:
        with pytest.raises(Refused) as counted:
            counts_by(session, admin, suite_.catalog, ListQuery(kind=LAWYERS), field)
        with pytest.raises(Refused) as listed:
            list_ids(session, admin, suite_.catalog, ListQuery(kind=LAWYERS, sort=((field, False),)))
    assert counted.value.codes == listed.value.codes == {"field.secret"}


def test_an_unknown_field_is_refused_and_not_a_fault(suite_: Suite, admin: Actor) -> None:
    with suite_.reading() as session, pytest.raises(Refused) as refused:
        counts_by(session, admin, suite_.catalog, ListQuery(kind=LAWYERS), "nothing")
    assert refused.value.codes == {"field.unknown"}
