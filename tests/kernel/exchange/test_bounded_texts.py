"""Text files are read within bounds of memory, and nothing is opened that is no file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from suite.contract.problems import Refused
from suite.kernel.casework.draw_files import read_record
from suite.kernel.documents.regular import NotRegular, open_regular
from suite.kernel.exchange.bounds import FileRefused, Limits
from suite.kernel.exchange.delimited import read_delimited
from suite.kernel.exchange.reading import read_workbook
from suite.safekeeping.package import read_manifest
from suite.ui.reading_file import read_file

BYTES = 120 * 1024 * 1024
MOST_MB = 700
ASK = """
import sys
from suite.kernel.exchange.reading import FileRefused, read_workbook
try:
    read_workbook(sys.argv[1])
except FileRefused as refused:
    with open("/proc/self/status") as status:
        [peak] = [line.split()[1] for line in status if line.startswith("VmHWM")]
    print(refused.code, int(peak) // 1024)
"""
"""The peak as the kernel keeps it of a program; `ru_maxrss` keeps that of who started it, too."""


@pytest.mark.skipif(sys.platform != "linux", reason="no /proc tells the peak elsewhere")
@pytest.mark.parametrize("unit", [b"a\n", b"\n", b"a,"])
def test_a_text_of_nothing_but_lines_is_refused_within_memory(tmp_path: Path, unit: bytes) -> None:
    path = tmp_path / "长.csv"
    path.write_bytes(unit * (BYTES // len(unit)))
    done = subprocess.run(
        [sys.executable, "-c", ASK, str(path)], capture_output=True, text=True, check=True, timeout=300
    )
    path.unlink()
    code, megabytes = done.stdout.split()
    assert code == "file_too_large"
    assert int(megabytes) < MOST_MB


def test_rows_are_counted_while_they_are_read() -> None:
    limits = Limits(rows=1_000)
    assert len(read_delimited("a,b\n" * 1_000, limits).rows) == 1_000
    with pytest.raises(FileRefused, match="第 1001 行超过上限"):
        read_delimited("a,b\n" * 5_000_000, limits)


def test_quotes_are_looked_over_wherever_a_block_of_lines_ends() -> None:
    """Rows long and short, line ends of every system, stray quotes, cells of several lines."""
    rows, lines = [], []
    for number in range(4_000):
        cell = "多" * (number % 37)
        ending = ("\n", "\r\n", "\r")[number % 3]
        if number % 500 == 250:
            rows.append((f"行{number}", f'5" {cell}', "乙"))
            lines.append(f'行{number},5" {cell},乙{ending}')
        elif number % 7 == 0:
            rows.append((f"行{number}", f"上\n下{cell}", "丙,丁"))
            lines.append(f'行{number},"上\n下{cell}","丙,丁"{ending}')
        else:
            rows.append((f"行{number}", cell, "戊"))
            lines.append(f"行{number},{cell},戊{ending}")
    assert read_delimited("".join(lines), Limits()).rows == rows


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """What nobody writes to: opened as a file it would wait for ever."""
    path = tmp_path / "管道.xlsx"
    os.mkfifo(path)
    return path


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are none on this system")
def test_only_files_are_opened(pipe: Path) -> None:
    for path in (pipe, Path(os.devnull)):
        with pytest.raises(FileRefused, match="不是普通文件") as refused:
            read_workbook(path)
        assert refused.value.code == "file_unsafe"
        with pytest.raises(NotRegular):
            open_regular(path)
        for read in (read_manifest, read_record, read_file):
            with pytest.raises(Refused, match="不是普通文件"):
                read(path)


def test_a_link_to_a_file_is_the_file(tmp_path: Path) -> None:
    (tmp_path / "名册.csv").write_text("姓名,区县\n王伟,长安区\n", encoding="utf-8")
    (tmp_path / "链接.csv").symlink_to(tmp_path / "名册.csv")
    assert len(read_workbook(tmp_path / "链接.csv").sheets[0].rows) == 2
    with pytest.raises(FileRefused) as refused:
        read_workbook(tmp_path)
    assert refused.value.code == "file_missing"
