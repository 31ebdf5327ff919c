"""Telephone numbers: mobile numbers of 11 digits, landlines with or without area code, extensions."""

from __future__ import annotations

import re

from suite.kernel.registry.identifiers.verdict import Verdict, error, judge, matches, normalise, warning

MOBILE = r"1[3-9]\d{9}"
LANDLINE = r"(0\d{2,3}-?)?[2-9]\d{6,7}(-\d{1,6})?"
SERVICE = r"(400|800)-?\d{3}-?\d{4}|1\d{2,4}|9\d{4,7}"

_DASHES = {ord(char): "-" for char in "‐‑‒–—―－−"}
_BRACKETED_AREA = re.compile(r"\((0\d{2,3})\)-?")
_EXTENSION = re.compile(r"(?:转|EXT\.?|#)")
#: An area code without its zero and a number; what else begins with 1 is rather a mobile number.
_LOST_ZERO = re.compile(r"10[2-9]\d{7}|2\d[2-9]\d{7}|[3-9]\d{2}[2-9]\d{6,7}", re.ASCII)
_CHINA = re.compile(r"^(?:\+86|0086)-?")


def check_phone(
    text: str, *, mobile: str = MOBILE, landline: str = LANDLINE, service: str = SERVICE
) -> Verdict:
    """Check one telephone number; the normal form has no +86, no blanks, and `-` before an extension.

    Eleven digits beginning with 1 that are no mobile number, and anything else that is no number, are
    errors; a landline without area code is valid. The patterns are arguments because number ranges grow.
    """
    if text.isascii() and matches(mobile, text):
        return judge(text, text)
    number = _EXTENSION.sub("-", normalise(text.translate(_DASHES)))
    number = _BRACKETED_AREA.sub(r"\1-", number)
    number = _CHINA.sub("", number)
    plain = number.replace("-", "")
    if not number:
        return judge(text, number, [error("empty", "没有填电话号码，请填写手机号或带区号的座机号。")])
    if matches(mobile, plain):
        return judge(text, plain)
    if matches(landline, number):
        return judge(text, number)
    if matches(service, number):
        return judge(text, number)
    if _LOST_ZERO.fullmatch(plain) and matches(landline, f"0{plain}"):
        area = 2 if plain[0] in "12" else 3
        meant = f"0{plain[:area]}-{plain[area:]}"
        told = f"“{number}”像是丢失了区号前的 0（可能是 {meant}），请核对，并先把该列设为文本格式。"
        return judge(text, number, [warning("phone_lost_zero", told)])
    if plain.isascii() and plain.isdigit() and 5 <= len(plain) <= 20:
        if plain.startswith("1") and len(plain) >= 9:
            fact = f"以 1 开头的手机号应为 11 位，现为 {len(plain)} 位或号段不存在"
            return judge(text, number, [error("phone_mobile", f"{fact}，请核对后补正。")])
        return judge(
            text, number, [warning("phone_pattern", f"“{number}”不像手机号或座机号，请核对是否多写或漏写。")]
        )
    return judge(
        text,
        number,
        [
            error(
                "phone_characters",
                f"“{text.strip()[:40]}”不是一个电话号码，请只填一个手机号或带区号的座机号。",
            )
        ],
    )


def mask_phone(number: str) -> str:
    """A telephone number for eyes without the right: `138****5207`; the last four digits stay."""
    if len(number) <= 4:
        return "*" * len(number)
    head = 3 if len(number) >= 9 else 0
    return number[:head] + "*" * (len(number) - head - 4) + number[-4:]
