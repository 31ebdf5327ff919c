"""Snapshots over random worlds: read back equal, every member resolves, each correction is named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Granted, Scope
from suite.contract.parameters import Parameter
from suite.contract.problems import Refused
from suite.kernel.exchange.importing import accept
from suite.kernel.exchange.preview import ImportRequest
from suite.kernel.exchange.undoing import UndoImport
from suite.kernel.indicators.board import Switch
from suite.kernel.indicators.commands import RecordFigure
from suite.kernel.indicators.comparing import IndicatorChange, RowChange, What, compare
from suite.kernel.indicators.comparing import said as words_of
from suite.kernel.indicators.declarations import POPULATION
from suite.kernel.indicators.differing import difference
from suite.kernel.indicators.entering import SaveIndicatorSet, TargetRow
from suite.kernel.indicators.frozen import Frozen
from suite.kernel.indicators.frozen_board import board_of
from suite.kernel.indicators.lacking import lacking
from suite.kernel.indicators.packing import members_of, unpacked
from suite.kernel.indicators.reasons import where_now
from suite.kernel.indicators.rules import State
from suite.kernel.indicators.sets import standing_sets
from suite.kernel.indicators.snapshots import (
    TakeSnapshot,
    check_snapshots,
    frozen_now,
    read_snapshot,
    snapshot_named,
    snapshots,
)
from suite.kernel.parameters.commands import SetParameter
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.kernel.registry.merging_commands import MergeSubjects
from suite.kernel.reports.content import ReportContent, paragraphs_of
from suite.kernel.reports.workbook import workbook_of
from suite.tables import SnapshotPart
from suite.tables.snapshots import VALUE
from suite.testing.factories import a_firm, a_lawyer, make, practice_no

LAWYERS, FIRMS = "lawyers.lawyer", "lawyers.law_firm"
BEGIN, JUNE, JULY = dt.date(2020, 1, 1), dt.date(2026, 6, 30), dt.date(2026, 7, 15)
DISTRICTS = ("130102", "130107", "130171")


def test_an_older_snapshot_told_amounts_by_the_name_of_a_column() -> None:
    said = {
        "id": [1, 2, 3],
        "name": ["甲", "乙", "丙"],
        "told": [0, 1, 2],
        "meant": [[["amount", "1.00", "1.00"]], [["amount", "0.50", "0.50"]], [["amount", "20", "20"]]],
    }
    assert [words_of(member) for member in members_of(said, None)] == ["", "计数：0.5", "计数：20"]


def take(suite: Suite, admin: Actor, day: dt.date = JUNE, name: str = "") -> int:
    return int(suite.run(TakeSnapshot(as_of=day, name=name), admin).result["snapshot"])


def save(suite: Suite, admin: Actor, lawyer: int, day: dt.date, **values: object) -> None:
    row = RowEdit(values=values, subject_id=lawyer)
    suite.run(SaveRecords(kind=LAWYERS, rows=(row,), effective_on=day), admin)


def population(suite: Suite, admin: Actor, district: str, value: str, period: str = "2025") -> None:
    figure = RecordFigure(
        series=POPULATION.series, period=period, district_code=district, value=Decimal(value), source="公报"
    )
    suite.run(figure, admin)


def rows_of(changes: Collection[IndicatorChange]) -> list[RowChange]:
    return [row for change in changes for row in change.rows]


@dataclass
class World:
    """A few firms and lawyers, and what was done to whom after the snapshot."""

    suite: Suite
    admin: Actor
    rng: Random
    folder: Path
    firms: list[int] = field(default_factory=list)
    lawyers: list[int] = field(default_factory=list)
    imported: list[int] = field(default_factory=list)
    run: int = 0
    corrected: set[int] = field(default_factory=set)
    moved: set[int] = field(default_factory=set)

    def begin(self) -> None:
        suite, admin, rng = self.suite, self.admin, self.rng
        self.firms = make(
            suite, admin, FIRMS, *(a_firm(n, district_code=DISTRICTS[n % 3]) for n in range(3)), on=BEGIN
        )
        self.lawyers = make(
            suite,
            admin,
            LAWYERS,
            *(
                a_lawyer(n, district_code=rng.choice(DISTRICTS), body_id=rng.choice(self.firms))
                for n in range(16)
            ),
            on=BEGIN,
        )
        for district in DISTRICTS:
            population(suite, admin, district, str(rng.randint(10, 90)))
        self.import_some()

    def import_some(self) -> None:
        """Two lawyers come by a workbook, so that they can be taken out whole."""
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(["姓名", "执业证号", "区县", "执业类别"])
        for number in (900, 901):
            sheet.append([f"钱九{'〇一'[number - 900]}", practice_no(number), "长安区", "专职律师"])
        path = self.folder / "律师.xlsx"
        book.save(path)
        preview = self.suite.preview(ImportRequest(kind=LAWYERS, path=path), self.admin)
        done = self.suite.run(accept(preview), self.admin)
        self.run = done.result["run"]
        with self.suite.reading() as session:
            rows = session.execute(text("SELECT id FROM core_subject WHERE name LIKE '钱九%'"))
            self.imported = [row.id for row in rows]
        assert len(self.imported) == 2

    def change(self) -> None:
        """Moves after June, and corrections of what was true in June, of different lawyers."""
        suite, admin, rng = self.suite, self.admin, self.rng
        pool = list(self.lawyers)
        rng.shuffle(pool)
        for _ in range(3):
            lawyer = pool.pop()
            save(
                suite,
                admin,
                lawyer,
                JULY,
                **rng.choice(({"district_code": "130172"}, {"status": "cancelled"})),
            )
            self.moved.add(lawyer)
        for _ in range(3):
            lawyer = pool.pop()
            late = {"status": "cancelled"} if rng.random() < 0.5 else {"district_code": "130172"}
            save(suite, admin, lawyer, JUNE - dt.timedelta(days=rng.randint(0, 300)), **late)
            self.corrected.add(lawyer)
        kept, gone = pool.pop(), pool.pop()
        suite.run(MergeSubjects(kind=LAWYERS, kept=kept, gone=gone, reason="重复登记"), admin)
        self.corrected.add(gone)
        suite.run(UndoImport(kind=LAWYERS, run=self.run), admin)
        self.corrected |= set(self.imported)


def told(frozen: Frozen) -> dict[int, tuple[str | None, tuple[str, ...]]]:
    """Who stands behind the number of lawyers, where, and as what."""
    side = frozen.by_key["lawyers.per_10k"].parts[0].above
    return {row.id: (row.district, tuple(item.value for item in row.told)) for row in side.members}


@pytest.mark.sqlite_first
@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 6))])
def test_a_frozen_world(suite_: Suite, admin: Actor, tmp_path: Path, seed: int) -> None:
    world = World(suite=suite_, admin=admin, rng=Random(seed), folder=tmp_path)
    world.begin()
    number = take(suite_, admin)
    with suite_.reading() as session:
        before = read_snapshot(session, admin, suite_.catalog, number)
        assert before.frozen == frozen_now(session, admin, suite_.catalog, JUNE, today=suite_.today)
        assert before.intact is True
    world.change()
    with suite_.reading() as session:
        again = read_snapshot(session, admin, suite_.catalog, number)
        assert again == before
        assert check_snapshots(session).problems == ()
        found = difference(session, admin, suite_.catalog, number, today=suite_.today)
        now = difference(session, admin, suite_.catalog, number, today=suite_.today, day=suite_.today)
        then = frozen_now(session, admin, suite_.catalog, JUNE, today=suite_.today)
        members = {
            row.id
            for value in again.frozen.values
            for part in value.parts
            for side in part.sides
            if side.what == "roster"
            for row in side.members
        }
        places = where_now(session, members)
    # Every member resolves to a record of today, or is known to be gone.
    assert set(places) == members
    assert {places[number].state for number in world.imported} == {"gone"}
    assert sum(place.state == "merged" for place in places.values()) == 1
    # Recomputed as of then, it differs by the corrections only, and each is named with its reason.
    was, known = told(again.frozen), told(then)
    differing = {one for one in was.keys() | known.keys() if was.get(one) != known.get(one)}
    rows = [row for row in rows_of(found.changes) if row.kind == LAWYERS]
    assert differing <= world.corrected
    assert {row.id for row in rows} >= differing
    assert {row.id for row in rows} <= world.corrected
    assert all(row.corrected and row.why for row in rows)
    # Against today, what happened since is told apart from what was corrected.
    by_lawyer = {row.id: row for row in rows_of(now.changes) if row.kind == LAWYERS}
    assert world.moved & by_lawyer.keys() == world.moved
    assert not any(by_lawyer[one].corrected for one in world.moved)
    assert all(by_lawyer[one].corrected for one in differing)


def test_figures_and_switches_are_told(suite_: Suite, admin: Actor) -> None:
    make(suite_, admin, LAWYERS, a_lawyer(1), on=BEGIN)
    with suite_.reading() as session:
        districts = session.execute(text("SELECT code FROM core_district")).scalars().all()
    for district in districts:
        population(suite_, admin, district, "50")
    first = take(suite_, admin, name="半年报")
    population(suite_, admin, "130102", "51")
    suite_.run(SetParameter(key="core.include_xinji", value="false", valid_from=BEGIN, source="试"), admin)
    with suite_.reading() as session:
        found = difference(session, admin, suite_.catalog, first, today=suite_.today)
    (change,) = [item for item in found.changes if item.key == "lawyers.per_10k"]
    corrected = [row for row in change.rows if row.what is What.FIGURE]
    assert [(row.district, row.before[:2], row.after[:2], row.corrected) for row in corrected] == [
        ("130102", "50", "51", True)
    ]
    assert [(row.before, row.after) for row in change.rows if row.what is What.SWITCH] == [("是", "否")]


def test_a_switch_by_text_is_frozen_and_told_in_words(suite_on_sqlite: Suite, admin: Actor) -> None:
    suite, key = suite_on_sqlite, "core.hotline.measure"
    number = take(suite, admin)
    suite.run(SetParameter(key=key, value="counties", valid_from=BEGIN, source="试"), admin)
    with suite.reading() as session:
        frozen = read_snapshot(session, admin, suite.catalog, number).frozen
        found = difference(session, admin, suite.catalog, number, today=suite.today)
    value = next(one for one in frozen.values if any(switch.key == key for switch in one.switches))
    (switch,) = [switch for switch in value.switches if switch.key == key]
    assert (switch.value, switch.position) == ("hours", "服务时数")
    (change,) = [one for one in found.changes if one.key == value.key]
    told = [(row.before, row.after) for row in change.rows if row.what is What.SWITCH]
    assert told == [("服务时数", "覆盖的县（市、区）")]


def test_a_snapshot_that_kept_no_words_is_told_in_those_of_today(
    suite_on_sqlite: Suite, admin: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever it is read: on the board, in a comparison, in the workbook and the text of a report."""
    suite, key = suite_on_sqlite, "core.hotline.measure"

    def wordless(parameter: Parameter, value: int | str | bool) -> Switch:
        return Switch(key=parameter.key, title=parameter.title, value=value, words=None)

    with monkeypatch.context() as former:
        former.setattr(Switch, "of", wordless)
        number = take(suite, admin)
    with suite.reading() as session:
        wholes = session.scalars(
            select(SnapshotPart.content).where(
                SnapshotPart.what == VALUE, SnapshotPart.district_code.is_(None)
            )
        )
        assert {len(kept) for whole in wholes for kept in unpacked(whole)["switches"]} == {3}
    suite.run(SetParameter(key=key, value="counties", valid_from=BEGIN, source="试"), admin)
    with suite.reading() as session:
        frozen = read_snapshot(session, admin, suite.catalog, number).frozen
        found = difference(session, admin, suite.catalog, number, today=suite.today)
    on_board = board_of(frozen, suite.catalog).values
    assert "服务时数" in {switch.position for value in on_board for switch in value.switches}
    told = {(row.before, row.after) for one in found.changes for row in one.rows if row.what is What.SWITCH}
    assert told == {("服务时数", "覆盖的县（市、区）")}
    content = ReportContent(
        title="报表", organ="", recipient="", number="", day=JUNE, frozen=frozen, former=None, basis=()
    )
    assert "服务时数" in "".join(paragraphs_of(content))
    page = load_workbook(BytesIO(workbook_of(content)))["口径说明"]
    cells = "".join(str(cell.value) for row in page.iter_rows() for cell in row)
    assert "服务时数" in cells
    assert "hours" not in cells


