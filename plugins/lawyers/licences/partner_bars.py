"""Who may not be a partner now: by the law after a long suspension, by the review after 不称职."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from plugins.lawyers.licences.firm_facts import PARTNERSHIPS, applicant, founders, item_of
from plugins.lawyers.reviews.rules import BAR
from suite.api import CaseFacts, SubjectFact, months_after, years_after

#: 律师法第五十三条: a suspension of so many months bars from partnership.
LONG = 6


def bars_from_partnership(who: SubjectFact, on: dt.date, years: int) -> Iterator[str]:
    """In words, what bars somebody from partnership on a day. years: after the end of a long suspension."""
    for suspended, ended in _suspensions(who):
        if ended is None:
            if months_after(suspended, LONG) <= on:
                yield f"{who.name}（{suspended} 起停止执业，尚未期满）"
        elif suspended <= on and months_after(suspended, LONG) <= ended and on < years_after(ended, years):
            until = years_after(ended, years)
            yield f"{who.name}（停止执业六个月以上，{ended} 期满，{until} 前不得担任合伙人）"
    for bar in who.bars:
        if bar.key == BAR.key and bar.holds(on):
            yield f"{who.name}（年度考核不称职，至 {bar.last} 不得担任合伙人）"


def _suspensions(who: SubjectFact) -> Iterator[tuple[dt.date, dt.date | None]]:
    """The suspensions of a licence: the first day, and the day on which it held no more."""
    began: dt.date | None = None
    for decision in who.decisions:
        if decision.state == "suspended":
            began = began or decision.on
        elif began is not None:
            yield began, decision.on
            began = None
    if began is not None:
        yield began, None


def barred_joining(case: CaseFacts) -> list[str]:
    """Lawyers who are filed as new partners and may not be."""
    return _barred(case, case.holders("joining"))


def barred_founders(case: CaseFacts) -> list[str]:
    """Founders of a partnership who may not be partners; a new head, who is one of its partners."""
    item, firm = item_of(case), applicant(case)
    if item == "head" and firm is not None and firm.values.get("category") in PARTNERSHIPS:
        return _barred(case, case.holders("head"))
    if item in ("establish", "split", "form") and case.values.get("form") in PARTNERSHIPS:
        return _barred(case, founders(case))
    return []


def _barred(case: CaseFacts, people: list[SubjectFact]) -> list[str]:
    years = case.number_of("lawyers.lawyer.partner_bar_years")
    return [words for who in people for words in bars_from_partnership(who, case.on, years)]
