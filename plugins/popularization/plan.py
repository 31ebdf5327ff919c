"""The items of the plan that popularization serves by records, cases, schemes and indicators.

What its ledgers serve they say themselves.
"""

from suite.api import PlanItem

VILLAGER, SITE = "popularization.law_savvy_villager", "popularization.rule_of_law_culture_site"

PLAN = (
    PlanItem(no=7, where=("popularization.evaluation",)),
    PlanItem(no=33, where=("popularization.village_honour", "popularization.democratic_rule_of_law_village")),
    PlanItem(no=34, where=(VILLAGER,)),
    PlanItem(no=35, where=(VILLAGER, "popularization.equipped_share", "popularization.households_share")),
    PlanItem(no=36, where=("popularization.law_study_model_household",)),
    PlanItem(no=77, where=("popularization.duty_list", "popularization.new_law")),
    PlanItem(no=78, where=("popularization.evaluation", "popularization.inspection")),
    PlanItem(no=79, where=("popularization.duty_list",)),
    PlanItem(no=82, where=(SITE,)),
    PlanItem(no=85, where=(SITE, "popularization.inspection", "popularization.site_share")),
    PlanItem(no=86, where=(SITE,)),
    PlanItem(no=87, where=("popularization.volunteer",)),
    PlanItem(no=90, where=("popularization.budget_share",)),
)
