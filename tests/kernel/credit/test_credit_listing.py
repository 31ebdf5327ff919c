"""The lists of credit: the numbers beside the views are those of the rows, whatever is narrowed or paged."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import product

import pytest
from sqlalchemy import insert, inspect, select

from suite.bootstrap import Suite
from suite.database.engine import writing
from suite.kernel.audit import seal
from suite.kernel.credit.disclosure import STAGES, WAITING
from suite.kernel.credit.listing import CreditQuery, credit_counts, credit_lines
from suite.kernel.credit.publicity.listing import PublicityQuery, publicity_counts, publicity_lines
from suite.kernel.credit.publicity.rules import STATES
from suite.tables import CreditRecord, Publicity
from tests.kernel.credit.credit_house import House

Fields = dict[str, object]
DAY = dt.timedelta(days=1)


def copies(suite: Suite, table: type, changes: list[Fields]) -> None:
    """The only row of a table again, once with each of the changes."""
    with suite.reading() as session:
        row = session.scalars(select(table)).one()
        values = {
            column.key: getattr(row, column.key)
            for column in inspect(table).column_attrs
            if column.key not in ("id", "case_id")
        }
    with writing(suite.engine) as connection:
        number = seal.begin(
            connection, command="Copy", title="", reason="", actor="admin", at=dt.datetime.now(dt.UTC)
        )
        try:
            connection.execute(insert(table), [{**values, **change} for change in changes])
            seal.seal(connection, number)
        finally:
            seal.close(connection)


def test_the_states_add_up_and_say_what_the_rules_say(suite_: Suite) -> None:
    house = House(suite_)
    house.in_force(house.decided())
    today = suite_.today
    days = (None, today - DAY, today, today + DAY)
    quiet: Fields = {"ended_on": None, "reversed_on": None, "favourable": False}
    gone: tuple[Fields, ...] = ({}, {"ended_on": today}, {"reversed_on": today}, {"favourable": True})
    copies(
        suite_,
        CreditRecord,
        [
            {"stage": stage, "display_until": until, **quiet, **over}
            for stage, until, over in product(STAGES, days, gone)
        ],
    )
    stored = [key for key in STATES if key not in ("late", "expired")]
    copies(
        suite_,
        Publicity,
        [
            {"state": state, "due": due, "display_until": until, "withdraw_due": back, "document_no": "10%a"}
            for state, due, until, back in product(stored, days[1:], days, (None, today - DAY, today + DAY))
        ],
    )
    catalog, clerk = suite_.catalog, house.clerk
    with suite_.reading() as session:
        records = credit_lines(session, clerk, catalog, CreditQuery(), today)
        counts = credit_counts(session, clerk, catalog, CreditQuery(state="disclosed"), today)
        by_state = Counter(line.state.key for line in records)
        assert counts == {**by_state, "": len(records), "waiting": sum(by_state[key] for key in WAITING)}
        for key in by_state:
            lines = credit_lines(session, clerk, catalog, CreditQuery(state=key), today)
            assert [line.id for line in lines] == [line.id for line in records if line.state.key == key]
        assert credit_lines(session, clerk, catalog, CreditQuery(), today, limit=7) == records[:7]

        due = publicity_lines(session, clerk, catalog, PublicityQuery(), today)
        found = publicity_counts(session, clerk, catalog, PublicityQuery(), today)
        assert {key: number for key, number in found.items() if key in STATES} == Counter(
            line.state.key for line in due
        )
        assert found[""] == len(due)
        waiting = [line for line in due if line.left is not None]
        assert found["waiting"] == len(waiting)
        assert due[: len(waiting)] == waiting
        assert found["overdue"] == sum(line.due < today for line in waiting)
        for key in ("today", "late", "rejected", "expired"):
            lines = publicity_lines(session, clerk, catalog, PublicityQuery(state=key), today)
            assert len(lines) == found[key] > 0
        # What is typed is text, no pattern.
        for text, many in (("10%a", True), ("1_%", False)):
            asked = PublicityQuery(text=text)
            total = publicity_counts(session, clerk, catalog, asked, today)[""]
            assert (total > 0) is many
            assert total == len(publicity_lines(session, clerk, catalog, asked, today))
        assert publicity_lines(session, clerk, catalog, PublicityQuery(ids=(due[3].id,)), today) == [due[3]]


@pytest.mark.parametrize("name", ["notaries", "appraisal"])
def test_another_profession_has_none_of_them(suite_on_sqlite: Suite, name: str) -> None:
    house = House(suite_on_sqlite)
    house.in_force(house.decided())
    with suite_on_sqlite.reading() as session:
        query = CreditQuery(professions=(name,))
        counts = credit_counts(session, house.clerk, suite_on_sqlite.catalog, query, suite_on_sqlite.today)
    assert counts == {"": 0, "waiting": 0}
