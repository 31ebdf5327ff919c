"""What a merge would do, worked out by reading alone: the handlers carry it out, the screens show it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from suite.contract.declarations import Field, RecordKind
from suite.contract.problems import Problem, ProblemKind, Severity, refuse
from suite.kernel.registry.masking import masked, told_apart
from suite.kernel.registry.merging_fields import (
    Pair,
    Side,
    Swap,
    blank,
    compared,
    pairs_of,
    person_pairs,
    personal_fields,
    sides_of,
    swaps_of,
    with_history,
)
from suite.kernel.registry.merging_history import Opening, plan_history
from suite.kernel.registry.merging_references import (
    PERSONS,
    SUBJECTS,
    Move,
    Referred,
    references_to,
    referred,
)
from suite.kernel.registry.timeline import POSTS
from suite.loader.catalog import Catalog

#: The code of the warning that the two say different things.
DIFFERS = "merge.differs"


@dataclass(frozen=True, kw_only=True)
class MergePlan:
    """All that a merge changes. `told` is the same in words and counts; secrets stand in `pairs`."""

    fields: tuple[Field, ...]
    pairs: Mapping[Table, Pair]
    sides: Mapping[str, Side]
    swaps: tuple[Swap, ...]
    moves: tuple[Move, ...]
    told: tuple[Referred, ...]
    opening: Opening | None = None

    @property
    def persons(self) -> tuple[int, int] | None:
        """The kept and the gone person, where two become one."""
        both = self.pairs.get(PERSONS)
        return (both.kept_key, both.gone_key) if both is not None else None

    @property
    def differing(self) -> tuple[Field, ...]:
        """The fields of which the two say different things."""
        return tuple(field for field in self.fields if self.both(field)[0] != self.both(field)[1])

    def both(self, field: Field) -> tuple[Any, Any]:
        """What the kept and the gone one say of a field, secrets included."""
        pair = self.pairs[field.table]
        return pair.kept.get(field.name), pair.gone.get(field.name)

    def values(self) -> dict[str, Any]:
        """Field key → what the kept record will say."""
        found = {}
        for field in self.fields:
            both = self.pairs[field.table]
            row = both.kept if self.sides[field.key] == "kept" else both.gone
            found[field.key] = row.get(field.name)
        return found


def differences(plan: MergePlan) -> tuple[Problem, ...]:
    """What the two say differently, told to who merges and to who agrees to it: numbers first, masked.

    Of what one of them does not say nothing is told: the other one fills it.
    """
    secrets, others = [], []
    for field in plan.differing:
        kept, gone = plan.both(field)
        if blank(kept) or blank(gone):
            continue
        if field.sensitive:
            shown = masked(field.name, kept) or "", masked(field.name, gone) or ""
            secrets.append(f"{field.title}（保留 {shown[0]}，并入 {told_apart(shown[1], shown[0])}）")
        else:
            others.append(field.title)
    if not secrets and not others:
        return ()
    words = f"两份登记的内容不一致：{'、'.join([*secrets, *others])}。"
    return (Problem(code=DIFFERS, text=words, severity=Severity.WARNING),)


def plan_subjects(
    session: Session,
    catalog: Catalog,
    kind: RecordKind,
    kept: int,
    gone: int,
    choices: Mapping[str, str],
    today: dt.date,
) -> MergePlan:
    """The merge of two records of one kind; raises Refused for a choice that cannot be made."""
    pairs = pairs_of(session, kind, kept, gone)
    _refuse_related(session, pairs, kept, gone)
    fields = compared(kind.fields, pairs)
    sides = sides_of(fields, pairs, choices)
    history = plan_history(session, kind, pairs, sides, today)
    found = referred(session, catalog, SUBJECTS, kept, gone)
    if PERSONS in pairs:
        both = pairs[PERSONS]
        found += referred(session, catalog, PERSONS, both.kept_key, both.gone_key)
    swaps = swaps_of(fields, pairs, sides, with_history(kind))
    return MergePlan(
        fields=tuple(fields),
        pairs=pairs,
        sides=sides,
        swaps=(*swaps, *history.swaps),
        moves=(*history.moves, *(move for part in found for move in part.moves)),
        told=(*history.told, *_but_itself(found, gone)),
        opening=history.opening,
    )


def plan_persons(
    session: Session,
    catalog: Catalog,
    kinds: tuple[RecordKind, RecordKind],
    kept: int,
    gone: int,
    choices: Mapping[str, str],
) -> MergePlan:
    """The merge of two persons, by their ids; `kinds` are those of the records that led to them."""
    pairs = person_pairs(session, kept, gone)
    fields = compared(personal_fields(*kinds), pairs)
    sides = sides_of(fields, pairs, choices)
    found = referred(session, catalog, PERSONS, kept, gone)
    return MergePlan(
        fields=tuple(fields),
        pairs=pairs,
        sides=sides,
        swaps=tuple(swaps_of(fields, pairs, sides, frozenset())),
        moves=tuple(move for part in found for move in part.moves),
        told=tuple(found),
    )


def _but_itself(found: list[Referred], gone: int) -> list[Referred]:
    """The gone record follows its person, which nobody has to be told."""
    told = [
        replace(part, moves=tuple(m for m in part.moves if (m.table, m.key) != (SUBJECTS, (gone,))))
        for part in found
    ]
    return [part for part in told if part.moves or part.stays]


def _refuse_related(session: Session, pairs: Mapping[Table, Pair], kept: int, gone: int) -> None:
    """Two of which one stands in the other cannot be one: it would stand in itself."""
    columns = [column for column in references_to(SUBJECTS) if column.table in pairs]
    tied = any(
        pairs[column.table].kept.get(column.name) == gone or pairs[column.table].gone.get(column.name) == kept
        for column in columns
        if not column.primary_key
    )
    both = (kept, gone)
    posts = select(POSTS.c.id).where(POSTS.c.subject_id.in_(both), POSTS.c.body_id.in_(both)).limit(1)
    if tied or session.scalar(posts) is not None:
        raise refuse(
            "merge.related",
            "这两份档案互为上下级，不是同一对象的重复登记，不能合并。请先更正其所属机构。",
            ProblemKind.FORBIDDEN,
        )
