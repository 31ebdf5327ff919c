"""The complaint against an institution or an appraiser (投诉办法, 司法部令第144号): declarations only."""

from plugins.appraisal.complaints.codes import CODE_LISTS
from plugins.appraisal.complaints.guards import GUARDS
from plugins.appraisal.complaints.kind import COMPLAINT, SERIES
from plugins.appraisal.complaints.lifecycle import LIFECYCLE

DECLARATIONS = (*CODE_LISTS, *GUARDS, SERIES, LIFECYCLE, COMPLAINT)
