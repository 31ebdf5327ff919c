"""What becomes of a return that was handed in: reviewed, sent back, corrected (更正); and reminders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import select

from suite.contract.commands import Done
from suite.contract.problems import Problem, Refused, refuse
from suite.contract.returns import ReturnForm
from suite.kernel.executor.work import Transaction
from suite.kernel.indicators.periods import Period
from suite.kernel.indicators.wanted import due_day
from suite.kernel.parameters.queries import parameters_on
from suite.kernel.returns.declarations import JUMP
from suite.kernel.returns.frame import (
    FormCommand,
    Taken,
    changed,
    in_state,
    loaded,
    log,
    require_within,
    take_cells,
    write_figures,
)
from suite.kernel.returns.reported import reports_telling, said_of
from suite.kernel.returns.rules import HANDED_IN, Bounds, ReturnState, problems_of, sum_problems, with_sums
from suite.kernel.returns.standing import period_meant, reporters, within
from suite.kernel.returns.submitting import SUBMIT, about
from suite.tables import Return, ReturnCell, ReturnEvent

REVIEW = "{owner}:return:review"
LONGEST_REASON = 500
#: A notice has room for as much of a reason; all of it stands in what happened to the return.
TOLD_REASON = 300


@dataclass(frozen=True, kw_only=True)
class ReturnMeant:
    """A return with the version that was read."""

    id: int
    expected_version: int


@dataclass(frozen=True, kw_only=True)
class ReviewReturns(FormCommand):
    """Approve returns that were handed in."""

    permission: ClassVar[str] = REVIEW
    title: ClassVar[str] = "审核报表"

    returns: tuple[ReturnMeant, ...]


@dataclass(frozen=True, kw_only=True)
class SendBackReturn(FormCommand):
    """Send a return back with a reason; its figures do not count until it is handed in again."""

    permission: ClassVar[str] = REVIEW
    title: ClassVar[str] = "退回报表"

    return_id: int
    expected_version: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class CorrectReturn(FormCommand):
    """Correct numbers after they were handed in (更正): the former ones stay in the log, with the reason.

    values: the cells that change. A reviewed return waits for its review again.
    """

    permission: ClassVar[str] = SUBMIT
    title: ClassVar[str] = "更正报表"

    return_id: int
    expected_version: int
    values: Mapping[str, Decimal]
    reason: str
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class RemindReturns(FormCommand):
    """Remind who has not handed in a period's form yet."""

    permission: ClassVar[str] = REVIEW
    title: ClassVar[str] = "催报"

    period: str


def review_returns(command: ReviewReturns, work: Transaction) -> Done:
    """Mark them as reviewed."""
    form = work.catalog.form(command.form)
    versions = {item.id: item.expected_version for item in command.returns}
    rows = loaded(list(versions), versions, form, command.permission_key(), work)
    for row in rows:
        in_state(row, (ReturnState.SUBMITTED,), "审核")
        row.state, row.version = ReturnState.REVIEWED, row.version + 1
        log(row, "review", work)
    work.session.flush()
    return Done(text=f"已审核 {len(rows)} 份{form.title}", changes=changed(rows))


def send_back_return(command: SendBackReturn, work: Transaction) -> Done:
    """Take its figures out and say why."""
    form = work.catalog.form(command.form)
    _reason(command.reason)
    (row,) = loaded(
        [command.return_id],
        {command.return_id: command.expected_version},
        form,
        command.permission_key(),
        work,
    )
    in_state(row, HANDED_IN, "退回")
    row.state, row.version = ReturnState.SENT_BACK, row.version + 1
    log(row, "send_back", work, note=command.reason)
    period = period_meant(form, row.period)
    write_figures(form, period, [row], work)
    known = reporters(work.session, work.catalog, form, period)
    whose = next((f"{one.name} " for one in known if one.who == row.who), "")
    told = {
        "text": f"{whose}{row.period} 的{form.title}被退回（{_short(command.reason)}），请修改后重新报送。",
        "permission": SUBMIT.replace("{owner}", form.owner),
        "district": row.district_code,
        "form": form.key,
        "period": row.period,
        "about": about(form.key, row.period, row.who),
    }
    return Done(
        text=f"已退回 {row.period} 的{form.title}",
        changes=changed([row], figures=True),
        result={"told": [told]},
    )


