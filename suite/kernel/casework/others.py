"""What others may do with a case: asked before a colleague is given something of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from suite.contract.problems import Problem, ProblemKind
from suite.database.engine import is_sqlite
from suite.kernel.accounts.queries import granted_to
from suite.kernel.executor.work import Transaction
from suite.tables import Case, User


@dataclass(frozen=True)
class Place:
    """Where a case lies."""

    profession: str
    district: str | None
    association: str | None

    @classmethod
    def of(cls, case: Case) -> Place:
        """The place of a case."""
        return cls(case.profession, case.district_code, case.association)


def other_may(work: Transaction, login: str, action: str, place: Place) -> bool:
    """Whether a colleague holds an action of cases there, by his own grants or as a section's stand-in.

    On PostgreSQL a function answers, since grants of others are hidden there.
    """
    if is_sqlite(work.connection):
        user = work.session.get(User, login)
        if user is None or not user.active:
            return False
        held = granted_to(work.session, work.catalog, login, work.today)
        return any(
            item.permission == f"{place.profession}:{action}"
            and not item.behalf
            and item.scope.holds(place.profession, place.district, place.association)
            for item in held
        )
    asked = text("SELECT core_login_may(:who, :asked, :prof, :district, :assoc)")
    values = {
        "who": login, "asked": action, "prof": place.profession, "district": place.district,
        "assoc": place.association,
    }  # fmt: skip
    return bool(work.connection.scalar(asked, values))


def blind_parties(
    work: Transaction, named: Mapping[str, Iterable[Mapping[str, Any]]], place: Place
) -> list[Problem]:
    """A refusal for each colleague who is given a place in a case there that he may not even see."""
    return [
        Problem(
            code="party.blind",
            text=f"{item['name']} 没有查看这件办件的权限，请改选他人，或先由管理员授权。",
            kind=ProblemKind.NOT_PERMITTED,
            field=role,
        )
        for role, people in named.items()
        for item in people
        if item.get("login") and not other_may(work, item["login"], "case:read", place)
    ]
