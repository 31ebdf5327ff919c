"""A day read from the columns where nothing happened since, against a replay of the whole history by hand."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from random import Random
from typing import Any

from sqlalchemy import Select, select, update

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.database.audit_triggers import drop_triggers, install_triggers
from suite.database.bulk import allocate_ids, insert_rows
from suite.database.engine import is_sqlite, writing
from suite.kernel.registry.as_of import SUBJECTS, as_of_column, as_of_throughout, later_than
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.kernel.registry.rules import Dated, Interval, current_post, value_on
from suite.kernel.registry.timeline import DATED, LICENCE_EVENTS, LICENCES, POSTS
from suite.testing.factories import a_firm, a_lawyer, make

TODAY = dt.date(2026, 11, 23)
FIRST = dt.date(2020, 1, 1)
NOW = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)
LAWYER = "lawyers.lawyer"
FIELDS = {"category": ("full_time", "part_time", None), "district_code": ("130102", "130104", "130105")}
STATES = ("active", "suspended", "cancelled")


class World:
    """Lawyers whose entries lie before and after any day, some void and some ahead of today."""

    def __init__(self, rng: Random, lawyers: list[int], firms: list[int]) -> None:
        self.rng, self.lawyers, self.firms = rng, lawyers, firms
        self.rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for lawyer in lawyers:
            base = {"subject_id": lawyer, "profession": "lawyers", "district_code": "130102"}
            base |= {"association": None, "recorded_at": NOW, "void_reason": None}
            for field, values in FIELDS.items():
                for place in range(rng.choice((0, 0, 2, 3, 5))):
                    begin = None if place == 0 else self.day()
                    row = {"field": field, "value": rng.choice(values), "from_date": begin}
                    self.rows["dated"].append({**base, **row, "voided_at": self.void(place)})
            bounds = sorted({self.day() for _ in range(rng.choice((0, 1, 3)))})
            for begin, end in zip([None, *bounds], [*bounds, None], strict=True):
                if rng.random() < 0.8:
                    row = {"body_id": rng.choice(firms), "post": "执业", "from_date": begin, "to_date": end}
                    self.rows["posts"].append({**base, **row, "voided_at": self.void(1)})
            for _ in range(rng.choice((0, 0, 1, 3))):
                row = {"state": rng.choice(STATES), "on_date": self.day(), "document_no": None}
                row |= {"decided_by": None, "note": None, "voided_at": self.void(1)}
                self.rows["events"].append({**base, **row})

    def day(self) -> dt.date:
        """Any day, now and then one that is still ahead; often one on which something else happened too."""
        return FIRST + dt.timedelta(days=self.rng.randint(0, (TODAY - FIRST).days + 200) // 40 * 40)

    def void(self, place: int) -> dt.datetime | None:
        return NOW if place and self.rng.random() < 0.2 else None

    def said(self, lawyer: int, key: str, day: dt.date, recorded: Any) -> Any:
        """What the history says; `recorded` where it has no entry at all."""
        what = {"body_id": "posts", "status": "events"}.get(key, "dated")
        mine = [r for r in self.rows[what] if r["subject_id"] == lawyer and r["voided_at"] is None]
        if key == "body_id":
            columns = ("id", "body_id", "post", "from_date", "to_date")
            post = current_post((Interval(**{name: r[name] for name in columns}) for r in mine), day)
            return post.body_id if post else None
        if key == "status":
            past = [row for row in mine if row["on_date"] <= day]
            return max(past, key=lambda row: (row["on_date"], row["id"]))["state"] if past else "active"
        entries = [
            Dated(id=row["id"], value=row["value"], from_date=row["from_date"])
            for row in mine
            if row["field"] == key
        ]
        standing = value_on(entries, day)
        return recorded if not entries else standing.value if standing else None


def test_the_short_way_tells_what_the_long_one_tells(suite_: Suite, admin: Actor, long: bool) -> None:
    suite_.today_override = TODAY
    firms = make(suite_, admin, "lawyers.law_firm", *(a_firm(n) for n in range(1, 4)))
    kind = suite_.catalog.kinds[LAWYER]
    keys = (*FIELDS, "body_id", "status")
    seen = 0
    for seed in range(10 if long else 1):
        rng = Random(seed)
        lawyers = make(suite_, admin, LAWYER, *(a_lawyer(seed * 40 + n) for n in range(40)))
        world = World(rng, lawyers, firms)
        recorded = {"category": "full_time", "district_code": "130102", "status": "active"}
        with writing(suite_.engine) as connection:
            if is_sqlite(connection):
                drop_triggers(connection)
            else:
                connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            chosen = LICENCES.c.subject_id.in_(lawyers)
            licences = dict(
                connection.execute(select(LICENCES.c.subject_id, LICENCES.c.id).where(chosen)).all()
            )
            for row in world.rows["events"]:
                row["licence_id"] = licences[row["subject_id"]]
            for name, table in (("dated", DATED), ("posts", POSTS), ("events", LICENCE_EVENTS)):
                rows = world.rows[name]
                for row, number in zip(rows, allocate_ids(connection, table, len(rows)), strict=True):
                    row["id"] = number
                insert_rows(connection, table, rows)
            for lawyer in lawyers:
                # As every command leaves them: today's value in the column.
                values = {key: world.said(lawyer, key, TODAY, recorded.get(key)) for key in keys}
                connection.execute(update(SUBJECTS).where(SUBJECTS.c.id == lawyer).values(**values))
            if is_sqlite(connection):
                install_triggers(connection)
        for day in (TODAY, FIRST, *(min(world.day(), TODAY) for _ in range(8))):
            fields = [(kind, kind.by_key[key], SUBJECTS.c[key], day) for key in keys]
            with suite_.reading() as session:
                later = later_than(session, suite_.catalog.kinds.values(), day)
                statements = [
                    select(SUBJECTS.c.id, *(as_of_column(*field) for field in fields)),
                    select(SUBJECTS.c.id, *(as_of_column(*field, later) for field in fields)),
                ]
                for joins in (False,) if is_sqlite(suite_.engine) else (False, True):
                    found = [as_of_throughout(*field, later, joins=joins) for field in fields]
                    statements.append(joined(found))
                for statement in statements:
                    for lawyer, *told in session.execute(statement.where(SUBJECTS.c.id.in_(lawyers))):
                        wanted = [world.said(lawyer, key, day, recorded.get(key)) for key in keys]
                        assert told == wanted, (seed, day, lawyer)
                        seen += 1
    assert seen


def joined(fields: list[tuple[Any, Any]]) -> Select[Any]:
    """The fields of all subjects, with what they have to join."""
    source: Any = SUBJECTS
    for _, past in fields:
        source = source if past is None else source.outerjoin(past, past.c.link == SUBJECTS.c.id)
    return select(SUBJECTS.c.id, *(said for said, _ in fields)).select_from(source)


def test_nothing_happens_after_the_last_day(suite_: Suite, admin: Actor) -> None:
    (lawyer,) = make(suite_, admin, LAWYER, a_lawyer(1), on=FIRST)
    moved = RowEdit(subject_id=lawyer, values={"district_code": "130104"})
    moving = dt.date(2025, 7, 1)
    suite_.run(SaveRecords(kind=LAWYER, rows=(moved,), effective_on=moving), admin)
    with suite_.reading() as session:
        kinds = suite_.catalog.kinds.values()
        before, on = (later_than(session, kinds, moving - dt.timedelta(days=n)) for n in (1, 0))
    assert before.fields == {"district_code"}
    assert on.fields == frozenset()
