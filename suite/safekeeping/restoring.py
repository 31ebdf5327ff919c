"""Putting a backup into an empty database; nothing that is there is ever overwritten."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from suite.bootstrap import Suite
from suite.contract.problems import ProblemKind, refuse
from suite.database import migrate
from suite.database.engine import make_private_file, open_engine, writing
from suite.database.rights_install import NoOwner, become_owner, install_rights, prepare_server
from suite.kernel.executor.work import Progress
from suite.safekeeping import postgresql
from suite.safekeeping.disk import words_of
from suite.safekeeping.facts import differences, fits, gather, snapshot
from suite.safekeeping.package import Manifest, read_manifest, unpack

Step = Callable[[int], object]
#: What SQLite keeps beside a database; one that was left behind would be played into the new file.
BESIDE = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, kw_only=True)
class Restored:
    """What was restored. differences: where it is other than its manifest says, and then it was taken away.

    logins: made anew on PostgreSQL, which need a password. older: it must be upgraded before it is used.
    """

    manifest: Manifest
    differences: tuple[str, ...]
    logins: tuple[str, ...] = ()
    older: bool = False


def restore(suite: Suite, path: Path, progress: Progress) -> Restored:
    """Restore a backup into the empty database of `suite`, whole or not at all. Raises Refused."""
    manifest = read_manifest(path)
    _require_fit(suite, manifest)
    total = manifest.data_bytes

    def step(done: int) -> None:
        progress("恢复数据", done, total)

    try:
        if manifest.engine == "sqlite":
            return _restore_sqlite(suite, path, manifest, step)
        return _restore_postgresql(suite, path, manifest, step)
    except NoOwner as error:
        raise refuse("database.owner", str(error), ProblemKind.NOT_PERMITTED) from error
    except OSError as error:
        raise refuse(
            "restore.write",
            f"恢复没有完成：{words_of(error)}。请检查磁盘空间和权限。",
            ProblemKind.UNAVAILABLE,
        ) from error


def newer_than_program(suite: Suite, manifest: Manifest) -> list[str]:
    """Owners whose tables in a backup are newer than this program, by their titles."""
    lines = {owner.name: migrate.revisions(owner) for owner in suite.owners}
    return [
        suite.catalog.titles.get(name, name)
        for name, version in manifest.facts.versions.items()
        if name in lines and version not in lines[name]
    ]


def _require_fit(suite: Suite, manifest: Manifest) -> None:
    wanted = suite.engine.dialect.name
    if manifest.engine != wanted:
        there = "单机数据文件" if wanted == "sqlite" else "PostgreSQL"
        cure = (
            "请先恢复成单机数据文件，再用 suite db copy 迁入。"
            if manifest.engine == "sqlite"
            else "请恢复到 PostgreSQL。"
        )
        raise refuse("restore.engine", f"这份备份不是{there}的。{cure}")
    newer = newer_than_program(suite, manifest)
    if newer:
        raise refuse(
            "database.newer",
            f"备份比本程序新（{'、'.join(newer)}）。请安装新版程序后再恢复。",
            ProblemKind.UNAVAILABLE,
        )


def _restore_sqlite(suite: Suite, path: Path, manifest: Manifest, step: Step) -> Restored:
    target = Path(suite.engine.url.database or "").absolute()
    there = [name for name in BESIDE if Path(f"{target}{name}").exists()]
    if target.exists() and target.stat().st_size:  # an empty one is what a killed restore left
        there.append("")
    if there:
        raise refuse(
            "restore.not_empty", f"{target}{there[0]} 已经存在，不会覆盖。请用 --db 指一个还没有的文件。"
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".suite-restore-") as scratch:
        data = Path(scratch) / "data.db"
        unpack(path, manifest, data, step)
        restored = examine_file(suite, data, manifest)
        if restored.differences:
            return restored
        with data.open("r+b") as file:
            os.fsync(file.fileno())
        # Made here first: two restores at once must not take each other's place.
        make_private_file(target)
        if target.stat().st_size:
            raise refuse("restore.not_empty", f"{target} 已经存在，不会覆盖。请用 --db 指一个还没有的文件。")
        data.replace(target)
    return restored


def examine_file(suite: Suite, data: Path, manifest: Manifest) -> Restored:
    """Compare an unpacked SQLite file with its manifest."""
    engine = open_engine(f"sqlite:///{data}")
    try:
        return examine(suite, engine, manifest)
    finally:
        engine.dispose()


def examine(suite: Suite, engine: Engine, manifest: Manifest) -> Restored:
    """Compare a restored database with its manifest. No numbers of an older version are read."""
    with snapshot(engine) as connection:
        found = gather(connection, suite, manifest.facts.as_of)
    return Restored(
        manifest=manifest,
        differences=tuple(differences(manifest.facts, found)),
        older=not fits(suite, found.versions),
    )


def _restore_postgresql(suite: Suite, path: Path, manifest: Manifest, step: Step) -> Restored:
    suite.require_server()
    engine = suite.engine
    with engine.connect() as connection:
        require_empty(connection)
        postgresql.find_tool("pg_restore", postgresql.Server.of(connection).major)
    prepare_server(engine, suite.rights)
    load_into(engine, path, manifest, step)
    restored = examine(suite, engine, manifest)
    if restored.differences:
        with writing(engine) as connection:
            become_owner(connection)
            take_away(connection)
        return restored
    if not restored.older:
        with writing(engine) as connection:
            become_owner(connection)
            install_rights(connection, suite.rights)
    # The functions of an older program make no logins: its upgrade comes first.
    logins = () if restored.older else make_logins(suite)
    return Restored(manifest=manifest, differences=(), older=restored.older, logins=logins)


def require_empty(connection: Connection) -> None:
    """Raises Refused where a database of PostgreSQL holds any table."""
    tables = connection.dialect.get_table_names(connection)
    if tables:
        raise refuse(
            "restore.not_empty",
            f"数据库 {connection.engine.url.database} 里已有 {len(tables)} 张表，不会覆盖。"
            "请建一个空的数据库。",
        )


def load_into(engine: Engine, path: Path, manifest: Manifest, step: Step) -> None:
    """Unpack a dump and restore it into the engine's empty database."""
    with tempfile.TemporaryDirectory(prefix="suite-restore-") as scratch:
        data = Path(scratch) / "data.dump"
        unpack(path, manifest, data, step)
        with engine.connect() as connection:
            server = postgresql.Server.of(connection)
        postgresql.load(server, data, Path(scratch), step)


def take_away(connection: Connection) -> None:
    """Drop every table and function of the suite; the caller knows that the restore made them all."""
    statements = text(
        "SELECT format('DROP TABLE public.%I CASCADE', relname) FROM pg_class "
        "WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') "
        "UNION ALL SELECT 'DROP FUNCTION ' || oid::regprocedure || ' CASCADE' FROM pg_proc "
        "WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'core\\_%'"
    )
    for statement in connection.execute(statements).scalars().all():
        connection.exec_driver_sql(statement)


def make_logins(suite: Suite) -> tuple[str, ...]:
    """Make the logins of the accounts on the server, and the maintainers among them; gives their names.

    Their passwords do not come along: a server keeps them by itself, and only a superuser sees which of them
    were there before.
    """
    with writing(suite.engine) as connection:
        become_owner(connection)
        connection.execute(text("SELECT core_login_follow(login, active) FROM core_user"))
    prepare_server(suite.engine, suite.rights)
    with snapshot(suite.engine) as connection:
        logins = connection.execute(
            text(
                "SELECT u.login FROM core_user u JOIN pg_roles r ON r.rolname = u.login AND NOT r.rolsuper "
                "WHERE u.active ORDER BY u.login"
            )
        )
        return tuple(logins.scalars())
