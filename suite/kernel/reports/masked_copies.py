"""Copies of papers for those who come to inspect: numbers of persons and names of complainants are masked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from suite.kernel.documents.pages import text_pages
from suite.kernel.documents.reading import blocks_of
from suite.kernel.registry.identifiers.phone import mask_phone
from suite.kernel.registry.identifiers.resident import mask_resident

RESIDENT = re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])|(?<!\d)\d{15}(?!\d)")
PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


def masked_text(text: str, names: Mapping[str, str]) -> str:
    """A text with resident and telephone numbers masked, and each of `names` (also numbers) replaced."""
    for name in sorted(names, key=len, reverse=True):
        if name:
            text = text.replace(name, names[name])
    text = RESIDENT.sub(lambda found: mask_resident(found[0]), text)
    return PHONE.sub(lambda found: mask_phone(found[0]), text)


def masked_copy(content: bytes, names: Mapping[str, str], sha256: str) -> bytes:
    """A .docx as PDF pages of its masked text. Raises what `blocks_of` raises for a damaged one."""
    blocks = [
        replace(
            block,
            text=masked_text(block.text, names),
            cells=tuple(masked_text(cell, names) for cell in block.cells),
        )
        for block in blocks_of(content)
    ]
    return text_pages(blocks, f"遮蔽件：证件号码、电话和投诉人身份已隐去。原件 SHA-256：{sha256}")
