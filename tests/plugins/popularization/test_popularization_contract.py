"""The plugin stands what every plugin must."""

from suite.testing.contract import PluginContract


class TestPopularization(PluginContract):
    """Popularization alone, over both engines."""

    plugin = "popularization"
