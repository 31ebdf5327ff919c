"""What a login must hold to read or write a row, as data: PostgreSQL's rights are generated from it.

The kernel fills a `RightsPlan` from what is declared (`suite.kernel.accounts.matrix`); the modules beside
this one turn it into roles, grants, policies and functions, and compare a database with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from enum import StrEnum

#: Owns every table and function; nobody logs in as it.
OWNER = "suite_owner"
#: The declared role whose logins may become the owner (SET ROLE), to upgrade and to back up.
MAINTAINER = "core.maintainer"
#: The action whose holders move rows from one record or person to another.
MERGE = "roster:merge"
#: The area within a profession of what its association runs beside the bureau ("lawyers.association").
ASSOCIATION = "association"
#: Every login of the suite is a member, whatever it may do.
MEMBER = "suite_member"


class Through(StrEnum):
    """Where the scope of a row stands."""

    ITSELF = "itself"  # in its own scope columns
    SUBJECT = "subject"  # with the subject that `subject_id` names
    PERSON = "person"  # with any subject of the person, or of the one that it was merged into
    CASE = "case"  # with the case that `case_id` names
    SEARCH = "search"  # with the search scope that `scope_id` names
    PROFESSION = "profession"  # nowhere: its profession is enough, whatever the place
    KIND = "kind"  # nowhere: the profession of its kind is enough, whatever the place


@dataclass(frozen=True, kw_only=True)
class InScope:
    """`action` ("roster:read") of the row's profession, where the row lies.

    few: the table has few rows, so that one look at every form of a place is cheaper than asking for each.
    """

    action: str
    through: Through = Through.ITSELF
    few: bool = False


@dataclass(frozen=True, kw_only=True)
class Held:
    """A permission of the house, held anywhere; or `everywhere`: without any bound of place."""

    permission: str
    everywhere: bool = False


@dataclass(frozen=True, kw_only=True)
class HeldSomewhere:
    """An action of at least one profession, whatever the place: for rows that are nobody's yet."""

    action: str


@dataclass(frozen=True, kw_only=True)
class Own:
    """The row names the login in this column."""

    column: str


@dataclass(frozen=True, kw_only=True)
class OfOthers:
    """The row names another login in this column."""

    column: str


@dataclass(frozen=True, kw_only=True)
class HeldAsNamed:
    """The permission that the row itself names in this column; `placed`: held where the row lies."""

    column: str
    placed: bool = False


@dataclass(frozen=True, kw_only=True)
class SameSide:
    """Who stands in the column `asker` holds the permission named in `permission`, if he still does, on the
    side of the house on which the login holds it."""

    asker: str
    permission: str


@dataclass(frozen=True, kw_only=True)
class Says:
    """A column of the row says this."""

    column: str
    value: str


@dataclass(frozen=True, kw_only=True)
class OfItsProfession:
    """The row's kind is one of its profession's; `merged`: or says that the record was merged."""

    merged: bool = False


@dataclass(frozen=True, kw_only=True)
class Marked:
    """A yes-or-no column of the row says yes."""

    column: str


@dataclass(frozen=True, kw_only=True)
class Blank:
    """These columns of the row say nothing."""

    columns: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AsParent:
    """The login reads the row of that table whose id stands in this column.

    within: a right that the login has besides on that row, of which `columns` are those that it may ask.
    """

    column: str
    table: str
    within: Right | None = None
    columns: tuple[str, ...] = ("profession",)


@dataclass(frozen=True, kw_only=True)
class MadeByRun:
    """The subject, or with `case` the case, in this column was made by an import that the login sees."""

    column: str
    case: bool = False


@dataclass(frozen=True, kw_only=True)
class RecordedByRun:
    """The row was recorded at the moment of an import that the login sees."""


@dataclass(frozen=True, kw_only=True)
class Everybody:
    """Every login of the suite."""


@dataclass(frozen=True)
class AnyOf:
    """At least one of these."""

    rights: tuple[Right, ...]


@dataclass(frozen=True)
class AllOf:
    """All of these."""

    rights: tuple[Right, ...]


Right = (
    InScope
    | Held
    | HeldSomewhere
    | Own
    | OfOthers
    | HeldAsNamed
    | SameSide
    | Says
    | OfItsProfession
    | Marked
    | Blank
    | AsParent
    | MadeByRun
    | RecordedByRun
    | Everybody
    | AnyOf
    | AllOf
)


