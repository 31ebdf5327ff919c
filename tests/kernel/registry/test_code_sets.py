"""Fields that hold several codes: kept in one canonical form, filtered by membership, counted by member."""

from __future__ import annotations

import datetime as dt

import pytest

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.problems import Refused, Severity
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.kernel.registry.queries import ListQuery, counts_by, list_ids
from suite.kernel.registry.rows import roster_rows
from suite.testing.factories import make
from suite.testing.fixtures import TODAY

INSTITUTION = "appraisal.appraisal_institution"


def an_institution(sequence: int, scope: object) -> dict[str, object]:
    return {
        "name": f"河北第{sequence}司法鉴定中心",
        "main_no": f"13001{sequence:04d}",
        "district_code": "130102",
        "scope": scope,
    }


def found(suite: Suite, actor: Actor, *wanted: str | None, as_of: dt.date | None = None) -> set[int]:
    query = ListQuery(kind=INSTITUTION, filters={"scope": wanted}, as_of=as_of)
    with suite.reading() as session:
        return set(list_ids(session, actor, suite.catalog, query).ids)


def test_a_list_finds_the_members_of_sets(suite_: Suite, admin: Actor) -> None:
    both, one, none = make(
        suite_,
        admin,
        INSTITUTION,
        an_institution(1, "C03、A02"),
        an_institution(2, ("A02", "A02")),
        an_institution(3, None),
    )
    assert found(suite_, admin, "A02") == {both, one}
    assert found(suite_, admin, "C03") == {both}
    assert found(suite_, admin, "C03", None) == {both, none}
    assert found(suite_, admin, "A0") == set()  # a part of a value is no value
    assert found(suite_, admin, "%") == set()
    with suite_.reading() as session:
        counted = dict(counts_by(session, admin, suite_.catalog, ListQuery(kind=INSTITUTION), "scope"))
        rows = roster_rows(session, admin, suite_.catalog, INSTITUTION, [both, one], columns=("scope",))
    assert counted == {"A02": 2, "C03": 1, None: 1}
    assert [row.values["scope"] for row in rows] == ["A02,C03", "A02"]


def test_a_set_in_another_order_is_no_change(suite_: Suite, admin: Actor) -> None:
    (one,) = make(suite_, admin, INSTITUTION, an_institution(1, "A02,C03"))
    edit = RowEdit(subject_id=one, values={"scope": "C03 A02"})
    done = suite_.run(SaveRecords(kind=INSTITUTION, rows=(edit,)), admin)
    assert set(done.result["results"].values()) == {"same"}


def test_a_set_of_a_past_day_is_found_by_its_members(suite_: Suite, admin: Actor) -> None:
    began = dt.date(2020, 1, 1)
    (one,) = make(
        suite_, admin, INSTITUTION, an_institution(1, "A02") | {"first_registered_on": began}, on=began
    )
    edit = RowEdit(subject_id=one, values={"scope": "A02,A05"})
    suite_.run(
        SaveRecords(kind=INSTITUTION, rows=(edit,), effective_on=dt.date(2024, 6, 1)), admin, reason="扩项"
    )
    assert found(suite_, admin, "A05", as_of=dt.date(2024, 5, 31)) == set()
    assert found(suite_, admin, "A05", as_of=dt.date(2024, 6, 1)) == {one}
    assert found(suite_, admin, "A02", as_of=dt.date(2021, 1, 1)) == {one}


def test_unknown_members_are_refused(suite_: Suite, admin: Actor) -> None:
    with pytest.raises(Refused) as told:
        make(suite_, admin, INSTITUTION, an_institution(1, "A02,Z99"))
    assert told.value.codes == {"code.unknown"}
    assert "Z99" in told.value.problems[0].text


def test_what_a_later_document_took_away_is_told_and_taken(suite_: Suite, admin: Actor) -> None:
    code = suite_.catalog.codes["appraisal.practice_category"].by_value["X12"]
    assert code.until is not None
    assert code.in_force(code.until)
    assert not code.in_force(TODAY)
    done = suite_.run(
        SaveRecords(kind=INSTITUTION, rows=(RowEdit(values=an_institution(1, "A02,X12")),)), admin
    )
    (problem,) = [found for found in done.warnings if found.code == "code.out_of_force"]
    assert problem.severity is Severity.WARNING
    assert "声像资料" in problem.text
