"""With a login and psql: forging what the rights lean on opens nothing, and changes nothing either."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from suite.bootstrap import Suite
from suite.database.engine import writing
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.accounts.two_persons import MERGING
from suite.kernel.audit.verify import verify
from suite.kernel.registry.commands import RevealMany, SaveView
from suite.kernel.registry.merging_commands import MergePersons, UndoMerge
from suite.testing.factories import a_firm, a_lawyer, leave_to_one, make, resident_number

DENIED = "42501"
LAWYER = "lawyers.lawyer"


#: What a deputy of one district, who manages users there, may not do to others.
TAKINGS = (
    "UPDATE core_user SET active = false WHERE login = '{chief}'",
    "DELETE FROM core_grant WHERE login = '{chief}'",
    "INSERT INTO core_user (login, name, active, created_at) VALUES ('suite_owner', 'x', true, now())",
    "INSERT INTO core_user (login, name, active, created_at) VALUES ('postgres', 'x', true, now())",
    "INSERT INTO core_grant (login, role, profession, district_code) "
    "VALUES (session_user, 'parked.chief', 'notary', '130104')",
)
EXCHANGED = (
    "INSERT INTO core_reconciled (kind, profession, identity, field, digest, decision, reason, decided_by, "
    "decided_at) VALUES ('lawyers.lawyer', 'lawyers', 'name=孙远', 'x', 'x', 'x', 'x', 'postgres', now())",
    "INSERT INTO core_roster_exchange (id, direction, kind, profession, number, digest, file_name, rows, "
    "rows_taken, rows_same, rows_held, by_login, at) VALUES (1, 'in', 'lawyers.lawyer', 'lawyers', 1, 'x', "
    "'x', 1, 0, 0, 1, 'postgres', now())",
    "INSERT INTO core_roster_exchange_row VALUES (1, 'u', NULL, '孙远', 'held', NULL, NULL)",
    "INSERT INTO core_roster_exchange_secret VALUES (1, 'u', 1, '{}')",
)


@dataclass
class Ground:
    """A lawyers' section, another county, a deputy, and what the section does not see."""

    suite: Suite
    staff: Suite
    county: Suite
    deputy: Suite
    names: dict[str, int | str]


@pytest.fixture
def ground(suite_on_postgresql: Suite, login_suite: Callable[..., Suite]) -> Ground:
    suite, admin = suite_on_postgresql, suite_on_postgresql.actor()
    staff = login_suite("core.section_staff", profession="lawyers")
    county = login_suite("core.section_staff", profession="lawyers", district="130104")
    deputy = login_suite("core.administrator", profession="notary", district="130104")
    [firm] = make(suite, admin, "lawyers.law_firm", a_firm(1))
    near, twin, other = make(
        suite,
        admin,
        LAWYER,
        a_lawyer(1, name="王志远", body_id=firm),
        {**a_lawyer(2, name="王志远", body_id=firm), "id_number": resident_number(3)},
        a_lawyer(3, body_id=firm),
    )
    [trainee] = make(
        suite,
        admin,
        "lawyers.trainee_lawyer",
        {**a_lawyer(4, name="王志远", id_number=resident_number(5)), "main_no": None, "category": None},
    )
    [hidden] = make(
        suite,
        admin,
        "arbitration.arbitrator",
        {"name": "孙远", "id_number": resident_number(7), "phone": "13800000007", "district_code": "130102"},
    )
    leave_to_one(suite, admin, MERGING)
    merged = staff.run(MergePersons(kind=LAWYER, kept=near, gone=trainee, reason="同一人"), staff.actor())
    suite.run(SaveView(kind="arbitration.arbitrator", name="孙远", query="{}", shared=True), admin)
    suite.run(AddUser(login=f"chief{firm}", name="总管"), admin)
    suite.run(GrantRole(login=f"chief{firm}", role="core.administrator"), admin)
    with suite.reading() as session:
        persons = dict(session.execute(text("SELECT id, person_id FROM core_subject")).all())
        gone = session.scalar(text("SELECT gone_person_id FROM core_merge"))
    return Ground(
        suite=suite,
        staff=staff,
        county=county,
        deputy=deputy,
        names={
            "firm": firm, "near": near, "twin": twin, "other": other, "hidden": hidden, "trainee": trainee,
            "near_person": persons[near], "twin_person": persons[twin], "hidden_person": persons[hidden],
            "gone_person": gone or 0, "chief": f"chief{firm}", "merge": merged.result["merge"],
            "number": resident_number(7),
        },
    )  # fmt: skip


@contextmanager
def tried(desk: Suite) -> Iterator[Connection]:
    """A transaction as a login, of which nothing stays."""
    with desk.engine.connect() as connection:
        connection = connection.execution_options(suite_write=True)
        with connection.begin() as transaction:
            yield connection
            transaction.rollback()


