"""The kinds of record of forensic appraisal, one file for each."""

from plugins.appraisal.kinds.appraisal_institution import APPRAISAL_INSTITUTION
from plugins.appraisal.kinds.appraiser import APPRAISER

KINDS = (APPRAISER, APPRAISAL_INSTITUTION)

__all__ = ["APPRAISAL_INSTITUTION", "APPRAISER", "KINDS"]
