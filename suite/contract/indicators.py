"""What a plugin declares of numbers: indicators, the figures that they need, the sets that set targets.

Value, breakdown by district, and the rows behind a number are all derived from the *sides* of a measure,
so they cannot disagree: a `Members` side counts rows of a roster and opens to them, a `Figure` side sums
what was recorded for a period and opens to that, `Cases` and `Entries` sides count those of a year.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol

from sqlalchemy import ColumnElement


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"
    EQUAL = "equal"


class Level(StrEnum):
    """Who set a target, in the plan's words."""

    NATIONAL = "国家"
    PROVINCIAL = "省级"
    CITY = "市级"


class Nature(StrEnum):
    """Whether a target binds, in the plan's words."""

    BINDING = "约束性"
    EXPECTED = "预期性"


class AsOf(Protocol):
    """One day as a condition of `Members` sees it. Everything it gives is SQL of that very day."""

    @property
    def day(self) -> dt.date:
        """The day that is asked about."""

    def field(self, key: str) -> ColumnElement[Any]:
        """What a field of the side's kind said on the day; a field without history says what it says now."""

    def number(self, key: str) -> int:
        """The value of a whole-number parameter in force on the day."""

    def switch(self, key: str) -> bool:
        """The position of a switch (a parameter that is true or false) on the day."""

    def linked(self, members: Members, by: str = "body_id") -> ColumnElement[int]:
        """How many members of another kind point to this subject by their field `by`; 0 where none does.

        Example: `at.linked(NOTARIES) >= at.number("notary.office.notaries_min")`
        """

    def points_outside(self, key: str, members: Members) -> ColumnElement[bool]:
        """Whether a link of the side's kind points to a record that the actor may read and that is none of
        `members` on the day; a link that is empty or leads out of the actor's scope does not.

        Example: `~at.points_outside("counsel_id", PRACTISING)`: nobody whom we know to practise no more.
        """

    def logged(
        self,
        ledger: str,
        *,
        role: str = "subject",
        where: EntryCondition | None = None,
        span: tuple[dt.date, dt.date] | None = None,
    ) -> ColumnElement[int]:
        """How many entries of a ledger name this subject, with a day from New Year to the day asked about.

        Crossed out entries do not count. role: which of the ledger's columns names it. where: only those for
        which it holds. span: from the first of these days to the last instead of from New Year.

        Example: `at.logged("lawyers.five_ones", where=lambda entry: entry.column("kind") == "lecture") >= 1`
        """


class EntryAsOf(Protocol):
    """One entry of a ledger as a condition sees it."""

    def column(self, key: str) -> ColumnElement[Any]:
        """The value of a column of the ledger ("state", "title", "until" and its own)."""


Condition = Callable[[AsOf], ColumnElement[bool]]
EntryCondition = Callable[[EntryAsOf], ColumnElement[bool]]


@dataclass(frozen=True, kw_only=True)
class Members:
    """The subjects of a kind that count on a day: those on its roster for which `where` holds.

    `where` gets an `AsOf` and returns a condition; it runs for today and for any past day, so it must read
    fields through `AsOf.field` and never from a table. A row stands in the district of that day.

    Example: `Members(kind="lawyers.lawyer", title="专职律师",
    where=lambda at: at.field("category") == "full_time")`
    """

    kind: str
    title: str
    where: Condition | None = None


@dataclass(frozen=True, kw_only=True)
class FigureSeries:
    """A number that no roster holds and that is recorded for periods: population, hours, court data.

    flow: values of periods add up within a year (cases); otherwise it is told anew for each period, and a
    return that is due and was not handed in leaves none. standing: the last known one stands, however old it
    is, until the next is told (population).
    ahead: it stands from the beginning of its period on, as a budget does, not only when that is over.
    city_only: no district has a number of its own. counties_only: the zones have none. city_adds: the city's
    own value is that of the city itself and adds to its districts', as governments are counted; otherwise it
    is the whole. yes_no: 1 is yes and 0 is no. most: no single value can be above it; a slip of the unit
    is refused by it. parts: what it is also recorded by, beside the whole and without adding up to it: keys
    of record kinds (a value for each body) and of code lists (one for each code).

    Example: `FigureSeries(key="core.population", title="常住人口", unit="万人", standing=True)`
    """

    key: str
    title: str
    unit: str
    flow: bool = False
    standing: bool = False
    ahead: bool = False
    city_only: bool = False
    counties_only: bool = False
    city_adds: bool = False
    yes_no: bool = False
    most: Decimal | None = None
    parts: tuple[str, ...] = ()
    help: str = ""


