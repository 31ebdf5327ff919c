"""Every test may use the fixtures that strangers use; drawn examples are the same in every run."""

from hypothesis import settings

pytest_plugins = ["suite.testing.fixtures"]

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")
