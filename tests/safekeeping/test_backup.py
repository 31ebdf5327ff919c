"""A backup of a database in use restores to the same, and a damaged one is refused."""

from __future__ import annotations

import os
import random
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import text

from suite.bootstrap import Suite, build_suite
from suite.contract.problems import Refused
from suite.kernel.accounts.commands import AddUser, GrantRole, RevokeRole
from suite.kernel.audit.verify import verify
from suite.kernel.backups.queries import last_proven
from suite.safekeeping import postgresql
from suite.safekeeping.book import belongs, note
from suite.safekeeping.package import Manifest, read_manifest, unpack, write_package
from suite.safekeeping.proving import SCRATCH, prove
from suite.safekeeping.restoring import restore
from suite.safekeeping.taking import take
from suite.settings import Settings
from suite.testing.factories import a_firm, make
from suite.testing.fixtures import TODAY
from tests.safekeeping.conftest import Kept, left_over, quiet

NUMBERS = count(1)


def repacked(source: Path, target: Path, change: Callable[[Manifest], Manifest]) -> Path:
    """The same data under another manifest, with right digests."""
    manifest = read_manifest(source)
    data = target.with_suffix(".data")
    unpack(source, manifest, data, lambda done: None)
    write_package(target, change(manifest), data, lambda done: None)
    data.unlink()
    return target


def test_a_backup_is_proven(kept: Kept, tmp_path: Path) -> None:
    facts = kept.manifest.facts
    assert (facts.tables["lawyers_lawyer"], facts.tables["lawyers_law_firm"]) == (5, 1)
    assert facts.indicators
    assert stat.S_IMODE(kept.file.stat().st_mode) & 0o077 == 0
    proof = prove(kept.suite, kept.file, quiet, folder=tmp_path)
    assert (proof.differences, proof.problems, proof.upgraded) == ((), (), False)
    assert belongs(kept.suite, kept.manifest)
    assert note(kept.suite, kept.admin, kept.file, kept.manifest, proven=True)
    with kept.suite.reading() as session:
        line = last_proven(session)
    assert line is not None
    assert line.taken_at == kept.manifest.taken_at
    assert left_over(tmp_path) == left_over(kept.file.parent) == []


