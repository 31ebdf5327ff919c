"""The complaint against a firm or a lawyer, the bureau's track: declarations only."""

from plugins.lawyers.complaints.codes import CODE_LISTS
from plugins.lawyers.complaints.kind import COMPLAINT, SERIES
from plugins.lawyers.complaints.lifecycle import LIFECYCLE

DECLARATIONS = (*CODE_LISTS, SERIES, LIFECYCLE, COMPLAINT)
