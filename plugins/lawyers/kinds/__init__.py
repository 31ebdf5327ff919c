"""The kinds of record of the lawyers, one file for each."""

from plugins.lawyers.kinds.branch_office import BRANCH_OFFICE
from plugins.lawyers.kinds.employer_unit import EMPLOYER_UNIT
from plugins.lawyers.kinds.law_firm import LAW_FIRM
from plugins.lawyers.kinds.lawyer import LAWYER
from plugins.lawyers.kinds.trainee_lawyer import TRAINEE_LAWYER

KINDS = (LAWYER, TRAINEE_LAWYER, LAW_FIRM, BRANCH_OFFICE, EMPLOYER_UNIT)

__all__ = ["BRANCH_OFFICE", "EMPLOYER_UNIT", "KINDS", "LAWYER", "LAW_FIRM", "TRAINEE_LAWYER"]
