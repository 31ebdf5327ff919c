"""Sections: who may name whose stand-in, and that a stand-in's rights are those of the days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Command, Granted, Scope
from suite.contract.problems import Refused
from suite.database.engine import writing
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.accounts.explain import rights_of
from suite.kernel.accounts.section_lines import section_lines, sections_holding
from suite.kernel.accounts.sections import (
    AddSection,
    AppointHead,
    EndStandIn,
    NameStandIn,
    PutInSection,
    SetSectionKinds,
)
from suite.testing.factories import a_lawyer, make

SECTION, DAY = "律师工作管理科", dt.timedelta(days=1)
EDIT = "lawyers:roster:edit"


def refusal(suite: Suite, command: Command, actor: Actor) -> frozenset[str]:
    with pytest.raises(Refused) as refused:
        suite.run(command, actor)
    return refused.value.codes


@given(st.dates(), st.none() | st.dates())
def test_what_has_ended_is_not_held(today: dt.date, until: dt.date | None) -> None:
    actor = Actor(login="x", name="x", granted=(Granted(permission="p", scope=Scope(), until=until),))
    assert actor.on(today).may("p") is (until is None or today <= until)


@pytest.fixture
def staffed(suite_: Suite, admin: Actor) -> Suite:
    """A section with a head who edits lawyers and notaries, and a member who holds nothing."""
    suite_.run(AddSection(name=SECTION, profession="lawyers"), admin)
    for login in ("head", "member"):
        suite_.run(AddUser(login=login, name=login, section=SECTION), admin)
    for profession in ("lawyers", "notary"):
        suite_.run(GrantRole(login="head", role="core.section_staff", profession=profession), admin)
    suite_.run(AppointHead(section=SECTION, login="head"), admin)
    return suite_


def standing(suite: Suite, days: int = 3, **changes: object) -> NameStandIn:
    values: dict[str, object] = {
        "section": SECTION,
        "login": "member",
        "first_day": suite.today,
        "last_day": suite.today + days * DAY,
        "reason": "出差",
    }
    return NameStandIn(**(values | changes))  # type: ignore[arg-type] -- of the types of the fields


def test_a_stand_in_holds_what_the_head_holds_of_the_section_for_the_days(
    staffed: Suite, monkeypatch: pytest.MonkeyPatch
) -> None:
    suite = staffed
    assert not suite.actor("member").may(EDIT)
    suite.run(standing(suite), suite.actor("head"))
    actor = suite.actor("member")
    assert actor.may(EDIT)
    assert not actor.may("notary:roster:edit"), "the section's own profession only"
    [subject] = make(suite, actor, "lawyers.lawyer", a_lawyer(1))
    with suite.reading() as session:
        [why] = [one for one in rights_of(session, actor, suite.catalog, "member", suite.today)
                 if one.permission == EDIT]  # fmt: skip
        assert [(source.section, source.until) for source in why.by] == [(SECTION, suite.today + 3 * DAY)]
    # The window was open when the days ended: nobody had to end them.
    monkeypatch.setattr(suite, "today_override", suite.today + 4 * DAY)
    with pytest.raises(Refused) as refused:
        make(suite, actor, "lawyers.lawyer", a_lawyer(2))
    assert refused.value.codes == {"not_permitted"}
    assert not suite.actor("member").may(EDIT)
    with suite.reading() as session:
        assert section_lines(session, suite.today)[0].stand_ins == ()
    assert subject


def test_who_names_whom(staffed: Suite, admin: Actor) -> None:
    suite = staffed
    head, member = suite.actor("head"), suite.actor("member")
    assert refusal(suite, standing(suite), member) == {"not_permitted"}
    assert refusal(suite, standing(suite, login="head"), head) == {"stand_in.head"}
    assert refusal(suite, standing(suite, reason=" "), head) == {"reason.required"}
    assert refusal(suite, standing(suite, days=-1), head) == {"stand_in.days"}
    assert refusal(suite, standing(suite, days=400), head) == {"stand_in.long"}
    suite.run(AddUser(login="stranger", name="stranger"), admin)
    assert refusal(suite, standing(suite, login="stranger"), head) == {"section.member"}
    assert refusal(suite, PutInSection(login="head"), admin) == {"section.head"}
    # A deputy manages users, and passes on nothing that he does not hold.
    suite.run(GrantRole(login="stranger", role="core.administrator", profession="notary"), admin)
    with pytest.raises(Refused, match="另设负责人，或者给代行的人授予角色") as told:
        suite.run(standing(suite), suite.actor("stranger"))
    assert told.value.codes == {"grant.beyond"}
    suite.run(standing(suite), admin)
    assert refusal(suite, standing(suite), head) == {"stand_in.taken"}
    with suite.reading() as session:
        [line] = section_lines(session, suite.today)
    suite.run(EndStandIn(stand_in=line.stand_ins[0].id), head)
    assert not suite.actor("member").may(EDIT)
    assert refusal(suite, EndStandIn(stand_in=line.stand_ins[0].id), head) == {"stand_in.unknown"}


def test_a_section_holds_its_kinds(suite_on_sqlite: Suite, admin: Actor) -> None:
    suite = suite_on_sqlite
    suite.run(AddSection(name="一科", profession="lawyers", kinds=("lawyers.lawyer",)), admin)
    suite.run(AddSection(name="二科", profession="lawyers"), admin)
    assert refusal(suite, SetSectionKinds(section="二科", kinds=("notary.notary",)), admin) == {
        "kind.elsewhere"
    }
    assert refusal(suite, AddSection(name="一科"), admin) == {"duplicate"}
    with suite.reading() as session:
        assert sections_holding(session, suite.catalog, "lawyers.lawyer") == ["一科", "二科"]
        assert sections_holding(session, suite.catalog, "lawyers.law_firm") == ["二科"]
    suite.run(SetSectionKinds(section="一科", kinds=()), admin)
    with suite.reading() as session:
        assert sections_holding(session, suite.catalog, "lawyers.law_firm") == ["一科", "二科"]


def test_the_server_counts_the_days_itself(
    suite_on_postgresql: Suite, login_suite: Callable[..., Suite]
) -> None:
    suite, admin = suite_on_postgresql, suite_on_postgresql.actor()
    head, member = login_suite("core.section_staff", profession="lawyers"), login_suite()
    suite.run(AddSection(name=SECTION, profession="lawyers"), admin)
    for desk in (head, member):
        suite.run(PutInSection(login=desk.connected_as() or "", section=SECTION), admin)
    suite.run(AppointHead(section=SECTION, login=head.connected_as()), admin)
    make(suite, admin, "lawyers.lawyer", a_lawyer(1))
    today = dt.datetime.now(dt.timezone(dt.timedelta(hours=8))).date()
    head.run(
        standing(head, login=member.connected_as(), last_day=today + 30 * DAY, first_day=head.today),
        head.actor(),
    )
    lists = text("SELECT count(*) FROM core_subject WHERE kind = 'lawyers.lawyer'")
    seen = []
    for first, last in ((-1, 0), (0, 1), (-2, -1), (1, 2)):
        with writing(suite.engine) as connection:
            connection.execute(
                text("UPDATE core_stand_in SET first_day = :first, last_day = :last"),
                {"first": today + first * DAY, "last": today + last * DAY},
            )
        with member.engine.connect() as connection:
            seen.append(connection.execute(lists).scalar())
    assert seen == [1, 1, 0, 0]
    # Nor does anybody name himself.
    with member.engine.connect() as connection, pytest.raises(Exception, match="42501"):
        connection.execution_options(suite_write=True).exec_driver_sql(
            "INSERT INTO core_stand_in (section_id, login, first_day, last_day, reason) "
            "SELECT id, session_user, current_date, current_date + 9, 'x' FROM core_section"
        )
    assert suite.rights_faults(admin) == []
