"""Invented persons: names, resident numbers, telephone numbers, as a roster of Hebei would show them.

Resident numbers are formally valid and unique over all rosters of one demonstration: every roster draws
from its own lanes of the sequence part, so two inventors never make the same number.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from suite.kernel.registry.identifiers.resident import check_digit
from suite.kernel.registry.identifiers.uscc import ALPHABET, body_code_character, check_character

#: Surnames by their share in the north of Hebei province, per thousand.
_SURNAMES: Final = {
    "王": 96, "李": 92, "张": 92, "刘": 77, "赵": 52, "杨": 32, "陈": 26, "孙": 24, "郭": 24, "高": 23,
    "马": 22, "韩": 17, "吴": 14, "杜": 14, "宋": 14, "周": 13, "崔": 13, "曹": 13, "贾": 13, "许": 12,
    "郝": 12, "梁": 11, "田": 11, "冯": 11, "魏": 11, "武": 10, "胡": 10, "董": 10, "安": 9, "任": 9,
    "康": 9, "薛": 8, "侯": 8, "白": 8, "史": 8, "闫": 8, "谷": 7, "石": 7, "苏": 7, "范": 7, "焦": 7,
    "封": 6, "甄": 6, "耿": 6, "底": 5, "靳": 5, "齐": 5, "彭": 5, "仇": 4, "聂": 4, "路": 4, "米": 4,
    "尹": 4, "智": 3, "戎": 3, "敦": 2, "欧阳": 2, "司马": 1, "上官": 1,
}  # fmt: skip
_MALE: Final = "建国军强志伟明海峰军平勇刚永辉立新振华学文彦斌少杰文涛宏亮占京瑞浩宇泽晨子轩景旭东凯鹏飞"
_FEMALE: Final = "丽娟秀英淑敏桂兰红霞艳玲玉梅雪静晓燕春花彦荣惠芳倩颖雅琳思雨欣怡梦佳美婷婧瑶素琴洁"
_BOTH: Final = "文华玉林春晓云平青宁海清彦立新金永世兴"
#: Nationalities met in the city, per thousand.
_PEOPLES: Final = {"汉族": 965, "满族": 14, "回族": 15, "蒙古族": 4, "壮族": 1, "苗族": 1}
_MOBILE: Final = (
    "130", "131", "133", "135", "136", "137", "138", "139", "150", "151", "152", "155", "156", "158", "159",
    "177", "178", "180", "182", "183", "185", "186", "187", "188", "189", "199",
)  # fmt: skip
#: District codes that resident numbers carry: those of GB/T 2260 only.
_AREAS: Final = (
    "130102", "130104", "130105", "130107", "130108", "130109", "130110", "130111", "130121", "130123",
    "130125", "130126", "130127", "130128", "130129", "130130", "130131", "130132", "130133", "130181",
    "130183", "130184",
)  # fmt: skip
_ROADS: Final = (
    "建设大街", "裕华路", "中华大街", "和平路", "槐安路", "友谊大街", "新石路", "府前街", "育才街", "兴凯路",
)  # fmt: skip
_LANES: Final = 10
_LANE_WIDTH: Final = 1000 // _LANES


@dataclass(frozen=True, kw_only=True)
class InventedPerson:
    """A person as a workbook shows one: titles, not code values."""

    name: str
    sex: str
    birth_date: dt.date
    ethnicity: str
    political_status: str
    id_number: str
    phone: str


class Inventor:
    """Draws one roster's people and numbers.

    `seed` and `roster` (the kind's key) give the same draw each time. `lanes`: which tenths of the
    sequence part of resident numbers belong to this roster, so that rosters never share a number.
    """

    def __init__(self, seed: int, roster: str, lanes: Sequence[int] = (0,)) -> None:
        if not lanes or not all(0 <= lane < _LANES for lane in lanes):
            raise ValueError(f"lanes lie between 0 and {_LANES - 1}: {lanes!r}")
        self.draw = random.Random(f"{seed}:{roster}")
        self._lanes = tuple(lanes)
        self._numbers: set[str] = set()
        self._codes: set[str] = set()

    def pick(self, shares: dict[str, int]) -> str:
        """One of the keys, by its share."""
        return self.draw.choices(tuple(shares), tuple(shares.values()))[0]

    def chance(self, hundredths: int) -> bool:
        """True that many times in a hundred."""
        return self.draw.randrange(100) < hundredths

    def day(self, first: dt.date, last: dt.date) -> dt.date:
        """A day between two others, both included; the first where they are in the wrong order."""
        return first + dt.timedelta(days=self.draw.randrange(max(0, (last - first).days) + 1))

    def person(
        self, born: tuple[dt.date, dt.date], *, women: int = 45, members: int = 30, area: str | None = None
    ) -> InventedPerson:
        """Somebody born between two days.

        Of a hundred, `women` are women and `members` party members. `area`: the six digits that the
        resident number begins with; a statistics-only zone or None takes any of the city.
        """
        female = self.chance(women)
        while True:
            birth = self.day(*born)
            number = self._resident(birth, female, area if area in _AREAS else self.draw.choice(_AREAS))
            if number not in self._numbers:
                break
        self._numbers.add(number)
        return InventedPerson(
            name=self.name(female),
            sex="女" if female else "男",
            birth_date=birth,
            ethnicity=self.pick(_PEOPLES),
            political_status=self.pick({"中共党员": members, "群众": max(1, 94 - members), "民主党派": 6}),
            id_number=number,
            phone=self.mobile(),
        )

    def name(self, female: bool) -> str:
        """A name of two or three characters."""
        own = _FEMALE if female else _MALE
        given = self.draw.choice(own)
        if self.chance(82):
            given = self.draw.choice(_BOTH if self.chance(45) else own) + given
        return self.pick(_SURNAMES) + given

    def _resident(self, birth: dt.date, female: bool, area: str) -> str:
        lane = self.draw.choice(self._lanes) * _LANE_WIDTH
        sequence = lane + self.draw.randrange(_LANE_WIDTH // 2) * 2 + (0 if female else 1)
        first = f"{area}{birth:%Y%m%d}{sequence:03d}"
        return first + check_digit(first)

    def mobile(self) -> str:
        """A mobile number."""
        return f"{self.draw.choice(_MOBILE)}{self.draw.randrange(10**8):08d}"

    def landline(self) -> str:
        """An office telephone of the city."""
        return f"0311-8{self.draw.randrange(10**7):07d}"

    def address(self, district: str) -> str:
        """A house in a district of the city."""
        return f"石家庄市{district}{self.draw.choice(_ROADS)}{self.draw.randrange(1, 400)}号"

    def uscc(self, prefix: str, area: str) -> str:
        """A formally valid credit code: first two characters and registering area given."""
        while True:
            body = "MD" + "".join(self.draw.choices(ALPHABET[:10], k=6))
            first = f"{prefix}{area}{body}{body_code_character(body)}"
            code = first + check_character(first)
            if code not in self._codes:
                self._codes.add(code)
                return code
