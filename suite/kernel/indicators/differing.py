"""Why a reported number is another one than now: a snapshot against another, against now, against then."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.kernel.audit.activity import SHANGHAI
from suite.kernel.indicators.comparing import IndicatorChange, compare
from suite.kernel.indicators.frozen import Frozen
from suite.kernel.indicators.reasons import Since, explained
from suite.kernel.indicators.snapshots import SnapshotLine, SnapshotRead, frozen_now, read_snapshot
from suite.loader.catalog import Catalog


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Two sets compared. `other` is the later snapshot, None for what is known now of `day`. notes: what is
    to be known of the whole: by which days returns were overdue, what the reader does not see."""

    snapshot: SnapshotLine
    other: SnapshotLine | None
    day: dt.date
    changes: tuple[IndicatorChange, ...]
    notes: tuple[str, ...] = ()

    @property
    def corrections(self) -> tuple[IndicatorChange, ...]:
        """Those with rows that were recorded late or taken back."""
        return tuple(item for item in self.changes if any(row.corrected for row in item.rows))


def difference(
    session: Session,
    actor: Actor,
    catalog: Catalog,
    snapshot_id: int,
    *,
    today: dt.date,
    other_id: int | None = None,
    day: dt.date | None = None,
) -> Difference:
    """A snapshot against another one, or against a day as it is known now (by default its own day).

    Of its own day what was not overdue when it was frozen is not: that a limit has passed since corrects
    nothing. Raises Refused for a snapshot that is not there. Only what the actor may see of both is compared.
    """
    before = read_snapshot(session, actor, catalog, snapshot_id)
    unseen, notes = set(before.unseen), [before.unseen_words]
    asked = before.frozen.asked
    judged = judged_on(before, today)
    then = frozen_now(session, actor, catalog, before.frozen.as_of, today=judged, asked=asked)
    other = None
    if other_id is not None:
        read = read_snapshot(session, actor, catalog, other_id)
        other, after = read.line, read.frozen
        unseen |= set(read.unseen)
        late = judged_on(read, today)
        if after.as_of == before.frozen.as_of and late != judged:
            notes.append(f"填报是否逾期，前者按 {judged} 判断，后者按 {late} 判断，逾期未报的数因此不同")
    elif day is None or day == before.frozen.as_of:
        after = then
    else:
        after = frozen_now(session, actor, catalog, day, today=today, asked=asked)
    compared = compare(before.frozen, after, None if after is then else then)
    changes = tuple(change for change in compared if change.key not in unseen)
    since = Since(at=before.line.at, day=before.frozen.as_of, until=max(after.as_of, before.frozen.as_of))
    return Difference(
        snapshot=before.line,
        other=other,
        day=after.as_of,
        changes=explained(session, actor, catalog, changes, since),
        notes=tuple(note for note in notes if note),
    )


def corrected_since(
    session: Session,
    actor: Actor,
    catalog: Catalog,
    snapshot_id: int,
    known: list[Frozen],
    *,
    today: dt.date,
) -> tuple[IndicatorChange, ...] | None:
    """What of a snapshot's own day is known otherwise now, returns judged by the day on which it was frozen.
    `known` keeps the days that were read already.

    None for who sees a part of it only: what he does not see would look like a correction, so that it cannot
    be told to him whether there is one.
    """
    before = read_snapshot(session, actor, catalog, snapshot_id)
    if before.intact is None:
        return None
    day, asked, judged = before.frozen.as_of, before.frozen.asked, judged_on(before, today)
    alike = (one for one in known if (one.as_of, one.asked, one.judged_on) == (day, asked, judged))
    if (same := next(alike, None)) is None:
        same = frozen_now(session, actor, catalog, day, today=judged, asked=asked)
        known.append(same)
    changes = compare(before.frozen, same)
    since = Since(at=before.line.at, day=before.frozen.as_of, until=before.frozen.as_of)
    return explained(session, actor, catalog, changes, since)


def judged_on(read: SnapshotRead, today: dt.date) -> dt.date:
    """The day by which returns were overdue in a snapshot; where it was not kept, that on which it was
    frozen, which the clock says and not the business day: today at the latest."""
    if read.frozen.judged_on is not None:
        return read.frozen.judged_on
    at = read.line.at.astimezone(SHANGHAI).date()
    return max(min(at, today), read.frozen.as_of)
