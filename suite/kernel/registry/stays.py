"""Where the bodies that edits name go in the history of posts, and which cannot: the roster knows better.

A body, the day since when it holds and the district of that place are one: a row that names an older day than
the last recorded move is an old row, and does not undo the move.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from suite.contract.declarations import Field, RecordKind
from suite.contract.problems import Problem, ProblemKind
from suite.kernel.audit.queries import TracedAct, acts_on_rows
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import names_of
from suite.kernel.registry.edits import Edit
from suite.kernel.registry.holding import CORRECTED
from suite.kernel.registry.rules import Interval, current_post, order
from suite.kernel.registry.timeline import POSTS, place_post, posts_of, said_since
from suite.kernel.registry.trace import user_names

#: The code of what stands against an old row.
LATER_MOVE = "post.later_move"
#: Of so many old rows is told by whom the later move was recorded: to look into a trace takes a millisecond.
MOST_TRACED = 300


@dataclass(frozen=True, kw_only=True)
class _Known:
    """What the roster knows against an edit: a post that began, or ended, on the day it names or later."""

    edit: Edit
    field: str
    named: dt.date
    post: Interval
    day: dt.date

    @property
    def ended(self) -> bool:
        """Whether it is the end of the post that speaks against the edit."""
        return self.post.to_date == self.day


def place_stays(
    kind: RecordKind, edits: Sequence[Edit], on: dt.date | None, work: Transaction
) -> list[Problem]:
    """Place every changed body among the posts of its record, and tell of the days that do not fit there.

    A body holds from the day `on` that was named with the edits, else from the day that comes new with it in
    the row, else from today.
    """
    field = kind.by_key.get("body_id")
    if field is None:
        return []
    known = [edit for edit in edits if not edit.is_new]
    moving = [edit for edit in known if "body_id" in edit.changes]
    redated = [
        edit for edit in known if on is None and field.since in edit.changes and "body_id" not in edit.changes
    ]
    posts = posts_of(work, [edit.subject_id for edit in (*moving, *redated)])
    against: list[_Known] = []
    for edit in moving:
        held = posts.get(edit.subject_id, [])
        leaves = edit.changes["body_id"] is None
        new = None if leaves else said_since(field, edit.changes, work.today)
        edit.stay = place_post(held, on or new or work.today)
        if on is None and not leaves:
            against += _against_move(field, edit, held, work.today)
    for edit in redated:
        against += _against_day(field, edit, posts.get(edit.subject_id, []), work.today)
    return _told(kind, against, work)


def _against_move(field: Field, edit: Edit, posts: Sequence[Interval], today: dt.date) -> list[_Known]:
    """What stands against a move: one later than the day that the row names, or on the very day.

    A day that stays as it was recorded belongs to the former body, from whose beginning on nobody moved. The
    record itself may say of today's body a later day than its post, when the day came after the body.
    """
    day = said_since(field, edit.said, today)
    if day is None or edit.stay is None:
        return []
    stay = place_post(posts, day)
    now = current_post(posts, today)
    found: tuple[Interval, dt.date] | None = None
    if now is not None and now.from_date is not None and now.from_date > day:
        found = now, now.from_date
    elif now is not None and (recorded := _recorded(field, edit, now, today)) is not None and recorded > day:
        found = now, recorded
    elif stay.until is not None and stay.until <= today:
        post = next((one for one in posts if one.from_date == stay.until), None)
        post = post or next(one for one in posts if one.to_date == stay.until)
        found = post, stay.until
    elif stay.replaced and field.since in edit.changes:
        found = stay.replaced[-1], day
    if found is None:
        return []
    return [_Known(edit=edit, field="body_id", named=day, post=found[0], day=found[1])]


def _recorded(field: Field, edit: Edit, now: Interval, today: dt.date) -> dt.date | None:
    """Since when the record says that it is where its post of today is."""
    former = edit.former.values
    return said_since(field, former, today) if former["body_id"] == now.body_id else None


def _against_day(field: Field, edit: Edit, posts: Sequence[Interval], today: dt.date) -> list[_Known]:
    """What stands against another day for the same body: a stay elsewhere that began on it or after it."""
    day = said_since(field, edit.changes, today)
    now = current_post(posts, today)
    if day is None or now is None or field.since is None:
        return []
    elsewhere = [
        post
        for post in posts
        if post.body_id != now.body_id and day <= order(post.from_date) <= order(now.from_date)
    ]
    last = max(elsewhere, key=lambda post: (order(post.from_date), post.id), default=None)
    if last is None or last.from_date is None:
        return []
    return [_Known(edit=edit, field=field.since, named=day, post=last, day=last.from_date)]


def _told(kind: RecordKind, against: Sequence[_Known], work: Transaction) -> list[Problem]:
    """Each in a sentence: what the roster knows, who recorded it, and what can be done."""
    if not against:
        return []
    traced = {one.post.id: one.edit.subject_id for one in against[:MOST_TRACED]}
    acts = acts_on_rows(work.session, POSTS.name, traced)
    people = user_names(work.session, {act.actor for found in acts.values() for act in found})
    names = names_of(work.session, [one.post.body_id for one in against])
    field = kind.by_key["body_id"]
    since = kind.by_key[field.since or "body_id"].title
    found = []
    for one in against:
        body, who = names.get(one.post.body_id, ""), one.edit.former.values["name"]
        what = f"{one.day} 已离开“{body}”" if one.ended else f"自 {one.day} 起的{field.title}是“{body}”"
        by = _by(one, acts.get(one.post.id, ()), people)
        than = "同一天" if one.day == one.named else "更早"
        found.append(
            Problem(
                code=LATER_MOVE,
                kind=ProblemKind.FORBIDDEN,
                text=f"{who}{what}{by}，所填{since} {one.named} {than}，不能据此改登。"
                f"请照名册改正{field.title}和{since}，或把两项留空；"
                f"其后又有变更的，请填那次的{since}。{CORRECTED}",
                field=one.field,
                row=one.edit.place,
            )
        )
    return found


def _by(one: _Known, acts: Sequence[TracedAct], people: Mapping[str, str]) -> str:
    """Who recorded the beginning or the end, and by what."""
    column, day = ("to_date" if one.ended else "from_date"), one.day.isoformat()
    for act in acts:
        if any(change.column == column and change.after == day for change in act.changes):
            return f"（{people.get(act.actor, act.actor)}，{act.title}）"
    return ""