def test_what_a_set_lacks_is_kept_and_told(suite_on_sqlite: Suite, admin: Actor) -> None:
    """Numbers without data, and those that who froze it may not read, whoever looks later."""
    suite, catalog = suite_on_sqlite, suite_on_sqlite.catalog
    make(suite, admin, LAWYERS, a_lawyer(1), on=BEGIN)
    part = replace(
        admin,
        granted=tuple(
            Granted(permission=key, scope=Scope()) for key in ("core:snapshot:take", "lawyers:roster:read")
        ),
    )
    done = suite.run(TakeSnapshot(as_of=JUNE, note="试"), part)
    with suite.reading() as session:
        read = read_snapshot(session, admin, suite_on_sqlite.catalog, done.result["snapshot"])
        found = lacking(read.frozen, read.keys, catalog)
    assert set(read.keys).isdisjoint({"notary.per_100k"})
    assert len(found.absent) == len(catalog.indicators) - len(read.keys) > 0
    assert {value.key for value in found.without_data} == {
        value.key for value in read.frozen.values if value.state is State.NO_DATA
    }
    assert "lawyers.per_10k" in {value.key for value in found.without_data}
    assert read.line.note == f"试；{done.result['lacking']}"
    for words in ("未含", "冻结人无权查看", "冻结时无数据："):
        assert words in read.line.note
    # Who sees nothing of it is not told that it is not in there.
    nobody = replace(admin, granted=())
    with suite.reading() as session:
        seen = read_snapshot(session, nobody, suite_on_sqlite.catalog, done.result["snapshot"])
        assert lacking(seen.frozen, seen.keys, catalog).absent == found.absent


