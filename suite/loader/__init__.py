"""Finds plugins, collects and checks their declarations, and parks one that fails."""

from suite.loader.catalog import Catalog
from suite.loader.plugins import LoadedPlugin, ParkedPlugin, Plugins, load_plugins

__all__ = ["Catalog", "LoadedPlugin", "ParkedPlugin", "Plugins", "load_plugins"]
