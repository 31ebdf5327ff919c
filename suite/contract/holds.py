"""What keeps a record as it is while something stands against it (停止执业期间不得变更执业机构).

An application is refused by the guards of its steps; a plain change of the roster, typed by hand or brought
by a workbook, asks for none of them. What the law bars either way is declared once as a `Hold` of the kind of
record: the registry asks it before it writes, and the application's guard is made of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from suite.contract.case_facts import CaseFacts
from suite.contract.casework import Guard
from suite.contract.effects import OtherCase, SubjectFact

#: The states in which a penalty case carries its penalty out: there a suspension ends, and nowhere else.
CARRIED_OUT = ("executing", "enforced")


@dataclass(frozen=True, kw_only=True)
class Mover:
    """A record that is about to change, as it stood before.

    body: what it belongs to. target: the body that it goes to; None where it goes to none, or nowhere.
    cases: the open cases about it.
    """

    record: SubjectFact
    body: SubjectFact | None
    target: SubjectFact | None
    cases: Sequence[OtherCase]
    on: dt.date


@dataclass(frozen=True, kw_only=True)
class Hold:
    """Something that bars a change of a record while it stands.

    keeps: field → whether a value is one that it may not take on then. stands: pure. text: the fact; instead:
    what to do about it, told where the roster is changed. yields: a decision that is entered with its number
    (登记执业许可变动) goes before it.

    Example: `Hold(key="notary.not_suspended", keeps={"body_id": SOME}, stands=lambda who:
    who.record.status == "suspended", text="停止执业期间不得变更执业机构。", instead="请待期满恢复后再申请。",
    article="公证法第四十一条、第四十二条")`
    """

    key: str
    keeps: Mapping[str, Callable[[Any], bool]]
    stands: Callable[[Mover], bool]
    text: str
    instead: str
    article: str
    yields: bool = False

    def guard(self, mover: Callable[[CaseFacts], Mover | None]) -> Guard:
        """The same as the condition of an application's step. mover: who would change by it; None where it
        is about something else."""

        def holds(case: CaseFacts) -> bool:
            who = mover(case)
            return who is None or not self.stands(who)

        return Guard(key=self.key, text=f"{self.text}{self.instead}", holds=holds, article=self.article)


def anything(value: Any) -> bool:
    """Whatever it becomes."""
    return True


def some(value: Any) -> bool:
    """Whatever it becomes, but empty."""
    return value is not None


def nothing(value: Any) -> bool:
    """Where it becomes empty, or no."""
    return not value


def one_of(*values: Any) -> Callable[[Any], bool]:
    """Where it becomes one of these."""
    return lambda value: value in values


def mover_of(case: CaseFacts, record: SubjectFact | None, target: SubjectFact | None) -> Mover | None:
    """Who would move by an application; nobody where the record is on no roster in scope."""
    if record is None:
        return None
    return Mover(
        record=record,
        body=case.subjects.get(record.values.get("body_id") or 0),
        target=target,
        cases=[other for other in case.other_cases if other.subject_id == record.id],
        on=case.on,
    )


def suspension_holds(prefix: str, article: str, *, back: Sequence[str], instead: str) -> tuple[Hold, Hold]:
    """A licence that stands still (停止执业、停业整顿) comes back by a decision, not by a word in a roster.

    While the penalty case that suspended it is being carried out, that case alone ends it; else a decision
    that is entered with its number. back: the states that it would come back to. instead: by what else.
    """

    def suspended(who: Mover) -> bool:
        return who.record.status == "suspended"

    def punished(who: Mover) -> bool:
        return suspended(who) and any(
            other.work == "penalty" and other.state in CARRIED_OUT for other in who.cases
        )

    return (
        Hold(
            key=f"{prefix}.served_out",
            keeps={"status": one_of(*back)},
            stands=punished,
            text="停止执业、停业的处罚案还在执行，状态不能另行恢复。",
            instead="期满后请在处罚案中办理“确认期满恢复”。",
            article=article,
        ),
        Hold(
            key=f"{prefix}.suspension_stands",
            keeps={"status": one_of(*back)},
            stands=lambda who: suspended(who) and not punished(who),
            text="停止执业、停业的状态不由名册直接改回。",
            instead=instead,
            article=article,
            yields=True,
        ),
    )
