"""Every way in which a database cannot be reached is told apart by what the driver says."""

from __future__ import annotations

import sqlite3

import psycopg
import pytest

from suite.database.causes import Cause, cause_of
from suite.kernel.connection.rules import WORDS, is_passing, old_server, problem_of_cause

AT = 'connection failed: connection to server at "10.1.2.3", port 5432 failed: '
MANY = (
    "{last}\nMultiple connection attempts failed. All failures were:\n"
    "- host: 'one', port: '5432', hostaddr: '10.1.2.3': {first}\n"
    "- host: 'two', port: '5432', hostaddr: '10.1.2.4': {last}"
)


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        ("failed to resolve host 'nowhere': [Errno -2] Name or service not known", Cause.HOST),
        (f"{AT}Connection refused\n\tIs the server running on that host?", Cause.REFUSED),
        ("connection timeout expired", Cause.UNREACHABLE),
        (f"{AT}No route to host", Cause.UNREACHABLE),
        (f"{AT}received invalid response to SSL negotiation: H", Cause.NOT_POSTGRESQL),
        (f"{AT}server closed the connection unexpectedly", Cause.BROKEN),
        ("the connection is closed", Cause.BROKEN),
        (f"{AT}server does not support SSL, but SSL was required", Cause.TLS_MISSING),
        (f'{AT}root certificate file "/x/root.crt" does not exist', Cause.ROOT_CERTIFICATE),
        (f"{AT}SSL error: certificate verify failed", Cause.CERTIFICATE),
        (f'{AT}server certificate for "a" does not match host name "b"', Cause.CERTIFICATE),
        (f'{AT}FATAL:  no pg_hba.conf entry for host "h", user "u", no encryption', Cause.TLS_NEEDED),
        (f'{AT}FATAL:  no pg_hba.conf entry for host "h", user "u", SSL encryption', Cause.NOT_ADMITTED),
        (f"{AT}FATAL:  the database system is starting up", Cause.STARTING),
        (f"{AT}FATAL:  sorry, too many clients already", Cause.CROWDED),
        (f"{AT}session is read-only", Cause.READ_ONLY),
        (f"{AT}fe_sendauth: no password supplied", Cause.PASSWORD_MISSING),
        (f'{AT}FATAL:  password authentication failed for user "zhang"', Cause.PASSWORD),
        (f'{AT}致命错误:  用户 "zhang" Password 认证失败', Cause.PASSWORD),
        (f'{AT}FATAL:  role "zhang" does not exist', Cause.PASSWORD),
        (f'{AT}FATAL:  role "zhang" is not permitted to log in', Cause.LOGIN_LOCKED),
        (f'{AT}致命错误:  不允许角色"zhang" 进行登录', Cause.LOGIN_LOCKED),
        (f'{AT}FATAL:  database "suite" does not exist', Cause.DATABASE_MISSING),
        (f'{AT}致命错误:  数据库 "suite" 不存在', Cause.DATABASE_MISSING),
        (f'{AT}FATAL:  permission denied for database "suite"', Cause.NO_ENTRY),
    ],
)
def test_words_of_a_login_that_failed(words: str, cause: Cause) -> None:
    assert cause_of(psycopg.OperationalError(words)) is cause


@pytest.mark.parametrize("turned", [False, True])
def test_of_several_hosts_the_one_that_came_furthest_is_told(turned: bool) -> None:
    answers = [f"{AT}Connection refused", f'{AT}FATAL:  password authentication failed for user "zhang"']
    first, last = reversed(answers) if turned else answers
    assert cause_of(psycopg.OperationalError(MANY.format(first=first, last=last))) is Cause.PASSWORD


def test_files(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("files")
    (folder / "garbage.db").write_bytes(b"this is no database" * 100)
    found = []
    for path in (folder / "garbage.db", folder / "none" / "x.db"):
        with pytest.raises(sqlite3.Error) as error:
            sqlite3.connect(path).execute("SELECT * FROM sqlite_master")
        found.append(cause_of(error.value))
    assert found == [Cause.NOT_A_DATABASE, Cause.FILE]


def test_what_is_no_matter_of_the_connection_has_no_cause() -> None:
    assert cause_of(psycopg.errors.UniqueViolation('duplicate key, database "x" does not exist')) is None
    assert cause_of(ValueError("Connection refused")) is None


def test_every_cause_says_what_happened_and_what_to_do() -> None:
    assert set(WORDS) == set(Cause)
    for cause in Cause:
        problem = problem_of_cause(cause)
        assert problem.code == f"database.{cause}"
        assert problem.data["fact"]
        assert problem.data["cure"]
    assert is_passing(problem_of_cause(Cause.REFUSED))
    assert not is_passing(problem_of_cause(Cause.PASSWORD))


@pytest.mark.parametrize(
    ("version", "old"),
    [((14, 11), "14.11"), ((9, 2, 4), "9.2.4"), ((15,), None), ((15, 0), None), ((17, 2), None), ((), None)],
)
def test_a_server_that_is_too_old_is_named_with_its_version(
    version: tuple[int, ...], old: str | None
) -> None:
    problem = old_server(version)
    assert (problem is not None) == (old is not None)
    if problem is not None:
        assert problem.code == "database.old_server"
        assert f"它是 {old}。" in problem.text
        assert problem.text == problem.data["fact"] + problem.data["cure"]
