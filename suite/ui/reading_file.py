"""Reading a file that somebody chose, off the window's thread."""

from __future__ import annotations

from pathlib import Path

from suite.contract.problems import refuse
from suite.kernel.documents.regular import open_regular

#: No file that is larger is even read; the house's own bound is looked at by the command.
MOST_READ = 200 * 1_048_576


def read_file(path: Path) -> bytes:
    """A file to be kept; raises Refused for one that is too big or cannot be read."""
    try:
        with open_regular(path) as file:
            content = file.read(MOST_READ + 1)
    except OSError as error:
        text = f"读不出 {path.name}：{error.strerror}。请检查文件是否还在、是否被占用。"
        raise refuse("file.read", text, field="content") from error
    if len(content) > MOST_READ:
        raise refuse("file.large", "文件过大，请压缩或分成几个文件。", field="content")
    return content


def write_file(path: Path, content: bytes) -> None:
    """Write what holds no record of anybody; raises Refused where that cannot be done."""
    try:
        path.write_bytes(content)
    except OSError as error:
        text = f"写不了 {path.name}：{error.strerror}。请换一个位置，或者先关闭打开着的同名文件。"
        raise refuse("file.write", text, field="content") from error
