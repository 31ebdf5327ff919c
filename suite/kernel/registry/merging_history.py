"""Whose history stands behind a merged record: posts, licences with their decisions, dated values.

A field's history goes with its value, whole: two series woven together would say what nobody recorded. What
does not compete joins besides: posts at other times, and a licence that had ended before the other began. The
rest stays with the record that is gone, where it can be read. So the roster of any past day, and of today,
stays the sum of what was recorded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Table, select
from sqlalchemy.orm import Session

from suite.contract.declarations import RecordKind
from suite.kernel.registry.merging_fields import Pair, Side, Swap, with_history
from suite.kernel.registry.merging_references import SUBJECTS, Move, Referred
from suite.kernel.registry.rules import order
from suite.kernel.registry.timeline import DATED, LICENCE_EVENTS, LICENCES, POSTS

OTHER: Mapping[Side, Side] = {"kept": "gone", "gone": "kept"}


@dataclass(frozen=True, kw_only=True)
class Opening:
    """The decision that has to stand where a licence begins behind an ended one that joins it."""

    licence_id: int
    state: str
    on_date: dt.date


@dataclass(frozen=True, kw_only=True)
class Joining:
    """Whether an ended licence joins the one that stands, and the decision that this needs, if any."""

    joins: bool
    opening: Opening | None = None


@dataclass(frozen=True, kw_only=True)
class HistoryPlan:
    """What becomes of two records' histories: rows that move either way, exchanges, an opening, and words."""

    moves: tuple[Move, ...]
    swaps: tuple[Swap, ...]
    opening: Opening | None
    told: tuple[Referred, ...]


def plan_history(
    session: Session,
    kind: RecordKind,
    pairs: Mapping[Table, Pair],
    sides: Mapping[str, Side],
    today: dt.date,
) -> HistoryPlan:
    """Decide row by row where each entry stands when the two are one."""
    subjects = pairs[SUBJECTS]
    ids: dict[Side, int] = {"kept": subjects.kept_key, "gone": subjects.gone_key}
    dated = _dated(session, ids, sides, with_history(kind))
    posts = _posts(session, ids, sides.get("body_id", "kept"), today)
    licences, swaps, joining = _licences(session, kind, subjects, ids, sides)
    begins = _beginning_swap(kind, subjects, sides, joined=joining.joins)
    return HistoryPlan(
        moves=tuple(move for part in (dated, posts, licences) for move in part.moves),
        swaps=(*swaps, *begins),
        opening=joining.opening,
        told=tuple(part for part in (posts, licences, dated) if part.moves or part.stays),
    )


def _referred(
    title: str, why: str, ids: Mapping[Side, int], placed: Sequence[tuple[Table, int, Side, Side]]
) -> Referred:
    """Rows as (table, id, where it is, where it shall be): those that move, and those left at the gone."""
    moves = [
        Move(table=table, column="subject_id", key=(number,), before=ids[now], after=ids[then])
        for table, number, now, then in placed
        if now != then
    ]
    stays = sum(1 for *_, then in placed if then == "gone")
    return Referred(title=title, moves=tuple(moves), stays=stays, why=why if stays else "")


def _rows(session: Session, table: Table, ids: Mapping[Side, int]) -> list[tuple[Side, Row[Any]]]:
    found: list[tuple[Side, Row[Any]]] = []
    for side, number in ids.items():
        rows = session.execute(select(table).where(table.c.subject_id == number).order_by(table.c.id))
        found += [(side, row) for row in rows]
    return found


def _dated(
    session: Session, ids: Mapping[Side, int], sides: Mapping[str, Side], keys: frozenset[str]
) -> Referred:
    placed: list[tuple[Table, int, Side, Side]] = []
    for now, row in _rows(session, DATED, ids):
        winner = sides.get(row.field, "kept") if row.field in keys else "kept"
        placed.append((DATED, row.id, now, "kept" if now == winner else "gone"))
    return _referred("历史登记", "历史随所选的值走", ids, placed)


