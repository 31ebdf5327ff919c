"""A section of the demonstration: a clerk opens cases and takes their steps, others sign."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from suite.kernel.casework.commands import ApproveStep
from suite.kernel.casework.derive import step
from suite.kernel.casework.queries import case_versions

if TYPE_CHECKING:
    from suite.bootstrap import Suite
    from suite.contract.commands import Actor, Done


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
        with self.suite.reading() as session:
            version = case_versions(session, self.clerk, self.suite.catalog, (case_id,))[case_id]
        day = min(on, self.suite.today)
        command = step(self.suite.catalog, name, case_id=case_id, expected_version=version, on=day, **values)
        done, signed = self.suite.run(command, self.clerk), 0
        while "approval" in done.result and signed < len(self.signers) and signed != signatures:
            approval = ApproveStep(approval=done.result["approval"], opinion="同意")
            done = self.suite.run(approval, self.signers[signed])
            signed += 1
        return done
