"""Upgrades copies of a database, each killed by SIGKILL at another statement, then once more to its end.

A process of its own with one thread: it forks for every kill, so that the program is read only once.

    upgrading_child.py DATABASE FOLDER HOME FIRST LAST STEP
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from functools import partial
from itertools import count
from pathlib import Path

from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.engine import make_url

from suite.bootstrap import Suite, build_suite
from suite.database import migrate
from suite.database.audit_triggers import missing_triggers
from suite.database.migrate import CORE_OWNER, Owner
from suite.kernel.audit.verify import verify
from suite.settings import Settings

#: Records that no search key finds.
BARE = (
    "SELECT count(*) FROM core_subject s WHERE NOT EXISTS "
    "(SELECT 1 FROM core_search_key k WHERE k.subject_id = s.id)"
)


def next_core(folder: Path) -> Owner:
    """The core as it will be one migration later: a table rebuilt, rows changed, a table made and filled, the
    search keys thrown away."""
    for file in CORE_OWNER.folder.glob("*.py"):
        shutil.copy(file, folder)
    (folder / "20991231_2359_next.py").write_text(
        "import sqlalchemy as sa\n"
        "from alembic import op\n"
        'revision = "209912312359"\n'
        f'down_revision = "{migrate.revisions(CORE_OWNER)[-1]}"\n'
        "def upgrade():\n"
        '    with op.batch_alter_table("core_calendar_day") as batch:\n'
        '        batch.add_column(sa.Column("note", sa.String(20), nullable=True))\n'
        "    op.execute(\"UPDATE core_calendar_day SET note = 'x' WHERE working\")\n"
        "    op.execute(\"UPDATE core_user SET name = 'y'\")\n"
        '    op.create_table("core_next", sa.Column("id", sa.Integer(), primary_key=True))\n'
        '    op.execute("INSERT INTO core_next SELECT 1")\n'
        '    op.execute("DELETE FROM core_search_key")\n',
        "utf-8",
    )
    return Owner(name="core", folder=folder)


def opened(database: str, home: Path, core: Owner | None) -> Suite:
    """With every plugin, or with the core alone."""
    return build_suite(Settings(database=database, home=home), points=None if core is None else [])


def upgrade(suite: Suite, core: Owner | None) -> None:
    """From nothing to the program's version, or to the next core."""
    if core is None:
        suite.upgrade()
    else:
        migrate.upgrade(suite.engine, [core], partial(suite.migrating, progress=quiet), suite.rights)


def quiet(what: str, done: int, total: int) -> None:
    """Nobody is told of the progress."""


def killed(database: str, home: Path, core: Owner | None, at: int) -> bool:
    """Upgrade in a child that kills itself before its statement number `at`; False where it has fewer."""
    child = os.fork()
    if child == 0:
        suite = opened(database, home, core)
        numbers = count(1)

        def step(*_: object) -> None:
            if next(numbers) == at:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(suite.engine, "before_cursor_execute", step)
        event.listen(suite.engine, "commit", step)
        try:
            upgrade(suite, core)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def faults(database: str, home: Path, core: Owner | None) -> list[str]:
    """Run it again to its end; what is wrong then."""
    suite = opened(database, home, core)
    upgrade(suite, core)
    owners = [*([core] if core is not None else [CORE_OWNER]), *suite.owners[1:]]
    told = [
        f"{item.owner} {item.standing}"
        for item in migrate.status(suite.engine, owners)
        if item.standing is not migrate.Standing.CURRENT
    ]
    with suite.reading() as session:
        connection = session.connection()
        told += missing_triggers(connection)
        told += [problem.text for problem in verify(connection).problems]
        told += _engine_faults(connection)
        if core is not None:
            told += [f"{n} rows" for n in [_one(connection, "SELECT count(*) FROM core_next")] if n != 1]
            changed = "SELECT count(*) FROM core_audit_entry WHERE after LIKE '%\"y\"%'"
            told += ["no trace"] if _one(connection, changed) == 0 else []
            bare = _one(connection, BARE)
            told += [f"{bare} records are not found"] if bare else []
    if suite.engine.dialect.name != "sqlite" and core is None:
        told += [fault.text for fault in suite.rights_faults(suite.everything("check"))]
    suite.engine.dispose()
    return told


def _one(connection: Connection, query: str) -> int:
    return int(connection.execute(text(query)).scalar_one())


def _engine_faults(connection: Connection) -> list[str]:
    if connection.dialect.name != "sqlite":
        return []
    told = [str(row) for row in connection.exec_driver_sql("PRAGMA foreign_key_check").all()]
    return told + [
        words for words in connection.exec_driver_sql("PRAGMA integrity_check").scalars() if words != "ok"
    ]


def main(template: str, folder: str, home: str, first: str, last: str, step: str) -> None:
    """Print one line: how many kills, and what was found wrong after one of them."""
    core = next_core(Path(folder)) if folder else None
    kills = 0
    for at in range(int(first), int(last), int(step)):
        database = _copy(template, Path(home))
        dead = killed(database, Path(home), core, at)
        told = faults(database, Path(home), core)
        _drop(database)
        if told:
            sys.stdout.write(f"killed at {at}: {told[:5]}\n")
            return
        if not dead:
            break
        kills += 1
    sys.stdout.write(f"kills {kills}\n")


def _copy(template: str, home: Path) -> str:
    if "://" not in template:
        made = home / "copy.db"
        for path in home.glob("copy.db*"):
            path.unlink()
        if template:
            shutil.copyfile(template, made)
        return str(made)
    url = make_url(template)
    engine = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    name = f"killed_{os.getpid()}"
    with engine.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {url.database} STRATEGY FILE_COPY")
    engine.dispose()
    return url.set(database=name).render_as_string(hide_password=False)


def _drop(database: str) -> None:
    if "://" in database:
        url = make_url(database)
        engine = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {url.database} WITH (FORCE)")
        engine.dispose()


if __name__ == "__main__":
    main(*sys.argv[1:])