def test_a_chosen_set_with_switches_is_reckoned_alike(suite_: Suite, admin: Actor) -> None:
    """It differs from its own day by corrections alone, whatever was chosen and whatever holds by then."""
    places = ("130102", "130181", "130171")  # a district, Xinji, a zone
    lawyers = make(
        suite_,
        admin,
        LAWYERS,
        *(a_lawyer(n, district_code=code) for n, code in enumerate(places)),
        on=BEGIN,
    )
    with suite_.reading() as session:
        standing = standing_sets(session, suite_.catalog)["plan-2021-2025"]
    key = "lawyers.practising"
    wanted = TargetRow(indicator=key, no="7", value=Decimal(9), year=2028, article="", level="", nature="")
    other = SaveIndicatorSet(
        name="trial", title_text="试行", source="试", first=JUNE, last=dt.date(2029, 1, 1), targets=(wanted,)
    )
    suite_.run(other, admin)
    command = TakeSnapshot(as_of=JUNE, set="plan-2021-2025", with_xinji=False, with_zones=False)
    number = int(suite_.run(command, admin).result["snapshot"])
    with suite_.reading() as session:
        frozen = read_snapshot(session, admin, suite_.catalog, number).frozen
        assert difference(session, admin, suite_.catalog, number, today=suite_.today).changes == ()
    assert frozen.set is not None
    assert frozen.set.name == standing.set.name
    assert frozen.by_key[key].no == standing.targets[key].no
    assert [row.id for row in frozen.by_key[key].parts[0].above.members] == lawyers[:1]
    suite_.run(SetParameter(key="core.include_xinji", value="false", valid_from=BEGIN, source="试"), admin)
    save(suite_, admin, lawyers[0], JUNE - dt.timedelta(days=9), district_code="130107")
    save(suite_, admin, lawyers[1], JUNE - dt.timedelta(days=9), status="cancelled")
    with suite_.reading() as session:
        assert read_snapshot(session, admin, suite_.catalog, number).frozen == frozen
        rows = rows_of(difference(session, admin, suite_.catalog, number, today=suite_.today).changes)
    assert {(row.id, row.what, row.corrected) for row in rows} == {(lawyers[0], What.MOVED, True)}
    with pytest.raises(Refused):
        suite_.run(replace(command, name="二", set="none"), admin)


