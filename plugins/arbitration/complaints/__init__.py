"""Complaints about arbitration, in two channels: how a commission is run, and how arbitrators conduct
themselves. What an award says is the courts' matter and is refused with that advice."""

from plugins.arbitration.complaints.codes import CODE_LISTS
from plugins.arbitration.complaints.conduct import DECLARATIONS as CONDUCT
from plugins.arbitration.complaints.institution import DECLARATIONS as INSTITUTION

DECLARATIONS = (*CODE_LISTS, *INSTITUTION, *CONDUCT)
