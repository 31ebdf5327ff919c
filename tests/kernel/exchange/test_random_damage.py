"""Workbooks damaged at random, by offices and by wires: no crash, no silent loss, no half write.

Each case is drawn from its own number, which is named when it fails. The short form is the beginning of the
first portion; each portion begins with an empty roster, so that they may run in turn or side by side. What
went before in its portion stands in the roster, and the layouts of its senders are known.
`DAMAGE_SEED=1 python3 start.py test tests/kernel/exchange/test_random_damage.py --long` draws other cases.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random

import pytest
from damaged_files import Made, hurt, made
from damaged_tables import book_of
from messy import Desk
from promises import Watch, check, check_held_rows, check_written, outcome

CASES, PORTIONS = 80, 125
"""So many cases in a portion, and portions in the long form: 10,000 tables, and as many files beside them."""
SHORT = 50
"""So many cases of each in the short form."""
SEED = os.environ.get("DAMAGE_SEED", "0")
SECONDS = 20.0
"""CPU seconds that no case may take: hundreds of times what one takes, far below what a lost bound costs."""
MEGABYTES = 300
"""Memory that any case may ask for beyond what the first ones did."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One portion, or all of them with `--long`."""
    if "portion" in metafunc.fixturenames:
        portions = PORTIONS if metafunc.config.getoption("--long") else 1
        metafunc.parametrize("portion", range(portions), ids="portion-{}".format)


@pytest.fixture
def watch(desk: Desk) -> Iterator[Watch]:
    found = Watch(desk.suite.engine.url.database or "")
    yield found
    found.close()


def peak() -> int:
    """The most memory of this process so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


@contextmanager
def bounded(case: int, most: int) -> Iterator[None]:
    """Names the case that fails, and holds it to its time and memory."""
    started = time.process_time()
    try:
        yield
        assert time.process_time() - started < SECONDS
        assert peak() < most
    except BaseException as failed:
        failed.add_note(f"case {case} of seed {SEED}")
        raise


class Portion:
    """Takes files through the importer, from the first look to what is written; counts what came of them."""

    def __init__(self, desk: Desk, watch: Watch) -> None:
        self.desk, self.watch = desk, watch
        self.most = peak() + MEGABYTES
        self.refused = self.held = self.taken = 0

    def run(self, numbers: range, make: Callable[[Random], Made]) -> None:
        for case in numbers:
            with bounded(case, self.most):
                self._case(Random(f"{SEED}:{case}"), make)

    def _case(self, chance: Random, make: Callable[[Random], Made]) -> None:
        file = make(chance)
        written = self.watch.written()
        found = outcome(self.desk, file.content, file.name, file.refusals)
        assert self.watch.written() == written
        if found is None:
            self.refused += 1
            return
        check(found, file.book)
        self.held += found.counts["held"]
        self.taken += len(found.taken())
        if found.counts["held"] and chance.random() < 0.1:
            check_held_rows(self.desk, found)
        check_written(self.desk, self.watch, chance, found, file.content)


def a_table(chance: Random) -> Made:
    """A roster with slips, as a file of some form."""
    return made(chance, book_of(chance))


def a_hurt_file(chance: Random) -> Made:
    """The same, and the file was damaged on its way, or before it was packed."""
    file = a_table(chance)
    inside = chance.random() < 0.7
    return Made(name=file.name, content=hurt(chance, file.content, inside=inside), book=None)


@pytest.fixture
def numbers(portion: int, long: bool) -> range:
    """The numbers of the cases of a portion."""
    return range(portion * CASES, portion * CASES + (CASES if long else SHORT))


def test_tables_with_slips_are_read_or_told(desk: Desk, watch: Watch, numbers: range) -> None:
    found = Portion(desk, watch)
    found.run(numbers, a_table)
    # The slips are neither all harmless nor all deadly: else the cases would tell nothing.
    assert found.held > 10
    assert found.taken > 10
    assert found.refused


def test_files_with_damaged_bytes_are_read_or_told(desk: Desk, watch: Watch, numbers: range) -> None:
    found = Portion(desk, watch)
    found.run(numbers, a_hurt_file)
    assert found.refused
    assert found.held + found.taken
