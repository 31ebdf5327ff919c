"""The entries of the demonstration's ledgers are such as an office would keep."""

from __future__ import annotations

import datetime as dt

from suite.bootstrap import Suite
from suite.cli.demo_ledgers import STATES, add_ledgers
from suite.contract.commands import Actor
from suite.kernel.ledgers.sheet import ENTRIES
from suite.testing.factories import make


def test_no_entry_is_of_tomorrow_or_says_nothing(suite_on_sqlite: Suite, admin: Actor) -> None:
    suite = suite_on_sqlite
    institution = {
        "name": "河北第1司法鉴定中心", "main_no": "130010001", "licensed_to": dt.date(2028, 1, 1),
        "cma_to": dt.date(2028, 1, 1), "status": "active", "district_code": "130102", "scope": "A04",
    }  # fmt: skip
    make(suite, admin, "appraisal.appraisal_institution", institution, on=dt.date(2024, 1, 1))
    assert add_ledgers(suite, admin) > 0
    with suite.reading() as session:
        rows = [dict(row._mapping) for row in session.execute(ENTRIES.select())]
    texts = [value for row in rows for value in row.values() if isinstance(value, str)]
    assert not [text for text in texts if "见附件" in text]
    ledgers = suite.catalog.ledgers
    days = [(row["kind"], day) for row in rows for key, day in row.items()
            if isinstance(day, dt.date) and not isinstance(day, dt.datetime) and key != "until"]  # fmt: skip
    assert days
    assert not [(kind, day) for kind, day in days if day > suite.today]
    for key, states in STATES.items():
        assert set(states) <= {state.key for state in ledgers[key].states}
        found = [row["state"] for row in rows if row["kind"] == key]
        assert found == list(states)
