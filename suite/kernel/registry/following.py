"""A practitioner's district follows the posts: today's and that of every day before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence

from suite.contract.declarations import RecordKind
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.edits import Edit
from suite.kernel.registry.links import Target, targets_of
from suite.kernel.registry.rules import Dated, Interval, current_post, order, value_on
from suite.kernel.registry.timeline import entries_of

#: Above every stored number: what is added now holds before what was recorded for the same day.
ADDED = 2**62


def district_steps(
    entries: Iterable[Dated],
    former: Sequence[Interval],
    posts: Sequence[Interval],
    districts: Mapping[int, str | None],
) -> list[Dated]:
    """The entries to add so that the district is the body's wherever the posts now name another body.

    `entries`: the district's history, with its beginning. Where the body is the same as before, a district
    that was given by hand stays.
    """

    def wanted(day: dt.date, value: str | None) -> str | None:
        before, after = _place(former, day), _place(posts, day)
        return districts.get(after) or value if after is not None and after != before else value

    return _steps(entries, (*former, *posts), wanted)


def merged_steps(
    entries: Iterable[Dated], former: Sequence[Interval], gone: int, left: str | None, came: str
) -> list[Dated]:
    """The entries to add when a body was merged into one of another district.

    `former`: the posts as they were. On the days at the gone body, which lay in `left`, the district is that
    of the kept one, `came`, unless another was given by hand.
    """

    def wanted(day: dt.date, value: str | None) -> str | None:
        return came if value == left and _place(former, day) == gone else value

    return _steps(entries, former, wanted)


def _steps(
    entries: Iterable[Dated],
    posts: Iterable[Interval],
    wish: Callable[[dt.date, str | None], str | None],
) -> list[Dated]:
    """The entries to add so that on every day the value is the one wished, given what it is without."""
    known = list(entries)
    days = {order(entry.from_date) for entry in known}
    for post in posts:
        days |= {order(post.from_date)} | ({post.to_date} if post.to_date is not None else set())
    added: list[Dated] = []
    for day in sorted(days):
        wanted = wish(day, value_at(known, day))
        if value_at([*known, *added], day) != wanted:
            begin = None if day == dt.date.min else day
            added.append(Dated(id=ADDED + len(added), value=wanted, from_date=begin))
    return added


def beginning(entries: Sequence[Dated], now: str | None) -> list[Dated]:
    """A history from its beginning: a field without entries has always said what it says now."""
    return list(entries) or [Dated(id=0, value=now, from_date=None)]


def value_at(entries: Iterable[Dated], day: dt.date) -> str | None:
    """What a history says of a day."""
    standing = value_on(entries, day)
    return standing.value if standing is not None else None


def _place(posts: Iterable[Interval], day: dt.date) -> int | None:
    """The body of a day; who left and went nowhere still belongs where the last body is."""
    held = list(posts)
    post = current_post(held, day)
    if post is None:
        ended = [item for item in held if item.to_date is not None and order(item.from_date) < item.to_date]
        past = [item for item in ended if item.to_date is not None and item.to_date <= day]
        post = max(past, key=lambda item: (item.to_date or dt.date.min, item.id), default=None)
    return post.body_id if post is not None else None


def follow_bodies(
    kind: RecordKind, edits: Sequence[Edit], targets: Mapping[int, Target], work: Transaction
) -> None:
    """Let districts follow the bodies that edits change; a district said with a body is that of its stay.

    Rosters seldom carry the column. A stay that has already ended leaves today's district alone.
    """
    if "body_id" not in kind.by_key or "district_code" not in kind.by_key:
        return
    for edit in edits:
        if edit.is_new and edit.changes.get("district_code") is None:
            target = targets.get(edit.changes.get("body_id") or 0)
            if target is not None and target.district_code:
                edit.say("district_code", target.district_code)
    moved = [edit for edit in edits if edit.stay is not None and edit.changes["body_id"] is not None]
    existing = entries_of(work, [edit.subject_id for edit in moved])
    bodies = {post.body_id for edit in moved if edit.stay is not None for post in edit.stay.former}
    known = {**targets_of(work.session, bodies - targets.keys()), **targets}
    districts = {body: target.district_code for body, target in known.items()}
    for edit in moved:
        stay, body, now = edit.stay, edit.changes["body_id"], edit.former.values["district_code"]
        if stay is None:
            continue
        here = edit.said.get("district_code") or districts.get(body)
        entries = beginning(existing[edit.subject_id, "district_code"], now)
        added = Interval(id=ADDED, body_id=body, post="", from_date=stay.begin, to_date=stay.until)
        edit.district_steps = district_steps(
            entries, stay.former, [*stay.held, added], {**districts, body: here}
        )
        today = value_at([*entries, *edit.district_steps], work.today)
        edit.values["district_code"] = today
        edit.changes.pop("district_code", None)
        if today != now:
            edit.changes["district_code"] = today