MERGE = (
    "INSERT INTO core_merge (what, kind, profession, reason, by_login, at, transaction_id, kept_id, gone_id, "
    "kept_person_id, gone_person_id) VALUES ('{what}', 'lawyers.lawyer', 'lawyers', 'x', session_user, "
    "now(), 1, {kept}, {gone}, {kept_person}, {gone_person})"
)
RUN = (
    "INSERT INTO core_import_run (id, kind, profession, file_name, file_hash, by_login, at, on_date, "
    "rows_new, rows_changed, rows_same, rows_held, transaction_id) VALUES (990, '{kind}', '{profession}', "
    "'a', 'a', session_user, {at}, current_date, 1, 0, 0, 0, 1)"
)
NEW_ROW = (
    "INSERT INTO core_import_row (run_id, subject_id, sheet, row, result, version) "
    "VALUES (990, {near}, 'a', 1, 'new', 1)"
)
SUBJECT = (
    "INSERT INTO core_subject (kind, profession, role, name, name_key, status, version, created_at, "
    "updated_at, person_id) VALUES ('{kind}', 'lawyers', 'practitioner', 'm', 'm', 'active', 1, now(), "
    "now(), {person})"
)
REQUEST = (
    "INSERT INTO core_request (command, fields, title, permission, reason, state, asked_by, asked_at, "
    "decided_by) VALUES ('RevealMany', 'null', 'x', 'lawyers:identity:reveal', 'x', '{state}', session_user, "
    "now(), {by})"
)
OWN_RUN = RUN.format(kind=LAWYER, profession="lawyers", at="now()")
FORGERIES: tuple[tuple[str, ...], ...] = (
    # A merge that names another's person opens the person; one that names a record opens its trace.
    (MERGE.format(what="person", kept="NULL", gone="NULL", kept_person="{near_person}",
                  gone_person="{hidden_person}"),),
    (MERGE.format(what="split", kept="NULL", gone="NULL", kept_person="{near_person}",
                  gone_person="{hidden_person}"),),
    (MERGE.format(what="subject", kept="{near}", gone="{hidden}", kept_person="NULL", gone_person="NULL"),),
    # What was merged away by others has no record any more, and is still somebody.
    (MERGE.format(what="person", kept="NULL", gone="NULL", kept_person="{twin_person}",
                  gone_person="{gone_person}"),),
    ("UPDATE core_merge SET kept_person_id = {hidden_person} WHERE id = {merge}",),
    ("UPDATE core_merge SET kept_id = {hidden} WHERE id = {merge}",),
    # An import that never was takes nothing out.
    (OWN_RUN, NEW_ROW, "DELETE FROM lawyers_lawyer WHERE subject_id = {near}"),
    (OWN_RUN, NEW_ROW, "DELETE FROM core_post WHERE subject_id = {near}"),
    (RUN.format(kind=LAWYER, profession="lawyers",
                at="(SELECT min(recorded_at) FROM core_post WHERE subject_id = {near})"),
     "DELETE FROM core_post WHERE subject_id = {near}"),
    ("DELETE FROM core_post WHERE subject_id = {near}",),
    # Rows of a kind or of a record that are another profession's.
    (RUN.format(kind="notary.notary", profession="notary", at="now()"),),
    (RUN.format(kind="notary.notary", profession="lawyers", at="now()"),),
    (SUBJECT.format(kind="notary.notary", person="NULL"),),
    ("UPDATE core_subject SET kind = 'notary.notary' WHERE id = {near}",),
    ("INSERT INTO lawyers_trainee_lawyer (subject_id) VALUES ({hidden})",),
    ("UPDATE core_post SET subject_id = {hidden} WHERE subject_id = {near}",),
    # A person is joined by number and name, not by one of them, nor once nobody's record is left.
    ("SELECT * FROM core_match_persons('lawyers.lawyer', ARRAY['{number}'], ARRAY['某'])",
     SUBJECT.format(kind=LAWYER, person="{hidden_person}")),
    # Requests are asked and decided as oneself.
    (REQUEST.format(state="approved", by="NULL"),),
    (REQUEST.format(state="open", by="'{chief}'"),),
)  # fmt: skip


def refused(desk: Suite, *statements: str) -> str | None:
    """The state with which the server refuses one of these statements; nothing stays."""
    with tried(desk) as connection:
        try:
            for statement in statements:
                connection.exec_driver_sql(statement)
        except DBAPIError as error:
            return str(getattr(error.orig, "sqlstate", ""))
    return None


def test_no_forgery_opens_or_changes_anything(ground: Ground, login_suite: Callable[..., Suite]) -> None:
    said = [[one.format_map(ground.names) for one in statements] for statements in FORGERIES]
    assert [one for one in said if refused(ground.staff, *one) != DENIED] == []
    # A person whose records were all merged away is still somebody.
    notary = login_suite("core.section_staff", profession="notary")
    joined = SUBJECT.format(kind="notary.notary", person=ground.names["gone_person"])
    assert refused(notary, joined.replace("'lawyers'", "'notary'")) == DENIED
    taken = [one.format_map(ground.names) for one in TAKINGS]
    assert [one for one in taken if refused(ground.deputy, one) != DENIED] == []


def test_what_is_others_is_neither_read_nor_put_back(ground: Ground) -> None:
    staff, county = ground.staff, ground.county
    near, merge = int(ground.names["near"]), int(ground.names["merge"])
    ask = RevealMany(kind=LAWYER, subject_ids=(near,), field="phone", reason="保密事由")
    staff.run(ask, staff.actor())
    with writing(ground.suite.engine) as connection:
        for statement in EXCHANGED:
            connection.exec_driver_sql(statement)
    # The section's request lies beyond the county; so does what concerns the whole profession.
    for desk, seen in ((staff, 1), (county, 0)):
        with tried(desk) as connection:
            for table in ("core_request", "core_reconciled", "core_roster_exchange_row"):
                assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() == seen, table
            assert connection.execute(text("SELECT count(*) FROM core_saved_view")).scalar() == 0
    # Whatever a login says, the seal waits for the entries.
    with writing(staff.engine) as connection:
        connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
        connection.exec_driver_sql("SELECT core_audit_begin('SaveRecords', 'x', NULL)")
        connection.exec_driver_sql(f"UPDATE core_subject SET status = 'suspended' WHERE id = {near}")
        connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
        connection.exec_driver_sql(f"UPDATE core_subject SET status = 'active' WHERE id = {near}")
    with ground.suite.reading() as session:
        assert not verify(session.connection()).problems
    staff.run(UndoMerge(kind=LAWYER, merge_id=merge), staff.actor())
    assert refused(staff, "UPDATE core_merge SET undone_at = NULL") == DENIED
