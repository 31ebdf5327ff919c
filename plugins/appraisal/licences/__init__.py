"""Registrations of institutions and appraisers (登记、延续、注销、条件缺失): declarations only."""

from plugins.appraisal.licences.codes import CODE_LISTS
from plugins.appraisal.licences.effects import EFFECTS
from plugins.appraisal.licences.guards import GUARDS
from plugins.appraisal.licences.kinds import KINDS, SERIES
from plugins.appraisal.licences.lifecycles import LIFECYCLES
from plugins.appraisal.licences.parameters import PARAMETERS

DECLARATIONS = (*PARAMETERS, *CODE_LISTS, *GUARDS, *EFFECTS, *SERIES, *LIFECYCLES, *KINDS)
