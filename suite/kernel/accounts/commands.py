"""Adding users and granting roles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select

from suite.contract.commands import Change, Command, Done, Granted, Handler
from suite.contract.problems import ProblemKind, Refused, refuse
from suite.database.engine import is_sqlite
from suite.kernel.accounts.queries import HeldGrant, expanded, granted_to
from suite.kernel.accounts.rules import lies_within
from suite.kernel.executor.work import Transaction
from suite.tables import District, Grant, Password, Section, User

ADMINISTRATOR = "core.administrator"
#: A login is also the name of a role of PostgreSQL, where these beginnings are the server's and ours.
RESERVED = ("pg_", "suite_")
#: PostgreSQL cuts the names of roles there without a word; a file may move to a server later.
MOST_BYTES = 63
LOGIN = re.compile(r"\w[\w.-]{0,59}")


@dataclass(frozen=True, kw_only=True)
class AddUser(Command):
    """Add a user; what the user may do is granted apart."""

    permission: ClassVar[str] = "core:user:manage"
    title: ClassVar[str] = "添加用户"

    login: str
    name: str
    section: str | None = None


@dataclass(frozen=True, kw_only=True)
class DisableUser(Command):
    """Disable a user; the traces stay."""

    permission: ClassVar[str] = "core:user:manage"
    title: ClassVar[str] = "停用用户"

    login: str


@dataclass(frozen=True, kw_only=True)
class EnableUser(Command):
    """Let a disabled user in again, with the roles that were not taken back."""

    permission: ClassVar[str] = "core:user:manage"
    title: ClassVar[str] = "恢复用户"

    login: str


@dataclass(frozen=True, kw_only=True)
class GrantRole(Command):
    """Give a role to a user within a scope; what is left out means everywhere."""

    permission: ClassVar[str] = "core:user:manage"
    title: ClassVar[str] = "授予角色"

    login: str
    role: str
    profession: str | None = None
    district: str | None = None
    association: str | None = None


@dataclass(frozen=True, kw_only=True)
class RevokeRole(Command):
    """Take a role back from a user, in exactly the scope in which it was given."""

    permission: ClassVar[str] = "core:user:manage"
    title: ClassVar[str] = "收回角色"

    login: str
    role: str
    profession: str | None = None
    district: str | None = None
    association: str | None = None


def add_user(command: AddUser, work: Transaction) -> Done:
    """Write the user. Refuses an empty, too long or taken login and an unknown section."""
    login = command.login.strip()
    if not login or not command.name.strip():
        raise refuse("required", "登录名和姓名不能为空，请补齐。", field="login")
    if login.startswith(RESERVED) or not LOGIN.fullmatch(login):
        text = f"登录名 {login} 不能用：请用文字、数字和 . _ -，不以 pg_ 或 suite_ 开头，至多 60 字。"
        raise refuse("login.form", text, field="login")
    if len(login.encode()) > MOST_BYTES:
        text = (
            f"登录名 {login} 太长：数据库服务器的登录名至多 {MOST_BYTES} 字节（一个汉字 3 字节），"
            f"现为 {len(login.encode())} 字节。请改短。"
        )
        raise refuse("login.long", text, field="login")
    if work.session.get(User, login) is not None:
        raise refuse("duplicate", f"登录名 {login} 已被使用，请另取一个。", field="login")
    section = section_named(command.section, work) if command.section else None
    work.session.add(
        User(
            login=login,
            name=command.name.strip(),
            section_id=section.id if section else None,
            active=True,
            created_at=work.now,
        )
    )
    work.session.flush()
    return Done(text=f"已添加用户 {command.name}", changes=(Change(kind="core.user", ids=()),))


def disable_user(command: DisableUser, work: Transaction) -> Done:
    """Write it. Refuses an unknown user, oneself, and one who may more."""
    user = known_user(command.login, work)
    if user.login == work.actor.login:
        raise refuse("user.self", "不能停用自己，请由另一位管理员办理。", field="login")
    require_no_more(user, work)
    user.active = False
    work.session.flush()
    return Done(text=f"已停用用户 {user.name}", changes=(Change(kind="core.user", ids=()),))


def enable_user(command: EnableUser, work: Transaction) -> Done:
    """Write it. Refuses an unknown user, and one who would again hold more than the actor."""
    user = known_user(command.login, work)
    require_no_more(user, work)
    user.active = True
    work.session.flush()
    return Done(text=f"已恢复用户 {user.name}", changes=(Change(kind="core.user", ids=()),))


def grant_role(command: GrantRole, work: Transaction) -> Done:
    """Write the grant. Refuses unknown users, roles, professions and districts, and a second like it."""
    user = known_user(command.login, work)
    role = work.catalog.roles.get(command.role)
    if role is None:
        known = "、".join(work.catalog.roles)
        raise refuse("role.unknown", f"没有角色 {command.role}。可用：{known}。", field="role")
    if command.profession is not None and command.profession not in work.catalog.professions:
        raise refuse("profession.unknown", f"没有条线 {command.profession}。", field="profession")
    if command.district is not None and work.session.get(District, command.district) is None:
        raise refuse("district.unknown", f"没有区县代码 {command.district}。", field="district")
    held = HeldGrant(
        role=role.key,
        profession=command.profession,
        district=command.district,
        association=command.association,
    )
    himself = user.login == work.actor.login
    lacking = beyond(expanded(held, work.catalog), work, himself=himself)
    if lacking is not None:
        whom = "自己" if himself else "他人"
        raise refuse(
            "grant.beyond",
            f"您自己没有这个范围的“{lacking}”，不能授予{whom}。请由"
            + ("另一位管理员办理。" if himself else "权限更大的管理员办理。"),
            ProblemKind.NOT_PERMITTED,
            field="role",
        )
    scope = held.scope
    same = select(Grant).where(Grant.login == user.login, Grant.role == role.key)
    if any(
        (grant.profession, grant.district_code, grant.association) == scope
        for grant in work.session.scalars(same)
    ):
        raise refuse("duplicate", f"{user.name} 已有该范围的“{role.title}”。", field="role")
    work.session.add(
        Grant(
            login=user.login,
            role=role.key,
            profession=command.profession,
            district_code=command.district,
            association=command.association,
        )
    )
    work.session.flush()
    return Done(text=f"已授予 {user.name} “{role.title}”", changes=(Change(kind="core.user", ids=()),))


def revoke_role(command: RevokeRole, work: Transaction) -> Done:
    """Remove the grant. Refuses one that is not there, and the last administrator's."""
    scope = (command.profession, command.district, command.association)
    grant = next(
        (
            item
            for item in work.session.scalars(
                select(Grant).where(Grant.login == command.login, Grant.role == command.role)
            )
            if (item.profession, item.district_code, item.association) == scope
        ),
        None,
    )
    if grant is None:
        raise refuse(
            "grant.unknown",
            f"{command.login} 没有该范围的这个角色。请用 suite user list 核对。",
            field="role",
        )
    role = work.catalog.roles.get(command.role)
    held = HeldGrant(role=command.role, profession=scope[0], district=scope[1], association=scope[2])
    lacking = beyond(expanded(held, work.catalog), work)
    if lacking is not None:
        raise refuse(
            "grant.beyond",
            f"您自己没有这个范围的“{lacking}”，不能收回。请由权限更大的管理员办理。",
            ProblemKind.NOT_PERMITTED,
            field="role",
        )
    if command.role == ADMINISTRATOR and scope == (None, None, None) and _last(command.login, work):
        raise last_administrator("role")
    work.session.delete(grant)
    work.session.flush()
    title = role.title if role else command.role
    return Done(text=f"已收回 {command.login} 的“{title}”", changes=(Change(kind="core.user", ids=()),))


