"""Model villages: how they are named, rechecked, kept in order and taken off the list."""

from plugins.popularization.honours.effects import EFFECTS
from plugins.popularization.honours.rules import GUARDS
from plugins.popularization.honours.village import CODE_LISTS, KIND, LIFECYCLE, SERIES

DECLARATIONS = (*CODE_LISTS, *GUARDS, *EFFECTS, SERIES, LIFECYCLE, KIND)
