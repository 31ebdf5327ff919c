"""A run's log: a rotating file beside the data; warnings also on stderr, tracebacks never."""

from __future__ import annotations

import logging
import logging.handlers
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FILE = "suite.log"
BYTES, KEPT = 2_000_000, 5


class _OneLine(logging.Formatter):
    """A record without its traceback: that stands in the file."""

    def format(self, record: logging.LogRecord) -> str:
        """The message alone."""
        return record.getMessage()


def log_file(home: Path) -> Path:
    """The log of a desk."""
    return home / "logs" / FILE


@contextmanager
def logging_to(home: Path) -> Iterator[None]:
    """Log into `home` while the command runs. A home that cannot be written leaves stderr alone."""
    root = logging.getLogger()
    screen = logging.StreamHandler()
    screen.setLevel(logging.WARNING)
    screen.setFormatter(_OneLine())
    # An exception is told to the user in words by whoever caught it.
    screen.addFilter(lambda record: record.exc_info is None)
    handlers: list[logging.Handler] = [screen]
    try:
        log_file(home).parent.mkdir(parents=True, exist_ok=True)
        file = logging.handlers.RotatingFileHandler(
            log_file(home), maxBytes=BYTES, backupCount=KEPT, encoding="utf-8"
        )
        file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        handlers.append(file)
    except OSError as error:
        screen.handle(
            logging.makeLogRecord({"levelno": logging.WARNING, "msg": f"日志写不进 {home}：{error.strerror}"})
        )
    level = root.level
    root.setLevel(logging.INFO)
    for handler in handlers:
        root.addHandler(handler)
    try:
        yield
    finally:
        root.setLevel(level)
        for handler in handlers:
            root.removeHandler(handler)
            handler.close()
