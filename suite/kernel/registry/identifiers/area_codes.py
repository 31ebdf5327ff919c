"""统计用区划代码: structure of 6, 9 and 12 digits, and the parent of each.

Six digits are GB/T 2260 (province 2, city 2, county 2); nine add the township; twelve add the village
and are the form in which the statistics bureau publishes. Shorter units are padded with zeros there
(130102001000 is the township 130102001).
"""

from __future__ import annotations

from collections.abc import Container
from enum import StrEnum

from suite.kernel.registry.identifiers.verdict import Verdict, error, is_digits, judge, normalise, warning


class AreaLevel(StrEnum):
    """What kind of unit a code names."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"


_LENGTHS = {
    AreaLevel.PROVINCE: 2,
    AreaLevel.CITY: 4,
    AreaLevel.COUNTY: 6,
    AreaLevel.TOWNSHIP: 9,
    AreaLevel.VILLAGE: 12,
}


def check_area_code(text: str, *, known: Container[str] | None = None) -> Verdict:
    """Check the structure of a code; `known` (in short form) warns about codes that are not in the table.

    Codes change every year, so a well-formed unknown code is never refused.
    """
    code = normalise(text)
    if not code:
        return judge(text, code, [error("empty", "没有填区划代码，请填写 6、9 或 12 位代码。")])
    if not is_digits(code):
        return judge(
            text, code, [error("area_characters", "区划代码只由数字组成，现含有别的字符，请对照区划表更正。")]
        )
    if len(code) not in (6, 9, 12):
        return judge(
            text,
            code,
            [error("area_length", f"区划代码应为 6、9 或 12 位，现为 {len(code)} 位，请对照区划表更正。")],
        )
    if level_of(code) is None:
        return judge(
            text, code, [error("area_structure", f"区划代码“{code}”上级各段不能为零，请对照区划表更正。")]
        )
    if known is not None and short_form(code) not in known:
        return judge(
            text,
            code,
            [
                warning(
                    "area_unknown",
                    f"区划表中没有代码“{code}”，可能是新增或已撤并的单位，请核对或更新区划表。",
                )
            ],
        )
    return judge(text, code)


def level_of(code: str) -> AreaLevel | None:
    """The level of a code in short or padded form; None where a part above the unit is zero."""
    if not is_digits(code) or len(code) not in (6, 9, 12):
        return None
    padded = code.ljust(12, "0")
    parts = (padded[:2], padded[2:4], padded[4:6], padded[6:9], padded[9:])
    filled = [int(part) > 0 for part in parts]
    depth = sum(filled)
    # A unit has all its upper parts; 130100001 (a township of no county) is no code.
    return list(AreaLevel)[depth - 1] if depth and all(filled[:depth]) else None


def short_form(code: str) -> str:
    """The code without the padding of the statistics form: six digits down to the county, then 9 and 12."""
    level = level_of(code)
    if level is None:
        raise ValueError(f"not an area code: {code!r}")
    return code[: max(6, _LENGTHS[level])]


def long_form(code: str) -> str:
    """The twelve-digit statistics form."""
    if level_of(code) is None:
        raise ValueError(f"not an area code: {code!r}")
    return code.ljust(12, "0")


def parent_of(code: str) -> str | None:
    """The code of the unit above: short for a short code, twelve digits for twelve; None above a province."""
    level = level_of(code)
    if level is None:
        raise ValueError(f"not an area code: {code!r}")
    if level is AreaLevel.PROVINCE:
        return None
    levels = list(AreaLevel)
    above = levels[levels.index(level) - 1]
    parent = code[: _LENGTHS[above]]
    if len(code) == 12:
        return parent.ljust(12, "0")
    return parent.ljust(6, "0")


def township_kind(code: str) -> str | None:
    """街道, 镇, 乡 or 类似乡级单位, from digits 7-9 of a township or village code; None above them."""
    if level_of(code) not in (AreaLevel.TOWNSHIP, AreaLevel.VILLAGE):
        return None
    number = int(code[6:9])
    bounds = ((99, "街道"), (199, "镇"), (399, "乡"), (599, "类似乡级单位"))
    return next((kind for top, kind in bounds if number <= top), None)


def village_kind(code: str) -> str | None:
    """居委会, 村委会 or what is like them, from digits 10-12 of a village code; None above villages."""
    if level_of(code) is not AreaLevel.VILLAGE:
        return None
    number = int(code[9:12])
    bounds = ((199, "居委会"), (399, "村委会"), (499, "类似居委会"), (599, "类似村委会"))
    return next((kind for top, kind in bounds if number <= top), None)
