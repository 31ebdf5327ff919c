"""The three channels of complaint about notaries, kept apart: to the bureau about conduct, to the association
about an office's review, and to the office itself for a review of its certificate."""

from plugins.notary.complaints.codes import CODE_LISTS
from plugins.notary.complaints.conduct import DECLARATIONS as CONDUCT
from plugins.notary.complaints.dispute import DECLARATIONS as DISPUTE
from plugins.notary.complaints.recheck import DECLARATIONS as RECHECK

DECLARATIONS = (*CODE_LISTS, *CONDUCT, *DISPUTE, *RECHECK)
