"""Choosing and opening a database, on a real server with passwords and TLS."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from suite import connecting
from suite.bootstrap import build_suite
from suite.contract.problems import Refused
from suite.database import engine as engine_module
from suite.database.address import keyring_name
from suite.kernel.accounts.passwords import SetPassword, lets_in
from suite.own_password import renew_kept
from suite.settings import Settings, kept_secret
from suite.testing.fixtures import TODAY, opened
from suite.testing.keyrings import MemoryKeyring
from suite.testing.servers import HOST, PASSWORD, Server, TlsFront, free_port

pytestmark = pytest.mark.usefixtures("secrets")
GOOD = "Li-Wei-2026!"


@pytest.fixture(scope="module")
def server(stoppable_server: Server) -> Server:
    engine = create_engine(stoppable_server.url(), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in (
            "CREATE DATABASE sealed",
            "CREATE DATABASE closed",
            "REVOKE CONNECT ON DATABASE closed FROM PUBLIC",
            f"CREATE ROLE zhang LOGIN PASSWORD '{PASSWORD}'",
            f"CREATE ROLE gone NOLOGIN PASSWORD '{PASSWORD}'",
        ):
            connection.execute(text(statement))
    engine.dispose()
    return stoppable_server


@pytest.fixture(scope="module")
def front(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TlsFront]:
    made = TlsFront(tmp_path_factory.mktemp("tls"), server.port)
    yield made
    made.close()


def code_of(url: str, home: Path, password: str = "") -> str | None:
    found = connecting.diagnose(Settings(database=url, home=home, password=password), today=TODAY)
    return found.problem.code if found.problem is not None else None


def test_what_a_server_refuses_is_told_apart(server: Server, tmp_path: Path) -> None:
    found = {
        place: code_of(url, tmp_path)
        for place, url in {
            "host": server.url().replace(HOST, "no-such-host.invalid"),
            "port": server.url().replace(str(server.port), str(free_port())),
            "tls": f"{server.url()}?sslmode=require",
            "password": server.url(password="wrong"),
            "unknown": server.url(login="nobody"),
            "no password": server.url(password=""),
            "locked": server.url(login="gone"),
            "database": server.url("nowhere"),
            "entry": server.url("closed", login="zhang"),
            "sealed": f"{server.url('sealed')}?sslmode=disable",
            "empty": server.url(),
        }.items()
    }
    assert found == {
        "host": "database.host",
        "port": "database.refused",
        "tls": "database.tls_missing",
        "password": "database.password",
        "unknown": "database.password",
        "no password": "database.password_missing",
        "locked": "database.login_locked",
        "database": "database.database_missing",
        "entry": "database.no_entry",
        "sealed": "database.tls_needed",
        "empty": "database.absent",
    }


def test_an_old_server_is_told(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("suite.kernel.connection.rules.OLDEST_SERVER", 99)
    assert code_of(server.url(), tmp_path) == "database.old_server"
    suite = build_suite(Settings(database=server.url("closed"), home=tmp_path), today=TODAY)
    with pytest.raises(Refused) as refused:
        suite.initialise()
    assert refused.value.codes == {"database.old_server"}
    with suite.engine.connect() as connection:
        assert connection.dialect.get_table_names(connection) == []
    suite.engine.dispose()


def test_certificates_are_checked(server: Server, front: TlsFront, tmp_path: Path) -> None:
    sealed = server.url().replace(str(server.port), str(front.port))
    asked = f"{sealed}?sslmode=verify-full"
    assert code_of(f"{asked}&sslrootcert={front.certificate}", tmp_path) == "database.absent"
    assert code_of(f"{asked}&sslrootcert={tmp_path / 'none'}", tmp_path) == "database.root_certificate"
    assert code_of(f"{asked}&sslrootcert=system", tmp_path) == "database.certificate"
    by_number = asked.replace(HOST, "127.0.0.1")
    assert code_of(f"{by_number}&sslrootcert={front.certificate}", tmp_path) == "database.certificate"


def test_the_second_host_is_taken_where_the_first_is_away_or_cannot_be_written(
    server: Server, tmp_path: Path
) -> None:
    both = f"postgresql://postgres:{PASSWORD}@{HOST}:{free_port()},{HOST}:{server.port}/postgres"
    assert code_of(both, tmp_path) == "database.absent"
    engine = create_engine(server.url(), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        try:
            connection.execute(text("ALTER DATABASE sealed SET default_transaction_read_only = on"))
            connection.execute(text("ALTER SYSTEM SET default_transaction_read_only = on"))
            connection.execute(text("SELECT pg_reload_conf()"))
            assert code_of(both, tmp_path) == "database.read_only"
        finally:
            connection.execute(text("SET default_transaction_read_only = off"))
            connection.execute(text("ALTER SYSTEM RESET default_transaction_read_only"))
            connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()


def test_the_password_comes_from_the_keyring_and_goes_there_alone(
    server: Server, tmp_path: Path, secrets: MemoryKeyring
) -> None:
    typed = Settings(database=server.url(password=""), home=tmp_path, password=PASSWORD)
    assert connecting.remember(typed, keeps_password=True)
    assert PASSWORD not in (tmp_path / "settings.json").read_text("utf-8")
    assert code_of(typed.database, tmp_path) == "database.absent"
    assert connecting.has_kept_password(typed)
    assert connecting.remember(typed, keeps_password=False)
    assert secrets.kept == {}
    assert code_of(typed.database, tmp_path) == "database.password_missing"


def test_without_a_keyring_the_password_is_asked_for_where_the_server_wants_one(
    server: Server, tmp_path: Path
) -> None:
    asked: list[str] = []

    def ask() -> str:
        asked.append("asked")
        return PASSWORD

    settings = connecting.with_password(Settings(database=server.url(password=""), home=tmp_path), ask)
    assert settings.password == PASSWORD
    assert settings.password not in settings.url
    given = Settings(database=server.url(), home=tmp_path)
    assert connecting.with_password(given, ask) == given
    assert asked == ["asked"]


def test_a_file_that_is_missing_is_not_made_by_looking(sqlite_template: Path, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    with pytest.raises(Refused) as refused:
        connecting.open_desk(settings)
    assert refused.value.codes == {"database.absent"}
    assert code_of("", tmp_path) == "database.absent"
    assert not (tmp_path / "suite.db").exists()
    shutil.copyfile(sqlite_template, tmp_path / "suite.db")
    suite, actor = connecting.open_desk(settings, today=TODAY)
    suite.engine.dispose()
    assert actor.login == "admin"
    assert connecting.diagnose(settings).problem is None


def quiet(what: str, done: int, total: int) -> None:
    """Nobody is told of the progress."""


def test_a_file_of_another_version_is_told_and_only_the_command_upgrades_it(
    sqlite_database: Path, tmp_path: Path
) -> None:
    settings = Settings(database=str(sqlite_database), home=tmp_path)
    suite = build_suite(settings)
    revision = suite.check_database()[0].program
    suite.engine.dispose()

    def pretend(version: str) -> None:
        with sqlite3.connect(sqlite_database) as raw:
            raw.execute("UPDATE alembic_version_core SET version_num = ?", (version,))
        raw.close()

    pretend("299912310000")
    assert code_of(str(sqlite_database), tmp_path) == "database.newer"
    with pytest.raises(Refused) as refused:
        connecting.upgrade_file(settings, quiet)
    assert refused.value.codes == {"database.newer"}
    pretend(revision)
    connecting.upgrade_file(settings, quiet)
    assert code_of(str(sqlite_database), tmp_path) is None


def test_a_desk_with_passwords_asks_who_works(sqlite_database: Path, tmp_path: Path) -> None:
    with opened(str(sqlite_database), tmp_path) as suite:
        suite.run(SetPassword(login="admin", password=GOOD), suite.actor())
    settings = Settings(database=str(sqlite_database), home=tmp_path)
    met = []
    for password in ("", "Not-The-One-1"):
        with pytest.raises(Refused) as refused:
            connecting.open_desk(replace(settings, password=password), today=TODAY)
        met += [problem.code for problem in refused.value.problems]
    assert met == ["login.password_needed", "login.wrong"]
    assert set(met) <= connecting.ASKS_PASSWORD
    suite, actor = connecting.open_desk(replace(settings, login="admin", password=GOOD), today=TODAY)
    suite.engine.dispose()
    assert actor.login == "admin"


def test_the_engine_knows_the_password_that_its_url_lacks() -> None:
    engine = engine_module.open_engine("postgresql+psycopg://zhang@one/x", "geheim")
    assert engine.url.password == "geheim"
    assert "geheim" not in str(engine.url)
    assert kept_secret(keyring_name(make_url("postgresql://zhang@one/x")), "zhang") is None


def test_the_server_itself_tells_whether_the_old_password_is_right(server: Server) -> None:
    url = make_url(server.url(login="zhang"))
    assert [lets_in(url, one) for one in (PASSWORD, "Not-The-One-1", "")] == [True, False, False]


def test_a_password_that_the_keyring_keeps_is_renewed_with_the_login(
    secrets: MemoryKeyring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(database="postgresql+psycopg://zhang@one/x", home=tmp_path, password=PASSWORD)
    renew_kept(settings, "zhang", GOOD)
    assert not connecting.has_kept_password(settings), "what was not kept is not kept now"
    connecting.keep_password(settings)
    renew_kept(settings, "li", GOOD)
    assert list(secrets.kept.values()) == [PASSWORD]
    renew_kept(settings, "zhang", GOOD)
    assert list(secrets.kept.values()) == [GOOD]
    # Where it cannot be kept the old one goes: the next start asks.
    monkeypatch.setattr("suite.own_password.keep_secret", lambda *_: False)
    renew_kept(settings, "zhang", PASSWORD)
    assert not secrets.kept
