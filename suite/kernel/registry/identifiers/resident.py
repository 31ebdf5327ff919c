"""公民身份号码 (GB 11643-1999) and the residence documents that share its structure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Mapping
from types import MappingProxyType
from typing import Literal

from suite.kernel.registry.identifiers.verdict import (
    Reason,
    Verdict,
    error,
    is_digits,
    judge,
    normalise,
    notice,
    warning,
)

Sex = Literal["male", "female"]

_CHECKS = "10X98765432"
OLDEST = 130
"""The age in years beyond which a birth date is taken for a slip."""
RESIDENCE_AREAS: Mapping[str, str] = MappingProxyType(
    {"810000": "港澳居民居住证", "820000": "港澳居民居住证", "830000": "台湾居民居住证"}
)
"""First six digits of residence permits → the document's name."""
PROVINCES = frozenset(
    str(number)
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
    for number in range(first, last + 1)
)
"""First two digits in use (GB/T 2260), with those of the residence permits."""


def check_digit(first_17: str) -> str:
    """The 18th character that belongs to 17 digits (Σ ai·Wi mod 11).

    The weights are powers of two modulo 11, from 2^17 down to 2; 13 is 2 modulo 11, so that the digits read
    as a number of base 13 are the sum but for its last factor.
    """
    return _CHECKS[2 * int(first_17, 13) % 11]


def check_resident(
    text: str,
    *,
    today: dt.date | None = None,
    areas: Container[str] | None = None,
    sex: Sex | None = None,
    birth_date: dt.date | None = None,
) -> Verdict:
    """Check a resident identity number; 15 digits are accepted and become 18.

    `today` is the business date by which a birth lies in the future or too far back; without it these
    two are not judged. `areas`: known six-digit area codes; an old code outside them only warns.
    `sex`, `birth_date`: what the record says; a difference warns, since either may be wrong.
    """
    code = normalise(text)
    if not code:
        return judge(text, code, [error("empty", "没有填身份证号，请按证件填写 18 位号码。")])
    if len(code) == 15 and is_digits(code):
        old = code[:6] + "19" + code[6:]
        long = old + check_digit(old)
        told = notice(
            "id_old_15", f"这是 15 位旧号码，已换算为 18 位“{mask_resident(long)}”，请用新证件核对。"
        )
        return judge(text, long, [told, *_content(long, today, areas, sex, birth_date)])
    shape = _shape(code)
    if shape:
        return judge(text, code, shape)
    right = check_digit(code[:17])
    reasons: list[Reason] = []
    if right != code[17]:
        reasons.append(
            error(
                "id_check_digit",
                f"身份证号校验不符：按前 17 位计算末位应为“{right}”，现为“{code[17]}”，"
                "至少有一位写错，请对照证件更正。",
            )
        )
    reasons += _content(code, today, areas, sex, birth_date)
    return judge(text, code, reasons)


def is_plain(code: str, *, today: dt.date, sex: Sex | None, birth_date: dt.date | None) -> bool:
    """Whether a number is a resident's, right, and fits what the record says: the quick yes of most rows.

    Nothing would be told of such a number; of any other the whole check says what.
    """
    return (
        birth_date is not None
        and len(code) == 18
        and code.isascii()
        and code[:17].isdigit()
        and code[17] == check_digit(code[:17])
        and code[6:14] == birth_date.isoformat().replace("-", "")
        and birth_date <= today
        and today.year - birth_date.year <= OLDEST
        and code[:2] in PROVINCES
        and code[:6] not in RESIDENCE_AREAS
        and (sex is None or _sex(code) == sex)
    )


def _shape(code: str) -> list[Reason]:
    if len(code) != 18:
        return [
            error("id_length", f"身份证号应为 18 位（旧号 15 位），现为 {len(code)} 位，请对照证件补正。")
        ]
    if not (is_digits(code[:17]) and (is_digits(code[17]) or code[17] == "X")):
        return [
            error(
                "id_characters", "身份证号前 17 位应为数字，末位为数字或 X，现含有别的字符，请对照证件更正。"
            )
        ]
    return []