def correct_return(command: CorrectReturn, work: Transaction) -> Done:
    """Write the new numbers, keep the former ones. Refuses a correction that changes nothing."""
    form = work.catalog.form(command.form)
    _reason(command.reason)
    (row,) = loaded(
        [command.return_id],
        {command.return_id: command.expected_version},
        form,
        command.permission_key(),
        work,
    )
    in_state(row, HANDED_IN, "更正")
    period = period_meant(form, row.period)
    reporter = next(
        (one for one in reporters(work.session, work.catalog, form, period) if one.who == row.who), None
    )
    if reporter is not None:
        require_within(form, reporter, command.permission_key(), work)
    cells = {
        cell.cell: cell
        for cell in work.session.scalars(select(ReturnCell).where(ReturnCell.return_id == row.id))
    }
    former = {key: cell.value for key, cell in cells.items()}
    unknown = [key for key in command.values if key not in form.by_series]
    if unknown:
        raise refuse(
            "return.cell", f"“{form.title}”没有 {unknown[0][:60]} 这一项，请核对名称。", field="values"
        )
    values = with_sums(form, {**former, **command.values}, period)
    # The reason of the correction stands for the reasons of the numbers that it changes.
    notes = {key: cell.note for key, cell in cells.items()} | {
        key: command.notes.get(key) or command.reason for key in command.values
    }
    bounds = Bounds(last={}, known={}, jump=int(work.parameters[JUMP]), least=10**9)
    problems: list[Problem] = [
        problem
        for problem in problems_of(form, work.catalog.figures, values, notes, bounds)
        if problem.code != "return.band" or problem.field in command.values
    ]
    inputs = {key: value for key, value in former.items() if not form.by_series[key].computed}
    problems += sum_problems(form, work.catalog.figures, {**inputs, **command.values}, period)
    if problems:
        raise Refused(problems)
    moved = {key: value for key, value in values.items() if former.get(key) != value}
    if not moved:
        raise refuse("return.same", "更正的数与已报送的数相同，请核对。", field="values")
    for key, value in moved.items():
        log(row, "correct", work, note=command.reason, cell=key, before=former.get(key), after=value)
    known = {key: cell.known for key, cell in cells.items() if cell.known is not None}
    take_cells([Taken(row=row, values=values, notes=notes, known=known)], work)
    row.state, row.version, row.by_login = ReturnState.SUBMITTED, row.version + 1, work.actor.login
    write_figures(form, period, [row], work)
    titles = "、".join(work.catalog.figures[key].title for key in list(moved)[:3])
    reports = reports_telling(row, list(moved), work)
    return Done(
        text=f"已更正 {row.period} 的{form.title}：{titles}{said_of(reports)}",
        changes=changed([row], figures=True),
        result={"id": row.id, "version": row.version, "cells": sorted(moved), "reports": reports},
    )


def remind_returns(command: RemindReturns, work: Transaction) -> Done:
    """Tell those who are missing; each as long as it has not handed in. Whose return was sent back is told
    that, and why: the reminder stands in the place of that notice."""
    form = work.catalog.form(command.form)
    period = period_meant(form, command.period)
    scopes = work.require(command.permission_key())
    handed_in = set(
        work.session.scalars(
            select(Return.who).where(
                Return.form == form.key,
                Return.period == period.text,
                Return.state.in_(sorted(HANDED_IN)),
            )
        )
    )
    missing = [
        one
        for one in reporters(work.session, work.catalog, form, period)
        if one.who not in handed_in and within(scopes, form, one)
    ]
    if not missing:
        raise refuse("return.none", f"{period.text} 的“{form.title}”都已报送，不用催报。", field="period")
    due = due_day(work.session, form, period, parameters_on(work.session, work.catalog, work.today)).due
    late = "已逾期" if due is not None and due < work.today else "尚未报送"
    reasons = _sent_back(form, period, work)
    back = {who: f"已退回（{_short(reason)}），" for who, reason in reasons.items()}
    told = [
        {
            "text": (
                f"{one.name} {period.text} 的{form.title}{back.get(one.who, '')}{late}，应于 {due} 前报送。"
            ),
            "permission": SUBMIT.replace("{owner}", form.owner),
            "district": one.district,
            "form": form.key,
            "period": period.text,
            "about": about(form.key, period.text, one.who),
        }
        for one in missing
    ]
    names = "、".join(one.name for one in missing[:3])
    more = f"等 {len(missing)} 家" if len(missing) > 3 else ""
    return Done(
        text=f"已向{names}{more}催报 {period.text} 的{form.title}",
        result={
            "told": told,
            "missing": [one.who for one in missing],
            # One reminder for each return: this one stands in the place of those before.
            "settled": [item["about"] for item in told],
        },
    )


def _sent_back(form: ReturnForm, period: Period, work: Transaction) -> dict[str, str]:
    """Whose return of a period was sent back and not handed in since, and why."""
    statement = (
        select(Return.who, ReturnEvent.note)
        .join(ReturnEvent, ReturnEvent.return_id == Return.id)
        .where(
            Return.form == form.key,
            Return.period == period.text,
            Return.state == ReturnState.SENT_BACK,
            ReturnEvent.what == "send_back",
        )
        .order_by(ReturnEvent.id)
    )
    return dict(work.session.execute(statement).all())


def _short(reason: str) -> str:
    """A reason as a notice tells it, in brackets."""
    said = reason.strip().rstrip("。")
    return said if len(said) <= TOLD_REASON else f"{said[: TOLD_REASON - 1]}…"


def _reason(reason: str) -> None:
    if not reason.strip():
        raise refuse("required", "请写明原因。", field="reason")
    if len(reason) > LONGEST_REASON:
        text = f"原因最多 {LONGEST_REASON} 字，现有 {len(reason)} 字。"
        raise refuse("text.long", text, field="reason")
