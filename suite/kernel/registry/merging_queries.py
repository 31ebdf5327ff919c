"""What the screens ask before and after a merge: what it would do, and which there have been."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, aliased

from suite.contract.commands import Actor
from suite.contract.declarations import Field
from suite.contract.problems import Refused, refuse
from suite.kernel.accounts.deciders import agreeing_words
from suite.kernel.accounts.others import Place
from suite.kernel.registry.merging_commands import MergeSubjects
from suite.kernel.registry.merging_fields import Side
from suite.kernel.registry.merging_plan import plan_persons, plan_subjects
from suite.kernel.registry.queries import readable_kind
from suite.kernel.registry.rows import RosterRow, roster_rows
from suite.kernel.registry.scoping import may_read, out_of_scope
from suite.kernel.search.queries import scope_condition
from suite.loader.catalog import Catalog
from suite.tables import MERGED, Merge, Person, Subject, User

#: So many former merges are listed, the newest first.
MOST_MERGES = 200


@dataclass(frozen=True, kw_only=True)
class MovingPart:
    """How many entries of one sort move to the kept side, how many stay behind, and why those do."""

    title: str
    moves: int
    stays: int
    why: str


@dataclass(frozen=True, kw_only=True)
class MergePreview:
    """Both sides as lists show them (masked), the fields that differ with whose value wins, what moves.

    `persons`: the records stay two, and only what is said of the person is chosen. `agreeing`: who has to
    agree to it, in words; empty where one does it alone.
    """

    kept: RosterRow
    gone: RosterRow
    fields: tuple[Field, ...]
    sides: Mapping[str, Side]
    parts: tuple[MovingPart, ...]
    persons: bool
    agreeing: str


def merge_preview(
    session: Session,
    actor: Actor,
    catalog: Catalog,
    kept: tuple[str, int],
    gone: tuple[str, int],
    choices: Mapping[str, str],
    today: dt.date,
) -> MergePreview:
    """What merging two records, each as (kind, id), would do: of two kinds, their persons.

    Raises Refused for what is out of scope or gone already, and for two that cannot be one.
    """
    rows = [_row(session, actor, catalog, *one) for one in (kept, gone)]
    if kept[0] == gone[0]:
        kind = catalog.kinds[kept[0]]
        plan = plan_subjects(session, catalog, kind, kept[1], gone[1], choices, today)
    else:
        persons = [
            session.scalar(select(Subject.person_id).where(Subject.id == one[1])) for one in (kept, gone)
        ]
        if persons[0] is None or persons[1] is None or persons[0] == persons[1]:
            raise refuse("merge.same_person", "这两份档案已属同一个人，无须合并。")
        kinds = catalog.kinds[kept[0]], catalog.kinds[gone[0]]
        plan = plan_persons(session, catalog, kinds, persons[0], persons[1], choices)
    return MergePreview(
        kept=rows[0],
        gone=rows[1],
        fields=plan.differing,
        sides=plan.sides,
        parts=tuple(
            MovingPart(title=part.title, moves=len(part.moves), stays=part.stays, why=part.why)
            for part in plan.told
        ),
        persons=kept[0] != gone[0],
        agreeing=_agreeing(session, actor, catalog, kept, gone, today),
    )


def _agreeing(
    session: Session,
    actor: Actor,
    catalog: Catalog,
    kept: tuple[str, int],
    gone: tuple[str, int],
    today: dt.date,
) -> str:
    command = MergeSubjects(kind=kept[0], kept=kept[1], gone=gone[1], reason="")
    ids = (kept[1], gone[1])
    behind = select(Subject.person_id).where(Subject.id.in_(ids), Subject.person_id.is_not(None))
    rows = session.scalars(
        select(Subject).where(or_(Subject.id.in_(ids), Subject.person_id.in_(behind)), Subject.kind != MERGED)
    )
    return agreeing_words(session, actor, catalog, today, command, {Place.of(row) for row in rows})


def _row(session: Session, actor: Actor, catalog: Catalog, kind: str, subject_id: int) -> RosterRow:
    readable_kind(actor, catalog, kind)
    rows = roster_rows(session, actor, catalog, kind, [subject_id])
    if not rows:
        raise Refused([out_of_scope()])
    return rows[0]


@dataclass(frozen=True, kw_only=True)
class MergeLine:
    """One merge or split. Times are UTC; `undone` is None while it stands."""

    id: int
    what: str
    kind: str
    kept_id: int | None
    gone_id: int | None
    kept_name: str
    gone_name: str
    reason: str
    who: str
    at: dt.datetime
    undone: dt.datetime | None


def merges_of(session: Session, actor: Actor, catalog: Catalog, kind_key: str) -> list[MergeLine]:
    """The merges and splits about a kind where the actor may merge, the newest first."""
    kind = readable_kind(actor, catalog, kind_key)
    scopes = actor.scopes(f"{kind.owner}:roster:merge")
    kept, gone = aliased(Subject), aliased(Subject)
    first, second = aliased(Person), aliased(Person)
    rows = session.execute(
        select(
            Merge,
            kept.name.label("kept"),
            gone.name.label("gone"),
            first.name.label("first"),
            second.name.label("second"),
            User.name.label("who"),
        )
        .outerjoin(kept, kept.id == Merge.kept_id)
        .outerjoin(gone, gone.id == Merge.gone_id)
        .outerjoin(first, first.id == Merge.kept_person_id)
        .outerjoin(second, second.id == Merge.gone_person_id)
        .outerjoin(User, User.login == Merge.by_login)
        .where(Merge.kind == kind.key, scope_condition(Merge, scopes))
        .order_by(Merge.id.desc())
        .limit(MOST_MERGES)
    )
    return [
        MergeLine(
            id=row.Merge.id,
            what=row.Merge.what,
            kind=row.Merge.kind,
            kept_id=row.Merge.kept_id,
            gone_id=row.Merge.gone_id,
            kept_name=row.kept or row.first or "",
            gone_name=row.gone or row.second or "",
            reason=row.Merge.reason,
            who=row.who or row.Merge.by_login,
            at=row.Merge.at,
            undone=row.Merge.undone_at,
        )
        for row in rows
    ]


@dataclass(frozen=True, kw_only=True)
class SharedRecord:
    """One of several records of a person."""

    subject_id: int
    kind: str
    name: str
    main_no: str | None


@dataclass(frozen=True, kw_only=True)
class SharedPerson:
    """A person behind several records."""

    person_id: int
    records: tuple[SharedRecord, ...]


def shared_persons(session: Session, actor: Actor, catalog: Catalog, kind_key: str) -> list[SharedPerson]:
    """The persons with a record of a kind where the actor may merge, and with others that can be read."""
    kind = readable_kind(actor, catalog, kind_key)
    other = aliased(Subject)
    several = exists().where(
        other.person_id == Subject.person_id, other.id != Subject.id, other.kind.in_(catalog.kinds)
    )
    mine = (
        select(Subject.person_id)
        .where(
            Subject.kind == kind.key,
            scope_condition(Subject, actor.scopes(f"{kind.owner}:roster:merge")),
            Subject.person_id.is_not(None),
            several,
        )
        .order_by(Subject.name_key, Subject.id)
        .limit(MOST_MERGES)
    )
    persons: dict[int, list[SharedRecord]] = {
        person: [] for person in session.scalars(mine) if person is not None
    }
    for row in session.scalars(
        select(Subject)
        .where(Subject.person_id.in_(persons), Subject.kind.in_(catalog.kinds))
        .order_by(Subject.id)
    ):
        if row.person_id is not None and may_read(actor, row.profession, row.district_code, row.association):
            persons[row.person_id].append(
                SharedRecord(subject_id=row.id, kind=row.kind, name=row.name, main_no=row.main_no)
            )
    return [
        SharedPerson(person_id=person, records=tuple(records))
        for person, records in persons.items()
        if len(records) > 1
    ]