def _content(
    code: str,
    today: dt.date | None,
    areas: Container[str] | None,
    sex: Sex | None,
    birth_date: dt.date | None,
) -> list[Reason]:
    born = _born(code)
    if born is None:
        return [
            error("id_birth_date", f"身份证号第 7 至 14 位“{code[6:14]}”不是真实的日期，请对照证件更正。")
        ]
    reasons: list[Reason] = []
    if today is not None and born > today:
        reasons.append(error("id_birth_future", f"身份证号中的出生日期 {born} 在今天之后，请对照证件更正。"))
    elif today is not None and today.year - born.year > OLDEST:
        reasons.append(error("id_age", f"身份证号中的出生日期 {born} 距今超过 {OLDEST} 年，请对照证件更正。"))
    reasons += _area(code, areas)
    if sex is not None and (said := _sex(code)) != sex:
        mine = "男" if said == "male" else "女"
        reasons.append(
            warning(
                "id_sex_mismatch", f"身份证号第 17 位表示性别为{mine}，与登记的性别不同，请核对哪一项有误。"
            )
        )
    if birth_date is not None and born != birth_date:
        reasons.append(
            warning(
                "id_birth_mismatch",
                f"身份证号中的出生日期为 {born}，与登记的出生日期 {birth_date} 不同，请核对哪一项有误。",
            )
        )
    return reasons


def _area(code: str, areas: Container[str] | None) -> list[Reason]:
    if code[:6] in RESIDENCE_AREAS:
        return [
            notice(
                "id_residence_permit",
                f"这是{RESIDENCE_AREAS[code[:6]]}的号码，请把证件类型选为港澳台居民居住证。",
            )
        ]
    if code[0] == "9":
        return [notice("id_foreign_residence", "以 9 开头的是外国人永久居留身份证号码，请核对证件类型。")]
    if code[:2] not in PROVINCES:
        return [warning("id_area", f"身份证号前两位“{code[:2]}”不是已知的省级代码，请对照证件核对。")]
    if areas is not None and code[:6] not in areas:
        return [
            warning(
                "id_area",
                f"身份证号前 6 位“{code[:6]}”不在现行区划表中，可能是已撤并的旧区划，请对照证件核对。",
            )
        ]
    return []


def carried_birth(number: str, *, today: dt.date) -> dt.date | None:
    """The birth date in an 18-digit number that is right; of a wrong one nobody knows which digit, None."""
    code = normalise(number)
    born = _born(code)
    if born is None or _shape(code) or check_digit(code[:17]) != code[17]:
        return None
    return born if born <= today and today.year - born.year <= OLDEST else None


def birth_date_of(number: str) -> dt.date | None:
    """The birth date in an 18-digit number, or None if there is none."""
    return _born(normalise(number))


def _born(code: str) -> dt.date | None:
    if len(code) != 18 or not is_digits(code[6:14]):
        return None
    try:
        return dt.date(int(code[6:10]), int(code[10:12]), int(code[12:14]))
    except ValueError:
        return None


def sex_of(number: str) -> Sex | None:
    """The sex in an 18-digit number (17th digit odd: male), or None if there is none."""
    return _sex(normalise(number))


def _sex(code: str) -> Sex | None:
    if len(code) != 18 or not is_digits(code[16]):
        return None
    return "male" if int(code[16]) % 2 else "female"


def mask_resident(number: str) -> str:
    """An identity number for eyes without the right: `130102********0015`; shorter ones show the ends."""
    head, tail = (6, 4) if len(number) >= 15 else (2, 2) if len(number) >= 6 else (0, 0)
    return number[:head] + "*" * (len(number) - head - tail) + (number[-tail:] if tail else "")
