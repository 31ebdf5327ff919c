"""From the verdict on a number to the problems of a field."""

from __future__ import annotations

from suite.contract.problems import Problem
from suite.kernel.registry.identifiers.verdict import Verdict


def problems_of(verdict: Verdict, field: str | None = None) -> tuple[Problem, ...]:
    """The reasons of a verdict as problems; without `field` the caller fills in whose number it was."""
    if not verdict.reasons:
        return ()
    return tuple(
        Problem(code=reason.code, text=reason.text, severity=reason.severity, field=field)
        for reason in verdict.reasons
    )
