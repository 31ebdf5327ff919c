"""Creating, upgrading and comparing databases: one migration history per owner.

Upgrading is a command, under a lock, after a copy of an SQLite file. Alembic is imported only here and
only when a migration really runs; telling the state of a database needs none of it.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, inspect, text

from suite.database.audit_triggers import drop_triggers, install_functions, install_triggers
from suite.database.base import METADATA
from suite.database.engine import WRITE, is_sqlite, writing
from suite.database.online_copy import copy_online
from suite.database.rights import RightsPlan
from suite.database.rights_install import become_owner, install_rights, prepare_server, put_views
from suite.database.rights_marks import unlike
from suite.database.rights_views import drop_views

if TYPE_CHECKING:
    from alembic.config import Config

log = logging.getLogger(__name__)
SCRIPTS = Path(__file__).resolve().parents[2] / "migrations"
UPGRADE_LOCK = 730_510_102


@dataclass(frozen=True, kw_only=True)
class Owner:
    """Whose tables: the core or a plugin, and the folder of its versions."""

    name: str
    folder: Path

    @property
    def version_table(self) -> str:
        """The table that holds this owner's version."""
        return f"alembic_version_{self.name}"


CORE_OWNER = Owner(name="core", folder=SCRIPTS / "core")


def owner_folder(migrations: str) -> Path:
    """A plugin's folder of versions: under the suite's `migrations`, or an absolute path."""
    return SCRIPTS / migrations


class NewerDatabase(Exception):
    """The core's tables are newer than this program; nothing was touched. Its words are for the user."""


class Standing(StrEnum):
    """How a database's version of an owner relates to the program's."""

    ABSENT = "absent"  # never created
    OLDER = "older"  # the database must be upgraded
    CURRENT = "current"
    NEWER = "newer"  # the program must be upgraded


@dataclass(frozen=True, kw_only=True)
class OwnerStatus:
    """One owner's version in the database and in the program."""

    owner: str
    database: str | None
    program: str
    standing: Standing


@dataclass(frozen=True, kw_only=True)
class Upgraded:
    """What an upgrade did for one owner; `error` says why it was rolled back.

    renewed: its tables stayed as they were, and rights and triggers were generated anew.
    """

    owner: str
    before: str | None
    after: str | None
    error: str | None = None
    renewed: bool = False


#: Wraps an owner's migration inside its transaction, given the connection, the owner and its former version.
Trace = Callable[[Connection, Owner, str | None], AbstractContextManager[None]]

_HEADER = re.compile(
    r"^(revision|down_revision)(?::[^=]+)?\s*=\s*(?:'([^']*)'|\"([^\"]*)\"|None)", re.MULTILINE
)


def revisions(owner: Owner) -> list[str]:
    """The owner's revisions in order, read from the files' headers without importing Alembic.

    Raises ValueError when the files do not form one line.
    """
    following: dict[str | None, str] = {}
    files = os.scandir(owner.folder) if owner.folder.is_dir() else ()
    for file in sorted((file for file in files if file.name.endswith(".py")), key=lambda file: file.name):
        found = file.stat()
        revision, former = _header(file.path, found.st_mtime_ns, found.st_size)
        if revision is None or former in following:
            raise ValueError(f"{file.name}: no revision, or a second file after {former!r}")
        following[former] = revision
    line: list[str] = []
    current: str | None = None
    while current in following:
        current = following[current]
        line.append(current)
    if len(line) != len(following):
        raise ValueError(f"{owner.name}: the migrations do not form one line")
    return line


@cache
def _header(file: str, _changed: int, _size: int) -> tuple[str | None, str | None]:
    """A file's revision and the one before it; a file that has changed since is read again."""
    found = {
        name: single or double or None
        for name, single, double in _HEADER.findall(Path(file).read_text("utf-8"))
    }
    return found.get("revision"), found.get("down_revision")


def owners_in(connection: Connection) -> list[str]:
    """Whose tables a database has, whether this program carries their migrations or not."""
    start = Owner(name="", folder=SCRIPTS).version_table
    names = sorted(connection.dialect.get_table_names(connection))
    return [name.removeprefix(start) for name in names if name.startswith(start)]


