"""How a profession declares its complaints: what its rule has of its own, on the frame that all share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from suite.contract.case_facts import Cell
from suite.contract.casework import (
    CaseKind,
    CaseList,
    DayOrder,
    Guard,
    Lifecycle,
    LineColumn,
    NumberSeries,
    PartyOf,
    PartyRole,
    State,
    Transition,
)
from suite.contract.codes import CodeList
from suite.contract.declarations import Declaration, Field
from suite.database.base import METADATA
from suite.kernel.casework.complaints.columns import ComplaintColumns
from suite.kernel.casework.complaints.guards import WITHDRAWAL, in_time
from suite.kernel.casework.complaints.steps import (
    RECTIFY,
    STATES,
    ComplaintLimits,
    reached,
    transitions,
)
from suite.kernel.registry.value_checks import past_date

MATTER, REVIEW, INVESTIGATION, DECISION, AFTER = "投诉事项", "受理审查", "调查", "处理", "办结之后"

ORDERS = (
    DayOrder(first="known_on", then="received_on"),
    DayOrder(first="known_on", then="opened"),
    DayOrder(first="received_on", then="opened"),
    DayOrder(first="DecideComplaint", then="rectify_by"),
    DayOrder(first="DecideComplaint", then="rectified_on"),
    DayOrder(first="rectified_on", then="ConfirmRectification"),
)

WITHDRAWALS = CaseList(
    key=WITHDRAWAL,
    title="撤回申请",
    columns=(
        LineColumn(cell=Cell.DAY, title="提出日期", required=True),
        LineColumn(cell=Cell.CODE, title="形式", codes="core.complaint_withdrawal", required=True),
        LineColumn(cell=Cell.TEXT, title="撤回的理由和经过", required=True),
    ),
    with_steps=True,
)


@dataclass(frozen=True, kw_only=True)
class ComplaintFrame:
    """The complaints of one profile (投诉办理): code lists, numbers, graph and kind follow from it.

    Example: see `plugins/appraisal/complaints/__init__.py`.

    organ: how its numbers begin. rule: the article of every step that `articles` names none for. refusals,
    outcomes: its lists of grounds and results; a result that means that nothing was found is `no_violation`.
    own: its own fields; those named in `intake` a complaint comes with, those in `decision` a decision
    takes, others by steps that it changes or adds. same: see `CaseKind`. time_bar: the article of the time
    bar, whose years are the parameter `<key>.time_bar_years`. without: steps that its rule does not have.
    changes: step → what is otherwise about it. states, steps, parties, orders: further ones. outside: it is
    handled by a body outside the bureau (an association, a commission), so that its officers are no
    colleagues. by_association: that body is the profession's association; see `CaseKind`.
    """

    key: str
    title: str
    organ: str
    table: type[ComplaintColumns]
    respondents: tuple[str, ...]
    heads: CodeList
    refusals: CodeList
    outcomes: CodeList
    rule: str
    limits: ComplaintLimits
    articles: Mapping[str, str] = field(default_factory=dict)
    own: tuple[Field, ...] = ()
    intake: tuple[str, ...] = ()
    decision: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    time_bar: str | None = None
    partly_counts: str | None = None
    without: frozenset[str] = frozenset()
    changes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    states: tuple[State, ...] = ()
    steps: tuple[Transition, ...] = ()
    parties: tuple[PartyRole, ...] = ()
    orders: tuple[DayOrder, ...] = ()
    outside: bool = False
    by_association: bool = False
    order: int = 100

    def declarations(self) -> tuple[Declaration, ...]:
        """Everything that the profile declares, but for the code lists, which several may share."""
        guards = () if self.time_bar is None else (self._in_time(self.time_bar),)
        return (*guards, self.series, self.lifecycle, self.kind)

    @cached_property
    def series(self) -> NumberSeries:
        """Its numbers."""
        return NumberSeries(key=f"{self.key}_no", title=f"{self.title}编号", organ=self.organ)

    def _in_time(self, article: str) -> Guard:
        return Guard(
            key=f"{self.key}.in_time",
            text="自投诉人知道之日起已超过投诉时效，请按不予受理办理。",
            holds=in_time,
            article=article,
        )

    @property
    def _matter(self) -> tuple[str, ...]:
        return ("source", "received_on", "transferred_from", *self.intake, "known_on", "request")

    @cached_property
    def lifecycle(self) -> Lifecycle:
        """Its graph: the usual steps but for those left out, and its own."""
        usual = transitions(
            self.limits, self._matter, self.decision, f"{self.key}.in_time" if self.time_bar else None
        )
        steps = [
            replace(step, **{"article": self.articles.get(step.command, self.rule), **self._changed(step)})
            for step in usual
            if step.command not in self.without
        ]
        # Nor does anything lead on from a state that only such a step led to.
        ends = {step.to for step in (*steps, *self.steps)}
        steps = [replace(step, sources=tuple(key for key in step.sources if key in ends)) for step in steps]
        steps += self.steps
        brought = {name for step in steps for name in step.documents}
        used = {key for step in steps for key in step.fields}
        # What a rule does not have is not waited for: papers of others, the end of a rectification.
        steps = [
            replace(
                step,
                needs_papers=tuple(name for name in step.needs_papers if name in brought),
                needs_service=(waits := tuple(name for name in step.needs_service if name in brought)),
                follows_service=step.follows_service and bool(waits),
                clocks=tuple(
                    act if act.served in step.documents else replace(act, served="")
                    for act in step.clocks
                    if act.limit != RECTIFY or "rectify_by" in used
                ),
                papers_when={name: when for name, when in step.papers_when.items() if name in step.documents},
                clears=tuple(key for key in step.clears if key in used),
            )
            for step in steps
        ]
        return Lifecycle(
            key=f"{self.key}_lifecycle",
            title=f"{self.title}办理流程",
            states=reached((*STATES[:-6], *self.states, *STATES[-6:]), steps),
            transitions=tuple(steps),
        )

    def _changed(self, step: Transition) -> Mapping[str, Any]:
        return self.changes.get(step.command, {})

    @cached_property
    def kind(self) -> CaseKind:
        """Its kind, with those of the fields that some step takes."""
        steps = self.lifecycle.by_command
        used = {key for step in steps.values() for key in step.fields}
        return CaseKind(
            key=self.key,
            title=self.title,
            work="complaint",
            lifecycle=self.lifecycle.key,
            details=METADATA.tables[self.table.__tablename__],
            series=self.series.key,
            respondent="respondent",
            heads=self.heads.key,
            matter=self._matter,
            same=self.same,
            partly_counts=self.partly_counts,
            by_association=self.by_association,
            orders=tuple(order for order in (*ORDERS, *self.orders) if order.among(used, steps)),
            parties=(
                PartyRole(key="respondent", title="被投诉人", of=PartyOf.SUBJECT, kinds=self.respondents),
                PartyRole(
                    key="officer",
                    title="调查人员",
                    of=PartyOf.NAME if self.outside else PartyOf.USER,
                    least=2,
                ),
                PartyRole(key="witness", title="其他知情人", of=PartyOf.NAME),
                *self.parties,
            ),
            fields=tuple(item for item in self._fields() if item.key in used),
            lists=(WITHDRAWALS,) if any(WITHDRAWAL in step.lists for step in steps.values()) else (),
            order=self.order,
        )

    def _fields(self) -> tuple[Field, ...]:
        table = self.table
        matter = tuple(item for item in self.own if item.key in self.intake)
        others = tuple(item for item in self.own if item.key not in self.intake)
        return (
            Field(table.source, title="来源", section=MATTER, codes="core.complaint_source", listed=True),
            Field(
                table.received_on, title="收到日期", section=MATTER, checks=(past_date,),
                help="来信、转办件收到之日，受理期限自此起算；不填为登记日。",
            ),
            Field(table.transferred_from, title="转办单位", section=MATTER),
            *matter,
            Field(
                table.known_on, title="投诉人知道之日", section=MATTER, checks=(past_date,),
                help="投诉时效自此起算。" if self.time_bar else "",
            ),
            Field(table.request, title="投诉请求", section=MATTER),
            Field(table.supplement_items, title="需补正的内容", section=REVIEW, help="一次列明全部内容。"),
            Field(table.refusal_ground, title="不予受理情形", section=REVIEW, codes=self.refusals.key),
            Field(table.transferred_to, title="移送机关", section=REVIEW),
            Field(table.lead_result, title="线索核查情况", section=REVIEW),
            Field(table.investigation_plan, title="调查提纲", section=INVESTIGATION),
            Field(table.suspension_reason, title="中止原因", section=INVESTIGATION),
            Field(table.extension_reason, title="延长原因", section=INVESTIGATION),
            Field(
                table.termination_ground, title="终止情形", section=INVESTIGATION,
                codes="core.complaint_termination",
            ),
            Field(table.outcome, title="处理结果", section=DECISION, codes=self.outcomes.key, listed=True),
            Field(table.decision_summary, title="处理意见", section=DECISION),
            Field(table.rectify_by, title="整改期限", section=DECISION),
            *others,
            Field(table.reply_no, title="答复文号", section=DECISION),
            Field(
                table.rectified, title="整改复查情况", section=AFTER, codes="core.complaint_rectified"
            ),
            Field(table.rectified_on, title="整改完成日期", section=AFTER, checks=(past_date,)),
            Field(table.remedy, title="救济途径", section=AFTER, codes="core.complaint_remedy"),
            Field(
                table.remedy_result, title="救济结果", section=AFTER, codes="core.complaint_remedy_result"
            ),
            Field(table.remedy_document, title="复议、诉讼文书", section=AFTER),
            Field(table.annulment_document, title="撤销文书", section=AFTER),
        )  # fmt: skip