@dataclass(frozen=True, kw_only=True)
class TableRights:
    """One table: what each operation asks for (None: nobody may), and which columns commands change.

    becomes: what holds of a row after an update, where that is not what its update asks for.
    moving: the columns that only a merge changes, which say whose a row is.
    profession: whose subjects' rows all of its rows are, for the details tables of kinds.
    """

    table: str
    profession: str | None = None
    columns: tuple[str, ...]
    select: Right | None = None
    insert: Right | None = None
    update: Right | None = None
    becomes: Right | None = None
    delete: Right | None = None
    changing: tuple[str, ...] = ()
    moving: tuple[str, ...] = ()

    def operations(self) -> dict[str, Right | None]:
        """SQL's word → what it asks for."""
        return {"SELECT": self.select, "INSERT": self.insert, "UPDATE": self.update, "DELETE": self.delete}


@dataclass(frozen=True, kw_only=True)
class SeenView:
    """The records of kinds that keep their details in `table`, as far as a login reads them: to be counted.

    subject, details, person: the columns that it shows of each of these tables.
    """

    table: str
    subject: tuple[str, ...]
    details: tuple[str, ...]
    person: tuple[str, ...]

    @property
    def name(self) -> str:
        """What the view is called."""
        return f"{self.table}_seen"

    def reads(self) -> set[tuple[str, str]]:
        """(table, column) of everything that it shows."""
        parts = (("core_subject", self.subject), (self.table, self.details), ("core_person", self.person))
        return {(table, column) for table, columns in parts for column in columns}


@dataclass(frozen=True, kw_only=True)
class RightsPlan:
    """Everything that the database is to enforce.

    roles: role key → (profession, action) pairs that it gives. shared: permissions that hold everywhere
    whatever the grant's scope. clashes: pairs of kinds that one person may not hold together. details:
    the tables whose key is a subject's; case_details: those whose key is a case's. bars: kinds of cases that
    bar something in law, each with the role of whom: that one is open is told also where it may not be read.
    views: what is read through a view, where a policy would ask for each row what was asked for another.
    associations: the roles that are of the associations' side of the house; all others are of the bureau's.
    """

    tables: tuple[TableRights, ...]
    roles: Mapping[str, Set[tuple[str, str]]]
    shared: Set[str]
    clashes: Set[tuple[str, str]]
    details: tuple[str, ...]
    case_details: tuple[str, ...] = ()
    bars: Set[tuple[str, str]] = frozenset()
    views: tuple[SeenView, ...] = ()
    associations: Set[str] = frozenset()

    def __hash__(self) -> int:
        """Of what nearly always tells two plans apart; equal ones are compared whole."""
        return hash((self.tables, self.details, self.case_details, self.views, *self.roles))


@dataclass(frozen=True, kw_only=True)
class Function:
    """One function: its statement up to the body, the body, and whether logins may call it."""

    name: str
    arguments: str
    head: str
    body: str
    callable: bool

    @property
    def statement(self) -> str:
        """CREATE OR REPLACE FUNCTION …"""
        return f"CREATE OR REPLACE FUNCTION {self.name}({self.arguments}) {self.head} AS $${self.body}$$"


@dataclass(frozen=True, kw_only=True)
class RowTrigger:
    """A trigger of rights; `each` is what it fires for, with the names of transition tables before it."""

    name: str
    table: str
    when: str
    call: str
    each: str = "FOR EACH ROW"

    @property
    def statement(self) -> str:
        """CREATE TRIGGER …"""
        return (
            f'CREATE TRIGGER {self.name} {self.when} ON "{self.table}" {self.each} '
            f"EXECUTE FUNCTION {self.call}"
        )


def literal(values: Iterable[str]) -> str:
    """An array of declared names as SQL."""
    return "'{" + ",".join(sorted(values)) + "}'::text[]"


def group_of(role: str) -> str:
    """The group role of the server for a declared role: `core.section_staff` → `suite_core_section_staff`."""
    return f"suite_{role.replace('.', '_')}"


def opens(right: Right | None, role: Set[tuple[str, str]]) -> bool:
    """Whether a role's rights can open an operation for some row, so that its group gets the grant."""
    match right:
        case None:
            return False
        case InScope() | HeldSomewhere():
            return any(action == right.action for _, action in role)
        case Held():
            return tuple(right.permission.split(":", 1)) in role
        case AnyOf():
            return any(opens(part, role) for part in right.rights)
        case AllOf():
            return all(opens(part, role) for part in right.rights)
        case AsParent(within=within) if within is not None:
            return opens(within, role)
    return True


def for_all(right: Right | None) -> bool:
    """Whether every login may do it, so that the grant goes to all of them."""
    match right:
        case Everybody() | Own() | OfOthers() | HeldAsNamed() | SameSide() | Marked() | Says() | Blank():
            return True
        case AnyOf():
            return any(for_all(part) for part in right.rights)
        case AllOf():
            return all(for_all(part) for part in right.rights)
    return False
