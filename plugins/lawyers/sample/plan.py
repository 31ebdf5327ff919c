"""How many of everything: shares of the profession, sizes and forms of firms, units with their lawyers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from random import Random

from plugins.lawyers.sample.people import working_day
from suite.api import Inventor, SampleRequest, trade_name

#: Lawyers and trainees among all practitioners that a bureau keeps, and trainees among these.
LAWYERS_SHARE = 8564 / 45_217
TRAINEES_SHARE = 0.04
LAWYERS_PER_FIRM = 17
#: Tenths of the sequence part of resident numbers that belong to the roster of lawyers.
LANES = (0,)
BRANCHES_PER_FIRM = 0.05
# 全国律师 2022, of lawyers outside firms; the rest practise in firms.
GOVERNMENT_SHARE, IN_HOUSE_SHARE, LEGAL_AID_SHARE, MILITARY_SHARE = 0.1473, 0.046, 0.012, 0.0023
# 律所规模 2022: bounds and share in 0.01 %.
_SIZES = ((1, 10), (11, 20), (21, 50), (51, 100), (101, 180))
_SIZE_WEIGHTS = tuple(accumulate((6550, 2074, 1044, 203, 129)))
_LEAST = {"普通合伙": 3, "特殊的普通合伙": 20, "个人": 1, "国家出资": 2}

_CITY_ORGANS = (
    "公安局", "民政局", "财政局", "人力资源和社会保障局", "自然资源和规划局", "生态环境局",
    "住房和城乡建设局",
    "城市管理综合行政执法局", "交通运输局", "水利局", "农业农村局", "商务局", "卫生健康委员会",
    "退役军人事务局",
    "应急管理局", "审计局", "市场监督管理局", "统计局", "医疗保障局", "行政审批局", "信访局", "司法局",
)  # fmt: skip
_COUNTY_ORGANS = (
    "公安局", "财政局", "人力资源和社会保障局", "自然资源和规划局", "住房和城乡建设局", "教育局",
    "农业农村局",
    "卫生健康局", "应急管理局", "审计局", "市场监督管理局", "行政审批局", "信访局", "司法局",
)  # fmt: skip
_TRADES = (
    "能源投资",
    "建设工程",
    "交通发展",
    "水务",
    "医药",
    "城市更新",
    "粮食储备",
    "轨道装备",
    "数字科技",
    "文旅",
)


@dataclass(kw_only=True)
class Firm:
    """An invented firm and the places of its lawyers in the roster."""

    place: int
    name: str
    uscc: str
    form: str
    district: tuple[str, str]
    founded: dt.date
    size: int
    first_lawyer: int = 0

    @property
    def partners(self) -> int:
        """How many of its lawyers are partners, the head among them."""
        if self.form == "国家出资":
            return 0
        if self.form == "个人":
            return 1
        return min(self.size, max(_LEAST[self.form], self.size * 3 // 10))


@dataclass(frozen=True, kw_only=True)
class Branch:
    """An invented branch; its parent is one of our firms or a firm elsewhere."""

    place: int
    name: str
    uscc: str
    parent: str
    province: str
    local_parent: str
    district: tuple[str, str]
    founded: dt.date
    size: int
    first_lawyer: int


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A unit that employs lawyers."""

    name: str
    uscc: str
    kind: str
    level: str
    district: tuple[str, str]
    category: str
    size: int
    first_lawyer: int


@dataclass(frozen=True, kw_only=True)
class Organ:
    """An organ without lawyers of its own; `shared`: it uses those of its system, as approved."""

    name: str
    uscc: str
    kind: str
    level: str
    district: tuple[str, str]
    shared: bool


