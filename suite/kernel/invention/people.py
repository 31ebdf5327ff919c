"""Invented persons: names, resident numbers, telephone numbers, as a roster of Hebei would show them.

Nobody in them exists. Resident numbers are formally valid and unique over all rosters of one demonstration:
every roster draws from its own lanes of the sequence part, so two inventors never make the same number.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from random import Random
from typing import Final

from suite.contract.declarations import SampleRequest
from suite.kernel.clocks.spans import whole_years
from suite.kernel.invention import numbers, places
from suite.kernel.invention.names import han_name, name_of

_PARTIES: Final = ("民盟", "民建", "民进", "九三学社")
#: How many births are tried before a roster is told that its lanes are too few.
_TRIES: Final = 1000


@dataclass(frozen=True, kw_only=True)
class InventedPerson:
    """A person as a workbook shows one: titles, not code values."""

    name: str
    male: bool
    birth_date: dt.date
    ethnicity: str
    political_status: str
    id_number: str
    phone: str

    @property
    def sex(self) -> str:
        """男 or 女."""
        return "男" if self.male else "女"


class Inventor:
    """Draws one roster's people and numbers; the same request and roster give the same draw each time.

    `roster`: the kind's key. `lanes`: which tenths of the sequence part of resident numbers belong to this
    roster, so that rosters never share a number. Raises ValueError for a lane outside 0 to 9.
    """

    def __init__(self, request: SampleRequest, roster: str, lanes: Sequence[int] = (0,)) -> None:
        self.draw = Random(f"{request.seed}:{roster}")
        self._today = request.today
        self._name = f"{request.seed}:{roster}"
        self._places = places.Places(request)
        self._numbers = numbers.ResidentNumbers(lanes)
        self._codes: set[str] = set()

    def apart(self, *words: object) -> Inventor:
        """One for a matter of its own, whose draws shift no other's; both know the numbers handed out."""
        other = copy(self)
        other.draw = Random(":".join(map(str, (self._name, *words))))
        return other

    def pick(self, shares: Mapping[str, int]) -> str:
        """One of the keys, by its share."""
        return self.draw.choices(tuple(shares), tuple(shares.values()))[0]

    def chance(self, hundredths: float) -> bool:
        """True that many times in a hundred."""
        return self.draw.random() * 100 < hundredths

    def day(self, first: dt.date, last: dt.date) -> dt.date:
        """A day between two others, both included; the first where they are in the wrong order."""
        return first + dt.timedelta(days=self.draw.randrange(max(0, (last - first).days) + 1))

    def person(
        self, born: tuple[dt.date, dt.date], *, women: int = 45, members: int = 30, area: str | None = None
    ) -> InventedPerson:
        """Somebody born between two days.

        Of a hundred, `women` are women and `members` party members. `area`: the six digits that the
        resident number begins with; a statistics-only zone or None takes any of the city or the province.
        Raises ValueError when the lanes hold no further number for these days.
        """
        male = not self.chance(women)
        name, ethnicity = name_of(self.draw, male)
        for _ in range(_TRIES):
            birth = self.day(*born)
            began = places.birth_area(self.draw, area)
            number = self._numbers.take(began, birth, male, self.draw.randrange(1000))
            if number is not None:
                break
        else:
            raise ValueError(f"no resident number left between {born[0]} and {born[1]}")
        return InventedPerson(
            name=name,
            male=male,
            birth_date=birth,
            ethnicity=ethnicity,
            political_status=self._politics(whole_years(birth, self._today), members),
            id_number=number,
            phone=self.mobile(),
        )

    def _politics(self, age: int, members: int) -> str:
        drawn = self.draw.random() * 100 - members
        if drawn < 0:
            return "中共党员"
        if drawn < 3:
            return "预备党员" if age < 35 else "中共党员"
        if drawn < 6:
            return self.draw.choice(_PARTIES)
        return "共青团员" if age < 28 else "群众"

    def name(self, female: bool) -> str:
        """A name by itself: not a minority's, since nothing beside it tells the nationality."""
        return han_name(self.draw, not female)

    def mobile(self) -> str:
        """A mobile number that nobody has."""
        return numbers.mobile(self.draw)

    def landline(self) -> str:
        """An office telephone of the city that nobody has."""
        return numbers.landline(self.draw)

    def district(self) -> tuple[str, str]:
        """Code and short name of a district, by the work that is there."""
        return self._places.district(self.draw)

    def village(self, district: tuple[str, str]) -> str:
        """The twelve digits of a village or community in a district; empty where none is known."""
        return self._places.village(self.draw, district[0])

    def address(self, district: tuple[str, str]) -> str:
        """A house in a district of the city."""
        return places.address(self.draw, *district)

    def uscc(self, prefix: str, area: str) -> str:
        """A formally valid credit code: first two characters and registering area given."""
        while True:
            code = numbers.credit_code(self.draw, prefix, area)
            if code not in self._codes:
                self._codes.add(code)
                return code
