"""公证员执业证编号, 公证机构执业证书编号 and 公证书编号.

The layout of the first two could not be found in a published rule (公证机构执业管理办法第二十一条 names
the number without describing it), so the patterns are arguments and a difference only warns.
"""

from __future__ import annotations

from suite.kernel.registry.identifiers.verdict import Verdict, error, judge, matches, normalise, warning

NUMBER_PATTERN = r"[0-9A-Z\-()]{5,30}"
"""Certificate and licence numbers, after full-width forms have become half-width."""
CERTIFICATE_PATTERN = r"\(\d{4}\)[\u4e00-\u9fff]{2,12}证[\u4e00-\u9fff]{0,6}字第\d{1,8}号"
"""Numbers of notarial certificates: `(2026)冀石××证字第123号`."""


def check_notary_number(text: str, *, pattern: str = NUMBER_PATTERN) -> Verdict:
    """Check a notary's certificate number (公证员执业证编号)."""
    return _check(text, pattern, "notary_number", "公证员执业证编号通常为 5 至 30 位数字、字母、横线或括号")


def check_notary_office_number(text: str, *, pattern: str = NUMBER_PATTERN) -> Verdict:
    """Check a notary office's licence number (公证机构执业证书编号)."""
    return _check(
        text, pattern, "notary_office_number", "公证机构执业证书编号通常为 5 至 30 位数字、字母、横线或括号"
    )


def check_notarial_certificate_number(text: str, *, pattern: str = CERTIFICATE_PATTERN) -> Verdict:
    """Check the number of a notarial certificate (公证书编号)."""
    return _check(text, pattern, "notarial_certificate_number", "公证书编号通常写作“(2026)冀石××证字第123号”")


def _check(text: str, pattern: str, code: str, usual: str) -> Verdict:
    number = normalise(text)
    if not number:
        return judge(text, number, [error("empty", "没有填证号，请按证书填写。")])
    if matches(pattern, number):
        return judge(text, number)
    return judge(text, number, [warning(code, f"{usual}，现为“{number[:40]}”，请对照证书核对。")])
