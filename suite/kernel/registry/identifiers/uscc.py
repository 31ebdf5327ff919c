"""统一社会信用代码: structure and check digits by GB 32100-2015 and GB 11714."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from suite.kernel.registry.identifiers.verdict import Reason, Verdict, error, judge, normalise, warning

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES = {char: value for value, char in enumerate(ALPHABET)}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)

DEPARTMENTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "1": ("机构编制", "1239"),
        "2": ("外交", "19"),
        "3": ("司法行政", "123459"),
        "4": ("文化", "19"),
        "5": ("民政", "1239"),
        "6": ("旅游", "129"),
        "7": ("宗教", "129"),
        "8": ("工会", "129"),
        "9": ("工商", "1239"),
        "A": ("军队", "19"),
        "N": ("农业", "1239"),
        "Y": ("其他", "1"),
    }
)
"""First character → department and its known second characters (GB 32100-2015, later additions)."""

EXPECTED_PREFIXES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "law_firm": ("31",),
        "notary_office": ("32", "12"),
        "grassroots_office": ("33",),
        "appraisal_institution": ("34", "12", "91", "52"),
        "arbitration_commission": ("35", "12"),
        "association": ("51",),
        "organ": ("11",),
    }
)
"""Register → the first two characters met there; which body holds which is not certain, so it only warns."""


def check_character(first_17: str) -> str:
    """The 18th character that belongs to the first 17 (weights 3^(i-1) mod 31). KeyError on other letters."""
    total = sum(_VALUES[char] * weight for char, weight in zip(first_17, _WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def body_code_character(first_8: str) -> str:
    """The 9th character of an organisation code (GB 11714): 10 is written X, 11 is written 0."""
    total = sum(int(char, 36) * weight for char, weight in zip(first_8, _BODY_WEIGHTS, strict=True))
    rest = 11 - total % 11
    return "X" if rest == 10 else "0" if rest == 11 else str(rest)


def check_uscc(
    text: str,
    *,
    register: str | None = None,
    expected: Mapping[str, tuple[str, ...]] = EXPECTED_PREFIXES,
    area: str | None = None,
) -> Verdict:
    """Check a unified social credit code.

    `register`: key of `expected` whose first two characters are looked for. `area`: the area code, or
    its beginning, of the organ expected to have registered the body (characters 3-8); a Hebei firm is
    registered by the province, so "130000" there. Length, alphabet and check character are errors;
    prefix, area, department and the inner organisation code only warn.
    """
    code = normalise(text)
    if not code:
        return judge(text, code, [error("empty", "没有填统一社会信用代码，请按证照填写 18 位代码。")])
    shape = _shape(code)
    if shape:
        return judge(text, code, shape)
    right = check_character(code[:17])
    if right != code[17]:
        return judge(
            text,
            code,
            [
                error(
                    "uscc_check_digit",
                    f"统一社会信用代码校验不符：按前 17 位计算末位应为“{right}”，现为“{code[17]}”，"
                    "至少有一位写错，请对照证照更正。",
                )
            ],
        )
    return judge(text, code, _doubts(code, register, expected, area))


def _shape(code: str) -> list[Reason]:
    if len(code) != 18:
        old = "这可能是旧的 15 位注册号或 9 位组织机构代码，" if len(code) in (9, 10, 15) else ""
        return [
            error(
                "uscc_length",
                f"统一社会信用代码应为 18 位，现为 {len(code)} 位，{old}请对照证照填写 18 位代码。",
            )
        ]
    wrong = [(place, char) for place, char in enumerate(code, 1) if char not in _VALUES]
    if not wrong:
        return []
    places = "、".join(f"第 {place} 位“{char}”" for place, char in wrong[:3])
    return [
        error(
            "uscc_characters",
            f"统一社会信用代码的{places}不在允许的字符中：代码只用数字和除 I、O、S、V、Z 以外的大写字母，"
            "请对照证照更正。",
        )
    ]


def _doubts(
    code: str, register: str | None, expected: Mapping[str, tuple[str, ...]], area: str | None
) -> list[Reason]:
    reasons: list[Reason] = []
    department = DEPARTMENTS.get(code[0])
    if department is None or code[1] not in department[1]:
        reasons.append(
            warning(
                "uscc_department",
                f"代码前两位“{code[:2]}”不在已知的登记管理部门和机构类别中，请核对证照。",
            )
        )
    prefixes = expected.get(register, ()) if register else ()
    if prefixes and not code.startswith(tuple(prefixes)):
        usual = "、".join(prefixes)
        reasons.append(
            warning(
                "uscc_prefix",
                f"代码以“{code[:2]}”开头，这类机构的代码通常以 {usual} 开头，请核对是否填了别的单位的代码。",
            )
        )
    if area and not code[2:].startswith(area):
        reasons.append(
            warning(
                "uscc_area",
                f"代码第 3 至 8 位是“{code[2:8]}”，登记机关通常为“{area}”，请核对登记机关。",
            )
        )
    if body_code_character(code[8:16]) != code[16]:
        reasons.append(
            warning(
                "uscc_body_code",
                f"代码第 9 至 17 位“{code[8:17]}”不符合组织机构代码的校验规则，"
                f"整个代码的校验位相符，请核对证照。",
            )
        )
    return reasons
