"""Creating, upgrading and refusing databases, on both engines."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from suite.bootstrap import Suite, build_suite
from suite.contract.problems import ProblemKind, Refused
from suite.database import migrate
from suite.database.base import METADATA
from suite.database.engine import writing
from suite.database.migrate import CORE_OWNER, Standing
from suite.kernel.parameters.commands import SetParameter
from suite.settings import load_settings
from suite.testing.fixtures import few_places


def test_the_migrations_make_the_declared_tables(suite_: Suite) -> None:
    for owner in suite_.owners:
        assert migrate.differences(suite_.engine, owner) == [], owner.name


def test_a_file_gives_no_number_twice(suite_on_sqlite: Suite) -> None:
    """The counter of a table's ids is lost in a batch that does not ask for it."""
    with suite_on_sqlite.engine.connect() as connection:
        made = dict(
            connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")).all()
        )
    counted = {
        name for name, table in METADATA.tables.items() if table.dialect_options["sqlite"]["autoincrement"]
    }
    assert len(counted) > 50
    assert sorted(name for name in counted if "AUTOINCREMENT" not in made[name]) == []


def test_every_owner_has_one_line_of_migrations_and_its_own_version(suite_: Suite) -> None:
    found = {item.owner: item for item in migrate.status(suite_.engine, suite_.owners)}
    assert {"core", "lawyers", "notary", "appraisal", "arbitration", "popularization"} <= found.keys()
    assert {item.standing for item in found.values()} == {Standing.CURRENT}


@pytest.mark.parametrize(("version", "code"), [("999999999999", "database.newer")])
def test_a_newer_database_is_read_but_not_written(suite_: Suite, version: str, code: str) -> None:
    with suite_.engine.connect() as connection:
        connection = connection.execution_options(suite_write=True)
        with connection.begin():
            connection.execute(text("UPDATE alembic_version_core SET version_num = :v"), {"v": version})
    suite_.check_database()
    admin = suite_.actor()
    import datetime as dt

    with pytest.raises(Refused) as refused:
        suite_.run(
            SetParameter(key="core.reveal_seconds", value="1", valid_from=dt.date(2026, 1, 1), source="试验"),
            admin,
        )
    assert refused.value.codes == {code}
    assert refused.value.problems[0].kind is ProblemKind.UNAVAILABLE


def test_a_database_that_was_never_made_says_so(tmp_path: Path) -> None:
    suite = build_suite(load_settings(database=str(tmp_path / "none.db")))
    suite.check_database()
    assert {problem.code for problem in suite.unwritable()} == {"database.absent"}
    suite.engine.dispose()


def test_a_used_sqlite_file_is_copied_before_an_upgrade_and_keeps_its_rows(tmp_path: Path) -> None:
    file = tmp_path / "bureau.db"
    first = build_suite(load_settings(database=str(file)), points=[])
    with few_places():
        first.initialise()
    first.engine.dispose()
    second = build_suite(load_settings(database=str(file)))
    with few_places():
        second.initialise()
    second.engine.dispose()
    [copy] = tmp_path.glob("bureau.db.before-upgrade-*")
    with closing(sqlite3.connect(copy)) as former, closing(sqlite3.connect(file)) as now:
        count = "SELECT count(*) FROM core_subject"
        assert former.execute(count).fetchone() == now.execute(count).fetchone()
        tables = "SELECT count(*) FROM sqlite_master WHERE name = 'lawyers_lawyer'"
        assert former.execute(tables).fetchone() == (0,)
        assert now.execute(tables).fetchone() == (1,)


def test_an_upgrade_that_breaks_a_reference_is_rolled_back(suite_on_sqlite: Suite) -> None:
    suite = suite_on_sqlite
    with pytest.raises(ValueError, match="reference"), migrate.rebuilding(suite.engine) as connection:
        connection.exec_driver_sql("DELETE FROM core_district")
    with suite.reading() as session:
        assert session.execute(text("SELECT count(*) FROM core_district")).scalar_one() == 24
    with pytest.raises(Exception, match="user-defined function"), writing(suite.engine) as connection:
        connection.exec_driver_sql("DELETE FROM core_district")  # the triggers are back


def test_migrations_that_do_not_form_a_line_are_refused(tmp_path: Path) -> None:
    for name, former in (("a", "None"), ("b", "'1'"), ("c", "'1'")):
        number = {"a": 1, "b": 2, "c": 3}[name]
        (tmp_path / f"{name}.py").write_text(f"revision = '{number}'\ndown_revision = {former}\n", "utf-8")
    with pytest.raises(ValueError, match="a second file"):
        migrate.revisions(migrate.Owner(name="x", folder=tmp_path))


def test_no_migration_imports_the_suite() -> None:
    for file in migrate.SCRIPTS.rglob("*.py"):
        if file.name != "env.py":
            lines = file.read_text("utf-8").splitlines()
            assert not [line for line in lines if line.startswith(("import suite", "from suite"))], file


def test_the_core_comes_first() -> None:
    assert CORE_OWNER.folder.name == "core"
    assert migrate.revisions(CORE_OWNER)


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_files_of_a_database_are_their_owner_s_alone(tmp_path: Path) -> None:
    file = tmp_path / "bureau.db"
    former = os.umask(0o022)
    try:
        suite = build_suite(load_settings(database=str(file)), points=[])
        suite.upgrade()
        migrate.copy_sqlite(suite.engine)
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
        suite.engine.dispose()
    finally:
        os.umask(former)
    assert len([name for name in modes if ".before-upgrade-" in name]) == 1
    assert {"bureau.db", "bureau.db-wal"} <= modes.keys()
    assert set(modes.values()) == {0o600}