class Plan:
    """The bodies of one request. Heads and lawyers follow from their places, so nothing is drawn twice."""

    def __init__(self, request: SampleRequest) -> None:
        self.request = request
        self._inventor = self.inventor()
        whole = round(request.practitioners * LAWYERS_SHARE)
        self.trainees = round(whole * TRAINEES_SHARE)
        self.lawyers = whole - self.trainees
        self.military = round(self.lawyers * MILITARY_SHARE)
        self._outside = {
            "公职律师": round(self.lawyers * GOVERNMENT_SHARE),
            "公司律师": round(self.lawyers * IN_HOUSE_SHARE),
            "法律援助律师": round(self.lawyers * LEGAL_AID_SHARE),
        }
        self._in_firms = self.lawyers - self.military - sum(self._outside.values())

    def inventor(self) -> Inventor:
        """The inventor of the roster of lawyers, which has handed out no number yet."""
        return Inventor(self.request, "lawyers.lawyer", LANES)

    def apart(self, *words: object) -> Inventor:
        """A source of chance of its own for each matter, so that one never shifts another."""
        return self._inventor.apart(*words)

    @cached_property
    def _firms_and_branches(self) -> tuple[list[Firm], list[Branch]]:
        count = max(1, round(self.lawyers / LAWYERS_PER_FIRM)) if self._in_firms else 0
        inventor = self.apart("firms")
        firms = [self._firm(inventor, place) for place in range(count)]
        drawn = [inventor.draw.randint(3, 9) for _ in range(int(count * BRANCHES_PER_FIRM))]
        fit_sizes(firms, self._in_firms - sum(drawn))
        place = 0
        for firm in firms:
            firm.first_lawyer = place
            place += firm.size
        branches = []
        parents = [firm for firm in firms if firm.size >= 20]
        for number, size in enumerate(drawn):
            branches.append(self._branch(inventor, number, size, place, parents))
            place += size
        return firms, branches

    @property
    def firms(self) -> list[Firm]:
        """The law firms."""
        return self._firms_and_branches[0]

    @property
    def branches(self) -> list[Branch]:
        """The branches."""
        return self._firms_and_branches[1]

    def _firm(self, inventor: Inventor, place: int) -> Firm:
        rng = inventor.draw
        low, high = rng.choices(_SIZES, cum_weights=_SIZE_WEIGHTS)[0]
        size = rng.randint(low, high)
        today = self.request.today
        return Firm(
            place=place,
            name=f"河北{trade_name(place)}律师事务所",
            uscc=inventor.uscc("31", "130000"),
            form=_form(rng, size),
            district=inventor.district(),
            founded=working_day(inventor.day(dt.date(1995, 3, 1), today - dt.timedelta(days=400))),
            size=size,
        )

    def _branch(self, inventor: Inventor, number: int, size: int, place: int, parents: list[Firm]) -> Branch:
        rng = inventor.draw
        district = inventor.district()
        local = parents.pop(rng.randrange(len(parents))) if parents and rng.random() < 0.3 else None
        where = rng.choice((("北京", "北京市"), ("上海", "上海市"), ("天津", "天津市"), ("山东", "山东省")))
        parent = local.name if local else f"{where[0]}{trade_name(number + 577)}律师事务所"
        seat = district[1] if local else "石家庄"
        return Branch(
            place=number,
            name=f"{parent}{seat}分所",
            uscc=inventor.uscc("31", "130000"),
            parent=parent,
            province="河北省" if local else where[1],
            local_parent=local.name if local else "",
            district=district,
            founded=working_day(
                inventor.day(dt.date(2006, 5, 8), self.request.today - dt.timedelta(days=200))
            ),
            size=size,
            first_lawyer=place,
        )

    @cached_property
    def units(self) -> list[Unit]:
        """The units with lawyers of their own; a unit has one to six, more where organs run out."""
        inventor = self.apart("units")
        rng = inventor.draw
        organs = [(f"石家庄市{name}", "市级", inventor.district()) for name in _CITY_ORGANS]
        organs += [
            (f"{district[1]}{name}", "县级", district)
            for district in self.request.districts
            for name in _COUNTY_ORGANS
        ]
        rng.shuffle(organs)
        centres = [(f"{district[1]}法律援助中心", "县级", district) for district in self.request.districts]
        companies = self._outside["公司律师"] // 3 + 1
        firms = [
            (f"河北{trade_name(place)}{rng.choice(_TRADES)}集团有限公司", "市级", inventor.district())
            for place in range(companies)
        ]
        units: list[Unit] = []
        place = self._in_firms
        for category, known in (("公职律师", organs), ("公司律师", firms), ("法律援助律师", centres)):
            for (name, level, district), size in _shared_out(rng, known, self._outside[category]):
                prefix = {
                    "公职律师": ("11", district[0]),
                    "公司律师": ("91", "130100"),
                    "法律援助律师": ("12", district[0]),
                }
                kind = {"公职律师": "行政机关", "公司律师": "国有企业", "法律援助律师": "法律援助机构"}
                units.append(
                    Unit(
                        name=name,
                        uscc=inventor.uscc(*prefix[category]),
                        kind=kind[category],
                        level=level,
                        district=district,
                        category=category,
                        size=size,
                        first_lawyer=place,
                    )
                )
                place += size
        return units

    @cached_property
    def organs(self) -> list[Organ]:
        """Organs without government lawyers of their own: of the counties, and of a few townships."""
        inventor = self.apart("organs without lawyers")
        towns: dict[str, list[str]] = {}
        for _, _, township, code in self.request.villages:
            known = towns.setdefault(code, [])
            if township not in known:
                known.append(township)
        found = []
        for district in self.request.districts:
            code, name = district
            found.append(self._organ(inventor, f"中共{name}委员会办公室", "党委机关", "县级", district))
            found.append(self._organ(inventor, f"{name}人民政府办公室", "行政机关", "县级", district))
            for town in inventor.draw.sample(towns.get(code, []), min(2, len(towns.get(code, [])))):
                found.append(self._organ(inventor, f"{name}{town}人民政府", "行政机关", "乡级", district))
        return found

    @staticmethod
    def _organ(inventor: Inventor, name: str, kind: str, level: str, district: tuple[str, str]) -> Organ:
        return Organ(
            name=name.replace("街道办事处人民政府", "街道办事处"),
            uscc=inventor.uscc("11", district[0]),
            kind=kind,
            level=level,
            district=district,
            shared=inventor.chance(70),
        )


