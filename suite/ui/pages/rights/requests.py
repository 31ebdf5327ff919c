"""What takes two persons: what I asked for, and what I may decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from suite.bootstrap import SHANGHAI
from suite.contract.states import StateKind
from suite.kernel.accounts.requests import (
    ApproveRequest,
    RequestLine,
    ReturnRequest,
    WithdrawRequest,
    request_lines,
)
from suite.kernel.executor.second_person import APPROVED, OPEN, WITHDRAWN
from suite.kernel.executor.second_person import STATES as WORDS
from suite.ui.kit.columns import Column, ColumnKind
from suite.ui.kit.fields import FieldSpec
from suite.ui.kit.state import StateValue
from suite.ui.pages.rights.pane import Act, ActPane

CARRIES_OUT = "同意后随即以您的名义办理，并记入操作痕迹。"
SHOWS = "同意后一天内由提请人本人查看，每次查看都记入操作痕迹；您看不到内容。"
KINDS = {OPEN: StateKind.RUN, APPROVED: StateKind.OK}
STATES = {key: StateValue(KINDS.get(key, StateKind.ENDED), word) for key, word in WORDS.items()}


class RequestsPane(ActPane):
    """The newest first; one's own are decided by somebody else."""

    NAME = "须由另一人复核的事项"
    EMPTY = (
        "没有您提请的、或可以由您复核的事项。批量查看、大量导出、合并档案、作废记录等须由另一人同意后办理。"
    )
    FOLLOWS = ("core.request",)
    COLUMNS = (
        Column(key="id", title="编号", kind=ColumnKind.NUMBER, width=64),
        Column(key="title", title="事项", width=220),
        Column(key="state", title="状态", kind=ColumnKind.STATE, width=96),
        Column(key="asked_by", title="提请人", width=110),
        Column(key="asked_at", title="提请时间", width=140),
        Column(key="reason", title="事由", width=260, stretch=True),
        Column(key="decided_by", title="复核人", width=110),
    )

    def make_acts(self) -> Sequence[Act]:
        """Approve, or return with a reason; take back one's own."""
        return (
            Act(
                key="withdraw",
                title="撤回",
                command=lambda line, typed: WithdrawRequest(request=line.id),
                refusal=_kept,
                note="撤回后不再等待复核；需要时可以重新提请。",
            ),
            Act(
                key="return",
                title="退回",
                command=lambda line, typed: ReturnRequest(request=line.id, opinion=typed["opinion"]),
                fields=lambda _line: (
                    FieldSpec(key="opinion", title="理由", required=True, quiet=True, wide=True),
                ),
                refusal=_refusal,
            ),
            Act(
                key="approve",
                title="同意",
                command=lambda line, typed: ApproveRequest(request=line.id, opinion=typed["opinion"] or ""),
                fields=self._opinion,
                refusal=_refusal,
            ),
        )

    def _opinion(self, line: RequestLine) -> Sequence[FieldSpec]:
        """What approval brings about is said beside it, whole: the line below the table has little room."""
        kind = self.desk.suite.executor.commands.get(line.command)
        shows = kind is not None and kind.discloses
        self.acts["approve"] = self.acts["approve"].noting(_result(line) + (SHOWS if shows else CARRIES_OUT))
        return (FieldSpec(key="opinion", title="意见", quiet=True, wide=True),)

    def read(self, session: Any) -> list[Any]:
        suite = self.desk.suite
        return list(request_lines(session, self.desk.actor, suite.catalog, suite.today))

    def cells(self, line: RequestLine) -> Sequence[object]:
        return (
            line.id,
            line.title,
            STATES[line.state],
            line.asker,
            f"{line.asked_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
            line.reason,
            (line.decider if line.state != WITHDRAWN else None) or "—",
        )

    def subject(self, line: RequestLine) -> str:
        return f"{line.id} 号，{line.asker} 提请“{line.title}”"

    def words(self, line: RequestLine) -> str:
        if line.state == OPEN:
            asked = (
                "这是您提请的，由另一人复核；复核前可以撤回。"
                if line.mine
                else f"{line.asker} 提请：{line.reason}"
            )
            return f"{asked.rstrip('。')}。{_result(line)}"
        if line.state == WITHDRAWN:
            return f"{line.asker} 撤回了这项提请。"
        return f"{line.decider} {STATES[line.state].word}" + (f"：{line.decision}" if line.decision else "")


def _result(line: RequestLine) -> str:
    """What its trial gave."""
    return f"同意后的结果：{line.effect}。" if line.effect else ""


def _kept(line: Any) -> str:
    """Why a request cannot be taken back."""
    if line is None or not line.mine:
        return "只能撤回自己的提请"
    return "" if line.state == OPEN else "已经撤回" if line.state == WITHDRAWN else "已经复核"


def _refusal(line: Any) -> str:
    if line is None:
        return "没有待复核的事项"
    if line.state != "open":
        return "已经撤回" if line.state == WITHDRAWN else "已经复核"
    return "不能复核自己的提请" if line.mine else ""
