"""What each view of the list of cases asks for, and the picture of a lifecycle."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from suite.bootstrap import Suite
from suite.ui.pages.case.graph_pane import graph_of
from suite.ui.pages.cases.views import VIEWS, WHY_EMPTY, query_of


@given(st.sampled_from([key for key, _ in VIEWS]), st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)))
def test_a_view_asks_for_days_that_are_there(view: str, today: dt.date) -> None:
    asked = query_of(view, today, ("me", "mate"))
    assert asked.open is (view != "closed")
    assert bool(asked.handlers) is (view == "mine")
    if view == "overdue":
        assert asked.due_until == today - dt.timedelta(days=1)
    if view == "week":
        assert asked.due_from == today
        assert asked.due_until is not None
        assert asked.due_until.weekday() == 6
        assert 0 <= (asked.due_until - today).days < 7
    assert view in WHY_EMPTY


def test_the_picture_holds_every_state_and_what_leads_on(suite_on_sqlite: Suite) -> None:
    for lifecycle in suite_on_sqlite.catalog.lifecycles.values():
        first = lifecycle.states[0].key
        everything = {item.command for item in lifecycle.transitions}
        stages, nodes, edges = graph_of(lifecycle, first, {first}, everything)
        assert [node.key for node in nodes] == [state.key for state in lifecycle.states]
        assert [node.key for node in nodes if node.current] == [first]
        assert {node.column for node in nodes} == set(range(len(stages)))
        assert {(edge.source, edge.target) for edge in edges} == {
            (source, item.to)
            for item in lifecycle.transitions
            for source in item.sources
            if item.to not in (None, source)
        }
        assert all(edge.open is (edge.source == first) for edge in edges)
