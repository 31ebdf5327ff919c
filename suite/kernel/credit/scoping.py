"""Whether an actor may do something to a row of credit, where the row lies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from sqlalchemy import ColumnElement, and_, false, or_

from suite.contract.commands import Actor
from suite.contract.problems import ProblemKind, Refused, refuse
from suite.kernel.executor.work import Transaction
from suite.kernel.search.queries import scope_condition
from suite.loader.catalog import Catalog

READ, KEEP, APPROVE = "credit:read", "credit:keep", "credit:approve"


class Placed(Protocol):
    """A row with scope columns."""

    profession: Any
    district_code: Any
    association: Any


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
