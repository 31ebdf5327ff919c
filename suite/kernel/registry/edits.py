"""One checked edit of a record, as it passes from the checks to the tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from suite.contract.commands import Actor
from suite.contract.problems import Problem
from suite.kernel.audit.witness import Head, link_of
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import CurrentRecord
from suite.kernel.registry.rules import Dated, Interval
from suite.kernel.registry.said import Said
from suite.loader.catalog import Catalog


@dataclass(frozen=True, kw_only=True)
class Seen:
    """All that checks are made from: who asks, on which day, what is declared, and the head of the trace.

    Whoever writes to the database moves the head.
    """

    actor: Actor
    today: dt.date
    catalog: Catalog
    head: Head | None

    @classmethod
    def by(cls, work: Transaction) -> Seen:
        """What a transaction sees now."""
        return cls(actor=work.actor, today=work.today, catalog=work.catalog, head=link_of(work.connection))


@dataclass(kw_only=True, slots=True)
class Checked:
    """What a preview made of a row: its edit, what was told of it, and what both were made from.

    It is good for one write, which goes on working at the edit, and while nobody has written since.
    """

    edit: Edit
    told: Sequence[Problem]
    seen: Seen
    used: bool = False


@dataclass(frozen=True, kw_only=True)
class Stay:
    """Where the body that an edit names goes among the subject's posts.

    `former`: the standing posts. `held`: what is left of them: some end when the stay begins. `replaced`:
    those that would hold no day at all, since the stay begins on their own day.
    """

    begin: dt.date
    until: dt.date | None
    former: Sequence[Interval]
    held: Sequence[Interval]
    replaced: Sequence[Interval]


@dataclass(kw_only=True, slots=True)
class Edit:
    """One checked edit: the values that change, and the record as it will be.

    Of a new record both are what it says (`Said`), one and the same, perhaps that of who asked: it is left as
    it is, and `say` makes another.
    `person_of`: the record whose person a new one shares.
    `said`: all that the row says, what changes nothing too.
    `stay`: where the body goes that a change names; None where the body stays.
    `joins`: the association that a new record belongs to.
    `district_steps`: what the district's history gains when it follows the posts; None where it does not.
    """

    place: int | None
    current: CurrentRecord | None
    changes: dict[str, Any]
    values: dict[str, Any]
    subject_id: int = 0
    person_id: int | None = None
    person_of: int | None = None
    linked_person: bool = False
    joins: str | None = None
    said: Mapping[str, Any] = field(default_factory=dict)
    stay: Stay | None = None
    district_steps: list[Dated] | None = None

    def say(self, key: str, value: Any) -> None:
        """Let a new record say something more."""
        self.changes = self.values = Said(self.values) | {key: value}

    @property
    def is_new(self) -> bool:
        """Whether the record is being made."""
        return self.current is None

    @property
    def association(self) -> str | None:
        """Whose member the record is."""
        return self.joins if self.current is None else self.current.association

    @property
    def former(self) -> CurrentRecord:
        """The record before the edit; only a change has one."""
        if self.current is None:
            raise RuntimeError("a new record has no former state")
        return self.current
