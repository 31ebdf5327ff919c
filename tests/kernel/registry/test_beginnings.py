"""Since when a record is on the roster: each kind says which of its days that is, and it is followed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.kernel.registry.queries import ListQuery, list_ids
from suite.testing.factories import a_lawyer, make

OLD, NEW = dt.date(2010, 5, 1), dt.date(2020, 5, 1)


def test_every_kind_names_its_beginning(suite_on_sqlite: Suite) -> None:
    kinds = suite_on_sqlite.catalog.kinds.values()
    assert {kind.key: kind.beginning for kind in kinds if kind.owner != "core"} == {
        "lawyers.lawyer": "first_practice_on",
        "lawyers.trainee_lawyer": "started_on",
        "lawyers.law_firm": "approved_on",
        "lawyers.branch_office": "approved_on",
        "lawyers.employer_unit": None,
        "lawyers.village_counsel": "starts_on",
        "lawyers.organ_counsel": "starts_on",
        "notary.notary": "appointed_on",
        "notary.notary_office": "opened_on",
        "appraisal.appraiser": "first_registered_on",
        "appraisal.appraisal_institution": "first_registered_on",
        "arbitration.arbitrator": "first_appointed_on",
        "arbitration.arbitration_commission": "registered_on",
        "popularization.law_savvy_villager": "selected_on",
        "popularization.duty_unit": "listed_on",
        "notary.notary_assistant": "entered_on",
        "arbitration.governing_member": "first_appointed_on",
        "arbitration.case_secretary": "entered_on",
        "popularization.democratic_rule_of_law_village": "named_on",
        "popularization.law_study_model_household": "named_on",
        "popularization.rule_of_law_culture_site": "opened_on",
        "popularization.volunteer": "registered_on",
    }


def on_roster(suite: Suite, admin: Actor, kind: str, day: dt.date) -> bool:
    with suite.reading() as session:
        return bool(list_ids(session, admin, suite.catalog, ListQuery(kind=kind, as_of=day)).ids)


@pytest.mark.parametrize(
    ("kind", "values", "key"),
    [
        ("lawyers.lawyer", a_lawyer(3), "first_practice_on"),
        ("notary.notary", {"name": "王志远", "issued_on": dt.date(2024, 1, 1)}, "appointed_on"),
    ],
)
def test_the_roster_of_a_past_day_follows_a_corrected_beginning(
    suite_: Suite, admin: Actor, kind: str, values: dict[str, Any], key: str
) -> None:
    [made] = make(suite_, admin, kind, {**values, key: NEW})
    assert not on_roster(suite_, admin, kind, dt.date(2015, 1, 1))
    assert on_roster(suite_, admin, kind, dt.date(2021, 1, 1))
    for day, listed in ((OLD, True), (NEW, False), (None, True)):
        suite_.run(SaveRecords(kind=kind, rows=(RowEdit(subject_id=made, values={key: day}),)), admin)
        assert on_roster(suite_, admin, kind, dt.date(2015, 1, 1)) is listed
