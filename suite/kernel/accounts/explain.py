"""Why somebody may or may not: each permission with the grants that give it, and who could give it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.problems import ProblemKind, refuse
from suite.kernel.accounts.queries import expanded, grants_of
from suite.kernel.accounts.rules import EVERYONES, expand
from suite.loader.catalog import Catalog
from suite.tables import Subject, User


@dataclass(frozen=True, kw_only=True)
class Source:
    """One grant that gives a permission: the role, and where it holds (None: everywhere).

    `section` and `until`: it is that of the section's head, whose stand-in the user is to that day. `giver`
    and `until`: it is that of him in whose name the user signs.
    """

    role: str
    title: str
    profession: str | None
    district: str | None
    association: str | None
    section: str = ""
    until: dt.date | None = None
    giver: str = ""


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
                giver=held.giver,
            )
            known = sources.setdefault(item.permission, [])
            if source not in known:
                known.append(source)
    for key in EVERYONES - sources.keys():
        own = Source(role="", title="每位用户", profession=None, district=None, association=None)
        sources[key] = [own]
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


@dataclass(frozen=True, kw_only=True)
class Why:
    """Whether somebody may something, for one record where one was named, and every reason in a sentence."""

    may: bool
    sentences: tuple[str, ...]


def why_of(
    session: Session,
    actor: Actor,
    catalog: Catalog,
    login: str,
    permission: str,
    today: dt.date,
    *,
    subject_id: int | None = None,
) -> Why:
    """Why somebody may or may not; of a record that the asker does not read nothing is told.

    Raises Refused for unknown permissions and records, and about others without the right to manage users.
    """
    told = {item.permission: item for item in rights_of(session, actor, catalog, login, today)}
    found = told.get(permission)
    if found is None:
        raise refuse("permission.unknown", f"没有权限 {permission}。", field="permission")
    user = session.get(User, login)
    if user is not None and not user.active:
        return Why(may=False, sentences=(f"不可以：{user.name} 已停用。",))
    if not found.by:
        givers = "、".join(f"“{title}”" for title in found.roles) or "（没有角色包含它）"
        words = f"不可以：没有角色给出“{found.title}”。可以给出它的角色：{givers}。"
        return Why(may=False, sentences=(words,))
    if subject_id is None:
        return Why(may=True, sentences=("可以：", *(_source_words(one, catalog, "") for one in found.by)))
    record = session.get(Subject, subject_id)
    if record is None or not _reads(actor, record):
        raise refuse("record.unknown", f"没有您可以查看的档案 {subject_id}。", field="record")
    owner = permission.partition(":")[0]
    if owner not in ("core", record.profession):
        words = f"不可以：“{found.title}”是{catalog.titles.get(owner, owner)}条线的权限，这份档案属于"
        return Why(
            may=False, sentences=(f"{words}{catalog.titles.get(record.profession, record.profession)}。",)
        )
    judged = [(one, _against(one, record, catalog)) for one in found.by]
    may = any(not against for _, against in judged)
    return Why(
        may=may,
        sentences=(
            f"{'可以' if may else '不可以'}：“{record.name}”（{catalog.titles.get(record.profession, '')}、"
            f"{record.district_code or '未登记区县'}、{record.association or '未登记协会'}）",
            *(_source_words(one, catalog, against) for one, against in judged),
        ),
    )


def _reads(actor: Actor, record: Subject) -> bool:
    return any(
        scope.holds(record.profession, record.district_code, record.association)
        for scope in actor.scopes(f"{record.profession}:roster:read")
    )


def _against(source: Source, record: Subject, catalog: Catalog) -> str:
    """What keeps a grant from reaching a record; empty where it does."""
    parts = []
    if source.profession not in (None, record.profession):
        parts.append(f"只限{catalog.titles.get(source.profession or '', source.profession or '')}条线")
    if source.district not in (None, record.district_code):
        parts.append(f"只限区县 {source.district}")
    if source.association not in (None, record.association):
        parts.append(f"只限{source.association}会员")
    return "，".join(parts)


def source_scope(source: Source, catalog: Catalog) -> str:
    """Where a grant holds, and until when, in words."""
    parts = [catalog.titles.get(source.profession or "", ""), source.district, source.association]
    if source.until is not None:
        acts = f"代 {source.giver} 审批" if source.giver else f"代行{source.section}负责人"
        parts.append(f"{acts}至 {source.until}")
    return "、".join(part for part in parts if part) or "全部范围"


def _source_words(source: Source, catalog: Catalog, against: str) -> str:
    words = f"角色“{source.title}”（{source_scope(source, catalog)}）"
    return f"{words}够不到：{against}。" if against else f"{words}给出。"


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
