"""A database moves to the other engine and back: the same rows, the same trace, numbers that go on."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from sqlalchemy import select, text

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.problems import Refused
from suite.kernel.accounts.declarations import SOLE_USER
from suite.kernel.audit.meaning import means_the_same
from suite.kernel.audit.verify import verify
from suite.kernel.exchange.importing import ImportRows, accept
from suite.kernel.exchange.preview import ImportRequest
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.safekeeping import copying
from suite.safekeeping.copying import Tally, copy_database
from suite.safekeeping.facts import chain_head
from suite.tables import Grant
from suite.testing.factories import a_lawyer, make, practice_no
from suite.testing.fixtures import opened
from tests.safekeeping.conftest import Kept, quiet


@pytest.fixture
def other_place(
    kept: Kept, sqlite_template: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> Callable[[], str]:
    """Names a database, just made, of the engine that `kept` is not on."""
    if kept.suite.engine.dialect.name == "sqlite":
        made: Callable[[str | None], str] = request.getfixturevalue("fresh_postgresql")
        return lambda: made(request.getfixturevalue("postgresql_template"))
    return lambda: f"sqlite:///{shutil.copyfile(sqlite_template, tmp_path / 'moved.db')}"


@contextmanager
def moved(url: str, home: Path) -> Iterator[Suite]:
    with opened(url, home) as suite:
        yield suite


def read(suite: Suite, actor: Actor, folder: Path, number: int) -> ImportRows:
    """The import of a workbook with one lawyer."""
    book, path = Workbook(), folder / f"{number}.xlsx"
    page = book.active
    assert page is not None
    page.append(["姓名", "执业证号", "执业机构", "执业类别", "执业状态"])
    page.append(["周致远", practice_no(number), "河北第1律师事务所", "专职", "执业"])
    book.save(path)
    return accept(suite.preview(ImportRequest(kind="lawyers.lawyer", path=path), actor))


def chain(suite: Suite) -> tuple[int, str] | None:
    """The head of its trace; None where it has no tables."""
    if suite.unfit():
        return None
    with suite.reading() as session:
        return chain_head(session.connection())


def test_everything_moves_and_the_trace_with_it(
    kept: Kept, other_place: Callable[[], str], tmp_path: Path
) -> None:
    url = other_place()
    kept.suite.run(read(kept.suite, kept.admin, tmp_path, 50), kept.admin)
    copied = copy_database(kept.suite, kept.admin, url, quiet)
    assert (copied.tables["lawyers_lawyer"], copied.tables["core_import_run"]) == (6, 1)
    with kept.suite.reading() as session:
        assert chain_head(session.connection()) == (copied.links, copied.head)
    with moved(url, tmp_path) as there:
        assert there.unwritable() == []
        sqlite = there.engine.dialect.name == "sqlite"
        assert copied.logins == (() if sqlite else ("admin",))
        # The administrator of a server reads no case, whatever the only user of a desk might.
        assert copied.revoked == (() if sqlite else ("admin",))
        with there.reading() as session:
            roles = set(session.scalars(select(Grant.role)))
        assert (SOLE_USER in roles, "core.administrator" in roles) == (sqlite, True)
        admin = there.actor("postgres" if sqlite else "") if sqlite else there.everything("postgres")
        with there.reading() as session:
            before = session.execute(text("SELECT max(id) FROM core_subject")).scalar_one()
            edited = session.execute(text("SELECT max(subject_id) FROM lawyers_lawyer")).scalar_one()
        [made] = make(there, admin, "lawyers.lawyer", a_lawyer(77))
        assert made > before
        edit = RowEdit(values={"phone": "13900001111"}, subject_id=edited)
        there.run(SaveRecords(kind="lawyers.lawyer", rows=(edit,)), admin)
        # SQLite keeps no count of the runs: their highest number is the last that was given.
        run = there.run(read(there, admin, tmp_path, 51), admin).result["run"]
        assert run > 1
        with there.reading() as session:
            found = verify(session.connection())
        assert (found.problems, found.links) == ((), copied.links + 3 + len(copied.revoked))
        with pytest.raises(Refused) as refused:
            copy_database(kept.suite, kept.admin, url, quiet)
        assert refused.value.codes == {"copy.not_empty"}


def test_a_copy_that_stumbles_leaves_nothing(
    kept: Kept, other_place: Callable[[], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if kept.suite.engine.dialect.name == "sqlite":
        url = f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        url = other_place()
    with moved(url, tmp_path) as there:
        before = chain(there)
    numbers = count()
    monkeypatch.setattr(copying, "_value", lambda value: str(next(numbers)))
    with pytest.raises(Refused) as refused:
        copy_database(kept.suite, kept.admin, url, quiet)
    assert refused.value.codes == {"copy.differs"}
    with moved(url, tmp_path) as there:
        assert chain(there) == (before or (0, ""))
    stranger = tmp_path / "stranger.db"
    with closing(sqlite3.connect(stranger)) as file:
        file.execute("CREATE TABLE somebody_s (id INTEGER)")
    with pytest.raises(Refused) as refused:
        copy_database(kept.suite, kept.admin, f"sqlite:///{stranger}", quiet)
    assert refused.value.codes == {"copy.not_empty"}
    nobody = replace(kept.admin, granted=())
    with pytest.raises(Refused) as refused:
        copy_database(kept.suite, nobody, url, quiet)
    assert refused.value.codes == {"not_permitted"}


def test_what_the_engines_write_differently_means_the_same() -> None:
    lite = (
        '{"login":"a","active":1,"created_at":"2026-11-23 02:00:00.000100","section_id":null,'
        '"district_code":null}'
    )
    post = (
        '{"login": "a", "active": true, "created_at": "2026-11-23T10:00:00.0001+08:00", "section_id": null}'
    )
    assert means_the_same("core_user", post, lite)
    assert means_the_same("core_user", lite.replace(',"district_code":null', ""), post)
    for other in (
        post.replace("true", "false"),
        post.replace("10:00", "10:01"),
        post.replace('"a"', '"b"'),
        post.replace("null", "1"),
        post.replace("true", "2"),
        post.replace('"2026-11-23T10:00:00.0001+08:00"', '"soon"'),
    ):
        assert not means_the_same("core_user", lite, other)
    assert not means_the_same("core_user", None, post) or means_the_same("core_user", "{}", post)


@given(st.lists(st.tuples(st.integers(), st.text()), max_size=20), st.randoms())
def test_a_digest_knows_no_order_and_every_row(rows: list[tuple[int, str]], draw: object) -> None:
    mixed = list(rows)
    draw.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis types it as an object
    assert Tally().add(rows) == Tally().add(mixed[:3]).add(mixed[3:])
    if rows:
        assert Tally().add(rows) != Tally().add([*rows[1:], (rows[0][0] + 1, rows[0][1])])
