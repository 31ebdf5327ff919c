"""The yearly reviews (年度考核): of lawyers by their association, of firms and branches by the bureau."""

from plugins.lawyers.reviews.bodies import BODIES
from plugins.lawyers.reviews.lawyers import LAWYERS

DECLARATIONS = (LAWYERS, BODIES)
