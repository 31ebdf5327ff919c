"""The matrix of rights names every table."""

from __future__ import annotations

from suite.bootstrap import Suite
from suite.database.base import METADATA
from suite.kernel.accounts.matrix import CHANGING, HOUSE, NOBODYS, rights_plan


def test_every_table_has_rules_or_a_reason_for_none(suite_on_sqlite: Suite) -> None:
    ruled = {table.table for table in rights_plan(suite_on_sqlite.catalog).tables}
    assert ruled.isdisjoint(NOBODYS)
    declared = {
        name
        for name in METADATA.tables
        if name.partition("_")[0] in ("core", *suite_on_sqlite.catalog.professions)
    }
    assert declared - ruled - NOBODYS.keys() == set(), "say in the matrix who may do what"
    assert ruled | NOBODYS.keys() <= set(METADATA.tables)


def test_the_matrix_names_no_table_or_column_that_is_not_there() -> None:
    assert HOUSE.keys() | CHANGING.keys() | NOBODYS.keys() <= METADATA.tables.keys()
    for name, columns in CHANGING.items():
        assert set(columns) <= set(METADATA.tables[name].columns.keys())
