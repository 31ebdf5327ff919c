"""Many values in one question, on both engines."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from suite.bootstrap import Suite
from suite.database.among import MOST, among
from suite.tables import District, Village

#: What would end a text of JSON or an array, and what looks like a number.
ODD = ['"', "'", "\\", "{a,b}", "NULL", "石家庄", "0130102", ""]


@pytest.mark.parametrize("more", [0, MOST])
def test_what_is_among_many_values_is_found(suite_: Suite, more: int) -> None:
    with suite_.reading() as session:
        codes = list(session.scalars(select(District.code).order_by(District.code)))
        asked = [*ODD, *codes[:3], *(f"x{number}" for number in range(more))]
        found = session.scalars(select(District.code).where(among(District.code, asked)))
        assert sorted(found) == codes[:3]


def test_the_list_is_looked_up_by_the_index(suite_on_sqlite: Suite) -> None:
    statement = select(Village.households).where(among(Village.subject_id, [1, 2]))
    words = str(statement.compile(suite_on_sqlite.engine))
    with suite_on_sqlite.reading() as session:
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", ("[1, 2]",)).all()
    assert any("SEARCH core_village" in row[3] for row in plan), plan
    assert not any("SCAN core_village" in row[3] for row in plan), plan


def test_numbers_are_found_and_an_empty_list_finds_nothing(suite_: Suite) -> None:
    with suite_.reading() as session:
        ids = list(session.scalars(select(Village.subject_id).order_by(Village.subject_id).limit(5)))
        assert set(session.scalars(select(Village.subject_id).where(among(Village.subject_id, ids)))) == set(
            ids
        )
        assert not session.scalars(select(Village.subject_id).where(among(Village.subject_id, []))).all()
