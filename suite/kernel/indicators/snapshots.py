"""Freezing an indicator set for a report, and reading it back years later.

What was frozen is never changed: the database refuses, and a digest over all parts shows it. Whoever reads
it sees of the rows what lies in his own scope.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor, Change, Command, Done, Handler
from suite.contract.indicators import Figure, alternatives, parts_of, sides_of
from suite.contract.problems import Problem, ProblemKind, refuse
from suite.database.base import table_of
from suite.database.bulk import insert_rows
from suite.kernel.accounts.rules import SHARED
from suite.kernel.executor.work import Transaction
from suite.kernel.indicators.board import Question
from suite.kernel.indicators.bounds import places_read
from suite.kernel.indicators.declarations import SNAPSHOT_TAKE as TAKE
from suite.kernel.indicators.declarations import WITH_XINJI, WITH_ZONES
from suite.kernel.indicators.frozen import AS_IT_STANDS, Asked, Frozen, FrozenMember, freeze, linked_ids
from suite.kernel.indicators.lacking import NOT_READABLE, lacking
from suite.kernel.indicators.packing import (
    HEAD,
    Part,
    asked_of,
    digest_of,
    head_of,
    judged_of,
    members_of,
    pack,
    reading_of,
    unpacked,
    value_of,
    zones_of,
)
from suite.kernel.indicators.queries import board_with_rows
from suite.kernel.indicators.reading import Reading
from suite.kernel.indicators.sets import standing_set, standing_sets
from suite.kernel.registry.current import chunks
from suite.kernel.registry.integrity import Part as CheckedPart
from suite.loader.catalog import Catalog
from suite.tables import Case, Snapshot, SnapshotPart, Subject, User
from suite.tables.snapshots import CASE, LEDGER, ROSTER, VALUE

PARTS = table_of(SnapshotPart)
LONGEST_TITLE, LONGEST_NOTE = 100, 2_000
#: The right that opens rows of each sort.
READS = {ROSTER: "roster:read", VALUE: "roster:read", CASE: "case:read", LEDGER: "ledger:read"}


@dataclass(frozen=True, kw_only=True)
class TakeSnapshot(Command):
    """Freeze every indicator of the whole city as of a day, with all that stands behind it.

    title: by which it is found; empty for 2026-06-30 指标快照. as_of: today where it is not said.
    set: the name of the set that gives numbers and targets, by default that of the day.
    with_xinji, with_zones: whether 辛集 and the zones count, by default as the parameters say.
    """

    permission: ClassVar[str] = TAKE
    title: ClassVar[str] = "冻结快照"

    name: str = ""
    as_of: dt.date | None = None
    note: str = ""
    set: str | None = None
    with_xinji: bool | None = None
    with_zones: bool | None = None

    @property
    def asked(self) -> Asked:
        """What was chosen."""
        chosen = {WITH_XINJI: self.with_xinji, WITH_ZONES: self.with_zones}
        return Asked(
            set=self.set or None, positions={key: on for key, on in chosen.items() if on is not None}
        )


@dataclass(frozen=True, kw_only=True)
class SnapshotLine:
    """A snapshot as a list shows it."""

    id: int
    title: str
    as_of: dt.date
    set: str | None
    note: str
    digest: str
    login: str
    by: str
    at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class SnapshotRead:
    """A snapshot read back. `intact`: whether it is bit for bit what was frozen; None where the reader may
    not see all of it. keys: of all indicators that were frozen, also those that he may not see. unseen: of
    those of which he does not see the number of the whole."""

    line: SnapshotLine
    frozen: Frozen
    intact: bool | None
    keys: tuple[str, ...]
    unseen: tuple[str, ...]

    @property
    def unseen_words(self) -> str:
        """That some are not shown, and why; empty where all are."""
        if not self.unseen:
            return ""
        return (
            f"{len(self.unseen)} 项指标冻结的是全市的数，您的权限不及全市，不列出、不比较；"
            "本县（市、区）的数请看指标页"
        )


def take_snapshot(command: TakeSnapshot, work: Transaction) -> Done:
    """Write it, returns judged by today. Refuses a day ahead, a title that is taken, and who does not see the
    whole city."""
    return freeze_judged(command, work, work.today)


def freeze_judged(command: TakeSnapshot, work: Transaction, judged_on: dt.date) -> Done:
    """The same, returns judged by another day: that of what is corrected. No field of the command, or whoever
    freezes could choose what is overdue."""
    if not any(scope.districts is None for scope in work.require(TAKE)):
        text = "冻结快照须有全市范围的权限，请由市局科室办理。"
        raise refuse("snapshot.scope", text, ProblemKind.NOT_PERMITTED)
    day = command.as_of or work.today
    if day > work.today:
        raise refuse("snapshot.future", "快照的日期不能晚于今天，请改正。", field="as_of")
    first = min((one.first for one in work.catalog.indicator_sets.values()), default=day)
    if day < first:
        text = f"快照的日期不能早于最早的指标体系起始日 {first}，请改正。"
        raise refuse("snapshot.before", text, field="as_of")
    title = command.name.strip() or f"{day} 指标快照"
    if len(title) > LONGEST_TITLE or len(command.note) > LONGEST_NOTE:
        text = f"名称最多 {LONGEST_TITLE} 字，说明最多 {LONGEST_NOTE:,} 字，请缩短。"
        raise refuse("text.long", text, field="name")
    if work.session.scalar(select(Snapshot.id).where(Snapshot.title == title)) is not None:
        raise refuse("snapshot.title", f"已有名为“{title}”的快照，请另起名称。", field="name")
    work.progress("计算指标", 0, 0)
    if command.set:
        standing_set(work.session, work.catalog, command.set)
    frozen = frozen_now(work.session, work.actor, work.catalog, day, today=judged_on, asked=command.asked)
    if not frozen.values:
        raise refuse("snapshot.empty", "没有可以冻结的指标：没有启用的插件，或没有查看名册的权限。")
    # Who reads later that a number is not there is told why.
    lacks = lacking(frozen, frozen.by_key, work.catalog).words(NOT_READABLE)
    note = "；".join(part for part in (command.note.strip(), lacks) if part)
    work.progress("写入快照", 0, 0)
    parts = pack(frozen, _associations(work.session, work.catalog, frozen))
    row = Snapshot(
        title=title,
        set_key=frozen.set.name if frozen.set else None,
        as_of=day,
        note=note,
        digest=digest_of(
            (part.what, part.key, part.district, part.association, part.sha256) for part in parts
        ),
        by_login=work.actor.login,
        at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    insert_rows(work.connection, PARTS, [_row_of(row.id, part) for part in parts])
    return Done(
        text=f"已冻结《{title}》：{len(frozen.values)} 项指标{f'；{lacks}' if lacks else ''}",
        changes=(Change(kind="core.snapshot", ids=(row.id,)),),
        result={
            "snapshot": row.id,
            "title": title,
            "as_of": day.isoformat(),
            "indicators": len(frozen.values),
            "lacking": lacks,
            "digest": row.digest,
            "bytes": sum(len(part.content) for part in parts),
        },
    )


HANDLERS: Mapping[type[Command], Handler] = {TakeSnapshot: take_snapshot}


def _row_of(snapshot_id: int, part: Part) -> dict[str, object]:
    return {
        "snapshot_id": snapshot_id,
        "what": part.what,
        "key": part.key,
        "profession": part.profession,
        "district_code": part.district,
        "association": part.association,
        "sha256": part.sha256,
        "content": part.content,
    }


def _associations(session: Session, catalog: Catalog, frozen: Frozen) -> dict[str, dict[int, str | None]]:
    """Where rows lie besides their district: only those that lie in an association's.

    A table of which nothing is frozen is not asked: its rows may be nobody's here to read.
    """
    kinds = {side.kind for value in frozen.values for part in value.parts for side in part.sides if side.kind}
    found: dict[str, dict[int, str | None]] = {}
    for what, table, declared in ((ROSTER, Subject, catalog.kinds), (CASE, Case, catalog.case_kinds)):
        if asked := sorted(kinds & declared.keys()):
            rows = session.execute(
                select(table.id, table.association).where(
                    table.kind.in_(asked), table.association.is_not(None)
                )
            )
            found[what] = {row.id: row.association for row in rows}
    return found


def frozen_now(
    session: Session,
    actor: Actor,
    catalog: Catalog,
    day: dt.date,
    numbers: Collection[str] | None = None,
    *,
    today: dt.date,
    asked: Asked = AS_IT_STANDS,
) -> Frozen:
    """The set as it is known now of a day, in the shape of a frozen one. Where the set that is asked for
    stands no more, that of the day takes its place. today: the day by which returns are overdue."""
    known = asked.set if asked.set in standing_sets(session, catalog) else None
    question = Question(as_of=day, numbers=numbers, set=known, positions=asked.positions, today=today)
    board, rows = board_with_rows(session, actor, catalog, question)
    names: dict[int, str] = {}
    for part in chunks(sorted(linked_ids(rows, catalog))):
        names.update(session.execute(select(Subject.id, Subject.name).where(Subject.id.in_(part))).all())
    return freeze(board, rows, catalog, names, asked, judged_on=question.judged_on)


# Reading back.


def snapshots(session: Session) -> list[SnapshotLine]:
    """All of them, the newest first. That there is one, everybody may know."""
    rows = session.execute(
        select(Snapshot, User.name)
        .outerjoin(User, User.login == Snapshot.by_login)
        .order_by(Snapshot.at.desc(), Snapshot.id.desc())
    )
    return [_line(row, name) for row, name in rows]


def free_title(session: Session, wanted: str) -> str:
    """A title that no snapshot has yet: the one that is wanted, or with a number behind it."""
    taken = set(
        session.scalars(select(Snapshot.title).where(Snapshot.title.startswith(wanted, autoescape=True)))
    )
    number, title = 1, wanted
    while title in taken:
        number += 1
        title = f"{wanted}（{number}）"
    return title


def snapshot_named(session: Session, words: str) -> SnapshotLine:
    """The snapshot of a number, `#3`, or of a title. Raises Refused."""
    number = words.strip().removeprefix("#")
    found = [
        line
        for line in snapshots(session)
        if line.title == words.strip() or (number.isdigit() and line.id == int(number))
    ]
    if not found:
        text = f"没有快照“{words[:60]}”。suite snapshot list 列出全部。"
        raise refuse("snapshot.unknown", text, field="snapshot")
    return found[0]


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What everybody may know of a snapshot: its day, when it was frozen (UTC), its indicators' keys."""

    id: int
    as_of: dt.date
    at: dt.datetime
    indicators: tuple[str, ...]