def test_nobody_changes_what_is_frozen(suite_: Suite, admin: Actor) -> None:
    make(suite_, admin, LAWYERS, a_lawyer(1), on=BEGIN)
    take(suite_, admin)
    for statement in (
        "UPDATE core_snapshot SET title = 'x'",
        "DELETE FROM core_snapshot_part",
        "UPDATE core_snapshot_part SET key = 'x'",
    ):
        with pytest.raises(DBAPIError), suite_.engine.begin() as connection:
            connection.execute(text(statement))


def test_each_sees_his_own_scope(suite_: Suite, admin: Actor) -> None:
    make(
        suite_,
        admin,
        LAWYERS,
        *(a_lawyer(n, district_code=code) for n, code in enumerate(DISTRICTS)),
        on=BEGIN,
    )
    number = take(suite_, admin)
    scope = Scope(districts=frozenset({"130102"}))
    county = Actor(
        login="county", name="区局", granted=(Granted(permission="lawyers:roster:read", scope=scope),)
    )
    staff = replace(county, granted=(Granted(permission="lawyers:roster:read", scope=Scope()),))
    with suite_.reading() as session:
        assert read_snapshot(session, county, suite_.catalog, number).frozen.values == ()
        read = read_snapshot(session, staff, suite_.catalog, number)
    assert read.intact is None
    assert {value.owner for value in read.frozen.values} == {"lawyers"}
    assert len(told(read.frozen)) == 3