def test_it_restores_to_the_same_and_never_over_anything(
    kept: Kept, empty_place: Suite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if kept.manifest.engine != "sqlite":
        with monkeypatch.context() as patch:
            patch.setattr("suite.kernel.connection.rules.OLDEST_SERVER", 99)
            with pytest.raises(Refused) as refused:
                restore(empty_place, kept.file, quiet)
        assert refused.value.codes == {"database.old_server"}
    wrong = replace(kept.manifest.facts, head="0" * 64, indicators={})
    path = repacked(kept.file, tmp_path / "b.backup", lambda manifest: replace(manifest, facts=wrong))
    assert len(restore(empty_place, path, quiet).differences) == 1  # and nothing is left of it
    restored = restore(empty_place, kept.file, quiet)
    assert (restored.differences, restored.older) == ((), False)
    assert empty_place.check_database()
    assert empty_place.unwritable() == []
    if empty_place.engine.dialect.name != "sqlite":
        assert empty_place.rights_faults(empty_place.actor()) == []
    with empty_place.reading() as session:
        found = verify(session.connection())
    assert (found.problems, found.head) == ((), kept.manifest.facts.head)
    make(empty_place, empty_place.actor(), "lawyers.law_firm", a_firm(3))
    with pytest.raises(Refused) as refused:
        restore(empty_place, kept.file, quiet)
    assert refused.value.codes == {"restore.not_empty"}


def test_a_damaged_backup_is_refused(kept: Kept, tmp_path: Path, long: bool) -> None:
    whole, out = kept.file.read_bytes(), tmp_path / "a.backup"
    draw = random.Random(3)
    damages = [whole[: len(whole) // 2], whole[:-1], whole + b"x", b"", b"PK\x03\x04" + b"0" * 200]
    for _ in range(300 if long else 8):
        place = draw.randrange(len(whole))
        damages.append(whole[:place] + bytes([whole[place] ^ (1 << draw.randrange(8))]) + whole[place + 1 :])
    for damage in damages:
        out.write_bytes(damage)
        with pytest.raises(Refused) as refused:
            prove(kept.suite, out, quiet)
        assert refused.value.codes <= {"backup.damaged", "backup.unknown"}
    with pytest.raises(Refused) as refused:
        prove(kept.suite, tmp_path / "none.backup", quiet)
    assert refused.value.codes == {"backup.unreadable"}


def test_a_wrong_manifest_is_told(kept: Kept, tmp_path: Path) -> None:
    if kept.suite.engine.dialect.name != "sqlite":
        pytest.skip("compared in the same way on both engines")
    facts = kept.manifest.facts
    key, number = next(iter(facts.indicators.items()))
    wrong = replace(
        facts,
        tables={**facts.tables, "lawyers_lawyer": 7},
        head="0" * 64,
        indicators={**facts.indicators, key: replace(number, numerator="12345")},
    )
    path = repacked(kept.file, tmp_path / "b.backup", lambda manifest: replace(manifest, facts=wrong))
    proof = prove(kept.suite, path, quiet)
    assert not proof.good
    assert len(proof.differences) == 3
    assert not belongs(kept.suite, proof.manifest)
    newer = replace(facts, versions={"core": "999999999999"})
    path = repacked(kept.file, tmp_path / "c.backup", lambda manifest: replace(manifest, facts=newer))
    with pytest.raises(Refused) as refused:
        prove(kept.suite, path, quiet)
    assert refused.value.codes == {"database.newer"}


def test_a_backup_never_takes_the_place_of_a_file(kept: Kept, tmp_path: Path) -> None:
    out = tmp_path / "a.backup"
    out.write_text("other", "utf-8")
    for place, code in ((out, "backup.exists"), (tmp_path / "none" / "a.backup", "backup.folder")):
        with pytest.raises(Refused) as refused:
            take(kept.suite, kept.admin, place, quiet)
        assert refused.value.codes == {code}
    assert out.read_text("utf-8") == "other"


def test_who_may_not_maintain_takes_no_backup(kept: Kept, tmp_path: Path) -> None:
    nobody = replace(kept.admin, granted=())
    with pytest.raises(Refused) as refused:
        take(kept.suite, nobody, tmp_path / "a.backup", quiet)
    assert refused.value.codes == {"not_permitted"}
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def served(kept: Kept) -> Kept:
    """The one on PostgreSQL, whose logins are roles of a server."""
    if kept.suite.engine.dialect.name == "sqlite":
        pytest.skip("a single file has no logins and needs no programs")
    return kept


@pytest.fixture
def login(served: Kept) -> Iterator[str]:
    """A user with the role of a maintainer, and the server's role for it."""
    name = f"qian_{next(NUMBERS)}_{os.getpid()}"
    served.suite.run(AddUser(login=name, name="钱"), served.admin)
    served.suite.run(GrantRole(login=name, role="core.maintainer"), served.admin)
    yield name
    served.suite.run(RevokeRole(login=name, role="core.maintainer"), served.admin)


def as_login(suite: Suite, login: str, home: Path) -> Suite:
    url = suite.engine.url.set(username=login).render_as_string(hide_password=False)
    desk = build_suite(Settings(database=url, home=home), today=TODAY)
    desk.check_database()
    return desk


def test_a_login_that_may_become_the_owner_backs_up_and_proves(
    served: Kept, login: str, tmp_path: Path, quick_check: None
) -> None:
    served.suite.rights_faults(served.admin, mend=True)
    desk = as_login(served.suite, login, tmp_path)
    out = tmp_path / "a.backup"
    take(desk, desk.actor(), out, quiet)
    proof = prove(desk, out, quiet)
    assert proof.good
    assert belongs(desk, proof.manifest)
    assert note(desk, desk.actor(), out, proof.manifest, proven=True)
    names = text("SELECT count(*) FROM pg_database WHERE datname LIKE :like")
    with desk.reading() as session:
        assert session.execute(names, {"like": f"{SCRATCH}%"}).scalar_one() == 0
    desk.engine.dispose()


@pytest.mark.long
def test_logins_are_made_anew_on_another_server(
    served: Kept, login: str, empty_place: Suite, tmp_path: Path
) -> None:
    out = tmp_path / "a.backup"
    take(served.suite, served.admin, out, quiet)
    with served.suite.engine.connect() as connection:
        connection = connection.execution_options(isolation_level="AUTOCOMMIT", suite_write=True)
        for statement in (f"DROP OWNED BY {login}", f"DROP ROLE {login}"):  # the other server knows it not
            connection.exec_driver_sql(statement)
    assert login in restore(empty_place, out, quiet).logins
    desk = as_login(empty_place, login, tmp_path)
    assert desk.actor().may("core:database:maintain")
    desk.engine.dispose()


def test_without_the_client_s_programs_it_says_what_to_install(
    served: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "bin"
    old.mkdir()
    tool = old / "pg_dump"
    tool.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.1'\n", "utf-8")
    tool.chmod(0o700)
    monkeypatch.setenv(postgresql.FOLDER, str(old))
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(postgresql, "USUAL", ())
    with pytest.raises(Refused) as refused:
        take(served.suite, served.admin, tmp_path / "a.backup", quiet)
    [problem] = refused.value.problems
    assert (problem.code, problem.data["tool"]) == ("backup.tools", "pg_dump")
    assert str(tool) in problem.text
    assert left_over(tmp_path) == []


@pytest.mark.parametrize(
    ("found", "server", "chosen"),
    [
        ((18, 16, 15), 15, 2),
        ((18, 17, 16), 15, 2),
        ((18, 17, 0), 16, None),
        ((14, 0), 15, None),
        ((18, 17), 17, 1),
        ((16, 19, 18), 17, 2),
        ((), 18, None),
    ],
)
def test_the_nearest_program_that_serves_the_server_is_taken(
    found: tuple[int, ...], server: int, chosen: int | None
) -> None:
    tools = [(Path(f"/{place}"), version) for place, version in enumerate(found)]
    assert postgresql.fitting(tools, server) == (None if chosen is None else tools[chosen][0])
