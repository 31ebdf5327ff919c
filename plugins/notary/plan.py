"""Which items of the plan the notaries serve by their rosters and cases; their ledgers say theirs."""

from suite.api import PlanItem

PLAN = (
    PlanItem(no=12, where=("notary.notary_office",)),
    PlanItem(no=13, where=("notary.office_application", "notary.notary_office")),
    PlanItem(
        no=108, where=("notary.complaint", "notary.recheck", "notary.review_dispute", "notary.inspection")
    ),
    PlanItem(no=111, where=("notary.online_share",)),
    PlanItem(no=113, where=("notary.quality_inspection",)),
    PlanItem(no=149, where=("notary.office_application",)),
    PlanItem(no=174, where=("notary.appointment", "notary.removal", "notary.practice_application")),
    PlanItem(no=175, where=("notary.notary",)),
)
