"""The sections as lists show them, and which of them holds a kind of work."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.loader.catalog import Catalog
from suite.tables import Section, SectionKind, StandIn, User


@dataclass(frozen=True, kw_only=True)
class StandInLine:
    """Who acts for a head, from when to when; `now`: today is one of the days."""

    id: int
    login: str
    name: str
    first_day: dt.date
    last_day: dt.date
    reason: str
    now: bool


@dataclass(frozen=True, kw_only=True)
class SectionLine:
    """One section as a list shows it; stand-ins are those that are not over."""

    id: int
    name: str
    profession: str | None
    kinds: tuple[str, ...]
    head: str | None
    members: tuple[str, ...]
    stand_ins: tuple[StandInLine, ...]


def section_lines(session: Session, today: dt.date) -> list[SectionLine]:
    """All sections by their ids."""
    names = user_names(session)
    kinds: dict[int, list[str]] = {}
    for number, kind in session.execute(
        select(SectionKind.section_id, SectionKind.kind).order_by(SectionKind.kind)
    ):
        kinds.setdefault(number, []).append(kind)
    members: dict[int, list[str]] = {}
    for login, section in session.execute(
        select(User.login, User.section_id).where(User.active).order_by(User.created_at)
    ):
        members.setdefault(section or 0, []).append(login)
    standing: dict[int, list[StandInLine]] = {}
    for one in session.scalars(select(StandIn).where(StandIn.last_day >= today).order_by(StandIn.first_day)):
        standing.setdefault(one.section_id, []).append(
            StandInLine(
                id=one.id,
                login=one.login,
                name=names.get(one.login, one.login),
                first_day=one.first_day,
                last_day=one.last_day,
                reason=one.reason,
                now=one.first_day <= today,
            )
        )
    return [
        SectionLine(
            id=section.id,
            name=section.name,
            profession=section.profession,
            kinds=tuple(kinds.get(section.id, ())),
            head=section.head,
            members=tuple(members.get(section.id, ())),
            stand_ins=tuple(standing.get(section.id, ())),
        )
        for section in session.scalars(select(Section).order_by(Section.id))
    ]


def user_names(session: Session) -> dict[str, str]:
    """Login → name of all users, in the order in which they came."""
    query = select(User.login, User.name).order_by(User.created_at, User.login)
    found: dict[str, str] = dict(session.execute(query).all())
    return found


def sections_holding(session: Session, catalog: Catalog, kind: str) -> list[str]:
    """The names of the sections that hold a kind of work.

    They are those that name it, and those of its profession that name no kind.
    """
    owner = catalog.kinds[kind].owner if kind in catalog.kinds else kind.partition(".")[0]
    return [
        line.name
        for line in section_lines(session, dt.date.max)
        if kind in line.kinds or (not line.kinds and line.profession == owner)
    ]
