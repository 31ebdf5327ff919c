"""Office files whose bytes follow from their content alone, so that one made again years later is equal.

Office libraries write the time of making into the package's entries and its properties; here it is the
time that the caller names.
"""

from __future__ import annotations

import datetime as dt
import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

STAMPS = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def settled(content: bytes, at: dt.datetime) -> bytes:
    """The same package with every time set to `at` (UTC)."""
    stamp = at.astimezone(dt.UTC)
    written = f"{stamp:%Y-%m-%dT%H:%M:%SZ}".encode()
    # A ZIP knows no year before 1980 and but every second second.
    moment = (stamp.year, stamp.month, stamp.day, stamp.hour, stamp.minute, stamp.second // 2 * 2)
    out = BytesIO()
    with ZipFile(BytesIO(content)) as given, ZipFile(out, "w", ZIP_DEFLATED, compresslevel=6) as made:
        for name in given.namelist():
            inside = given.read(name)
            if name == "docProps/core.xml":
                inside = STAMPS.sub(lambda found: found[1] + written + found[3], inside)
            info = ZipInfo(name, moment)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            made.writestr(info, inside)
    return out.getvalue()
