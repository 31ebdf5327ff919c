"""The ledgers of popularization: what is taught, what the evaluation reads, people and places."""

from plugins.popularization.ledgers.evaluating import LEDGERS as EVALUATING
from plugins.popularization.ledgers.people import LEDGERS as PEOPLE
from plugins.popularization.ledgers.teaching import LEDGERS as TEACHING

LEDGERS = (*TEACHING, *EVALUATING, *PEOPLE)
