"""Choosing and opening the database of a desk: looking at one, signing in, remembering the choice.

Knows no window. The connect page, `suite doctor`, `suite db test` and every start go through here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from suite.bootstrap import Suite, build_suite
from suite.contract.commands import Actor
from suite.contract.problems import Problem, ProblemKind, Refused, refuse
from suite.database.address import keyring_name
from suite.database.causes import Cause, cause_of
from suite.database.engine import open_engine
from suite.kernel.executor.work import Progress
from suite.settings import Settings, forget_secret, keep_secret, kept_secret, secure_keyring

#: Codes of refusals that the right password ends.
ASKS_PASSWORD = frozenset(
    {
        "database.password", "database.password_missing",
        "login.password_needed", "login.wrong", "login.no_password", "login.locked",
    }
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Diagnosis:
    """What a look at a database found. No `problem`: a desk can work with it. `facts` are short sentences."""

    problem: Problem | None
    facts: tuple[str, ...] = ()

    @property
    def fact(self) -> str:
        """What is the matter, in one sentence."""
        if self.problem is None:
            return "可以连接，数据库与本程序相符。"
        return str(self.problem.data.get("fact", self.problem.text))

    @property
    def cure(self) -> str:
        """What to do; empty where the fact says it or nothing is to be done."""
        return str(self.problem.data.get("cure", "")) if self.problem is not None else ""


def is_local(settings: Settings) -> bool:
    """Whether this is one SQLite file. Raises Refused where the address cannot be read."""
    try:
        return make_url(settings.url).get_backend_name() == "sqlite"
    except (ArgumentError, NoSuchModuleError) as error:
        raise refuse(
            "database.url", "看不懂数据库地址。请写文件路径，或 postgresql://用户@主机/库名。"
        ) from error


def is_missing(settings: Settings) -> bool:
    """Whether an SQLite file is meant that is not there; a look must not create an empty one."""
    name = make_url(settings.url).database
    return is_local(settings) and bool(name) and name != ":memory:" and not Path(str(name)).is_file()


def absent(settings: Settings) -> Refused:
    """The refusal of a file that is not there."""
    return refuse(
        "database.absent",
        f"没有找到数据库 {shown_address(settings)}。请核对路径，或先运行 suite db init。",
        ProblemKind.UNAVAILABLE,
    )


def with_password(settings: Settings, ask: Callable[[], str] | None = None) -> Settings:
    """The settings with the login's password from the keyring; asked for where the server wants one.

    What the caller wrote into the URL stays. `ask` may raise Refused where nobody can be asked.
    """
    if settings.password or is_local(settings):
        return settings
    url = make_url(settings.url)
    if url.password is not None or not url.username:
        return settings
    kept = kept_secret(keyring_name(url), url.username)
    if kept:
        return replace(settings, password=kept)
    if ask is not None and _wants_password(settings):
        return replace(settings, password=ask())
    return settings


def _wants_password(settings: Settings) -> bool:
    engine = open_engine(settings.url)
    try:
        with engine.connect():
            return False
    except DBAPIError as error:
        return cause_of(error) is Cause.PASSWORD_MISSING
    finally:
        engine.dispose()


def diagnose(settings: Settings, *, today: dt.date | None = None) -> Diagnosis:
    """Look whether a desk could work with a database as these settings name it. Writes nothing."""
    try:
        if is_missing(settings):
            return Diagnosis(problem=absent(settings).problems[0])
        suite = build_suite(with_password(settings), today=today)
    except Refused as error:
        return Diagnosis(problem=error.problems[0])
    try:
        return diagnose_suite(suite)
    finally:
        suite.engine.dispose()


def diagnose_suite(suite: Suite) -> Diagnosis:
    """The same for a suite that is put together already."""
    facts: tuple[str, ...] = ()
    try:
        suite.check_database()
        facts = _facts(suite)
        if suite.unwritable():
            return Diagnosis(problem=suite.unwritable()[0], facts=facts)
        if suite.connected_as() is not None:
            suite.actor()
    except Refused as error:
        return Diagnosis(problem=error.problems[0], facts=facts)
    return Diagnosis(problem=None, facts=facts)


def _facts(suite: Suite) -> tuple[str, ...]:
    if suite.engine.dialect.name == "sqlite":
        return (f"数据文件 {suite.engine.url.database}",)
    with suite.reading() as session:
        raw = session.connection().connection.driver_connection
        if raw is None:
            return ()
        version = ".".join(str(part) for part in suite.engine.dialect.server_version_info or ())
        sealed = "已加密（TLS）" if raw.pgconn.ssl_in_use else "未加密"
        return (
            f"服务器 {raw.info.host}:{raw.info.port}，PostgreSQL {version}，{sealed}",
            f"登录名 {raw.info.user}，数据库 {raw.info.dbname}",
        )


def open_desk(settings: Settings, *, today: dt.date | None = None) -> tuple[Suite, Actor]:
    """The suite over the settings' database and who works with it.

    Raises Refused where the database is missing, away or does not fit the program, and where a password is
    wanted (`ASKS_PASSWORD`) or the login may not work here.
    """
    if is_missing(settings):
        raise absent(settings)
    suite = build_suite(with_password(settings), today=today)
    try:
        suite.check_database()
        if suite.unfit():
            raise Refused(suite.unfit())
        return suite, sign_in(suite, settings.login, lambda: _typed(settings))
    except BaseException:
        suite.engine.dispose()
        raise


def _typed(settings: Settings) -> str:
    if settings.password:
        return settings.password
    raise refuse("login.password_needed", "请填写登录名和密码。", ProblemKind.NOT_PERMITTED)


def sign_in(suite: Suite, login: str, password: Callable[[], str]) -> Actor:
    """Who acts: the connection's login on PostgreSQL; on SQLite a login, with its password if any has one.

    Raises Refused for an unknown login, a wrong password, and for another login than the connection's.
    """
    connected = suite.connected_as()
    if connected is None:
        if not suite.asks_passwords():
            return suite.actor(login)
        # Without a login, too: leaving it out must not be a way around the password.
        return suite.authenticate(suite.actor(login).login, password())
    if login and login != connected:
        raise refuse(
            "acting.login",
            f"连接服务器时以登录名 {connected} 办理，不能用 --as 换成 {login}。请用该用户的登录名连接。",
            ProblemKind.NOT_PERMITTED,
        )
    return suite.actor(connected)


def create_file(settings: Settings) -> None:
    """Make the SQLite file that these settings name, with its places and its first user."""
    suite = build_suite(settings)
    try:
        suite.initialise()
    finally:
        suite.engine.dispose()


def upgrade_file(settings: Settings, progress: Progress) -> None:
    """Bring an SQLite file to this program's version, after a copy; what `suite db upgrade` does.

    Raises Refused when the file is newer, or when a part of it could not be upgraded.
    """
    suite = build_suite(settings)
    try:
        failed = [item for item in suite.upgrade(progress) if item.error is not None]
    finally:
        suite.engine.dispose()
    if failed:
        names = "、".join(suite.catalog.titles.get(item.owner, item.owner) for item in failed)
        raise refuse("migration.failed", f"{names}未能升级，其余已升级。请在“体检”中查看原因。")


def remember(settings: Settings, *, keeps_password: bool) -> bool:
    """Keep the choice for the next start; the password in the keyring alone, or taken out of it.

    False where the password was to be kept and there is no keyring. Raises OSError where the settings
    cannot be written.
    """
    settings.save()
    if is_local(settings):
        return True
    if keeps_password:
        return not settings.password or keep_password(settings)
    url = make_url(settings.url)
    forget_secret(keyring_name(url), url.username or "")
    return True


def keep_password(settings: Settings) -> bool:
    """Put the login's password into the keyring; False where there is none."""
    url = make_url(settings.url)
    return keep_secret(keyring_name(url), url.username or "", settings.password)


def has_kept_password(settings: Settings) -> bool:
    """Whether the keyring holds this login's password."""
    if is_local(settings):
        return False
    url = make_url(settings.url)
    return kept_secret(keyring_name(url), url.username or "") is not None


def keyring_title() -> str:
    """The name of the keyring where passwords go; empty where there is none."""
    backend = secure_keyring()
    return str(backend.name) if backend is not None else ""


def shown_address(settings: Settings) -> str:
    """The database as it may be shown: without a password."""
    return make_url(settings.url).render_as_string(hide_password=True)
