"""A case as guards and effects see it, made of what a test is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from suite.api import Around, CaseFacts, SubjectFact
from suite.contract.case_facts import PartyFact
from suite.contract.parameters import Parameter

DAY = dt.date(2026, 9, 15)


def subject(number: int, kind: str, status: str = "active", **values: Any) -> SubjectFact:
    """A record of a roster."""
    return SubjectFact(
        id=number, kind=kind, name=f"第{number}号", status=status, licence_id=number + 1000, values=values
    )


def case(
    parameters: tuple[Parameter, ...],
    values: Mapping[str, Any],
    *,
    on: dt.date = DAY,
    opened: dt.date = DAY,
    state: str = "",
    others: tuple[SubjectFact, ...] = (),
    **parties: SubjectFact,
) -> CaseFacts:
    """The facts of a case. `parties`: role → the record that has it; `others`: records around it."""
    known = {found.id: found for found in (*parties.values(), *others)}
    return CaseFacts(
        kind="",
        state=state,
        opened=opened,
        values=values,
        parties=tuple(
            PartyFact(role=role, name=found.name, subject_id=found.id) for role, found in parties.items()
        ),
        allegations=(),
        clocks=(),
        done=(),
        on=on,
        parameters={parameter.key: parameter.value for parameter in parameters},
        around=Around(read_subjects=lambda: known),
    )
