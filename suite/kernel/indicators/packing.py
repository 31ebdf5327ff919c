"""A frozen set as it is kept: packed parts by place and right, and a digest over all of them.

Canonical JSON (sorted keys, no spaces), deflated: 45,000 members take some hundred kilobytes. A snapshot
that is read back and packed again gives the same digest, bit for bit.
"""

from __future__ import annotations

import datetime as dt
import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from typing import Any

from suite.contract.indicators import IndicatorSet, Level, Nature, Target
from suite.kernel.indicators.board import BreakdownValue, PartReading, Switch
from suite.kernel.indicators.figures import FigureLine
from suite.kernel.indicators.frozen import (
    AS_IT_STANDS,
    Asked,
    Frozen,
    FrozenMember,
    FrozenPart,
    FrozenSide,
    FrozenValue,
    Told,
    counts_of,
    is_least,
)
from suite.kernel.indicators.reading import Reading
from suite.kernel.indicators.rules import State
from suite.loader.catalog import Catalog
from suite.tables.snapshots import VALUE

#: What a part is: the days, sets and names of districts.
HEAD = "head"
#: No part unpacks to more than this.
MOST_BYTES = 64 * 1_048_576
#: The place of a row that has none: kind → (id → association).
Associations = Mapping[str, Mapping[int, str | None]]


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part as it is kept."""

    what: str
    key: str
    profession: str
    district: str | None
    association: str | None
    content: bytes

    @property
    def sha256(self) -> str:
        """Of the packed bytes."""
        return sha256(self.content).hexdigest()


def digest_of(parts: Iterable[tuple[str, str, str | None, str | None, str]]) -> str:
    """SHA-256 over (what, key, district, association, SHA-256) of all parts, whatever their order."""
    told = sorted(tuple(word or "" for word in part) for part in parts)
    return sha256("\n".join("|".join(part) for part in told).encode()).hexdigest()


def pack(frozen: Frozen, associations: Associations) -> list[Part]:
    """A frozen set as parts: a number of a place each, and the rows by place and association, once for all
    numbers that they stand behind."""
    shelf = _Shelf(associations)
    numbers = []
    for value in frozen.values:
        numbers.append(_value_part(value, None, _value(value, shelf)))
        numbers += [
            _value_part(value, place, _reading(reading))
            for place, reading in value.by_district
            if place is not None
        ]
    head: dict[str, Any] = {
        "as_of": frozen.as_of.isoformat(),
        "set": _set(frozen.set),
        "districts": dict(frozen.district_names),
        "order": [value.key for value in frozen.values],
        # By which one who sees but some of the parts knows that there are more.
        "parts": 1 + len(numbers) + len(shelf.parts),
    }
    if frozen.asked != AS_IT_STANDS:
        head["asked"] = [frozen.asked.set, dict(frozen.asked.positions)]
    if frozen.judged_on is not None:
        head["judged_on"] = frozen.judged_on.isoformat()
    if frozen.zones is not None:
        head["zones"] = sorted(frozen.zones)
    first = Part(what=HEAD, key="", profession="core", district=None, association=None, content=_packed(head))
    return [first, *numbers, *shelf.parts]


def _value_part(value: FrozenValue, place: str | None, said: Any) -> Part:
    return Part(
        what=VALUE,
        key=value.key,
        profession=value.owner,
        district=place,
        association=None,
        content=_packed(said),
    )


class _Shelf:
    """The rows that were put away already, and under which name."""

    def __init__(self, associations: Associations) -> None:
        self._associations = associations
        self._names: dict[FrozenSide, str] = {}
        self.parts: list[Part] = []

    def put(self, side: FrozenSide) -> str:
        """The name of a side's rows."""
        if side not in self._names:
            name = self._names[side] = f"r{len(self._names) + 1}"
            owner = (side.kind or "").split(".", 1)[0]
            known = self._associations.get(side.what, {})
            lying: defaultdict[tuple[str | None, str | None], list[FrozenMember]] = defaultdict(list)
            for member in side.members:
                lying[member.district, known.get(member.id)].append(member)
            for (district, association), members in sorted(
                lying.items(), key=lambda pair: tuple(word or "" for word in pair[0])
            ):
                content = _packed(_rows(members))
                self.parts.append(
                    Part(
                        what=side.what,
                        key=name,
                        profession=owner,
                        district=district,
                        association=association,
                        content=content,
                    )
                )
        return self._names[side]


def _packed(said: Any) -> bytes:
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return zlib.compress(text.encode(), 6)


