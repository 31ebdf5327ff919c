"""设置: the numbers of the law, the plugins, the state of the computer, and how things look."""

from suite.ui.pages.settings.doctor import DoctorPage
from suite.ui.pages.settings.page import SettingsPage
from suite.ui.pages.settings.parameters import ParametersPage
from suite.ui.pages.settings.plugins import PluginsPage

__all__ = ["DoctorPage", "ParametersPage", "PluginsPage", "SettingsPage"]