def frames(session: Session, ids: Collection[int]) -> list[Frame]:
    """Of these snapshots what everybody may know; of a damaged one nothing, the check tells of it."""
    found = []
    for row, content in session.execute(
        select(Snapshot, SnapshotPart.content)
        .join(SnapshotPart, SnapshotPart.snapshot_id == Snapshot.id)
        .where(Snapshot.id.in_(sorted(ids)), SnapshotPart.what == HEAD)
        .order_by(Snapshot.id)
    ):
        try:
            as_of, _, _, order = head_of(unpacked(content))
        except (ValueError, KeyError, TypeError):
            continue
        found.append(Frame(id=row.id, as_of=as_of, at=row.at, indicators=tuple(order)))
    return found


def read_snapshot(
    session: Session,
    actor: Actor,
    catalog: Catalog,
    snapshot_id: int,
    *,
    members: bool = True,
    keys: Collection[str] | None = None,
) -> SnapshotRead:
    """A snapshot as the actor may see it; without `members` the numbers alone, which is fast.

    keys: only these indicators. Raises Refused for one that is not there, and for a damaged one.
    """
    row = session.get(Snapshot, snapshot_id)
    if row is None:
        raise refuse("snapshot.unknown", f"没有编号为 {snapshot_id} 的快照。", field="snapshot")
    name = session.scalar(select(User.name).where(User.login == row.by_login))
    seen, told, citywide = [], [], set()
    wanted = _wanted(snapshot_id, members=members)
    for part in session.scalars(wanted):
        told.append((part.what, part.key, part.district_code, part.association, part.sha256))
        if _may_see(actor, part):
            seen.append(part)
        elif _of_the_city_alone(actor, part, catalog):
            seen.append(part)
            citywide.add(part.key)
    try:
        frozen = _frozen(seen, keys, catalog, citywide)
        intact = all(_part(part).sha256 == part.sha256 for part in seen) and (
            not members or digest_of(told) == row.digest
        )
        head = unpacked(seen[0].content)
        known = {part.key for part in seen if part.what == VALUE and part.district_code is None}
        whole, order = len(seen) == head["parts"], tuple(head_of(head)[3])
    except (ValueError, KeyError, TypeError, IndexError) as error:
        text = f"快照《{row.title}》的内容已损坏，请从备份恢复。"
        raise refuse("snapshot.damaged", text, ProblemKind.UNAVAILABLE) from error
    return SnapshotRead(
        line=_line(row, name),
        frozen=frozen,
        intact=intact if whole and members else None,
        keys=order,
        unseen=tuple(key for key in order if key not in known),
    )


