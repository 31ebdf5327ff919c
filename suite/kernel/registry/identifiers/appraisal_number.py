"""司法鉴定许可证号 and 司法鉴定人执业证号.

Seven digits by 司发通〔2001〕019号 第九条 (province 2, area 2, serial 3); nine digits are common since
about 2006 and some licences show the USCC (both recalled). An appraiser's number is the institution's
nine digits and a serial of three (recalled).
"""

from __future__ import annotations

from suite.kernel.registry.identifiers.uscc import check_uscc
from suite.kernel.registry.identifiers.verdict import (
    Reason,
    Verdict,
    error,
    is_digits,
    judge,
    matches,
    normalise,
    warning,
)

LICENCE_PATTERN = r"\d{7}|\d{9}"
CERTIFICATE_PATTERN = r"\d{12}"
PROVINCE = "13"
"""The two digits of Hebei; a number of another province only warns."""


def check_appraisal_licence(
    text: str, *, province: str = PROVINCE, pattern: str = LICENCE_PATTERN
) -> Verdict:
    """Check an appraisal institution's licence number: 7 digits, 9 digits or the USCC."""
    code = normalise(text)
    if not code:
        return judge(text, code, [error("empty", "没有填司法鉴定许可证号，请按许可证填写。")])
    if len(code) == 18:
        return check_uscc(text, register="appraisal_institution")
    if matches(pattern, code):
        return judge(text, code, _province(code, province, "许可证号"))
    if not is_digits(code):
        return judge(
            text,
            code,
            [
                error(
                    "appraisal_characters", "司法鉴定许可证号只由数字组成，现含有别的字符，请对照许可证更正。"
                )
            ],
        )
    return judge(
        text,
        code,
        [
            error(
                "appraisal_length",
                f"司法鉴定许可证号应为 7 位、9 位数字或 18 位统一社会信用代码，现为 {len(code)} 位，"
                "请对照许可证更正。",
            )
        ],
    )


def check_appraiser_number(
    text: str,
    *,
    institution: str | None = None,
    province: str = PROVINCE,
    pattern: str = CERTIFICATE_PATTERN,
) -> Verdict:
    """Check an appraiser's certificate number: 12 digits.

    `institution`: the licence number of the institution; where it has nine digits, the certificate is
    expected to begin with them (an appraiser who moved may keep the old number: a warning).
    """
    code = normalise(text)
    if not code:
        return judge(text, code, [error("empty", "没有填司法鉴定人执业证号，请按执业证填写 12 位号码。")])
    if not is_digits(code):
        return judge(
            text,
            code,
            [
                error(
                    "appraiser_characters",
                    "司法鉴定人执业证号只由数字组成，现含有别的字符，请对照执业证更正。",
                )
            ],
        )
    if not matches(pattern, code):
        return judge(
            text,
            code,
            [
                error(
                    "appraiser_length",
                    f"司法鉴定人执业证号应为 12 位数字，现为 {len(code)} 位，请对照执业证更正。",
                )
            ],
        )
    reasons = _province(code, province, "执业证号")
    licence = normalise(institution or "")
    if len(licence) == 9 and not code.startswith(licence):
        reasons.append(
            warning(
                "appraiser_institution",
                f"执业证号前 9 位“{code[:9]}”与鉴定机构许可证号“{licence}”不同，"
                f"变更过机构的可保留原号，请核对。",
            )
        )
    return judge(text, code, reasons)


def _province(code: str, province: str, title: str) -> list[Reason]:
    if not province or code.startswith(province):
        return []
    return [
        warning(
            "appraisal_province",
            f"{title}前两位“{code[:2]}”与本省代码“{province}”不同，请核对是否为外省证件。",
        )
    ]
