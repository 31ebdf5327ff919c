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


@contextmanager
def no_collecting() -> Iterator[None]:
    """Hold the collector back; several threads may, and the last of them lets it go."""
    global _holding
    with _lock:
        _holding += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _holding -= 1
            if not _holding:
                gc.enable()
