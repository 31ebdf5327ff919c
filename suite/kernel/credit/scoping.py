"""Whether an actor may do something to a row of credit, where the row lies."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import ColumnElement, and_, false, or_, select

from suite.contract.commands import Actor
from suite.contract.problems import ProblemKind, Refused, refuse
from suite.kernel.executor.work import Transaction
from suite.kernel.search.queries import scope_condition
from suite.loader.catalog import Catalog
from suite.tables import CreditRecord, Publicity

READ, KEEP, APPROVE = "credit:read", "credit:keep", "credit:approve"


class Placed(Protocol):
    """A row with scope columns."""

    profession: Any
    district_code: Any
    association: Any


class HeldRow(Placed, Protocol):
    """A row with scope columns that is named by its number."""

    id: Any


Row = TypeVar("Row", bound=HeldRow)


def may(actor: Actor, action: str, row: Placed) -> bool:
    """Whether the actor holds an action of the row's profession where it lies; what follows for credit from a
    case of an area of rights is the profession's."""
    profession = row.profession.partition(".")[0]
    return any(
        scope.holds(profession, row.district_code, row.association)
        for scope in actor.scopes(f"{profession}:{action}")
    )


def require_all(work: Transaction, action: str, rows: Iterable[Placed], place: str) -> None:
    """Raises Refused where one of the rows lies out of the actor's scope."""
    for row in rows:
        if not may(work.actor, action, row):
            declared = work.catalog.permissions.get(f"{row.profession.partition('.')[0]}:{action}")
            words = declared.title if declared else action
            text = f"选定的记录中有不在您管理范围内的，须有“{words}”的权限。请缩小选择，或联系科室管理员。"
            raise refuse("out_of_scope", text, ProblemKind.NOT_PERMITTED, field=place)


@dataclass(frozen=True, kw_only=True)
class Holding(Generic[Row]):
    """Rows that acts hold together: of which table, at most how many, and how a refusal calls them.

    field: where a command names them. code: of the refusal of too many. words: what they are, with the
    measure.
    """

    table: type[Row]
    field: str
    code: str
    most: int
    words: str


#: At once; of 双公示 more than a year of a province's decisions.
CREDIT_RECORDS = Holding(
    table=CreditRecord, field="records", code="credit.count", most=500, words="条信用记录"
)
DECISIONS = Holding(table=Publicity, field="decisions", code="publicity.count", most=2_000, words="条")


def hold(work: Transaction, what: Holding[Row], numbers: Collection[int], action: str) -> list[Row]:
    """The rows, held until commit, in the order given. Raises Refused for one out of reach."""
    wanted = list(dict.fromkeys(numbers))
    if not 0 < len(wanted) <= what.most:
        raise refuse(what.code, f"请选定 1 至 {what.most:,} {what.words}。", field=what.field)
    statement = select(what.table).where(what.table.id.in_(wanted)).with_for_update()
    rows = {row.id: row for row in work.session.scalars(statement)}
    if len(rows) < len(wanted):
        raise unknown(what.field)
    require_all(work, action, rows.values(), what.field)
    return [rows[number] for number in wanted]


def unknown(place: str) -> Refused:
    """A row is not there, or is not to be seen."""
    return refuse("credit.unknown", "选定的记录中有不存在或不在您管理范围内的，请刷新后再选。", field=place)


def seen(
    table: Any, actor: Actor, catalog: Catalog, professions: Sequence[str] = (), *, action: str = READ
) -> ColumnElement[bool]:
    """The rows that the actor may read, or do something else to, of these professions or of all."""
    parts = [
        and_(table.profession == name, scope_condition(table, scopes))
        for name in professions or catalog.professions
        if (scopes := actor.scopes(f"{name}:{action}"))
    ]
    return or_(*parts) if parts else false()
