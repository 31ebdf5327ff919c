"""With psql in hand: what a login may not do around the suite, and what stays written of what it does."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from suite.bootstrap import Suite
from suite.contract.commands import Command
from suite.contract.problems import Refused
from suite.database.engine import writing
from suite.database.rights_check import differences, mend
from suite.kernel.accounts.commands import DisableUser, RevokeRole
from suite.kernel.accounts.matrix import rights_plan
from suite.kernel.audit.verify import verify
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.kernel.registry.queries import ListQuery, count, list_ids
from suite.kernel.registry.record_file import record_file
from suite.kernel.search.queries import find
from suite.tables import AuditEntry, AuditTransaction, Subject
from suite.testing.factories import a_firm, a_lawyer, make, resident_number

LoginSuite = Callable[..., Suite]
DENIED = "42501"


def state(suite: Suite, *statements: str) -> str | None:
    """The state with which the server refuses statements of one transaction; None when it takes them."""
    try:
        with writing(suite.engine) as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
    except DBAPIError as error:
        return str(getattr(error.orig, "sqlstate", ""))
    return None


@pytest.fixture
def hidden(suite_on_postgresql: Suite) -> int:
    """An arbitrator with a number, whom the lawyers' section does not read."""
    [made] = make(
        suite_on_postgresql,
        suite_on_postgresql.actor(),
        "arbitration.arbitrator",
        {"name": "孙远", "id_number": resident_number(7), "phone": "13800000007"},
    )
    return made


def person_of(suite: Suite, subject: int) -> int:
    with suite.reading() as session:
        found = session.scalar(select(Subject.person_id).where(Subject.id == subject))
    assert found is not None
    return found


def test_sql_by_hand_is_stamped_with_the_login_and_cannot_borrow_a_command(
    suite_on_postgresql: Suite, login_suite: LoginSuite
) -> None:
    staff = login_suite("core.section_staff", profession="lawyers")
    [lawyer] = make(staff, staff.actor(), "lawyers.lawyer", a_lawyer(1))
    with suite_on_postgresql.reading() as session:
        made = session.scalars(select(AuditTransaction).order_by(AuditTransaction.id.desc())).first()
        assert made is not None
        assert (made.actor, made.command) == (staff.connected_as(), "SaveRecords")
        number = made.id
    assert (
        state(
            staff,
            f"SELECT set_config('suite.transaction', '{number}', true)",
            f"UPDATE core_subject SET name = '改名' WHERE id = {lawyer}",
        )
        is None
    )
    with suite_on_postgresql.reading() as session:
        last = session.scalars(select(AuditTransaction).order_by(AuditTransaction.id.desc())).first()
        assert last is not None
        assert (last.actor, last.command) == (staff.connected_as(), None)
        assert session.scalar(select(AuditEntry.row_key).where(AuditEntry.transaction_id == last.id)) == str(
            lawyer
        )
        assert not verify(session.connection()).problems


@pytest.mark.parametrize(
    "statement",
    [
        "SET ROLE suite_owner",
        "UPDATE core_audit_entry SET after = NULL",
        "DELETE FROM core_audit_link",
        "INSERT INTO core_audit_transaction (actor, at) VALUES ('x', now())",
        "SELECT core_audit_note('core_subject', '1', 'U', NULL, NULL, NULL, '{}')",
        "SELECT core_audit_current()",
        "SELECT * FROM core_password",
        "ALTER TABLE core_subject DISABLE ROW LEVEL SECURITY",
        "CREATE ROLE friend LOGIN",
        "SELECT core_login_password('postgres', 'SCRAM-SHA-256$4096:aa==$bb=:cc=')",
        "INSERT INTO core_grant (login, role) VALUES (session_user, 'core.administrator')",
        "UPDATE core_subject SET profession = 'notary'",
        "UPDATE core_subject SET person_id = 1",
    ],
)
def test_what_a_login_may_not_do(suite_as_login: Suite, statement: str) -> None:
    assert state(suite_as_login, statement) == DENIED


