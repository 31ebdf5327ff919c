"""What the tables of the demonstration's cases are made of: a tale, and the ways that many of them go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

#: A step, how many days after the opening, and what it is given.
Taken = tuple[str, int, Mapping[str, Any]]
SUBSTANTIATED, PARTLY, UNFOUNDED = "substantiated", "partly", "unfounded"


@dataclass(frozen=True, kw_only=True)
class Tale:
    """One case: of which kind, about a record of which roster, opened how long ago, and its way from there.

    days: fields that are so many days before the opening.
    """

    kind: str
    about: str
    back: int
    values: Mapping[str, Any]
    way: Sequence[Taken] = ()
    opening: str = "OpenComplaint"
    days: Mapping[str, int] = field(default_factory=dict)


def told(head: str, text: str, **values: Any) -> dict[str, Any]:
    return {"source": "letter", **values, "allegations": ({"head": head, "text": text},)}


def way(*, finding: str, outcome: str, words: str, reply: str, **more: Any) -> tuple[Taken, ...]:
    """Accepted, investigated, found, decided, replied to."""
    return (
        *found(finding),
        ("DecideComplaint", 24, {"outcome": outcome, "decision_summary": words, **more}),
        ("ReplyComplaint", 28, {"reply_no": reply}),
    )


def found(finding: str) -> tuple[Taken, ...]:
    return (*INVESTIGATED, ("FindAllegations", 20, {"findings": ({"no": 1, "finding": finding},)}))


ACCEPTED: tuple[Taken, ...] = (("AcceptComplaint", 4, {}),)
INVESTIGATED: tuple[Taken, ...] = (*ACCEPTED, ("StartInvestigation", 6, {}))
SUPPLEMENT: Taken = ("RequestSupplement", 2, {"supplement_items": "身份证明复印件、委托合同复印件"})
LAWYER, FIRM = "lawyers.lawyer", "lawyers.law_firm"
OFFICE, NOTARY = "notary.notary_office", "notary.notary"
COMMISSION, ARBITRATOR = "arbitration.arbitration_commission", "arbitration.arbitrator"
INSTITUTION, APPRAISER = "appraisal.appraisal_institution", "appraisal.appraiser"
