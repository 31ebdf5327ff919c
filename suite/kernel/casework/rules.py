"""What may be done with a case, and why not: pure functions over the declarations and the case's facts."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from suite.contract.case_facts import AllegationFact, CaseFacts, Finding
from suite.contract.casework import (
    CaseKind,
    ClockAct,
    Guard,
    Lifecycle,
    OnClock,
    Transition,
)
from suite.contract.problems import Problem, ProblemKind, Refused, Severity
from suite.contract.time_limits import TimeLimit

#: Longer remarks belong into a paper of the case.
MOST_TEXT = 4000
MOST_PARTIES = 50
MOST_ALLEGATIONS = 100
#: A day before it is a slip of the year: none of the rules is as old.
EARLIEST = dt.date(1990, 1, 1)


def why_not(
    transition: Transition,
    lifecycle: Lifecycle,
    facts: CaseFacts,
    guards: Mapping[str, Guard],
    limits: Mapping[str, TimeLimit],
    *,
    waiting: str = "",
) -> list[Problem]:
    """Why a step cannot be taken from where the case stands; empty when it can.

    waiting: the title of a step that waits for signatures, during which nothing else moves the case.
    """
    if facts.state not in transition.sources:
        here = lifecycle.by_state[facts.state].title
        where = "、".join(lifecycle.by_state[state].title for state in transition.sources)
        text = f"“{transition.title}”须在“{where}”时办理，本件现为“{here}”。"
        return [_forbidden("case.state", text, transition.article)]
    if waiting:
        text = f"“{waiting}”正待审批，审批完毕或撤回后方可“{transition.title}”。"
        return [_forbidden("case.waiting", text, None)]
    found = []
    if transition.once and transition.command in facts.done:
        found.append(
            _forbidden("case.once", f"“{transition.title}”只能办理一次，已经办过。", transition.article)
        )
    found += guard_problems(transition.guards, transition, facts, guards)
    found += paper_problems(transition, facts)
    for act in acts_of(transition, facts, guards):
        if act.served:
            continue
        found.extend(_clock_problems(act, facts, limits[act.limit]))
    return found


def guard_problems(
    keys: Iterable[str], transition: Transition, facts: CaseFacts, guards: Mapping[str, Guard]
) -> list[Problem]:
    """What guards have against a step."""
    found: list[Problem] = []
    for key in keys:
        guard = guards[key]
        if guard.holds(facts):
            continue
        if guard.problems is not None:
            found.extend(guard.problems(facts))
        else:
            found.append(_forbidden(key, guard.words(facts), guard.article or transition.article))
    return found


def paper_problems(transition: Transition, facts: CaseFacts) -> list[Problem]:
    """Which papers a step waits for, and what is to be done about each."""
    found = []
    title = f"“{transition.title}”"
    for name in dict.fromkeys((*transition.needs_papers, *transition.needs_service)):
        paper = facts.paper(name)
        if paper is None or paper.to_nobody:
            continue
        service = name in transition.needs_service
        # A service takes the step; that a paper is issued does not.
        then = f"{title}随之办理" if service and transition.follows_service else f"再办理{title}"
        if paper.issued_on is None:
            wanted = "签发并登记送达" if service else "签发"
            text = f"“{paper.title}”还没有签发，请先在“文书与附件”中{wanted}，{then}。"
            found.append(_forbidden("paper.unissued", text, transition.article))
        elif paper.issued_on > facts.on:
            text = f"“{paper.title}”于 {paper.issued_on} 签发，{title}不能早于该日。"
            found.append(_forbidden("paper.later", text, transition.article))
        elif service and paper.served_on is None:
            why = "重新签发，内容与已送达的前一版不同，须重新送达" if paper.anew else "签发，还没有送达"
            text = (
                f"“{paper.title}”已于 {paper.issued_on} {why}。请先登记送达，{then}；"
                "其他方式都无法送达的，可以公告送达。"
            )
            found.append(_forbidden("paper.unserved", text, transition.article))
        elif service and paper.served_on is not None and paper.served_on > facts.on:
            text = f"“{paper.title}”于 {paper.served_on} 视为送达，该日起方可办理{title}。"
            found.append(_forbidden("paper.served_later", text, transition.article))
    return found


def served_on(transition: Transition, facts: CaseFacts) -> dt.date | None:
    """The day on which all that a step waits for was served; None where nothing of it was here."""
    papers = [facts.paper(name) for name in transition.needs_service]
    return max((paper.served_on for paper in papers if paper and paper.served_on), default=None)


def acts_of(transition: Transition, facts: CaseFacts, guards: Mapping[str, Guard]) -> tuple[OnClock, ...]:
    """What a step does to clocks in this case."""
    return tuple(act for act in transition.clocks if not act.when or guards[act.when].holds(facts))


def _forbidden(code: str, text: str, article: str | None) -> Problem:
    return Problem(code=code, text=text, kind=ProblemKind.FORBIDDEN, article=article)


def _clock_problems(act: OnClock, facts: CaseFacts, limit: TimeLimit) -> Iterable[Problem]:
    """A clock that does not run cannot pause; one may be extended so often, and only before it ends."""
    clock = facts.clock(limit.key)
    if act.act is ClockAct.PAUSE and (clock is None or clock.paused):
        why = "没有在计算" if clock is None else "已经暂停"
        yield _forbidden("clock.pause", f"“{limit.title}”期限{why}，不能再暂停。", limit.article)
    if act.act is ClockAct.EXTEND and limit.extension is not None:
        if clock is None:
            yield _forbidden("clock.absent", f"“{limit.title}”期限没有在计算，不能延长。", limit.article)
        elif clock.extended >= limit.extension.times:
            text = f"“{limit.title}”期限最多延长 {limit.extension.times} 次，已经延长过。"
            yield _forbidden("clock.extended", text, limit.article)
        elif clock.due is not None and clock.due < facts.on:
            text = f"“{limit.title}”期限已于 {clock.due} 届满，届满后不能再延长。"
            yield _forbidden("clock.overdue", text, limit.article)


def date_problems(on: dt.date, today: dt.date, last: dt.date | None) -> list[Problem]:
    """A step lies neither after today nor before the last one, and no case is older than the suite's law."""
    if on < EARLIEST:
        text = f"办理日期 {on} 早于 {EARLIEST.year} 年，请核对年份。"
        return [Problem(code="case.early", text=text, field="on")]
    if on > today:
        text = f"办理日期 {on} 在今天（{today}）之后，请填实际办理的日期。"
        return [Problem(code="case.future", text=text, field="on")]
    if last is not None and on < last:
        text = f"办理日期 {on} 早于登记日或上一步（{last}），请按先后顺序登记。"
        return [Problem(code="case.order", text=text, field="on")]
    return []


