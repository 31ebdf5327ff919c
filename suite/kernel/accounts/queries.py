"""Who somebody is, and why they may or may not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from suite.contract.commands import Actor, Granted, Scope
from suite.contract.problems import ProblemKind, refuse
from suite.contract.roles import Role
from suite.database.engine import is_sqlite
from suite.database.rights_handing import SIGNING
from suite.kernel.accounts.rules import EVERYONES, area_of, expand
from suite.loader.catalog import Catalog
from suite.tables import Grant, HandOver, Password, Section, StandIn, User


@dataclass(frozen=True, kw_only=True)
class HeldGrant:
    """A grant that somebody holds: the own one, or that of a section's head whose stand-in he is.

    `profession` is already that of the section for a stand-in, `section` its name, `head` the head's login,
    `until` the last day.
    `giver`: who handed his signature over; of such a grant only what a signature needs is held, and nothing
    of an area of rights of its own: who keeps one answers for it himself.
    """

    role: str
    profession: str | None
    district: str | None
    association: str | None
    section: str = ""
    head: str = ""
    until: dt.date | None = None
    giver: str = ""

    @property
    def scope(self) -> tuple[str | None, str | None, str | None]:
        """Where it holds."""
        return self.profession, self.district, self.association


def grants_of(session: Session, login: str, today: dt.date) -> list[HeldGrant]:
    """What somebody holds on a day: the own grants, then those as a stand-in, then whom he signs for.

    PostgreSQL's `core_own_grants` and `SIGNED_FOR` say the same.
    """
    own = [
        HeldGrant(
            role=grant.role,
            profession=grant.profession,
            district=grant.district_code,
            association=grant.association,
        )
        for grant in session.scalars(select(Grant).where(Grant.login == login).order_by(Grant.id))
    ]
    if not is_sqlite(session.connection()) and session.scalar(select(func.session_user())) == login:
        # The grants of others are hidden from a login of its own; the server goes by its own day.
        told = session.execute(text("SELECT * FROM core_held_of_others()")).all()
        heads = dict(session.execute(select(Section.name, Section.head)).all()) if told else {}
        return own + [
            HeldGrant(
                role=row.role,
                profession=row.profession,
                district=row.district_code,
                association=row.association,
                section=row.section,
                head=heads.get(row.section) or "",
                giver=row.giver,
                until=row.until,
            )
            for row in told
        ]
    return [*own, *_as_stand_in(session, login, today), *_signing_for(session, login, today)]


def _as_stand_in(session: Session, login: str, today: dt.date) -> Iterator[HeldGrant]:
    standing = (
        select(Grant, Section, StandIn.last_day)
        .select_from(StandIn)
        .join(Section, Section.id == StandIn.section_id)
        .join(User, User.login == Section.head)
        .join(Grant, Grant.login == Section.head)
        .where(StandIn.login == login, StandIn.first_day <= today, StandIn.last_day >= today, User.active)
        .order_by(StandIn.id, Grant.id)
    )
    for grant, section, until in session.execute(standing):
        if None in (section.profession, grant.profession) or grant.profession == section.profession:
            yield HeldGrant(
                role=grant.role,
                profession=grant.profession or section.profession,
                district=grant.district_code,
                association=grant.association,
                section=section.name,
                head=section.head or "",
                until=until,
            )


def _signing_for(session: Session, login: str, today: dt.date) -> Iterator[HeldGrant]:
    signing = (
        select(Grant, HandOver)
        .select_from(HandOver)
        .join(User, User.login == HandOver.giver)
        .join(Grant, Grant.login == HandOver.giver)
        .where(HandOver.taker == login, HandOver.first_day <= today, HandOver.last_day >= today, User.active)
        .order_by(HandOver.id, Grant.id)
    )
    for grant, handed in session.execute(signing):
        yield HeldGrant(
            role=grant.role,
            profession=grant.profession,
            district=grant.district_code,
            association=grant.association,
            until=handed.last_day,
            giver=handed.giver,
        )


def expanded(held: HeldGrant, catalog: Catalog) -> list[Granted]:
    """The permissions that a grant gives; none where its role is not declared now."""
    role = catalog.roles.get(held.role)
    if role is None:
        return []
    granted = expand(
        role,
        profession=held.profession,
        district=held.district,
        association=held.association,
        professions=catalog.professions,
        permissions=catalog.permissions,
        until=held.until,
    )
    if held.head:
        return [replace(item, head=held.head) for item in granted]
    if not held.giver:
        return granted
    return [
        replace(item, behalf=held.giver)
        for item in granted
        if item.permission.partition(":")[2] in SIGNING and area_of(item.permission) is None
    ]


def granted_to(session: Session, catalog: Catalog, login: str, today: dt.date) -> tuple[Granted, ...]:
    """Every permission that somebody holds on a day, each with its place."""
    return tuple(item for held in grants_of(session, login, today) for item in expanded(held, catalog))


def actor_of(session: Session, catalog: Catalog, login: str, today: dt.date) -> Actor:
    """The actor of a login; empty means the first user. Raises Refused for an unknown or disabled one."""
    query = select(User).where(User.login == login) if login else select(User).order_by(User.created_at)
    user = session.scalars(query.limit(1)).first()
    if user is None:
        raise refuse(
            "user.unknown", f"没有用户 {login}。请核对登录名，或请管理员添加。", ProblemKind.NOT_PERMITTED
        )
    if not user.active:
        raise refuse("user.disabled", f"用户 {user.name} 已停用，请联系管理员。", ProblemKind.NOT_PERMITTED)
    section = session.get(Section, user.section_id) if user.section_id else None
    held = grants_of(session, user.login, today)
    granted = [item for one in held for item in expanded(one, catalog)]
    theirs = EVERYONES - {item.permission for item in granted}
    granted += [Granted(permission=key, scope=Scope()) for key in sorted(theirs)]
    return Actor(
        login=user.login,
        name=user.name,
        section=section.name if section else "",
        granted=tuple(granted),
        rail=rail_of([catalog.roles[one.role] for one in held if one.role in catalog.roles]),
    )


def rail_of(roles: Iterable[Role]) -> tuple[str, ...]:
    """The sections of all the roles together; none, which means all, where one of them is not narrowed."""
    rails = [role.rail for role in roles]
    return tuple(dict.fromkeys(key for rail in rails for key in rail)) if all(rails) else ()


@dataclass(frozen=True, kw_only=True)
class UserLine:
    """One user as a list shows it: `roles` in words, `grants` as they were given.

    `password` says whether there is one here; None where the server keeps it. `locked_until`: wrong
    passwords have locked the login.
    """

    login: str
    name: str
    section: str
    active: bool
    roles: tuple[str, ...]
    grants: tuple[HeldGrant, ...] = ()
    password: bool | None = None
    locked_until: dt.datetime | None = None


def grant_words(held: HeldGrant, catalog: Catalog) -> str:
    """A grant in words: the role, and its scope in brackets."""
    role = catalog.roles.get(held.role)
    parts = [catalog.titles.get(held.profession or ""), held.district, held.association]
    if held.until is not None:
        acts = f"代 {held.giver} 审批" if held.giver else f"代行{held.section}负责人"
        parts.append(f"{acts}至 {held.until}")
    scope = "、".join(part for part in parts if part)
    title = role.title if role else held.role
    return f"{title}（{scope}）" if scope else title


def user_lines(session: Session, catalog: Catalog, today: dt.date, *, login: str = "") -> list[UserLine]:
    """All users, or one, with their roles and scopes in words; of grants those that the reader may see."""
    sections = {section.id: section.name for section in session.scalars(select(Section))}
    local = is_sqlite(session.connection())
    passwords = {one.login: one for one in session.scalars(select(Password))} if local else {}
    lines = []
    asked = select(User).order_by(User.created_at, User.login)
    for user in session.scalars(asked.where(User.login == login) if login else asked):
        held = grants_of(session, user.login, today)
        password = passwords.get(user.login)
        lines.append(
            UserLine(
                login=user.login,
                name=user.name,
                section=sections.get(user.section_id or 0, ""),
                active=user.active,
                roles=tuple(grant_words(one, catalog) for one in held),
                grants=tuple(held),
                password=password is not None if local else None,
                locked_until=password.locked_until if password else None,
            )
        )
    return lines


def active_users(session: Session) -> list[tuple[str, str]]:
    """Login and name of everybody who may be given work, by name."""
    rows = session.execute(select(User.login, User.name).where(User.active).order_by(User.name, User.login))
    return [(login, name) for login, name in rows]
