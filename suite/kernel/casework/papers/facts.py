"""The papers of a case as rules see them: which were called for, issued, served."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.papers import DocumentTemplate, PaperFact
from suite.kernel.casework.current import TAKEN_IN, Standing, standing_of
from suite.kernel.casework.papers.issuing import TO_COMPLAINANT, called_for, recipient_of
from suite.kernel.casework.papers.queries import case_of
from suite.kernel.casework.papers.versions import versions_of
from suite.loader.catalog import Catalog


def paper_facts(session: Session, catalog: Catalog, found: Standing) -> tuple[PaperFact, ...]:
    """Every paper that a step taken here brought forth, in order.

    What the steps before a case came in from a ledger brought forth was issued and served outside the suite.
    """
    before = max((event.id for event in found.events if event.title == TAKEN_IN), default=0)
    issued = versions_of(session, found.case.id)
    facts = []
    for called in called_for(found, catalog):
        if called.event.id < before:
            continue
        last = issued.get((called.template.key, called.event.id))
        facts.append(
            PaperFact(
                key=called.template.key,
                title=called.template.title,
                command=called.transition.command,
                to_nobody=_to_nobody(found, called.template),
                addressed=called.template.numbered and bool(called.template.to),
                issued=last.id if last else None,
                issued_on=last.issued_on if last else None,
                served_on=last.served_on if last else None,
                anew=last.anew if last else False,
            )
        )
    return tuple(facts)


def owed_papers(
    session: Session, actor: Actor, catalog: Catalog, case_id: int
) -> Sequence[tuple[PaperFact, bool]]:
    """The same for a reader; see `owed`."""
    return owed(standing_of(session, catalog, case_of(session, actor, case_id)))


def owed(found: Standing) -> Sequence[tuple[PaperFact, bool]]:
    """The papers of the step that closed a case that are not out yet, and whether each is to be served."""
    ends = [
        event.command
        for event in found.events
        if event.command and found.lifecycle.by_state[event.to_state].terminal
    ]
    return [
        (paper, paper.addressed)
        for paper in found.around.papers
        if ends
        and paper.command == ends[-1]
        and not paper.to_nobody
        and (paper.issued is None or (paper.addressed and paper.served_on is None))
    ]


def _to_nobody(found: Standing, template: DocumentTemplate) -> bool:
    """Whether it is to go to somebody, and there is nobody."""
    return bool(template.to) and not recipient_of(found, template, TO_COMPLAINANT)


def awaited(
    session: Session, actor: Actor, catalog: Catalog, case_id: int, command: str
) -> Sequence[tuple[PaperFact, bool]]:
    """The papers for which a step of a case waits, and whether each is to be served."""
    found = standing_of(session, catalog, case_of(session, actor, case_id))
    step = found.lifecycle.by_command.get(command)
    if step is None:
        return ()
    facts = found.facts(found.case.opened, {})
    return [
        (paper, name in step.needs_service)
        for name in dict.fromkeys((*step.needs_papers, *step.needs_service))
        if (paper := facts.paper(name)) is not None
        and not paper.to_nobody
        and (paper.issued is None or (paper.served_on is None and name in step.needs_service))
    ]
