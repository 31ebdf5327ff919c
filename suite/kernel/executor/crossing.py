"""Two desks in each other's way: the whole of one is run again, from the start, a bounded number of times."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError

from suite.kernel.executor.engine_errors import state_of

Answer = TypeVar("Answer")
log = logging.getLogger(__name__)

#: PostgreSQL's deadlock and serialisation failure: nothing is wrong but the moment, and all is rolled back.
CROSSED = frozenset({"40P01", "40001"})
TRIES = 4
#: How long the first waits, in seconds, at least and at most; each further one twice as long.
PAUSE = (0.02, 0.08)


def again_when_crossed(transact: Callable[[], Answer]) -> Answer:
    """Run a transaction, and again while it only met another one. Raises what the last try raised."""
    for tries in range(1, TRIES + 1):
        try:
            return transact()
        except DBAPIError as error:
            if state_of(error) not in CROSSED or tries == TRIES:
                raise
            log.info("two desks were in each other's way (%s): try %d follows", state_of(error), tries + 1)
        # By chance, so that the two do not meet again at the same place.
        time.sleep(random.uniform(*PAUSE) * 2 ** (tries - 1))
    raise AssertionError("the last try returns or raises")