def _form(rng: Random, size: int) -> str:
    draw = rng.random()
    if size <= 10 and (size < 3 or draw < 0.36):
        return "国家出资" if size > 1 and draw < 0.025 else "个人"
    return "特殊的普通合伙" if size >= 40 and draw < 0.2 else "普通合伙"


def fit_sizes(firms: list[Firm], total: int) -> None:
    """Scale the sizes so that they add up to `total`, with the least that each form asks for.

    Where even the least is too much (very small demonstrations), partnerships become sole firms.
    """
    drawn = sum(firm.size for firm in firms)
    for firm in firms:
        firm.size = max(_LEAST[firm.form], firm.size * total // max(1, drawn))
    while (left := total - sum(firm.size for firm in firms)) != 0:
        if left > 0:
            for firm in sorted(firms, key=lambda item: -item.size)[:left]:
                firm.size += 1
            continue
        large = [firm for firm in firms if firm.size > _LEAST[firm.form]]
        if not large:
            for firm in firms:
                firm.form = "个人"
            large = [firm for firm in firms if firm.size > 1]
            if not large:
                firms.pop()
                continue
        for firm in large[:-left]:
            firm.size -= 1


def _shared_out(
    rng: Random, known: list[tuple[str, str, tuple[str, str]]], total: int
) -> list[tuple[tuple[str, str, tuple[str, str]], int]]:
    """Units and how many lawyers each has, `total` in all; the units in front are filled first."""
    sizes: list[int] = []
    while sum(sizes) < total and len(sizes) < len(known):
        sizes.append(min(rng.randint(1, 6), total - sum(sizes)))
    for extra in range(total - sum(sizes)):
        sizes[extra % len(sizes)] += 1
    return list(zip(known, sizes, strict=False))
