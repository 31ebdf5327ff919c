"""Which items of the plan the core itself serves by its pages; its ledgers and other areas say theirs."""

from suite.contract.declarations import Declaration
from suite.contract.plan import PlanItem

DECLARATIONS: tuple[Declaration, ...] = (
    PlanItem(no=2, where=("roster",)),
    PlanItem(no=28, where=("indicators",)),
    PlanItem(no=65, where=("editions",)),
    PlanItem(no=70, where=("today", "indicators")),
    PlanItem(no=75, where=("indicators", "roster")),
    PlanItem(no=122, where=("reports",)),
    PlanItem(no=170, where=("credit", "penalties", "cases")),
    PlanItem(no=181, where=("assessment",)),
    PlanItem(no=182, where=("cases",)),
    PlanItem(no=183, where=("plans",)),
    PlanItem(no=184, where=("cases", "penalties")),
    PlanItem(no=186, where=("calendar", "limits", "today")),
    PlanItem(no=187, where=("import", "editions", "reconcile", "indicators")),
    PlanItem(no=188, where=("rights", "activity")),
    PlanItem(no=189, where=("cases",)),
    PlanItem(no=190, where=("indicators", "reports")),
)
