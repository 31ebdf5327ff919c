"""The old container of Office files (OLE compound file): its streams, read with every bound checked.

.xls workbooks are kept in it, and so are encrypted .xlsx. The spreadsheet reader follows the sector
chains of a damaged container without end, therefore they are walked here first.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_LAST_SECTOR = 0xFFFFFFFA
"""Greater values mark the end of a chain, free sectors and the tables themselves."""
_ENTRY = 128


class BrokenContainer(Exception):
    """The container contradicts itself."""


class CompoundFile:
    """The directory of a compound file and its streams.

    Raises BrokenContainer where a chain leaves the file or runs in a circle.
    """

    def __init__(self, content: bytes) -> None:
        if len(content) < 512 or not content.startswith(SIGNATURE):
            raise BrokenContainer("no header")
        self._content = content
        shift, mini_shift = struct.unpack_from("<HH", content, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise BrokenContainer("sector size")
        self._size = 1 << shift
        directory, _, self._cutoff, mini_fat, _, chain, _ = struct.unpack_from("<IIIIIII", content, 48)
        self._table = self._read_table(chain)
        self._mini_table = self._numbers(self._follow(mini_fat))
        self.streams: Mapping[str, tuple[int, int]] = {}
        self._mini_stream = b""
        self._read_directory(self._follow(directory))

    def read(self, name: str) -> bytes:
        """The content of a stream; KeyError if there is none of that name."""
        start, size = self.streams[name]
        if size >= self._cutoff:
            content = self._follow(start)
        else:
            content = self._follow_mini(start)
        if len(content) < size:
            raise BrokenContainer("stream shorter than stated")
        return content[:size]

    def _read_table(self, chain: int) -> tuple[int, ...]:
        sectors = list(struct.unpack_from("<109I", self._content, 76))
        per_sector = self._size // 4 - 1
        for _ in range(len(self._content) // self._size + 1):
            if chain >= _LAST_SECTOR:
                break
            *more, chain = self._numbers(self._sector(chain))
            sectors += more[:per_sector]
        else:
            raise BrokenContainer("circular table")
        used = [sector for sector in sectors if sector < _LAST_SECTOR]
        if len(used) > len(self._content) // self._size + 1:
            raise BrokenContainer("table larger than the file")
        return self._numbers(b"".join(self._sector(sector) for sector in used))

    def _read_directory(self, directory: bytes) -> None:
        streams: dict[str, tuple[int, int]] = {}
        for offset in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", directory, offset + 64)
            start, size = struct.unpack_from("<II", directory, offset + 116)
            if kind == 5:
                self._mini_stream = self._follow(start) if size else b""
            elif kind == 2 and 2 <= length <= 64:
                name = directory[offset : offset + length - 2].decode("utf-16-le", "replace")
                streams[name] = (start, size)
        self.streams = streams

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        sector = self._content[start : start + self._size]
        if not sector:
            raise BrokenContainer("sector outside the file")
        return sector.ljust(self._size, b"\0")

    def _follow(self, start: int) -> bytes:
        sectors: list[bytes] = []
        while start < _LAST_SECTOR:
            if start >= len(self._table) or len(sectors) > len(self._table):
                raise BrokenContainer("circular or broken chain")
            sectors.append(self._sector(start))
            start = self._table[start]
        return b"".join(sectors)

    def _follow_mini(self, start: int) -> bytes:
        sectors: list[bytes] = []
        while start < _LAST_SECTOR:
            if start >= len(self._mini_table) or len(sectors) > len(self._mini_table):
                raise BrokenContainer("circular or broken small chain")
            sectors.append(self._mini_stream[start * 64 : start * 64 + 64])
            start = self._mini_table[start]
        return b"".join(sectors)

    @staticmethod
    def _numbers(content: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])