@dataclass(frozen=True)
class Figure:
    """A side that is a recorded figure: key of a `FigureSeries`. The whole is the city's own value, else
    the sum of its districts where none of them is missing."""

    series: str


@dataclass(frozen=True, kw_only=True)
class Cases:
    """A side that is cases of a kind: those whose step `step` was taken in the year, up to the day.

    valid: only those with a finding that stands and says so (有效投诉; the kind's switch says whether a
    partly substantiated one does), in the period in which the step first told of it. A finding that was taken
    back later counts to no day any more, so that the period it belonged to is corrected, and the number says
    so; what was found instead belongs to the period in which it was told. Of cases that repeat one another
    the first that is valid counts, over any chain of them. unit: of the rows.

    Example: `Cases(kind="appraisal.complaint", title="有效投诉", step="ReplyComplaint", valid=True)`
    """

    kind: str
    title: str
    step: str
    valid: bool = False
    unit: str = "件"


class PlaceKind(StrEnum):
    """What places a `Places` side counts."""

    COUNTIES = "counties"  # 县（市、区）, without the zones
    GOVERNMENTS = "governments"  # the counties and the city itself


@dataclass(frozen=True, kw_only=True)
class Places:
    """A side that is the administrative places themselves; they count the same on every day.

    Example: `Places(of=PlaceKind.GOVERNMENTS, title="市县两级政府")`
    """

    of: PlaceKind
    title: str
    unit: str = "个"


@dataclass(frozen=True)
class Added:
    """A side that is several together: townships and villages, counties and townships.

    Example: `Added("县、乡", (COUNTIES, TOWNSHIPS))`
    """

    title: str
    sides: tuple[Members | Places, ...]
    unit: str = "个"


@dataclass(frozen=True)
class Weight:
    """That entries for which `where` holds count as much as a parameter says, and not 1 each; it has choices
    that are numbers (`1`, `0.5`).

    Example: `Weight("arbitration.rate.partial_weight", lambda entry: entry.column("ruling") == "partly")`
    """

    parameter: str
    where: EntryCondition


@dataclass(frozen=True, kw_only=True)
class Entries:
    """A side that is entries of a ledger: those with a day from New Year to the day asked about.

    standing: those begun by the day whose last day (`until`) is not before it, of whatever year. where: only
    those for which it holds. sum: the figures of a column are added up, instead of counting entries; unit: of
    what is counted or added. weight: which of those that are counted count otherwise than 1. Crossed out
    entries count to no day.

    Example: `Entries(ledger="notary.village_visits", title="公证进村服务", sum="persons", unit="人次")`
    """

    ledger: str
    title: str
    where: EntryCondition | None = None
    sum: str | None = None
    standing: bool = False
    unit: str = "条"
    weight: Weight | None = None

    @property
    def adds(self) -> bool:
        """Whether amounts are added up, and not entries counted."""
        return self.sum is not None or self.weight is not None


@dataclass(frozen=True)
class Chosen:
    """A side that a parameter chooses: its value → the side. A switch is chosen by `True` and `False`.

    Example: `Chosen("appraisal.vcr.denominator", (("opinions_issued", Figure("appraisal.opinions")), …))`
    """

    parameter: str
    sides: tuple[tuple[str, PlainSide], ...]


PlainSide = Members | Figure | Cases | Entries | Places | Added
Side = PlainSide | Chosen


@dataclass(frozen=True)
class Ratio:
    """`a ÷ b × per`; no data where `b` is 0. Example: `Ratio(TITLED, NOTARIES, per=100)` for per cent."""

    a: Side
    b: Side
    per: int = 1


@dataclass(frozen=True)
class Count:
    """How many there are; districts add up to the whole."""

    a: Side


@dataclass(frozen=True)
class Least:
    """The smallest number of `a` that one of `by` has; `by` is a kind of body, or None for the counties.

    `link` is the field of `a` by which it belongs to its body. A body without any counts 0. Of several kinds
    added together each has that field; of what a parameter chooses each choice does.

    Example: `Least(NOTARIES, by=OFFICES)`: no office has fewer notaries than this.
    """

    a: Members | Added | Chosen
    by: Members | None = None
    link: str = "body_id"


@dataclass(frozen=True)
class Part:
    """One of several numbers that are shown apart and must each reach the target.

    target: its own, where it is another one than the indicator's. unit: likewise.
    """

    title: str
    measure: Ratio | Count | Least
    target: Decimal | None = None
    unit: str | None = None


