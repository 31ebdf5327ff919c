"""年度考核 of notary offices, notaries and heads of offices; the grading of notarial quality."""

from plugins.notary.reviews.ledgers import LEDGERS
from plugins.notary.reviews.notaries import HEAD_REVIEW, NOTARY_REVIEW
from plugins.notary.reviews.offices import OFFICE_REVIEW
from plugins.notary.reviews.parameters import PARAMETERS
from plugins.notary.reviews.quality import QUALITY_GRADING

DECLARATIONS = (*PARAMETERS, *LEDGERS, OFFICE_REVIEW, NOTARY_REVIEW, HEAD_REVIEW, QUALITY_GRADING)