def unpacked(content: bytes) -> Any:
    """The JSON of a part. Raises ValueError for what is damaged or larger than any part."""
    engine = zlib.decompressobj()
    try:
        text = engine.decompress(content, MOST_BYTES)
    except zlib.error as error:
        raise ValueError("damaged") from error
    if engine.unconsumed_tail or not engine.eof:
        raise ValueError("too large or cut off")
    return json.loads(text)


def _number(number: int | Decimal | None) -> int | str | None:
    return str(number) if isinstance(number, Decimal) else number


def _fraction(value: Fraction | None) -> str | None:
    return None if value is None else f"{value.numerator}/{value.denominator}"


def _reading(reading: Reading) -> list[Any]:
    return [_fraction(reading.value), _number(reading.numerator), _number(reading.denominator)]


def _rows(members: Sequence[FrozenMember]) -> dict[str, Any]:
    """Column by column, which packs better: the attributes of each row by the number of their meaning."""
    meanings: dict[tuple[Told, ...], int] = {}
    return {
        "id": [member.id for member in members],
        "name": [member.name for member in members],
        "told": [meanings.setdefault(member.told, len(meanings)) for member in members],
        "meant": [[[item.title, item.value, item.words] for item in told] for told in meanings],
    }


def _places(members: Sequence[FrozenMember]) -> dict[str, Any]:
    return _rows(members) | {"district": [member.district for member in members]}


def _side(side: FrozenSide | None, shelf: _Shelf) -> Any:
    if side is None:
        return None
    return {
        "title": side.title,
        "kind": side.kind,
        "what": side.what,
        "unit": side.unit,
        "rows": shelf.put(side) if side.kind else None,
        # Places, and several kinds together, are no rows of one kind that a right of its own opens.
        "places": None if side.kind or not side.members else _places(side.members),
        "figures": [
            [line.period, line.district, str(line.value), line.source, line.note] for line in side.figures
        ],
    }


def _set(found: IndicatorSet | None) -> Any:
    if found is None:
        return None
    days = [found.first.isoformat(), found.last.isoformat()]
    return [found.key, found.title, found.source, *days]


def _target(target: Target | None) -> Any:
    if target is None:
        return None
    return {
        "set": target.set,
        "no": target.no,
        "value": str(target.value),
        "year": target.year,
        "article": target.article,
        "level": target.level,
        "nature": target.nature,
        "baseline": None if target.baseline is None else str(target.baseline),
        "tolerance": target.tolerance,
        "strict": target.strict,
    }


def _value(value: FrozenValue, shelf: _Shelf) -> dict[str, Any]:
    nowhere = [_reading(reading) for place, reading in value.by_district if place is None]
    return {
        "title": value.title,
        "unit": value.unit,
        "direction": value.direction,
        "help": value.help,
        "definition": value.definition,
        "target": _target(value.target),
        "state": value.state,
        "whole": _reading(value.whole),
        "deciding": value.deciding,
        "formula": value.formula,
        "switches": [
            [switch.key, switch.title, switch.value, *(() if switch.words is None else (switch.words,))]
            for switch in value.switches
        ],
        "notes": list(value.notes),
        "nowhere": nowhere,
        "parts": [
            {
                "title": part.title,
                "state": part.state,
                "whole": _reading(part.whole),
                "above": _side(part.above, shelf),
                "below": _side(part.below, shelf),
                **({} if part.target is None else {"target": str(part.target)}),
                **({} if part.unit is None else {"unit": part.unit}),
            }
            for part in value.parts
        ],
        "breakdowns": [
            [item.title, [[part.name, part.state, _reading(part.reading)] for part in item.parts]]
            for item in value.breakdowns
        ],
        # A snapshot of before was judged without one, and stays as it was.
        **({} if value.pace is None else {"pace": _fraction(value.pace)}),
    }


# Reading back.


def asked_of(said: Any) -> Asked:
    """What was chosen when the set was frozen."""
    found = said.get("asked")
    return AS_IT_STANDS if found is None else Asked(set=found[0], positions=found[1])


def judged_of(said: Any) -> dt.date | None:
    """The day by which returns were overdue; snapshots of before kept none."""
    found = said.get("judged_on")
    return None if found is None else dt.date.fromisoformat(found)


def zones_of(said: Any) -> frozenset[str] | None:
    """The districts that were no 县（市、区）; snapshots of before kept none."""
    found = said.get("zones")
    return None if found is None else frozenset(found)


