"""What a plain change of a roster may not do to a record: the holds of its kind, asked before it is written.

What a step of a case brings about is not asked here: the step's own guards were (`Transaction.decided`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from suite.contract.declarations import RecordKind
from suite.contract.holds import Hold, Mover
from suite.contract.problems import Problem, ProblemKind, Refused
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.edits import Edit
from suite.kernel.registry.facts import open_cases, subject_facts
from suite.kernel.registry.timeline import later_states, place_post, posts_of

#: How a wrongly entered value is put right while a record is held.
CORRECTED = "原来登记有误的，请用“更正历史记录”写明事由更正。"


def hold_problems(
    kind: RecordKind, edits: Sequence[Edit], work: Transaction, on: dt.date | None
) -> list[Problem]:
    """What stands against the edits, each at its row and field; nothing against new records.

    on: the day from which they shall hold; what changes the past alone, and not what holds today, is free.
    """
    if not kind.holds or work.decided:
        return []
    kept = {key for hold in kind.holds for key in hold.keeps}
    # Of an import's thousands hardly any changes what is kept.
    changed = (edit for edit in edits if edit.current is not None and not kept.isdisjoint(edit.changes))
    asked: dict[int, Mapping[str, Any]] = {
        edit.subject_id: edit.changes for edit in changed if touched(kind, edit.changes)
    }
    if on is not None and on < work.today:
        asked = _of_today(asked, on, work)
    if not asked:
        return []
    places = {edit.subject_id: edit.place for edit in edits}
    movers = _movers(asked, work)
    return [
        _told(hold, key, movers[number]).at(row=places[number])
        for number, changes in asked.items()
        if number in movers
        for hold, key in touched(kind, changes)
        if hold.stands(movers[number])
    ]


def require_free(kind: RecordKind, subject_id: int, state: str, document: str, work: Transaction) -> None:
    """Raises Refused where a licence's state may not become this one by a decision that is merely entered."""
    asked = {} if work.decided else {subject_id: {"status": state}}
    found = [
        (hold, key)
        for hold, key in touched(kind, asked.get(subject_id, {}))
        if not (hold.yields and document.strip())
    ]
    if not found:
        return
    mover = _movers(asked, work).get(subject_id)
    problems = [_told(hold, "state", mover) for hold, _ in found if mover is not None and hold.stands(mover)]
    if problems:
        raise Refused(problems)


def touched(kind: RecordKind, changes: Mapping[str, Any]) -> list[tuple[Hold, str]]:
    """The holds that keep something that changes, each with the first field that does."""
    found = []
    for hold in kind.holds:
        key = next((key for key, bars in hold.keeps.items() if key in changes and bars(changes[key])), None)
        if key is not None:
            found.append((hold, key))
    return found


def _of_today(
    asked: Mapping[int, Mapping[str, Any]], on: dt.date, work: Transaction
) -> dict[int, Mapping[str, Any]]:
    """Back-dated changes without those that something later has long replaced."""
    moving = [number for number, changes in asked.items() if "body_id" in changes]
    posts = posts_of(work, moving)
    replaced = later_states(work, [number for number in asked if "status" in asked[number]], on)
    found: dict[int, Mapping[str, Any]] = {}
    for number, changes in asked.items():
        until = place_post(posts.get(number, ()), on).until
        past = {"body_id"} if until is not None and until <= work.today else set()
        past |= {"status"} if number in replaced else set()
        found[number] = {key: value for key, value in changes.items() if key not in past}
    return found


def _movers(asked: Mapping[int, Mapping[str, Any]], work: Transaction) -> dict[int, Mover]:
    ids = list(asked)
    targets = {changes["body_id"] for changes in asked.values() if changes.get("body_id") is not None}
    facts = subject_facts(work.session, work.catalog, [*ids, *sorted(targets - set(ids))])
    cases = open_cases(work.session, work.catalog, ids)
    return {
        number: Mover(
            record=facts[number],
            body=facts.get(facts[number].values.get("body_id") or 0),
            target=facts.get(changes.get("body_id") or 0),
            cases=[case for case in cases if case.subject_id == number],
            on=work.today,
        )
        for number, changes in asked.items()
        if number in facts
    }


def _told(hold: Hold, field: str, mover: Mover) -> Problem:
    return Problem(
        code=hold.key,
        text=f"{mover.record.name}：{hold.text}{hold.instead}{CORRECTED}",
        kind=ProblemKind.FORBIDDEN,
        field=field,
        article=hold.article,
    )
