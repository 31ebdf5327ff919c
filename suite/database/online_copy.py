"""Copying an SQLite database while other desks read and write it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection

from suite.database.driver_errors import driver_cursor
from suite.database.engine import make_private_file

#: So many pages between two looks at whether to go on.
PAGES = 4_096


def copy_online(
    connection: Connection, target: Path, tell: Callable[[int, int], object] = lambda done, total: None
) -> None:
    """Copy what the connection sees into a new private file, by the driver's online backup.

    Within a transaction that has read, it is the view of that transaction. `tell` gets pages done and all,
    and may raise. Raises a DBAPIError when the disk is full.
    """
    make_private_file(target)
    with driver_cursor(connection) as cursor, closing(sqlite3.connect(target)) as copy:
        cursor.connection.backup(copy, pages=PAGES, progress=lambda _, left, total: tell(total - left, total))
        # One plain file: a copy in WAL mode could not be opened from a folder that is read only.
        copy.execute("PRAGMA journal_mode=DELETE")
