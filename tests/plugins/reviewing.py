"""Records as the rules of reviews see them, made by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from suite.api import AssessmentRecords, AssessmentScheme, LoggedEntry, Outcome
from suite.kernel.assessment.grading import no_better, proposed
from suite.kernel.assessment.opening import standing_by_rule

PERIOD = (dt.date(2025, 1, 1), dt.date(2025, 12, 31))
IN_PERIOD, BEFORE = dt.date(2025, 6, 3), dt.date(2024, 6, 3)
OF_OLD = dt.date(2012, 1, 1)


def a_case(owner: str, work: str, *, closed: dt.date | None = IN_PERIOD, **rest: Any) -> Outcome:
    """A case about somebody, closed in the period unless it is said."""
    values: dict[str, Any] = {
        "kind": f"{owner}.{work}", "number": "1", "state": "closed", "opened": BEFORE, "valid": False,
    }  # fmt: skip
    return Outcome(work=work, closed=closed, **values | rest)


def decided(owner: str, work: str, sanctions: str, *, on: dt.date = IN_PERIOD, **rest: Any) -> Outcome:
    """A case in which something was imposed."""
    command = "DecidePenalty" if work == "penalty" else "DecideDiscipline"
    return a_case(owner, work, days={command: on}, values={"sanctions": sanctions}, **rest)


def logged(
    day: dt.date = IN_PERIOD, until: dt.date | None = None, state: str = "", **values: Any
) -> LoggedEntry:
    """An entry of a ledger."""
    return LoggedEntry(day=day, until=until, title="记录", state=state, values=values)


def records(kind: str, *cases: Outcome, **rest: Any) -> AssessmentRecords:
    """Somebody of years on the roster, with nothing against him."""
    values: dict[str, Any] = {
        "status": "active", "since": OF_OLD, "body_status": "active", "parameters": parameters(kind),
    }  # fmt: skip
    return AssessmentRecords(kind=kind, period=PERIOD, cases=cases, **values | rest)


def parameters(kind: str) -> Mapping[str, Any]:
    """What the plugin of a kind declares."""
    from importlib import import_module

    from suite.api import Parameter

    owner = import_module(f"plugins.{kind.split('.', 1)[0]}")
    return {item.key: item.value for item in owner.suite_declare() if isinstance(item, Parameter)}


def standing(scheme: AssessmentScheme, who: AssessmentRecords) -> tuple[str, str]:
    """Whether somebody takes part, and by which words."""
    if scheme.takes is not None and not scheme.takes(who):
        return "not taken", ""
    found, _, words = standing_by_rule(scheme, who)
    return found, words


def grade(scheme: AssessmentScheme, who: AssessmentRecords, points: str | None = None) -> tuple[str, str]:
    """The grade that the records propose, no better than `points` led to; and the articles that speak."""
    if points is None:
        found = proposed(who, scheme.grades, scheme.proposals, scheme.usual)
    else:
        found = no_better(scheme.by_grade[points], who, scheme.grades, scheme.proposals)
    assert all(rule.article and rule.text for rule in found.reasons)
    return found.grade.key, "；".join(rule.article for rule in found.reasons)


def measured(scheme: AssessmentScheme, item: str, who: AssessmentRecords) -> tuple[str, str] | None:
    """What the records say of an item: found and due in words; None where they say nothing."""
    found = scheme.measured[item].finds(who)
    return None if found is None else (str(found.found), str(found.due))
