"""What a coverage says of a unit, and the months that service is asked of."""

import datetime as dt

import pytest

from suite.kernel.clocks.spans import whole_months
from suite.kernel.coverage.rules import Standing, Told, capacity, needed, standing_of, tally


@pytest.mark.parametrize(
    ("told", "standing"),
    [
        (Told(standing=0, sound=0, later=0), Standing.UNCOVERED),
        # What is signed for later covers nobody today.
        (Told(standing=0, sound=0, later=1), Standing.UNCOVERED),
        (Told(standing=1, sound=1, later=1), Standing.COVERED),
        (Told(standing=1, sound=1, later=0), Standing.EXPIRING),
        # Counsel who practises no more, or who never comes, is on paper; that comes before the end.
        (Told(standing=1, sound=0, later=0), Standing.PAPER),
        (Told(standing=2, sound=1, later=1, served=False), Standing.PAPER),
        (Told(standing=2, sound=1, later=1), Standing.COVERED),
        # Three are there where four are needed: on paper only.
        (Told(standing=3, sound=3, later=3, need=4), Standing.PAPER),
        (Told(standing=4, sound=4, later=4, need=4), Standing.COVERED),
        # An organ that shares the lawyer of its system needs none of its own.
        (Told(standing=0, sound=0, later=0, otherwise=True), Standing.COVERED),
    ],
)
def test_a_unit_stands_as_its_agreements_do(told: Told, standing: Standing) -> None:
    assert standing_of(told) is standing


def test_sums_tell_form_and_effect_apart() -> None:
    found = tally([Standing.COVERED, Standing.EXPIRING, Standing.PAPER, Standing.PAPER, Standing.UNCOVERED])
    assert (found.total, found.formal, found.effective) == (5, 4, 2)
    assert found.of(Standing.PAPER) == 2


@pytest.mark.parametrize(
    ("size", "need"), [(None, 3), (0, 3), (60, 3), (61, 4), (80, 4), (81, 5), (1_000, 50)]
)
def test_a_unit_needs_the_least_and_one_for_every_so_many(size: int | None, need: int) -> None:
    """规划四（一）1: three of each village (2022), one for every twenty households (2025)."""
    assert needed(size, 3, 20) == need
    assert needed(size, 3, None) == 3


def test_what_is_missing_is_never_less_than_nothing() -> None:
    assert Told(standing=5, sound=5, later=5, need=3).gap == 0
    assert Told(standing=0, sound=0, later=0, need=3).gap == 3


def test_nobody_has_less_than_no_room() -> None:
    assert capacity(3, 5, 12) == 3
    assert capacity(1, 5, 9) == 0


def test_service_is_asked_of_whole_months_before_the_day() -> None:
    assert whole_months(dt.date(2026, 3, 1), 3) == (
        (dt.date(2025, 12, 1), dt.date(2025, 12, 31)),
        (dt.date(2026, 1, 1), dt.date(2026, 1, 31)),
        (dt.date(2026, 2, 1), dt.date(2026, 2, 28)),
    )
    assert whole_months(dt.date(2026, 3, 31), 0) == ()
