"""Public counsel (公共法律顾问): agreements with villages and with organs, and who is covered by them."""

from plugins.lawyers.counsel.codes import CODE_LISTS
from plugins.lawyers.counsel.coverage import COVERAGES
from plugins.lawyers.counsel.kinds import KINDS
from plugins.lawyers.counsel.ledgers import LEDGERS
from plugins.lawyers.counsel.numbers import INDICATORS
from plugins.lawyers.counsel.parameters import PARAMETERS
from plugins.lawyers.counsel.workbooks import SAMPLES
from suite.api import Declaration

DECLARATIONS: tuple[Declaration, ...] = (
    *CODE_LISTS,
    *KINDS,
    *PARAMETERS,
    *LEDGERS,
    *COVERAGES,
    *INDICATORS,
    *SAMPLES,
)
