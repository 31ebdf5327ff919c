"""Every test may use the fixtures that strangers use; drawn examples are the same in every run."""

import gc
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import settings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling, Scheduling

pytest_plugins = ["suite.testing.fixtures"]

# What is imported stays until the end; looking through it again and again is a sixth of the run's time.
gc.freeze()
gc.set_threshold(50_000, 20, 50)

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")

#: The folder of the journeys that begin with the same bureau.
BUREAU = "tests/journeys/bureau/"
#: The part of a test's name that says which portion of a long run it is.
PORTION = re.compile(r"\[portion-\d+\]$")
#: Milliseconds. Far longer than anything takes: a machine that is shared with others may stand still a while.
PATIENCE_MS = 60_000


class ByDatabase(LoadScopeScheduling):
    """Gives a worker whole files, so that what their tests share is made once; the journeys through the
    demonstration bureau are one file in this respect, and the portions of a long test are each one."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        if (portion := PORTION.search(nodeid)) is not None:
            return f"{file}{portion[0]}"
        return BUREAU if file.startswith(BUREAU) else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling:
    """How tests are dealt out to the workers of a run."""
    return ByDatabase(config, log)


class PatientBot(QtBot):
    """Waits until what is waited for has come; how fast it comes is for the benchmarks to say."""

    def waitUntil(self, callback: Callable[[], Any], *, timeout: int = PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **rest: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **rest)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """The bot of pytest-qt, with patience."""
    return PatientBot(request)
