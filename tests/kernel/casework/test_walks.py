"""No sequence of commands leaves the graph, no event is lost, and every refusal is said in words."""

from __future__ import annotations

import random
from typing import Any

from desk import GIVEN, SIGNED, Desk

from suite.bootstrap import Suite
from suite.contract.commands import Done
from suite.contract.problems import Problem, ProblemKind, Refused
from suite.kernel.casework.commands import ReturnStep
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


def _tried(
    desk: Desk, case_id: int, name: str, given: dict[str, Any]
) -> tuple[Done | None, tuple[Problem, ...]]:
    try:
        return desk.take(case_id, name, **given), ()
    except Refused as refusal:
        return None, refusal.problems


def test_random_walks_stay_on_the_graph(suite_: Suite, long: bool) -> None:
    desk, chance = Desk(suite_), random.Random(5)
    lifecycle = suite_.catalog.lifecycles["appraisal.complaint_lifecycle"]
    names = [item.command for item in lifecycle.transitions if not item.opens]
    refused: set[str] = set()
    for walk in range(40 if long else 3):
        opening = chance.choice(("OpenComplaint", "OpenComplaint", "RecordLead"))
        case_id = desk.open(opening, report_no=f"第{walk}号").result["case_id"]
        told = _events(suite_, case_id)
        for _ in range(60 if long else 18):
            before = _state(suite_, case_id)
            # Mostly a step that leads on, often one that does not.
            onward = [item.command for item in lifecycle.steps_from(before)]
            name = chance.choice(onward if onward and chance.random() < 0.6 else names)
            given = {**GIVEN.get(name, {})}
            if "officer" in given:
                given["officer"] = (desk.clerk.login, *given["officer"][1:])
            done, problems = _tried(desk, case_id, name, given)
            if done is None:
                assert _state(suite_, case_id) == before
                assert _events(suite_, case_id) == told
                assert problems
                assert all(problem.text and not problem.text.isascii() for problem in problems)
                refused |= {problem.code for problem in problems}
                continue
            if name in SIGNED and chance.random() < 0.3:
                suite_.run(ReturnStep(approval=done.result["approval"], opinion="依据不足"), desk.head)
                assert _state(suite_, case_id) == before
            elif name in SIGNED:
                desk.sign(done, *(desk.head, desk.leader)[: SIGNED[name]])
            transition = lifecycle.by_command[name]
            after = _state(suite_, case_id)
            assert before in transition.sources
            assert after in (before, transition.to)
            now = _events(suite_, case_id)
            assert now[: len(told)] == told
            assert len(now) > len(told)
            told = now
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
