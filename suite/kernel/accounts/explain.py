"""Why somebody may or may not: each permission with the grants that give it, and who could give it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.problems import ProblemKind, refuse
from suite.kernel.accounts.rules import expand
from suite.loader.catalog import Catalog
from suite.tables import Grant, User


@dataclass(frozen=True, kw_only=True)
class Source:
    """One grant that gives a permission: the role, and where it holds (None: everywhere)."""

    role: str
    title: str
    profession: str | None
    district: str | None
    association: str | None


@dataclass(frozen=True, kw_only=True)
class Explained:
    """One permission of one user: by which grants, and which roles would give it."""

    permission: str
    title: str
    held: bool
    by: tuple[Source, ...]
    roles: tuple[str, ...]


def rights_of(session: Session, actor: Actor, catalog: Catalog, login: str) -> list[Explained]:
    """Every declared permission as it stands for a user; about others only with the right to manage users."""
    if login != actor.login and not actor.may("core:user:manage"):
        raise refuse(
            "not_permitted", "只能查看自己的权限；查看他人的须有“管理用户与授权”。", ProblemKind.NOT_PERMITTED
        )
    if session.get(User, login) is None:
        raise refuse("user.unknown", f"没有用户 {login}。请核对登录名。", field="login")
    sources: dict[str, list[Source]] = {}
    for grant in session.scalars(select(Grant).where(Grant.login == login).order_by(Grant.id)):
        role = catalog.roles.get(grant.role)
        if role is None:
            continue
        for item in expand(
            role,
            profession=grant.profession,
            district=grant.district_code,
            association=grant.association,
            professions=catalog.professions,
            permissions=catalog.permissions,
        ):
            scope = item.scope
            source = Source(
                role=role.key,
                title=role.title,
                profession=grant.profession if scope.professions is not None else None,
                district=grant.district_code if scope.districts is not None else None,
                association=grant.association if scope.associations is not None else None,
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
