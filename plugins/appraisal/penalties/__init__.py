"""Penalties and sanctions of the trade: declarations only."""

from plugins.appraisal.penalties.catalogue import CATALOGUE

DECLARATIONS = CATALOGUE
