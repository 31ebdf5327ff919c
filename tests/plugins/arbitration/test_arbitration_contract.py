"""The plugin stands what every plugin must."""

from suite.testing.contract import PluginContract


class TestArbitration(PluginContract):
    """Arbitration alone, over both engines."""

    plugin = "arbitration"
