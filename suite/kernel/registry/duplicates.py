"""The finder of records that were probably kept twice: by equal keys, grouped in SQL, never pair by pair.

A name alone finds nobody: only together with a birth date, a body or a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, cast, distinct, func, or_, select
from sqlalchemy import String as Text
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.declarations import RecordKind
from suite.contract.problems import ProblemKind, refuse
from suite.kernel.registry.likeness import Certainty, Reason, Way, ways
from suite.kernel.registry.merging_references import SUBJECTS
from suite.kernel.search.queries import scope_condition
from suite.loader.catalog import Catalog

#: No more pairs than this are given; `more` says that there are further ones.
MOST_PAIRS = 500
#: A key that so many records share is no sign of one kept twice (a default, a blank put in words).
MOST_ALIKE = 20


@dataclass(frozen=True, kw_only=True)
class Found:
    """One record of a pair: enough to tell it from the other. Names and public numbers only."""

    subject_id: int
    kind: str
    version: int
    name: str
    main_no: str | None
    body: str | None
    district_code: str | None
    status: str


@dataclass(frozen=True, kw_only=True)
class DuplicatePair:
    """Two records, the older first, with the reasons, the surest first.

    Of one kind they may be one record; of two kinds the persons behind them may be one.
    """

    first: Found
    second: Found
    reasons: tuple[Reason, ...]

    @property
    def certainty(self) -> Certainty:
        """That of the surest reason."""
        return self.reasons[0].certainty


@dataclass(frozen=True, kw_only=True)
class Duplicates:
    """The pairs of a kind, the surest first; `more` says that the list was cut."""

    kind: str
    pairs: tuple[DuplicatePair, ...]
    more: bool


def duplicates(
    session: Session, actor: Actor, catalog: Catalog, kind_key: str, *, limit: int = MOST_PAIRS
) -> Duplicates:
    """The pairs of a kind where the actor may merge. Raises Refused without that permission.

    Each way groups by its key: a group of n gives n - 1 pairs, each with its oldest record. Besides records
    of the kind, persons that stand apart behind a record of it and one of another kind are found.
    """
    kind = catalog.kinds.get(kind_key)
    if kind is None:
        raise refuse("kind.unknown", f"没有种类 {kind_key}。可用 suite kinds 查看全部。", field="kind")
    scopes = actor.scopes(f"{kind.owner}:roster:merge")
    if not scopes:
        raise refuse(
            "not_permitted",
            f"您没有合并“{kind.title}”重复档案的权限，请联系科室管理员。",
            ProblemKind.NOT_PERMITTED,
        )
    reasons: dict[tuple[int, int], list[Reason]] = {}
    more = False
    for way in ways(kind):
        kinds = [other for other in catalog.kinds.values() if other.has_person] if way.across else [kind]
        groups, cut = _groups(session, way, _within(actor, kinds), limit)
        pairs = [
            pair for members in groups for pair in (_across if way.across else _alike)(kind.key, members)
        ]
        more = more or cut or len(pairs) > limit
        for pair in pairs[:limit]:
            reasons.setdefault(pair, []).append(way.reason)
    order = list(Certainty)
    ranked = sorted(reasons.items(), key=lambda item: (order.index(item[1][0].certainty), item[0]))
    records = _records(session, {number for pair, _ in ranked[:limit] for number in pair})
    return Duplicates(
        kind=kind.key,
        pairs=tuple(
            DuplicatePair(first=records[first], second=records[second], reasons=tuple(why))
            for (first, second), why in ranked[:limit]
        ),
        more=more or len(ranked) > limit,
    )


def _within(actor: Actor, kinds: Sequence[RecordKind]) -> ColumnElement[bool]:
    """The records of these kinds that the actor may merge."""
    return or_(
        *(
            and_(SUBJECTS.c.kind == kind.key, scope_condition(SUBJECTS.c, scopes))
            for kind in kinds
            if (scopes := actor.scopes(f"{kind.owner}:roster:merge"))
        )
    )


#: A member of a group: its record, kind and person.
Member = tuple[int, str, int | None]


def _groups(
    session: Session, way: Way, within: ColumnElement[bool], limit: int
) -> tuple[list[list[Member]], bool]:
    """The records that share a key, oldest first; and whether there are further groups."""
    about = SUBJECTS.c.person_id if way.across else SUBJECTS.c.id
    keyed = (
        select(
            SUBJECTS.c.id,
            SUBJECTS.c.kind,
            SUBJECTS.c.person_id,
            about.label("about"),
            *(key.sql.label(f"k{place}") for place, key in enumerate(way.keys)),
        )
        .select_from(way.source())
        .where(within, *(and_(key.sql.is_not(None), cast(key.sql, Text) != "") for key in way.keys))
        .subquery()
    )
    keys = [keyed.c[f"k{place}"] for place in range(len(way.keys))]
    alike = (
        select(*keys)
        .group_by(*keys)
        .having(func.count(distinct(keyed.c.about)).between(2, MOST_ALIKE))
        .order_by(*keys)
        .limit(limit + 1)
        .subquery()
    )
    joined = and_(*(keyed.c[key.name] == alike.c[key.name] for key in keys))
    found: dict[tuple[Any, ...], dict[Member, None]] = {}
    for row in session.execute(
        select(keyed.c.id, keyed.c.kind, keyed.c.person_id, *keys)
        .select_from(keyed.join(alike, joined))
        .order_by(keyed.c.id)
    ):
        found.setdefault(tuple(row[3:]), {})[(row[0], row[1], row[2])] = None
    return [list(members) for members in list(found.values())[:limit]], len(found) > limit


def _alike(_kind: str, members: Sequence[Member]) -> list[tuple[int, int]]:
    """Each record of a group with the oldest."""
    return [(members[0][0], other[0]) for other in members[1:]]


def _across(kind: str, members: Sequence[Member]) -> list[tuple[int, int]]:
    """Each record of the kind with the oldest of another kind and another person."""
    found = []
    for number, own, person in members:
        other = next((one for one in members if one[1] != own and one[2] != person), None)
        if own == kind and other is not None:
            found.append((min(number, other[0]), max(number, other[0])))
    return found


def _records(session: Session, ids: Iterable[int]) -> dict[int, Found]:
    body = SUBJECTS.alias("body")
    wanted: Sequence[int] = sorted(ids)
    rows = session.execute(
        select(
            SUBJECTS.c.id,
            SUBJECTS.c.kind,
            SUBJECTS.c.version,
            SUBJECTS.c.name,
            SUBJECTS.c.main_no,
            body.c.name.label("body"),
            SUBJECTS.c.district_code,
            SUBJECTS.c.status,
        )
        .select_from(SUBJECTS.outerjoin(body, body.c.id == SUBJECTS.c.body_id))
        .where(SUBJECTS.c.id.in_(wanted))
    )
    return {
        row.id: Found(
            subject_id=row.id,
            kind=row.kind,
            version=row.version,
            name=row.name,
            main_no=row.main_no,
            body=row.body,
            district_code=row.district_code,
            status=row.status,
        )
        for row in rows
    }
