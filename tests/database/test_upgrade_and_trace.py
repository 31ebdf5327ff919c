"""Upgrading and mending leave the trace whole: triggers of parked plugins, newer owners, changed rows."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.problems import ProblemKind, Refused
from suite.database import audit_triggers, migrate
from suite.database.audit_sql import AuditedTable, audited_tables
from suite.database.base import owner_of
from suite.database.engine import WRITE
from suite.database.integrity import restore_triggers
from suite.database.migrate import CORE_OWNER, Owner
from suite.kernel.audit.upgrading import traced
from suite.kernel.audit.verify import Verified, verify
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.testing.factories import a_lawyer, make, resident_number

MIGRATION = """
from alembic import op

revision = "999901010000"
down_revision = {former!r}


def upgrade() -> None:
    for statement in {statements!r}:
        op.execute(statement)
"""


def next_core(folder: Path, *statements: str) -> Owner:
    """The core's history with one more migration that runs these statements."""
    versions = folder / "core"
    shutil.copytree(CORE_OWNER.folder, versions, ignore=shutil.ignore_patterns("__pycache__"))
    former = migrate.revisions(CORE_OWNER)[-1]
    (versions / "99990101_0000_change.py").write_text(
        MIGRATION.format(former=former, statements=statements), "utf-8"
    )
    return Owner(name="core", folder=versions)


def change(suite: Suite, *statements: str) -> None:
    """What somebody with the file can do: SQL past the suite, on tables without triggers."""
    with suite.engine.connect() as connection:
        connection = connection.execution_options(**{WRITE: True})
        with connection.begin():
            for statement in statements:
                connection.exec_driver_sql(statement)


def triggers(suite: Suite, owner: str) -> set[str]:
    with suite.engine.connect() as connection:
        if suite.engine.dialect.name == "sqlite":
            rows = connection.execute(text("SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"))
        else:
            rows = connection.execute(
                text(
                    "SELECT c.relname, p.prosrc FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
                    "JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal"
                )
            )
        return {statement for table, statement in rows if owner_of(table) == owner}


def verified(suite: Suite) -> Verified:
    with suite.reading() as session:
        return verify(session.connection())


def upgraded(suite: Suite, *owners: Owner) -> list[migrate.Upgraded]:
    return migrate.upgrade(suite.engine, owners, partial(traced, actor="admin"))


