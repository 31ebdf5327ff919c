"""What a preview checked is written without being checked again, once, and while nobody wrote since."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from messy import HEADINGS, LAWYER, Desk, lawyer, xlsx

from suite.contract.problems import Refused
from suite.kernel.exchange.importing import accept
from suite.kernel.executor.executor import Cancelled
from suite.kernel.registry import prepare
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.kernel.registry.queries import ListQuery, count
from suite.testing.factories import a_firm, make

pytestmark = pytest.mark.as_login

BOOK = xlsx([HEADINGS, lawyer(1), lawyer(2)])


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many rows were checked, each time."""
    found: list[int] = []
    canonical = prepare.canonical_rows

    def counting(kind: Any, rows: Sequence[RowEdit]) -> Any:
        found.append(len(rows))
        return canonical(kind, rows)

    monkeypatch.setattr(prepare, "canonical_rows", counting)
    return found


def lawyers(desk: Desk) -> int:
    with desk.suite.reading() as session:
        return count(session, desk.admin, desk.suite.catalog, ListQuery(kind=LAWYER))


def test_rows_are_checked_once_while_nobody_writes(both_desks: Desk, checked: list[int]) -> None:
    desk = both_desks
    found = desk.look(BOOK)
    assert checked == [2]
    assert found.counts["new"] == 2
    desk.suite.run(accept(found), desk.admin)
    assert checked == [2]
    assert lawyers(desk) == 2
    assert desk.look(BOOK).counts["same"] == 2


def test_rows_are_checked_anew_when_somebody_wrote_since(both_desks: Desk, checked: list[int]) -> None:
    desk = both_desks
    found = desk.look(BOOK)
    make(desk.suite, desk.admin, "lawyers.law_firm", a_firm(3))
    checked.clear()
    desk.suite.run(accept(found), desk.admin)
    assert checked == [2]
    assert lawyers(desk) == 2


def test_what_was_cancelled_is_checked_anew(both_desks: Desk, checked: list[int]) -> None:
    desk = both_desks
    command = accept(desk.look(BOOK))
    checked.clear()

    def cancel(what: str, done: int, total: int) -> None:
        if what == "编制索引":
            raise Cancelled

    with pytest.raises(Cancelled):
        desk.suite.run(command, desk.admin, progress=cancel)
    assert (checked, lawyers(desk)) == ([], 0)
    desk.suite.run(command, desk.admin)
    assert (checked, lawyers(desk)) == ([2], 2)


def test_a_firm_that_went_meanwhile_refuses_the_rows(both_desks: Desk) -> None:
    desk = both_desks
    found = desk.look(xlsx([HEADINGS, lawyer(1)]))
    [row] = found.rows
    [stranger] = make(desk.suite, desk.admin, "lawyers.law_firm", a_firm(4))
    taken = SaveRecords(kind=LAWYER, rows=(RowEdit(values={**row.values, "body_id": stranger}),))
    desk.suite.run(taken, desk.admin)
    with pytest.raises(Refused) as refused:
        desk.suite.run(accept(found), desk.admin)
    assert refused.value.codes == {"import.moved"}
