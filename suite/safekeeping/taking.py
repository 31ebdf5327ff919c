"""Taking a backup of a database that is in use."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.problems import ProblemKind, Refused, refuse
from suite.database import migrate
from suite.database.engine import is_sqlite
from suite.database.migrate import CORE_OWNER, Standing
from suite.database.online_copy import copy_online
from suite.database.rights_install import NoOwner
from suite.kernel.executor.work import Progress
from suite.safekeeping import postgresql
from suite.safekeeping.disk import words_of
from suite.safekeeping.facts import gather, snapshot
from suite.safekeeping.package import Manifest, write_package

#: Scratch folders beside a backup begin with this, so that a later run finds what a killed one left.
SCRATCH = ".suite-backup-"
#: How SQLite calls a full disk, and one that takes no more for a limit of size or quota.
OUT_OF_SPACE = {"SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_TRUNCATE"}
#: A dump of PostgreSQL is so many times smaller than its tables, at the least.
PACKED = 2


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A backup that was written."""

    file: Path
    bytes: int
    manifest: Manifest


def take(suite: Suite, actor: Actor | None, out: Path, progress: Progress) -> Taken:
    """Write a backup to `out`, which must not be there yet: the file appears whole or not at all.

    `actor` is None for a database that is too old to know its users; then the file or the role of the owner
    decides. Raises Refused.
    """
    _require_takeable(suite)
    if actor is not None:
        require_maintainer(suite, actor)
    out = out.absolute()
    if out.exists():
        raise refuse("backup.exists", f"{out} 已经存在，不会覆盖。请换一个文件名。")
    if not out.parent.is_dir():
        raise refuse(
            "backup.folder", f"没有文件夹 {out.parent}。请先建立它，或核对网络位置。", ProblemKind.UNAVAILABLE
        )
    with _told_in_words(out), tempfile.TemporaryDirectory(dir=out.parent, prefix=SCRATCH) as scratch:
        data = Path(scratch) / "data"
        with snapshot(suite.engine) as connection:
            progress("读取数据库", 0, 0)
            size = _size(connection)
            if size > shutil.disk_usage(out.parent).free:
                raise refuse(
                    "backup.space",
                    f"{out.parent} 的可用空间不足：数据库有 {size / 1e9:.2f} GB。请清理磁盘，或换一个位置。",
                )
            facts = gather(connection, suite, suite.today)
            server = connection.dialect.server_version_info or ()
            if is_sqlite(connection):
                copy_online(connection, data, lambda done, total: progress("复制数据库", done, total))
            else:
                name = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
                reached = postgresql.Server.of(connection)
                postgresql.dump(reached, name, data, lambda done: progress("转储数据库", done, 0))
        manifest = Manifest(
            engine=suite.engine.dialect.name,
            server=".".join(map(str, server)),
            taken_at=dt.datetime.now(dt.UTC),
            taken_by=actor.login if actor is not None else "",
            facts=facts,
        )
        total = data.stat().st_size
        manifest = write_package(out, manifest, data, lambda done: progress("写入备份", done, total))
    return Taken(file=out, bytes=out.stat().st_size, manifest=manifest)


def require_maintainer(suite: Suite, actor: Actor) -> None:
    """Raises Refused without the permission to back up."""
    if not actor.may("core:database:maintain"):
        title = suite.catalog.permissions["core:database:maintain"].title
        raise refuse("not_permitted", f"您没有“{title}”的权限，请联系系统管理员。", ProblemKind.NOT_PERMITTED)


def _require_takeable(suite: Suite) -> None:
    """Raises Refused over a database that was never made, and over one that is newer than the program.

    Looks at the core alone: a check would park what an upgrade is about to bring.
    """
    try:
        [core] = migrate.status(suite.engine, [CORE_OWNER])
    except DBAPIError as error:
        raise refuse(
            "database.unavailable",
            f"无法连接数据库：{str(error.orig).splitlines()[0]}。请检查地址、网络和登录名。",
            ProblemKind.UNAVAILABLE,
        ) from error
    if core.standing in (Standing.ABSENT, Standing.NEWER):
        suite.check_database()
        raise Refused(suite.unfit())


def _size(connection: Connection) -> int:
    if is_sqlite(connection):
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        return int(pages) * int(connection.exec_driver_sql("PRAGMA page_size").scalar_one())
    tables = "SELECT sum(pg_table_size(oid)) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'"
    return int(connection.exec_driver_sql(f"{tables}::regnamespace").scalar_one()) // PACKED


@contextmanager
def _told_in_words(out: Path) -> Iterator[None]:
    """What the system and the engine refuse while a backup is written."""
    try:
        yield
    except NoOwner as error:
        raise refuse("database.owner", str(error), ProblemKind.NOT_PERMITTED) from error
    except OSError as error:
        text_ = f"无法写入 {out.parent}：{words_of(error)}。请检查磁盘空间、网络位置和写入权限。"
        raise refuse("backup.write", text_, ProblemKind.UNAVAILABLE) from error
    except DBAPIError as error:
        if getattr(error.orig, "sqlite_errorname", None) in OUT_OF_SPACE:
            raise refuse(
                "backup.space",
                f"备份没有写完，{out.parent} 的磁盘已满，或超过了配额、文件大小的上限。"
                "请清理磁盘，或换一个位置。",
            ) from error
        raise
