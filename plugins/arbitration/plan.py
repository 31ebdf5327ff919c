"""Which items of the plan arbitration serves by its rosters and cases; its ledgers say theirs."""

from suite.api import PlanItem

PLAN = (
    PlanItem(
        no=20,
        where=("arbitration.registration", "arbitration.filing", "arbitration.arbitration_commission"),
    ),
    PlanItem(no=21, where=("arbitration.scrutiny",)),
    PlanItem(no=22, where=("arbitration.consultation",)),
    PlanItem(no=23, where=("arbitration.governing_member",)),
    PlanItem(no=24, where=("arbitration.conduct_complaint",)),
    PlanItem(no=176, where=("arbitration.arbitrator", "arbitration.panel", "arbitration.case_secretary")),
)
