"""Registrations, filings and appointments of arbitration: declarations only."""

from plugins.arbitration.licences.codes import CODE_LISTS
from plugins.arbitration.licences.effects import EFFECTS
from plugins.arbitration.licences.guards import GUARDS
from plugins.arbitration.licences.kinds import KINDS, SERIES
from plugins.arbitration.licences.lifecycles import LIFECYCLES

DECLARATIONS = (*CODE_LISTS, *GUARDS, *EFFECTS, *SERIES, *LIFECYCLES, *KINDS)