def refuse_or_warn(problems: Sequence[Problem]) -> list[Problem]:
    """Raises Refused where something stands against a step; gives what is merely to be told."""
    against = [problem for problem in problems if problem.severity is Severity.ERROR]
    if against:
        raise Refused(against)
    return list(problems)


def note_problems(note: str) -> list[Problem]:
    """A remark is bounded."""
    if len(note) <= MOST_TEXT:
        return []
    text = f"说明最多 {MOST_TEXT:,} 字，现有 {len(note):,} 字。"
    return [Problem(code="text.long", text=text, field="note")]


def missing_problems(kind: CaseKind, transition: Transition, values: Mapping[str, Any]) -> list[Problem]:
    """What a step asks for and did not get."""
    return [
        Problem(
            code="required",
            text=f"“{transition.title}”须填写“{kind.by_key[key].title}”。",
            field=key,
            article=transition.article,
        )
        for key in transition.required
        if key in kind.by_key and values.get(key) in (None, "", ())
    ]


def finding_problems(allegations: Sequence[AllegationFact], found: Mapping[int, str]) -> list[Problem]:
    """Findings are of allegations that are there, and are words that mean something.

    What the parties were told of stands until it is annulled: a past period counts by it, so that it is
    changed on a day that is known and for a reason that is told, or not at all.
    """
    known = {item.no for item in allegations}
    told = {item.no: item for item in allegations if item.stands and item.told}
    problems = []
    if not found:
        problems.append(Problem(code="finding.none", text="请写明认定哪一项投诉事项。", field="findings"))
    for no, value in found.items():
        if no not in known:
            text = f"没有第 {no} 项投诉事项，现有 {len(known)} 项，请核对序号。"
            problems.append(Problem(code="finding.unknown", text=text, field="findings"))
        if value not in {item.value for item in Finding}:
            words = "、".join(f"{item.value}（{item.words}）" for item in Finding)
            text = f"认定结论应为 {words}，现为“{value[:20]}”。"
            problems.append(Problem(code="finding.value", text=text, field="findings"))
        elif no in told and told[no].finding != value:
            finding, day = told[no].finding, told[no].found_on
            text = (
                f"第 {no} 项{f'于 {day} ' if day else ''}认定为{finding.words if finding else ''}，"
                "已经答复当事人，没有被撤销，不能直接改动。这一项也被撤销的，请先按文书登记撤销，再重新认定。"
            )
            problems.append(
                Problem(code="finding.told", text=text, field="findings", kind=ProblemKind.FORBIDDEN)
            )
    return problems


def annul_problems(allegations: Sequence[AllegationFact], taken_back: Sequence[int]) -> list[Problem]:
    """Only findings that stand, and that the parties were told of, can be taken back."""
    standing = {item.no for item in allegations if item.stands and item.told}
    if not taken_back:
        return [Problem(code="annul.none", text="请写明撤销哪一项认定。", field="annul")]
    return [
        Problem(
            code="annul.unknown",
            text=f"第 {no} 项没有仍然有效的认定，不能撤销。请核对文书。",
            field="annul",
        )
        for no in taken_back
        if no not in standing
    ]


def is_valid(allegations: Iterable[AllegationFact], *, partly: bool) -> bool:
    """Whether a complaint is a valid one (有效投诉): a finding stands that says so.

    `partly`: a partly substantiated allegation counts as well.
    """
    counting = {Finding.SUBSTANTIATED, *((Finding.PARTLY,) if partly else ())}
    return any(item.stands and item.finding in counting for item in allegations)


def masked_name(name: str) -> str:
    """A complainant's name as it is shown: 李某某, 欧阳某, ×××公司 as 某公司."""
    text = re.sub(r"\s+", "", name)
    if len(text) > 4:
        return f"某{text[-2:]}"
    ahead = 2 if len(text) == 4 else 1
    return text[:ahead] + "某" * max(1, len(text) - ahead)


def digest_of(name: str, id_number: str | None, phone: str | None) -> str:
    """What is equal for the same complainant: of the name with the telephone, else with the resident number.

    Empty where neither is known: a name alone is nobody.
    """
    digits = re.sub(r"\D", "", phone or "")
    number = re.sub(r"\s", "", id_number or "").upper()
    known = f"phone:{digits}" if digits else (f"id:{number}" if number else "")
    if not known:
        return ""
    told = "|".join((re.sub(r"\s+", "", name).casefold(), known))
    return hashlib.sha256(told.encode()).hexdigest()
