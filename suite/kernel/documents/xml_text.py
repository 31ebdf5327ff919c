"""Text as a workbook or a document, being XML, can hold it."""

from __future__ import annotations

import re

#: Records written before such were dropped may still have some.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_text(text: str) -> str:
    """The text without what no workbook or document can hold."""
    return _NOT_IN_XML.sub("", text)
