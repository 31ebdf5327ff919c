"""What was in force on a day: a back-dated change is measured against that day, not against today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select

from suite.contract.declarations import RecordKind
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import chunks
from suite.kernel.registry.rules import current_post, normalise, value_on
from suite.kernel.registry.timeline import LICENCE_EVENTS, LICENCES, dated_fields, entries_of, posts_of


def values_on(
    kind: RecordKind, ids: Sequence[int], keys: Collection[str], day: dt.date, work: Transaction
) -> dict[int, dict[str, Any]]:
    """Subject → what those of its fields said on the day that have a history; the others are left out."""
    found: dict[int, dict[str, Any]] = {subject_id: {} for subject_id in ids}
    fields = {field.key: field for field in dated_fields(kind) if field.key in keys}
    if fields:
        for (subject_id, key), entries in entries_of(work, ids).items():
            standing = value_on(entries, day)
            if key in fields and standing is not None:
                found[subject_id][key] = normalise(fields[key], standing.value)
    if "body_id" in kind.by_key and "body_id" in keys:
        posts = posts_of(work, ids)
        for subject_id in ids:
            post = current_post(posts.get(subject_id, ()), day)
            found[subject_id]["body_id"] = post.body_id if post else None
    if kind.licence is not None and "status" in keys:
        for subject_id, state in _states_on(ids, day, work).items():
            found[subject_id]["status"] = state
    return found


def _states_on(ids: Sequence[int], day: dt.date, work: Transaction) -> dict[int, str]:
    """Subject → its licence's state on a day: the last decision's, or the one that it opened with."""
    found: dict[int, str] = {}
    events = LICENCE_EVENTS.c
    for part in chunks(ids):
        found.update(
            work.session.execute(
                select(LICENCES.c.subject_id, LICENCES.c.opening_state)
                .where(LICENCES.c.subject_id.in_(part))
                .order_by(LICENCES.c.valid_from.desc().nulls_last(), LICENCES.c.id.desc())
            ).all()
        )
        found.update(
            work.session.execute(
                select(events.subject_id, events.state)
                .where(events.subject_id.in_(part), events.voided_at.is_(None), events.on_date <= day)
                .order_by(events.on_date, events.id)
            ).all()
        )
    return found
