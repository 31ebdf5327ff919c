"""The same file twice: what the preview tells is what is written, and then nothing is left to write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from random import Random
from typing import Any

import pytest
from messy import LAWYER, Desk, told, xlsx

from suite.contract.problems import Refused
from suite.database.engine import is_sqlite
from suite.kernel.exchange.importing import accept
from suite.kernel.exchange.previewed import ImportPreview
from suite.kernel.exchange.undoing import UndoImport
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.kernel.registry.current import current_records
from suite.kernel.registry.integrity import check
from suite.kernel.registry.record_file import record_file
from suite.kernel.registry.rules import Interval, current_post, order
from suite.kernel.registry.said import Said
from suite.kernel.registry.stays import LATER_MOVE
from suite.kernel.registry.timeline import posts_of
from suite.testing.factories import a_firm, a_lawyer, make, resident_number

pytestmark = pytest.mark.as_login

HEADINGS = ("姓名", "执业证号", "所在律所", "入所时间", "区县", "联系电话")
DISTRICTS = {"130102": "长安区", "130104": "桥西区"}
FIRMS = {sequence: f"河北第{sequence}律师事务所" for sequence in (1, 2, 3)}
CASES = 9


def book(rows: Sequence[Sequence[Any]], without: frozenset[str] = frozenset()) -> bytes:
    kept = [place for place, heading in enumerate(HEADINGS) if heading not in without]
    return xlsx([[row[place] for place in kept] for row in (HEADINGS, *rows)])


def line(sequence: int, firm: str | None, since: object = None, *more: object) -> list[object]:
    lawyer = a_lawyer(sequence)
    return [lawyer["name"], lawyer["main_no"], firm, since and str(since), *(*more, None, None)[:2]]


class House:
    """Lawyers at three firms of two districts, who move."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.suite, self.admin = desk, desk.suite, desk.admin
        self.today = self.suite.today
        self.firms = self._firms()
        self.lawyers: list[int] = []

    def _firms(self) -> dict[str, int]:
        make(self.suite, self.admin, "lawyers.law_firm", a_firm(3))
        found = self.desk.look(xlsx([HEADINGS, *(line(n, name) for n, name in FIRMS.items())]))
        return {FIRMS[n]: row.values["body_id"] for n, row in zip(FIRMS, found.rows, strict=True)}

    def ago(self, days: int) -> dt.date:
        return self.today - dt.timedelta(days=days)

    def make(self, sequence: int, firm: str, since: dt.date | None = None) -> int:
        body = self.firms[firm]
        [made] = make(self.suite, self.admin, LAWYER, a_lawyer(sequence, body_id=body, entered_on=since))
        self.lawyers.append(made)
        return made

    def save(self, lawyer: int, on: dt.date | None = None, **values: Any) -> None:
        row = RowEdit(subject_id=lawyer, values=values)
        self.suite.run(SaveRecords(kind=LAWYER, rows=(row,), effective_on=on), self.admin)

    def values(self) -> dict[int, Said]:
        kind = self.suite.catalog.kinds[LAWYER]
        with self.suite.reading() as session:
            found = current_records(session, kind, self.lawyers)
        return {number: record.values for number, record in found.items()}

    def posts(self) -> dict[int, list[Interval]]:
        with self.suite._looking(self.admin, None) as work:
            found = posts_of(work, self.lawyers)
        return {number: sorted(posts, key=lambda post: post.id) for number, posts in found.items()}

    def take(self, found: ImportPreview) -> int | None:
        run: int | None = self.suite.run(accept(found), self.admin).result["run"]
        return run

    def sound(self) -> bool:
        """As the check of the database says, which asks more than a login's rights on PostgreSQL."""
        with self.suite.reading() as session:
            if not is_sqlite(session.connection()):
                return True
            return not any(part.problems for part in check(session, self.suite.catalog, lambda *_: None))


@pytest.fixture
def house(both_desks: Desk) -> House:
    return House(both_desks)


