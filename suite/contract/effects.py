"""What a step does to the rosters (effects), and what stands around a case that rules ask about.

A decision changes a register: a licence is granted, suspended, cancelled; a lawyer moves to another firm.
An effect says how, as the registry's own commands, so that history, trace, rights and search follow the one
way of writing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from suite.contract.commands import Command
from suite.contract.papers import PaperFact

if TYPE_CHECKING:
    from suite.contract.case_facts import CaseFacts


#: The works of which an open case bars others in law (转所、注销). Of such a one whoever reads the record
#: learns that it is there and how far it is, also where he may not read the case itself.
BARRING = ("complaint", "penalty")


@dataclass(frozen=True, kw_only=True)
class StateFact:
    """A decision that changed the state of a licence on a day, and what was noted with it."""

    state: str
    on: dt.date
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class BarFact:
    """What a published grade bars a record from: the effect's key and words, and its first and last day."""

    key: str
    title: str
    article: str
    first: dt.date
    last: dt.date

    def holds(self, on: dt.date) -> bool:
        """Whether it bars on a day."""
        return self.first <= on <= self.last


@dataclass(frozen=True, kw_only=True)
class SubjectFact:
    """A record of a roster as the rules of casework see it; secret fields are not among `values`.

    person_id: the same for all records of one person. licence_id: its licence, where the kind has one.
    decisions: those on its licence that were not voided, the oldest first. bars: what its grades bar it from,
    past ones too.
    """

    id: int
    kind: str
    name: str
    status: str
    person_id: int | None = None
    licence_id: int | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    decisions: tuple[StateFact, ...] = ()
    bars: tuple[BarFact, ...] = ()

    @property
    def since(self) -> dt.date | None:
        """Since when the licence is in its present state; None where no decision says so."""
        return next((item.on for item in reversed(self.decisions) if item.state == self.status), None)


@dataclass(frozen=True, kw_only=True)
class OtherCase:
    """An open case about a subject of this one. `number` is None for a case that the reader may not see; of
    those only the works of BARRING are told."""

    kind: str
    work: str
    number: str | None
    state: str
    role: str
    subject_id: int


def _nobody(body_id: int) -> tuple[SubjectFact, ...]:
    return ()


def _days_between(after: dt.date, until: dt.date) -> int:
    return (until - after).days


@dataclass(frozen=True, kw_only=True)
class Around:
    """What stands around a case, read when a guard or an effect first asks for it, and once.

    working_between: how many working days lie after one day, up to and with another.

    Example (a test of a guard): `Around(read_subjects=lambda: {7: SubjectFact(id=7, kind="lawyers.lawyer",
    name="张三", status="suspended")})`
    """

    read_subjects: Callable[[], Mapping[int, SubjectFact]] = dict
    read_other_cases: Callable[[], tuple[OtherCase, ...]] = tuple
    read_members: Callable[[int], tuple[SubjectFact, ...]] = _nobody
    read_papers: Callable[[], tuple[PaperFact, ...]] = tuple
    working_between: Callable[[dt.date, dt.date], int] = _days_between
    _members: dict[int, tuple[SubjectFact, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def subjects(self) -> Mapping[int, SubjectFact]:
        """The records that have a place in the case, and the bodies that these belong to."""
        return self.read_subjects()

    @cached_property
    def other_cases(self) -> tuple[OtherCase, ...]:
        """Open cases about the records that have a place in this one."""
        return self.read_other_cases()

    @cached_property
    def papers(self) -> tuple[PaperFact, ...]:
        """The papers that the steps of the case brought forth, in order."""
        return self.read_papers()

    def members(self, body_id: int) -> tuple[SubjectFact, ...]:
        """The records of every kind and status that belong to a body now."""
        if body_id not in self._members:
            self._members[body_id] = self.read_members(body_id)
        return self._members[body_id]


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What a step does to the rosters, carried out after it in the same transaction.

    makes: a pure function from the case's facts, with what the step was given among their values, to commands
    of the registry. A step with several effects carries them out in order, each seeing what those before it
    wrote. joins: the role in which the record that it makes joins the case, where it makes one. The step is
    refused whole when a command is; so it is taken by somebody who may write the roster, never by the last
    signature of an approval.

    Example: `Effect(key="lawyers.suspend", title="停止执业", makes=lambda case: [RecordLicenceEvent(
    kind="lawyers.lawyer", licence_id=case.subject("respondent").licence_id, state="suspended",
    on_date=case.values["effective_on"], document_no=case.values["decision_no"])])`
    """

    key: str
    title: str
    makes: Callable[[CaseFacts], Sequence[Command]]
    joins: str | None = None


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """How a case is opened whose applicant is on no roster yet (设立, 首次执业): by name and place.

    name, district: keys of the fields that give them. Where no record is named, both must be given; the
    applicant is then known by the name until an effect makes the record.
    """

    name: str
    district: str
