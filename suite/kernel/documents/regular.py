"""Opening a file that a person named: a regular one only, since a pipe or a device may never end or begin."""

from __future__ import annotations

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path

#: Why another one is not opened, as it stands behind a file's name.
NOT_REGULAR = "不是普通文件，可能是管道或设备"


class NotRegular(OSError):
    """What a path leads to is neither a file nor a folder."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EINVAL, NOT_REGULAR, str(path))


def open_regular(path: Path) -> BufferedReader:
    """The file, for reading. Raises NotRegular, and OSError as `Path.open` does; never waits for a pipe."""
    _require_regular(path, path.stat().st_mode)
    # What stands there may be another by now: opened without waiting, and looked at again.
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        _require_regular(path, os.fstat(number).st_mode)
        return os.fdopen(number, "rb")
    except BaseException:
        os.close(number)
        raise


def _require_regular(path: Path, mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(mode):
        raise NotRegular(path)
