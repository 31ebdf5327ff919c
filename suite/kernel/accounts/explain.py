"""Why somebody may or may not: each permission with the grants that give it, and who could give it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.problems import ProblemKind, refuse
from suite.kernel.accounts.queries import expanded, grants_of
from suite.kernel.accounts.rules import expand
from suite.loader.catalog import Catalog
from suite.tables import User


@dataclass(frozen=True, kw_only=True)
class Source:
    """One grant that gives a permission: the role, and where it holds (None: everywhere).

    `section` and `until`: it is that of the section's head, whose stand-in the user is to that day.
    """

    role: str
    title: str
    profession: str | None
    district: str | None
    association: str | None
    section: str = ""
    until: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class Explained:
    """One permission of one user: by which grants, and which roles would give it."""

    permission: str
    title: str
    held: bool
    by: tuple[Source, ...]
    roles: tuple[str, ...]


def rights_of(
    session: Session, actor: Actor, catalog: Catalog, login: str, today: dt.date
) -> list[Explained]:
    """Every declared permission as it stands for a user; about others only with the right to manage users."""
    if login != actor.login and not actor.may("core:user:manage"):
        raise refuse(
            "not_permitted", "只能查看自己的权限；查看他人的须有“管理用户与授权”。", ProblemKind.NOT_PERMITTED
        )
    if session.get(User, login) is None:
        raise refuse("user.unknown", f"没有用户 {login}。请核对登录名。", field="login")
    sources: dict[str, list[Source]] = {}
    for held in grants_of(session, login, today):
        for item in expanded(held, catalog):
            scope = item.scope
            source = Source(
                role=held.role,
                title=catalog.roles[held.role].title,
                profession=held.profession if scope.professions is not None else None,
                district=held.district if scope.districts is not None else None,
                association=held.association if scope.associations is not None else None,
                section=held.section,
                until=held.until,
            )
            known = sources.setdefault(item.permission, [])
            if source not in known:
                known.append(source)
    givers = _givers(catalog)
    return [
        Explained(
            permission=key,
            title=permission.title,
            held=key in sources,
            by=tuple(sources.get(key, ())),
            roles=tuple(givers.get(key, ())),
        )
        for key, permission in catalog.permissions.items()
    ]


def _givers(catalog: Catalog) -> dict[str, list[str]]:
    """Permission → titles of the roles that give it."""
    givers: dict[str, list[str]] = {}
    for role in catalog.roles.values():
        for item in expand(
            role,
            profession=None,
            district=None,
            association=None,
            professions=catalog.professions,
            permissions=catalog.permissions,
        ):
            titles = givers.setdefault(item.permission, [])
            if role.title not in titles:
                titles.append(role.title)
    return givers