def played(house: House, rng: Random) -> bytes:
    """Lawyers with a past of moves, and a workbook that knows some of it, in some of its columns."""
    names = list(FIRMS.values())
    for sequence in range(1, CASES + 1):
        since = rng.choice([None, house.ago(rng.randint(500, 3000))])
        lawyer = house.make(sequence, rng.choice(names), since)
        days = sorted(
            (rng.choice([0, 0, 1, *range(2, 400, 40)]) for _ in range(rng.randint(0, 3))), reverse=True
        )
        for day in map(house.ago, days):
            moved: dict[str, Any] = {"body_id": house.firms[rng.choice(names)]}
            moved |= rng.choice([{}, {"entered_on": day}])
            moved |= rng.choice([{}, {}, {"district_code": rng.choice(list(DISTRICTS))}])
            # Or the day since when one is where one is comes later than the body.
            moved = rng.choice([moved, moved, moved, {"entered_on": day}])
            # What was before a later move is refused; the past stays as it is.
            with suppress(Refused):
                house.save(lawyer, rng.choice([None, day]), **moved)
    known = house.values()
    rows = []
    for sequence, lawyer in enumerate(house.lawyers, 1):
        entered = known[lawyer].get("entered_on")
        days = [
            None,
            entered,
            entered and entered - dt.timedelta(days=9),
            *map(house.ago, (0, 1, 30, 300, 5000)),
        ]
        days += [post.from_date for post in house.posts().get(lawyer, ())]
        place = rng.choice([None, *DISTRICTS.values()])
        rows.append(
            line(
                sequence,
                rng.choice([None, *names]),
                rng.choice(days),
                place,
                rng.choice([None, "13911110000"]),
            )
        )
    return book(rows, frozenset(rng.choice([(), (), ("入所时间",), ("区县",)])))


def test_a_day_that_came_later_than_the_body_stands_against_an_older_move(house: House) -> None:
    first, second = list(FIRMS.values())[:2]
    lawyer = house.make(1, first)
    day = house.ago(400)
    house.save(lawyer, entered_on=day)
    found = house.desk.look(book([line(1, second, house.ago(2000))], frozenset()))
    [problem] = found.rows[0].problems
    assert (found.rows[0].result, problem.code, str(day) in problem.text) == ("held", LATER_MOVE, True)


@pytest.mark.both_engines
@pytest.mark.parametrize("seed", range(4))
def test_the_preview_is_what_is_written_and_then_nothing_is_left(house: House, seed: int) -> None:
    rng = Random(seed)
    content = played(house, rng)
    before, posts = house.values(), house.posts()
    found = house.desk.look(content)
    run = house.take(found)
    after = house.values()
    for row, lawyer in zip(found.rows, house.lawyers, strict=True):
        assert row.subject_id == lawyer
        written = {
            key: (before[lawyer][key], after[lawyer][key])
            for key in before[lawyer].keys() | after[lawyer].keys()
            if before[lawyer][key] != after[lawyer][key]
        }
        assert written == ({} if row.result == "held" else row.changes), (seed, row.row)
        now = house.posts().get(lawyer, [])
        assert all(post.to_date is None or order(post.from_date) < post.to_date for post in now)
        if row.result == "held":
            assert now == posts.get(lawyer, [])
        standing = current_post(now, house.today)
        assert after[lawyer]["body_id"] == (standing.body_id if standing else None)
        if {"body_id", "entered_on"} <= row.changes.keys() and row.result == "changed":
            assert standing is not None
            assert standing.from_date == after[lawyer]["entered_on"]
    again = house.desk.look(content)
    assert [row.result for row in again.rows] == [
        "held" if row.result == "held" else "same" for row in found.rows
    ]
    assert house.sound()
    if run is not None:
        house.suite.run(UndoImport(kind=LAWYER, run=run), house.admin)
        assert (house.values(), house.posts()) == (before, posts)


@pytest.mark.both_engines
def test_a_file_from_before_a_move_does_not_undo_it(house: House) -> None:
    lawyer = house.make(1, FIRMS[1], house.ago(3000))
    house.save(lawyer, house.ago(45), body_id=house.firms[FIRMS[2]], entered_on=house.ago(45))
    before, posts = house.values(), house.posts()
    old = book([line(1, FIRMS[1], house.ago(3000), None, "13911110000")])
    for _ in range(2):
        found = house.desk.look(old)
        [row] = found.rows
        # It is held, and so it is not promised as a move.
        assert told(row) == {("body_id", LATER_MOVE, "error")}
        [problem] = row.problems
        assert all(
            word in problem.text for word in (str(house.ago(45)), FIRMS[2], house.admin.name, "保存档案")
        )
        house.take(found)
        assert (house.values(), house.posts()) == (before, posts)