def head_of(said: Any) -> tuple[dt.date, IndicatorSet | None, dict[str, str], list[str]]:
    """Day, set, names of districts, and the order of the indicators."""
    found = said["set"]
    indicator_set = None
    if found is not None:
        key, title, source, first, last = found
        indicator_set = IndicatorSet(
            key=key,
            title=title,
            source=source,
            first=dt.date.fromisoformat(first),
            last=dt.date.fromisoformat(last),
        )
    return dt.date.fromisoformat(said["as_of"]), indicator_set, said["districts"], said["order"]


def reading_of(said: Sequence[Any]) -> Reading:
    """A reading as it was."""
    value, above, below = said
    return Reading(
        value=None if value is None else Fraction(value), numerator=_of(above), denominator=_of(below)
    )


def _of(number: int | str | None) -> int | Decimal | None:
    return Decimal(number) if isinstance(number, str) else number


def _state(word: str | None) -> State | None:
    return None if word is None else State(word)


def target_of(said: Any) -> Target | None:
    """A target as it was."""
    if said is None:
        return None
    return Target(
        set=said["set"],
        no=said["no"],
        value=Decimal(said["value"]),
        year=said["year"],
        article=said["article"],
        level=None if said["level"] is None else Level(said["level"]),
        nature=None if said["nature"] is None else Nature(said["nature"]),
        baseline=None if said["baseline"] is None else Decimal(said["baseline"]),
        tolerance=said["tolerance"],
        strict=said["strict"],
    )


def members_of(said: Any, district: str | None) -> tuple[FrozenMember, ...]:
    """The rows of one part, all in one district; those of places say each its own."""
    meant = [tuple(_told_of(told)) for told in said["meant"]]
    districts = said.get("district", [district] * len(said["id"]))
    return tuple(
        FrozenMember(id=number, name=name, district=where, told=meant[place])
        for number, name, place, where in zip(said["id"], said["name"], said["told"], districts, strict=True)
    )


def _told_of(said: Sequence[Sequence[str]]) -> Iterator[Told]:
    """What was told of a row. Snapshots of before told how much each entry counts by the name of a column,
    as the database had it, also where entries are counted."""
    for title, value, words in said:
        if title != "amount":
            yield Told(title, value, words)
        elif (amount := Decimal(value).normalize()) != 1:
            yield counts_of(amount)


def _switch(said: Any, catalog: Catalog) -> Switch:
    """A switch as it stood. Snapshots of before kept no words: then those of today, where it is declared."""
    key, title, value, *words = said
    declared = catalog.parameters.get(key)
    if not words and declared is not None:
        words = [declared.words(value)]
    return Switch(key=key, title=title, value=value, words=words[0] if words else None)


def value_of(
    key: str,
    said: Any,
    districts: Sequence[tuple[str, Reading]],
    rows: Mapping[str, tuple[FrozenMember, ...]],
    catalog: Catalog,
) -> FrozenValue:
    """An indicator as it was, with the rows that were read back with it; what kept no words has today's."""

    def side(found: Any) -> FrozenSide:
        places = found.get("places")  # a snapshot of before has none
        return FrozenSide(
            title=found["title"],
            kind=found["kind"],
            what=found["what"],
            unit=found["unit"],
            members=members_of(places, None) if places else rows.get(found["rows"] or "", ()),
            figures=tuple(
                FigureLine(period=period, district=place, value=Decimal(value), source=source, note=note)
                for period, place, value, source, note in found["figures"]
            ),
        )

    return FrozenValue(
        key=key,
        title=said["title"],
        unit=said["unit"],
        direction=said["direction"],
        help=said["help"],
        definition=said["definition"],
        target=target_of(said["target"]),
        state=_state(said["state"]),
        whole=reading_of(said["whole"]),
        deciding=said["deciding"],
        formula=said["formula"],
        switches=tuple(_switch(kept, catalog) for kept in said["switches"]),
        notes=tuple(said["notes"]),
        pace=Fraction(said["pace"]) if "pace" in said else None,
        by_district=(*districts, *((None, reading_of(reading)) for reading in said["nowhere"])),
        parts=tuple(
            FrozenPart(
                title=part["title"],
                state=_state(part["state"]),
                whole=reading_of(part["whole"]),
                above=side(part["above"]),
                below=None if part["below"] is None else side(part["below"]),
                target=Decimal(part["target"]) if "target" in part else None,
                unit=part.get("unit"),
                least=is_least(catalog.indicators.get(key), place),
            )
            for place, part in enumerate(said["parts"])
        ),
        breakdowns=tuple(
            BreakdownValue(
                title=title,
                parts=tuple(
                    PartReading(name=name, state=_state(state), reading=reading_of(reading))
                    for name, state, reading in parts
                ),
            )
            for title, parts in said["breakdowns"]
        ),
    )
