"""Exports of many rows: alone up to the parameter, beyond it with another person, for a day."""

from __future__ import annotations

import datetime as dt

import pytest

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.problems import Refused
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.accounts.requests import ApproveRequest
from suite.kernel.exchange.export import LogExport
from suite.kernel.exchange.mass_export import AllowExport

KIND, LIMIT = "lawyers.lawyer", 10_000


def exported(suite: Suite, actor: Actor, rows: int) -> frozenset[str]:
    log = LogExport(kind=KIND, rows=rows, columns=("name",), file_name="名册.xlsx")
    try:
        suite.run(log, actor)
    except Refused as refused:
        return refused.codes
    return frozenset()


def test_another_one_allows_many_rows_for_a_day(
    suite_: Suite, admin: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    suite = suite_
    assert exported(suite, admin, LIMIT + 1) == frozenset(), "there is no second person"
    suite.run(AddUser(login="clerk", name="赵敏"), admin)
    suite.run(GrantRole(login="clerk", role="core.section_staff", profession="lawyers"), admin)
    clerk = suite.actor("clerk")
    assert exported(suite, clerk, LIMIT) == frozenset()
    assert exported(suite, clerk, LIMIT + 1) == {"export.second_person"}
    ask = AllowExport(kind=KIND, rows=LIMIT + 5, reason="报省厅")
    number = suite.run(ask, clerk).result["request"]
    assert exported(suite, clerk, LIMIT + 1) == {"export.second_person"}, "asked is not allowed"
    suite.run(ApproveRequest(request=number), admin)
    assert exported(suite, clerk, LIMIT + 5) == frozenset()
    assert exported(suite, clerk, LIMIT + 6) == {"export.second_person"}
    assert exported(suite, admin, LIMIT + 5) == {"export.second_person"}, "it is the asker's"
    real, _ = suite.clock()
    monkeypatch.setattr(suite, "clock", lambda: (real + dt.timedelta(days=1, minutes=1), suite.today))
    assert exported(suite, clerk, LIMIT + 5) == {"export.second_person"}
