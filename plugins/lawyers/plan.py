"""The items of the plan that the lawyers' rosters, cases, coverages and numbers serve; ledgers say theirs."""

from suite.api import PlanItem

ITEMS = (
    PlanItem(no=4, where=("lawyers.village_counsel", "lawyers.village_counsel_coverage")),
    PlanItem(no=10, where=("lawyers.lawyer", "lawyers.practising", "editions")),
    PlanItem(no=38, where=("lawyers.villages_five_ones",)),
    PlanItem(no=45, where=("lawyers.moderate_firms",)),
    PlanItem(no=72, where=("lawyers.rights_request", "lawyers.complaint", "plans")),
    PlanItem(no=91, where=("lawyers.rights_request",)),
    PlanItem(
        no=136, where=("lawyers.village_counsel", "lawyers.counsel_complaint", "lawyers.villages_effective")
    ),
    PlanItem(
        no=140,
        where=("lawyers.government_lawyer_coverage", "lawyers.employer_unit", "lawyers.organs_with_lawyer"),
    ),
    PlanItem(no=141, where=("lawyers.employer_unit", "lawyers.lawyer", "lawyers.public")),
    PlanItem(no=142, where=("lawyers.organ_counsel", "lawyers.organ_counsel_coverage")),
    PlanItem(no=157, where=("lawyers.lawyer", "lawyers.foreign_talents")),
    PlanItem(no=158, where=("lawyers.law_firm", "lawyers.foreign_demo_firms", "lawyers.world_class_firms")),
    PlanItem(no=171, where=("credit", "reconcile")),
)
