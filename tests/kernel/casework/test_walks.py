"""No sequence of commands leaves the graph, no event is lost, and every refusal is said in words."""

from __future__ import annotations

from typing import Any

import pytest
from desk import Desk
from walker import Walker, told

from suite.bootstrap import Suite
from suite.contract.casework import CaseKind
from suite.contract.problems import ProblemKind, Refused
from suite.kernel.casework.current import standing_of
from suite.kernel.casework.rules import why_not
from suite.tables import Case, CaseEvent


def _events(suite: Suite, case_id: int) -> list[tuple[Any, ...]]:
    with suite.reading() as session:
        rows = session.query(CaseEvent).filter_by(case_id=case_id).order_by(CaseEvent.id)
        return [(row.id, row.command, row.from_state, row.to_state, row.note, row.given) for row in rows]


def _state(suite: Suite, case_id: int) -> str:
    with suite.reading() as session:
        return session.get_one(Case, case_id).state


def _walk(walker: Walker, kind: CaseKind, steps: int) -> set[str]:
    """One case of a kind, as far as chance leads; gives the codes of what was refused."""
    suite, lifecycle = walker.suite, walker.suite.catalog.lifecycle_of(kind)
    names = [item.command for item in lifecycle.transitions if not item.opens]
    case_id = walker.open(kind)
    assert case_id is not None, f"{kind.key} cannot be opened with the values made for it"
    refused: set[str] = set()
    before_events = _events(suite, case_id)
    for _ in range(steps):
        before = _state(suite, case_id)
        # Mostly a step that leads on, often one that does not.
        onward = [item.command for item in lifecycle.steps_from(before)]
        if not onward:
            break
        name = walker.chance.choice(onward if walker.chance.random() < 0.7 else names)
        try:
            done = walker.take(kind, case_id, name)
        except Refused as refusal:
            refused |= told(refusal)
            assert _state(suite, case_id) == before
            now = _events(suite, case_id)
            assert now[: len(before_events)] == before_events
            # The paper that the step asks for was issued before it was asked for, and stays.
            assert {command for _, command, *_ in now[len(before_events) :]} <= {""}
            before_events = now
            continue
        transition = lifecycle.by_command[name]
        expected = before if walker.settle(done) == "returned" else transition.to or before
        assert before in transition.sources
        assert _state(suite, case_id) == expected, (kind.key, name)
        now = _events(suite, case_id)
        assert now[: len(before_events)] == before_events
        assert len(now) > len(before_events)
        before_events = now
    return refused


@pytest.mark.long
def test_random_walks_stay_on_the_graph(suite_: Suite, long: bool) -> None:
    """Every kind of case that is declared, whichever plugin it is of."""
    walker, refused = Walker(suite_, seed=5), set[str]()
    for kind in suite_.catalog.case_kinds.values():
        for _ in range(10 if long else 1):
            refused |= _walk(walker, kind, 60 if long else 12)
    assert "case.state" in refused


def test_each_step_says_from_where_it_may_be_taken(suite_on_sqlite: Suite) -> None:
    desk = Desk(suite_on_sqlite)
    catalog = suite_on_sqlite.catalog
    lifecycle = catalog.lifecycles["appraisal.complaint_lifecycle"]
    case_id = desk.open().result["case_id"]
    with suite_on_sqlite.reading() as session:
        case = session.get_one(Case, case_id)
        standing = standing_of(session, catalog, case)
        for state in lifecycle.states:
            case.state = state.key
            facts = standing.facts(suite_on_sqlite.today, _parameters(suite_on_sqlite))
            for transition in lifecycle.transitions:
                if state.key in transition.sources:
                    continue
                (problem,) = why_not(transition, lifecycle, facts, catalog.guards, catalog.limits)
                assert problem.code == "case.state"
                assert problem.kind is ProblemKind.FORBIDDEN
                assert state.title in problem.text
        session.expunge_all()


def _parameters(suite: Suite) -> dict[str, Any]:
    return {key: item.value for key, item in suite.catalog.parameters.items()}
