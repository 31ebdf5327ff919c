"""Where three rosters of the same people differ: ours, an association's, the province's; values only.

A side that has no such column says nothing of it; one whose cell is empty says the empty text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made_by
from enum import StrEnum
from hashlib import sha256

OURS, ASSOCIATION, PROVINCE = "ours", "association", "province"
SIDES = (OURS, ASSOCIATION, PROVINCE)
#: How each side is called, and each decision.
TITLES = {OURS: "本局名册", ASSOCIATION: "协会表", PROVINCE: "省厅表"}
#: The field of a difference that is about being there at all.
PRESENCE = ""
THERE, NOT_THERE = "在册", "无"


class Decision(StrEnum):
    """What a person decided about a difference."""

    KEEP = "keep"  # ours is right; the other side has been told
    EXPLAINED = "explained"  # both are right in their way
    ASSOCIATION = "association"  # what the association says was taken over
    PROVINCE = "province"  # what the province says was taken over


WORDS = {
    Decision.KEEP: "以本局为准",
    Decision.EXPLAINED: "差异属实",
    Decision.ASSOCIATION: "采用协会",
    Decision.PROVINCE: "采用省厅",
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One record on one side: who it is here (None for nobody), its name, and field key → words."""

    identity: str
    subject_id: int | None
    name: str
    words: Mapping[str, str]
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One thing that the sides say differently; `said`: side → words, only for sides that say something."""

    identity: str
    subject_id: int | None
    name: str
    field: str
    said: Mapping[str, str]
    places: Mapping[str, str] = made_by(default_factory=dict)

    @property
    def digest(self) -> str:
        """SHA-256 of what each side says: the same difference, as long as nobody says something new."""
        body = json.dumps(dict(sorted(self.said.items())), ensure_ascii=False)
        return sha256(body.encode()).hexdigest()


def differences(
    ours: Iterable[Line], others: Mapping[str, Sequence[Line]], fields: Sequence[str]
) -> list[Difference]:
    """Compare the sides record by record and field by field.

    A record that a side lacks is one difference and not one for each of its fields. `ours` are those who
    should be on the other sides too; who is here but not counted now is compared where another side has him.
    """
    by_side: dict[str, dict[str, Line]] = {OURS: {line.identity: line for line in ours}}
    for side, lines in others.items():
        by_side[side] = {line.identity: line for line in lines}
    found = []
    for identity in dict.fromkeys(key for lines in by_side.values() for key in lines):
        there = {side: lines[identity] for side, lines in by_side.items() if identity in lines}
        first = next(iter(there.values()))
        places = {side: line.place for side, line in there.items() if line.place}
        if len(there) < len(by_side):
            said = {side: THERE if side in there else NOT_THERE for side in by_side}
            found.append(
                Difference(
                    identity=identity,
                    subject_id=first.subject_id,
                    name=first.name,
                    field=PRESENCE,
                    said=said,
                    places=places,
                )
            )
        for key in fields:
            said = {side: line.words[key] for side, line in there.items() if key in line.words}
            if len(set(said.values())) > 1:
                found.append(
                    Difference(
                        identity=identity,
                        subject_id=first.subject_id,
                        name=first.name,
                        field=key,
                        said=said,
                        places=places,
                    )
                )
    return found