def known_user(login: str, work: Transaction) -> User:
    """The user of a login. Raises Refused for an unknown one."""
    user = work.session.get(User, login)
    if user is None:
        raise refuse("user.unknown", f"没有用户 {login}。请核对登录名，或先添加。", field="login")
    return user


def section_named(name: str, work: Transaction) -> Section:
    """The section of a name. Raises Refused for an unknown one."""
    section = work.session.scalar(select(Section).where(Section.name == name))
    if section is None:
        raise refuse("section.unknown", f"没有科室 {name}，请先添加。", field="section")
    return section


def beyond(
    wanted: Iterable[Granted], work: Transaction, *, himself: bool = False, passing: bool = False
) -> str | None:
    """The title of the first permission that the actor may not give there; None if he may give all.

    himself, passing: see `lies_within`.
    """
    own = [item for item in work.actor.granted if not item.behalf]
    missing = next(
        (item for item in wanted if not lies_within(item, own, himself=himself, passing=passing)), None
    )
    return None if missing is None else work.catalog.permissions[missing.permission].title


def require_no_more(user: User, work: Transaction) -> None:
    """Raises Refused unless the actor holds all that this user holds: nobody changes one who may more."""
    lacking = beyond(granted_to(work.session, work.catalog, user.login, work.today), work)
    if lacking is not None:
        raise refuse(
            "grant.beyond",
            f"{user.name} 有您没有的权限（“{lacking}”等），不能由您更改。请由权限更大的管理员办理。",
            ProblemKind.NOT_PERMITTED,
            field="login",
        )


def administrators(work: Transaction, *, with_password: bool) -> list[str]:
    """The active administrators of everything; `with_password`: those who have one in this SQLite file."""
    found = (
        select(Grant.login)
        .join(User, User.login == Grant.login)
        .where(
            Grant.role == ADMINISTRATOR,
            Grant.profession.is_(None),
            Grant.district_code.is_(None),
            Grant.association.is_(None),
            User.active,
        )
    )
    if with_password:
        found = found.join(Password, Password.login == Grant.login)
    return list(work.session.scalars(found.order_by(Grant.login)))


def _last(login: str, work: Transaction) -> bool:
    """Whether nobody else is an administrator who can sign in."""
    asked = is_sqlite(work.connection) and work.session.scalar(select(Password.login).limit(1)) is not None
    return not set(administrators(work, with_password=asked)) - {login}


def last_administrator(field: str) -> Refused:
    """The refusal to leave the house without an administrator."""
    text = "这是最后一位能登录的系统管理员，不能收回。请先另设一位，设有密码的单机还要给其设密码。"
    return refuse("administrator.last", text, ProblemKind.FORBIDDEN, field=field)


HANDLERS: Mapping[type[Command], Handler] = {
    AddUser: add_user,
    DisableUser: disable_user,
    EnableUser: enable_user,
    GrantRole: grant_role,
    RevokeRole: revoke_role,
}
