"""Saving records: every problem at once, links, persons, two desks on one record, rights."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Done
from suite.contract.problems import ProblemKind, Refused
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.registry.commands import RevealIdentity, RowEdit, SaveRecords
from suite.kernel.registry.current import current_records
from suite.kernel.registry.queries import ListQuery, count, list_ids
from suite.kernel.registry.record_file import record_file
from suite.kernel.registry.rows import roster_rows
from suite.kernel.search.queries import find
from suite.testing.factories import a_firm, a_lawyer, make, practice_no, resident_number

pytestmark = pytest.mark.as_login


def save(suite: Suite, actor: Actor, kind: str, *rows: RowEdit) -> Done:
    return suite.run(SaveRecords(kind=kind, rows=rows), actor)


def refusal(suite: Suite, actor: Actor, kind: str, *rows: RowEdit) -> Refused:
    with pytest.raises(Refused) as refused:
        save(suite, actor, kind, *rows)
    return refused.value


def values_of(suite: Suite, kind: str, subject_id: int) -> dict[str, Any]:
    with suite.reading() as session:
        return current_records(session, suite.catalog.kinds[kind], [subject_id])[subject_id].values


def test_all_problems_of_all_rows_are_told_at_once_and_nothing_is_written(
    suite_: Suite, admin: Actor
) -> None:
    told = refusal(
        suite_,
        admin,
        "lawyers.lawyer",
        RowEdit(values=a_lawyer(1), place=0),
        RowEdit(values=a_lawyer(2, main_no="123", sex="neither", first_practice_on="2012-13-05"), place=1),
        RowEdit(values={"main_no": practice_no(3)}, place=2),
    )
    places = {(problem.row, problem.field) for problem in told.problems}
    assert {(1, "main_no"), (1, "sex"), (1, "first_practice_on"), (2, "name")} <= places
    with suite_.reading() as session:
        assert count(session, admin, suite_.catalog, ListQuery(kind="lawyers.lawyer")) == 0


def test_a_number_is_kept_in_its_canonical_form_and_once(suite_: Suite, admin: Actor) -> None:
    number = practice_no(7)
    spaced = f" {number[:5]} {number[5:]}".translate({ord("1"): "１"})
    [first] = make(suite_, admin, "lawyers.lawyer", a_lawyer(7, main_no=spaced))
    assert values_of(suite_, "lawyers.lawyer", first)["main_no"] == number
    told = refusal(suite_, admin, "lawyers.lawyer", RowEdit(values=a_lawyer(8, main_no=number)))
    assert told.codes == {"duplicate"}
    twice = refusal(
        suite_,
        admin,
        "lawyers.lawyer",
        RowEdit(values=a_lawyer(9, main_no=practice_no(50)), place=0),
        RowEdit(values=a_lawyer(10, main_no=practice_no(50)), place=1),
    )
    assert [problem.row for problem in twice.problems] == [0, 1]


def test_a_unique_detail_is_told_with_its_row_before_the_database_refuses(
    suite_: Suite, admin: Actor
) -> None:
    make(suite_, admin, "lawyers.lawyer", a_lawyer(1, certificate_serial_no="冀A0001"))
    told = refusal(
        suite_,
        admin,
        "lawyers.lawyer",
        RowEdit(values=a_lawyer(2), place=0),
        RowEdit(values=a_lawyer(3, certificate_serial_no="冀A0001"), place=1),
    )
    [problem] = told.problems
    assert (problem.code, problem.row, problem.field) == ("duplicate", 1, "certificate_serial_no")


def test_a_number_too_large_for_its_column_is_refused(suite_: Suite, admin: Actor) -> None:
    told = refusal(suite_, admin, "lawyers.law_firm", RowEdit(values=a_firm(1, staff_count=13_800_005_207)))
    assert told.codes == {"value.too_large"}


def test_one_person_in_two_professions_is_one_person(suite_: Suite, admin: Actor) -> None:
    number = resident_number(11)
    person = {"id_number": number, "sex": "male", "birth_date": dt.date(1985, 4, 12)}
    [lawyer] = make(suite_, admin, "lawyers.lawyer", a_lawyer(1, name="王志远", **person))
    [notary] = make(suite_, admin, "notary.notary", {"name": "王志远", **person})
    with suite_.reading() as session:
        roles = record_file(session, admin, suite_.catalog, lawyer).other_roles
    assert [role.subject_id for role in roles] == [notary]


def test_the_same_number_with_another_name_is_held_and_never_merged(suite_: Suite, admin: Actor) -> None:
    number = resident_number(11)
    make(suite_, admin, "lawyers.lawyer", a_lawyer(1, name="王志远", id_number=number))
    told = refusal(suite_, admin, "notary.notary", RowEdit(values={"name": "李四", "id_number": number}))
    assert told.codes == {"identity.other_name"}
    again = refusal(
        suite_, admin, "lawyers.lawyer", RowEdit(values=a_lawyer(2, name="王志远", id_number=number))
    )
    assert again.codes == {"identity.same_kind"}


def test_persons_without_a_number_are_never_linked_by_name(suite_: Suite, admin: Actor) -> None:
    [lawyer] = make(suite_, admin, "lawyers.lawyer", a_lawyer(1, name="王志远"))
    make(suite_, admin, "notary.notary", {"name": "王志远"})
    with suite_.reading() as session:
        assert record_file(session, admin, suite_.catalog, lawyer).other_roles == ()


def test_a_lawyer_is_where_the_firm_is(suite_: Suite, admin: Actor) -> None:
    first, second = make(suite_, admin, "lawyers.law_firm", a_firm(1), a_firm(2, district_code="130104"))
    values = a_lawyer(1, body_id=first)
    del values["district_code"]
    [lawyer] = make(suite_, admin, "lawyers.lawyer", values)
    assert values_of(suite_, "lawyers.lawyer", lawyer)["district_code"] == "130102"
    save(suite_, admin, "lawyers.lawyer", RowEdit(values={"body_id": second}, subject_id=lawyer))
    assert values_of(suite_, "lawyers.lawyer", lawyer)["district_code"] == "130104"


def test_a_link_must_exist_and_be_of_its_kind(suite_: Suite, admin: Actor) -> None:
    [lawyer] = make(suite_, admin, "lawyers.lawyer", a_lawyer(1))
    assert refusal(suite_, admin, "lawyers.lawyer", RowEdit(values=a_lawyer(2, body_id=lawyer))).codes == {
        "link.kind"
    }
    assert refusal(suite_, admin, "lawyers.lawyer", RowEdit(values=a_lawyer(2, body_id=10**9))).codes == {
        "link.unknown"
    }


def test_edits_of_different_fields_merge_and_of_the_same_field_conflict(suite_: Suite, admin: Actor) -> None:
    [lawyer] = make(suite_, admin, "lawyers.lawyer", a_lawyer(1, phone="13800005207", political_status="cpc"))

    def edit(values: dict[str, Any], base: dict[str, Any]) -> RowEdit:
        return RowEdit(values=values, subject_id=lawyer, expected_version=1, base=base)

    save(suite_, admin, "lawyers.lawyer", edit({"phone": "13900005208"}, {"phone": "13800005207"}))
    save(suite_, admin, "lawyers.lawyer", edit({"political_status": "none"}, {"political_status": "cpc"}))
    now = values_of(suite_, "lawyers.lawyer", lawyer)
    assert (now["phone"], now["political_status"]) == ("13900005208", "none")
    told = refusal(suite_, admin, "lawyers.lawyer", edit({"phone": "13700004520"}, {"phone": "13800005207"}))
    [problem] = told.problems
    assert problem.kind is ProblemKind.STALE
    # A conflict is shown masked too: it is no way past the reveal.
    assert problem.data["conflicts"]["phone"] == ("138****5207", "137****4520", "139****5208")
    # Both typed the same: that is no conflict.
    save(suite_, admin, "lawyers.lawyer", edit({"phone": "13900005208"}, {"phone": "13800005207"}))


def test_without_a_base_a_newer_version_refuses(suite_: Suite, admin: Actor) -> None:
    [lawyer] = make(suite_, admin, "lawyers.lawyer", a_lawyer(1))
    save(suite_, admin, "lawyers.lawyer", RowEdit(values={"political_status": "cpc"}, subject_id=lawyer))
    told = refusal(
        suite_,
        admin,
        "lawyers.lawyer",
        RowEdit(values={"political_status": "none"}, subject_id=lawyer, expected_version=1),
    )
    assert told.codes == {"stale"}


def granted(suite: Suite, admin: Actor, role: str, **scope: str) -> Actor:
    suite.run(AddUser(login="clerk", name="赵敏"), admin)
    suite.run(GrantRole(login="clerk", role=role, **scope), admin)
    return suite.actor("clerk")


@pytest.mark.needs_admin
def test_a_county_reads_its_own_district_and_what_is_outside_is_not_counted(
    suite_: Suite, admin: Actor
) -> None:
    inside, outside = make(suite_, admin, "lawyers.lawyer", a_lawyer(1), a_lawyer(2, district_code="130104"))
    county = granted(suite_, admin, "core.county_bureau", profession="lawyers", district="130102")
    query = ListQuery(kind="lawyers.lawyer")
    with suite_.reading() as session:
        assert list_ids(session, county, suite_.catalog, query).ids == (inside,)
        assert count(session, county, suite_.catalog, query) == 1
        assert roster_rows(session, county, suite_.catalog, "lawyers.lawyer", [outside]) == []
        assert {hit.subject_id for hit in find(session, county, suite_.catalog, "志远")} == {inside}
        with pytest.raises(Refused) as refused:
            record_file(session, county, suite_.catalog, outside)
        assert refused.value.codes == {"out_of_scope"}
        with pytest.raises(Refused) as refused:
            list_ids(session, county, suite_.catalog, ListQuery(kind="notary.notary"))
        assert refused.value.codes == {"not_permitted"}
    told = refusal(
        suite_,
        county,
        "lawyers.lawyer",
        RowEdit(values={"political_status": "cpc"}, subject_id=inside),
    )
    assert told.codes == {"not_permitted"}


@pytest.mark.needs_admin
def test_an_editor_of_one_district_neither_takes_nor_gives_away(suite_: Suite, admin: Actor) -> None:
    inside, outside = make(suite_, admin, "lawyers.lawyer", a_lawyer(1), a_lawyer(2, district_code="130104"))
    clerk = granted(suite_, admin, "core.section_staff", profession="lawyers", district="130102")
    save(suite_, clerk, "lawyers.lawyer", RowEdit(values={"political_status": "cpc"}, subject_id=inside))
    for edit in (
        RowEdit(values={"political_status": "cpc"}, subject_id=outside),
        RowEdit(values={"district_code": "130104"}, subject_id=inside),
        RowEdit(values=a_lawyer(3, district_code="130104")),
    ):
        assert refusal(suite_, clerk, "lawyers.lawyer", edit).codes == {"out_of_scope"}


@pytest.mark.needs_admin
def test_secrets_are_masked_and_a_reveal_needs_right_and_reason_and_is_logged(
    suite_: Suite, admin: Actor
) -> None:
    number = resident_number(241)
    [lawyer] = make(suite_, admin, "lawyers.lawyer", a_lawyer(1, id_number=number, phone="13800005207"))
    with suite_.reading() as session:
        values = record_file(session, admin, suite_.catalog, lawyer).values
    assert values["id_number"] == f"{number[:6]}********{number[-4:]}"
    assert values["phone"] == "138****5207"
    look = RevealIdentity(kind="lawyers.lawyer", subject_id=lawyer, field="id_number", reason="核实投诉")
    assert suite_.run(look, admin).result["value"] == number
    with pytest.raises(Refused) as refused:
        suite_.run(RevealIdentity(kind="lawyers.lawyer", subject_id=lawyer, field="phone", reason=" "), admin)
    assert refused.value.codes == {"reason.required"}
    with pytest.raises(Refused) as refused:
        suite_.run(look, admin, dry_run=True)
    assert refused.value.codes == {"disclosure.dry_run"}
    county = granted(suite_, admin, "core.county_bureau", profession="lawyers")
    with pytest.raises(Refused) as refused:
        suite_.run(look, county)
    assert refused.value.codes == {"not_permitted"}
    from suite.kernel.audit.queries import acts_on

    with suite_.reading() as session:
        [newest, *_] = acts_on(session, lawyer, [("core_subject", str(lawyer))])
    assert newest.command == "RevealIdentity"
    assert {(change.column, change.after) for change in newest.changes} == {
        ("field", "id_number"),
        ("reason", "核实投诉"),
    }


def test_numbers_of_secrets_are_never_search_keys(suite_: Suite, admin: Actor) -> None:
    number = resident_number(241)
    make(suite_, admin, "lawyers.lawyer", a_lawyer(1, id_number=number, phone="13800005207"))
    with suite_.reading() as session:
        for text in (number, number[-6:], "13800005207", "5207"):
            assert find(session, admin, suite_.catalog, text, kinds=["lawyers.lawyer"]) == []


def test_a_former_name_still_finds(suite_: Suite, admin: Actor) -> None:
    [firm] = make(suite_, admin, "lawyers.law_firm", a_firm(1, name="河北太行律师事务所"))
    save(suite_, admin, "lawyers.law_firm", RowEdit(values={"name": "河北澄一律师事务所"}, subject_id=firm))
    with suite_.reading() as session:
        for words in ("太行", "澄一", "hbcy", "chengyi"):
            found = find(session, admin, suite_.catalog, words, kinds=["lawyers.law_firm"])
            assert [hit.subject_id for hit in found] == [firm], words


def test_a_post_begins_on_the_day_that_the_record_names(suite_: Suite, admin: Actor) -> None:
    [firm] = make(suite_, admin, "lawyers.law_firm", a_firm(1))
    entered = dt.date(2024, 3, 11)
    [lawyer] = make(suite_, admin, "lawyers.lawyer", a_lawyer(1, body_id=firm, entered_on=entered))
    with suite_.reading() as session:
        [post] = record_file(session, admin, suite_.catalog, lawyer).posts
    assert (post.body_id, post.from_date, post.to_date) == (firm, entered, None)


def test_a_number_that_is_to_be_unique_is_told_within_a_list_and_against_the_roster(
    suite_on_sqlite: Suite, admin: Actor
) -> None:
    def told(*rows: dict[str, Any], subject_id: int | None = None) -> list[str]:
        kind, edits = "notary.notary_office", [RowEdit(values=row, subject_id=subject_id) for row in rows]
        done = save(suite_on_sqlite, admin, kind, *edits)
        return [problem.text for problem in done.warnings if problem.code == "duplicate"]

    def office(number: str, licence: str) -> dict[str, Any]:
        return {"name": f"河北省石家庄市{number}公证处", "district_code": "130102", "licence_no": licence}

    assert (
        told(office("太行", "冀公001"), office("滹沱", "冀公001"))
        == ["“执业证号”冀公001 在本次提交中出现 2 次，请核对。"] * 2
    )
    assert told(office("燕赵", "冀公001")) == [
        "“执业证号”冀公001 已登记在“河北省石家庄市滹沱公证处”名下，请核对。"
    ]
    assert told(office("常山", "冀公002")) == []


def test_an_appraisers_number_is_compared_with_the_institution(suite_on_sqlite: Suite, admin: Actor) -> None:
    institution = {"name": "河北安正司法鉴定中心", "main_no": "130105901", "district_code": "130105"}
    (body,) = make(suite_on_sqlite, admin, "appraisal.appraisal_institution", institution)
    rows = [
        RowEdit(values={"name": f"王{number[-1]}", "main_no": number, "body_id": body}, place=place)
        for place, number in enumerate(("130109999003", "130105901004"))
    ]
    done = save(suite_on_sqlite, admin, "appraisal.appraiser", *rows)
    found = [(problem.code, problem.row) for problem in done.warnings]
    assert [row for code, row in found if code == "appraiser_institution"] == [0]