def version_of(connection: Connection, owner: Owner) -> str | None:
    """An owner's version in a database that has its tables."""
    found: str | None = connection.execute(text(f'SELECT version_num FROM "{owner.version_table}"')).scalar()
    return found


def status(engine: Engine, owners: Sequence[Owner]) -> list[OwnerStatus]:
    """The standing of every owner. Raises the driver's error when the database is away."""
    with engine.connect() as connection:
        tables = set(connection.dialect.get_table_names(connection))
        found = []
        for owner in owners:
            line = revisions(owner)
            version = None
            if owner.version_table in tables:
                version = version_of(connection, owner)
            if version is None:
                standing = Standing.ABSENT
            elif version not in line:
                standing = Standing.NEWER
            else:
                standing = Standing.CURRENT if version == line[-1] else Standing.OLDER
            found.append(
                OwnerStatus(
                    owner=owner.name, database=version, program=line[-1] if line else "", standing=standing
                )
            )
    return found


def upgrade(
    engine: Engine,
    owners: Sequence[Owner],
    trace: Trace | None = None,
    rights: RightsPlan | None = None,
) -> list[Upgraded]:
    """Bring every owner to the program's version, the core first, each in a transaction of its own.

    With an owner's tables come their audit triggers, and with the last owner's the rights: an upgrade that is
    cut off at any moment is whole up to an owner, and goes on when it is run again. A failing plugin is
    rolled back alone and told in its `error`; a failing core raises. An owner whose tables are newer than
    the program is left alone with its triggers; if that is the core, NewerDatabase is raised before anything
    is done. `trace` records what a migration did past the triggers.

    With `rights` a PostgreSQL is upgraded as its owner, and they are made anew; NoOwner is raised to a login
    that may not become it. Where no migration is pending, rights that were generated from other declarations
    are made anew all the same.
    """
    if engine.dialect.name == "sqlite" and engine.url.database:
        Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)
    found = status(engine, owners)
    for item in found:
        if item.owner == CORE_OWNER.name and item.standing is Standing.NEWER:
            raise NewerDatabase(
                f"数据库（{item.database}）比本程序（{item.program}）新，未作任何改动。请安装新版程序。"
            )
    if not any(_pending(item) for item in found):
        return _renew(engine, found, rights)
    copy_sqlite(engine)
    if rights is not None:
        prepare_server(engine, rights)
    current = {item.owner for item in found if item.standing is Standing.CURRENT}
    # Whose triggers may be other than declared: the first that is migrated brings those of all others up.
    unlike = set(current)
    last = [owner for owner, item in zip(owners, found, strict=True) if _pending(item)][-1]
    done = []
    for owner in owners:
        before = status(engine, [owner])[0]
        if not _pending(before):
            continue
        try:
            with rebuilding(engine, {*unlike, owner.name}, rights, opened=owner is last) as connection:
                from alembic import command

                with trace(connection, owner, before.database) if trace else nullcontext():
                    command.upgrade(_config(owner, connection), "head")
        except Exception as error:
            if owner.name == CORE_OWNER.name:
                raise
            log.exception("the migration of %s failed", owner.name)
            former = before.database
            done.append(Upgraded(owner=owner.name, before=former, after=former, error=str(error)))
            continue
        current.add(owner.name)
        unlike.clear()
        done.append(Upgraded(owner=owner.name, before=before.database, after=before.program))
    if last.name not in current and rights is not None and not is_sqlite(engine):
        # It failed and stays behind, so that the next run comes here again if this one is cut off.
        with rebuilding(engine, current, rights):
            pass
    return done


def _renew(engine: Engine, found: Sequence[OwnerStatus], rights: RightsPlan | None) -> list[Upgraded]:
    """Make rights and triggers anew where a release declares others without a migration."""
    if rights is None or is_sqlite(engine):
        return []
    current = {item.owner: item.database for item in found if item.standing is Standing.CURRENT}
    with engine.connect() as connection:
        other = unlike(connection, rights, list(current))
    if not other:
        return []
    prepare_server(engine, rights)
    with rebuilding(engine, list(current), rights):
        pass
    return [
        Upgraded(owner=owner, before=current[owner], after=current[owner], renewed=True) for owner in other
    ]


