"""What the core brings to returns: the days until they are due, what a leap is, and who is told what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from suite.contract.commands import Done, Work
from suite.contract.declarations import Declaration
from suite.contract.notices import NewNotice, NoticeKind
from suite.contract.states import StateKind
from suite.kernel.parameters.declaring import OwnParameters

HOUSE = "本局统计工作要求"
JUMP, JUMP_LEAST = "core.return.jump", "core.return.jump_least"

_number = OwnParameters(owner="core")

PARAMETERS = (
    _number("return.due_month", "月报报送期限", 5, "个工作日", HOUSE, False),
    _number("return.due_quarter", "季报报送期限", 8, "个工作日", HOUSE, False),
    _number("return.due_year", "年报报送期限", 15, "个工作日", HOUSE, False),
    _number("return.due_population", "常住人口年报报送期限", 120, "个工作日", HOUSE, False),
    _number("return.jump", "与上期相差多少须说明", 30, "%", HOUSE, False),
    _number("return.jump_least", "相差不到多少不须说明", 10, "", HOUSE, False),
)


def asked_for(command: Any, done: Done, work: Work) -> Iterable[NewNotice]:
    """Who has not handed in is told by a reminder, and why one comes back."""
    for item in done.result.get("told", ()):
        yield NewNotice(
            text=item["text"],
            permission=item["permission"],
            district=item["district"],
            page="returns",
            argument=(item["form"], item["period"]),
            about=item["about"],
        )


def handed_in(command: Any, done: Done, work: Work) -> Iterable[str]:
    """What is handed in needs no reminder any more; what is reminded of anew not the former one."""
    return tuple(done.result.get("settled", ()))


DECLARATIONS: tuple[Declaration, ...] = (
    *PARAMETERS,
    NoticeKind(
        key="core.return_waits",
        title="报表催报",
        state=StateKind.WARN,
        after=("RemindReturns", "SendBackReturn", "SubmitReturns"),
        raised=asked_for,
        settled=handed_in,
    ),
)
