"""年度考核 of appraisal institutions and appraisers; the integrity grades (诚信等级) of the institutions."""

from plugins.appraisal.reviews.integrity import INTEGRITY
from plugins.appraisal.reviews.ledgers import LEDGERS
from plugins.appraisal.reviews.parameters import PARAMETERS
from plugins.appraisal.reviews.yearly import APPRAISER_REVIEW, INSTITUTION_REVIEW

DECLARATIONS = (*PARAMETERS, *LEDGERS, INTEGRITY, INSTITUTION_REVIEW, APPRAISER_REVIEW)
