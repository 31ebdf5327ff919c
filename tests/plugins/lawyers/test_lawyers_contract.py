"""The plugin stands what every plugin must."""

from suite.testing.contract import PluginContract


class TestLawyers(PluginContract):
    """Lawyers alone, over both engines."""

    plugin = "lawyers"
