"""What differs between two editions of a roster. Values in, values out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, kw_only=True)
class EditionLine:
    """One line of an edition: whose it is, and field key → the words that are published."""

    subject_id: int
    district_code: str | None
    words: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class LineChange:
    """A line that both editions have with other words: field key → (before, after)."""

    line: EditionLine
    fields: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class EditionDifference:
    """What an edition has besides its predecessor, lacks of it, and says otherwise, each in order."""

    joined: tuple[EditionLine, ...]
    left: tuple[EditionLine, ...]
    changed: tuple[LineChange, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many of each."""
        return {"joined": len(self.joined), "left": len(self.left), "changed": len(self.changed)}


def difference(
    former: Sequence[EditionLine], current: Sequence[EditionLine], leads: Mapping[int, int] | None = None
) -> EditionDifference:
    """Compare two editions line by line. A field that only one of them publishes is no change.

    `leads`: a record that was merged since → the one that stands for it. It has neither left, nor has the
    other joined, where each of the two has one of them alone.
    """
    before = {line.subject_id: line for line in former}
    after = {line.subject_id for line in current}
    for gone, kept in (leads or {}).items():
        if gone in before and gone not in after and kept in after and kept not in before:
            before[kept] = before.pop(gone)
    stands = {line.subject_id for key, line in before.items() if key in after}
    changed = []
    for line in current:
        known = before.get(line.subject_id)
        if known is None:
            continue
        shared = known.words.keys() & line.words.keys()
        fields = {
            key: (known.words[key], words)
            for key, words in line.words.items()
            if key in shared and known.words[key] != words
        }
        if fields:
            changed.append(LineChange(line=line, fields=fields))
    return EditionDifference(
        joined=tuple(line for line in current if line.subject_id not in before),
        left=tuple(line for line in former if line.subject_id not in stands),
        changed=tuple(changed),
    )


def digest(lines: Iterable[EditionLine]) -> str:
    """SHA-256 over an edition's lines in order, so that a copy can be compared with it."""
    found = sha256()
    for line in lines:
        body = json.dumps([line.subject_id, line.words], ensure_ascii=False, sort_keys=True)
        found.update(body.encode() + b"\n")
    return found.hexdigest()
