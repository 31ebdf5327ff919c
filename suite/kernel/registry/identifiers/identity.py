"""Identity documents of any type: which check belongs to which document."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container, Mapping
from types import MappingProxyType

from suite.kernel.registry.identifiers.resident import RESIDENCE_AREAS, Sex, check_resident, mask_resident
from suite.kernel.registry.identifiers.verdict import Verdict, error, judge, matches, normalise, warning

IDENTITY_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "resident": "居民身份证",
        "hmt_residence": "港澳台居民居住证",
        "foreign_residence": "外国人永久居留身份证",
        "hk_macao_permit": "港澳居民来往内地通行证",
        "taiwan_permit": "台湾居民来往大陆通行证",
        "passport": "护照",
        "other": "其他证件",
    }
)
"""Type of document → its title."""

PATTERNS: Mapping[str, str] = MappingProxyType(
    {
        "hk_macao_permit": r"[HM]\d{8,10}",
        "taiwan_permit": r"\d{8}|\d{10}",
        "passport": r"[0-9A-Z]{5,20}",
        "other": r".{1,40}",
    }
)
"""Types without a check digit → pattern of the normalised number. Recalled, therefore only a warning."""

CARRIES_BIRTH = ("resident", "hmt_residence", "foreign_residence")
"""Types whose number of 18 digits carries the birth date; a record that names no type means the first."""

_ABOUT_TYPE = frozenset({"id_residence_permit", "id_foreign_residence"})
_OLD_FOREIGN = re.compile(r"[A-Z]{3}\d{12}")


def check_identity(
    type: str,
    number: str,
    *,
    today: dt.date | None = None,
    areas: Container[str] | None = None,
    sex: Sex | None = None,
    birth_date: dt.date | None = None,
    patterns: Mapping[str, str] = PATTERNS,
) -> Verdict:
    """Check the number of an identity document of the given type (a key of `IDENTITY_TYPES`).

    Documents of 18 digits share the structure and check digit of the resident number; for the others
    only a pattern is known and a difference warns. An unknown type is an error.
    """
    code = normalise(number)
    title = IDENTITY_TYPES.get(type)
    if title is None:
        known = "、".join(IDENTITY_TYPES.values())
        return judge(
            number, code, [error("identity_type", f"不认识证件类型“{type}”，请从以下类型中选：{known}。")]
        )
    if not code:
        return judge(number, code, [error("empty", f"没有填{title}的号码，请按证件填写。")])
    if type == "foreign_residence" and len(code) == 15 and _OLD_FOREIGN.fullmatch(code):
        return judge(number, code)
    if type in CARRIES_BIRTH:
        verdict = check_resident(number, today=today, areas=areas, sex=sex, birth_date=birth_date)
        return _fitting(type, title, verdict)
    if matches(patterns.get(type, r".+"), code):
        return judge(number, code)
    text = f"号码“{mask_resident(code)}”不像{title}的号码，请对照证件核对。"
    return judge(number, code, [warning("identity_pattern", text)])


def other_documents(number: str) -> tuple[str, ...]:
    """The titles of the documents without a check digit whose number this may be, the likeliest first.

    Digits alone that are too few are more likely a resident number that lost some, but for a Taiwan permit's.
    """
    code = normalise(number)
    plain = re.sub(r"[()（）]", "", code)
    if _OLD_FOREIGN.fullmatch(plain):
        return (IDENTITY_TYPES["foreign_residence"],)
    permits = [type for type in ("hk_macao_permit", "taiwan_permit") if re.fullmatch(PATTERNS[type], plain)]
    lettered = re.fullmatch(r"[A-Z]{1,3}[0-9A-Z]{4,11}", plain) is not None
    return tuple(IDENTITY_TYPES[type] for type in (*permits, *(["passport"] if lettered else [])))


def _fitting(type: str, title: str, verdict: Verdict) -> Verdict:
    """The 18-digit check, with a warning where the number belongs to another document."""
    code, reasons = verdict.normalised, verdict.reasons
    if reasons:
        reasons = tuple(reason for reason in reasons if reason.code not in _ABOUT_TYPE)
    if verdict.level != "invalid" and len(code) == 18 and (belongs := _belongs(code)) != type:
        text = f"这个号码是{IDENTITY_TYPES[belongs]}的号码，证件类型却是{title}，请改正证件类型或号码。"
        reasons = (*reasons, warning("identity_type_mismatch", text))
    return verdict if reasons == verdict.reasons else judge(verdict.given, code, reasons)


def _belongs(code: str) -> str:
    """The type of the document whose number this is."""
    if code[:6] in RESIDENCE_AREAS:
        return "hmt_residence"
    return "foreign_residence" if code[0] == "9" else "resident"
