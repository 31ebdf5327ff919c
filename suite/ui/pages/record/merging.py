"""Two edits of one record meet: base, mine and theirs by field. Pure functions over loaded values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from suite.ui.pages.record.wording import Words, base_value, command_value, same_value


class Side(StrEnum):
    """Whose value is kept."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True, kw_only=True)
class Submission:
    """What was typed and is to be saved: key → new value as typed, and the values it began from."""

    changes: Mapping[str, object]
    base: Mapping[str, Any]
    version: int
    effective_on: dt.date | None = None
    reason: str = ""

    def values(self, words: Words) -> dict[str, object]:
        """The changes as a command takes them."""
        by_key = words.kind.by_key
        return {key: command_value(by_key[key], value) for key, value in self.changes.items()}

    def base_values(self) -> dict[str, object]:
        """The base of the changed fields as a command takes it."""
        return {key: base_value(self.base.get(key)) for key in self.changes}


@dataclass(frozen=True, kw_only=True)
class FieldMeeting:
    """One field that at least one side changed.

    `mine` and `theirs` are None where that side did not change it. A conflict is changed by both,
    differently; it has no `choice` until the user takes one.
    """

    key: str
    title: str
    base: str
    mine: str | None
    theirs: str | None
    choice: Side | None

    @property
    def conflict(self) -> bool:
        """Whether the user has to choose."""
        return self.choice is None


def meet(words: Words, submission: Submission, theirs: Mapping[str, Any]) -> list[FieldMeeting]:
    """The fields that either side changed, conflicts first, each in declared order."""
    meetings: list[FieldMeeting] = []
    for field in words.kind.fields:
        base = submission.base.get(field.key)
        now = theirs.get(field.key)
        mine = submission.changes.get(field.key)
        typed = field.key in submission.changes
        moved = not same_value(field, base, now)
        if not typed and not moved:
            continue
        agreed = typed and moved and same_value(field, mine, now)
        conflict = typed and moved and not agreed
        meetings.append(
            FieldMeeting(
                key=field.key,
                title=field.title,
                base=words.text(field, base),
                mine=words.text(field, mine) if typed else None,
                theirs=words.text(field, now) if moved else None,
                choice=None if conflict else Side.THEIRS if moved else Side.MINE,
            )
        )
    return sorted(meetings, key=lambda meeting: meeting.choice is not None)


def rebased(
    submission: Submission,
    choices: Mapping[str, Side],
    theirs: Mapping[str, Any],
    version: int,
    note: str = "",
) -> Submission:
    """What is left to save on top of the other side's version."""
    return Submission(
        changes={
            key: value
            for key, value in submission.changes.items()
            if choices.get(key, Side.MINE) is Side.MINE
        },
        base=dict(theirs),
        version=version,
        effective_on=submission.effective_on,
        reason="；".join(part for part in (submission.reason, note) if part),
    )


def merge_note(who: str, meetings: Sequence[FieldMeeting], choices: Mapping[str, Side]) -> str:
    """The three values of each conflict and the choice, for the log."""
    parts = [
        f"{meeting.title}：打开时“{meeting.base or '空'}”，本人“{meeting.mine or '空'}”，"
        f"{who}“{meeting.theirs or '空'}”，采用{'本人' if choices[meeting.key] is Side.MINE else who}的"
        for meeting in meetings
        if meeting.key in choices
    ]
    return f"与{who}的修改合并。{'；'.join(parts)}" if parts else ""
