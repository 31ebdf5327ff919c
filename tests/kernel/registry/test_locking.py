"""What a desk holds until commit stops who would change the same record, and nobody else."""

from __future__ import annotations

from suite.bootstrap import Suite, build_suite
from suite.contract.commands import Actor
from suite.contract.problems import Refused
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.settings import Settings
from suite.testing.factories import a_firm, a_lawyer, make
from suite.testing.fixtures import TODAY, installed


def test_a_firm_is_edited_while_its_lawyers_are_being_imported(
    suite_on_postgresql: Suite, admin: Actor
) -> None:
    suite = suite_on_postgresql
    [firm] = make(suite, admin, "lawyers.law_firm", a_firm(1))
    other = build_suite(
        Settings(database=suite.settings.database, home=suite.settings.home), today=TODAY, plugins=installed()
    )
    other.check_database()
    rename = SaveRecords(
        kind="lawyers.law_firm", rows=(RowEdit(subject_id=firm, values={"name": "河北改名律师事务所"}),)
    )
    seen: list[str] = []

    def meanwhile(what: str, done: int, total: int) -> None:
        if what == "编制索引" and not seen:
            try:
                seen.append(other.run(rename, admin).text)
            except Refused as refused:
                seen.append(str(refused))

    try:
        lawyers = (RowEdit(values=a_lawyer(1, body_id=firm)),)
        suite.run(SaveRecords(kind="lawyers.lawyer", rows=lawyers), admin, progress=meanwhile)
    finally:
        other.engine.dispose()
    assert seen == ["变更 1 家"]
