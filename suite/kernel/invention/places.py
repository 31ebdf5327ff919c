"""Where invented people and bodies are: districts by population, streets, area codes of numbers."""

from __future__ import annotations

from functools import cached_property
from itertools import accumulate
from random import Random
from typing import Final

from suite.contract.declarations import SampleRequest

# Resident population of 2020 in thousands (七普公报); a district that is not named counts as a small one.
_POPULATION: Final = {
    "130102": 1060, "130104": 980, "130105": 802, "130107": 77, "130108": 771, "130109": 741, "130110": 588,
    "130111": 379, "130121": 251, "130123": 549, "130125": 377, "130126": 309, "130127": 178, "130128": 216,
    "130129": 243, "130130": 451, "130131": 423, "130132": 393, "130133": 505, "130171": 305, "130172": 56,
    "130181": 595, "130183": 508, "130184": 479,
}  # fmt: skip
#: Legal services sit where the courts and the companies are.
_INNER_CITY: Final = frozenset({"130102", "130104", "130105", "130108"})
_INNER_CITY_FACTOR: Final = 3
#: Zones of the statistics have no place in GB/T 2260, so no resident number begins with them.
_ZONES: Final = frozenset({"130171", "130172"})
_BIRTH_AREAS: Final = tuple(code for code in _POPULATION if code not in _ZONES)
#: Other counties of Hebei in which people now here were born.
_ELSEWHERE: Final = (
    "130202", "130203", "130302", "130403", "130427", "130502", "130528", "130602", "130681", "130702",
    "130802", "130902", "130983", "131002", "131102", "131182",
)  # fmt: skip
_CITY_ROADS: Final = (
    "中山东路", "中山西路", "裕华东路", "裕华西路", "和平东路", "和平西路", "建设南大街", "建设北大街",
    "体育南大街",
    "中华南大街", "平安北大街", "槐安东路", "槐安西路", "新石北路", "红旗大街", "谈固东街", "广安大街",
    "翟营大街",
)  # fmt: skip
_COUNTY_ROADS: Final = (
    "府前街",
    "人民路",
    "中心大街",
    "兴华街",
    "建设路",
    "振兴路",
    "新开街",
    "文化路",
    "迎宾大道",
)


class Places:
    """Draws districts, addresses and area codes for one request."""

    def __init__(self, request: SampleRequest) -> None:
        self._districts = tuple(request.districts)
        self._weights = tuple(
            accumulate(
                _POPULATION.get(code, 50) * (_INNER_CITY_FACTOR if code in _INNER_CITY else 1)
                for code, _ in self._districts
            )
        )
        self._request = request

    @cached_property
    def _villages(self) -> dict[str, list[str]]:
        villages: dict[str, list[str]] = {}
        for code, _, _, district in self._request.villages:
            villages.setdefault(district, []).append(code)
        return villages

    def district(self, draw: Random) -> tuple[str, str]:
        """Code and short name of a district, by the work that is there."""
        return draw.choices(self._districts, cum_weights=self._weights)[0]

    def village(self, draw: Random, code: str) -> str:
        """The twelve digits of a village or community in a district; empty where none is known."""
        known = self._villages.get(code)
        return draw.choice(known) if known else ""


def birth_area(draw: Random, wanted: str | None) -> str:
    """The first six digits of a resident number: those wanted, unless no number carries them."""
    if wanted is not None and wanted not in _ZONES:
        return wanted
    return draw.choice(_BIRTH_AREAS if draw.random() < 0.75 else _ELSEWHERE)


def address(draw: Random, code: str, name: str) -> str:
    """A street and a number in a district."""
    road = draw.choice(_CITY_ROADS if code in _INNER_CITY else _COUNTY_ROADS)
    room = draw.choice(("", f"{draw.randint(2, 28)}层", "商务楼"))
    return f"石家庄市{name}{road}{draw.randint(1, 400)}号{room}"
