"""The plugin stands what every plugin must."""

from suite.testing.contract import PluginContract


class TestAppraisal(PluginContract):
    """Appraisal alone, over both engines."""

    plugin = "appraisal"
