"""What is done to a case beside its steps: remarks, and giving it to another colleague."""

from __future__ import annotations

from suite.contract.commands import Change, Done
from suite.contract.problems import ProblemKind, Refused, refuse
from suite.kernel.accounts.others import Place, other_may
from suite.kernel.casework.commands import HandOverCase, RemarkCase
from suite.kernel.casework.current import add_event, hold_case, require_in_scope
from suite.kernel.casework.rules import date_problems, note_problems
from suite.kernel.casework.steps import stale
from suite.kernel.executor.work import Transaction
from suite.tables import User


def remark_case(command: RemarkCase, work: Transaction) -> Done:
    """Write a remark; the case stays as it is, so that no version is asked for."""
    on = command.on or work.today
    if not command.note.strip():
        raise refuse("required", "请写明补记的内容。", field="note")
    case = hold_case(work, command.case_id)
    require_in_scope(work, "case:handle", case)
    problems = [*date_problems(on, work.today, case.opened), *note_problems(command.note)]
    if problems:
        raise Refused(problems)
    add_event(work, case, title="补记", on=on, note=command.note)
    return Done(text=f"已补记到 {case.number}", changes=(Change(kind=case.kind, ids=(case.id,)),))


def hand_over(command: HandOverCase, work: Transaction) -> Done:
    """Name another handler, with the reason."""
    if not command.reason.strip():
        raise refuse("reason.required", "请写明移交事由。", field="reason")
    case = hold_case(work, command.case_id)
    require_in_scope(work, "case:handle", case)
    if command.expected_version != case.version:
        raise stale(case)
    user = work.session.get(User, command.to)
    if user is None or not user.active:
        raise refuse("party.user", f"没有在用的用户“{command.to[:60]}”，请填登录名。", field="to")
    if not other_may(work, user.login, "case:handle", Place.of(case)):
        text = f"{user.name} 没有办理这件办件的权限，请改选他人，或先由管理员授权。"
        raise refuse("party.blind", text, ProblemKind.NOT_PERMITTED, field="to")
    case.handler, case.version, case.updated_at = user.login, case.version + 1, work.now
    add_event(work, case, title=f"移交{user.name}", on=work.today, note=command.reason)
    return Done(
        text=f"{case.number} 已移交{user.name}",
        changes=(Change(kind=case.kind, ids=(case.id,)),),
        result={"case_id": case.id, "version": case.version},
    )
