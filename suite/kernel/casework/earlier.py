"""What there was before: earlier cases of the same work about the same subjects, and what they found."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.casework import State
from suite.contract.commands import Actor
from suite.contract.usual_lists import FINDINGS
from suite.kernel.casework.current import Standing, may
from suite.loader.catalog import Catalog
from suite.tables import Case, CaseParty, LineOfCase

#: A page shows the last ones; all of them are in the list of cases.
MOST = 10
SHOWN = 60


@dataclass(frozen=True, kw_only=True)
class EarlierLine:
    """An earlier case; `found` says which problems it listed, in a line."""

    id: int
    number: str
    opened: dt.date
    state: State
    found: str


def earlier_lines(
    session: Session, actor: Actor, catalog: Catalog, found: Standing
) -> tuple[EarlierLine, ...]:
    """The earlier cases that the actor may read, the newest first."""
    subjects = [
        row.subject_id
        for row in found.parties
        if row.role == found.kind.respondent and row.subject_id is not None
    ]
    kinds = {kind.key: kind for kind in catalog.case_kinds.values() if kind.work == found.kind.work}
    if not subjects:
        return ()
    rows = session.scalars(
        select(Case)
        .join(CaseParty, CaseParty.case_id == Case.id)
        .where(
            CaseParty.subject_id.in_(subjects),
            CaseParty.role.in_({kind.respondent for kind in kinds.values()}),
            Case.kind.in_(kinds),
            Case.id != found.case.id,
            Case.opened <= found.case.opened,
        )
        .distinct()
        .order_by(Case.opened.desc(), Case.id.desc())
        .limit(MOST)
    )
    cases = [row for row in rows if may(actor, "case:read", row)]
    texts: dict[int, list[str]] = {}
    for case_id, text in session.execute(
        select(LineOfCase.case_id, LineOfCase.text)
        .where(
            LineOfCase.case_id.in_([row.id for row in cases]),
            LineOfCase.list_key == FINDINGS.key,
            LineOfCase.struck_on.is_(None),
        )
        .order_by(LineOfCase.no)
    ):
        texts.setdefault(case_id, []).append(text or "")
    return tuple(
        EarlierLine(
            id=row.id,
            number=row.number,
            opened=row.opened,
            state=catalog.lifecycle_of(kinds[row.kind]).by_state[row.state],
            found=_in_a_line(texts.get(row.id, [])),
        )
        for row in cases
    )


def _in_a_line(texts: list[str]) -> str:
    if not texts:
        return ""
    joined = "；".join(texts)
    cut = joined if len(joined) <= SHOWN else f"{joined[:SHOWN]}…"
    return f"{len(texts)} 个问题：{cut}"
