"""Penalties and sanctions of the trade: declarations only."""

from plugins.lawyers.penalties.catalogue import CATALOGUE

DECLARATIONS = CATALOGUE
