"""As of any day: moves, changes, corrections and voidings against a replay of every event by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.registry.commands import (
    CorrectHistory,
    RecordLicenceEvent,
    RowEdit,
    SaveRecords,
    VoidHistory,
)
from suite.kernel.registry.queries import ListQuery, list_ids
from suite.kernel.registry.record_file import record_file
from suite.kernel.registry.rows import roster_rows
from suite.testing.factories import a_firm, a_lawyer, make

TODAY = dt.date(2026, 11, 23)
FIRST = dt.date(2020, 1, 1)
STATES = ("active", "practice_paused", "cancelled")
DISTRICTS = ("130102", "130104", "130105")
CATEGORIES = ("full_time", "part_time", "government")


@dataclass
class Stream:
    """One kind of history replayed by hand: what happened on which day, in the order of recording."""

    opening: Any
    events: list[tuple[dt.date, int, Any]] = field(default_factory=list)

    def on(self, day: dt.date) -> Any:
        begun = [event for event in self.events if event[0] <= day]
        return max(begun, key=lambda event: event[:2])[2] if begun else self.opening


days = st.integers(min_value=0, max_value=(TODAY - FIRST).days).map(lambda n: FIRST + dt.timedelta(days=n))
steps = st.lists(
    st.one_of(
        st.tuples(st.just("move"), days, st.integers(0, 2)),
        st.tuples(st.just("category"), days, st.sampled_from(CATEGORIES)),
        st.tuples(st.just("licence"), days, st.sampled_from(STATES)),
        st.tuples(st.just("status"), days, st.sampled_from(STATES)),
        st.tuples(st.just("void"), days, st.integers(0, 30)),
        st.tuples(st.just("correct"), days, st.integers(0, 30)),
    ),
    min_size=1,
    max_size=9,
)


class Replay:
    """A lawyer in the database and beside it the same history on paper."""

    def __init__(self, suite: Suite, admin: Actor, firms: list[int], sequence: int) -> None:
        self.suite, self.admin, self.firms = suite, admin, firms
        [self.lawyer] = make(suite, admin, "lawyers.lawyer", a_lawyer(sequence, body_id=firms[0]))
        self.districts = dict(zip(firms, DISTRICTS, strict=True))
        self.posts = Stream(opening=firms[0])
        self.categories = Stream(opening="full_time")
        self.states = Stream(opening="active")
        self.entries: list[tuple[str, int, Stream, tuple[dt.date, int, Any]]] = []
        self.clock = 0

    def file(self) -> Any:
        with self.suite.reading() as session:
            return record_file(session, self.admin, self.suite.catalog, self.lawyer)

    def note(self, entry: str, entry_id: int, stream: Stream, day: dt.date, value: Any) -> None:
        self.clock += 1
        event = (day, self.clock, value)
        stream.events.append(event)
        self.entries.append((entry, entry_id, stream, event))

    def save(self, key: str, value: Any, day: dt.date) -> bool:
        """Save a value from a day on; it must be taken whenever another one held on that day."""
        done = self.suite.run(
            SaveRecords(
                kind="lawyers.lawyer",
                rows=(RowEdit(values={key: value}, subject_id=self.lawyer),),
                effective_on=day,
            ),
            self.admin,
        )
        changed = bool(done.result["results"][self.lawyer] == "changed")
        stream = {"body_id": self.posts, "category": self.categories, "status": self.states}[key]
        assert changed == (stream.on(day) != value), (key, value, day)
        return changed

    def step(self, name: str, day: dt.date, what: Any) -> None:
        if name == "move" and self.save("body_id", self.firms[what], day):
            newest = max(self.file().posts, key=lambda post: post.id)
            self.note("post", newest.id, self.posts, day, self.firms[what])
        elif name == "category" and self.save("category", what, day):
            newest = max((e for e in self.file().dated if e.field == "category"), key=lambda e: e.id)
            self.note("dated", newest.id, self.categories, day, what)
        elif name == "status" and self.save("status", what, day):
            newest = max(self.file().licences[0].events, key=lambda e: e.id)
            self.note("licence_event", newest.id, self.states, day, what)
        elif name == "licence":
            licence = self.file().licences[0]
            done = self.suite.run(
                RecordLicenceEvent(
                    kind="lawyers.lawyer",
                    licence_id=licence.id,
                    state=what,
                    on_date=day,
                    document_no="石司〔2026〕1号",
                ),
                self.admin,
            )
            self.note("licence_event", done.result["event"], self.states, day, what)
        elif name in ("void", "correct") and self.entries:
            self.mend(name, day, what % len(self.entries))

    def mend(self, name: str, day: dt.date, place: int) -> None:
        entry, entry_id, stream, event = self.entries.pop(place)
        stream.events.remove(event)
        if name == "void":
            self.suite.run(
                VoidHistory(kind="lawyers.lawyer", entry=entry, entry_id=entry_id, reason="录入有误"),
                self.admin,
            )
            return
        column = "on_date" if entry == "licence_event" else "from_date"
        self.suite.run(
            CorrectHistory(
                kind="lawyers.lawyer",
                entry=entry,
                entry_id=entry_id,
                reason="日期录错",
                values={column: day},
            ),
            self.admin,
        )
        file = self.file()
        newest = {
            "post": max(file.posts, key=lambda post: post.id).id,
            "dated": max((line.id for line in file.dated), default=0),
            "licence_event": max((e.id for e in file.licences[0].events), default=0),
        }[entry]
        self.note(entry, newest, stream, day, event[2])

    def check(self) -> None:
        marks = {FIRST - dt.timedelta(days=1), FIRST, TODAY}
        for stream in (self.posts, self.categories, self.states):
            for day, _, _ in stream.events:
                marks |= {day - dt.timedelta(days=1), day, min(day + dt.timedelta(days=1), TODAY)}
        with self.suite.reading() as session:
            for day in sorted(marks):
                [row] = roster_rows(
                    session, self.admin, self.suite.catalog, "lawyers.lawyer", [self.lawyer], as_of=day
                )
                told = (row.values["body_id"][0], row.values["category"], row.values["status"])
                assert told == (self.posts.on(day), self.categories.on(day), self.states.on(day)), day
                assert row.values["district_code"] == self.districts[self.posts.on(day)], day
            [now] = roster_rows(session, self.admin, self.suite.catalog, "lawyers.lawyer", [self.lawyer])
            told = (now.values["body_id"][0], now.values["category"], now.values["status"])
            assert told == (self.posts.on(TODAY), self.categories.on(TODAY), self.states.on(TODAY))
            assert now.values["district_code"] == self.districts[self.posts.on(TODAY)]


@pytest.fixture
def firms(suite_: Suite, admin: Actor) -> list[int]:
    return make(
        suite_,
        admin,
        "lawyers.law_firm",
        *(a_firm(n, district_code=district) for n, district in enumerate(DISTRICTS, 1)),
    )


def test_as_of_any_day_is_what_the_events_say(
    suite_: Suite, admin: Actor, firms: list[int], long: bool
) -> None:
    suite_.today_override = TODAY
    sequence = iter(range(1, 1_000_000))

    @settings(
        max_examples=600 if long else 40,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(steps)
    def replayed(script: list[tuple[str, dt.date, Any]]) -> None:
        replay = Replay(suite_, admin, firms, next(sequence))
        for name, day, what in script:
            replay.step(name, day, what)
        replay.check()

    replayed()


def test_the_roster_of_a_past_day_lists_who_was_on_it_then(
    suite_: Suite, admin: Actor, firms: list[int]
) -> None:
    suite_.today_override = TODAY
    stayed, left = make(
        suite_,
        admin,
        "lawyers.lawyer",
        a_lawyer(1, body_id=firms[0], first_practice_on=dt.date(2012, 6, 18)),
        a_lawyer(2, body_id=firms[0], first_practice_on=dt.date(2012, 6, 18)),
    )
    with suite_.reading() as session:
        licence = record_file(session, admin, suite_.catalog, left).licences[0]
    suite_.run(
        RecordLicenceEvent(
            kind="lawyers.lawyer", licence_id=licence.id, state="cancelled", on_date=dt.date(2026, 7, 1)
        ),
        admin,
    )
    suite_.run(
        SaveRecords(
            kind="lawyers.lawyer",
            rows=(RowEdit(values={"body_id": firms[1]}, subject_id=stayed),),
            effective_on=dt.date(2026, 9, 1),
        ),
        admin,
    )

    def at(day: dt.date, **filters: Any) -> set[int]:
        with suite_.reading() as session:
            query = ListQuery(kind="lawyers.lawyer", as_of=day, filters=filters)
            return set(list_ids(session, admin, suite_.catalog, query).ids)

    assert at(dt.date(2026, 6, 30)) == {stayed, left}
    assert at(dt.date(2026, 7, 1)) == {stayed}
    assert at(dt.date(2012, 6, 17)) == set()
    assert at(dt.date(2026, 8, 31), body_id=[firms[0]]) == {stayed}
    assert at(dt.date(2026, 9, 1), body_id=[firms[0]]) == set()
    assert at(dt.date(2026, 9, 1), district_code=["130104"]) == {stayed}


def test_the_oldest_value_cannot_be_voided_but_corrected(
    suite_: Suite, admin: Actor, firms: list[int]
) -> None:
    from suite.contract.problems import Refused

    suite_.today_override = TODAY
    [lawyer] = make(suite_, admin, "lawyers.lawyer", a_lawyer(1))
    suite_.run(
        SaveRecords(
            kind="lawyers.lawyer",
            rows=(RowEdit(values={"category": "part_time"}, subject_id=lawyer),),
            effective_on=dt.date(2025, 1, 1),
        ),
        admin,
    )
    with suite_.reading() as session:
        dated = record_file(session, admin, suite_.catalog, lawyer).dated
    first = next(line for line in dated if line.field == "category" and line.from_date is None)
    with pytest.raises(Refused) as refused:
        suite_.run(VoidHistory(kind="lawyers.lawyer", entry="dated", entry_id=first.id, reason="误录"), admin)
    assert refused.value.codes == {"history.baseline"}
    suite_.run(
        CorrectHistory(
            kind="lawyers.lawyer",
            entry="dated",
            entry_id=first.id,
            reason="误录",
            values={"value": "government"},
        ),
        admin,
    )
    with suite_.reading() as session:
        [row] = roster_rows(
            session, admin, suite_.catalog, "lawyers.lawyer", [lawyer], as_of=dt.date(2024, 1, 1)
        )
    assert row.values["category"] == "government"


def test_a_back_dated_change_to_todays_value_is_kept(suite_: Suite, admin: Actor, firms: list[int]) -> None:
    suite_.today_override = TODAY
    [lawyer] = make(suite_, admin, "lawyers.lawyer", a_lawyer(1, body_id=firms[0]))

    def save(day: dt.date, **values: Any) -> str:
        done = suite_.run(
            SaveRecords(
                kind="lawyers.lawyer",
                rows=(RowEdit(values=values, subject_id=lawyer),),
                effective_on=day,
            ),
            admin,
        )
        return str(done.result["results"][lawyer])

    for key, passing, lasting in (
        ("category", "part_time", "full_time"),
        ("status", "practice_paused", "active"),
        ("body_id", firms[1], firms[0]),
    ):
        assert save(dt.date(2024, 1, 1), **{key: passing}) == "changed"
        assert save(dt.date(2026, 1, 1), **{key: lasting}) == "changed"
        assert save(dt.date(2025, 1, 1), **{key: lasting}) == "changed"
        assert save(dt.date(2025, 1, 1), **{key: lasting}) == "same"
    with suite_.reading() as session:
        [row] = roster_rows(
            session, admin, suite_.catalog, "lawyers.lawyer", [lawyer], as_of=dt.date(2025, 6, 1)
        )
    told = (row.values["category"], row.values["status"], row.values["body_id"][0])
    assert told == ("full_time", "active", firms[0])


def district_on(suite: Suite, admin: Actor, lawyer: int, day: dt.date | None) -> str:
    with suite.reading() as session:
        [row] = roster_rows(session, admin, suite.catalog, "lawyers.lawyer", [lawyer], as_of=day)
    return str(row.values["district_code"])


def test_a_move_dates_the_district_by_the_day_that_the_record_names(
    suite_: Suite, admin: Actor, firms: list[int]
) -> None:
    suite_.today_override = TODAY
    [lawyer] = make(suite_, admin, "lawyers.lawyer", a_lawyer(1, body_id=firms[0]))
    moved = {"body_id": firms[1], "entered_on": dt.date(2026, 3, 1)}
    suite_.run(SaveRecords(kind="lawyers.lawyer", rows=(RowEdit(values=moved, subject_id=lawyer),)), admin)
    assert district_on(suite_, admin, lawyer, dt.date(2026, 2, 28)) == "130102"
    assert district_on(suite_, admin, lawyer, dt.date(2026, 3, 1)) == "130104"
    assert district_on(suite_, admin, lawyer, None) == "130104"


def test_a_stay_that_has_ended_leaves_todays_district_alone(
    suite_: Suite, admin: Actor, firms: list[int]
) -> None:
    suite_.today_override = TODAY
    [near] = make(suite_, admin, "lawyers.law_firm", a_firm(9))
    [lawyer] = make(suite_, admin, "lawyers.lawyer", a_lawyer(1, body_id=firms[0]))
    for body, day in ((near, dt.date(2025, 1, 1)), (firms[1], dt.date(2022, 1, 1))):
        row = RowEdit(values={"body_id": body}, subject_id=lawyer)
        suite_.run(SaveRecords(kind="lawyers.lawyer", rows=(row,), effective_on=day), admin)
    days = (dt.date(2021, 12, 31), dt.date(2022, 1, 1), dt.date(2024, 12, 31), dt.date(2025, 1, 1), None)
    told = [district_on(suite_, admin, lawyer, day) for day in days]
    assert told == ["130102", "130104", "130104", "130102", "130102"]
