"""Who may give what: nobody gives more than he has."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.problems import Refused
from suite.contract.roles import Role
from suite.database.engine import writing
from suite.kernel.accounts.commands import AddUser, DisableUser, EnableUser, GrantRole, RevokeRole
from suite.kernel.accounts.declarations import SOLE_USER
from suite.kernel.accounts.queries import rail_of
from suite.kernel.accounts.rules import WHOLE, area_of, is_casework


@pytest.fixture
def deputy(suite_: Suite, admin: Actor) -> Actor:
    """An administrator of the notaries of one district."""
    suite_.run(AddUser(login="deputy", name="副手"), admin)
    suite_.run(
        GrantRole(login="deputy", role="core.administrator", profession="notary", district="130104"), admin
    )
    return suite_.actor("deputy")


@pytest.mark.parametrize(
    "scope",
    [{}, {"profession": "notary"}, {"district": "130104"}, {"profession": "lawyers", "district": "130104"}],
)
def test_nobody_gives_more_than_he_has(suite_: Suite, deputy: Actor, scope: dict[str, str]) -> None:
    with pytest.raises(Refused) as refused:
        suite_.run(GrantRole(login="deputy", role="core.administrator", **scope), deputy)
    assert refused.value.codes == {"grant.beyond"}


def test_what_lies_within_may_be_given(suite_: Suite, admin: Actor, deputy: Actor) -> None:
    suite_.run(AddUser(login="clerk", name="赵敏"), admin)
    suite_.run(
        GrantRole(login="clerk", role="core.county_bureau", profession="notary", district="130104"), deputy
    )
    assert suite_.actor("clerk").may("notary:roster:read")


def test_what_concerns_the_whole_house_comes_with_no_bounded_grant(suite_: Suite, deputy: Actor) -> None:
    assert deputy.may("core:user:manage")
    assert not any(deputy.may(key) for key in WHOLE)
    assert set(suite_.catalog.permissions) >= WHOLE


def test_nobody_takes_from_who_may_more(suite_: Suite, admin: Actor, deputy: Actor) -> None:
    suite_.run(AddUser(login="chief", name="总管"), admin)
    suite_.run(GrantRole(login="chief", role="core.administrator"), admin)
    for command in (
        DisableUser(login="chief"),
        EnableUser(login="chief"),
        RevokeRole(login="chief", role="core.administrator"),
    ):
        with pytest.raises(Refused) as refused:
            suite_.run(command, deputy)
        assert refused.value.codes == {"grant.beyond"}


KEEPER = "appraisal.interference_keeper"


def test_an_area_is_for_its_keepers_whom_an_administrator_names(suite_: Suite, admin: Actor) -> None:
    """`*` is everything but the areas of rights of their own."""
    kept = {kind.area for kind in suite_.catalog.case_kinds.values() if kind.area}
    areas = {key for key in suite_.catalog.permissions if area_of(key) in kept}
    assert areas
    # What associations run is no such area.
    assert any(area_of(key) for key in set(suite_.catalog.permissions) - areas)
    assert {item.permission for item in admin.granted} == set(suite_.catalog.permissions) - areas
    suite_.run(AddUser(login="keeper", name="钱明"), admin)
    suite_.run(GrantRole(login="keeper", role=KEEPER, profession="appraisal"), admin)
    assert suite_.actor("keeper").may("appraisal.interference:case:read")
    suite_.run(DisableUser(login="keeper"), admin)
    suite_.run(RevokeRole(login="keeper", role=KEEPER, profession="appraisal"), admin)


def test_keepers_are_named_by_who_manages_their_users(login_suite: Callable[..., Suite]) -> None:
    """The server says the same as the commands."""
    chief = login_suite("core.administrator", profession="appraisal")
    other = login_suite("core.administrator", profession="notary")
    me = chief.actor()
    keeper = login_suite("core.leader", profession="appraisal").actor().login
    with pytest.raises(Refused) as refused:
        other.run(GrantRole(login=keeper, role=KEEPER, profession="appraisal"), other.actor())
    assert refused.value.codes == {"grant.beyond"}
    by_hand = text(
        f"INSERT INTO core_grant (login, role, profession) VALUES ('{keeper}', '{KEEPER}', 'appraisal')"
    )
    with pytest.raises(ProgrammingError, match="自己没有的权限"), writing(other.engine) as connection:
        connection.execute(by_hand)
    chief.run(GrantRole(login=keeper, role=KEEPER, profession="appraisal"), me)
    with chief.reading() as session:
        held = set(session.scalars(text("SELECT core_permissions('any')")))
    assert "appraisal:roster:read" in held
    assert {area_of(key) for key in held} == {None}
    # Who manages users reads no case, nor makes himself a clerk; others he does.
    assert not any(is_casework(key) for key in held)
    for role in ("core.section_staff", "core.leader", KEEPER):
        with pytest.raises(Refused) as refused:
            chief.run(GrantRole(login=me.login, role=role, profession="appraisal"), me)
        assert refused.value.codes == {"grant.beyond"}
        mine = (
            f"INSERT INTO core_grant (login, role, profession) VALUES ('{me.login}', '{role}', 'appraisal')"
        )
        with pytest.raises(ProgrammingError, match="自己没有的权限"), writing(chief.engine) as connection:
            connection.execute(text(mine))
    chief.run(GrantRole(login=keeper, role="core.section_staff", profession="appraisal"), me)


def test_the_administrator_of_a_house_holds_no_casework(suite_on_sqlite: Suite, admin: Actor) -> None:
    suite = suite_on_sqlite
    # Alone on one desk he has it by a role of its own, which is taken back when others come.
    assert admin.may("lawyers:case:handle")
    for login in ("chief", "clerk"):
        suite.run(AddUser(login=login, name=login), admin)
    suite.run(GrantRole(login="chief", role="core.administrator"), admin)
    chief = suite.actor("chief")
    assert chief.may("lawyers:roster:edit")
    assert not any(is_casework(item.permission) for item in chief.granted)
    suite.run(GrantRole(login="clerk", role="core.section_head", profession="lawyers"), chief)
    assert suite.actor("clerk").may("lawyers:case:review")
    with pytest.raises(Refused) as refused:
        suite.run(GrantRole(login="chief", role="core.section_head", profession="lawyers"), chief)
    assert refused.value.codes == {"grant.beyond"}
    suite.run(RevokeRole(login=admin.login, role=SOLE_USER), chief)
    assert not suite.actor(admin.login).may("lawyers:case:read")
    suite.initialise()
    assert not suite.actor(admin.login).may("lawyers:case:read")


def test_a_disabled_user_acts_no_more_and_nobody_disables_himself(suite_: Suite, admin: Actor) -> None:
    suite_.run(AddUser(login="clerk", name="赵敏"), admin)
    suite_.run(DisableUser(login="clerk"), admin)
    with pytest.raises(Refused) as refused:
        suite_.actor("clerk")
    assert refused.value.codes == {"user.disabled"}
    suite_.run(EnableUser(login="clerk"), admin)
    assert suite_.actor("clerk").login == "clerk"
    with pytest.raises(Refused) as refused:
        suite_.run(DisableUser(login=admin.login), admin)
    assert refused.value.codes == {"user.self"}


def test_a_login_fits_into_the_names_of_the_server(suite_: Suite, admin: Actor) -> None:
    longest = "赵" * 21
    suite_.run(AddUser(login=longest, name="赵敏"), admin)
    with pytest.raises(Refused) as refused:
        suite_.run(AddUser(login=f"{longest}1", name="赵敏"), admin)
    assert refused.value.codes == {"login.long"}
    if suite_.connected_as() is not None:
        with writing(suite_.engine) as connection:
            connection.exec_driver_sql(f'DROP ROLE "{longest}"')


def test_on_postgresql_the_first_user_is_the_login_of_the_connection(suite_on_postgresql: Suite) -> None:
    connected = suite_on_postgresql.connected_as()
    assert connected == "postgres"
    assert suite_on_postgresql.actor().login == connected


def test_a_rail_is_narrow_only_where_every_role_is() -> None:
    leader, staff = (
        Role(key=f"core.{key}", title=key, permissions=(), rail=rail)
        for key, rail in (("leader", ("today", "indicators")), ("staff", ()))
    )
    assert rail_of([leader, leader]) == ("today", "indicators")
    assert rail_of([leader, staff]) == ()
    assert rail_of([]) == ()
