"""An upgrade that changes the rule of search keys writes all of them anew, those of missing plugins too."""

from __future__ import annotations

from importlib.metadata import entry_points

import pytest
from sqlalchemy import select, text

from suite.bootstrap import Suite, build_suite
from suite.contract.commands import Actor
from suite.database.migrate import rebuilding
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.kernel.registry.integrity import check
from suite.kernel.search.words import KEYS
from suite.testing.factories import a_firm, a_lawyer, make
from suite.testing.fixtures import TODAY

BEFORE = "202611281891"
LICENCE = "21301234567"


def keys(suite: Suite) -> set[tuple[int, str, int]]:
    with suite.reading() as session:
        rows = session.execute(select(KEYS.c.subject_id, KEYS.c.key, KEYS.c.scope_id))
        return {tuple(row) for row in rows}


def quiet(what: str, done: int, total: int) -> None:
    """Nobody is told of the progress."""


@pytest.mark.both_engines
def test_an_upgrade_writes_the_keys_of_all_records_anew(suite_: Suite, admin: Actor) -> None:
    make(suite_, admin, "lawyers.law_firm", a_firm(1))
    [lawyer] = make(suite_, admin, "lawyers.lawyer", a_lawyer(1, name="王思超"))
    renamed = RowEdit(values={"name": "王思远"}, subject_id=lawyer)
    suite_.run(SaveRecords(kind="lawyers.lawyer", rows=(renamed,)), admin)
    office = {"name": "河北省石家庄市燕赵公证处", "district_code": "130102", "licence_no": LICENCE}
    [notaries] = make(suite_, admin, "notary.notary_office", office)
    rightly = keys(suite_)
    assert {"wangsichao", "wangsiyuan"} <= {key for subject, key, _ in rightly if subject == lawyer}
    assert LICENCE in {key for subject, key, _ in rightly if subject == notaries}
    with rebuilding(suite_.engine) as connection:
        connection.execute(text("UPDATE alembic_version_core SET version_num = :v"), {"v": BEFORE})
        connection.execute(text("UPDATE core_search_key SET key = 'yu' || key WHERE key LIKE 'wang%'"))
        connection.execute(text("DELETE FROM core_search_key WHERE subject_id = :n"), {"n": notaries})
    # The notaries' plugin is not there: its records are found by what the core knows of them.
    there = [point for point in entry_points(group="suite.plugins") if point.name == "lawyers"]
    others = build_suite(suite_.settings, today=TODAY, points=there)
    heard: list[tuple[str, int, int]] = []
    try:
        others.upgrade(lambda what, done, total: heard.append((what, done, total)))
        assert "notary" in others.plugins.parked
    finally:
        others.engine.dispose()
    with suite_.reading() as session:
        count = session.scalar(text("SELECT count(*) FROM core_subject"))
    assert ("编制检索索引", 0, count) in heard
    assert keys(suite_) == rightly
    with suite_.reading() as session:
        found = {part.part: part.problems for part in check(session, suite_.catalog, quiet)}
    assert found["search"] == ()
