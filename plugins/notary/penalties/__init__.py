"""Penalties and sanctions of the trade: declarations only."""

from plugins.notary.penalties.catalogue import CATALOGUE

DECLARATIONS = CATALOGUE
