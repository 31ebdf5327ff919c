"""Passwords: set by policy, asked for on SQLite as soon as any user has one, locked after wrong tries.

SQLite keeps argon2 hashes in a table of its own. PostgreSQL keeps its logins' passwords by itself: it is
given a SCRAM verifier that is computed here, so that no password travels or comes into a log.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar

from sqlalchemy import URL, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from suite.contract.commands import Change, Command, Done, Handler
from suite.contract.problems import Problem, ProblemKind, Refused, refuse
from suite.database.causes import Cause, cause_of
from suite.database.engine import is_sqlite, open_engine
from suite.kernel.accounts.commands import administrators, known_user, require_no_more
from suite.kernel.accounts.rules import password_problems
from suite.kernel.executor.refusals import write_refusal
from suite.kernel.executor.work import Transaction
from suite.tables import Password

#: What everybody may who works here, whatever his roles.
CHANGE = "core:password:change"
WRONG, LOCKED = "login.wrong", "login.locked"
WRONG_WORDS = "密码不对，请重新输入。"
#: What the trace keeps of a refused try.
TRIED = {WRONG: "输入的密码不对。", LOCKED: "在登录锁定期间再次尝试。"}


@dataclass(frozen=True, kw_only=True)
class SetPassword(Command):
    """Set another user's password, or one's own first one."""

    permission: ClassVar[str] = "core:user:manage"
    title: ClassVar[str] = "设置密码"

    login: str
    password: str = field(repr=False, metadata={"secret": True})


@dataclass(frozen=True, kw_only=True)
class ChangePassword(Command):
    """Set one's own password; `old` is the one until now, where there is one."""

    permission: ClassVar[str] = CHANGE
    title: ClassVar[str] = "修改本人密码"

    password: str = field(repr=False, metadata={"secret": True})
    old: str = field(default="", repr=False, metadata={"secret": True})


@dataclass(frozen=True, kw_only=True)
class UnlockUser(Command):
    """Let a user try again before the time is over for which wrong passwords had locked the login."""

    permission: ClassVar[str] = "core:user:manage"
    title: ClassVar[str] = "解除登录锁定"

    login: str


@dataclass(frozen=True, kw_only=True)
class NoteTry(Command):
    """Keep a refused try of one's own login and count a wrong password; a right one forgets those."""

    permission: ClassVar[str] = CHANGE
    title: ClassVar[str] = "登录核验"

    #: The code of why it was refused; empty when it was right.
    refused: str = ""


def set_password(command: SetPassword, work: Transaction) -> Done:
    """Write it. Refuses an unknown user, one who may more than the actor, and what the policy forbids.

    Refuses one's own too, where there is one: that is changed by who knows it.
    """
    user = known_user(command.login, work)
    if user.login == work.actor.login and (
        not is_sqlite(work.connection) or work.session.get(Password, user.login) is not None
    ):
        words = "修改自己的密码须先输入现在的密码：请到“设置 › 账户与权限 › 本人”修改。"
        raise refuse("password.own", words, ProblemKind.FORBIDDEN, field="login")
    require_no_more(user, work)
    _write(user.login, command.password, work)
    return Done(text=f"已设置 {user.name} 的密码", changes=(Change(kind="core.user", ids=()),))


def unlock_user(command: UnlockUser, work: Transaction) -> Done:
    """Write it. Refuses an unknown user, one who may more than the actor, and one who is not locked."""
    user = known_user(command.login, work)
    require_no_more(user, work)
    known = work.session.get(Password, user.login) if is_sqlite(work.connection) else None
    if known is None or known.locked_until is None or known.locked_until <= work.now:
        raise refuse("login.unlocked", f"{user.name} 的登录没有锁定。", field="login")
    known.tries, known.locked_until = 0, None
    work.session.flush()
    return Done(text=f"已解除 {user.name} 的登录锁定", changes=(Change(kind="core.user", ids=()),))


def change_password(command: ChangePassword, work: Transaction) -> Done:
    """Write it. Refuses a wrong old password, and what the policy forbids.

    A wrong one is counted by who runs the command (`suite.own_password`): what is refused writes nothing.
    """
    problem = _old_one(command.old, work)
    if problem is not None:
        raise Refused([replace(problem, field="old")])
    _write(work.actor.login, command.password, work)
    return Done(text="已修改本人密码", changes=(Change(kind="core.user", ids=()),))


def _old_one(password: str, work: Transaction) -> Problem | None:
    """What is the matter with the old password; nothing where there is none or the server asks for none."""
    login = work.actor.login
    if is_sqlite(work.connection):
        known = work.session.get(Password, login)
        return verdict(work.session, login, password, work.now).problem if known is not None else None
    here = lets_in(work.connection.engine.url.set(username=login), password)
    return None if here else _no(WRONG, WRONG_WORDS)


