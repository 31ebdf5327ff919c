"""Which items of the plan (规划) are served, and where: its table follows from what is declared."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class PlanItem:
    """An item of the plan (1–198) and the places where it is done.

    where: the key of a page, or of a kind of record or case, a scheme, a ledger, a return, an indicator, a
    figure; the loader checks that each is there. A ledger says its items itself (`Ledger.plan`). Several
    owners may serve one item, each with its own places.

    Example: `PlanItem(no=114, where=("appraisal.appraiser", "editions"))`
    """

    no: int
    where: tuple[str, ...]

    @property
    def key(self) -> str:
        """Once for each owner."""
        return f"plan.{self.no}"


#: The pages of the window that may be a place (`where`) of an item; a plugin's own pages add to them.
PAGES = frozenset(
    {
        "activity",
        "assessment",
        "backups",
        "calendar",
        "cases",
        "credit",
        "coverage",
        "editions",
        "exchange",
        "import",
        "indicators",
        "ledgers",
        "limits",
        "merging",
        "penalties",
        "plans",
        "reconcile",
        "reports",
        "rights",
        "roster",
        "tasks",
        "today",
    }
)
