"""Finding cases by their numbers and by who is a party of them, without a scan of all of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.problems import refuse
from suite.kernel.casework.current import OPEN, unknown_case
from suite.kernel.casework.queries import CaseQuery, of_kinds, readable_kinds
from suite.kernel.search.queries import find
from suite.loader.catalog import Catalog
from suite.tables import Case, CaseApproval, CaseParty

MARK = "#"
#: A bare number is looked for in so many years.
YEARS = 4
#: So many people or bodies of a name are looked at.
MOST_PARTIES = 40


@dataclass(frozen=True, kw_only=True)
class NumberAsked:
    """What a text says of a case's number: the organ's head, the year and the place, as far as it does."""

    head: str
    year: int | None
    place: int | None


def number_asked(text: str) -> NumberAsked | None:
    """石司鉴投〔2026〕1号, 石司鉴投[2026]1, 2026-17, 17: None for what cannot be a number."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    found = re.fullmatch(r"(\D*?)[〔\[(【]?(\d{4})[〕\])】\-/]+第?(\d{1,6})号?", plain)
    if found and 1949 <= int(found[2]) <= 2999:
        return NumberAsked(head=found[1].rstrip("-/"), year=int(found[2]), place=int(found[3]))
    found = re.fullmatch(r"第?(\d{1,6})号?", plain)
    return NumberAsked(head="", year=None, place=int(found[1])) if found else None


def numbers_meant(text: str, catalog: Catalog, year: int) -> Iterator[str]:
    """Every number that a text may mean, in the declared series; a bare one in this and former years."""
    asked = number_asked(text)
    if asked is None or asked.place is None:
        return
    years = (asked.year,) if asked.year is not None else tuple(range(year, year - YEARS, -1))
    for series in catalog.series.values():
        if asked.head in ("", series.organ):
            yield from (series.number(one, asked.place) for one in years)


def case_meant(session: Session, actor: Actor, catalog: Catalog, key: str, *, year: int) -> Case:
    """The case that a key means: its number, with any brackets, or `#id`. Only what the actor may read.

    Raises Refused for none, and for several with their numbers.
    """
    text = key.strip()
    kinds = readable_kinds(actor, catalog, CaseQuery())
    if text.startswith(MARK) and text[1:].isdigit():
        which = Case.id == int(text[1:])
    else:
        which = Case.number.in_({text, *numbers_meant(text, catalog, year)})
    rows = session.scalars(select(Case).where(which, of_kinds(actor, catalog, kinds))).all() if kinds else []
    if len(rows) > 1:
        several = "、".join(row.number for row in rows[:6])
        raise refuse("key.several", f"“{text}”可以是：{several}。请写全编号。", field="case")
    if not rows:
        raise unknown_case(text)
    return rows[0]


def approval_meant(session: Session, case: Case) -> int:
    """What waits for a signature in a case. Raises Refused where nothing does."""
    number = session.scalar(
        select(CaseApproval.id).where(CaseApproval.case_id == case.id, CaseApproval.state == OPEN)
    )
    if number is None:
        raise refuse("approval.unknown", f"{case.number} 没有待审批的事项。", field="approval")
    return number


def cases_found(
    session: Session, actor: Actor, catalog: Catalog, text: str, *, year: int, limit: int = 20
) -> tuple[int, ...]:
    """The cases whose number a text is or begins, then those of the parties that it finds, newest first."""
    words = text.strip()
    kinds = readable_kinds(actor, catalog, CaseQuery())
    if not words or not kinds:
        return ()
    readable = of_kinds(actor, catalog, kinds)
    plain = unicodedata.normalize("NFKC", words)
    meant = Case.number.in_({words, *numbers_meant(words, catalog, year)})
    begins = and_(Case.number >= plain, Case.number < plain[:-1] + chr(min(ord(plain[-1]) + 1, 0x10FFFF)))
    if not any(series.organ.startswith(plain[: len(series.organ)]) for series in catalog.series.values()):
        begins = Case.number == words
    found = list(
        session.scalars(
            select(Case.id).where(or_(meant, begins), readable).order_by(Case.id.desc()).limit(limit)
        )
    )
    if len(found) < limit and not plain.isdigit():
        able = {key for name in kinds for role in catalog.case_kinds[name].parties for key in role.kinds}
        hits = find(session, actor, catalog, words, kinds=sorted(able), limit=MOST_PARTIES)
        parties = [hit.subject_id for hit in hits]
        if parties:
            named = select(CaseParty.case_id).where(
                CaseParty.subject_id.in_(parties), CaseParty.left_on.is_(None)
            )
            more = select(Case.id).where(Case.id.in_(named), Case.id.not_in(found), readable)
            found += session.scalars(
                more.order_by(Case.closed.is_not(None), Case.id.desc()).limit(limit - len(found))
            )
    return tuple(found)
