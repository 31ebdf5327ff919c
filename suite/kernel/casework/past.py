"""A case that began before the suite: what its known days tell of its steps, its clocks and what is missing.

Pure. A ledger says in which state a case is and on which days some of its steps were taken; the graph of the
lifecycle says what follows: which order is possible, which limits must be running, what must be known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from suite.contract.casework import ClockAct, Transition
from suite.contract.problems import Problem, Severity
from suite.kernel.casework.clocking import Counting, acted
from suite.kernel.casework.current import is_paused
from suite.kernel.casework.graph import Graph, Run
from suite.tables import CaseClock


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a ledger tells of a case; `days`: command of a step → its day. complainant: one is named;
    `values`: fields of the kind by key. `holds`: whether a guard, by its key, holds on a day."""

    state: str | None
    opened: dt.date
    closed: dt.date | None
    days: Mapping[str, dt.date]
    complainant: bool
    holds: Callable[[str, dt.date], bool]
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class PastStep:
    """One step that was taken: from where to where, and on which day."""

    step: Transition
    on: dt.date
    before: str | None
    after: str


@dataclass(kw_only=True)
class Past:
    """The case as it follows from what was told. `problems` name a step's command, `state`, `opened` or
    `closed` as their field; where one is an error the rest is not to be used."""

    state: str = ""
    closed: dt.date | None = None
    steps: list[PastStep] = field(default_factory=list)
    clocks: list[CaseClock] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether it can be taken."""
        return all(problem.severity is not Severity.ERROR for problem in self.problems)


def past_of(graph: Graph, told: Told, today: dt.date, by: Counting) -> Past:
    """What a case has gone through."""
    past = Past()
    steps = _in_order(graph, told)
    past.problems += _day_problems(graph, told, steps, today)
    state = told.state or _state_after(graph, told, steps)
    if state is None:
        past.problems.append(_problem("required", "请填写办理状态，由各步骤的日期推不出来。", "state"))
    if state is None or past.problems:
        return past
    opening = graph.opening(state, complainant=told.complainant)
    if opening is None or opening.to is None:
        title = graph.lifecycle.by_state[state].title
        past.problems.append(_problem("stock.state", f"没有能到“{title}”的登记方式。", "state"))
        return past
    past.state = state
    past.steps = [PastStep(step=opening, on=told.opened, before=None, after=opening.to)]
    _walk(graph, past, told, steps)
    if past.sound:
        past.clocks = _clocks(graph, past, told, today, by)
        past.problems += _clock_problems(graph, past, today, by)
    return past


def _problem(code: str, text: str, field: str, severity: Severity = Severity.ERROR) -> Problem:
    return Problem(code=code, text=text, field=field, severity=severity)


def _in_order(graph: Graph, told: Told) -> list[tuple[Transition, dt.date]]:
    """The dated steps by their days; those of one day as the lifecycle has them."""
    dated = [
        (step, told.days[step.command]) for step in graph.lifecycle.transitions if step.command in told.days
    ]
    return sorted(dated, key=lambda item: item[1])


def _day_problems(
    graph: Graph, told: Told, steps: Sequence[tuple[Transition, dt.date]], today: dt.date
) -> Iterator[Problem]:
    """Days lie between the first and the last, and none after today."""
    named = [
        ("opened", "登记日期", told.opened),
        *((step.command, f"{step.title}日期", on) for step, on in steps),
    ]
    if told.closed is not None:
        named.append(("closed", "办结日期", told.closed))
    for key, title, day in named:
        if day > today:
            yield _problem("case.future", f"{title} {day} 在今天（{today}）之后，请核对。", key)
        elif day < told.opened:
            yield _problem("case.order", f"{title} {day} 早于登记日期 {told.opened}，请核对先后。", key)
    terminal = {state.key for state in graph.lifecycle.states if state.terminal}
    for step, on in steps:
        if told.closed is not None and on > told.closed and not terminal.issuperset(step.sources):
            text = f"{step.title}日期 {on} 晚于办结日期 {told.closed}，请核对先后。"
            yield _problem("case.order", text, step.command)


def _state_after(graph: Graph, told: Told, steps: Sequence[tuple[Transition, dt.date]]) -> str | None:
    """The state that the last known step led to, where nothing says another."""
    led = [step.to for step, _ in steps if step.to is not None]
    if led:
        state = led[-1]
        return state if told.closed is None or graph.lifecycle.by_state[state].terminal else None
    if told.closed is not None:
        return None
    opening = next((s for s in graph.lifecycle.openings if s.complainant is told.complainant), None)
    return (opening or graph.lifecycle.openings[0]).to


def _walk(graph: Graph, past: Past, told: Told, steps: Sequence[tuple[Transition, dt.date]]) -> None:
    """Put the steps one after another along the graph, and see that they lead to the state."""
    states = graph.lifecycle.by_state
    terminal = states[past.state].terminal
    if told.closed is not None and not terminal:
        text = f"状态“{states[past.state].title}”尚未办结，却填了办结日期，请核对。"
        past.problems.append(_problem("stock.closed_open", text, "closed"))
    # The step that closes a case is known by the day on which it was closed.
    if terminal and told.closed is not None and all(step.to != past.state for step, _ in steps):
        led = [step.to for step, on in steps if step.to is not None and on <= told.closed]
        last = graph.entering(past.state, led[-1] if led else past.steps[0].after)
        if last is not None:
            steps = sorted([*steps, (last, told.closed)], key=lambda item: (item[1], item[0] is last))
    for step, on in steps:
        current = past.steps[-1].after
        source = graph.source(step, current)
        if source is None:
            former = past.steps[-1]
            text = f"{step.title}（{on}）不能在{former.step.title}（{former.on}）之后，请核对先后。"
            past.problems.append(_problem("case.order", text, step.command))
            return
        past.steps.append(PastStep(step=step, on=on, before=source, after=step.to or source))
    current = past.steps[-1].after
    if past.state not in graph.reach[current]:
        after = f"{past.steps[-1].step.title}之后是“{states[current].title}”"
        text = f"表中为“{states[past.state].title}”，而{after}，请核对。"
        past.problems.append(_problem("stock.state", text, "state"))
    if terminal:
        past.closed = told.closed or next(
            (item.on for item in reversed(past.steps) if item.after == past.state), None
        )
        if past.closed is None:
            text = f"状态为“{states[past.state].title}”的须填办结日期。"
            past.problems.append(_problem("required", text, "closed"))


def _clocks(graph: Graph, past: Past, told: Told, today: dt.date, by: Counting) -> list[CaseClock]:
    """The clocks as the known steps left them.

    One that cannot run any more where the case was next, and whose end no day tells, is not kept: it would
    seem late by all that time. Nor is one kept that a service by the way ends, where that may have been and
    the day is past: a ledger that tells when a complaint was accepted seldom tells when that was told.
    """
    rows: list[CaseClock] = []
    for item in past.steps:
        if item.before is not None:
            rows = _possible(graph, rows, item.before)
        ends = item.step.to is not None and graph.lifecycle.by_state[item.step.to].terminal
        # A ledger does not say what was served.
        acts = [
            act
            for act in item.step.clocks
            if not act.served and (not act.when or told.holds(act.when, item.on))
        ]
        rows += acted(rows, acts, item.on, by, told.values, ends=ends)
    if not graph.lifecycle.by_state[past.state].terminal:
        held, served = graph.runs[past.state], graph.ended_by_service
        return [
            row
            for row in _possible(graph, rows, past.state)
            if row.stopped is not None
            or row.limit_key not in served
            or Run.NONE not in held[row.limit_key]
            or row.due is None
            or row.due >= today
        ]
    # Whether it was mended by the day that was set, before the suite, nobody is asked any more.
    told_by_hand = {act.limit for item in past.steps for act in item.step.clocks if act.until}
    return [
        row
        for row in rows
        if row.stopped is not None or row.limit_key not in told_by_hand or row.due is None or row.due >= today
    ]


def _possible(graph: Graph, rows: Sequence[CaseClock], state: str) -> list[CaseClock]:
    held = graph.runs[state]
    return [row for row in rows if row.stopped is not None or held[row.limit_key] != {Run.NONE}]


def _clock_problems(graph: Graph, past: Past, today: dt.date, by: Counting) -> Iterator[Problem]:
    """An open case has its clocks: a day that lets one run or stand still must be told."""
    if graph.lifecycle.by_state[past.state].terminal:
        return
    running = {row.limit_key: row for row in past.clocks if row.stopped is None}
    for limit, able in graph.runs[past.state].items():
        row = running.get(limit)
        run = Run.NONE if row is None else Run.PAUSED if is_paused(row) else Run.RUNNING
        title = by.limits[limit].title
        if run not in able:
            step = _missing(graph, past, limit, able)
            if step is not None:
                text = f"在办的须填“{step.title}日期”，“{title}”期限由此推算。"
                yield _problem("required", text, step.command)
        elif row is not None and row.due is not None and row.due < today:
            text = f"“{title}”期限已于 {row.due} 届满，导入后列入逾期办件。"
            began = next((item.step.command for item in past.steps[1:] if item.on == row.start), "opened")
            yield _problem("stock.overdue", text, began, Severity.WARNING)


def _missing(graph: Graph, past: Past, limit: str, able: Collection[Run]) -> Transition | None:
    """The step whose day is missing: the last one that can have brought the clock to how it must stand."""
    known = {item.step.command for item in past.steps}
    wanted = Run.PAUSED if Run.PAUSED in able and Run.RUNNING not in able else Run.RUNNING
    acts = (ClockAct.PAUSE,) if wanted is Run.PAUSED else (ClockAct.START, ClockAct.RESUME)
    found = [
        step
        for step in graph.lifecycle.transitions
        if step.command not in known
        and not step.opens
        and any(act.limit == limit and act.act in acts for act in step.clocks)
        and past.state in graph.reach[step.to or step.sources[0]]
    ]
    return found[0] if found else None