def test_a_guessed_person_is_not_joined_and_a_matched_one_is(
    suite_on_postgresql: Suite, login_suite: LoginSuite, hidden: int
) -> None:
    staff = login_suite("core.section_staff", profession="lawyers")
    actor, person = staff.actor(), person_of(suite_on_postgresql, hidden)
    columns = "kind, profession, role, name, name_key, status, version, created_at, updated_at, person_id"
    values = f"'lawyers.lawyer', 'lawyers', 'practitioner', '某', 'm', 'active', 1, now(), now(), {person}"
    assert state(staff, f"INSERT INTO core_subject ({columns}) VALUES ({values})") == DENIED
    number = resident_number(7)
    with pytest.raises(Refused) as refused:
        make(staff, actor, "lawyers.lawyer", a_lawyer(1, name="李某", id_number=number))
    assert refused.value.codes == {"identity.elsewhere"}
    assert "孙远" not in str(refused.value)
    [joined] = make(staff, actor, "lawyers.lawyer", a_lawyer(1, name="孙远", id_number=number))
    assert person_of(suite_on_postgresql, joined) == person
    with suite_on_postgresql.reading() as session:
        asked = session.scalar(select(AuditEntry.row_key).where(AuditEntry.action == "M"))
        assert asked == str(person)
    # The name stands in a record of others; the telephone is the person's own, in both.
    with pytest.raises(Refused) as refused:
        staff.run(
            SaveRecords(kind="lawyers.lawyer", rows=(RowEdit(subject_id=joined, values={"name": "孙近"}),)),
            actor,
        )
    assert refused.value.codes == {"identity.other_role"}
    with suite_on_postgresql.reading() as session:
        before = session.scalar(select(Subject.version).where(Subject.id == hidden)) or 0
    staff.run(
        SaveRecords(
            kind="lawyers.lawyer", rows=(RowEdit(subject_id=joined, values={"phone": "13800000008"}),)
        ),
        actor,
    )
    with suite_on_postgresql.reading() as session:
        assert session.scalar(select(Subject.version).where(Subject.id == hidden)) == before + 1


def test_nothing_of_elsewhere_is_counted_found_or_opened(
    suite_on_postgresql: Suite, login_suite: LoginSuite
) -> None:
    admin = suite_on_postgresql.actor()
    near, far = make(
        suite_on_postgresql,
        admin,
        "lawyers.lawyer",
        a_lawyer(1, name="赵近"),
        a_lawyer(2, name="赵远", district_code="130104"),
    )
    county = login_suite("core.county_bureau", district="130102")
    # Even when the suite itself asks for everything: the server answers for the login.
    for actor in (county.actor(), admin):
        with county.reading() as session:
            query = ListQuery(kind="lawyers.lawyer")
            assert list_ids(session, actor, county.catalog, query).ids == (near,)
            assert count(session, actor, county.catalog, query) == 1
            assert [
                hit.subject_id for hit in find(session, actor, county.catalog, "赵", kinds=[query.kind])
            ] == [near]
            with pytest.raises(Refused) as refused:
                record_file(session, actor, county.catalog, far)
            assert refused.value.codes == {"record.unknown"}


def test_a_disabled_or_revoked_login_reads_nothing(
    suite_on_postgresql: Suite, login_suite: LoginSuite
) -> None:
    admin = suite_on_postgresql.actor()
    make(suite_on_postgresql, admin, "lawyers.lawyer", a_lawyer(1))
    staff, other = login_suite("core.section_staff"), login_suite("core.section_staff")
    lists = "SELECT count(*) FROM core_subject WHERE kind = 'lawyers.lawyer'"
    with staff.engine.connect() as connection, other.engine.connect() as another:
        assert connection.execute(text(lists)).scalar() == another.execute(text(lists)).scalar() == 1
        connection.rollback()
        another.rollback()
        suite_on_postgresql.run(DisableUser(login=staff.connected_as() or ""), admin)
        suite_on_postgresql.run(
            RevokeRole(login=other.connected_as() or "", role="core.section_staff"), admin
        )
        assert connection.execute(text(lists)).scalar() == 0
        with pytest.raises(DBAPIError) as refused:
            another.execute(text(lists))
        assert getattr(refused.value.orig, "sqlstate", "") == DENIED
    staff.engine.dispose()
    with pytest.raises(DBAPIError):
        staff.engine.connect()


