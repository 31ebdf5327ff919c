"""The trace finds what was done behind its back, on both engines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.database.audit_triggers import drop_triggers, install_triggers
from suite.database.engine import WRITE, is_sqlite, writing
from suite.kernel.audit import seal
from suite.kernel.audit.verify import Verified, verify
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.testing.factories import a_lawyer, make, resident_number


def verified(suite: Suite) -> Verified:
    with suite.reading() as session:
        return verify(session.connection())


def behind_the_back(suite: Suite, *statements: str) -> None:
    """What a stranger with the file, or a superuser, can do: no triggers, no executor."""
    with suite.engine.connect() as connection:
        connection = connection.execution_options(**{WRITE: True})
        with connection.begin():
            if is_sqlite(connection):
                drop_triggers(connection)
            else:
                connection.execute(text("SET LOCAL session_replication_role = replica"))
            for statement in statements:
                connection.exec_driver_sql(statement)
            if is_sqlite(connection):
                install_triggers(connection)


@pytest.fixture
def lawyers(suite_: Suite, admin: Actor) -> list[int]:
    ids = make(
        suite_,
        admin,
        "lawyers.lawyer",
        a_lawyer(1, id_number=resident_number(11), phone="13800005207"),
        a_lawyer(2),
    )
    suite_.run(
        SaveRecords(
            kind="lawyers.lawyer",
            rows=(RowEdit(values={"phone": "13900005208", "category": "part_time"}, subject_id=ids[0]),),
        ),
        admin,
        reason="来电更正",
    )
    return ids


def test_an_honest_history_verifies(suite_: Suite, lawyers: list[int]) -> None:
    result = verified(suite_)
    assert result.problems == ()
    assert result.rows > 1_000
    assert result.links >= 5


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_audit_entry SET after = replace(after, 'part_time', 'full_time') "
        "WHERE table_name = 'core_subject'",
        "DELETE FROM core_audit_entry WHERE id = (SELECT max(id) FROM core_audit_entry)",
        "DELETE FROM core_audit_link WHERE id = (SELECT max(id) FROM core_audit_link)",
        "DELETE FROM core_audit_link WHERE id = 2",
        "UPDATE core_audit_transaction SET actor = 'other' "
        "WHERE id = (SELECT max(id) FROM core_audit_transaction)",
        "UPDATE core_audit_transaction SET reason = NULL WHERE reason IS NOT NULL",
        "UPDATE core_audit_secret SET after = replace(after, '5208', '0000')",
        "DELETE FROM core_audit_secret",
        "UPDATE core_subject SET name = '改名' WHERE kind = 'lawyers.lawyer'",
        "UPDATE lawyers_lawyer SET first_practice_on = '1999-01-01'",
        "DELETE FROM core_post",
        "DELETE FROM core_licence",
        "INSERT INTO core_section (name) VALUES ('假科室')",
    ],
)
def test_every_tampering_is_found(suite_: Suite, lawyers: list[int], statement: str) -> None:
    behind_the_back(suite_, statement)
    assert verified(suite_).problems != ()


def test_a_secret_changed_behind_the_back_is_found(suite_: Suite, lawyers: list[int]) -> None:
    behind_the_back(suite_, "UPDATE core_identity SET phone = '13700000000'")
    assert {problem.code for problem in verified(suite_).problems} == {"audit.broken"}


def test_a_missing_or_changed_trigger_is_found(suite_: Suite, lawyers: list[int]) -> None:
    def remove(connection: Connection) -> None:
        if is_sqlite(connection):
            connection.exec_driver_sql("DROP TRIGGER audit_core_subject_update")
        else:
            connection.exec_driver_sql("ALTER TABLE core_subject DISABLE TRIGGER audit_update")

    def change(connection: Connection) -> None:
        if is_sqlite(connection):
            connection.exec_driver_sql("DROP TRIGGER audit_core_subject_update")
            connection.exec_driver_sql(
                "CREATE TRIGGER audit_core_subject_update AFTER UPDATE ON core_subject BEGIN SELECT 1; END"
            )
        else:
            connection.exec_driver_sql(
                "CREATE OR REPLACE FUNCTION core_audit_core_subject() RETURNS trigger "
                "LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$"
            )

    acts: list[Callable[[Connection], None]] = [remove, change]
    for act in acts:
        with suite_.engine.connect() as connection:
            connection = connection.execution_options(**{WRITE: True})
            with connection.begin():
                act(connection)
        assert "audit.trigger" in {problem.code for problem in verified(suite_).problems}
        with suite_.engine.connect() as connection:
            connection = connection.execution_options(**{WRITE: True})
            with connection.begin():
                install_triggers(connection)
        assert verified(suite_).problems == ()


def test_secret_values_stand_apart_from_the_entries(suite_: Suite, lawyers: list[int]) -> None:
    with suite_.reading() as session:
        found = session.execute(
            text(
                "SELECT count(*) FROM core_audit_entry WHERE before LIKE '%13800005207%' "
                "OR after LIKE '%13900005208%'"
            )
        ).scalar_one()
        apart = session.execute(
            text("SELECT count(*) FROM core_audit_secret WHERE after LIKE '%13900005208%'")
        ).scalar_one()
    assert (found, apart) == (0, 1)


def _acting(suite: Suite, statement: str) -> None:
    """A statement under a command's trace, past the executor."""
    with writing(suite.engine) as connection:
        number = seal.begin(
            connection,
            command="Try",
            title="试验",
            reason=None,
            actor="admin",
            at=dt.datetime(2026, 11, 23, tzinfo=dt.UTC),
        )
        try:
            connection.exec_driver_sql(statement)
            seal.seal(connection, number)
        finally:
            seal.close(connection)


MOVES = {
    "core_calendar_day": (
        "UPDATE core_calendar_day SET day = '1999-01-01' "
        "WHERE day = (SELECT min(day) FROM core_calendar_day)",
    ),
    "core_identity": (
        "INSERT INTO core_person (id, name) VALUES (4711, '甲')",
        "UPDATE core_identity SET person_id = 4711 "
        "WHERE person_id = (SELECT min(person_id) FROM core_identity)",
    ),
}


@pytest.mark.parametrize("table", sorted(MOVES))
def test_a_changed_key_is_recorded_as_gone_and_come(suite_: Suite, lawyers: list[int], table: str) -> None:
    for statement in MOVES[table]:
        _acting(suite_, statement)
    with suite_.reading() as session:
        actions = session.execute(
            text(
                "SELECT action FROM core_audit_entry WHERE table_name = :table AND transaction_id = "
                "(SELECT max(id) FROM core_audit_transaction) ORDER BY id"
            ),
            {"table": table},
        ).scalars()
        assert list(actions) == ["D", "I"]
    assert verified(suite_).problems == ()


def test_a_table_cannot_be_emptied_without_a_trace(suite_on_postgresql: Suite, admin: Actor) -> None:
    make(suite_on_postgresql, admin, "lawyers.lawyer", a_lawyer(1))
    with pytest.raises(DBAPIError, match="TRUNCATE"), writing(suite_on_postgresql.engine) as connection:
        connection.exec_driver_sql("TRUNCATE core_subject CASCADE")
    assert verified(suite_on_postgresql).problems == ()