def _pending(item: OwnerStatus) -> bool:
    return item.standing in (Standing.ABSENT, Standing.OLDER) and bool(item.program)


@contextmanager
def rebuilding(
    engine: Engine,
    owners: Collection[str] | None = None,
    rights: RightsPlan | None = None,
    *,
    opened: bool = True,
) -> Iterator[Connection]:
    """A write transaction for DDL: under a lock; on SQLite without foreign keys and triggers.

    Afterwards the tables of these owners have the triggers that are declared now, all others theirs. With
    `rights` it is done as the owner of a PostgreSQL; they are made anew unless nobody is to be let in yet.
    """
    with engine.connect() as connection:
        connection = connection.execution_options(**{WRITE: True})
        sqlite = is_sqlite(connection)
        if sqlite:
            # A batch migration copies and drops tables: with foreign keys on that deletes their rows.
            connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                if sqlite:
                    dropped = drop_triggers(connection)
                else:
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": UPGRADE_LOCK})
                    if rights is not None:
                        become_owner(connection)
                        drop_views(connection, rights)
                    if "core_audit_transaction" in connection.dialect.get_table_names(connection):
                        install_functions(connection)
                yield connection
                if sqlite:
                    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
                    if broken is not None:
                        raise ValueError(f"the migration broke a reference: {tuple(broken)}")
                    install_triggers(connection, owners, dropped=dropped)
                else:
                    # The trace is sealed now: a trigger cannot be replaced while its work is put off.
                    connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
                    install_triggers(connection, owners)
                    if rights is not None and opened:
                        install_rights(connection, rights)
                    elif rights is not None:
                        put_views(connection, rights)
        finally:
            if sqlite:
                connection.connection.cursor().execute("PRAGMA foreign_keys=ON")


def copy_sqlite(engine: Engine) -> Path | None:
    """Copy a used SQLite file beside itself before it is changed; None where there is nothing to copy."""
    database = engine.url.database
    if engine.dialect.name != "sqlite" or not database or not Path(database).is_file():
        return None
    with engine.connect() as connection:
        if not inspect(connection).get_table_names():
            return None
    copy = Path(f"{database}.before-upgrade-{dt.datetime.now(dt.UTC):%Y%m%d-%H%M%S}")
    with engine.connect() as connection:
        copy_online(connection, copy)
    return copy


def write_revision(engine: Engine, owner: Owner, message: str) -> Path:
    """Write what the declared tables have and the database lacks as a new migration (for developers)."""
    from alembic import command

    now = dt.datetime.now(dt.UTC)
    owner.folder.mkdir(parents=True, exist_ok=True)
    with writing(engine) as connection:
        script = command.revision(
            _config(owner, connection),
            message=message,
            autogenerate=True,
            rev_id=now.strftime("%Y%m%d%H%M"),
            version_path=str(owner.folder),
        )
    if script is None or isinstance(script, list):
        raise ValueError("no revision was written")
    return Path(str(script.path))


def differences(engine: Engine, owner: Owner) -> list[Any]:
    """What the owner's declared tables have other than the database (for tests)."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    prefix = f"{owner.name}_"
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_name": lambda name, kind, parents: kind != "table" or str(name).startswith(prefix),
                "include_object": lambda item, name, kind, reflected, other: (
                    kind != "table" or str(name).startswith(prefix)
                ),
                "compare_type": True,
            },
        )
        return list(compare_metadata(context, METADATA))


def _config(owner: Owner, connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.set_main_option("version_locations", str(owner.folder))
    config.set_main_option("path_separator", "newline")
    config.set_main_option(
        "file_template", "%%(year)d%%(month).2d%%(day).2d_%%(hour).2d%%(minute).2d_%%(slug)s"
    )
    config.attributes.update(connection=connection, owner=owner.name, metadata=METADATA)
    return config
