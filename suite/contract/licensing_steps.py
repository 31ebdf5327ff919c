"""Steps that applications and filings share, as the frames of licensing put them together."""

from __future__ import annotations

from suite.contract.casework import ClockAct, OnClock, Transition

LAW = "行政许可法"
IN_TIME = "core.licensing.in_time"
ACCEPTED_PAPER, SUPPLEMENT_PAPER = "受理通知书", "补正通知书"
#: What an applicant is owed in writing before his case ends (行政许可法第三十二条).
PAPERS = (ACCEPTED_PAPER, SUPPLEMENT_PAPER)


def opening_step(
    party: str,
    roles: tuple[str, ...],
    fields: tuple[str, ...],
    required: tuple[str, ...],
    notice: str,
    *,
    article: str,
    title: str = "登记申请",
    guards: tuple[str, ...] = (),
    foretold: tuple[str, ...] = (),
    more: tuple[OnClock, ...] = (),
) -> Transition:
    """The step that takes an application in; the days in which to tell what is missing begin.

    Whoever may not apply now is told so at once: his application is taken in all the same, since only a
    decision may turn it away (行政许可法第三十二条).
    """
    return Transition(
        command="OpenApplication", title=title, sources=(), to="submitted", parties=(party, *roles),
        fields=fields, required=required, guards=guards, foretold=foretold,
        clocks=(start(notice), *more), article=article,
        help="登记收到的申请材料，开始补正告知计时",
    )  # fmt: skip


def amending_step(sources: tuple[str, ...], fields: tuple[str, ...], article: str) -> Transition:
    """What was applied for is put right, and what was looked into is told, without moving on."""
    return Transition(
        command="CheckApplication", title="核对申请事项", sources=sources, to=None, fields=fields,
        article=article, help="补充、更正申请事项，写明核查情况",
    )  # fmt: skip


def result_step(
    effects: tuple[str, ...],
    guards: tuple[str, ...],
    *,
    article: str,
    fields: tuple[str, ...] = (),
    required: tuple[str, ...] = (),
) -> Transition:
    """The last step where no certificate is issued: the decision is entered in the rosters."""
    return Transition(
        command="RecordResult", title="登记结果", sources=("granted",), to="done", fields=fields,
        required=required, guards=guards, needs_papers=PAPERS, effects=effects, article=article,
        help="写入名册：变动记录和状态，办结",
    )  # fmt: skip


def supplement_steps(
    notice: str, corrected: tuple[str, ...], *, article: str, guards: tuple[str, ...] = (IN_TIME,)
) -> tuple[Transition, Transition]:
    """What is missing is told once, all of it; when it has come, the days begin anew.

    corrected: fields that the supplement may set right; guards: of the telling.
    """
    return (
        Transition(
            command="RequestMaterials", title="通知补正", sources=("submitted",), to="supplementing",
            fields=("supplement_items",), required=("supplement_items",), once=True, guards=guards,
            clocks=(stop(notice),), documents=(SUPPLEMENT_PAPER,), article=article,
            help="一次告知全部需补正的内容",
        ),
        Transition(
            command="ReceiveMaterials", title="收到补正", sources=("supplementing",), to="submitted",
            fields=corrected, clocks=(start(notice),), article=article,
            help="补正材料收齐，更正登记的内容，重新开始计时",
        ),
    )  # fmt: skip


def start(limit: str, since: str = "") -> OnClock:
    """A clock that starts, on the day of the step or on that of a date field or of another limit's clock."""
    return OnClock(act=ClockAct.START, limit=limit, since=since)


def stop(limit: str) -> OnClock:
    """A clock that ends."""
    return OnClock(act=ClockAct.STOP, limit=limit)
