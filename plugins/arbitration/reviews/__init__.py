"""The yearly check of the commission, and the arbitrators' appraisal by the commission."""

from plugins.arbitration.reviews.commissions import COMMISSION_REVIEW
from plugins.arbitration.reviews.ledgers import LEDGERS
from plugins.arbitration.reviews.panel import ARBITRATOR_REVIEW
from plugins.arbitration.reviews.parameters import PARAMETERS
from plugins.arbitration.reviews.rulings import PARAMETER

DECLARATIONS = (*PARAMETERS, PARAMETER, *LEDGERS, COMMISSION_REVIEW, ARBITRATOR_REVIEW)
