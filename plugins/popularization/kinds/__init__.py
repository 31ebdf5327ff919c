"""The kinds of record of popularization, one file for each."""

from plugins.popularization.kinds.culture_site import CULTURE_SITE
from plugins.popularization.kinds.duty_unit import DUTY_UNIT
from plugins.popularization.kinds.law_savvy_villager import LAW_SAVVY_VILLAGER
from plugins.popularization.kinds.model_household import MODEL_HOUSEHOLD
from plugins.popularization.kinds.model_village import MODEL_VILLAGE
from plugins.popularization.kinds.volunteer import VOLUNTEER

KINDS = (LAW_SAVVY_VILLAGER, DUTY_UNIT, MODEL_VILLAGE, CULTURE_SITE, MODEL_HOUSEHOLD, VOLUNTEER)

__all__ = [
    "CULTURE_SITE",
    "DUTY_UNIT",
    "KINDS",
    "LAW_SAVVY_VILLAGER",
    "MODEL_HOUSEHOLD",
    "MODEL_VILLAGE",
    "VOLUNTEER",
]