#: How a field of a command is filled when only the permission is asked.
FILLINGS: dict[Any, Any] = {
    str: "x",
    int: 1,
    bool: False,
    Decimal: Decimal(1),
    dt.date: dt.date(2020, 1, 1),
    dt.datetime: dt.datetime(2020, 1, 1, tzinfo=dt.UTC),
}


def filled(command: Any) -> Any:
    hints = typing.get_type_hints(command)
    values: dict[str, Any] = {}
    for item in dataclasses.fields(command):
        if item.default is dataclasses.MISSING and item.default_factory is dataclasses.MISSING:
            values[item.name] = _filling(hints[item.name])
    if "kind" in hints:
        values["kind"] = "lawyers.lawyer"
    return command(**values)


def _filling(hint: Any) -> Any:
    if dataclasses.is_dataclass(hint):
        return filled(hint)
    if type(None) in typing.get_args(hint):
        return None
    return FILLINGS.get(hint, () if typing.get_origin(hint) is tuple else {})


@pytest.mark.parametrize(
    "role",
    ["core.section_staff", "core.county_bureau",
     *(pytest.param(role, marks=pytest.mark.long) for role in (
         "core.administrator", "core.association", "core.inspector", "core.leader", "core.auditor"))],
)  # fmt: skip
def test_every_command_asks_for_its_permission(login_suite: LoginSuite, role: str) -> None:
    desk = login_suite(role)
    actor = desk.actor()
    for kind in desk.executor.commands.values():
        command: Command = filled(kind)
        codes: frozenset[str] = frozenset()
        try:
            desk.run(command, actor, dry_run=not kind.discloses)
        except Refused as refused:
            codes = refused.codes
        assert "database.not_permitted" not in codes, kind
        # A step of casework is a matter of any profession, and of any area of one, until its case is known.
        areas = {kind.rights for kind in desk.catalog.case_kinds.values()}
        owners = areas | set(desk.catalog.professions) if "{owner}" in command.permission_key() else {""}
        held = any(actor.may(command.permission_key().replace("{owner}", owner)) for owner in owners)
        assert ("not_permitted" in codes) is not held, kind


TAMPERINGS = (
    ("GRANT SELECT ON core_identity TO suite_member", "rights.grant.surplus"),
    ("GRANT UPDATE (person_id) ON core_subject TO suite_core_leader", "rights.grant.surplus"),
    ("REVOKE SELECT ON core_subject FROM suite_core_leader", "rights.grant.absent"),
    ("ALTER TABLE core_person DISABLE ROW LEVEL SECURITY", "rights.table.security"),
    ("ALTER TABLE core_person FORCE ROW LEVEL SECURITY", "rights.table.security"),
    ("DROP POLICY suite_select ON core_post", "rights.policy.absent"),
    ("ALTER POLICY suite_select ON core_post USING (true)", "rights.policy.changed"),
    (
        "ALTER POLICY suite_select ON core_post USING (core_may(profession || ':roster:read', false))",
        "rights.policy.per_row",
    ),
    ("CREATE POLICY more ON core_subject FOR SELECT USING (true)", "rights.policy.surplus"),
    ("ALTER FUNCTION core_scopes(text, text) RESET search_path", "rights.function.path"),
    ("ALTER FUNCTION core_audit_current() SECURITY INVOKER", "rights.function.definer"),
    ("GRANT EXECUTE ON FUNCTION core_audit_current() TO PUBLIC", "rights.function.callers"),
    ("ALTER TABLE core_grant DISABLE TRIGGER rights_guard", "rights.trigger.changed"),
    ("ALTER TABLE core_subject OWNER TO postgres", "rights.table.owner"),
    ("ALTER VIEW lawyers_lawyer_seen SET (security_barrier = false)", "rights.view.changed"),
    ("ALTER VIEW lawyers_lawyer_seen OWNER TO postgres", "rights.view.changed"),
    ("DROP VIEW notary_notary_seen", "rights.view.absent"),
    ("GRANT SELECT ON lawyers_lawyer_seen TO suite_core_maintainer", "rights.grant.surplus"),
)


