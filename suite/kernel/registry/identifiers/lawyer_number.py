"""律师执业证号 and its neighbours: firm licence, trainee and qualification certificate numbers.

Source: the ministry's numbering rule (17 digits, first digit 1, province, city, year, category, sex,
serial). It could be read in part only and has no check digit, so apart from length and characters
every finding is a warning.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from suite.kernel.registry.identifiers.resident import PROVINCES, Sex
from suite.kernel.registry.identifiers.uscc import check_uscc
from suite.kernel.registry.identifiers.verdict import (
    Reason,
    Verdict,
    error,
    is_digits,
    judge,
    matches,
    normalise,
    notice,
    warning,
)

LENGTH = 17
PATTERN = r"1\d{16}"
OLD_PATTERN = r"\d{12}"
OLD_FIRM_PATTERN = r"2\d{16}"
TRAINEE_PATTERN = r"\d{14}"
QUALIFICATION_PATTERN = r"[ABC]\d{14}"

CATEGORIES: Mapping[str, str] = MappingProxyType(
    {
        "1": "专职",
        "2": "兼职",
        "3": "香港",
        "4": "澳门",
        "5": "台湾",
        "6": "公职",
        "7": "公司",
        "8": "法律援助",
        "9": "军队",
    }
)
"""Digit 10 → category; 1-4 verified, 5-9 recalled."""

SEXES: Mapping[str, Sex] = MappingProxyType({"0": "male", "1": "female"})
"""Digit 11 → sex; recalled."""

FIRST_YEAR = 1979
"""The year in which the profession was restored; an earlier year of first licence is a slip."""


def check_lawyer_number(
    text: str,
    *,
    sex: Sex | None = None,
    category: str | None = None,
    area: str | None = None,
    licence_year: int | None = None,
    pattern: str = PATTERN,
    old_pattern: str = OLD_PATTERN,
    categories: Mapping[str, str] = CATEGORIES,
    sexes: Mapping[str, Sex] = SEXES,
) -> Verdict:
    """Check a lawyer's practice number: 17 digits, or the old 12.

    `category` is the digit (1-9) that belongs to the lawyer's category; `area` the province and city
    digits of the firm ("1301" for 石家庄; a lawyer who moved may keep other digits); `licence_year` the
    year of the present licence, which the year of first practice cannot pass.
    """
    code = normalise(text)
    if not code:
        return judge(text, code, [error("empty", "没有填执业证号，请按执业证填写 17 位号码。")])
    if not is_digits(code):
        return judge(
            text,
            code,
            [error("lawyer_characters", "律师执业证号只由数字组成，现含有别的字符，请对照执业证更正。")],
        )
    if matches(pattern, code):
        doubts = _doubts(code, area, licence_year, categories, sexes)
        return judge(text, code, doubts + _differences(code, sex, category, categories, sexes))
    if matches(old_pattern, code):
        told = notice("lawyer_old_number", "这是 12 位旧执业证号，旧记录可以保留，换发新证后请改为 17 位。")
        return judge(text, code, [told])
    return judge(text, code, [_shape(code)])


def tells_of_lawyer(code: str) -> bool:
    """Whether a number in its normal form says year, category and sex: the old one of 12 digits does not."""
    return len(code) == LENGTH and code[0] == "1" and is_digits(code)


def compare_lawyer_number(
    code: str,
    *,
    sex: Sex | None = None,
    category: str | None = None,
    categories: Mapping[str, str] = CATEGORIES,
    sexes: Mapping[str, Sex] = SEXES,
) -> Verdict:
    """Only whether a number that `tells_of_lawyer` fits his sex and category; see check_lawyer_number."""
    return judge(code, code, _differences(code, sex, category, categories, sexes))


def _shape(code: str) -> Reason:
    if len(code) == LENGTH:
        return error(
            "lawyer_first_digit",
            f"律师执业证号应以 1 开头，现以 {code[0]} 开头，请核对是否填了律师事务所的证号。",
        )
    return error(
        "lawyer_length", f"律师执业证号应为 17 位（旧号 12 位），现为 {len(code)} 位，请对照执业证更正。"
    )


def _doubts(
    code: str,
    area: str | None,
    licence_year: int | None,
    categories: Mapping[str, str],
    sexes: Mapping[str, Sex],
) -> list[Reason]:
    """What is odd about a number by itself."""
    reasons: list[Reason] = []
    if code[1:3] not in PROVINCES:
        reasons.append(
            warning("lawyer_province", f"执业证号第 2、3 位“{code[1:3]}”不是已知的省级代码，请核对。")
        )
    elif area and not code[1:].startswith(area):
        reasons.append(
            warning(
                "lawyer_area",
                f"执业证号第 2 至 5 位“{code[1:5]}”与执业机构所在地“{area}”不同，"
                f"跨地转所的律师可保留原号，请核对。",
            )
        )
    year = int(code[5:9])
    if year < FIRST_YEAR or (licence_year is not None and year > licence_year):
        reasons.append(
            warning("lawyer_year", f"执业证号第 6 至 9 位表示首次执业年份 {year}，与实际不合，请核对。")
        )
    if code[9] not in categories:
        reasons.append(warning("lawyer_category", f"执业证号第 10 位“{code[9]}”不是已知的执业类别，请核对。"))
    if code[10] not in sexes:
        reasons.append(warning("lawyer_sex", f"执业证号第 11 位“{code[10]}”不是 0（男）或 1（女），请核对。"))
    return reasons


def _differences(
    code: str,
    sex: Sex | None,
    category: str | None,
    categories: Mapping[str, str],
    sexes: Mapping[str, Sex],
) -> list[Reason]:
    """What a number of 17 digits says otherwise than the record."""
    reasons: list[Reason] = []
    if category is not None and code[9] != category and code[9] in categories:
        reasons.append(
            warning(
                "lawyer_category_mismatch",
                f"执业证号第 10 位表示{categories[code[9]]}，"
                f"与登记的执业类别不同，转换过类别的可保留原号，请核对。",
            )
        )
    said = sexes.get(code[10])
    if sex is not None and said is not None and said != sex:
        shown = "男" if said == "male" else "女"
        reasons.append(
            warning(
                "lawyer_sex_mismatch",
                f"执业证号第 11 位表示性别为{shown}，与登记的性别不同，请核对哪一项有误。",
            )
        )
    return reasons


def check_firm_licence_number(text: str, *, area: str | None = None, old: str = OLD_FIRM_PATTERN) -> Verdict:
    """Check a law firm's licence number: the USCC, or the old 17 digits beginning with 2."""
    code = normalise(text)
    if matches(old, code):
        told = notice(
            "firm_old_number", "这是 17 位旧许可证号，旧记录可以保留，换发新证后请改为统一社会信用代码。"
        )
        return judge(text, code, [told])
    return check_uscc(text, register="law_firm", area=area)


def check_trainee_number(text: str, *, pattern: str = TRAINEE_PATTERN) -> Verdict:
    """Check a trainee certificate number (实习证号); the rule is provincial, so a difference warns."""
    return _by_pattern(text, pattern, "trainee_number", "实习证号通常为 14 位数字")


def check_qualification_number(text: str, *, pattern: str = QUALIFICATION_PATTERN) -> Verdict:
    """Check a legal qualification certificate number (法律职业资格证书号); recalled, so it warns."""
    return _by_pattern(
        text, pattern, "qualification_number", "法律职业资格证书号通常为 A、B 或 C 加 14 位数字"
    )


def _by_pattern(text: str, pattern: str, code: str, usual: str) -> Verdict:
    number = normalise(text)
    if not number:
        return judge(text, number, [error("empty", "没有填号码，请按证书填写。")])
    if matches(pattern, number):
        return judge(text, number)
    return judge(text, number, [warning(code, f"{usual}，现为“{number[:40]}”，请对照证书核对。")])
