"""The yearly reviews (年度考核): of lawyers by their association, of firms and branches by the bureau, of
government and in-house lawyers by their units; of duty lawyers and of the counsel of villages."""

from plugins.lawyers.reviews.bodies import BODIES
from plugins.lawyers.reviews.duty import DUTY_LAWYERS
from plugins.lawyers.reviews.lawyers import LAWYERS
from plugins.lawyers.reviews.ledgers import LEDGERS
from plugins.lawyers.reviews.parameters import PARAMETERS
from plugins.lawyers.reviews.public import PUBLIC
from plugins.lawyers.reviews.village import VILLAGE_COUNSEL
from suite.api import PlanItem

PLAN = (PlanItem(no=94, where=("lawyers.duty_review",)),)

DECLARATIONS = (*PLAN, *PARAMETERS, *LEDGERS, LAWYERS, BODIES, PUBLIC, DUTY_LAWYERS, VILLAGE_COUNSEL)