@dataclass(frozen=True)
class Parts:
    """Several numbers under one target; the worst of them is the value, without one of them there is none.

    Where parts have targets of their own, the worst is what stands worst to its own; that target is then told
    beside the value, and of the districts the same part.

    where_any: of a district a ratio that has nothing below the line is left out, as an item that no body
    there practises; of the whole city it leaves no number, whatever the others are: nothing to divide by is
    no data, never 100%.
    """

    parts: tuple[Part, ...]
    where_any: bool = False


Measure = Ratio | Count | Least | Parts


@dataclass(frozen=True, kw_only=True)
class IndicatorSet:
    """A plan that sets targets for a period, both days inclusive.

    Example: `IndicatorSet(key="core.plan-2021-2025", title="…规划（2021—2025年）",
    source="石司〔2022〕105号", first=dt.date(2021, 1, 1), last=dt.date(2025, 12, 31))`
    """

    key: str
    title: str
    source: str
    first: dt.date
    last: dt.date

    @property
    def name(self) -> str:
        """The key without its owner: how answers name the set."""
        return self.key.split(".", 1)[1]

    @property
    def period(self) -> str:
        """The years that it holds for, where the title is too long: 2021—2025 年体系."""
        years = sorted({self.first.year, self.last.year})
        return "—".join(map(str, years)) + " 年体系"


@dataclass(frozen=True, kw_only=True)
class Target:
    """What a set wants of an indicator by the end of a year.

    no: the set's own number (11) or code ("T9"). baseline: the value at the beginning of the set, from which
    the path to the target is drawn; without one the path of a growing number begins at 0. tolerance: key of a
    parameter that says how far "about" may be from the target. strict: key of a switch that says whether a
    value equal to the target misses it.
    """

    set: str
    no: int | str
    value: Decimal
    year: int
    article: str
    level: Level | None = None
    nature: Nature | None = None
    baseline: Decimal | None = None
    tolerance: str | None = None
    strict: str | None = None


@dataclass(frozen=True, kw_only=True)
class Breakdown:
    """By what a number of cases is told apart, beside the districts.

    by: key of a record kind: a case counts to its respondents of that kind, or to the bodies that they belong
    to; or key of a code list, which the field `field` of the cases has. A figure below the line is taken for
    each part where the series is recorded by it; without it there is no value, only the count.

    Example: `Breakdown(title="执业类别", by="appraisal.practice_category", field="category")`
    """

    title: str
    by: str
    field: str | None = None


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """A number that the bureau answers for, with everything that must be printed beside it.

    definition: version of the definition; raise it when the sides change. help: 口径 in words. switches:
    parameters that the sides read, shown with their position beside the number. It is read by whoever may
    read the owner's rosters, and counts only what lies in that scope. warning: key of the parameter whose
    value a number that should stay below its target had better not reach. breakdowns: by what else than the
    district it is told apart; of measures whose upper side is cases. remark: what is said beside the number,
    in reports too, as long as one of its `targets` is in force: that two of them cannot both be reached.

    Example: `Indicator(key="notary.least_per_office", title="每个公证机构公证员数量（最低）",
    measure=Least(NOTARIES, by=OFFICES), unit="人", direction=Direction.UP, targets=(Target(…),),
    help="各公证机构在册公证员人数中最少的一家")`
    """

    key: str
    title: str
    measure: Measure
    unit: str
    direction: Direction
    help: str
    targets: tuple[Target, ...] = ()
    definition: int = 1
    switches: tuple[str, ...] = ()
    warning: str | None = None
    breakdowns: tuple[Breakdown, ...] = ()
    remark: str = ""

    @property
    def owner(self) -> str:
        """The plugin that declares it."""
        return self.key.split(".", 1)[0]


def parts_of(measure: Measure) -> tuple[Part, ...]:
    """A measure as parts: a plain one is its only part, without a title."""
    return measure.parts if isinstance(measure, Parts) else (Part("", measure),)


def alternatives(side: Side) -> tuple[PlainSide, ...]:
    """What a side may count: each of the sides added together, of every choice."""
    if isinstance(side, Chosen):
        return tuple(part for _, choice in side.sides for part in alternatives(choice))
    return side.sides if isinstance(side, Added) else (side,)


def sides_of(measure: Ratio | Count | Least) -> tuple[Side, Side | None]:
    """What stands above and below the line; nothing below a count, and a county is no row to be opened."""
    match measure:
        case Ratio():
            return measure.a, measure.b
        case Least():
            return measure.a, measure.by
        case Count():
            return measure.a, None
