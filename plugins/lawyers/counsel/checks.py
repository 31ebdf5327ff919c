"""What an agreement meets among the other records: is counsel free, is he who he is said to be."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from plugins.lawyers.codes import LAWYER_STATUS
from plugins.lawyers.counsel.kinds import ORGAN_COUNSEL, VILLAGE_COUNSEL
from plugins.lawyers.counsel.parameters import MAX_VILLAGES
from plugins.lawyers.counsel.tables import VillageCounsel
from plugins.lawyers.rules.findings import warning
from suite.api import Facts, Problem, RowEdit, SaveRecords, Subject

#: Of so many ids in one question the database is asked.
MOST_IDS = 500


def agreement_problems(command: SaveRecords, facts: Facts) -> list[Problem]:
    """What is to be told of the agreements that a command makes: counsel who does not practise, or in another
    firm than the one that signs; more villages than one lawyer should take on; two agreements for the same
    days. Told and not refused: a stock of agreements is entered as it is, and the coverage shows what it is
    worth."""
    if command.kind not in (VILLAGE_COUNSEL.key, ORGAN_COUNSEL.key):
        return []
    new = [_Made.of(row, facts.today) for row in command.rows if row.subject_id is None]
    found = [*_counsel(new, facts)]
    if command.kind == VILLAGE_COUNSEL.key:
        found += [*_load(new, facts), *_overlaps(new, facts)]
    return found


@dataclass(frozen=True, kw_only=True)
class _Made:
    """What a row says of a new agreement, as far as it can be read."""

    place: int | None
    body: int | None
    counsel: int | None
    firm: int | None
    first: dt.date | None
    last: dt.date | None
    stands: bool

    @classmethod
    def of(cls, row: RowEdit, today: dt.date) -> _Made:
        last = _day(row.values.get("valid_until"))
        return cls(
            place=row.place,
            body=_number(row.values.get("body_id")),
            counsel=_number(row.values.get("counsel_id")),
            firm=_number(row.values.get("firm_id")),
            first=_day(row.values.get("starts_on")),
            last=last,
            stands=row.values.get("status") in (None, "active") and (last is None or last >= today),
        )


def _number(value: Any) -> int | None:
    return int(value) if isinstance(value, int) or (isinstance(value, str) and value.isdecimal()) else None


def _day(value: Any) -> dt.date | None:
    try:
        return value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value))
    except ValueError:
        return None


def _counsel(rows: Sequence[_Made], facts: Facts) -> Iterator[Problem]:
    known = {}
    for part in _parts(row.counsel for row in rows):
        for one in facts.session.execute(
            select(Subject.id, Subject.name, Subject.status, Subject.body_id).where(Subject.id.in_(part))
        ):
            known[one.id] = one
    for row in rows:
        counsel = known.get(row.counsel or 0)
        if counsel is None or not row.stands:
            continue
        if counsel.status != "active":
            state = LAWYER_STATUS.titles.get(counsel.status, counsel.status)
            text = f"“{counsel.name}”的执业状态为“{state}”，不能担任法律顾问，请改选正常执业的律师。"
            yield warning("counsel_not_practising", text, "counsel_id").at(row=row.place)
        elif row.firm is not None and counsel.body_id is not None and row.firm != counsel.body_id:
            text = f"“{counsel.name}”现不在所填的律师事务所执业，请核对律师事务所。"
            yield warning("counsel_of_another_firm", text, "firm_id").at(row=row.place)


def _load(rows: Sequence[_Made], facts: Facts) -> Iterator[Problem]:
    """More villages than one lawyer should take on; told once for each lawyer."""
    most = facts.number(MAX_VILLAGES)
    taken = [row for row in rows if row.counsel is not None and row.stands]
    totals = Counter(row.counsel for row in taken)
    for part in _parts(totals):
        has = facts.session.execute(
            select(VillageCounsel.counsel_id, func.count())
            .join(Subject, Subject.id == VillageCounsel.subject_id)
            .where(
                VillageCounsel.counsel_id.in_(part),
                VillageCounsel.valid_until >= facts.today,
                Subject.status == "active",
            )
            .group_by(VillageCounsel.counsel_id)
        )
        totals.update(dict(has.all()))
    first = {row.counsel: row for row in reversed(taken)}
    over = {counsel: total for counsel, total in totals.items() if total > most}
    for part in _parts(over):
        for one in facts.session.execute(select(Subject.id, Subject.name).where(Subject.id.in_(part))):
            text = f"“{one.name}”将担任 {over[one.id]} 个村（居）的法律顾问，上限为 {most} 个，请核对。"
            yield warning("too_many_villages", text, "counsel_id").at(row=first[one.id].place)


def _overlaps(rows: Sequence[_Made], facts: Facts) -> Iterator[Problem]:
    has: dict[int, list[tuple[dt.date, dt.date]]] = {}
    for part in _parts(row.body for row in rows):
        for village, first, last in facts.session.execute(
            select(Subject.body_id, VillageCounsel.starts_on, VillageCounsel.valid_until)
            .join(VillageCounsel, VillageCounsel.subject_id == Subject.id)
            .where(Subject.kind == VILLAGE_COUNSEL.key, Subject.body_id.in_(part), Subject.status == "active")
        ):
            if village is not None and first is not None and last is not None:
                has.setdefault(village, []).append((first, last))
    for row in rows:
        if row.first is None or row.last is None or not row.stands:
            continue
        for first, last in has.get(row.body or 0, ()):
            if first <= row.last and row.first <= last:
                text = f"该村（居）已有 {first} 至 {last} 的协议，期间重叠，请核对是否重复。"
                yield warning("agreement_overlaps", text, "starts_on").at(row=row.place)
                break


def _parts(ids: Iterable[int | None]) -> Iterator[list[int]]:
    known = sorted({one for one in ids if one is not None})
    for place in range(0, len(known), MOST_IDS):
        yield known[place : place + MOST_IDS]