def _wanted(snapshot_id: int, *, members: bool) -> Select[SnapshotPart]:
    statement = select(SnapshotPart).where(SnapshotPart.snapshot_id == snapshot_id)
    if not members:
        statement = statement.where(SnapshotPart.what.in_((HEAD, VALUE)))
    return statement.order_by(SnapshotPart.id)


def _part(row: SnapshotPart) -> Part:
    return Part(
        what=row.what,
        key=row.key,
        profession=row.profession,
        district=row.district_code,
        association=row.association,
        content=row.content,
    )


def _may_see(actor: Actor, part: SnapshotPart) -> bool:
    if part.what == HEAD:
        return True
    right = f"{part.profession}:{READS[part.what]}"
    # Of a number that everybody may look up, the city's is for who is not bound to districts.
    bounded = part.what == VALUE and right in SHARED
    scopes = places_read(actor, part.profession) if bounded else actor.scopes(right)
    return any(scope.holds(part.profession, part.district_code, part.association) for scope in scopes)


def _of_the_city_alone(actor: Actor, part: SnapshotPart, catalog: Catalog) -> bool:
    """Whether a number is of figures that the city alone has, which is the same for whoever may ask."""
    indicator = catalog.indicators.get(part.key)
    if part.what != VALUE or part.district_code is not None or indicator is None:
        return False
    sides = [
        one
        for item in parts_of(indicator.measure)
        for side in sides_of(item.measure)
        if side is not None
        for one in alternatives(side)
    ]
    alone = all(isinstance(one, Figure) and catalog.figures[one.series].city_only for one in sides)
    return alone and bool(actor.scopes(f"{part.profession}:{READS[VALUE]}"))


