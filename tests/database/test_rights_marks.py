"""A release that declares other rights without a migration is told at the start, mended by an upgrade."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import BigInteger, Column, ForeignKey, Table

from suite.bootstrap import Suite
from suite.contract.problems import Refused
from suite.database.base import METADATA
from suite.database.engine import writing
from suite.database.rights import RightsPlan
from suite.database.rights_check import differences
from suite.database.rights_marks import mark_of
from suite.database.rights_views import views_in


def _less(plan: RightsPlan) -> RightsPlan:
    """The same of a release whose view of lawyers shows a column less."""
    views = tuple(
        replace(view, details=view.details[:-1]) if view.table == "lawyers_lawyer" else view
        for view in plan.views
    )
    return replace(plan, views=views)


def test_a_mark_tells_of_its_owner_alone(suite_on_sqlite: Suite) -> None:
    plan = suite_on_sqlite.rights
    other = _less(plan)
    without = replace(
        plan,
        tables=tuple(table for table in plan.tables if not table.table.startswith("notary_")),
        roles={
            key: frozenset(pair for pair in pairs if not pair[0].startswith("notary"))
            for key, pairs in plan.roles.items()
            if not key.startswith("notary.")
        },
        views=tuple(view for view in plan.views if not view.table.startswith("notary_")),
        details=tuple(table for table in plan.details if not table.startswith("notary_")),
    )
    assert mark_of(other, "lawyers") != mark_of(plan, "lawyers")
    assert [mark_of(other, owner) for owner in ("core", "notary")] == [
        mark_of(plan, owner) for owner in ("core", "notary")
    ]
    # A desk without a plugin says the same of the others.
    assert [mark_of(without, owner) for owner in ("core", "lawyers")] == [
        mark_of(plan, owner) for owner in ("core", "lawyers")
    ]
    # So does one with another plugin, whose tables refer to the core's.
    whole = mark_of(plan, "core")
    pointer = Column("subject_id", BigInteger, ForeignKey("core_subject.id"), primary_key=True)
    stranger = Table("strange_visit", METADATA, pointer)
    try:
        assert mark_of(plan, "core") == whole
    finally:
        METADATA.remove(stranger)


def test_an_upgrade_makes_rights_anew_without_a_migration(
    suite_on_postgresql: Suite, login_suite: Callable[..., Suite], monkeypatch: pytest.MonkeyPatch
) -> None:
    suite = suite_on_postgresql
    plan = suite.rights
    assert suite.outdated_rights() == []
    assert suite.upgrade() == []
    with writing(suite.engine) as connection:
        # A stranger's view that is called like ours.
        connection.exec_driver_sql("CREATE VIEW bureau_seen AS SELECT 1 AS one")
    monkeypatch.setattr(Suite, "rights", property(lambda self: _less(plan)))
    suite.check_database()
    assert (suite.unlike_rights, suite.unwritable()) == (["lawyers"], [])
    [told] = suite.outdated_rights()
    assert told.code == "database.rights"
    desk = login_suite("core.section_staff", profession="lawyers")
    desk.check_database()
    assert desk.unlike_rights == ["lawyers"]
    with pytest.raises(Refused) as refused:
        desk.upgrade()
    assert refused.value.codes == {"database.owner"}
    with suite.engine.connect() as connection:
        assert {fault.code for fault in differences(connection, _less(plan))} >= {"rights.mark"}
    [done] = suite.upgrade()
    assert (done.owner, done.renewed, done.before) == ("lawyers", True, done.after)
    assert suite.outdated_rights() == []
    with suite.engine.connect() as connection:
        assert {"bureau_seen", "lawyers_lawyer_seen"} <= set(views_in(connection))
        assert [
            fault
            for fault in differences(connection, _less(plan))
            if fault.place not in ("bureau_seen", "mark")
            and not fault.place.startswith("bureau_seen")
            and fault.code != "rights.table.owner"
        ] == []
    desk.check_database()
    assert desk.unlike_rights == []
