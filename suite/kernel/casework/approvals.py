"""Signatures (审批): a step waits for them one after another; with the last one it is taken."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

from sqlalchemy import or_, select

from suite.contract.casework import ApprovalStep, Transition
from suite.contract.commands import Change, Done
from suite.contract.problems import Problem, ProblemKind, Refused, Severity, refuse
from suite.database.engine import is_sqlite
from suite.kernel.accounts.others import Place, other_may
from suite.kernel.casework.commands import ApproveStep, RecordPaperSignature, ReturnStep, TakeStep
from suite.kernel.casework.current import (
    APPROVED,
    OPEN,
    RETURNED,
    UNKNOWN,
    WITHDRAWN,
    Standing,
    add_event,
    hold_case,
    may,
    require_in_scope,
    signatures_of,
    signs_as,
    standing_of,
)
from suite.kernel.casework.derive import step_commands
from suite.kernel.casework.rules import date_problems
from suite.kernel.executor.second_person import put_together, taken_apart
from suite.kernel.executor.work import Transaction
from suite.tables import Attachment, Case, CaseApproval, User

#: How the event begins that tells of a step which waits from then on.
SUBMITTED = "提请审批："


def submit(command: TakeStep, transition: Transition, standing: Standing, work: Transaction) -> Done:
    """Keep a step until it is signed; everything that can be asked of it has been asked."""
    case = standing.case
    chain = work.catalog.approvals[transition.approval or ""]
    row = CaseApproval(
        case_id=case.id,
        profession=case.profession,
        district_code=case.district_code,
        association=case.association,
        command=transition.command,
        fields=taken_apart(command),
        step=0,
        permission=chain.steps[0].permission,
        state=OPEN,
        asked_by=work.actor.login,
        asked_at=work.now,
    )
    work.session.add(row)
    case.version, case.updated_at = case.version + 1, work.now
    add_event(work, case, title=f"{SUBMITTED}{transition.title}", on=work.today, note=command.note)
    return Done(
        text=f"“{transition.title}”已提请{chain.steps[0].title}审批，自最后一环签署之日起生效",
        changes=(Change(kind=case.kind, ids=(case.id,)),),
        result={"case_id": case.id, "approval": row.id, "version": case.version},
    )


def approve_step(command: ApproveStep, work: Transaction) -> Done:
    """Sign; with the last signature the step is taken as it was asked for. Refuses the asker."""
    row, standing = _open(command.approval, work)
    transition = _awaited(row, standing)
    case, chain = standing.case, work.catalog.approvals[transition.approval or ""]
    place = chain.steps[row.step]
    if row.asked_by == work.actor.login:
        raise refuse("approval.own", "不能审批自己提请的事项，请由他人审批。", ProblemKind.FORBIDDEN)
    if work.actor.login in dict(signatures_of(row)):
        raise refuse("approval.twice", "您已在前一环节审批过，请由他人审批。", ProblemKind.FORBIDDEN)
    if not may(work.actor, place.permission, case):
        text = f"本环节由{place.title}审批，您没有“{_words(place, case, work)}”的权限。"
        raise refuse("approval.place", text, ProblemKind.NOT_PERMITTED)
    giver = signs_as(work.actor, row, case)
    if giver is None:
        text = "不能代提请人或前一环节的审批人审批同一事项，请由他人审批。"
        raise refuse("approval.behalf", text, ProblemKind.FORBIDDEN)
    require_asker(row, transition, case, work)
    title = f"{place.title}同意{_behalf(giver, work)}：{transition.title}"
    _sign(row, work.actor.login, work.today, work)
    return signed(row, standing, title, command.opinion, work.today, work)


def _words(place: ApprovalStep, case: Case, work: Transaction) -> str:
    """What a place of a chain asks for, in words."""
    declared = work.catalog.permissions.get(f"{case.profession}:{place.permission}")
    return declared.title if declared else place.permission


def _sign(row: CaseApproval, login: str, on: dt.date, work: Transaction) -> None:
    row.decided_by, row.decided_at = login, work.now
    pairs = [*signatures_of(row), (login, on)]
    row.signed = json.dumps([[who, day.isoformat()] for who, day in pairs])


def require_asker(row: CaseApproval, transition: Transition, case: Case, work: Transaction) -> None:
    """Raises Refused where who asked could not take the step any more: rights may have gone meanwhile."""
    asker = work.session.get(User, row.asked_by)
    if asker is None or not asker.active:
        raise refuse("approval.asker", "提请人已停用，请退回后由他人重新提请。", ProblemKind.FORBIDDEN)
    if not other_may(work, asker.login, transition.permission, Place.of(case)):
        text = f"提请人 {asker.name} 已没有办理这一步的权限，请退回后由他人重新提请。"
        raise refuse("approval.asker", text, ProblemKind.FORBIDDEN)


def signed(
    row: CaseApproval, standing: Standing, title: str, note: str, on: dt.date, work: Transaction
) -> Done:
    """Enter a signature of a day: the next place's turn comes, or with the last one the step is taken.

    It takes effect on that day, not on the one for which it was asked: what has come to pass since, such as
    the end of a limit, stands against it now. Raises Refused then; the signature is not entered either.
    """
    case = standing.case
    transition = standing.lifecycle.by_command[row.command]
    chain = work.catalog.approvals[transition.approval or ""]
    add_event(work, case, title=title, on=on, note=note)
    if row.step + 1 < len(chain.steps):
        row.step += 1
        row.permission = chain.steps[row.step].permission
        case.version, case.updated_at = case.version + 1, work.now
        work.session.flush()
        return Done(
            text=f"已同意，转{chain.steps[row.step].title}审批",
            changes=(Change(kind=case.kind, ids=(case.id,)),),
            result={"case_id": case.id, "approval": row.id, "version": case.version},
        )
    row.state = APPROVED
    work.session.flush()
    asked = put_together(step_commands(work.catalog)[row.command], row.fields)
    assert isinstance(asked, TakeStep)  # noqa: S101 - only steps are submitted
    work.approved = replace(asked, expected_version=case.version, on=on)
    try:
        done = work.run(work.approved)
    except Refused as refused:
        raise Refused([_no_more(problem, on) for problem in refused.problems]) from refused
    return Done(text=f"已同意。{done.text}", changes=done.changes, warnings=done.warnings, result=done.result)


def _no_more(problem: Problem, on: dt.date) -> Problem:
    """Why a step cannot be taken on the day of its last signature, and what the signer does then."""
    if problem.severity is not Severity.ERROR:
        return problem
    text = f"这一步自签署之日（{on}）起生效，现在不能办理：{problem.text}请退回提请人。"
    return replace(problem, text=text, field=None, row=None)


def record_paper_signature(command: RecordPaperSignature, work: Transaction) -> Done:
    """Enter a signature from the printed form. Refuses one without its scan, a day that cannot be, and a
    signer who could not sign here: who asked, who signed before, who does not hold the post."""
    row, standing = _open(command.approval, work)
    case = standing.case
    require_in_scope(work, "case:handle", case)
    transition = _awaited(row, standing)
    place = work.catalog.approvals[transition.approval or ""].steps[row.step]
    if row.asked_by == work.actor.login:
        text = "不能登记自己提请事项的纸质审批，请由他人核对审批表后登记。"
        raise refuse("approval.own", text, ProblemKind.FORBIDDEN)
    scan = work.session.get(Attachment, command.scan)
    signer, problems = _paper_signer(command.signer.strip()[:60], row, place, case, work)
    problems += _paper_day(command.signed_on, row, standing, work)
    if scan is None or scan.case_id != case.id or scan.struck_at is not None:
        text = "请先把审批表的扫描件附入本件，再选定它。"
        problems.append(Problem(code="approval.scan", text=text, field="scan"))
    if problems or scan is None or signer is None:
        raise Refused(problems)
    require_asker(row, transition, case, work)
    title = f"{place.title}同意（纸质审批表，{signer.name} {command.signed_on}）：{transition.title}"
    note = "　".join(part for part in (command.opinion.strip(), f"扫描件：{scan.file_name}") if part)
    _sign(row, signer.login, command.signed_on, work)
    return signed(row, standing, title, note, command.signed_on, work)


def _paper_signer(
    named: str, row: CaseApproval, place: ApprovalStep, case: Case, work: Transaction
) -> tuple[User | None, list[Problem]]:
    """Whose signature the form bears, by name or login: of those who are called so, one who holds the post
    and neither asked nor signed before."""
    if not named:
        return None, [Problem(code="required", text="请写明审批人姓名。", field="signer")]
    called = [
        user
        for user in work.session.scalars(
            select(User).where(or_(User.name == named, User.login == named)).order_by(User.login)
        )
        if user.active
    ]
    placed = [user for user in called if other_may(work, user.login, place.permission, Place.of(case))]
    if not placed:
        text = (
            f"“{place.title}”环节须由有“{_words(place, case, work)}”权限的人签署，“{named}”不是。"
            "请核对审批表上的签名，按用户姓名或登录名填写；还没有用户的，请系统管理员设立并授权。"
        )
        return None, [Problem(code="approval.place", text=text, field="signer")]
    signers = dict(signatures_of(row))
    if all(user.login == row.asked_by for user in placed):
        text = "审批表上的签名是提请人本人，不能审批自己提请的事项。请由他人签署后登记。"
        return None, [Problem(code="approval.own", text=text, field="signer")]
    free = [user for user in placed if user.login not in (row.asked_by, *signers)]
    if not free:
        text = f"“{named}”已在前一环节签署，一人不能签两个环节。请由他人签署后登记。"
        return None, [Problem(code="approval.twice", text=text, field="signer")]
    return free[0], []


def _paper_day(on: dt.date, row: CaseApproval, standing: Standing, work: Transaction) -> list[Problem]:
    """A form is signed no earlier than the step was meant for, nor than it was signed before, nor later than
    today."""
    asked = json.loads(row.fields).get("on")
    meant = dt.date.fromisoformat(asked) if asked else standing.case.opened
    days = [meant, standing.last_on or meant, *(day for _, day in signatures_of(row))]
    first = max(days)
    if on < first <= work.today:
        text = f"签署日期 {on} 早于提请办理或前一环节签署的日期（{first}），请对照审批表核对。"
        return [Problem(code="approval.early", text=text, field="signed_on")]
    return [replace(item, field="signed_on") for item in date_problems(on, work.today, standing.case.opened)]


def _awaited(row: CaseApproval, standing: Standing) -> Transition:
    """The step that waits. Raises Refused where the program has another graph by now."""
    transition = standing.lifecycle.by_command.get(row.command)
    if transition is None or transition.approval is None:
        text = "程序已更新，这一步不再须审批，请退回后重新办理。"
        raise refuse("request.outdated", text, ProblemKind.FORBIDDEN)
    return transition


def return_step(command: ReturnStep, work: Transaction) -> Done:
    """Send the step back with a reason, or take one's own back. Nothing of it is taken."""
    if not command.opinion.strip():
        raise refuse("reason.required", "请写明退回或撤回的理由。", field="opinion")
    row, standing = _open(command.approval, work)
    case, own = standing.case, row.asked_by == work.actor.login
    giver = None if own else signs_as(work.actor, row, case)
    if not own and not may(work.actor, row.permission, case):
        declared = work.catalog.permissions.get(f"{case.profession}:{row.permission}")
        words = declared.title if declared else row.permission
        text = f"本环节须有“{words}”的权限，其他人不能退回。"
        raise refuse("approval.place", text, ProblemKind.NOT_PERMITTED)
    row.state = WITHDRAWN if own else RETURNED
    row.decided_by, row.decided_at = work.actor.login, work.now
    case.version, case.updated_at = case.version + 1, work.now
    transition = standing.lifecycle.by_command.get(row.command)
    title = transition.title if transition is not None else "已取消的一步"
    said = "撤回提请" if own else f"退回{_behalf(giver or '', work)}"
    add_event(work, case, title=f"{said}：{title}", on=work.today, note=command.opinion)
    asker = work.session.get(User, row.asked_by)
    return Done(
        text="已撤回" if own else f"已退回{asker.name if asker else row.asked_by}",
        changes=(Change(kind=case.kind, ids=(case.id,)),),
        result={"case_id": case.id, "version": case.version},
    )


def _behalf(giver: str, work: Transaction) -> str:
    """（代某某） of a signature in another's name."""
    user = work.session.get(User, giver) if giver else None
    return f"（代{user.name}）" if user is not None else ""


def _open(number: int, work: Transaction) -> tuple[CaseApproval, Standing]:
    """What waits, with its case, both held against another desk; refuses what is not there or is decided."""
    case_id = work.session.scalar(select(CaseApproval.case_id).where(CaseApproval.id == number))
    if case_id is None:
        raise refuse("approval.unknown", UNKNOWN, field="approval")
    case: Case = hold_case(work, case_id)
    statement = select(CaseApproval).where(CaseApproval.id == number)
    if not is_sqlite(work.connection):
        statement = statement.with_for_update()
    row = work.session.scalars(statement).one()
    if row.state != OPEN:
        raise refuse("approval.decided", "这项审批已经办结，请刷新。", ProblemKind.STALE, field="approval")
    return row, standing_of(work.session, work.catalog, case)
