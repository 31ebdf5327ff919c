"""Numbers that are typed with a decision and stand on its paper: free when typed, passed over by series."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select

from suite.contract.casework import CaseKind, NumberSeries, Transition
from suite.contract.problems import Problem, ProblemKind
from suite.kernel.casework.numbering import next_of
from suite.kernel.casework.papers.templates import template_of
from suite.kernel.executor.work import Transaction
from suite.loader.catalog import Catalog
from suite.tables import Case, CaseEvent, IssuedDocument

MOST_NUMBER = 60


def number_problems(
    kind: CaseKind, transition: Transition, values: Mapping[str, Any], work: Transaction
) -> list[Problem]:
    """What stands against the number that a step gives its paper: none could be issued with it, and once the
    step is taken nothing would change it."""
    found = []
    own = _own_names(work.catalog)
    for key in dict.fromkeys(_fields_of(work.catalog, kind, transition, own)):
        number, title = values.get(key), kind.by_key[key].title
        if not isinstance(number, str):
            continue
        if len(number) > MOST_NUMBER:
            text = f"“{title}”用作文书的文号，最多 {MOST_NUMBER} 字，现有 {len(number)} 字。"
            found.append(Problem(code="paper.number", text=text, field=key))
        elif where := _taken_by(number, work):
            text = f"“{title}”{number} 已用于{where}，请核对后填写本件自己的文号。"
            found.append(Problem(code="paper.number", text=text, field=key, kind=ProblemKind.FORBIDDEN))
    return found


def next_free(series: NumberSeries, year: int, profession: str, work: Transaction) -> str:
    """The next number of a series that nobody typed as the number of a decision."""
    while _taken_by(number := next_of(work, series, year, profession), work):
        pass
    return number


def issued_with(number: str, work: Transaction) -> str:
    """The title of the issued paper that has a number; empty where none that the actor sees has it."""
    query = select(IssuedDocument.title).where(IssuedDocument.number == number).limit(1)
    return work.session.scalar(query) or ""


def _taken_by(number: str, work: Transaction) -> str:
    """What has a number, of what the actor sees: an issued paper, or a decision whose paper is still to be
    issued; empty where it is free."""
    if title := issued_with(number, work):
        return f"另一份“{title}”"
    own, fields = _own_names(work.catalog), dict[tuple[str, str], set[str]]()
    for kind in work.catalog.case_kinds.values():
        for step in work.catalog.lifecycle_of(kind).transitions:
            if keys := set(_fields_of(work.catalog, kind, step, own)):
                fields[kind.key, step.command] = keys
    typed = work.session.execute(
        select(Case.kind, Case.number, CaseEvent.command, CaseEvent.given)
        .join(Case, Case.id == CaseEvent.case_id)
        .where(
            Case.kind.in_({kind for kind, _ in fields}),
            CaseEvent.command.in_({command for _, command in fields}),
            # Narrows; that it is a whole value, and of which field, is seen below.
            CaseEvent.given.contains(json.dumps(number, ensure_ascii=False), autoescape=True),
        )
    )
    for kind_key, case_number, command, given in typed:
        told = json.loads(given)
        if any(told.get(key) == number for key in fields.get((kind_key, command), ())):
            return f"办件 {case_number} 的决定"
    return ""


def _own_names(catalog: Catalog) -> set[str]:
    """What steps may call the papers whose number a field says."""
    own = [item for item in catalog.templates.values() if item.number_field]
    return {name for item in own for name in (item.key, item.title)}


def _fields_of(catalog: Catalog, kind: CaseKind, step: Transition, own: set[str]) -> Iterator[str]:
    """The fields of a step that say the numbers of its papers, which are among those of their `own`."""
    for name in step.documents:
        if name in own and (key := template_of(catalog, kind.owner, name).number_field):
            yield key
