"""Conditions that cannot be read: told in their place, while all else is read."""

from __future__ import annotations

import pytest
from sqlalchemy import ColumnElement, Integer, bindparam, event, literal, literal_column
from sqlalchemy.orm import Session

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.indicators import AsOf, Count, Entries, Least, Members, Ratio
from suite.contract.problems import Refused
from suite.database.engine import writing
from suite.database.rejections import Rejection
from suite.kernel.indicators import reading as reading_module
from suite.kernel.indicators.board import Question
from suite.kernel.indicators.members import World
from suite.kernel.indicators.queries import rows_behind
from suite.kernel.indicators.rules import State
from suite.kernel.indicators.snapshots import frozen_now
from suite.kernel.indicators.tallies import Tally, tally_of
from suite.testing.factories import a_lawyer, make
from tests.kernel.indicators.declared import (
    ACTIVE,
    FIRST,
    LAWYERS,
    OPEN_FIRMS,
    TODAY,
    an_indicator,
    read,
    with_indicators,
)


def test_a_condition_that_cannot_be_read_is_told_in_its_place(suite_: Suite, admin: Actor) -> None:
    for key in ("nothing", "id_number"):
        broken = Members(kind=LAWYERS, title="律师", where=lambda at, key=key: at.field(key) == "x")
        found = read(
            suite_, admin, TODAY, an_indicator("broken", Count(broken)), an_indicator("count", Count(ACTIVE))
        )
        assert found["broken"].state is State.NO_DATA
        assert key in found["broken"].notes[0]
        assert found["count"].whole.value == 0


NOWHERE = literal_column("nothing_there") == 1
BROKEN: tuple[Members | Entries, ...] = (
    Members(kind=LAWYERS, title="律师", where=lambda _at: NOWHERE),
    Entries(ledger="notary.village_visits", title="公证进村服务", where=lambda _entry: NOWHERE),
)


@pytest.mark.parametrize("broken", BROKEN, ids=["members", "entries"])
def test_what_the_database_does_not_take_is_told_in_its_place(
    suite_: Suite, admin: Actor, broken: Members | Entries
) -> None:
    """The other indicators are read, and frozen, in the same transaction, also where it writes."""
    make(suite_, admin, LAWYERS, a_lawyer(1), a_lawyer(2), on=FIRST)
    asked = (
        an_indicator("broken", Ratio(broken, ACTIVE)),
        an_indicator("count", Count(ACTIVE)),
        an_indicator("firms", Count(OPEN_FIRMS)),
    )
    found = read(suite_, admin, TODAY, *asked)
    assert found["broken"].state is State.NO_DATA
    assert found["broken"].notes[0] == ("口径有误（数据库不接受其条件：没有所指的栏目），请联系插件的提供者")
    assert [found[key].whole.value for key in ("count", "firms")] == [2, 0]
    catalog = with_indicators(suite_.catalog, *asked)
    with writing(suite_.engine) as connection, Session(connection) as session:
        frozen = frozen_now(session, admin, catalog, TODAY, today=TODAY)
    by_key = {value.key.split(".")[1]: value for value in frozen.values}
    assert [side.members for side in by_key["broken"].parts[0].sides] == [(), ()]
    assert len(by_key["count"].parts[0].above.members) == 2


def _divides(_at: AsOf) -> ColumnElement[bool]:
    raise ZeroDivisionError("no day")


@pytest.mark.parametrize(
    ("broken", "cause"),
    [(BROKEN[0], Rejection.COLUMN.words), (Members(kind=LAWYERS, title="律师", where=_divides), "no day")],
    ids=["database", "plugin"],
)
def test_the_rows_behind_what_cannot_be_read_are_refused_in_words(
    suite_: Suite, admin: Actor, broken: Members, cause: str
) -> None:
    """In a sentence, and the transaction goes on: the rows behind another number are read after it."""
    make(suite_, admin, LAWYERS, a_lawyer(1), on=FIRST)
    catalog = with_indicators(
        suite_.catalog, an_indicator("broken", Count(broken)), an_indicator("count", Count(ACTIVE))
    )
    with suite_.reading() as session:
        with pytest.raises(Refused) as refused:
            rows_behind(session, admin, catalog, Question(as_of=TODAY), "lawyers.broken")
        above, _ = rows_behind(session, admin, catalog, Question(as_of=TODAY), "lawyers.count")
    (problem,) = refused.value.problems
    assert (problem.code, cause in problem.text) == ("indicator.unreadable", True)
    assert len(above.members) == 1


def test_no_number_is_frozen_whose_rows_cannot_be_read(suite_on_sqlite: Suite, admin: Actor) -> None:
    """A list without them would say that nobody was counted."""
    make(suite_on_sqlite, admin, LAWYERS, a_lawyer(1), on=FIRST)
    asked: list[AsOf] = []
    most = 1_000

    def where(at: AsOf) -> ColumnElement[bool]:
        asked.append(at)
        if len(asked) > most:
            raise ZeroDivisionError("no rows")
        return at.field("status") == "active"

    known = an_indicator("known", Count(Members(kind=LAWYERS, title="律师", where=where)))
    assert read(suite_on_sqlite, admin, TODAY, known)["known"].whole.value == 1
    most = len(asked)
    asked.clear()
    catalog = with_indicators(suite_on_sqlite.catalog, known)
    with suite_on_sqlite.reading() as session, pytest.raises(Refused) as refused:
        frozen_now(session, admin, catalog, TODAY, today=TODAY)
    assert refused.value.codes == {"indicator.unreadable"}
    assert "no rows" in str(refused.value)


def test_types_that_cannot_be_compared_are_told(suite_on_postgresql: Suite, admin: Actor) -> None:
    unlike = Members(kind=LAWYERS, title="律师", where=lambda at: at.field("status") == literal(1, Integer))
    found = read(suite_on_postgresql, admin, TODAY, an_indicator("broken", Count(unlike)))
    assert Rejection.FUNCTION.words in found["broken"].notes[0]


def test_a_sound_board_asks_for_one_savepoint_at_the_most(suite_on_postgresql: Suite, admin: Actor) -> None:
    said: list[str] = []
    event.listen(suite_on_postgresql.engine, "savepoint", lambda _connection, name: said.append(name))
    found = read(
        suite_on_postgresql, admin, TODAY, an_indicator("count", Count(ACTIVE)),
        an_indicator("firms", Count(OPEN_FIRMS)),
    )  # fmt: skip
    assert len(found) == 2
    assert len(said) == 1


def test_what_cannot_be_read_makes_none_but_its_own_kind_slow(
    suite_on_sqlite: Suite, admin: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone: list[str] = []

    def read_alone(world: World, counted: Members | Least) -> Tally:
        alone.append(counted.kind if isinstance(counted, Members) else "least")
        return tally_of(world, counted)

    monkeypatch.setattr(reading_module, "tally_of", read_alone)
    # A condition that can be written, but not asked: it wants a value that nobody gives.
    broken = Members(kind=LAWYERS, title="律师", where=lambda at: at.field("status") == bindparam("nothing"))
    found = read(
        suite_on_sqlite,
        admin,
        TODAY,
        an_indicator("broken", Count(broken)),
        an_indicator("count", Count(ACTIVE)),
        an_indicator("firms", Count(OPEN_FIRMS)),
    )
    assert found["broken"].state is State.NO_DATA
    assert "nothing" in found["broken"].notes[0]
    assert [found[key].whole.value for key in ("count", "firms")] == [0, 0]
    assert set(alone) == {LAWYERS}
