"""Sanctions of the trade (行业处分): a track of its own, decided by an association or an institution."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from suite.contract.casework import (
    CaseKind,
    ClockAct,
    Lifecycle,
    NumberSeries,
    OnClock,
    PartyOf,
    PartyRole,
    State,
    Transition,
)
from suite.contract.declarations import Declaration, Field
from suite.contract.penalties import PenaltyKind, Track
from suite.contract.states import StateKind
from suite.contract.usual_lists import EVIDENCE, INTERVIEWS
from suite.database.rights import ASSOCIATION
from suite.kernel.casework.penalties.effects import effects_of
from suite.kernel.casework.penalties.frame import (
    DECISION,
    INVESTIGATION,
    LEAD,
    choice_lists,
    imposing_fields,
)
from suite.kernel.casework.penalties.lawful import Lawful

FILING, HEARING, END = "立案", "听取意见", "办结"
EXECUTION = "送达执行"
NOTICE_PAPER, DECISION_PAPER = "立案通知书", "处分决定书"

STATES = (
    State(key="reported", title="线索", kind=StateKind.NEW, stage=FILING),
    State(key="filed", title="已立案", kind=StateKind.RUN, stage=FILING),
    State(key="investigating", title="调查", kind=StateKind.RUN, stage=INVESTIGATION),
    State(key="proposed", title="听取意见", kind=StateKind.RUN, stage=HEARING),
    State(key="heard", title="待决定", kind=StateKind.RUN, stage=DECISION),
    State(key="decided", title="待送达", kind=StateKind.RUN, stage=EXECUTION),
    State(key="delivered", title="已送达", kind=StateKind.RUN, stage=EXECUTION),
    State(key="executing", title="执行", kind=StateKind.RUN, stage=EXECUTION),
    State(key="closed", title="结案", kind=StateKind.OK, stage=END, terminal=True),
    State(key="no_filing", title="不予立案", kind=StateKind.ENDED, stage=END, terminal=True),
    State(key="withdrawn", title="已撤案", kind=StateKind.ENDED, stage=END, terminal=True),
    State(key="annulled", title="处分被撤销", kind=StateKind.ENDED, stage=END, terminal=True),
)
MEASURES, CHOSEN = ("article", "gravity", "sanctions", "fine", "months"), ("article", "gravity", "sanctions")


@dataclass(frozen=True, kw_only=True)
class DisciplineCases:
    """What a profession says of its sanctions of the trade; `declarations` is all that follows from it.

    rules: the rule of the trade that each step follows. limits: keys of the time limits that it sets, where
    it sets them: "file", "notice", "review".

    Example: see `plugins/lawyers/penalties/__init__.py`.
    """

    owner: str
    title: str
    organ: str
    rules: str
    columns: Any
    catalogue: Sequence[PenaltyKind]
    individuals: tuple[str, ...]
    limits: Mapping[str, str] = field(default_factory=dict)
    order: int = 60

    def declarations(self) -> tuple[Declaration, ...]:
        """Everything that these cases are made of."""
        prefix = f"{self.owner}.discipline"
        entries = tuple(item for item in self.catalogue if item.track is Track.DISCIPLINE)
        lawful = Lawful(
            prefix=prefix,
            entries={item.key: item for item in entries},
            individuals=frozenset(self.individuals),
        )
        series = NumberSeries(key=f"{prefix}_no", title=f"{self.title}编号", organ=self.organ)
        lifecycle = Lifecycle(
            key=f"{prefix}_lifecycle",
            title=f"{self.title}办理流程",
            states=STATES,
            transitions=(*self._to_the_decision(prefix), *self._after_it(prefix)),
        )
        subjects = tuple(dict.fromkeys(kind for item in entries for kind in item.subjects))
        return (
            *choice_lists(prefix, self.title, entries),
            *lawful.guards_of_trade(),
            *effects_of(lawful, "", area=f"{self.owner}.{ASSOCIATION}"),
            series,
            lifecycle,
            CaseKind(
                key=prefix,
                title=self.title,
                work="discipline",
                lifecycle=lifecycle.key,
                details=self.columns.__table__,
                series=series.key,
                respondent="respondent",
                matter=("source", "source_no", "conduct"),
                origin="source_no",
                lists=(EVIDENCE, INTERVIEWS),
                by_association=True,
                order=self.order,
                parties=(
                    PartyRole(key="respondent", title="当事人", of=PartyOf.SUBJECT, kinds=subjects),
                    PartyRole(key="officer", title="调查人员", of=PartyOf.USER, least=2),
                ),
                fields=_fields(self.columns, prefix),
            ),
        )

    def _clock(self, act: ClockAct, name: str) -> tuple[OnClock, ...]:
        return (OnClock(act=act, limit=self.limits[name]),) if name in self.limits else ()

    def _to_the_decision(self, prefix: str) -> tuple[Transition, ...]:
        rules = self.rules
        return (
            Transition(
                command="OpenDiscipline", title="登记处分线索", sources=(), to="reported",
                fields=("source", "source_no", "conduct"), required=("source", "conduct"),
                parties=("respondent",), guards=("core.penalty.one_party",),
                clocks=self._clock(ClockAct.START, "file"), article=rules,
                help="登记投诉、移送或处罚后应予处分的线索",
            ),
            Transition(
                command="FileDiscipline", title="立案", sources=("reported",), to="filed",
                clocks=(*self._clock(ClockAct.STOP, "file"), *self._clock(ClockAct.START, "notice")),
                article=rules, help="符合条件的立案",
            ),
            Transition(
                command="RefuseDiscipline", title="不予立案", sources=("reported",), to="no_filing",
                fields=("no_filing_reason",), required=("no_filing_reason",), article=rules,
                help="写明理由并告知",
            ),
            Transition(
                command="NotifyMember", title="通知当事人并调查", sources=("filed",), to="investigating",
                parties=("officer",), clocks=self._clock(ClockAct.STOP, "notice"),
                documents=(NOTICE_PAPER,), article=rules, help="确定两名以上调查人员，通知当事人答辩",
            ),
            Transition(
                command="ProposeDiscipline", title="提出处分意见", sources=("investigating",),
                to="proposed", guards=("core.case.two_officers", f"{prefix}.lawful"),
                fields=("facts_found", *MEASURES), required=("facts_found", *CHOSEN), article=rules,
                help="写明事实、依据和拟给予的处分",
            ),
            Transition(
                command="CollectProof", title="登记证据", sources=("investigating",), to=None,
                lists=("evidence", "interviews"), required=("evidence",), article=rules, help="逐项登记",
            ),
            Transition(
                command="HearMember", title="听取意见", sources=("proposed",), to="heard",
                guards=(f"{prefix}.hearing_offered",), needs_service=(NOTICE_PAPER,),
                fields=("statement", "hearing_on", "hearing_opinion"), required=("statement",),
                article=rules, help="登记陈述申辩；中止权利、取消资格的应当听证，放弃的写明",
            ),
            Transition(
                command="DecideDiscipline", title="作出处分决定", sources=("heard",), to="decided",
                guards=(f"{prefix}.decided_by", f"{prefix}.not_heavier"),
                fields=(*MEASURES, "decider", "decision_no"), required=(*CHOSEN, "decider", "decision_no"),
                documents=(DECISION_PAPER, "送达回证"), article=rules, help="由有权的协会或机构集体作出",
            ),
            Transition(
                command="WithdrawDiscipline", title="撤销案件",
                sources=("investigating", "proposed", "heard"), to="withdrawn",
                fields=("withdrawal_reason",), required=("withdrawal_reason",), article=rules,
                help="违规事实不能成立的",
            ),
        )  # fmt: skip

    def _after_it(self, prefix: str) -> tuple[Transition, ...]:
        rules = self.rules
        return (
            Transition(
                command="DeliverDiscipline", title="送达处分决定", sources=("decided",), to="delivered",
                clocks=self._clock(ClockAct.START, "review"), needs_service=(DECISION_PAPER,),
                follows_service=True, article=rules,
                help="登记处分决定书送达后自动办理，申请复查的期限自送达起算",
            ),
            Transition(
                command="EffectDiscipline", title="登记执行", sources=("delivered",), to="executing",
                guards=("core.penalty.days",), fields=("effective_from", "effective_until"),
                effects=(f"{prefix}.punish", f"{prefix}.tell"), article=rules,
                help="依目录规定记入档案；当事人的其他身份由有关科室核查",
            ),
            Transition(
                command="CloseDiscipline", title="结案", sources=("executing",), to="closed",
                guards=("core.penalty.suspension_settled",), article=rules, help="处分已经执行",
            ),
            Transition(
                command="EndSuspension", title="确认期满恢复", sources=("executing",), to=None,
                guards=("core.penalty.suspension_over",), effects=(f"{prefix}.restore",), once=True,
                article=rules, help="期满后确认恢复，不自动改动",
            ),
            Transition(
                command="UpholdDiscipline", title="登记复查维持", sources=("delivered", "executing"),
                to=None, fields=("review_opinion",), required=("review_opinion",),
                clocks=self._clock(ClockAct.STOP, "review"), article=rules, help="复查维持原处分的",
            ),
            Transition(
                command="AnnulDiscipline", title="登记复查撤销",
                sources=("decided", "delivered", "executing", "closed"), to="annulled",
                fields=("annulment_document",), required=("annulment_document",),
                effects=(f"{prefix}.undo", f"{prefix}.tell_undone"), article=rules,
                help="处分被撤销的，档案自当日起恢复原状态",
            ),
        )  # fmt: skip


def _fields(columns: Any, prefix: str) -> tuple[Field, ...]:
    return (
        Field(columns.source, title="线索来源", section=LEAD, codes="core.penalty_source", listed=True),
        Field(
            columns.source_no,
            title="来源文号或办件编号",
            section=LEAD,
            help="填写原投诉、处罚的办件编号的，自动关联。",
        ),
        Field(columns.conduct, title="违规行为", section=LEAD),
        Field(columns.no_filing_reason, title="不予立案理由", section=LEAD),
        Field(columns.facts_found, title="查明的事实", section=INVESTIGATION),
        Field(columns.statement, title="陈述申辩", section=HEARING),
        Field(columns.hearing_on, title="听证日期", section=HEARING),
        Field(columns.hearing_opinion, title="听证情况", section=HEARING, help="放弃听证的写明放弃。"),
        Field(columns.decider, title="决定机构", section=DECISION, codes="core.penalty_organ"),
        *imposing_fields(columns, prefix),
        Field(columns.withdrawal_reason, title="撤案理由", section=DECISION),
        Field(columns.review_opinion, title="复查意见", section=EXECUTION),
    )
