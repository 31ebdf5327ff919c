"""Applications and filings of firms, branches and lawyers: declarations only."""

from plugins.lawyers.licences.codes import CODE_LISTS
from plugins.lawyers.licences.filing_guards import GUARDS as FILING_GUARDS
from plugins.lawyers.licences.firm_effects import EFFECTS as FIRM_EFFECTS
from plugins.lawyers.licences.firm_guards import GUARDS as FIRM_GUARDS
from plugins.lawyers.licences.firms import DECLARATIONS as FIRMS
from plugins.lawyers.licences.lawyer_effects import EFFECTS as LAWYER_EFFECTS
from plugins.lawyers.licences.lawyer_guards import GUARDS as LAWYER_GUARDS
from plugins.lawyers.licences.lawyers import DECLARATIONS as LAWYERS

DECLARATIONS = (
    *CODE_LISTS, *FIRM_GUARDS, *FILING_GUARDS, *LAWYER_GUARDS, *FIRM_EFFECTS, *LAWYER_EFFECTS, *FIRMS,
    *LAWYERS,
)  # fmt: skip
