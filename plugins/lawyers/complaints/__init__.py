"""Complaints about lawyers: the bureau's track, the association's, and those about public counsel."""

from plugins.lawyers.complaints.association import DECLARATIONS as ASSOCIATION
from plugins.lawyers.complaints.bureau import DECLARATIONS as BUREAU
from plugins.lawyers.complaints.codes import CODE_LISTS
from plugins.lawyers.complaints.counsel import DECLARATIONS as COUNSEL

DECLARATIONS = (*CODE_LISTS, *BUREAU, *ASSOCIATION, *COUNSEL)
