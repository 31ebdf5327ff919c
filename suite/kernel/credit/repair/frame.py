"""The repair case of a profession: columns, fields, graph and kind; conditions and effects are the core's.

信用修复管理办法（国家发展改革委令第36号）: who recognised, repairs. Display has lasted its shortest term, the
conduct is corrected and the duties are performed, and who asks has given a public commitment.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

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
from suite.contract.states import StateKind
from suite.contract.usual_lists import MATERIALS
from suite.database.types import key_text
from suite.kernel.registry.value_checks import past_date

LAW = "信用修复管理办法（国家发展改革委令第36号）"
PLAN = "关于进一步完善信用修复制度的实施方案（国办发〔2025〕22号）"
HEAD = "core.case.by_head"
COMPLETE, DECIDE, COMPLEX, OBJECTION, SYNC = (
    f"core.repair.{name}" for name in ("complete", "decide", "complex", "objection", "sync")
)
#: Where an accepted application is being decided, or the decision is not final.
DECIDING = ("reviewing", "agreed", "refused", "syncing")
APPLY, REVIEW, DECISION, END = "申请", "审查", "决定", "办结"


class RepairColumns:
    """Columns of a repair case, for the details table of a profession. `record_id`: the credit record."""

    record_id: Mapped[int | None]
    applied_on: Mapped[dt.date | None]
    performed_on: Mapped[dt.date | None]
    performance: Mapped[str | None] = mapped_column(Text)
    committed_on: Mapped[dt.date | None]
    commitment: Mapped[str | None] = mapped_column(String(200))
    is_complex: Mapped[bool | None]
    supplement_items: Mapped[str | None] = mapped_column(Text)
    review_opinion: Mapped[str | None] = mapped_column(Text)
    refusal_reason: Mapped[str | None] = mapped_column(Text)
    decision_no: Mapped[str | None] = mapped_column(key_text(100))
    objection: Mapped[str | None] = mapped_column(Text)
    synced_on: Mapped[dt.date | None]


STATES = (
    State(key="applied", title="待受理", kind=StateKind.NEW, stage=APPLY),
    State(key="supplementing", title="待补正", kind=StateKind.PAUSE, stage=APPLY),
    State(key="reviewing", title="审查", kind=StateKind.RUN, stage=REVIEW),
    State(key="agreed", title="待决定", kind=StateKind.RUN, stage=DECISION),
    State(key="refused", title="不予修复，待异议期满", kind=StateKind.PAUSE, stage=DECISION),
    State(key="syncing", title="待平台同步", kind=StateKind.RUN, stage=END),
    State(key="done", title="已修复", kind=StateKind.OK, stage=END, terminal=True),
    State(key="declined", title="不予受理", kind=StateKind.ENDED, stage=END, terminal=True),
    State(key="closed", title="不予修复", kind=StateKind.ENDED, stage=END, terminal=True),
    State(key="withdrawn", title="已撤回", kind=StateKind.ENDED, stage=END, terminal=True),
)


def _on(act: ClockAct, limit: str, when: str = "", reason: str = "") -> OnClock:
    return OnClock(act=act, limit=limit, when=when, reason=reason)


START_DECIDING = (
    _on(ClockAct.START, DECIDE, "core.repair.simple"),
    _on(ClockAct.START, COMPLEX, "core.repair.complex"),
)
STOP_DECIDING = (_on(ClockAct.STOP, DECIDE), _on(ClockAct.STOP, COMPLEX))


def _steps() -> tuple[Transition, ...]:
    return (
        Transition(
            command="OpenRepair", title="登记修复申请", sources=(), to="applied", parties=("applicant",),
            fields=("record_id", "applied_on", "performed_on", "performance", "committed_on", "commitment"),
            required=("record_id", "applied_on"), lists=("materials",), effects=("core.repair_record",),
            clocks=(OnClock(act=ClockAct.START, limit=COMPLETE, since="applied_on"),), article=LAW,
            help="填写信用记录编号，登记履行证明和信用承诺书",
        ),
        Transition(
            command="AcceptRepair", title="受理", sources=("applied",), to="reviewing",
            guards=("core.repair.performed", "core.repair.committed"),
            fields=("performed_on", "performance", "committed_on", "commitment", "is_complex"),
            effects=("core.repair_check",), clocks=(_on(ClockAct.STOP, COMPLETE), *START_DECIDING),
            documents=("受理通知书",), article=LAW,
            help="最短公示期已满、义务履行完毕、已作信用承诺的，开始决定计时",
        ),
        Transition(
            command="RequestRepairMaterials", title="一次告知补正", sources=("applied",),
            to="supplementing", fields=("supplement_items",), required=("supplement_items",),
            clocks=(_on(ClockAct.STOP, COMPLETE),), documents=("补正通知书",), article=PLAN,
            help="一次列明全部需补正的材料",
        ),
        Transition(
            command="ReceiveRepairMaterials", title="收到补正材料", sources=("supplementing",),
            to="applied",
            fields=("performed_on", "performance", "committed_on", "commitment"), lists=("materials",),
            clocks=(_on(ClockAct.START, COMPLETE),), article=PLAN, help="重新开始核对材料",
        ),
        Transition(
            command="DeclineRepair", title="不予受理", sources=("applied", "supplementing"),
            to="declined", fields=("refusal_reason",), required=("refusal_reason",),
            documents=("不予受理通知书",), article=LAW, help="不符合条件的写明理由，如最短公示期未满",
        ),
        Transition(
            command="AgreeRepair", title="审查同意", sources=("reviewing",), to="agreed",
            fields=("review_opinion",), required=("review_opinion",), approval=HEAD, article=LAW,
            help="写明核查情况，须科长审批",
        ),
        Transition(
            command="GrantRepair", title="准予修复", sources=("agreed",), to="syncing",
            fields=("decision_no",), required=("decision_no",), effects=("core.repair_end",),
            clocks=(*STOP_DECIDING, _on(ClockAct.START, SYNC)), documents=("准予信用修复决定书",),
            article=LAW, help="终止公示和共享使用，通知信用平台三个工作日内同步",
        ),
        Transition(
            command="RefuseRepair", title="不予修复", sources=("reviewing", "agreed"), to="refused",
            fields=("refusal_reason", "decision_no"), required=("refusal_reason", "decision_no"),
            approval=HEAD, clocks=(*STOP_DECIDING, _on(ClockAct.START, OBJECTION)),
            documents=("不予信用修复决定书",), article=LAW, help="写明理由，告知可以提出异议，须科长审批",
        ),
        Transition(
            command="ObjectRefusedRepair", title="登记异议，重新审查", sources=("refused",),
            to="reviewing", fields=("objection",), required=("objection",),
            clocks=(_on(ClockAct.STOP, OBJECTION), *START_DECIDING), article=LAW,
            help="申请人在期限内提出异议的",
        ),
        Transition(
            command="CloseRefusedRepair", title="异议期满办结", sources=("refused",), to="closed",
            guards=("core.repair.objection_over",), clocks=(_on(ClockAct.STOP, OBJECTION),), article=LAW,
            help="期满没有异议的，公示继续",
        ),
        Transition(
            command="ConfirmRepairSync", title="登记平台已同步", sources=("syncing",), to="done",
            fields=("synced_on",), required=("synced_on",), clocks=(_on(ClockAct.STOP, SYNC),),
            article=PLAN, help="信用中国和行业平台均已停止公示",
        ),
        Transition(
            command="WithdrawRepair", title="撤回申请",
            sources=("applied", "supplementing", "reviewing", "agreed"), to="withdrawn", article=LAW,
            help="申请人书面撤回的",
        ),
    )  # fmt: skip


def _fields(columns: Any) -> tuple[Field, ...]:
    return (
        Field(columns.record_id, title="信用记录编号", section=APPLY, listed=True,
              help="见信用页或档案“信用”栏的编号。"),
        Field(columns.applied_on, title="申请日期", section=APPLY, checks=(past_date,),
              help="修复按申请之日施行的规则判断。"),
        Field(columns.performed_on, title="履行完毕日期", section=APPLY, checks=(past_date,)),
        Field(columns.performance, title="履行情况和证明", section=APPLY,
              help="缴款凭证、整改验收等，扫描件附入本件。"),
        Field(columns.committed_on, title="信用承诺日期", section=APPLY, checks=(past_date,)),
        Field(columns.commitment, title="信用承诺书", section=APPLY, help="承诺书版本或文号，公开作出。"),
        Field(columns.is_complex, title="情况复杂", section=REVIEW, help="须实地核查的，期限较长。"),
        Field(columns.supplement_items, title="需补正的材料", section=REVIEW, help="一次列明。"),
        Field(columns.review_opinion, title="审查意见", section=REVIEW),
        Field(columns.refusal_reason, title="不予受理、不予修复理由", section=DECISION),
        Field(columns.decision_no, title="决定文号", section=DECISION),
        Field(columns.objection, title="异议", section=DECISION),
        Field(columns.synced_on, title="平台同步日期", section=END, checks=(past_date,)),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class RepairCases:
    """What a profession says of its repair cases; `declarations` is all that follows from it.

    columns: the mapped details class, made with `RepairColumns`. kinds: whose records may be repaired. organ:
    the beginning of the case's number (石司律信修).

    Example: see `plugins/notary/credit.py`.
    """

    owner: str
    title: str
    organ: str
    columns: Any
    kinds: Sequence[str]
    order: int = 70

    def declarations(self) -> tuple[Declaration, ...]:
        """Everything that the repair cases of the profession are made of."""
        prefix = f"{self.owner}.credit_repair"
        series = NumberSeries(key=f"{prefix}_no", title=f"{self.title}编号", organ=self.organ)
        lifecycle = Lifecycle(
            key=f"{prefix}_lifecycle", title=f"{self.title}办理流程", states=STATES, transitions=_steps()
        )
        return (
            series,
            lifecycle,
            CaseKind(
                key=prefix,
                title=self.title,
                work="repair",
                lifecycle=lifecycle.key,
                details=self.columns.__table__,
                series=series.key,
                respondent="applicant",
                matter=("record_id", "applied_on", "performance", "commitment"),
                lists=(MATERIALS,),
                order=self.order,
                parties=(
                    PartyRole(key="applicant", title="申请人", of=PartyOf.SUBJECT, kinds=tuple(self.kinds)),
                ),
                fields=_fields(self.columns),
            ),
        )
