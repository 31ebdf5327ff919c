"""Notices: who gets one, who sees it, what becomes of it; on PostgreSQL also with SQL in hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import product

import pytest
from sqlalchemy import text

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Command, Granted, Scope
from suite.contract.notices import NewNotice, NoticeKind
from suite.contract.problems import Refused
from suite.contract.states import StateKind
from suite.kernel.accounts.commands import AddUser, GrantRole, RevokeRole
from suite.kernel.accounts.requests import ApproveRequest, ReturnRequest
from suite.kernel.exchange.editions import AnnounceEdition, CompileEdition
from suite.kernel.notices.commands import FinishNotice, ReadNotice
from suite.kernel.notices.queries import NoticeLine, notice_lines
from suite.kernel.registry.commands import RevealMany, SaveView
from suite.testing.factories import a_lawyer, make
from suite.testing.fixtures import TODAY

LAWYERS = "lawyers.lawyer"
WAITS, DECIDED = "core.request_waits", "core.request_decided"
BEGIN = dt.date(2020, 1, 1)


def lines(suite: Suite, actor: Actor, *, everything: bool = False, on: dt.date = TODAY) -> list[NoticeLine]:
    with suite.reading() as session:
        return notice_lines(session, actor, suite.catalog, on, everything=everything)


def kinds(suite: Suite, actor: Actor) -> list[str]:
    return [line.kind for line in lines(suite, actor)]


def clerk_of(suite: Suite, admin: Actor, login: str = "clerk", **scope: str) -> Actor:
    suite.run(AddUser(login=login, name=f"科员{login}"), admin)
    suite.run(GrantRole(login=login, role="core.section_staff", **scope), admin)
    return suite.actor(login)


def refusal(suite: Suite, command: Command, actor: Actor) -> frozenset[str]:
    with pytest.raises(Refused) as refused:
        suite.run(command, actor)
    return refused.value.codes


def test_setting_up_tells_nobody_and_rights_tell_the_one_whose_they_are(suite_: Suite, admin: Actor) -> None:
    assert lines(suite_, admin, everything=True) == []
    clerk = clerk_of(suite_, admin, profession="lawyers")
    [line] = lines(suite_, clerk)
    assert (line.kind, line.read, line.done, line.by) == ("core.rights_changed", False, False, admin.name)
    assert (line.page, line.argument) == ("settings", ("rights", "why"))
    suite_.run(RevokeRole(login="clerk", role="core.section_staff", profession="lawyers"), admin)
    assert kinds(suite_, clerk) == ["core.rights_changed"] * 2
    assert lines(suite_, admin, everything=True) == []


def test_a_request_waits_for_others_until_one_decides_and_then_tells_the_asker(
    suite_: Suite, admin: Actor
) -> None:
    ids = tuple(make(suite_, admin, LAWYERS, a_lawyer(1, phone="13800000001")))
    asker = clerk_of(suite_, admin, "asker", profession="lawyers")
    other = clerk_of(suite_, admin, "other", profession="lawyers")
    stranger = clerk_of(suite_, admin, "stranger", profession="notary")
    look = RevealMany(kind=LAWYERS, subject_ids=ids, field="phone", reason="联系王某某")
    first = suite_.run(look, asker).result["request"]
    second = suite_.run(look, asker).result["request"]
    assert kinds(suite_, other)[:2] == kinds(suite_, admin)[:2] == [WAITS, WAITS]
    assert not any("王某某" in line.text for line in lines(suite_, other))
    assert {(line.page, line.argument) for line in lines(suite_, other)[:2]} == {
        ("settings", ("rights", "requests"))
    }
    assert WAITS not in kinds(suite_, asker) + kinds(suite_, stranger)
    suite_.run(ReturnRequest(request=first, opinion="不必"), other)
    assert kinds(suite_, admin) == [WAITS]
    assert [line.done for line in lines(suite_, admin, everything=True)] == [False, True]
    suite_.run(ApproveRequest(request=second), admin)
    assert WAITS not in kinds(suite_, other)
    assert kinds(suite_, asker)[:2] == [DECIDED, DECIDED]


def test_each_reader_has_receipts_of_his_own(suite_: Suite, admin: Actor) -> None:
    make(suite_, admin, LAWYERS, a_lawyer(1), on=BEGIN)
    one = clerk_of(suite_, admin, "one", profession="lawyers")
    two = clerk_of(suite_, admin, "two", profession="lawyers")
    edition = suite_.run(CompileEdition(kind=LAWYERS, as_of=TODAY), admin).result["edition"]
    announce = AnnounceEdition(kind=LAWYERS, edition_id=edition, announced_on=TODAY, document_no="3号")
    suite_.run(announce, admin)
    [notice, rights] = lines(suite_, one)
    assert (notice.kind, notice.page, notice.argument) == ("core.edition_announced", "editions", (LAWYERS,))
    suite_.run(ReadNotice(notices=(notice.id, rights.id)), one)
    assert [line.read for line in lines(suite_, one)] == [True, True]
    assert [line.read for line in lines(suite_, two)] == [False, False]
    suite_.run(FinishNotice(notices=(notice.id,)), one)
    suite_.run(FinishNotice(notices=(notice.id,)), one)
    assert [line.id for line in lines(suite_, one)] == [rights.id]
    assert [line.done for line in lines(suite_, one, everything=True)] == [True, False]
    assert notice.id in [line.id for line in lines(suite_, two)]
    assert refusal(suite_, FinishNotice(notices=(rights.id,)), two) == {"notice.unknown"}
    assert refusal(suite_, ReadNotice(notices=()), two) == {"notice.count"}
    assert lines(suite_, admin, everything=True) == []


def test_old_ones_leave_the_list_and_stay(suite_: Suite, admin: Actor) -> None:
    clerk = clerk_of(suite_, admin)
    later = TODAY + dt.timedelta(days=30)
    assert len(lines(suite_, clerk, on=later - dt.timedelta(days=1))) == 1
    assert lines(suite_, clerk, on=later) == []
    assert len(lines(suite_, clerk, on=later, everything=True)) == 1


def test_a_dry_run_tells_nobody(suite_: Suite, admin: Actor) -> None:
    suite_.run(AddUser(login="clerk", name="赵敏"), admin)
    suite_.run(GrantRole(login="clerk", role="core.section_staff"), admin, dry_run=True)
    with suite_.reading() as session:
        assert session.execute(text("SELECT count(*) FROM core_notice")).scalar_one() == 0


#: District, association, anywhere.
Place = tuple[str | None, str | None, bool]
PLACES: list[Place] = [
    (None, None, True),
    (None, None, False),
    ("130102", None, False),
    (None, "协会", False),
    ("130102", "协会", False),
    ("130104", None, False),
]


def put(suite: Suite, admin: Actor) -> dict[int, Place]:
    """A notice to the readers of the lawyers' roster in each place; its id → the place."""
    placed = tuple(
        NewNotice(
            text="x",
            permission="lawyers:roster:read",
            district=district,
            association=association,
            anywhere=anywhere,
        )
        for district, association, anywhere in PLACES
    )
    suite.catalog.notices["x.x"] = NoticeKind(
        key="x.x",
        title="x",
        state=StateKind.NEW,
        after=("SaveView",),
        raised=lambda command, done, work: placed,
    )
    suite.run(SaveView(kind=LAWYERS, name="x", query="{}"), admin)
    with suite.reading() as session:
        ids = session.execute(text("SELECT id FROM core_notice WHERE kind = 'x.x' ORDER BY id")).scalars()
        return dict(zip(ids, PLACES, strict=True))


