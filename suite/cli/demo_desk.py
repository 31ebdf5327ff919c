"""What makes a desk look lived in: a step that came back, work handed over, a signature in another's name."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from suite.kernel.casework.commands import ReturnStep
from suite.kernel.casework.handing_over import DelegateSignature, HandOverWork
from suite.kernel.casework.waiting import waiting_for

if TYPE_CHECKING:
    from suite.bootstrap import Suite

#: Who goes away, who takes the work, for how many days, and why.
AWAY = ("jiandingke", "jianding2", 5, "参加业务培训")
SIGNS = ("jiandingkz", "jianding2", 3, "列席会议")
OPINION = "裁量理由不充分，请对照裁量基准补充后重新提请。"


def desks(suite: Suite) -> str:
    """Return what waits for the leader, let the head's signature be delegated, hand one desk over."""
    if "appraisal" not in suite.catalog.professions:
        return "没有启用司法鉴定"
    told = []
    leader = suite.actor("juling")
    with suite.reading() as session:
        waiting = waiting_for(session, leader, suite.catalog, limit=1)
    for item in waiting:
        suite.run(ReturnStep(approval=item.approval, opinion=OPINION), leader)
        told.append(f"{item.number} 的审批被退回")
    giver, taker, days, reason = SIGNS
    last = suite.today + dt.timedelta(days=days)
    suite.run(DelegateSignature(to=taker, until=last, reason=reason), suite.actor(giver))
    told.append(f"{suite.actor(taker).name}代签至 {last}")
    giver, taker, days, reason = AWAY
    last = suite.today + dt.timedelta(days=days)
    done = suite.run(HandOverWork(to=taker, until=last, reason=reason), suite.actor(giver))
    told.append(done.text)
    return "；".join(told)
