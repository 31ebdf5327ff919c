"""Files that appear whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from suite.contract.problems import refuse

#: Before the name of a file that is not yet whole.
MARK = ".part-"


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A file beside `path` to write to; it takes the place of `path` when the block ends well.

    It has the same ending, so that what writes by the ending can be given it, this function among them.
    Raises Refused where the system does not let it be written.
    """
    partial = path.with_name(f"{MARK}{path.name}")
    try:
        yield partial
        with partial.open("r+b") as file:
            os.fsync(file.fileno())  # else a crash could leave the good name over an empty file
        partial.replace(path)
    except OSError as error:
        raise refuse(
            "file.write",
            f"无法写入 {path.name.replace(MARK, '')}：{error.strerror}。请关闭该文件或换个位置。",
        ) from error
    finally:
        partial.unlink(missing_ok=True)
