"""Applications of notary offices and notaries (设立、变更、任职、免职): declarations only."""

from plugins.notary.licences.codes import CODE_LISTS
from plugins.notary.licences.effects import EFFECTS
from plugins.notary.licences.guards import GUARDS
from plugins.notary.licences.kinds import KINDS, SERIES
from plugins.notary.licences.lifecycles import LIFECYCLES

DECLARATIONS = (*CODE_LISTS, *GUARDS, *EFFECTS, *SERIES, *LIFECYCLES, *KINDS)