def test_a_notice_reaches_who_holds_the_permission_where_the_matter_lies(
    suite_on_sqlite: Suite, admin: Actor
) -> None:
    placed = put(suite_on_sqlite, admin)
    places = (None, frozenset({"130102"})), (None, frozenset({"协会"}))
    for districts, associations in product(*places):
        scope = Scope(districts=districts, associations=associations)
        actor = Actor(login="x", name="x", granted=(Granted(permission="lawyers:roster:read", scope=scope),))
        wanted = {
            number
            for number, (district, association, anywhere) in placed.items()
            if anywhere or scope.holds(None, district, association)
        }
        assert {line.id for line in lines(suite_on_sqlite, actor)} == wanted


@pytest.mark.parametrize(
    "scope",
    [{}, {"district": "130102"}, {"profession": "notary"}, {"profession": "lawyers", "association": "协会"}],
)
def test_the_server_gives_the_same_and_nothing_of_others(
    login_suite: Callable[..., Suite], suite_on_postgresql: Suite, admin: Actor, scope: dict[str, str]
) -> None:
    put(suite_on_postgresql, admin)
    suite = login_suite("core.section_staff", **scope)
    other = login_suite("core.section_staff")
    own = suite.actor()
    asked = {line.id for line in lines(suite, own)}
    with suite_on_postgresql.reading() as session:
        unbound = {line.id for line in notice_lines(session, own, suite.catalog, TODAY)}
    with suite.reading() as session:
        seen = set(session.execute(text("SELECT id FROM core_notice")).scalars())
    # Its own rights were granted by a notice, too: everything that is seen is its own.
    assert asked == unbound == seen
    suite.run(ReadNotice(notices=tuple(asked)), own)
    with other.reading() as session:
        assert session.execute(text("SELECT count(*) FROM core_notice_receipt")).scalar_one() == 0
