"""The collector of reference cycles, held back while a long list of rows is built.

Hundreds of thousands of rows that all live until the end make it look through them again and again, for
nothing: a third of an import's time.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
_holding = 0
_lets_go = False


@contextmanager
def no_collecting() -> Iterator[None]:
    """Hold the collector back; several threads may, and the last of them lets it go.

    Where it was off already it stays off: a window collects on its own thread alone, since a collection
    on a worker would destroy widgets there, which Qt answers by ending the process.
    """
    global _holding, _lets_go
    with _lock:
        if not _holding:
            _lets_go = gc.isenabled()
        _holding += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _holding -= 1
            if not _holding and _lets_go:
                gc.enable()
