"""A case as the rules see it: facts, which guards and effects look at.

Plain values of one moment, read from the case and from what stands around it; no session, no row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from suite.contract.effects import Around, OtherCase, SubjectFact
from suite.contract.papers import PaperFact


class Finding(StrEnum):
    """What an investigation found of one allegation."""

    SUBSTANTIATED = "substantiated"
    PARTLY = "partly"
    UNFOUNDED = "unfounded"

    @property
    def words(self) -> str:
        """The word for it."""
        return {"substantiated": "查实", "partly": "部分查实", "unfounded": "不实"}[self.value]


class Cell(StrEnum):
    """A place in a line of a list: what it is called in `LineFact`, in a command, and in the database."""

    CODE = "code"  # a value of the column's code list: the sort of it, or what is checked
    GRADE = "grade"  # a second one: a result, a severity
    NAME = "name"  # what or who, in a few words
    TEXT = "text"  # at length: the gist, the finding, the remark
    PLACE = "place"  # where, or where from
    HOLDER = "holder"  # by whom
    ARTICLE = "article"
    DAY = "day"  # when: obtained, held, received
    UNTIL = "until"  # by when: to be rectified by
    DONE = "done"  # when it was done: rectified on
    FIGURE = "figure"  # a number
    FLAG = "flag"  # yes or no


@dataclass(frozen=True, kw_only=True)
class PartyFact:
    """Somebody who has a place in a case."""

    role: str
    name: str
    subject_id: int | None = None
    login: str | None = None


@dataclass(frozen=True, kw_only=True)
class FormerFact:
    """What was found of an allegation before it was found upon anew; since `ended_on` it holds no more.

    annulled: a review or a court took it back, by what `reason` says; else it was put right before anybody
    was told of it.
    """

    finding: Finding
    note: str
    found_on: dt.date | None
    ended_on: dt.date
    annulled: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class AllegationFact:
    """One allegation and what was found of it; `annulled_on` says since when the finding no longer holds.

    former: what was found before, the oldest first. told: the parties were told of the finding, so that only
    an annulment can take it back.
    """

    no: int
    head: str
    text: str
    finding: Finding | None = None
    note: str = ""
    found_on: dt.date | None = None
    annulled_on: dt.date | None = None
    annulled_by: str = ""
    former: tuple[FormerFact, ...] = ()
    told: bool = False

    @property
    def stands(self) -> bool:
        """Whether it was found and the finding still holds."""
        return self.finding is not None and self.annulled_on is None

    @property
    def upheld(self) -> bool:
        """Whether it was found true, at least in part, and that still holds."""
        return self.stands and self.finding in (Finding.SUBSTANTIATED, Finding.PARTLY)

    @property
    def was_annulled(self) -> bool:
        """Whether what was found of it, now or before, was taken back by a review or a court."""
        return self.annulled_on is not None or any(item.annulled for item in self.former)


@dataclass(frozen=True, kw_only=True)
class ClockFact:
    """A clock of a case: where it stands. `due` is None while it is paused."""

    limit: str
    start: dt.date
    due: dt.date | None
    paused: bool
    extended: int
    stopped: dt.date | None


@dataclass(frozen=True, kw_only=True)
class LineFact:
    """A line of a list that stands: its number in the list, and its cells (None where empty)."""

    no: int
    code: str | None = None
    grade: str | None = None
    name: str | None = None
    text: str | None = None
    place: str | None = None
    holder: str | None = None
    article: str | None = None
    day: dt.date | None = None
    until: dt.date | None = None
    done: dt.date | None = None
    figure: Decimal | None = None
    flag: bool | None = None


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """A case as guards see it: on the day of a step, before the step. An effect sees it after the step.

    done: commands of the steps taken so far, in order. values: details by field key. lines: by the key of
    the list, those that stand and those that the step brings. number and state are empty before the case is
    opened. district: where the case lies. around: what is read only when asked for. before: the values before
    what the step sets; None while a step is only looked at. by: the login of who takes the step, or looks.
    """

    kind: str
    number: str = ""
    state: str
    district: str | None = None
    opened: dt.date
    values: Mapping[str, Any]
    parties: tuple[PartyFact, ...]
    allegations: tuple[AllegationFact, ...]
    clocks: tuple[ClockFact, ...]
    done: tuple[str, ...]
    on: dt.date
    parameters: Mapping[str, Any]
    lines: Mapping[str, tuple[LineFact, ...]] = field(default_factory=dict)
    before: Mapping[str, Any] | None = None
    by: str = ""
    around: Around = field(default_factory=Around, compare=False)

    @property
    def subjects(self) -> Mapping[int, SubjectFact]:
        """The records that have a place in the case, and the bodies that these belong to."""
        return self.around.subjects

    @property
    def other_cases(self) -> tuple[OtherCase, ...]:
        """Open cases about the records that have a place in this one, the reader's or not."""
        return self.around.other_cases

    def paper(self, name: str) -> PaperFact | None:
        """The last paper of a name that steps brought forth; what a ledger tells of steps brings none."""
        return next((paper for paper in reversed(self.around.papers) if paper.named(name)), None)

    def members(self, body_id: int) -> tuple[SubjectFact, ...]:
        """The records of every kind and status that belong to a body now."""
        return self.around.members(body_id)

    def holders(self, role: str) -> list[SubjectFact]:
        """The records that have a role, as far as they are in scope."""
        ids = [party.subject_id for party in self.party(role) if party.subject_id is not None]
        return [self.subjects[number] for number in ids if number in self.subjects]

    def subject(self, role: str) -> SubjectFact | None:
        """The first record that has a role; None where nobody has it who is on a roster in scope."""
        return next(iter(self.holders(role)), None)

    def number_of(self, parameter: str) -> int:
        """The value of a whole-number parameter in force today."""
        return int(self.parameters[parameter])

    def clock(self, limit: str) -> ClockFact | None:
        """The clock of a limit that still runs or is paused."""
        return next((c for c in self.clocks if c.limit == limit and c.stopped is None), None)

    def party(self, role: str) -> tuple[PartyFact, ...]:
        """Who has a role."""
        return tuple(party for party in self.parties if party.role == role)
