"""What a record page shows, read in one go on a worker."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from suite.contract.commands import Actor
from suite.contract.declarations import RecordKind
from suite.contract.problems import refuse
from suite.database.engine import ReadSession
from suite.kernel.assessment.history import AssessmentLine, assessments_of
from suite.kernel.credit.listing import CreditLine
from suite.kernel.credit.queries import credit_file
from suite.kernel.ledgers.queries import Mention, mentions_of
from suite.kernel.parameters.queries import parameters_on
from suite.kernel.registry.districts import short_district_names
from suite.kernel.registry.queries import ListQuery, count, list_ids
from suite.kernel.registry.record_file import RecordFile, record_file
from suite.kernel.registry.rows import roster_rows
from suite.kernel.registry.trace import TraceLine, record_trace
from suite.kernel.search.pinyin import spellings
from suite.kernel.search.queries import find
from suite.loader.catalog import Catalog
from suite.ui.kit.fields import Choice

REVEAL_SECONDS = "core.reveal_seconds"
#: More members than this are not listed in the file of a body; the roster filtered by it shows all.
MOST_MEMBERS = 2_000
OFFERED = 30


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What forms and wordings need besides the record: places and the law's numbers."""

    districts: Mapping[str, str]
    spelled: Mapping[str, str]  # title of a choice → its pinyin and initials
    reveal_seconds: int


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """One record with its trace, its assessments, how many are members of it by kind, and which ledgers
    name it."""

    kind: RecordKind
    file: RecordFile
    trace: tuple[TraceLine, ...]
    members: tuple[tuple[RecordKind, int], ...]
    assessments: tuple[AssessmentLine, ...]
    around: Surroundings
    at: dt.datetime  # when it was read, UTC
    mentions: tuple[Mention, ...] = ()
    credit: tuple[CreditLine, ...] | None = None  # None: not for the reader


@dataclass(frozen=True, kw_only=True)
class Member:
    """One member of a body: enough to know and open it."""

    subject_id: int
    kind: RecordKind
    name: str
    main_no: str
    category: str
    status: str


def surroundings(session: ReadSession, catalog: Catalog, kind: RecordKind, today: dt.date) -> Surroundings:
    """Read them. Pinyin is looked up here, on the worker: its table takes a moment to load."""
    districts = short_district_names(session)
    titles = {
        title
        for field in kind.fields
        if field.codes in catalog.codes
        for title in catalog.codes[field.codes or ""].titles.values()
    }
    return Surroundings(
        districts=districts,
        spelled={title: _spelled(title) for title in {*titles, *districts.values()}},
        reveal_seconds=int(parameters_on(session, catalog, today)[REVEAL_SECONDS]),
    )


def _spelled(title: str) -> str:
    ways = spellings(title)
    return " ".join(
        {"".join(way) for way in ways} | {"".join(syllable[:1] for syllable in way) for way in ways}
    )


def load_record(
    session: ReadSession, actor: Actor, catalog: Catalog, kind_key: str, subject_id: int, today: dt.date
) -> Loaded:
    """Read a record; raises Refused when it is unknown, parked or out of scope.

    The id of a merged record gives the one that it was merged into.
    """
    file = record_file(session, actor, catalog, subject_id)
    subject_id = file.subject_id
    if file.kind != kind_key:
        raise refuse("record.unknown", "没有这份档案，可能已被合并或删除。请重新查找。")
    kind = catalog.kinds[file.kind]
    return Loaded(
        kind=kind,
        file=file,
        trace=tuple(record_trace(session, actor, catalog, subject_id)),
        members=tuple(
            (other, number)
            for other in member_kinds(actor, catalog, file.kind)
            if (number := count(session, actor, catalog, _members_query(other, subject_id), cap=None))
        ),
        assessments=assessments_of(session, actor, catalog, kind.owner, subject_id),
        around=surroundings(session, catalog, kind, today),
        at=dt.datetime.now(dt.UTC),
        credit=tuple(credit_file(session, actor, catalog, subject_id, today))
        if actor.may(f"{kind.owner}:credit:read")
        else None,
        mentions=tuple(mentions_of(session, actor, catalog, subject_id)),
    )


def member_kinds(actor: Actor, catalog: Catalog, kind_key: str) -> list[RecordKind]:
    """The kinds whose records can stand under a body of this kind, as far as the actor may read them."""
    return [
        kind
        for kind in sorted(catalog.kinds.values(), key=lambda item: (item.owner, item.order))
        if actor.may(f"{kind.owner}:roster:read")
        and any(field.key == "body_id" and kind_key in field.links for field in kind.fields)
    ]


def _members_query(kind: RecordKind, subject_id: int) -> ListQuery:
    return ListQuery(kind=kind.key, filters={"body_id": (subject_id,)})


def load_members(
    session: ReadSession, actor: Actor, catalog: Catalog, kinds: Sequence[RecordKind], subject_id: int
) -> list[Member]:
    """The people and bodies whose current body is this one, by kind and name."""
    found: list[Member] = []
    for kind in kinds:
        ids = list_ids(session, actor, catalog, _members_query(kind, subject_id), limit=MOST_MEMBERS).ids
        category = kind.by_key.get("category")
        for row in roster_rows(session, actor, catalog, kind.key, ids):
            found.append(
                Member(
                    subject_id=row.subject_id,
                    kind=kind,
                    name=str(row.values.get("name") or ""),
                    main_no=str(row.values.get("main_no") or ""),
                    category=catalog.code_title(category.codes or "", row.values.get("category"))
                    if category
                    else "",
                    status=str(row.values.get("status") or ""),
                )
            )
    return found


def find_targets(
    session: ReadSession, actor: Actor, catalog: Catalog, kinds: Sequence[str], typed: str
) -> list[Choice]:
    """What a link field offers for typed text; without text the first ones by name."""
    readable = [key for key in kinds if key in catalog.kinds]
    if typed:
        return [
            Choice(hit.subject_id, hit.name, hit.main_no or "")
            for hit in find(session, actor, catalog, typed, kinds=readable, limit=OFFERED)
        ]
    offered: list[Choice] = []
    for key in readable:
        if not actor.may(f"{catalog.kinds[key].owner}:roster:read"):
            continue
        ids = list_ids(session, actor, catalog, ListQuery(kind=key), limit=OFFERED).ids
        offered += [
            Choice(row.subject_id, str(row.values["name"]), str(row.values.get("main_no") or ""))
            for row in roster_rows(session, actor, catalog, key, ids)
        ]
    return offered[:OFFERED]
