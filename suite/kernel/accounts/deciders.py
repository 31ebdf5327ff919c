"""Who else may agree to what takes two persons: told to who asks, before it waits for somebody."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from suite.contract.commands import Actor, Command, Granted
from suite.contract.problems import Problem, ProblemKind, Severity, refuse
from suite.database.engine import is_sqlite
from suite.kernel.accounts.others import Place
from suite.kernel.accounts.queries import granted_to
from suite.kernel.accounts.rules import holds_at, side_of
from suite.kernel.executor.second_person import alone_here, is_alone
from suite.kernel.executor.work import Transaction
from suite.kernel.parameters.queries import parameters_on
from suite.loader.catalog import Catalog
from suite.tables import User

#: So many are named.
MOST_NAMED = 5


def holds_all(actor: Actor, action: str, places: Collection[Place]) -> bool:
    """Whether an action is held in all these places, whatever their professions."""
    return all(
        any(
            scope.holds(place.profession, place.district, place.association)
            for scope in actor.scopes(f"{place.profession}:{action}")
        )
        for place in places
    )


def may_decide(
    actor: Actor,
    permission: str,
    place: tuple[str | None, str | None],
    elsewhere: Collection[Place],
    asked_by: str,
    asker: Sequence[Granted],
) -> bool:
    """Whether the actor holds what is asked for where it is asked for, on the side of the house of who asked.

    Not in the name of who asked, and not as the stand-in of who asked. elsewhere: the places of what it
    touches in other professions, where the same is asked of who decides. asker: what that one holds, as far
    as the actor may know it: PostgreSQL hides the grants of others, and with them the requests of the other
    side.
    """
    own = replace(
        actor, granted=tuple(item for item in actor.granted if asked_by not in (item.behalf, item.head))
    )
    side = side_of(asker, permission)
    return (
        side in (None, side_of(own.granted, permission))
        and holds_at(own, permission, *place)
        and holds_all(own, permission.partition(":")[2], elsewhere)
    )


def deciders(
    session: Session,
    actor: Actor,
    catalog: Catalog,
    today: dt.date,
    permission: str,
    elsewhere: Collection[Place],
) -> list[str]:
    """The logins of the others who may agree to what the actor asks for, in order."""
    place = actor.place(permission)
    if not is_sqlite(session.connection()):
        owner, _, action = permission.partition(":")
        places = [(owner, *place), *((one.profession, one.district, one.association) for one in elsewhere)]
        asked = text("SELECT core_deciders(:action, CAST(:places AS jsonb))")
        return list(session.scalars(asked, {"action": action, "places": json.dumps(places)}))
    others = select(User.login, User.name).where(User.active, User.login != actor.login).order_by(User.login)
    return [
        login
        for login, name in session.execute(others).all()
        if may_decide(
            Actor(login=login, name=name, granted=granted_to(session, catalog, login, today)),
            permission,
            place,
            elsewhere,
            actor.login,
            actor.granted,
        )
    ]


def decider_names(session: Session, logins: Collection[str]) -> str:
    """The names of logins, a few of them."""
    names = dict(session.execute(select(User.login, User.name).where(User.login.in_(logins))).all())
    shown = "、".join(names.get(login, login) for login in list(logins)[:MOST_NAMED])
    return f"{shown}等 {len(logins)} 人" if len(logins) > MOST_NAMED else shown


def told_deciders(command: Command, places: Collection[Place], work: Transaction) -> tuple[Problem, ...]:
    """In the trial of what takes two persons: who may agree to it. Refuses what nobody may agree to.

    places: where the records lie that it touches, of any profession.
    """
    rule = command.two_persons
    if rule is None or not work.trial or work.approved is not None or alone_here(work):
        return ()
    if rule.switch and not work.parameters[rule.switch]:
        return ()
    permission = command.permission_key()
    elsewhere = elsewhere_of(permission, places)
    found = deciders(work.session, work.actor, work.catalog, work.today, permission, elsewhere)
    if not found:
        raise refuse(
            "request.nobody", nobody_words(work.catalog, permission, elsewhere), ProblemKind.FORBIDDEN
        )
    names = decider_names(work.session, found)
    return (
        Problem(
            code="request.deciders",
            text=f"可由{names}复核",
            severity=Severity.NOTICE,
            data={"deciders": found},
        ),
    )


def agreeing_words(
    session: Session,
    actor: Actor,
    catalog: Catalog,
    today: dt.date,
    command: Command,
    places: Collection[Place],
) -> str:
    """Who has to agree to a command about records in these places, or that nobody can; empty: one does it."""
    rule = command.two_persons
    if rule is None or is_alone(session, actor.login):
        return ""
    if rule.switch and not parameters_on(session, catalog, today)[rule.switch]:
        return ""
    permission = command.permission_key()
    elsewhere = elsewhere_of(permission, places)
    found = deciders(session, actor, catalog, today, permission, elsewhere)
    if not found:
        return nobody_words(catalog, permission, elsewhere)
    return f"须由另一人复核：{decider_names(session, found)}。"


def elsewhere_in(shown: str | None) -> list[Place]:
    """The places of other professions that a request tells of; see `Request.shown`."""
    return [Place(*place) for place in json.loads(shown or "{}").get("elsewhere", ())]


def elsewhere_of(permission: str, places: Collection[Place]) -> list[Place]:
    """The places of other professions than that of the permission."""
    owner = permission.partition(":")[0]
    return sorted({place for place in places if place.profession != owner}, key=str)


def nobody_words(catalog: Catalog, permission: str, elsewhere: Collection[Place]) -> str:
    """That there is nobody to agree, and what to do."""
    owners = dict.fromkeys((permission.partition(":")[0], *(place.profession for place in elsewhere)))
    titles = "、".join(catalog.titles.get(owner, owner) for owner in owners)
    return (
        f"此项须由另一位同时有权办理{titles}有关档案的人复核，现在没有这样的人。"
        "请管理员授予另一人这项权限后再提请；您的代行人不能复核您的提请。"
    )
