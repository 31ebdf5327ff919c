"""The copy that is taken before an upgrade of PostgreSQL; of an SQLite file the migrator takes one itself."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from suite.bootstrap import Suite
from suite.database import migrate
from suite.database.migrate import CORE_OWNER, Standing
from suite.kernel.executor.work import Progress
from suite.safekeeping.taking import take


def copy_before_upgrade(suite: Suite, progress: Progress) -> Path | None:
    """Back up a PostgreSQL database that an upgrade would change, into this desk's folder.

    None where there is nothing to copy. Raises Refused, where pg_dump is not there: what to install.
    """
    if suite.engine.dialect.name == "sqlite":
        return None
    found = {item.owner: item.standing for item in migrate.status(suite.engine, suite.owners)}
    if found[CORE_OWNER.name] in (Standing.ABSENT, Standing.NEWER):
        return None
    if all(standing is Standing.CURRENT for standing in found.values()):
        return None
    suite.settings.home.mkdir(parents=True, exist_ok=True)
    out = suite.settings.home / f"before-upgrade-{dt.datetime.now(dt.UTC):%Y%m%d-%H%M%S}.backup"
    return take(suite, None, out, progress).file
