"""The finder of records that were probably kept twice: by equal keys, grouped in SQL, never pair by pair.

A name alone finds nobody: only together with a birth date, a body or a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, cast, distinct, func, literal, or_, select
from sqlalchemy import String as Text
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.declarations import RecordKind, SubjectRole
from suite.contract.problems import ProblemKind, refuse
from suite.kernel.registry.merging_references import IDENTITIES, PERSONS, SUBJECTS
from suite.kernel.registry.timeline import LICENCES
from suite.kernel.search.queries import scope_condition
from suite.loader.catalog import Catalog

#: No more pairs than this are given; `more` says that there are further ones.
MOST_PAIRS = 500
#: A key that so many records share is no sign of one kept twice (a default, a blank put in words).
MOST_ALIKE = 20
#: What people write or leave out: in names of bodies, of persons (the dot of a foreign name) and in numbers.
IN_BODY_NAMES = " 　()（）·"
IN_NAMES = " 　·"
IN_NUMBERS = " -－"


class Certainty(StrEnum):
    """How sure a reason is."""

    CERTAIN = "certain"  # one number or one person: only a mistake in it would make them two
    LIKELY = "likely"
    POSSIBLE = "possible"


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why two records are held for one: a code, words, how sure it is."""

    code: str
    words: str
    certainty: Certainty


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


@dataclass(frozen=True, kw_only=True)
class _Way:
    reason: Reason
    keys: tuple[ColumnElement[Any], ...]
    source: Callable[[], Any]
    across: bool = False


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
    for way in _ways(kind):
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
    session: Session, way: _Way, within: ColumnElement[bool], limit: int
) -> tuple[list[list[Member]], bool]:
    """The records that share a key, oldest first; and whether there are further groups."""
    about = SUBJECTS.c.person_id if way.across else SUBJECTS.c.id
    keyed = (
        select(
            SUBJECTS.c.id,
            SUBJECTS.c.kind,
            SUBJECTS.c.person_id,
            about.label("about"),
            *(key.label(f"k{place}") for place, key in enumerate(way.keys)),
        )
        .select_from(way.source())
        .where(within, *(and_(key.is_not(None), cast(key, Text) != "") for key in way.keys))
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


def _ways(kind: RecordKind) -> Iterable[_Way]:
    """The ways that fit the kind, the surest first."""
    name = _without(SUBJECTS.c.name, IN_NAMES if kind.has_person else IN_BODY_NAMES)
    yield _Way(
        reason=Reason(code="main_no", words="编号相同，只是写法不同", certainty=Certainty.CERTAIN),
        keys=(_number(SUBJECTS.c.main_no),),
        source=_subjects,
    )
    if kind.has_person:
        yield from _personal(kind, name)
    else:
        code = _number(SUBJECTS.c.main_no)
        yield _Way(
            reason=Reason(
                code="organisation_code",
                words="统一社会信用代码中的主体标识码相同",
                certainty=Certainty.CERTAIN,
            ),
            # Characters 9 to 17 of the credit code name the body itself (GB 32100—2015).
            keys=(case((func.length(code) == 18, func.substr(code, 9, 9)), else_=None),),
            source=_subjects,
        )
    if kind.licence is not None:
        yield _Way(
            reason=Reason(code="licence", words=f"{kind.licence.title}号相同", certainty=Certainty.LIKELY),
            keys=(_number(LICENCES.c.number),),
            source=_with_licence,
        )
    if kind.role is SubjectRole.PLACE:
        # Villages of one name are many: only in one township is it a sign.
        same = Reason(code="name_body", words="名称和所属相同", certainty=Certainty.LIKELY)
        yield _Way(reason=same, keys=(name, SUBJECTS.c.body_id), source=_subjects)
    elif not kind.has_person:
        same = Reason(code="name_district", words="名称相同，同一区县", certainty=Certainty.LIKELY)
        yield _Way(reason=same, keys=(name, SUBJECTS.c.district_code), source=_subjects)
        yield _Way(
            reason=Reason(code="name", words="名称相近", certainty=Certainty.POSSIBLE),
            keys=(_core_of(name),),
            source=_subjects,
        )


def _personal(kind: RecordKind, name: ColumnElement[str]) -> Iterable[_Way]:
    yield _Way(
        reason=Reason(code="person", words="已是同一个人", certainty=Certainty.CERTAIN),
        keys=(SUBJECTS.c.person_id,),
        source=_subjects,
    )
    number = _number(IDENTITIES.c.id_number)
    # A number of 15 digits is the one of 18 without the century and the check digit.
    short = case(
        (func.length(number) == 18, func.substr(number, 1, 6).op("||")(func.substr(number, 9, 9))),
        else_=number,
    )
    same = Reason(code="id_number", words="证件号码相同，只是写法不同", certainty=Certainty.CERTAIN)
    yield _Way(reason=same, keys=(short,), source=_with_identity)
    yield _Way(reason=same, keys=(short,), source=_with_identity, across=True)
    born = Reason(code="name_birth", words="姓名和出生日期相同", certainty=Certainty.LIKELY)
    yield _Way(reason=born, keys=(name, PERSONS.c.birth_date), source=_with_person)
    yield _Way(reason=born, keys=(name, PERSONS.c.birth_date), source=_with_person, across=True)
    if "body_id" in kind.by_key:
        title = kind.by_key["body_id"].title
        yield _Way(
            reason=Reason(code="name_body", words=f"姓名和{title}相同", certainty=Certainty.LIKELY),
            keys=(name, SUBJECTS.c.body_id),
            source=_subjects,
        )
    yield _Way(
        reason=Reason(code="name_phone", words="姓名和联系电话相同", certainty=Certainty.LIKELY),
        keys=(name, _number(IDENTITIES.c.phone)),
        source=_with_identity,
    )


def _subjects() -> Any:
    return SUBJECTS


def _with_person() -> Any:
    return SUBJECTS.join(PERSONS, PERSONS.c.id == SUBJECTS.c.person_id)


def _with_identity() -> Any:
    return SUBJECTS.join(IDENTITIES, IDENTITIES.c.person_id == SUBJECTS.c.person_id)


def _with_licence() -> Any:
    return SUBJECTS.join(LICENCES, LICENCES.c.subject_id == SUBJECTS.c.id)


def _number(column: ColumnElement[Any]) -> ColumnElement[str]:
    """A number as all its spellings have it in common."""
    return func.upper(_without(column, IN_NUMBERS))


def _without(column: ColumnElement[Any], signs: str) -> ColumnElement[str]:
    """A text without these signs."""
    text: ColumnElement[str] = column
    for sign in signs:
        text = func.replace(text, sign, "")
    return text


def _core_of(name: ColumnElement[str]) -> ColumnElement[str]:
    """A body's name without where it is and what it is, which offices write or leave out."""
    for part in ("河北省", "河北", "石家庄市", "石家庄"):
        name = func.replace(name, part, literal(""))
    return name


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
