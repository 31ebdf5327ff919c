"""Which items of the plan forensic appraisal serves by its rosters, cases and numbers; ledgers say theirs."""

from suite.api import PlanItem

PLAN = (
    PlanItem(no=14, where=("appraisal.institutions", "appraisal.full_time_share")),
    PlanItem(no=15, where=("appraisal.institution_registration", "appraisal.appraiser_registration")),
    PlanItem(no=17, where=("appraisal.appraiser",)),
    PlanItem(no=19, where=("appraisal.appraisal_institution", "appraisal.inspection")),
    PlanItem(no=114, where=("appraisal.appraiser", "appraisal.appraisal_institution", "editions")),
    PlanItem(no=115, where=("appraisal.court_appearance",)),
    PlanItem(no=116, where=("appraisal.institution_registration", "appraisal.appraiser_registration")),
    PlanItem(no=118, where=("appraisal.interference",)),
    PlanItem(no=121, where=("appraisal.valid_complaint_rate", "appraisal.complaint")),
)
