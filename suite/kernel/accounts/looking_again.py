"""What was asked for is looked at again before it is carried out: who asked, and what he was shown."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from suite.contract.problems import Problem, ProblemKind, Refused
from suite.database.base import table_of
from suite.kernel.accounts.others import Place, other_may
from suite.kernel.executor.second_person import VERSIONED, among
from suite.kernel.executor.work import Transaction
from suite.tables import LedgerEntry, Request, Subject

#: What a record or an entry is called.
NAMES: Mapping[str, ColumnElement[str]] = {
    table.name: column for table, column in (
        (table_of(Subject), table_of(Subject).c.name),
        (table_of(LedgerEntry), table_of(LedgerEntry).c.title),
    )
}  # fmt: skip
#: So many are named in a refusal.
MOST_NAMED = 5


@dataclass(frozen=True)
class _Shown:
    """One record or entry of a request; `same`: it stands as it was shown."""

    name: str
    place: Place | None
    same: bool


def look_again(request: Request, asker: str, work: Transaction) -> None:
    """Refuses what who asked may not do any more, and what has changed since he asked."""
    shown = json.loads(request.shown or "{}")
    owner, _, action = request.permission.partition(":")
    found = list(_found(shown.get("versions", {}), owner, work))
    places = {one.place: one.name for one in found if one.place is not None}
    if places:
        out = [name for place, name in places.items() if not other_may(work, request.asked_by, action, place)]
        about = f"对{'、'.join(out[:MOST_NAMED])}"
    else:
        held = shown.get("places") or [(request.district_code, request.association)]
        lost = not any(other_may(work, request.asked_by, action, Place(owner, *one)) for one in held)
        out, about = [request.title] if lost else [], ""
    changed = "、".join([one.name for one in found if not one.same][:MOST_NAMED])
    problems = []
    if out:
        words = f"提请人 {asker} {about}已没有“{request.title}”所需的权限：授权已收回，或档案已移出其范围。"
        problems.append(_problem("request.asker_rights", f"{words}未办理，请退回。", ProblemKind.FORBIDDEN))
    if changed:
        words = f"{changed}在提请之后有改动，与提请时所见不同。未办理，请退回，由提请人核对后重新提请。"
        problems.append(_problem("request.changed", words, ProblemKind.STALE))
    if problems:
        raise Refused(problems)


def _problem(code: str, words: str, kind: ProblemKind) -> Problem:
    return Problem(code=code, text=words, kind=kind, field="request")


def _found(versions: Mapping[str, Mapping[str, int]], owner: str, work: Transaction) -> Iterator[_Shown]:
    """Each as it stands now; one that is gone, or lies beyond the actor's sight, has no place."""
    for name, known in versions.items():
        row = VERSIONED[name].c
        place = (row.profession, row.district_code, row.association)
        query = select(row.id, row.version, NAMES[name], *place).where(among(row.id, map(int, known)))
        rows = {
            number: (version, title, *where) for number, version, title, *where in work.session.execute(query)
        }
        for number, version in known.items():
            standing = rows.get(int(number))
            if standing is None:
                yield _Shown(f"#{number}（已不在，或不在您的范围内）", None, same=False)
                continue
            now, title, profession, district, association = standing
            # An entry is its ledger's, whatever profession it tells of.
            profession = profession if name == Subject.__tablename__ else owner
            yield _Shown(f"“{title}”", Place(profession, district, association), same=now == version)