def test_what_is_refused(suite_: Suite, admin: Actor) -> None:
    make(suite_, admin, LAWYERS, a_lawyer(1), on=BEGIN)
    take(suite_, admin, name="年报")
    scope = Scope(districts=frozenset({"130102"}))
    narrow = replace(admin, granted=(Granted(permission="core:snapshot:take", scope=scope),))
    for actor, command, code in (
        (admin, TakeSnapshot(name="年报"), "snapshot.title"),
        (admin, TakeSnapshot(as_of=suite_.today + dt.timedelta(days=1)), "snapshot.future"),
        (narrow, TakeSnapshot(), "snapshot.scope"),
        (replace(admin, granted=()), TakeSnapshot(), "not_permitted"),
    ):
        with pytest.raises(Refused) as refused:
            suite_.run(command, actor)
        assert code in refused.value.codes
    with suite_.reading() as session:
        assert [line.title for line in snapshots(session)] == ["年报"]
        assert snapshot_named(session, "#1").title == "年报"
        with pytest.raises(Refused):
            snapshot_named(session, "没有的")
        with pytest.raises(Refused):
            read_snapshot(session, admin, suite_.catalog, 99)


def test_a_set_is_not_other_than_itself(suite_: Suite, admin: Actor) -> None:
    make(suite_, admin, FIRMS, a_firm(1), on=BEGIN)
    make(suite_, admin, LAWYERS, a_lawyer(1), on=BEGIN)
    with suite_.reading() as session:
        now = frozen_now(session, admin, suite_.catalog, JUNE, today=suite_.today)
    assert compare(now, now) == ()