def drop_a_trigger(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("DROP TRIGGER audit_core_subject_update")
    else:
        connection.exec_driver_sql("DROP TRIGGER audit_update ON core_subject")


@pytest.fixture
def without_lawyers(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Makes the lawyers' tables undeclared, as parking their plugin does."""

    def park() -> None:
        def declared() -> list[AuditedTable]:
            return [table for table in audited_tables() if owner_of(table.name) != "lawyers"]

        monkeypatch.setattr(audit_triggers, "audited_tables", declared)

    return park


@pytest.mark.parametrize("way", ["mend", "upgrade"])
def test_a_parked_plugin_keeps_its_triggers(
    suite_: Suite, tmp_path: Path, without_lawyers: Callable[[], None], way: str
) -> None:
    before = triggers(suite_, "lawyers")
    assert before
    without_lawyers()
    if way == "mend":
        with suite_.engine.connect() as connection:
            connection = connection.execution_options(**{WRITE: True})
            with connection.begin():
                drop_a_trigger(connection)
        assert restore_triggers(suite_.engine)
    else:
        [done] = upgraded(suite_, next_core(tmp_path, "SELECT 1"))
        assert done.after == "999901010000"
    assert triggers(suite_, "lawyers") == before


def test_a_dropped_table_takes_its_kept_triggers_along(
    suite_on_sqlite: Suite, tmp_path: Path, without_lawyers: Callable[[], None]
) -> None:
    without_lawyers()
    upgraded(suite_on_sqlite, next_core(tmp_path, "DROP TABLE lawyers_lawyer"))
    with suite_on_sqlite.engine.connect() as connection:
        kept = connection.execute(
            text("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'lawyers_lawyer'")
        )
        assert kept.scalar_one() == 0
    assert triggers(suite_on_sqlite, "lawyers")


def test_an_altered_trigger_makes_the_database_read_only_until_it_is_mended(
    suite_: Suite, admin: Actor
) -> None:
    assert suite_.unwritable() == []
    with suite_.engine.connect() as connection:
        connection = connection.execution_options(**{WRITE: True})
        with connection.begin():
            drop_a_trigger(connection)
    suite_.check_database()
    with pytest.raises(Refused) as refused:
        make(suite_, admin, "lawyers.lawyer", a_lawyer(1))
    assert refused.value.codes == {"database.triggers"}
    assert "suite db check --mend" in str(refused.value)
    assert suite_.unfit() == []
    with pytest.raises(Refused) as not_permitted:
        suite_.restore_triggers(Actor(login="nobody", name="无"))
    assert not_permitted.value.codes == {"not_permitted"}
    assert len(suite_.restore_triggers(admin)) == 1
    make(suite_, admin, "lawyers.lawyer", a_lawyer(1))


def test_a_newer_core_is_refused_before_anything_is_touched(suite_: Suite, tmp_path: Path) -> None:
    change(suite_, "UPDATE alembic_version_core SET version_num = '999999999999'")
    with suite_.engine.connect() as connection:
        connection = connection.execution_options(**{WRITE: True})
        with connection.begin():
            drop_a_trigger(connection)
    before = triggers(suite_, "core")
    with pytest.raises(Refused) as refused:
        suite_.upgrade()
    assert refused.value.codes == {"database.newer"}
    assert refused.value.problems[0].kind is ProblemKind.UNAVAILABLE
    assert triggers(suite_, "core") == before
    assert list(tmp_path.glob("*.before-upgrade-*")) == []


def test_a_newer_plugin_keeps_its_own_triggers(
    suite_: Suite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(suite_, "UPDATE alembic_version_lawyers SET version_num = '999999999999'")
    before = triggers(suite_, "lawyers")
    owners = [next_core(tmp_path, "SELECT 1"), *suite_.owners[1:]]
    real = audited_tables()

    def older() -> list[AuditedTable]:
        """The lawyers' tables as an older program knows them: without their last column."""
        return [replace(t, columns=t.columns[:-1]) if owner_of(t.name) == "lawyers" else t for t in real]

    monkeypatch.setattr(audit_triggers, "audited_tables", older)
    upgraded(suite_, *owners)
    assert triggers(suite_, "lawyers") == before


def test_rows_that_a_migration_changes_are_traced(suite_: Suite, admin: Actor, tmp_path: Path) -> None:
    make(suite_, admin, "lawyers.lawyer", a_lawyer(1, id_number=resident_number(1), phone="13800005207"))
    assert verified(suite_).problems == ()
    content = "x'646f6378'" if suite_.engine.dialect.name == "sqlite" else "'\\x646f6378'"
    upgraded(
        suite_,
        next_core(
            tmp_path,
            "UPDATE core_district SET kind = 'x' WHERE code = '130102'",
            "UPDATE core_identity SET phone = '13900005208'",
            "DELETE FROM core_calendar_day WHERE day = (SELECT min(day) FROM core_calendar_day)",
            "INSERT INTO core_section (name) VALUES ('律师工作科')",
            # Bytes, of which the trace keeps the digest alone.
            "INSERT INTO core_document_template (template, version, profession, sha256, file_name, note, "
            "content, loaded_by, loaded_at) SELECT 't', 1, 'lawyers', "
            f"'{sha256(b'docx').hexdigest()}', 't.docx', '', {content}, login, '2026-01-01 00:00:00+00' "
            "FROM core_user",
        ),
    )
    assert verified(suite_).problems == ()
    if suite_.engine.dialect.name != "sqlite":
        return  # the triggers were on
    with suite_.reading() as session:
        command, title, reason, number = session.execute(
            text("SELECT command, title, reason, id FROM core_audit_transaction ORDER BY id DESC LIMIT 1")
        ).one()
        entries = session.execute(
            text(
                "SELECT table_name, action, after FROM core_audit_entry WHERE transaction_id = :id "
                "ORDER BY table_name"
            ),
            {"id": number},
        ).all()
    former = migrate.revisions(CORE_OWNER)[-1]
    assert (command, title, reason) == (None, "升级数据库", f"core：{former} → 999901010000")
    assert [(table, action) for table, action, _ in entries] == [
        ("core_calendar_day", "D"),
        ("core_district", "U"),
        ("core_document_template", "I"),
        ("core_identity", "U"),
        ("core_section", "I"),
    ]
    assert "13900005208" not in str(entries)


def test_a_column_that_a_migration_drops_is_no_tampering(
    suite_: Suite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def declared() -> list[AuditedTable]:
        return [
            replace(table, columns=tuple(name for name in table.columns if name != "festival"))
            for table in audited_tables()
        ]

    monkeypatch.setattr(audit_triggers, "audited_tables", declared)
    upgraded(suite_, next_core(tmp_path, "ALTER TABLE core_calendar_day DROP COLUMN festival"))
    assert verified(suite_).problems == ()


def test_an_upgrade_does_not_make_a_tampering_honest(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path
) -> None:
    suite = suite_on_sqlite
    [lawyer] = make(suite, admin, "lawyers.lawyer", a_lawyer(1))
    with migrate.rebuilding(suite.engine) as connection:
        connection.exec_driver_sql(f"UPDATE core_subject SET name = '冒名' WHERE id = {lawyer}")
    told = {problem.text for problem in verified(suite).problems}
    assert told
    upgraded(suite, next_core(tmp_path, "UPDATE core_district SET kind = 'x' WHERE code = '130102'"))
    assert {problem.text for problem in verified(suite).problems} == told


def test_after_an_upgrade_commands_write_as_before(suite_: Suite, admin: Actor, tmp_path: Path) -> None:
    [lawyer] = make(suite_, admin, "lawyers.lawyer", a_lawyer(1))
    upgraded(suite_, next_core(tmp_path, "UPDATE core_district SET kind = 'x'"))
    suite_.run(
        SaveRecords(
            kind="lawyers.lawyer", rows=(RowEdit(values={"category": "part_time"}, subject_id=lawyer),)
        ),
        admin,
    )
    assert verified(suite_).problems == ()
