"""Each condition of the notaries' applications, with its article."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from plugins.notary.licences import guards
from plugins.notary.parameters import PARAMETERS
from suite.api import Guard
from tests.plugins.case_facts import case, subject

OFFICE = subject(1, "notary.notary_office")
OTHER = subject(2, "notary.notary_office")
CLOSED = subject(3, "notary.notary_office", "cancelled")
OWN = subject(10, "notary.notary", body_id=1, birth_date=dt.date(1980, 1, 1))
OLD = subject(11, "notary.notary", body_id=1, birth_date=dt.date(1961, 12, 1))
SUSPENDED = subject(12, "notary.notary", "suspended", body_id=1)
REVOKED = subject(13, "notary.notary", "revoked", body_id=1)
FRESH = subject(14, "notary.notary", body_id=1, first_practice_on=dt.date(2024, 1, 1))
LONG = subject(15, "notary.notary", body_id=1, first_practice_on=dt.date(2023, 9, 15))

FOUNDED = {"item": "establish", "new_address": "长安区某街1号", "has_funds": True, "notaries": 2}
TRAINED = {"internship_from": dt.date(2024, 9, 1), "internship_to": dt.date(2026, 8, 31)}
SHORT = {"internship_from": dt.date(2025, 9, 1), "internship_to": dt.date(2026, 8, 31)}

CASES: tuple[tuple[Guard, str, dict[str, Any], dict[str, Any]], ...] = (
    # guard, its article, what holds, what does not
    (
        guards.OFFICE_QUALIFIES,
        "第八条",
        {"values": FOUNDED},
        {"values": FOUNDED | {"notaries": 1}},
    ),
    (
        guards.OFFICE_QUALIFIES,
        "第八条",
        {"values": {"item": "name"}},
        {"values": FOUNDED | {"has_funds": None}},
    ),
    (guards.OFFICE_STANDS, "第101号", {"values": FOUNDED}, {"values": FOUNDED, "office": OFFICE}),
    (
        guards.OFFICE_STANDS,
        "第101号",
        {"values": {"item": "name"}, "office": OFFICE},
        {"values": {"item": "name"}, "office": CLOSED},
    ),
    (
        guards.CHANGE_IS_NAMED,
        "第101号",
        {"values": {"item": "area", "new_area": "长安区"}},
        {"values": {"item": "area", "new_name": "长安区"}},
    ),
    (
        guards.HANDED_OVER,
        "第101号",
        {"values": {"item": "close", "handed_over": True}},
        {"values": {"item": "close"}},
    ),
    (
        guards.HEAD_HAS_PRACTISED,
        "第十条",
        {"values": {}, "candidate": LONG},
        {"values": {}, "candidate": FRESH},
    ),
    (
        guards.HEAD_OF_OWN_OFFICE,
        "第十条",
        {"values": {}, "candidate": OWN, "office": OFFICE},
        {"values": {}, "candidate": OWN, "office": OTHER},
    ),
    (
        guards.HEAD_OF_OWN_OFFICE,
        "第十条",
        {"values": {}, "candidate": OWN, "office": OFFICE},
        {"values": {}, "candidate": SUSPENDED, "office": OFFICE},
    ),
    (
        guards.AGE_FITS,
        "第十八条",
        {"values": {"birth_date": dt.date(2001, 9, 15)}},
        {"values": {"birth_date": dt.date(2001, 9, 16)}},
    ),
    (
        guards.AGE_FITS,
        "第十八条",
        {"values": {"birth_date": dt.date(1961, 9, 16)}},
        {"values": {"birth_date": dt.date(1961, 9, 15)}},
    ),
    (
        guards.TRAINED,
        "第十八条",
        {"values": TRAINED},
        {"values": TRAINED | {"internship_to": dt.date(2026, 8, 30)}},
    ),
    (
        guards.TRAINED,
        "第十八条",
        {"values": SHORT | {"work_years": 3}},
        {"values": SHORT | {"work_years": 2}},
    ),
    (guards.TRAINED, "第十八条", {"values": {"item": "assessment"}}, {"values": {"item": "exam"}}),
    (
        guards.QUALIFIED,
        "第十九条",
        {"values": {"item": "assessment", "assessment_basis": "scholar"}},
        {"values": {"item": "assessment", "qualification_no": "A20201301"}},
    ),
    (
        guards.QUALIFIED,
        "第十八条",
        {"values": {"item": "exam", "qualification_no": "A20201301"}},
        {"values": {"item": "exam"}},
    ),
    (guards.NOT_BARRED, "第二十条", {"values": {"not_barred": True}}, {"values": {"not_barred": False}}),
    (
        guards.IN_SEASON,
        "第四条",
        {"values": {"item": "assessment"}},
        {"values": {"item": "assessment"}, "on": dt.date(2026, 10, 8), "state": "reviewed"},
    ),
    (
        guards.IN_SEASON,
        "第四条",
        {"values": {"item": "exam"}, "on": dt.date(2026, 10, 8)},
        {"values": {"item": "assessment"}, "on": dt.date(2026, 8, 31), "state": "reviewed"},
    ),
    (guards.OFFICE_OPEN, "第二十一条", {"values": {}, "office": OFFICE}, {"values": {}, "office": CLOSED}),
    (
        guards.IS_APPOINTED,
        "第二十四条",
        {"values": {}, "notary": SUSPENDED},
        {"values": {}, "notary": REVOKED},
    ),
    (
        guards.IS_APPOINTED,
        "第二十四条",
        {"values": {"item": "revoked"}, "notary": REVOKED},
        {"values": {"item": "revoked"}, "notary": OWN},
    ),
    (
        guards.AGE_REACHED,
        "第二十四条",
        {"values": {"item": "age"}, "notary": OLD},
        {"values": {"item": "age"}, "notary": OWN},
    ),
    (guards.PRACTISES, "第四十一条", {"values": {}, "notary": OWN}, {"values": {}, "notary": SUSPENDED}),
    (
        guards.MOVES,
        "第102号",
        {"values": {"item": "transfer"}, "notary": OWN, "office": OTHER},
        {"values": {"item": "transfer"}, "notary": OWN, "office": OFFICE},
    ),
    (
        guards.SETTLED,
        "第102号",
        {"values": {"item": "transfer", "settled": True}},
        {"values": {"item": "transfer"}},
    ),
)


CASES += (
    (
        guards.CERTIFICATE_DUE,
        "第101号",
        {"values": {"item": "name"}, "state": "granted"},
        {"values": {"item": "close"}, "state": "granted"},
    ),
    (guards.NO_CERTIFICATE, "第101号", {"values": {"item": "merge"}}, {"values": {"item": "name"}}),
)


@pytest.mark.parametrize(("guard", "article", "good", "bad"), CASES)
def test_each_condition(guard: Guard, article: str, good: dict[str, Any], bad: dict[str, Any]) -> None:
    assert article in (guard.article or "")
    assert guard.holds(case(PARAMETERS, **good))
    assert not guard.holds(case(PARAMETERS, **bad))


def test_every_condition_is_tested() -> None:
    assert {guard.key for guard, *_ in CASES} == {guard.key for guard in guards.GUARDS}
