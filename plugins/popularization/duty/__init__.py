"""谁执法谁普法: duty lists by unit and year, and laws newly promulgated that enter them."""

from plugins.popularization.duty.codes import CODE_LISTS
from plugins.popularization.duty.duty_list import DECLARATIONS as LISTS
from plugins.popularization.duty.new_law import DECLARATIONS as NEW_LAWS
from plugins.popularization.duty.papers import TEMPLATES
from plugins.popularization.duty.rules import GUARDS

DECLARATIONS = (*CODE_LISTS, *GUARDS, *TEMPLATES, *LISTS, *NEW_LAWS)