def lets_in(url: URL, password: str) -> bool:
    """Whether a server takes a password: it alone knows, and tells by one connection more, closed at once."""
    # `set` would leave the connection's own one where none was typed.
    asked = url._replace(password=password or None)
    engine = open_engine(asked.render_as_string(hide_password=False))
    try:
        engine.connect().close()
    except DBAPIError as error:
        if cause_of(error) not in (Cause.PASSWORD, Cause.PASSWORD_MISSING):
            raise
        return False
    finally:
        engine.dispose()
    return True


def _write(login: str, password: str, work: Transaction) -> None:
    problems = password_problems(
        password,
        login,
        length=int(work.parameters["core.password_length"]),
        classes=int(work.parameters["core.password_classes"]),
    )
    if problems:
        raise Refused(problems)
    if not is_sqlite(work.connection):
        raw = work.connection.connection.dbapi_connection
        verifier = raw.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256")  # type: ignore[union-attr]
        work.session.execute(
            text("SELECT core_login_password(:login, :verifier)"),
            {"login": login, "verifier": verifier.decode()},
        )
        return
    _require_an_administrator(login, work)
    from argon2 import PasswordHasher

    known = work.session.get(Password, login) or Password(login=login)
    known.hash, known.changed_at = PasswordHasher().hash(password), work.now
    known.tries, known.locked_until = 0, None
    work.session.add(known)
    work.session.flush()


def _require_an_administrator(login: str, work: Transaction) -> None:
    """Raises Refused where nobody could set passwords any more: one asks them of everybody from now on.

    A password that stands is changed by whoever has it: that locks out nobody who was not locked out before.
    """
    if (
        work.session.get(Password, login) is not None
        or login in administrators(work, with_password=False)
        or administrators(work, with_password=True)
    ):
        return
    names = "、".join(administrators(work, with_password=False)) or "系统管理员"
    words = (
        f"请先给系统管理员（{names}）设密码。有了第一个密码，没有密码的人都不能登录；"
        "管理员没有密码，就无人能给其他人设密码。"
    )
    raise refuse("password.administrator_first", words, ProblemKind.FORBIDDEN, field="password")


def note_try(command: NoteTry, work: Transaction) -> Done:
    """Write it; the last of the allowed wrong tries locks the login for a while. Each stays in the trace."""
    known = work.session.get(Password, work.actor.login) if is_sqlite(work.connection) else None
    if known is None:
        raise refuse("password.none", "这里没有该用户的密码：或未设置，或由服务器保管。")
    if not command.refused:
        known.tries, known.locked_until = 0, None
        work.session.flush()
        return Done(text="已核验")
    told = [_no(command.refused, TRIED.get(command.refused, command.refused))]
    if command.refused == WRONG:
        known.tries, known.locked_until = known.tries + 1, None
        tries, minutes = (int(work.parameters[f"core.password_{name}"]) for name in ("tries", "lock_minutes"))
        if known.tries >= tries:
            known.tries, known.locked_until = 0, work.now + dt.timedelta(minutes=minutes)
            words = f"密码连续输错 {tries} 次，登录锁定 {minutes} 分钟。"
            told.append(_no("login.lock_out", words))
    write_refusal(work.number, work.connection, work.actor.login, told)
    work.session.flush()
    return Done(text="密码不符")


def are_asked(session: Session) -> bool:
    """Whether passwords are asked for: on SQLite, once any user has one."""
    return is_sqlite(session.connection()) and session.scalar(select(Password.login).limit(1)) is not None


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a password was found to be: `problem` refuses it, `noted` says whether it is written down."""

    problem: Problem | None
    noted: bool


def verdict(session: Session, login: str, password: str, now: dt.datetime) -> Verdict:
    """Whether a password is the login's. A locked one is not even looked at."""
    known = session.get(Password, login)
    if known is None:
        words = f"用户 {login} 还没有密码，请管理员用 suite user password {login} 设置后再登录。"
        return Verdict(problem=_no("login.no_password", words), noted=False)
    if known.locked_until is not None and known.locked_until > now:
        minutes = -(-(known.locked_until - now) // dt.timedelta(minutes=1))
        words = f"密码连续输错，登录已锁定，约 {minutes} 分钟后再试，或请管理员重设密码。"
        return Verdict(problem=_no(LOCKED, words), noted=True)
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        PasswordHasher().verify(known.hash, password)
    except (VerificationError, InvalidHashError):
        return Verdict(problem=_no(WRONG, WRONG_WORDS), noted=True)
    return Verdict(problem=None, noted=known.tries > 0 or known.locked_until is not None)


def _no(code: str, words: str) -> Problem:
    return Problem(code=code, text=words, kind=ProblemKind.NOT_PERMITTED)


HANDLERS: Mapping[type[Command], Handler] = {
    SetPassword: set_password,
    ChangePassword: change_password,
    NoteTry: note_try,
    UnlockUser: unlock_user,
}