def _frozen(
    parts: list[SnapshotPart], keys: Collection[str] | None, catalog: Catalog, citywide: Collection[str]
) -> Frozen:
    """The set put together again, marked what is the city's for who asks of districts. An indicator without
    the number of the whole, which its words go with, is left out: see `SnapshotRead.unseen`."""
    head = next(part for part in parts if part.what == HEAD)
    said = unpacked(head.content)
    as_of, indicator_set, names, order = head_of(said)
    whole = {}
    places: defaultdict[str, list[tuple[str, Reading]]] = defaultdict(list)
    rows: defaultdict[str, list[FrozenMember]] = defaultdict(list)
    for part in parts:
        if part.what == VALUE and keys is not None and part.key not in keys:
            continue
        if part.what == VALUE and part.district_code is None:
            whole[part.key] = unpacked(part.content)
        elif part.what == VALUE:
            reading = reading_of(unpacked(part.content))
            places[part.key].append((part.district_code or "", reading))
        elif part.what != HEAD:
            rows[part.key] += members_of(unpacked(part.content), part.district_code)
    ordered = {key: tuple(sorted(found, key=lambda one: one.id)) for key, found in rows.items()}
    return Frozen(
        as_of=as_of,
        set=indicator_set,
        district_names=names,
        asked=asked_of(said),
        judged_on=judged_of(said),
        zones=zones_of(said),
        values=tuple(
            replace(value, title=f"{value.title}（全市）") if key in citywide else value
            for key in order
            if key in whole
            for value in [
                value_of(key, whole[key], sorted(places[key], key=lambda pair: pair[0]), ordered, catalog)
            ]
        ),
    )


def check_snapshots(session: Session) -> CheckedPart:
    """Whether every snapshot is bit for bit what was frozen."""
    rows = session.scalars(select(Snapshot).order_by(Snapshot.id)).all()
    altered = []
    for row in rows:
        told, wrong = [], False
        for part in session.scalars(
            select(SnapshotPart).where(SnapshotPart.snapshot_id == row.id).execution_options(yield_per=100)
        ):
            told.append((part.what, part.key, part.district_code, part.association, part.sha256))
            wrong = wrong or _part(part).sha256 != part.sha256
        if wrong or digest_of(told) != row.digest:
            altered.append(row)
    problems = tuple(
        Problem(
            code="snapshot.altered",
            text=f"快照《{row.title}》的内容与冻结时不符，请从备份恢复。",
            data={"snapshot": row.id},
        )
        for row in altered
    )
    return CheckedPart(part="snapshots", title="指标快照", looked_at=len(rows), problems=problems)


def _line(row: Snapshot, name: str | None) -> SnapshotLine:
    return SnapshotLine(
        id=row.id,
        title=row.title,
        as_of=row.as_of,
        set=row.set_key,
        note=row.note,
        digest=row.digest,
        login=row.by_login,
        by=name or row.by_login,
        at=row.at,
    )
