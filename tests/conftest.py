"""Every test may use the fixtures that strangers use."""

pytest_plugins = ["suite.testing.fixtures"]
