"""What a file of a report says, apart from how it is set; and how one made again stands to the first."""

from __future__ import annotations

import re
from enum import StrEnum
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

#: Texts and values of documents, sheets and charts: <w:t>, <t>, <a:t>, <v>, <c:v>; and where a paragraph, a
#: cell or a shared text ends, since how a text is parted into runs and lines within it is how it is set.
SAID = re.compile(rb"<(?:\w+:)?[tv](?: [^>]*)?>([^<]*)</|</(?:\w+:)?(p|si|c|pt)>")
#: Parts that say nothing of the matter: properties of the file, styles, themes.
SILENT = re.compile(r"docProps/|.*/(?:styles|theme|settings|fontTable|webSettings|numbering)|.*\.rels$")


class Against(StrEnum):
    """How a file made again stands to the first. Both have the same numbers, those of the snapshot."""

    SAME = "same"
    SET_ANEW = "set_anew"
    WORDED_ANEW = "worded_anew"
    NOT_KNOWN = "not_known"

    @property
    def words(self) -> str:
        """What is said of it to whoever takes the file."""
        return {
            Against.SAME: "与首次编制逐字节相同",
            Against.SET_ANEW: "数字和文字与首次编制相同，版式已随程序更新",
            Against.WORDED_ANEW: "数字取自同一快照，与首次编制相同；文字表述已随程序更新",
            Against.NOT_KNOWN: "数字取自同一快照，与首次编制相同；文字或版式已随程序更新",
        }[self]


def said_sha256(content: bytes) -> str:
    """SHA-256 of all texts and values of an office file, in the order of its parts."""
    found = sha256()
    with ZipFile(BytesIO(content)) as package:
        for name in sorted(package.namelist()):
            if not SILENT.match(name):
                for words, end in SAID.findall(package.read(name)):
                    found.update(b"\n" if end else words)
    return found.hexdigest()


def against(content: bytes, first_sha256: str, first_words_sha256: str | None) -> Against:
    """How a file stands to the first, of which the digests were kept; None: that of its words was not."""
    if sha256(content).hexdigest() == first_sha256:
        return Against.SAME
    if first_words_sha256 is None:
        return Against.NOT_KNOWN
    return Against.SET_ANEW if said_sha256(content) == first_words_sha256 else Against.WORDED_ANEW
