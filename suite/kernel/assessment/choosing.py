"""Which participants of a season are meant: by what the cockpit counts. Pure over the board's lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum

from suite.kernel.assessment.boards import BoardLine
from suite.kernel.assessment.standing import IN, WALKING
from suite.kernel.search.pinyin import spellings

TEXT = "text"


class Mark(StrEnum):
    """What a participant may be looked for by besides its columns."""

    UNGRADED = "ungraded"
    DEPARTS = "departs"
    ASKING = "asking"
    REMINDED = "reminded"
    DISPUTED = "disputed"
    MOVED = "moved"
    GONE = "gone"

    @property
    def words(self) -> str:
        """The words for it."""
        return {
            "ungraded": "待评定",
            "departs": "与建议不同",
            "asking": "须第三人评分",
            "reminded": "催报过",
            "disputed": "异议未答复",
            "moved": "已变更机构",
            "gone": "已不在册",
        }[self.value]

    def holds(self, line: BoardLine) -> bool:
        """Whether a line has it."""
        return _MARKS[self](line)


_MARKS: Mapping[Mark, Callable[[BoardLine], bool]] = {
    Mark.UNGRADED: lambda line: line.standing == IN and line.grade is None,
    Mark.DEPARTS: lambda line: line.grade is not None and line.grade != line.proposal,
    Mark.ASKING: lambda line: bool(line.asking),
    Mark.REMINDED: lambda line: line.marks.reminded > 0,
    Mark.DISPUTED: lambda line: line.marks.objection is not None,
    Mark.MOVED: lambda line: bool(line.marks.moved_to),
    Mark.GONE: lambda line: line.marks.gone,
}
#: Filter → what of a line it looks at. A step is looked for among those who go through the steps.
_VALUES: Mapping[str, Callable[[BoardLine], object]] = {
    "standing": lambda line: line.standing,
    "step": lambda line: line.step if line.standing in WALKING else None,
    "grade": lambda line: line.grade,
    "proposal": lambda line: line.proposal,
    "district": lambda line: line.district,
    "body": lambda line: line.body_id,
    "group": lambda line: line.group,
    "rule": lambda line: line.rule,
}


def chosen(lines: Iterable[BoardLine], wanted: Mapping[str, object]) -> list[BoardLine]:
    """The lines that every filter lets through: a list of values for each, words of the name or the body
    under `text`, marks under `mark`."""
    text = str(wanted.get(TEXT) or "").casefold()
    values = {key: set(_sequence(wanted[key])) for key in _VALUES if wanted.get(key)}
    marks = [Mark(str(mark)) for mark in _sequence(wanted.get("mark") or ())]
    return [
        line
        for line in lines
        if all(_VALUES[key](line) in allowed for key, allowed in values.items())
        and (not marks or any(mark.holds(line) for mark in marks))
        and (not text or _says(line, text))
    ]


def _sequence(value: object) -> Sequence[object]:
    return tuple(value) if isinstance(value, list | tuple | set | frozenset) else (value,)


def _says(line: BoardLine, text: str) -> bool:
    if text in line.name.casefold() or text in line.body.casefold():
        return True
    if not text.isascii():
        return False
    return any(text in "".join(syllable[:1] for syllable in way) for way in spellings(line.name))
