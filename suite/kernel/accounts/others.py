"""What others hold: asked before a colleague is given work, and before what he asked for is carried out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, text

from suite.database.engine import is_sqlite
from suite.kernel.accounts.queries import granted_to
from suite.kernel.executor.work import Transaction
from suite.tables import Case, LedgerEntry, Subject, User


@dataclass(frozen=True)
class Place:
    """Where a case, a record or an entry lies."""

    profession: str
    district: str | None
    association: str | None

    @classmethod
    def of(cls, row: Case | Subject | LedgerEntry | Row[Any]) -> Place:
        """The place of a row with scope columns."""
        return cls(row.profession, row.district_code, row.association)


def other_may(work: Transaction, login: str, action: str, place: Place) -> bool:
    """Whether a colleague holds an action there, by his own grants or as a section's stand-in.

    On PostgreSQL a function answers, since grants of others are hidden there: of cases, to who reads cases
    there; of anything else, to who holds it there himself, while a request of the colleague waits for him.
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
