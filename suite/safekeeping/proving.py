"""Proving a backup: it is restored into a scratch database, which must be what the backup says."""

from __future__ import annotations

import datetime as dt
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from suite.bootstrap import Suite
from suite.contract.problems import Problem, ProblemKind, refuse
from suite.database.engine import WRITE, ReadSession, is_sqlite, open_engine
from suite.database.rights import OWNER
from suite.database.rights_install import NoOwner, is_superuser
from suite.kernel.exchange.editions import check_editions
from suite.kernel.executor.work import Progress
from suite.kernel.indicators.snapshots import check_snapshots
from suite.kernel.registry.integrity import check
from suite.safekeeping.disk import words_of
from suite.safekeeping.facts import numbers, other_numbers, snapshot
from suite.safekeeping.package import Manifest, read_manifest, unpack
from suite.safekeeping.restoring import examine, load_into, newer_than_program

#: Scratch databases of PostgreSQL begin with this, so that a later proof drops what a killed one left.
SCRATCH = "suite_prove_"


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What a proof found. differences: from the manifest; problems: what a check of the database tells.

    upgraded: the backup is of an older version, and its copy could be upgraded.
    """

    manifest: Manifest
    differences: tuple[str, ...]
    problems: tuple[Problem, ...]
    upgraded: bool

    @property
    def good(self) -> bool:
        """Whether the backup is proven."""
        return not self.differences and not self.problems


def prove(suite: Suite, path: Path, progress: Progress, *, folder: Path | None = None) -> Proof:
    """Restore a backup into a scratch database and compare counts, numbers, trace; the scratch is removed.

    A backup of PostgreSQL is proven on the server of `suite`, one of SQLite in a temporary file, in `folder`
    where it is given. Raises Refused for a damaged backup.
    """
    progress("核对备份文件", 0, 0)
    manifest = read_manifest(path)
    newer = newer_than_program(suite, manifest)
    if newer:
        raise refuse(
            "database.newer",
            f"备份比本程序新（{'、'.join(newer)}）。请安装新版程序后再验证。",
            ProblemKind.UNAVAILABLE,
        )
    try:
        if manifest.engine == "sqlite":
            with tempfile.TemporaryDirectory(prefix=".suite-backup-", dir=folder) as scratch:
                data = Path(scratch) / "data.db"
                unpack(path, manifest, data, lambda done: progress("恢复", done, manifest.data_bytes))
                engine = open_engine(f"sqlite:///{data}")
                try:
                    return _look(suite, engine, manifest, progress)
                finally:
                    engine.dispose()
        if is_sqlite(suite.engine):
            raise refuse(
                "backup.server",
                "这份备份是 PostgreSQL 的，要在 PostgreSQL 服务器上验证。请用 --db 指明服务器上的业务库。",
            )
        with _scratch_database(suite.engine) as engine:
            load_into(engine, path, manifest, lambda done: progress("恢复", done, 0))
            return _look(suite, engine, manifest, progress)
    except NoOwner as error:
        raise refuse("database.owner", str(error), ProblemKind.NOT_PERMITTED) from error
    except OSError as error:
        raise refuse(
            "backup.scratch", f"验证没有完成：{words_of(error)}。请检查磁盘空间。", ProblemKind.UNAVAILABLE
        ) from error


def _look(suite: Suite, engine: Engine, manifest: Manifest, progress: Progress) -> Proof:
    progress("比对", 0, 0)
    restored = examine(suite, engine, manifest)
    told = list(restored.differences)
    if told:
        return Proof(manifest=manifest, differences=tuple(told), problems=(), upgraded=False)
    scratch = replace(
        suite, engine=engine, statuses=[], altered_triggers=[], unlike_rights=[], contradicted=None
    )
    problems: list[Problem] = []
    if restored.older:
        problems += [
            Problem(code="upgrade.failed", text=f"{item.owner} 升级失败：{item.error}")
            for item in scratch.upgrade()
            if item.error is not None
        ]
    with snapshot(engine) as connection:
        if restored.older:
            as_of = manifest.facts.as_of
            told += other_numbers(manifest.facts.indicators, numbers(connection, scratch, as_of))
        with ReadSession(connection, join_transaction_mode="rollback_only") as session:
            parts = [
                *check(session, scratch.catalog, progress),
                check_editions(session),
                check_snapshots(session),
            ]
    problems += [problem for part in parts for problem in part.problems]
    return Proof(
        manifest=manifest, differences=tuple(told), problems=tuple(problems), upgraded=restored.older
    )


@contextmanager
def _scratch_database(engine: Engine) -> Iterator[Engine]:
    """An empty database beside the engine's, that nobody else may connect to."""
    name = f"{SCRATCH}{dt.datetime.now(dt.UTC):%Y%m%d}_{secrets.token_hex(6)}"
    with _as_owner(engine) as connection:
        _drop_left_over(connection)
        login = connection.execute(text("SELECT quote_ident(session_user)")).scalar_one()
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE template0")
        connection.exec_driver_sql(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC")
        connection.exec_driver_sql(f"GRANT CONNECT ON DATABASE {name} TO {login}")
        password = connection.connection.driver_connection.info.password  # type: ignore[union-attr]  # psycopg's
    url = engine.url.set(database=name)
    if password:
        url = url.set(password=password)
    scratch = open_engine(url.render_as_string(hide_password=False))
    try:
        yield scratch
    finally:
        scratch.dispose()
        with _as_owner(engine) as connection:
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name}")


@contextmanager
def _as_owner(engine: Engine) -> Iterator[Connection]:
    """A connection outside of any transaction, where databases can be made, as the owner. Raises NoOwner."""
    with engine.connect() as connection:
        connection = connection.execution_options(isolation_level="AUTOCOMMIT", **{WRITE: True})
        may = text("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = :role AND rolcreatedb)")
        member = text("SELECT pg_has_role(:role, 'MEMBER')")
        if not connection.execute(may, {"role": OWNER}).scalar() or not (
            is_superuser(connection) or connection.execute(member, {"role": OWNER}).scalar()
        ):
            raise NoOwner
        connection.exec_driver_sql(f"SET ROLE {OWNER}")
        try:
            yield connection
        finally:
            connection.exec_driver_sql("RESET ROLE")


def _drop_left_over(connection: Connection) -> None:
    """Those of a day that is over: one of today may be another desk's, at work."""
    names = text("SELECT datname FROM pg_database WHERE datname ~ :pattern AND datdba = to_regrole(:owner)")
    pattern = f"^{SCRATCH}[0-9]{{8}}_[0-9a-f]{{12}}$"
    day = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    for name in connection.execute(names, {"pattern": pattern, "owner": OWNER}).scalars().all():
        if name < f"{SCRATCH}{day:%Y%m%d}":
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name}")
