"""A little of a year's life for the demonstration, through the commands that a clerk's screen sends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from random import Random
from typing import TYPE_CHECKING, Any

from suite.cli.demo_workbooks import SEED
from suite.contract.declarations import FieldType, RecordKind
from suite.kernel.parameters.commands import SetParameter
from suite.kernel.registry.commands import CorrectHistory, RecordLicenceEvent, RowEdit, SaveRecords
from suite.kernel.registry.queries import ListQuery, counts_by, list_ids
from suite.kernel.registry.record_file import record_file
from suite.kernel.registry.rows import RosterRow, roster_rows

if TYPE_CHECKING:
    from suite.bootstrap import Suite
    from suite.contract.commands import Actor

ACTIVE, SUSPENDED = "active", "suspended"
#: One in so many practitioners moves, and one in so many is suspended.
MOVE_ONE_IN, SUSPEND_ONE_IN = 120, 400
OFFICE = "石家庄市司法局"


def _practising(suite: Suite, actor: Actor, kind: RecordKind, rng: Random, wanted: int) -> list[RosterRow]:
    """Some of the active practitioners of a kind, drawn by the demonstration's own lot."""
    with suite.reading() as session:
        query = ListQuery(kind=kind.key, filters={"status": (ACTIVE,)}, sort=(("name", False),))
        ids = list_ids(session, actor, suite.catalog, query).ids
        drawn = rng.sample(ids, min(len(ids), wanted))
        return roster_rows(session, actor, suite.catalog, kind.key, drawn)


def _practitioner_kinds(suite: Suite) -> list[RecordKind]:
    return [
        kind
        for profession in suite.catalog.professions
        for kind in suite.catalog.kinds_of(profession)
        if kind.has_person and kind.licence is not None
    ]


def move(suite: Suite, actor: Actor, eventful: dict[str, str]) -> str:
    """Some move to another body of the same kind, each from a day of the past year on; some had moved before.

    `eventful` keeps, for each kind, the number of a record that has something to show: of people one who
    moved twice, of bodies the largest.
    """
    moved = 0
    for kind in _practitioner_kinds(suite):
        field = kind.by_key.get("body_id")
        if field is None or field.type is not FieldType.LINK or len(field.links) < 1:
            continue
        rng = Random(f"{SEED}:move:{kind.key}")
        bodies = _practising(suite, actor, suite.catalog.kinds[field.links[0]], rng, 400)
        if len(bodies) < 2:
            continue
        for row in _practising(suite, actor, kind, rng, _share(suite, actor, kind, MOVE_ONE_IN)):
            on = suite.today - dt.timedelta(days=rng.randint(10, 300))
            before = suite.today - dt.timedelta(days=rng.randint(500, 900))
            since = row.values.get(field.since) if field.since else None
            target, between = rng.choice(bodies), rng.choice(bodies)
            if not _lies_in(row, bodies) or (since is not None and since >= on):
                continue
            if target.subject_id == row.values["body_id"][0]:
                continue
            here = row.values["body_id"][0]
            twice = (
                since is not None and since < before and between.subject_id not in (here, target.subject_id)
            )
            for body, day in (*(((between, before),) if twice else ()), (target, on)):
                values: dict[str, Any] = {"body_id": body.subject_id}
                if field.since:
                    values[field.since] = day
                edit = RowEdit(values=values, subject_id=row.subject_id)
                command = SaveRecords(kind=kind.key, rows=(edit,), effective_on=day)
                suite.run(command, actor, reason="变更执业机构")
            moved += 1
            if twice or kind.key not in eventful:
                eventful[kind.key] = str(row.values["main_no"] or row.values["name"])
        if field.links[0] not in eventful:
            eventful[field.links[0]] = _largest(suite, actor, kind, bodies)
    return f"{moved} 人变更执业机构"


def _largest(suite: Suite, actor: Actor, kind: RecordKind, bodies: Sequence[RosterRow]) -> str:
    """The body with most practitioners of a kind."""
    with suite.reading() as session:
        query = ListQuery(kind=kind.key, filters={"status": (ACTIVE,)})
        members = dict(counts_by(session, actor, suite.catalog, query, "body_id"))
    body = max(bodies, key=lambda row: members.get(row.subject_id, 0))
    return str(body.values["main_no"] or body.values["name"])


