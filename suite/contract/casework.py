"""Casework as it is declared: kinds of cases, the graph of their states, and what each step asks for.

A case (办件) is a matter about somebody that the bureau handles by steps: a complaint, an application, an
inspection, a penalty. Commands, buttons, refusals, clocks, the history and the picture of the graph follow
from these declarations; a profession adds its own by declaring, not by programming.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import Table

from suite.contract.case_facts import CaseFacts, Cell
from suite.contract.effects import Newcomer
from suite.contract.problems import Problem
from suite.contract.states import StateKind
from suite.database.rights import ASSOCIATION

if TYPE_CHECKING:
    from suite.contract.declarations import Field


class ClockAct(StrEnum):
    """What a step does to a legal clock."""

    START = "start"
    STOP = "stop"
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"


class PartyOf(StrEnum):
    """What a party of a case is."""

    SUBJECT = "subject"  # a record of a roster
    USER = "user"  # a colleague: a login
    NAME = "name"  # somebody whom no roster holds


@dataclass(frozen=True, kw_only=True)
class State:
    """One state of a case. Those of one `stage` share a place in the stage bar (环节).

    Example: `State(key="investigating", title="调查", kind=StateKind.RUN, stage="调查")`
    """

    key: str
    title: str
    kind: StateKind
    stage: str
    terminal: bool = False


@dataclass(frozen=True, kw_only=True)
class OnClock:
    """What a step does to the clock of a limit; `reason` is why it pauses, one of the limit's own `pauses`.

    since: from when a clock starts where that is not the day of the step: the key of a date field of the
    kind, or of another limit, whose clock's first day is taken. until: the key of a date field that may say
    on which day it ends (整改期限); the limit's own length counts where that is empty. when: the key of a
    `Guard`: the clock is touched only where it holds (a time to ask for a hearing runs only where one may be
    asked for). served: the paper of the step (as `documents` names it) whose service does it, on the day that
    it counts as served; without it the step does so on its own day.

    Example: `OnClock(act=ClockAct.PAUSE, limit="appraisal.complaint.accept", reason="补正")`,
    `OnClock(act=ClockAct.START, limit="core.penalty.pay", served="行政处罚决定书")`
    """

    act: ClockAct
    limit: str
    reason: str = ""
    since: str = ""
    until: str = ""
    when: str = ""
    served: str = ""


@dataclass(frozen=True, kw_only=True)
class DayOrder:
    """Two days of a case of which the first may not lie after the second, where both are known.

    Each is the key of a date field, `opened`, or the command of a step: the day on which it was last taken.
    It is looked at when a step gives one of them.

    Example: `DayOrder(first="DecideComplaint", then="rectify_by")`
    """

    first: str
    then: str

    def among(self, fields: Collection[str], commands: Collection[str]) -> bool:
        """Whether a kind has both of them."""
        known = {"opened", *fields, *commands}
        return self.first in known and self.then in known


@dataclass(frozen=True, kw_only=True)
class PartyRole:
    """A place that somebody has in a case.

    kinds: the kinds of record that may take it. least: how many a step must name that names any. places: how
    many records a form offers to name.
    """

    key: str
    title: str
    of: PartyOf
    kinds: tuple[str, ...] = ()
    least: int = 1
    places: int = 1


@dataclass(frozen=True, kw_only=True)
class LineColumn:
    """One column of a list: which cell it shows and what the cell means here.

    Example: `LineColumn(cell=Cell.DAY, title="取得日期", required=True)`
    """

    cell: Cell
    title: str
    codes: str | None = None
    required: bool = False


@dataclass(frozen=True, kw_only=True)
class CaseList:
    """Repeated lines of a case (证据、谈话、检查项、问题、材料); each cell at most once.

    checklist: the form offers one line for every value of the column `code`, to be gone through. A line is
    never deleted: what was empty may be filled in, what was written is struck out and written anew.
    with_steps: steps bring its lines (the request of who withdraws); the page does not show it before.

    Example: `CaseList(key="evidence", title="证据", columns=(LineColumn(cell=Cell.CODE, title="种类",
    codes="core.evidence_kind", required=True), LineColumn(cell=Cell.NAME, title="名称", required=True),
    LineColumn(cell=Cell.DAY, title="取得日期"), LineColumn(cell=Cell.PLACE, title="来源")))`
    """

    key: str
    title: str
    columns: tuple[LineColumn, ...]
    checklist: bool = False
    with_steps: bool = False

    @cached_property
    def by_cell(self) -> dict[Cell, LineColumn]:
        """Cell → column."""
        return {column.cell: column for column in self.columns}


@dataclass(frozen=True, kw_only=True)
class Guard:
    """A condition of a step, and the words for why it is refused: the fact, and what to do.

    told: the same in the words of this very case (how many there are, who it is), where that helps.
    problems: where one text does not say enough, what is told instead when the condition does not hold.

    Example: `Guard(key="appraisal.complaint.all_found", text="还有投诉事项没有认定，请先逐项认定。",
    holds=lambda case: all(item.finding for item in case.allegations))`
    """

    key: str
    text: str
    holds: Callable[[CaseFacts], bool]
    article: str | None = None
    problems: Callable[[CaseFacts], Sequence[Problem]] | None = None
    told: Callable[[CaseFacts], str] | None = None

    def words(self, case: CaseFacts) -> str:
        """Why the step is refused."""
        return self.told(case) if self.told is not None else self.text


@dataclass(frozen=True, kw_only=True)
class ApprovalStep:
    """One signature of an approval: its title and the action that whoever gives it must hold."""

    title: str
    permission: str


@dataclass(frozen=True, kw_only=True)
class Approval:
    """A chain of signatures (审批), given one after another by others than the one who asks.

    Example: `Approval(key="core.case.leader", title="科长、分管局领导审批", steps=(ApprovalStep(
    title="科长", permission="case:review"), ApprovalStep(title="分管局领导", permission="case:approve")))`
    """

    key: str
    title: str
    steps: tuple[ApprovalStep, ...]


@dataclass(frozen=True, kw_only=True)
class NumberSeries:
    """A series of document numbers, by the year: 石司鉴投〔2026〕1号.

    Example: `NumberSeries(key="appraisal.complaint_no", title="司法鉴定投诉编号", organ="石司鉴投")`
    """

    key: str
    title: str
    organ: str

    def number(self, year: int, place: int) -> str:
        """The number as it is printed: six-cornered brackets, no 第, no leading zeros."""
        return f"{self.organ}〔{year}〕{place}号"


@dataclass(frozen=True, kw_only=True)
class Transition:
    """A step: the command that takes it, from where to where, and all that it asks for.

    sources: the states from which it may be taken; none means that it opens a case. to: the state after it,
    None where it stays as it is. permission: the action that it needs, of the case's profession. guards: keys
    of `Guard`s. fields: keys of the kind's fields that it sets; lists: keys of the kind's lists of which it
    takes lines; required: those of both that must be given. clears: keys of fields that it empties: what a
    decision said that is to be taken anew.
    parties: roles whose holders it names anew (one that opens a case must name its respondent, any other
    step each of them); allegations: it takes them; findings: it takes what was found
    of them; annuls: it takes findings back (复议、诉讼). complainant: it takes who complains. once: only
    once in a case. effects: keys of the `Effect`s that it has on the rosters, in order. documents: the papers
    that it brings forth, keys or titles of `DocumentTemplate`s; a title that none has is a paper in the
    common layout. papers_when: paper, as `documents` names it → key of the `Guard` that must hold of what the
    step gave for it to be called for (责令改正 only where it was ordered).
    needs_papers, needs_service: papers, as `documents` of other steps name them, that must be
    issued before it, or served: of each the last one that a step of the case brought forth, if any did.
    follows_service: it is no act of its own but what the service of `needs_service` means, so that recording
    the service takes it, and its clocks count from the day of the service. two_persons: nobody decides this
    alone, so that it must have an approval. foretold: keys of guards of a later step that are told already
    when the case is opened, as warnings. help: one line of consequence for the button.

    Example: `Transition(command="AcceptComplaint", title="受理", sources=("received",), to="accepted",
    clocks=(OnClock(act=ClockAct.STOP, limit="appraisal.complaint.accept"),), article="投诉处理办法第…条")`
    """

    command: str
    title: str
    sources: tuple[str, ...]
    to: str | None
    permission: str = "case:handle"
    guards: tuple[str, ...] = ()
    clocks: tuple[OnClock, ...] = ()
    fields: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    complainant: bool = False
    allegations: bool = False
    findings: bool = False
    annuls: bool = False
    once: bool = False
    effects: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    papers_when: Mapping[str, str] = field(default_factory=dict, hash=False)
    needs_papers: tuple[str, ...] = ()
    needs_service: tuple[str, ...] = ()
    follows_service: bool = False
    article: str | None = None
    approval: str | None = None
    two_persons: bool = False
    foretold: tuple[str, ...] = ()
    help: str = ""

    @property
    def opens(self) -> bool:
        """Whether it opens a case."""
        return not self.sources

    @property
    def told(self) -> str:
        """Its line of help with the papers that it waits for."""
        parts = [self.help] if self.help else []
        for word, names in (("签发", self.needs_papers), ("送达", self.needs_service)):
            if names:
                parts.append(f"须先{word}{''.join(f'“{name}”' for name in names)}")
        return "；".join(parts)


@dataclass(frozen=True, kw_only=True)
class Lifecycle:
    """The graph of a kind of case: states in the order of the stages, steps in the order of the buttons.

    Example: see `plugins/appraisal/complaints/lifecycle.py`.
    """

    key: str
    title: str
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]

    @cached_property
    def by_state(self) -> dict[str, State]:
        """State key → state."""
        return {state.key: state for state in self.states}

    @cached_property
    def by_command(self) -> dict[str, Transition]:
        """Command name → transition."""
        return {transition.command: transition for transition in self.transitions}

    @cached_property
    def openings(self) -> tuple[Transition, ...]:
        """The steps that open a case."""
        return tuple(transition for transition in self.transitions if transition.opens)

    @cached_property
    def stages(self) -> tuple[str, ...]:
        """The stages in order, each once."""
        return tuple(dict.fromkeys(state.stage for state in self.states))

    def steps_from(self, state: str) -> tuple[Transition, ...]:
        """The steps that lead on from a state, the normal one first."""
        return tuple(transition for transition in self.transitions if state in transition.sources)


@dataclass(frozen=True, kw_only=True)
class CaseKind:
    """A kind of case: its lifecycle, its own fields and its parties.

    details: the plugin's one-to-one table, keyed by `case_id`. fields: its columns, declared like a record
    kind's. lists: its repeated lines. work: what the kind is among the works of the house ("complaint"):
    kinds of one work share a desk. series: the number series of its cases. respondent: the role of whom it
    is about; the case lies where its first respondent lies. heads: the code list of allegations. matter:
    keys of the fields that say what the case is about, shown first. same: keys of fields that must be equal
    for two cases of one complainant against one respondent to be the same complaint. partly_counts: the
    switch that says whether a partly substantiated allegation makes a complaint valid (有效投诉). newcomer:
    how a case is opened whose respondent is on no roster yet, where that may be. called: the key of the code
    field by whose words a case is called (设立分所：…) where it is not called by its kind. asks: by a value
    of that field, which fields and roles a form offers then; what stands under none is always offered.
    origin: key of the field in which the number of the case stands that this one comes from: that may be
    of any kind; it is linked. orders: which of its days follow one another. by_association: the profession's
    association runs its cases of its own members, beside the bureau, and reads no others. area: an area of
    rights of its own ("appraisal.interference"), for what fewer may see: who may read the profession's other
    cases may not read these.
    """

    key: str
    title: str
    work: str
    lifecycle: str
    details: Table
    fields: tuple[Field, ...]
    parties: tuple[PartyRole, ...]
    respondent: str
    series: str
    heads: str | None = None
    matter: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    partly_counts: str | None = None
    newcomer: Newcomer | None = None
    called: str | None = None
    asks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lists: tuple[CaseList, ...] = ()
    origin: str = ""
    orders: tuple[DayOrder, ...] = ()
    by_association: bool = False
    area: str | None = None
    order: int = 100

    @cached_property
    def owner(self) -> str:
        """The plugin that declares it."""
        return self.key.split(".", 1)[0]

    @cached_property
    def rights(self) -> str:
        """The area that rights on its cases are scoped by: the profession, or one of its own within it."""
        return self.area or (f"{self.owner}.{ASSOCIATION}" if self.by_association else self.owner)

    @cached_property
    def by_list(self) -> dict[str, CaseList]:
        """List key → list."""
        return {item.key: item for item in self.lists}

    @cached_property
    def by_key(self) -> dict[str, Field]:
        """Field key → field."""
        return {field.key: field for field in self.fields}

    def offers(self, key: str, value: str | None) -> bool:
        """Whether a form offers a field or role when the case is called by a value."""
        conditional = any(key in keys for keys in self.asks.values())
        return not conditional or key in self.asks.get(value or "", ())

    @cached_property
    def roles(self) -> dict[str, PartyRole]:
        """Role key → role."""
        return {role.key: role for role in self.parties}