def test_who_left_is_not_brought_back_by_an_older_day(house: House) -> None:
    lawyer = house.make(1, FIRMS[1], house.ago(3000))
    house.save(lawyer, house.ago(45), body_id=None)
    [row] = house.desk.look(book([line(1, FIRMS[1], house.ago(3000))])).rows
    assert told(row) == {("body_id", LATER_MOVE, "error")}
    assert f"{house.ago(45)} 已离开“{FIRMS[1]}”" in row.problems[0].text
    back = house.desk.look(book([line(1, FIRMS[1], house.ago(5))]))
    assert back.counts["changed"] == 1


def test_who_went_and_came_back_keeps_the_day_of_coming_back(house: House) -> None:
    lawyer = house.make(1, FIRMS[1], house.ago(3000))
    for firm, day in ((FIRMS[2], house.ago(200)), (FIRMS[1], house.ago(45))):
        house.save(lawyer, day, body_id=house.firms[firm], entered_on=day)
    [row] = house.desk.look(book([line(1, FIRMS[1], house.ago(3000))])).rows
    assert told(row) == {("entered_on", LATER_MOVE, "error")}
    # A few days' correction contradicts nobody's stay.
    assert house.desk.look(book([line(1, FIRMS[1], house.ago(47))])).counts["changed"] == 1


def test_a_move_is_told_with_its_day(house: House) -> None:
    house.make(1, FIRMS[1], house.ago(3000))
    [dated] = house.desk.look(book([line(1, FIRMS[2], house.ago(10))])).rows
    assert [(problem.code, f"自 {house.ago(10)} 起" in problem.text) for problem in dated.problems] == [
        ("match.other_body", True)
    ]
    # The day of the former firm says nothing of the new one.
    [undated] = house.desk.look(book([line(1, FIRMS[2], house.ago(3000))])).rows
    assert f"自 {house.today} 起（进入现机构日期 {house.ago(3000)} 未随之改动）" in undated.problems[0].text


@pytest.mark.both_engines
def test_two_files_of_one_day_leave_no_stay_without_a_day(house: House) -> None:
    lawyer = house.make(1, FIRMS[1], house.ago(3000))
    house.take(house.desk.look(book([line(1, FIRMS[2])])))
    before = house.values(), house.posts()
    run = house.take(house.desk.look(book([line(1, FIRMS[3])])))
    with house.suite.reading() as session:
        posts = record_file(session, house.admin, house.suite.catalog, lawyer).posts
    standing = [(post.body_id, post.from_date, post.to_date) for post in posts if post.void_reason is None]
    assert standing == [
        (house.firms[FIRMS[1]], house.ago(3000), house.today),
        (house.firms[FIRMS[3]], house.today, None),
    ]
    house.suite.run(UndoImport(kind=LAWYER, run=run or 0), house.admin)
    assert (house.values(), house.posts()) == before


def test_a_past_stay_leaves_the_day_of_the_present_one(house: House) -> None:
    lawyer = house.make(1, FIRMS[1], house.ago(3000))
    house.save(lawyer, house.ago(45), body_id=house.firms[FIRMS[2]], entered_on=house.ago(45))
    house.save(lawyer, house.ago(500), body_id=house.firms[FIRMS[3]], entered_on=house.ago(500))
    now = house.values()[lawyer]
    assert (now["body_id"], now["entered_on"]) == (house.firms[FIRMS[2]], house.ago(45))


def test_a_district_said_with_the_firm_is_that_of_the_stay(house: House) -> None:
    house.make(1, FIRMS[1], house.ago(3000))
    content = book([line(1, FIRMS[2], house.ago(10), "长安区")])
    found = house.desk.look(content)
    assert set(found.rows[0].changes) == {"body_id", "entered_on"}
    house.take(found)
    assert house.desk.look(content).counts["same"] == 1


def test_a_notary_who_practises_law_is_told_in_the_preview(house: House) -> None:
    number = resident_number(31)
    make(house.suite, house.admin, LAWYER, a_lawyer(31, name="王五", id_number=number))
    notaries = xlsx([["姓名", "身份证号码", "性别"], ["王五", number, "男"]])
    [row] = house.desk.look(notaries, kind="notary.notary").rows
    assert row.result == "new"
    assert ("id_number", "role.clash", "warning") in told(row)
