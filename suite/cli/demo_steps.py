"""A section of the demonstration: a clerk opens cases, takes their steps with the papers that these wait for,
others sign."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from suite.kernel.casework.commands import ApproveStep
from suite.kernel.casework.derive import step
from suite.kernel.casework.papers.commands import IssueDocument, ServeDocument
from suite.kernel.casework.papers.facts import awaited
from suite.kernel.casework.queries import case_versions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from suite.bootstrap import Suite
    from suite.contract.commands import Actor, Done
    from suite.contract.papers import PaperFact

#: How papers are served, in turn; who signs, and what is said of one for which nobody signs.
WAYS = (
    ("direct", "本人签收", ""),
    ("post", "", "邮政专递，回执已收"),
    ("electronic", "", "经本人同意发送，已到达"),
    ("left", "", "拒收，居委会工作人员见证"),
)


@contextmanager
def that_day(suite: Suite, day: dt.date) -> Iterator[None]:
    """Let a day of the past be today: a step takes effect on the day on which it is signed last."""
    former = suite.today_override
    suite.today_override = min(day, suite.today)
    try:
        yield
    finally:
        suite.today_override = former


def paper_up(suite: Suite, clerk: Actor, case_id: int, name: str, on: dt.date) -> Done | None:
    """Issue and serve what a step waits for, as a clerk does before it. Gives the service that took the step
    with it, None where the step is still to be taken."""
    lifecycles = suite.catalog.lifecycles.values()
    steps = [found for item in lifecycles if (found := item.by_command.get(name)) is not None]
    if not any(item.needs_papers or item.needs_service for item in steps):
        return None
    with suite.reading() as session:
        papers = awaited(session, clerk, suite.catalog, case_id, name)
    done = send_out(suite, clerk, case_id, papers, on)
    return done if done is not None and done.result["step"] == name else None


def send_out(
    suite: Suite, clerk: Actor, case_id: int, papers: Sequence[tuple[PaperFact, bool]], on: dt.date
) -> Done | None:
    """Issue papers, and serve those that are to be served. Gives the last service."""
    day, done = min(on, suite.today), None
    for turn, (paper, served) in enumerate(papers, case_id):
        issued = paper.issued
        if issued is None:
            issue = IssueDocument(case_id=case_id, document=paper.key, on=day)
            issued = int(suite.run(issue, clerk).result["issued"])
        if served:
            way, receiver, note = WAYS[turn % len(WAYS)]
            service = ServeDocument(issued=issued, way=way, on=day, receiver=receiver, note=note)
            done = suite.run(service, clerk)
    return done


@dataclass(frozen=True, kw_only=True)
class Section:
    """Who handles, and who signs in turn."""

    suite: Suite
    clerk: Actor
    signers: tuple[Actor, ...]

    def open(self, name: str, kind: str, on: dt.date, **values: Any) -> Done:
        """Open a case on a day."""
        return self.suite.run(step(self.suite.catalog, name, kind=kind, on=on, **values), self.clerk)

    def take(
        self, case_id: int, name: str, on: dt.date, *, signatures: int | None = None, **values: Any
    ) -> Done:
        """One step, signed by all whom it asks for, or by the first few. No day after today."""
        day = min(on, self.suite.today)
        served = paper_up(self.suite, self.clerk, case_id, name, day)
        if served is not None:
            return served
        with self.suite.reading() as session:
            version = case_versions(session, self.clerk, self.suite.catalog, (case_id,))[case_id]
        command = step(self.suite.catalog, name, case_id=case_id, expected_version=version, on=day, **values)
        done, signed = self.suite.run(command, self.clerk), 0
        while "approval" in done.result and signed < len(self.signers) and signed != signatures:
            approval = ApproveStep(approval=done.result["approval"], opinion="同意")
            with that_day(self.suite, day):
                done = self.suite.run(approval, self.signers[signed])
            signed += 1
        return done
