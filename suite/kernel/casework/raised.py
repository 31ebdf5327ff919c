"""Notices about steps of cases that wait for a signature, and about what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from suite.contract.commands import Command, Done, Work
from suite.contract.declarations import Declaration
from suite.contract.notices import NewNotice, NoticeKind
from suite.contract.states import StateKind
from suite.kernel.casework.commands import ApproveStep, RecordPaperSignature, ReturnStep
from suite.kernel.casework.current import APPROVED, OPEN, RETURNED
from suite.kernel.clocks.moving import RESULT, Moved
from suite.tables import Case, CaseApproval, HandOver

PAGE = "case"
#: So many moved days are told one by one.
MOST_SINGLE = 20
#: No chain of signatures is longer.
LONGEST_CHAIN = 9


def _about(row: CaseApproval, step: int) -> str:
    return f"core.case_approval:{row.id}:{step}"


def _signed(command: Command, work: Work) -> CaseApproval | None:
    """The approval that a signature or a return was about."""
    if not isinstance(command, ApproveStep | ReturnStep | RecordPaperSignature):
        return None
    return work.session.get(CaseApproval, command.approval)


def step_waits(command: Command, done: Done, work: Work) -> Iterator[NewNotice]:
    """To whoever may sign next."""
    number = done.result.get("approval")
    row = work.session.get(CaseApproval, number) if isinstance(number, int) else None
    case = work.session.get(Case, row.case_id) if row is not None else None
    if row is None or case is None or row.state != OPEN:
        return
    yield NewNotice(
        text=f"{case.number} 有一步等待您审批。",
        permission=f"{case.profession}:{row.permission}",
        district=case.district_code,
        association=case.association,
        page=PAGE,
        argument=(case.id,),
        about=_about(row, row.step),
    )


def step_over(command: Command, done: Done, work: Work) -> Iterable[str]:
    """Signed, it waits for that place no more; sent back or taken, for none."""
    row = _signed(command, work)
    if row is None:
        return ()
    over = range(row.step) if row.state == OPEN else range(LONGEST_CHAIN)
    return [_about(row, step) for step in over]


def step_settled(command: Command, done: Done, work: Work) -> Iterator[NewNotice]:
    """To the one who asked, once it is signed by all or sent back."""
    row = _signed(command, work)
    case = work.session.get(Case, row.case_id) if row is not None else None
    if row is None or case is None or row.state not in (APPROVED, RETURNED):
        return
    word = "已获批准并办理" if row.state == APPROVED else "被退回，理由见办理记录"
    yield NewNotice(
        text=f"您就 {case.number} 提请的审批{word}。",
        login=row.asked_by,
        page=PAGE,
        argument=(case.id,),
    )


def day_moved(command: Command, done: Done, work: Work) -> Iterator[NewNotice]:
    """To the handler of each case whose day the calendar moved: the old one and the new one; where there are
    many, how many, since each case tells it in its history."""
    by_handler: dict[str, list[Moved]] = {}
    for moved in done.result.get(RESULT, ()):
        if moved.handler:
            by_handler.setdefault(moved.handler, []).append(moved)
    for handler, found in by_handler.items():
        for moved in found if len(found) <= MOST_SINGLE else ():
            yield NewNotice(
                text=f"{moved.subject} 的{moved.limit}到期日由 {moved.before} 改为 {moved.after}。",
                login=handler,
                page=PAGE,
                argument=(moved.id,),
            )
        if len(found) > MOST_SINGLE:
            text = f"您经办的 {len(found):,} 个到期日随工作日历变动，见各件的办理记录；请看在办件的新到期日。"
            yield NewNotice(text=text, login=handler, page="cases", argument=("open",))


def handed_over(command: Command, done: Done, work: Work) -> Iterator[NewNotice]:
    """To the new handler."""
    case = work.session.get(Case, done.result["case_id"])
    if case is not None and case.handler != work.actor.login:
        yield NewNotice(
            text=f"{case.number} 已移交给您承办。", login=case.handler, page=PAGE, argument=(case.id,)
        )


def work_handed_over(command: Command, done: Done, work: Work) -> Iterator[NewNotice]:
    """To the taker; and to the giver where another one did it for him."""
    row = work.session.get(HandOver, done.result["hand_over"])
    if row is None:
        return
    what = "工作" if row.cases else "审批"
    ended = row.last_day < work.today
    for login, words in (
        (row.taker, f"交给您代办的{what}"),
        (row.giver, f"您的{what}"),
    ):
        if login != work.actor.login:
            days = "已提前收回" if ended else f"{row.first_day} 至 {row.last_day} 由他人代办"
            if login == row.taker and not ended:
                days = f"自 {row.first_day} 至 {row.last_day}，到期自动交回"
            yield NewNotice(text=f"{words}{days}。", login=login, page="today")


DECLARATIONS: tuple[Declaration, ...] = (
    NoticeKind(
        key="core.case_waits", title="待审批", state=StateKind.WARN, raised=step_waits, settled=step_over
    ),
    NoticeKind(
        key="core.case_signed",
        title="审批结果",
        state=StateKind.RUN,
        after=("ApproveStep", "ReturnStep", "RecordPaperSignature"),
        raised=step_settled,
    ),
    NoticeKind(
        key="core.case_moved",
        title="到期日变动",
        state=StateKind.WARN,
        after=("RecountClocks",),
        raised=day_moved,
    ),
    NoticeKind(
        key="core.work_handed",
        title="工作移交",
        state=StateKind.NEW,
        after=("HandOverWork", "DelegateSignature", "EndHandOver"),
        raised=work_handed_over,
    ),
    NoticeKind(
        key="core.case_handed",
        title="办件移交",
        state=StateKind.NEW,
        after=("HandOverCase",),
        raised=handed_over,
    ),
)
