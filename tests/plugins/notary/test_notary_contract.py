"""The plugin stands what every plugin must."""

from suite.testing.contract import PluginContract


class TestNotaries(PluginContract):
    """Notaries alone, over both engines."""

    plugin = "notary"
