"""Carrying out what a step does to the rosters, in the step's own transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import select

from suite.contract.casework import Transition
from suite.contract.commands import Command, Done
from suite.contract.effects import Effect
from suite.contract.problems import Problem, Refused
from suite.kernel.casework.current import standing_of
from suite.kernel.casework.given import write_parties
from suite.kernel.executor.work import Transaction
from suite.tables import Case, Subject


def with_effects(done: Done, transition: Transition, case: Case, on: dt.date, work: Transaction) -> Done:
    """What the step did, with what its effects did besides. Each effect sees what those before it wrote.

    Raises Refused when a command of an effect is: the step is then not taken either, and says so.
    """
    for key in transition.effects:
        effect = work.catalog.effects[key]
        work.session.flush()
        facts = standing_of(work.session, work.catalog, case).facts(on, work.parameters)
        made: list[int] = []
        for command in effect.makes(facts):
            try:
                caused = _decided(command, work)
            except Refused as refused:
                raise Refused(_told(refused.problems, transition, effect)) from refused
            made += [number for number, what in caused.result.get("results", {}).items() if what == "new"]
            done = replace(
                done,
                changes=(*done.changes, *caused.changes),
                warnings=(*done.warnings, *caused.warnings),
            )
        if effect.joins is not None and made:
            _join(case, effect.joins, made, on, work)
    return done


def _decided(command: Command, work: Transaction) -> Done:
    """Run a command that a step decided on: what keeps a record, the step's guards were asked for."""
    before, work.decided = work.decided, True
    try:
        return work.run(command)
    finally:
        work.decided = before


def _told(problems: Iterable[Problem], transition: Transition, effect: Effect) -> list[Problem]:
    """The refusal of a command in the words of the step, beside the step's own field where it has that."""
    return [
        replace(
            problem,
            text=f"“{transition.title}”没有办理，因为{effect.title}时：{problem.text}",
            field=problem.field if problem.field in transition.fields else None,
            row=None,
        )
        for problem in problems
    ]


def _join(case: Case, role: str, made: list[int], on: dt.date, work: Transaction) -> None:
    """The records that were made take the role, in place of whoever had it by name only."""
    present = standing_of(work.session, work.catalog, case).parties
    names: dict[int, str] = dict(
        work.session.execute(select(Subject.id, Subject.name).where(Subject.id.in_(made))).all()
    )
    wanted = [{"subject_id": number, "name": names[number]} for number in made]
    write_parties(work, case, {role: wanted}, present, on)
