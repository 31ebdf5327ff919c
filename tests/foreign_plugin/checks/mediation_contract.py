"""The contract of the suite for this plugin; run where it is installed, by the settings in pyproject.toml."""

from suite.testing.contract import PluginContract


class TestMediation(PluginContract):
    plugin = "mediation"
