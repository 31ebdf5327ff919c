"""Who somebody is, and why they may or may not."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor, Granted
from suite.contract.problems import ProblemKind, refuse
from suite.kernel.accounts.rules import expand
from suite.loader.catalog import Catalog
from suite.tables import Grant, Section, User


@dataclass(frozen=True, kw_only=True)
class UserLine:
    """One user as a list shows it."""

    login: str
    name: str
    section: str
    active: bool
    roles: tuple[str, ...]


def actor_of(session: Session, catalog: Catalog, login: str) -> Actor:
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
    granted: list[Granted] = []
    for grant in session.scalars(select(Grant).where(Grant.login == user.login).order_by(Grant.id)):
        role = catalog.roles.get(grant.role)
        if role is not None:
            granted += expand(
                role,
                profession=grant.profession,
                district=grant.district_code,
                association=grant.association,
                professions=catalog.professions,
                permissions=catalog.permissions,
            )
    return Actor(
        login=user.login, name=user.name, section=section.name if section else "", granted=tuple(granted)
    )


def user_lines(session: Session, catalog: Catalog) -> list[UserLine]:
    """All users with their roles and scopes in words."""
    roles: dict[str, list[str]] = {}
    for grant in session.scalars(select(Grant).order_by(Grant.id)):
        role = catalog.roles.get(grant.role)
        scope = "、".join(
            part
            for part in (catalog.titles.get(grant.profession or ""), grant.district_code, grant.association)
            if part
        )
        title = role.title if role else grant.role
        roles.setdefault(grant.login, []).append(f"{title}（{scope}）" if scope else title)
    sections = {section.id: section.name for section in session.scalars(select(Section))}
    return [
        UserLine(
            login=user.login,
            name=user.name,
            section=sections.get(user.section_id or 0, ""),
            active=user.active,
            roles=tuple(roles.get(user.login, ())),
        )
        for user in session.scalars(select(User).order_by(User.created_at))
    ]


def active_users(session: Session) -> list[tuple[str, str]]:
    """Login and name of everybody who may be given work, by name."""
    rows = session.execute(select(User.login, User.name).where(User.active).order_by(User.name, User.login))
    return [(login, name) for login, name in rows]
