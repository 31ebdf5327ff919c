"""Ledgers as they are declared: the small registers of the plan that need no rules of their own.

A visit, an activity, a pairing, a list of prices: title, day, district, the records it is about, a state, a
few figures and a note. All entries stand in one table; list, form, import, export, command line and rights
follow from the declaration. What has a lifecycle with clocks is a kind of case, what is a body or a person is
a kind of record.
"""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from enum import StrEnum
from functools import cached_property

from suite.contract.states import StateKind


class ColumnKind(StrEnum):
    """What a column of a ledger keeps."""

    TEXT = "text"  # a line of up to 300 characters
    LONG = "long"  # several lines
    CHOICE = "choice"  # one of a list
    CHOICES = "choices"  # some of a list
    WHOLE = "whole"  # a whole number, not below 0
    AMOUNT = "amount"  # money or another measure, two decimals, not below 0
    HOURS = "hours"  # hours, two decimals, not below 0
    DATE = "date"
    FLAG = "flag"  # yes or no
    SUBJECT = "subject"  # records of a roster


#: Where the values of a kind stand: the beginning of the columns' names, and how many there are.
SLOTS = {
    ColumnKind.TEXT: ("text", 8),
    ColumnKind.LONG: ("long", 4),
    ColumnKind.CHOICE: ("choice", 8),
    ColumnKind.CHOICES: ("choice", 8),
    ColumnKind.WHOLE: ("whole", 8),
    ColumnKind.AMOUNT: ("figure", 6),
    ColumnKind.HOURS: ("figure", 6),
    ColumnKind.DATE: ("day", 4),
    ColumnKind.FLAG: ("flag", 6),
}

#: What every ledger has; no column of its own may be called so.
COMMON = ("number", "title", "subject", "day", "until", "district_code", "state", "note")

#: The role of the records that a ledger is about, as against those of a column of its own.
ABOUT = "subject"


@dataclass(frozen=True)
class LedgerColumn:
    """One column of a ledger.

    codes: key of a code list, or choices: (value, title) of each, for a choice. links: kinds of record, for
    records of a roster. headings: other headings met in workbooks. listed: a column of the list. unit: behind
    the number where it is shown.

    Where a value stands is settled by the order of the columns of one kind: a new column goes behind those
    that are there, and none is taken out while there are entries.

    Example: `LedgerColumn("persons", "服务人数", ColumnKind.WHOLE, unit="人")`
    """

    key: str
    title: str
    kind: ColumnKind = ColumnKind.TEXT
    _: KW_ONLY
    codes: str | None = None
    choices: tuple[tuple[str, str], ...] = ()
    links: tuple[str, ...] = ()
    required: bool = False
    listed: bool = True
    headings: tuple[str, ...] = ()
    unit: str = ""
    help: str = ""


@dataclass(frozen=True)
class EntryState:
    """One state of an entry; what its kind of state says is not done yet is still to do."""

    key: str
    title: str
    kind: StateKind

    @property
    def open(self) -> bool:
        """Whether something is still to be done or is still in force."""
        return self.kind not in (StateKind.OK, StateKind.ENDED, StateKind.BAD)


#: Something that is planned and held (活动、会议、培训).
HELD = (
    EntryState("planned", "计划", StateKind.NEUTRAL),
    EntryState("held", "已开展", StateKind.OK),
    EntryState("cancelled", "已取消", StateKind.ENDED),
)
#: A matter that is followed until it is settled (事项、问题、线索).
FOLLOWED = (
    EntryState("open", "办理中", StateKind.RUN),
    EntryState("settled", "已办结", StateKind.OK),
    EntryState("dropped", "已终止", StateKind.ENDED),
)
#: What is in force for a time (协议、清单、结对).
IN_FORCE = (
    EntryState("in_force", "有效", StateKind.RUN),
    EntryState("expired", "已到期", StateKind.ENDED),
    EntryState("ended", "已终止", StateKind.ENDED),
)


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """One ledger (台账): a register with entries by day.

    subjects: the kinds of record that an entry is about, named `about` in the form; `about_required`: at
    least one of them. columns: what it has besides number, title (`named`), day (`dated`, whose year is the
    entry's), a last day (`until`, where that is not empty), district, state and note. states: the first is
    that of a new entry. due: the key of the day ("until" or of a column) by which an open entry is to be
    done. marks: the yes-or-no field of the records it is about that says whether they are in it today: entry
    and exit set it. plan: the items of the plan that it serves (`PlanItem`). unit: of its entries. The
    ledgers are shown by profession in their `order`.

    Example: `Ledger(key="notary.village_visits", title="公证进乡村", plan=(41,),
    subjects=("notary.notary_office",), about="公证机构", named="活动", dated="进村日期",
    columns=(LedgerColumn("place", "村（社区）"), LedgerColumn("persons", "服务人数", ColumnKind.WHOLE)),
    states=HELD, article="建设规划专栏2")`
    """

    key: str
    title: str
    columns: tuple[LedgerColumn, ...] = ()
    subjects: tuple[str, ...] = ()
    about: str = "对象"
    about_required: bool = False
    named: str = "事项"
    dated: str = "日期"
    until: str = ""
    states: tuple[EntryState, ...] = ()
    due: str | None = None
    marks: str | None = None
    plan: tuple[int, ...] = ()
    unit: str = "条"
    help: str = ""
    article: str | None = None
    order: int = 100

    @property
    def owner(self) -> str:
        """The plugin that declares it; also the profession that rights are scoped by."""
        return self.key.split(".", 1)[0]

    @cached_property
    def by_key(self) -> dict[str, LedgerColumn]:
        """Column key → column."""
        return {column.key: column for column in self.columns}

    @cached_property
    def slots(self) -> dict[str, str]:
        """Column key → the name of the table's column that keeps its values; links stand apart."""
        counts: dict[str, int] = {}
        found = {}
        for column in self.columns:
            if column.kind is not ColumnKind.SUBJECT:
                name = SLOTS[column.kind][0]
                counts[name] = counts.get(name, 0) + 1
                found[column.key] = f"{name}_{counts[name]}"
        return found

    @property
    def states_key(self) -> str:
        """The key of the code list of its states."""
        return f"{self.key}.state"

    def codes_of(self, column: LedgerColumn) -> str | None:
        """The key of the code list of a choice: a declared one, or that of its own choices."""
        return f"{self.key}.{column.key}" if column.choices else column.codes

    @property
    def open_states(self) -> tuple[str, ...]:
        """The states in which something is still to be done."""
        return tuple(state.key for state in self.states if state.open)
