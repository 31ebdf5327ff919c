"""What follows from the graph of a lifecycle alone: what can be reached from where, which limits run in
which state, and what no case can have come to a state without. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, partial

from suite.contract.casework import ClockAct, Lifecycle, Transition


class Run(StrEnum):
    """How the clock of a limit may stand."""

    NONE = "none"
    RUNNING = "running"
    PAUSED = "paused"


#: What an act makes of a clock; what is not here leaves it as it is.
_AFTER: Mapping[tuple[ClockAct, Run], Run] = {
    **{(ClockAct.START, run): Run.RUNNING for run in Run},
    **{(ClockAct.STOP, run): Run.NONE for run in Run},
    (ClockAct.PAUSE, Run.RUNNING): Run.PAUSED,
    (ClockAct.RESUME, Run.PAUSED): Run.RUNNING,
}


def _requires(key: str, step: Transition) -> bool:
    return key in step.required


@dataclass(frozen=True, kw_only=True)
class Graph:
    """The graph of a lifecycle, asked for what its steps imply."""

    lifecycle: Lifecycle

    @cached_property
    def limits(self) -> tuple[str, ...]:
        """The limits that steps of it touch, in the order of the steps."""
        return tuple(dict.fromkeys(act.limit for step in self.lifecycle.transitions for act in step.clocks))

    @cached_property
    def ended_by_service(self) -> frozenset[str]:
        """The limits that end with a service which leads nowhere else."""
        return frozenset(
            act.limit
            for step in self.lifecycle.transitions
            if step.follows_service and step.to is None
            for act in step.clocks
            if act.act is ClockAct.STOP
        )

    @cached_property
    def reach(self) -> Mapping[str, frozenset[str]]:
        """State → the states that a case may come to from it, itself among them."""
        return {
            state: frozenset(self._from({state}, lambda _step: True)) for state in self.lifecycle.by_state
        }

    @cached_property
    def runs(self) -> Mapping[str, Mapping[str, frozenset[Run]]]:
        """State → limit → how its clock may stand there, over every way that leads to the state."""
        found: dict[str, dict[str, set[Run]]] = {
            state: {limit: set() for limit in self.limits} for state in self.lifecycle.by_state
        }
        ahead: list[str] = []
        for step in self.lifecycle.openings:
            if step.to is not None:
                self._pass(step, {key: {Run.NONE} for key in self.limits}, found, step.to, ahead)
        while ahead:
            state = ahead.pop()
            for step in self.lifecycle.steps_from(state):
                self._pass(step, found[state], found, step.to or state, ahead)
        return {
            state: {limit: frozenset(runs) for limit, runs in held.items()} for state, held in found.items()
        }

    def _pass(
        self,
        step: Transition,
        held: Mapping[str, set[Run]],
        found: Mapping[str, dict[str, set[Run]]],
        to: str,
        ahead: list[str],
    ) -> None:
        """Carry what may run over a step; states for which that is news are looked at again."""
        ends = step.to is not None and self.lifecycle.by_state[to].terminal
        news = False
        for limit in self.limits:
            # A step that stays where it is adds to the very set.
            ways = {(run, False) for run in held[limit]}
            for act in (act for act in step.clocks if act.limit == limit):
                after = {
                    (_AFTER.get((act.act, run), run), started or act.act is ClockAct.START)
                    for run, started in ways
                }
                # What depends on the case may be left out.
                ways = ways | after if act.when else after
            runs = {Run.NONE if ends and not started else run for run, started in ways}
            news |= not runs <= found[to][limit]
            found[to][limit] |= runs
        if news:
            ahead.append(to)

    def opening(self, state: str, *, complainant: bool) -> Transition | None:
        """The step by which a case of this state was opened: of those that can lead to it, rather one that
        takes who complains where somebody does, and one that takes nobody where nobody does."""
        able = [
            step for step in self.lifecycle.openings if step.to is not None and state in self.reach[step.to]
        ]
        return next((step for step in able if step.complainant is complainant), next(iter(able), None))

    def entering(self, state: str, current: str) -> Transition | None:
        """The step by which a case comes to a state from where it stands, perhaps after others."""
        return next(
            (
                step
                for step in self.lifecycle.transitions
                if step.to == state and any(source in self.reach[current] for source in step.sources)
            ),
            None,
        )

    def source(self, step: Transition, current: str) -> str | None:
        """The state in which a step was taken by a case last known in `current`; None where none can be."""
        if current in step.sources:
            return current
        return next((state for state in step.sources if state in self.reach[current]), None)

    def always(self, state: str, asks: Callable[[Transition], bool]) -> bool:
        """Whether no case comes to the state without a step that asks for something."""
        begun = {step.to for step in self.lifecycle.openings if step.to is not None and not asks(step)}
        return state not in self._from(begun, lambda step: not asks(step))

    def required(self, state: str) -> tuple[str, ...]:
        """Keys of the fields that every way to a state asks for, in the order of the steps."""
        keys = dict.fromkeys(key for step in self.lifecycle.transitions for key in step.required)
        return tuple(key for key in keys if self.always(state, partial(_requires, key)))

    def through_findings(self, state: str) -> bool:
        """Whether every way to a state leads over one in which allegations are found upon."""
        places = {source for step in self.lifecycle.transitions if step.findings for source in step.sources}
        return bool(places) and self.always(state, lambda step: bool(places & set(step.sources)))

    def _from(self, begun: set[str], usable: Callable[[Transition], bool]) -> set[str]:
        found, ahead = set(begun), list(begun)
        while ahead:
            for step in self.lifecycle.steps_from(ahead.pop()):
                if step.to is not None and step.to not in found and usable(step):
                    found.add(step.to)
                    ahead.append(step.to)
        return found