def _shown(suite: Suite, actor: Actor, kind: RecordKind, number: str) -> list[RosterRow]:
    """The one whose record the pictures show, where there is one already."""
    with suite.reading() as session:
        query = ListQuery(kind=kind.key, text=number, filters={"status": (ACTIVE,)})
        ids = list_ids(session, actor, suite.catalog, query).ids if number else []
        return roster_rows(session, actor, suite.catalog, kind.key, ids[:1])


def _lies_in(row: RosterRow, bodies: Sequence[RosterRow]) -> bool:
    body = row.values.get("body_id")
    return body is not None and any(item.subject_id == body[0] for item in bodies)


def _share(suite: Suite, actor: Actor, kind: RecordKind, one_in: int) -> int:
    from suite.kernel.registry.queries import count

    with suite.reading() as session:
        query = ListQuery(kind=kind.key, filters={"status": (ACTIVE,)})
        return max(2, count(session, actor, suite.catalog, query, cap=None) // one_in)


def suspend(suite: Suite, actor: Actor, eventful: dict[str, str]) -> str:
    """Some are suspended by a decision with its number; two of three are reinstated when the time is over."""
    suspended = reinstated = 0
    for kind in _practitioner_kinds(suite):
        if SUSPENDED not in suite.catalog.codes[kind.status].titles:
            continue
        rng = Random(f"{SEED}:suspend:{kind.key}")
        shown = _shown(suite, actor, kind, eventful.get(kind.key, ""))
        drawn = _practising(suite, actor, kind, rng, _share(suite, actor, kind, SUSPEND_ONE_IN))
        for row in [*shown, *(one for one in drawn if one.subject_id not in {s.subject_id for s in shown})]:
            with suite.reading() as session:
                licences = record_file(session, actor, suite.catalog, row.subject_id).licences
            if not licences:
                continue
            # Who is shown was suspended between two moves: nobody moves while suspended.
            since = suite.today - dt.timedelta(
                days=rng.randint(400, 480) if row in shown else rng.randint(100, 330)
            )
            months = 3 if row in shown else rng.choice((3, 3, 6))
            number = rng.randint(1, 60)
            suite.run(
                RecordLicenceEvent(
                    kind=kind.key,
                    licence_id=licences[0].id,
                    state=SUSPENDED,
                    on_date=since,
                    document_no=f"石司罚决字〔{since.year}〕第{number}号",
                    decided_by=OFFICE,
                    note=f"{months} 个月",
                ),
                actor,
            )
            suspended += 1
            until = since + dt.timedelta(days=30 * months + 2)
            if row not in shown and (until > suite.today or rng.random() > 0.67):
                continue
            suite.run(
                RecordLicenceEvent(
                    kind=kind.key,
                    licence_id=licences[0].id,
                    state=ACTIVE,
                    on_date=until,
                    document_no=f"石司恢字〔{until.year}〕第{number}号",
                    decided_by=OFFICE,
                    note="期满恢复执业",
                ),
                actor,
            )
            reinstated += 1
            eventful.setdefault(kind.key, str(row.values["main_no"] or row.values["name"]))
    return f"{suspended} 人停止执业，{reinstated} 人期满恢复"


def correct(suite: Suite, actor: Actor) -> str:
    """Some first posts were entered with a wrong day: the entry is voided and the right one stands."""
    corrected = 0
    for kind in _practitioner_kinds(suite):
        rng = Random(f"{SEED}:correct:{kind.key}")
        for row in _practising(suite, actor, kind, rng, 3):
            with suite.reading() as session:
                posts = record_file(session, actor, suite.catalog, row.subject_id).posts
            first = next((post for post in posts if post.from_date and post.void_reason is None), None)
            if first is None or first.from_date is None:
                continue
            right = first.from_date - dt.timedelta(days=rng.randint(1, 9))
            suite.run(
                CorrectHistory(
                    kind=kind.key,
                    entry="post",
                    entry_id=first.id,
                    reason="录入日期有误，按聘用合同更正",
                    values={"from_date": right},
                ),
                actor,
            )
            corrected += 1
    return f"更正 {corrected} 条执业经历"


def set_parameters(suite: Suite, actor: Actor) -> str:
    """The bureau shortens how long a revealed number stays on the screen."""
    since = suite.today - dt.timedelta(days=60)
    done = suite.run(
        SetParameter(
            key="core.reveal_seconds",
            value="30",
            valid_from=since,
            source="石家庄市司法局个人信息保护规定（示范）",
        ),
        actor,
    )
    return done.text