def _posts(session: Session, ids: Mapping[Side, int], winner: Side, today: dt.date) -> Referred:
    rows = _rows(session, POSTS, ids)
    standing = [row for side, row in rows if side == winner and row.voided_at is None]
    placed: list[tuple[Table, int, Side, Side]] = []
    for now, row in rows:
        joins = now == winner or (
            row.voided_at is None
            # Where somebody is today is said by the field, not by what joins.
            and row.to_date is not None
            and row.to_date <= today
            and not any(_overlap(row, other) for other in standing)
        )
        placed.append((POSTS, row.id, now, "kept" if joins else "gone"))
    return _referred("执业经历", "与保留的经历时间重叠", ids, placed)


def _overlap(one: Row[Any], other: Row[Any]) -> bool:
    return order(one.from_date) < (other.to_date or dt.date.max) and order(other.from_date) < (
        one.to_date or dt.date.max
    )


def _licences(
    session: Session, kind: RecordKind, subjects: Pair, ids: Mapping[Side, int], sides: Mapping[str, Side]
) -> tuple[Referred, list[Swap], Joining]:
    winner = sides.get("status", "kept")
    loser = OTHER[winner]
    licences, events = _rows(session, LICENCES, ids), _rows(session, LICENCE_EVENTS, ids)
    current = {side: _last([row for at, row in licences if at == side]) for side in ids}
    values = {"kept": subjects.kept, "gone": subjects.gone}
    joining = _join(kind, values, winner, licences, events)
    placed: list[tuple[Table, int, Side, Side]] = [
        (table, row.id, now, "kept" if now == winner or joining.joins else "gone")
        for table, rows in ((LICENCES, licences), (LICENCE_EVENTS, events))
        for now, row in rows
    ]
    told = _referred("执业许可及其变动", "执业状态取自另一方的许可", ids, placed)
    mine, other = current[winner], current[loser]
    if kind.licence is None or mine is None or other is None:
        return told, [], joining
    kept, gone = (mine, other) if winner == "kept" else (other, mine)
    spec = kind.licence
    columns = {
        "number": spec.number,
        "serial": spec.serial,
        "valid_from": spec.valid_from,
        "valid_to": spec.valid_to,
    }
    # A licence says what the record says: a number taken without the licence is exchanged between the two.
    swaps = [
        Swap(table=LICENCES, kept=kept.id, gone=gone.id, column=column)
        for column, key in columns.items()
        if key is not None
        and sides.get(key, "kept") != winner
        and getattr(kept, column) != getattr(gone, column)
    ]
    return told, swaps, joining


def _last(licences: Sequence[Row[Any]]) -> Row[Any] | None:
    """The licence that began last: the one that a record's fields speak of."""
    return max(licences, key=_began, default=None)


def _join(
    kind: RecordKind,
    values: Mapping[str, Mapping[str, Any]],
    winner: Side,
    licences: Sequence[tuple[Side, Row[Any]]],
    events: Sequence[tuple[Side, Row[Any]]],
) -> Joining:
    """Whether the other's licence had ended when the winner's began; where they compete it does not join."""
    loser = OTHER[winner]
    begins = values[winner]["valid_from"]
    ended = [row.on_date for side, row in events if side == loser and row.voided_at is None]
    if begins is None or values[loser]["status"] in kind.counted or not ended or max(ended) > begins:
        return Joining(joins=False)
    first = min((row for side, row in licences if side == winner), key=_began, default=None)
    last = _last([row for side, row in licences if side == loser])
    if first is None or last is None or _began(last) >= _began(first):
        return Joining(joins=False)
    if any(side == winner and row.voided_at is None and row.on_date <= begins for side, row in events):
        return Joining(joins=True)
    opening = Opening(licence_id=first.id, state=first.opening_state, on_date=begins)
    return Joining(joins=True, opening=opening)


def _began(licence: Row[Any]) -> tuple[dt.date, int]:
    return order(licence.valid_from), licence.id


def _beginning_swap(
    kind: RecordKind, subjects: Pair, sides: Mapping[str, Side], *, joined: bool
) -> list[Swap]:
    """Since when the kept record is on the roster: as its field says, or as the earlier licence does."""
    side = OTHER[sides.get("status", "kept")] if joined else sides.get(kind.beginning or "", "kept")
    return [subjects.swap("valid_from")] if side == "gone" else []
