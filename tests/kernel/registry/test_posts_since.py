"""Since when a post holds, as the records of each profession name it."""

import datetime as dt

import pytest

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.registry.queries import ListQuery, list_ids
from suite.kernel.registry.record_file import record_file
from suite.testing.factories import make
from suite.testing.fixtures import TODAY

COMMISSION = {"name": "石家庄仲裁委员会", "district_code": "130102"}


def test_every_profession_names_its_day(suite_on_sqlite: Suite) -> None:
    kinds = suite_on_sqlite.catalog.kinds.values()
    people = [kind for kind in kinds if kind.has_person and "body_id" in kind.by_key]
    assert {kind.key: kind.by_key["body_id"].since for kind in people} == {
        "lawyers.lawyer": "entered_on",
        "lawyers.trainee_lawyer": "started_on",
        # Not the appointment and not the licence, which a move to another body leaves as they were.
        "notary.notary": "entered_on",
        "appraisal.appraiser": "entered_on",
        "arbitration.arbitrator": "term_from",
        "popularization.law_savvy_villager": "selected_on",
        "notary.notary_assistant": "entered_on",
        "arbitration.governing_member": "term_from",
        "arbitration.case_secretary": "entered_on",
        "popularization.law_study_model_household": "named_on",
    }


@pytest.mark.parametrize(
    ("begins", "since"),
    [
        (dt.date(2024, 4, 1), dt.date(2024, 4, 1)),
        (TODAY, TODAY),
        # A term that is still ahead does not say since when the present body holds.
        (TODAY + dt.timedelta(days=30), None),
        (None, None),
    ],
)
def test_an_arbitrator_is_on_the_panel_from_the_term_on(
    suite_on_sqlite: Suite, admin: Actor, begins: dt.date | None, since: dt.date | None
) -> None:
    suite = suite_on_sqlite
    [commission] = make(suite, admin, "arbitration.arbitration_commission", COMMISSION)
    values = {"name": "王志远", "main_no": "石仲聘2024000001", "body_id": commission, "term_from": begins}
    [arbitrator] = make(suite, admin, "arbitration.arbitrator", values)
    with suite.reading() as session:
        [post] = record_file(session, admin, suite.catalog, arbitrator).posts
        now = ListQuery(kind="arbitration.arbitrator", filters={"body_id": (commission,)})
        assert list_ids(session, admin, suite.catalog, now).ids == (arbitrator,)
    assert (post.body_id, post.from_date, post.to_date) == (commission, since, None)
