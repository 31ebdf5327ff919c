"""Lists: the counts behind a filter's choices, the orders that are refused, and where empty values stand."""

from __future__ import annotations

import datetime as dt
from itertools import product

import pytest

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Granted, Scope
from suite.contract.problems import Refused
from suite.kernel.registry import queries
from suite.kernel.registry.queries import ListQuery, counts_by, list_ids, stream_ids
from suite.kernel.registry.rows import roster_rows
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


def test_words_find_in_a_list_whichever_way_is_taken(
    suite_: Suite, admin: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read from the keys, walked from the list's beginning, or both when the walk ends too early."""
    names = ["安志远", "白丽", "陈志", "李志安", "王安", "张志安", "赵安志"]
    make(
        suite_,
        admin,
        LAWYERS,
        *(
            a_lawyer(n, name=name, district_code=("130102", "130104")[n % 2])
            for n, name in enumerate(names * 3)
        ),
    )
    scope = Scope(professions=frozenset({"lawyers"}), districts=frozenset({"130104"}))
    county = Actor(login="c", name="c", granted=(Granted(permission="lawyers:roster:read", scope=scope),))

    def ids(actor: Actor, text: str, descending: bool, limit: int) -> tuple[tuple[int, ...], bool]:
        query = ListQuery(kind=LAWYERS, text=text, sort=(("name", descending),))
        with suite_.reading() as session:
            page = list_ids(session, actor, suite_.catalog, query, limit=limit)
        return page.ids, page.more

    cases = [
        (actor, text, descending, limit)
        for actor in (admin, county)
        for text in ("志", "z", "z a", "安 志", "11301", "白", "没有")
        for descending in (False, True)
        for limit in (2, 5, 100)
    ]
    plain = [ids(*case) for case in cases]
    assert any(page[0] for page in plain)
    for strides in ((1,), (1, 2), (4, 1000), ()):
        monkeypatch.setattr(queries, "STRIDES", strides)
        assert [ids(*case) for case in cases] == plain
    with suite_.reading() as session:
        everyone = list_ids(session, admin, suite_.catalog, ListQuery(kind=LAWYERS)).ids
        rows = roster_rows(session, admin, suite_.catalog, LAWYERS, everyone, columns=["name"])
    wanted = [row.subject_id for row in rows if "志" in row.values["name"] and "安" in row.values["name"]]
    assert list(ids(admin, "安 志", False, 100)[0]) == wanted


@pytest.mark.parametrize("field", ["first_practice_on", "sex", "body_id"])
def test_empty_values_stand_last_both_ways(suite_: Suite, admin: Actor, field: str) -> None:
    day = dt.date(2020, 1, 1)
    firms = make(suite_, admin, "lawyers.law_firm", a_firm(1), a_firm(2), on=day)
    full = {
        "first_practice_on": ("2015-01-01", "2016-01-01"),
        "sex": ("female", "male"),
        "body_id": tuple(firms),
    }[field]
    ids = make(
        suite_,
        admin,
        LAWYERS,
        *(a_lawyer(n) | {field: value} for n, value in enumerate((full[1], None, full[0]))),
        on=day,
    )
    for descending, as_of in product((False, True), (None, dt.date(2026, 11, 20))):
        query = ListQuery(kind=LAWYERS, sort=((field, descending),), as_of=as_of)
        with suite_.reading() as session:
            found = [
                list_ids(session, admin, suite_.catalog, query, limit=limit).ids for limit in (1, 2, 100)
            ]
            streamed = list(stream_ids(session, admin, suite_.catalog, query))
        wanted = [ids[0], ids[2], ids[1]] if descending else [ids[2], ids[0], ids[1]]
        assert streamed == wanted, (descending, as_of)
        assert [list(page) for page in found] == [wanted[:1], wanted[:2], wanted], (descending, as_of)


def test_a_past_days_names_go_by_pinyin_too(suite_: Suite, admin: Actor) -> None:
    first, second, third = make(
        suite_,
        admin,
        LAWYERS,
        *(a_lawyer(n, name=name) for n, name in enumerate(("赵一", "阿二", "丁三"))),
        on=dt.date(2020, 1, 1),
    )
    for day in (None, dt.date(2026, 11, 20)):
        with suite_.reading() as session:
            query = ListQuery(kind=LAWYERS, as_of=day)
            assert list_ids(session, admin, suite_.catalog, query).ids == (second, third, first)
