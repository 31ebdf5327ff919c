"""The disclosure of adverse records (不良信用记录披露) as a graph of steps, and how a record stands: pure.

归集 → 核实 → 告知（异议） → 批准 → 披露 → 更正、修复、期满. 规划五（三）; who is recorded is told
and may object before anything is shown.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from suite.contract.states import StateKind

ARTICLE = "规划五（三）不良信用记录披露"
KEEP, APPROVE = "credit:keep", "credit:approve"


@dataclass(frozen=True, kw_only=True)
class Stage:
    """How far the disclosure of a record is."""

    key: str
    title: str
    kind: StateKind


@dataclass(frozen=True, kw_only=True)
class DisclosureStep:
    """One step. note: what must be written with it, in a word; empty where nothing need be."""

    key: str
    title: str
    sources: tuple[str, ...]
    to: str
    action: str = KEEP
    note: str = ""
    help: str = ""


STAGES = {
    stage.key: stage
    for stage in (
        Stage(key="collected", title="已归集", kind=StateKind.NEW),
        Stage(key="verified", title="已核实", kind=StateKind.RUN),
        Stage(key="notified", title="已告知", kind=StateKind.PAUSE),
        Stage(key="objected", title="异议待复核", kind=StateKind.WARN),
        Stage(key="answered", title="异议不成立", kind=StateKind.RUN),
        Stage(key="approved", title="已批准", kind=StateKind.RUN),
        Stage(key="disclosed", title="公示中", kind=StateKind.WARN),
        Stage(key="corrected", title="已更正", kind=StateKind.ENDED),
        Stage(key="repaired", title="已修复", kind=StateKind.OK),
        Stage(key="ended", title="公示期满", kind=StateKind.ENDED),
    )
}
#: Where the bureau must do the next thing; after 已告知 the party has its time.
WAITING = ("collected", "verified", "objected", "answered", "approved")

STEPS = {
    step.key: step
    for step in (
        DisclosureStep(
            key="verify", title="核实", sources=("collected",), to="verified",
            help="对照决定文书核实无误",
        ),
        DisclosureStep(
            key="notify", title="告知当事人", sources=("verified",), to="notified",
            help="告知拟披露的内容，当事人可在期限内提出异议",
        ),
        DisclosureStep(
            key="object", title="登记异议", sources=("notified",), to="objected", note="异议内容",
            help="当事人在异议期限内提出的",
        ),
        DisclosureStep(
            key="answer", title="异议不成立", sources=("objected",), to="answered", note="复核意见",
            help="写明复核意见并答复当事人",
        ),
        DisclosureStep(
            key="approve", title="批准披露", sources=("notified", "answered"), to="approved",
            action=APPROVE, help="异议期满或者异议不成立的，由核实人以外的人批准",
        ),
        DisclosureStep(
            key="disclose", title="披露", sources=("approved",), to="disclosed", note="披露渠道",
            help="自披露之日起公示，期满自动停止",
        ),
        DisclosureStep(
            key="correct", title="更正",
            sources=("collected", "verified", "notified", "objected", "answered", "approved", "disclosed"),
            to="corrected", note="更正理由", help="认定有误、逾期的异议成立的，停止使用并写明理由",
        ),
        DisclosureStep(
            key="end", title="提前终止", sources=("disclosed",), to="ended", action=APPROVE,
            note="终止理由", help="依法应当停止公示的，由核实人以外的人批准；修复的按信用修复办理",
        ),
        DisclosureStep(
            key="lapse", title="期满终止",
            sources=("collected", "verified", "notified", "objected", "answered", "approved"), to="ended",
            help="最长公示期届满仍未披露的，不再披露，就此办结",
        ),
    )
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Shown:
    """How a record stands on a day: the word, its kind, and whether it is displayed."""

    key: str
    title: str
    kind: StateKind
    displayed: bool = False


def shown(
    *,
    stage: str,
    favourable: bool,
    display_until: dt.date | None,
    ended_on: dt.date | None,
    reversed_on: dt.date | None,
    today: dt.date,
) -> Shown:
    """How it stands on a day. Display ends by itself the day after its last, whoever looks."""
    if reversed_on is not None:
        return Shown(key="reversed", title="已撤销", kind=StateKind.ENDED)
    if favourable:
        return Shown(key="honour", title="有效", kind=StateKind.OK, displayed=True)
    over = stage == "disclosed" and (ended_on is not None or (display_until or dt.date.max) < today)
    found = STAGES["ended" if over else stage]
    return Shown(key=found.key, title=found.title, kind=found.kind, displayed=found.key == "disclosed")


def term_refusal(step: DisclosureStep, *, until: dt.date, on: dt.date) -> str:
    """Why the longest term of display stands against a step; empty where it does not. After it nothing is
    shown any more (信用修复管理办法): what was not disclosed by then is closed."""
    if step.key in ("approve", "disclose") and until < on:
        return f"最长公示期已于 {until} 届满，不再披露；请用“{STEPS['lapse'].title}”办结。"
    if step.key == "lapse" and on <= until:
        return f"最长公示期到 {until} 才届满，届满后仍未披露的再办“{step.title}”。"
    return ""


def step_refusal(step: DisclosureStep, *, stage: str, objection_until: dt.date | None, on: dt.date) -> str:
    """Why a step may not be taken now; empty where it may."""
    if stage not in step.sources:
        sources = "、".join(STAGES[key].title for key in step.sources)
        return f"现为“{STAGES[stage].title}”，“{step.title}”只能在{sources}时办理。"
    if step.key == "object" and objection_until is not None and on > objection_until:
        return f"异议期限已于 {objection_until} 届满，逾期的请按更正办理。"
    if (
        step.key == "approve"
        and stage == "notified"
        and objection_until is not None
        and on <= objection_until
    ):
        return f"异议期限到 {objection_until} 才届满，届满后再批准。"
    return ""
