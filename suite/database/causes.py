"""Why a database cannot be reached or entered, told from what the driver said.

During the login libpq hands over words and no state, and a server speaks the language that it is set to; the
words are matched in English and in Chinese. With several hosts each has its own answer, and the one that came
furthest is told.
"""

from __future__ import annotations

import re
from enum import StrEnum

from sqlalchemy.exc import DBAPIError


class Cause(StrEnum):
    """One cause; those nearer to an open database stand further down."""

    HOST = "host"  # the name is unknown to the network
    UNREACHABLE = "unreachable"  # no way there, or no answer in time
    REFUSED = "refused"  # the computer answers, nobody listens on the port
    NOT_POSTGRESQL = "not_postgresql"  # something else listens there
    BROKEN = "broken"  # the connection was there and ended
    TLS_MISSING = "tls_missing"  # we ask for TLS, the server has none
    ROOT_CERTIFICATE = "root_certificate"  # the file with the trusted certificate is missing
    CERTIFICATE = "certificate"  # the server's certificate is not trusted or belongs to another name
    TLS_NEEDED = "tls_needed"  # the server takes no unencrypted connection from here
    NOT_ADMITTED = "not_admitted"  # the server takes no connection from here
    STARTING = "starting"  # the server starts, recovers or shuts down
    CROWDED = "crowded"  # too many connections
    READ_ONLY = "read_only"  # only a standby answers
    PASSWORD_MISSING = "password_missing"  # noqa: S105 - a cause, not a secret
    PASSWORD = "password"  # noqa: S105 - wrong password or unknown login: the server does not say which
    LOGIN_LOCKED = "login_locked"  # the login is switched off
    DATABASE_MISSING = "database_missing"  # the server has no database of that name
    NO_ENTRY = "no_entry"  # the login may not enter this database
    OLD_SERVER = "old_server"  # an older PostgreSQL than the suite works with
    FILE = "file"  # an SQLite file that cannot be opened
    NOT_A_DATABASE = "not_a_database"  # a file of another kind, or a damaged one
    UNCONFIRMED = "unconfirmed"  # it ended while a commit was under way: written or not, nobody knows
    UNKNOWN = "unknown"


#: What may be over in a while: a desk that is connected waits and tries again.
PASSING = frozenset(
    {
        Cause.HOST, Cause.UNREACHABLE, Cause.REFUSED, Cause.BROKEN, Cause.STARTING, Cause.CROWDED,
        Cause.READ_ONLY, Cause.FILE, Cause.UNCONFIRMED,
    }
)  # fmt: skip

_WORDS: tuple[tuple[Cause, str], ...] = (
    (Cause.HOST, r"resolve host|could not translate host name|Name or service not known|无法翻译主机名"),
    (Cause.REFUSED, r"Connection refused|0x0000274D|拒绝连接|积极拒绝"),
    (
        Cause.UNREACHABLE,
        r"timeout expired|timed out|No route to host|Network is unreachable|0x0000274C|连接超时"
        r"|No such file or directory",
    ),
    (Cause.NOT_POSTGRESQL, r"invalid response to (?:SSL|GSSAPI)|expected authentication request"),
    (Cause.TLS_MISSING, r"server does not support SSL|服务器不支持 ?SSL"),
    (Cause.ROOT_CERTIFICATE, r"root certificate file .* does not exist|could not read root certificate"),
    (Cause.CERTIFICATE, r"certificate verify failed|server certificate for .* does not match|SSL error"),
    (Cause.TLS_NEEDED, r"pg_hba\.conf.*(?:no encryption|SSL off|没有加密|未加密)"),
    (Cause.NOT_ADMITTED, r"pg_hba\.conf"),
    (Cause.PASSWORD_MISSING, r"no password supplied|没有提供口令"),
    (Cause.PASSWORD, r"authentication failed|认证失败|(?:role|角色) ?\"[^\"]*\" ?(?:does not exist|不存在)"),
    (Cause.LOGIN_LOCKED, r"is not permitted to log in|不允许角色"),
    (Cause.DATABASE_MISSING, r"(?:database|数据库) ?\"[^\"]*\" ?(?:does not exist|不存在)"),
    (Cause.NO_ENTRY, r"permission denied for database|访问数据库.*权限不够|对数据库.*权限不够"),
    (Cause.CROWDED, r"too many (?:connections|clients)|remaining connection slots|连接太多|太多的客户"),
    (Cause.READ_ONLY, r"session is read-only|session is not read-only|server is in hot standby mode"),
    (Cause.STARTING, r"database system is|not yet accepting|数据库系统(?:启动|正在|处于)"),
    (
        Cause.BROKEN,
        r"server closed the connection|terminating connection|connection (?:has been closed|is closed)"
        r"|connection is lost|Connection reset|SSL connection has been closed|consuming input failed"
        r"|Broken pipe",
    ),
)
#: Chinese and English stand in one pattern; the order decides where one message would fit two.
_PATTERNS = tuple((cause, re.compile(words, re.IGNORECASE | re.DOTALL)) for cause, words in _WORDS)
_STATES = {
    "28P01": Cause.PASSWORD,
    "28000": Cause.NOT_ADMITTED,
    "3D000": Cause.DATABASE_MISSING,
    "53300": Cause.CROWDED,
    "57P01": Cause.BROKEN,
    "57P02": Cause.BROKEN,
    "57P03": Cause.STARTING,
    "57P05": Cause.BROKEN,
}
_FILES = {
    "SQLITE_CANTOPEN": Cause.FILE,
    "SQLITE_IOERR": Cause.FILE,
    "SQLITE_CORRUPT": Cause.NOT_A_DATABASE,
    "SQLITE_NOTADB": Cause.NOT_A_DATABASE,
}
_ATTEMPTS = "All failures were:"


def cause_of(error: BaseException) -> Cause | None:
    """Why the database was not there for what failed; None where it was there and something else went wrong.

    Takes an error of SQLAlchemy or of a driver.
    """
    found = _cause(error.orig if isinstance(error, DBAPIError) and error.orig is not None else error)
    if found is None and isinstance(error, DBAPIError) and error.connection_invalidated:
        return Cause.BROKEN
    return found


def _cause(error: BaseException) -> Cause | None:
    name: str | None = getattr(error, "sqlite_errorname", None)
    if name is not None:
        return _FILES.get("_".join(name.split("_")[:2]))
    state: str | None = getattr(error, "sqlstate", None)
    if state is not None:
        return _STATES.get(state) or (Cause.BROKEN if state.startswith("08") else None)
    if not type(error).__module__.startswith("psycopg") or type(error).__name__ not in _LOST:
        return None
    words = str(error)
    attempts = words.partition(_ATTEMPTS)[2]
    lines = attempts.split("\n- ") if attempts else [words]
    order = list(Cause)
    told = [cause for line in lines if (cause := _of_words(line)) is not None]
    return max(told, key=order.index, default=None)


#: Errors of psycopg that carry no state: of the login, and of a connection that has gone.
_LOST = frozenset({"OperationalError", "ConnectionTimeout", "InterfaceError", "ProtocolViolation"})


def _of_words(line: str) -> Cause | None:
    return next((cause for cause, words in _PATTERNS if words.search(line)), None)
