"""A legal aid return, and handing it in: what the tests of returns share."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Done
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.returns.queries import ReturnSheet, return_sheet
from suite.kernel.returns.submitting import ReturnGiven, SubmitReturns
from suite.tables import FigureValue

AID, PERIOD = "core.legal_aid", "2026-10"
CASES, ALL = "core.legal_aid_cases", "core.legal_aid_all"
HOME, NEXT = "130102", "130104"


def numbers(cases: int = 20) -> dict[str, Decimal]:
    """A legal aid return that satisfies everything."""
    values = dict.fromkeys(
        ("legal_aid_help", "defence_notices", "defence_assigned", "suspects_without", "suspects_helped",
         "defendants", "defendants_defended"),
        5,
    )  # fmt: skip
    return {f"core.{key}": Decimal(value) for key, value in {**values, "legal_aid_cases": cases}.items()}


def given(district: str = HOME, cases: int = 20, version: int = 0) -> ReturnGiven:
    return ReturnGiven(district=district, values=numbers(cases), expected_version=version)


def submit(suite: Suite, actor: Actor, *rows: ReturnGiven, period: str = PERIOD) -> Done:
    return suite.run(SubmitReturns(form=AID, period=period, rows=rows), actor)


def figures(suite: Suite, key: str = CASES, period: str = PERIOD) -> dict[str | None, Decimal]:
    with suite.reading() as session:
        rows = session.scalars(
            select(FigureValue).where(FigureValue.key == key, FigureValue.period == period)
        )
        return {row.district_code: row.value for row in rows if not row.part and not row.sent_back}


def sheet(suite: Suite, actor: Actor, period: str = PERIOD) -> ReturnSheet:
    with suite.reading() as session:
        return return_sheet(session, actor, suite.catalog, AID, period, HOME, suite.today)


def county(suite: Suite, admin: Actor) -> Actor:
    """The bureau of 长安区."""
    suite.run(AddUser(login="changan", name="长安区司法局"), admin)
    suite.run(GrantRole(login="changan", role="core.county_bureau", district=HOME), admin)
    return suite.actor("changan")
