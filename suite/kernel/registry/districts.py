"""What the districts are called: in full, and as lists call them; in the order of their codes."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.tables import District


def full_district_names(session: Session) -> dict[str, str]:
    """District code → its name."""
    return dict(session.execute(select(District.code, District.name).order_by(District.code)).all())


def short_district_names(session: Session) -> dict[str, str]:
    """District code → its short name."""
    return dict(session.execute(select(District.code, District.short_name).order_by(District.code)).all())
