"""Penalties and sanctions of the trade: declarations only."""

from plugins.arbitration.penalties.catalogue import CATALOGUE

DECLARATIONS = CATALOGUE