def test_what_differs_from_the_declaration_is_told_and_mended(
    suite_on_postgresql: Suite, login_suite: LoginSuite
) -> None:
    suite, staff = suite_on_postgresql, login_suite("core.section_staff")
    plan = rights_plan(suite.catalog)
    login = staff.connected_as()
    tamperings = (
        *TAMPERINGS,
        (f"GRANT suite_core_administrator TO {login}", "rights.member.surplus"),
        (f"GRANT pg_read_all_data TO {login}", "rights.member.surplus"),
        (f"REVOKE suite_core_section_staff FROM {login} GRANTED BY suite_owner", "rights.member.absent"),
        (f"ALTER ROLE {login} NOLOGIN", "rights.login.active"),
        (f"ALTER ROLE {login} BYPASSRLS", "rights.login.powers"),
        ("ALTER ROLE suite_member LOGIN", "rights.role.powers"),
    )
    with suite.engine.connect() as connection:
        assert differences(connection, plan) == []
    for statement, code in tamperings:
        with suite.engine.connect() as connection:
            # Rolled back: what was told is then mended once for all.
            connection = connection.execution_options(suite_write=True)
            with connection.begin() as tampering:
                connection.exec_driver_sql(statement)
                assert code in {fault.code for fault in differences(connection, plan)}, statement
                tampering.rollback()
    with writing(suite.engine) as connection:
        for statement, _ in tamperings:
            if "DROP" not in statement:
                connection.exec_driver_sql(statement)
    mend(suite.engine, plan)
    with suite.engine.connect() as connection:
        assert differences(connection, plan) == []
        assert not verify(connection).problems


def test_a_maintainer_becomes_the_owner_and_is_bound_until_then(
    suite_on_postgresql: Suite, login_suite: LoginSuite
) -> None:
    keeper = login_suite("core.maintainer")
    actor = keeper.actor()
    with pytest.raises(Refused) as refused:
        keeper.rights_faults(actor, mend=True)
    assert refused.value.codes == {"database.owner"}
    plan = suite_on_postgresql.rights
    with suite_on_postgresql.engine.connect() as connection:
        assert [fault.code for fault in differences(connection, plan)] == ["rights.owner.absent"]
    mend(suite_on_postgresql.engine, plan)
    assert state(keeper, "SELECT * FROM core_subject") == DENIED
    with writing(suite_on_postgresql.engine) as connection:
        connection.exec_driver_sql("GRANT DELETE ON core_subject TO suite_member")
    assert keeper.rights_faults(actor, mend=True) == []
    with pytest.raises(Refused) as refused:
        keeper.require_whole_view(actor)
    assert refused.value.codes == {"check.partial"}


def test_a_firm_and_its_people_come_in_under_ones_own_login(login_suite: LoginSuite) -> None:
    bar = login_suite("core.association", profession="lawyers", association="石家庄市律师协会")
    actor = bar.actor()
    [firm] = make(bar, actor, "lawyers.law_firm", a_firm(1))
    [lawyer] = make(bar, actor, "lawyers.lawyer", a_lawyer(1, body_id=firm))
    with bar.reading() as session:
        assert record_file(session, actor, bar.catalog, lawyer).may_edit
    with pytest.raises(Refused):
        make(bar, actor, "notary.notary_office", {"name": "某公证处", "district_code": "130102"})
