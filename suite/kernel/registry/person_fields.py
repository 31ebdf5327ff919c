"""The fields of the natural person behind a practitioner, the same for every profession."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from sqlalchemy.orm import InstrumentedAttribute

from suite.contract.declarations import CheckContext, Field
from suite.contract.problems import Problem, Severity
from suite.kernel.registry.identifiers.identity import check_identity, other_documents
from suite.kernel.registry.identifiers.problems import problems_of
from suite.kernel.registry.identifiers.resident import is_plain
from suite.kernel.registry.value_checks import past_date, phone_number, qualification_number
from suite.tables import Identity, Person

#: What the number carries and the record contradicts → the field that contradicts it.
_CONTRADICTIONS = {"id_sex_mismatch": "sex", "id_birth_mismatch": "birth_date"}
#: What is about the type of the document rather than about its number.
_ABOUT_TYPE = ("identity_type", "identity_type_mismatch")


def identity_agrees(values: Mapping[str, Any], context: CheckContext) -> Sequence[Problem]:
    """The number fits the document that 证件类型 names, and the sex and birth date that it carries.

    No type given means the resident number. Documents of 18 digits (GB 11643) have a check digit: a
    number that is right by itself and another sex or birth date cannot both stand, an error at the field
    that contradicts it. Of the others only a pattern is known, and a difference warns.
    """
    number = values.get("id_number")
    if not number:
        return ()
    sex: Literal["male", "female"] | None = values.get("sex")
    birth_date = values.get("birth_date")
    document = values.get("id_type") or "resident"
    if document == "resident" and is_plain(number, today=context.today, sex=sex, birth_date=birth_date):
        return ()
    verdict = check_identity(document, number, today=context.today, sex=sex, birth_date=birth_date)
    found = [_placed(problem) for problem in problems_of(verdict, "id_number")]
    return found if values.get("id_type") else [_asking_type(problem, number) for problem in found]


def _asking_type(problem: Problem, number: str) -> Problem:
    """A number that is no resident's may be that of another document: then its type is what lacks."""
    titles = "”或“".join(other_documents(number)) if problem.code == "id_length" else ""
    if not titles:
        return problem
    return replace(problem, text=f"{problem.text}不是居民身份证的，请在“证件类型”一列填“{titles}”。")


def _placed(problem: Problem) -> Problem:
    contradicted = _CONTRADICTIONS.get(problem.code)
    if contradicted is not None:
        return replace(problem, field=contradicted, severity=Severity.ERROR)
    return replace(problem, field="id_type") if problem.code in _ABOUT_TYPE else problem


PERSON_FIELDS: tuple[Field, ...] = (
    Field(Person.sex, title="性别", section="身份信息", codes="core.sex", listed=True, width=4),
    Field(
        Person.birth_date,
        title="出生日期",
        section="身份信息",
        headings=("出生年月日", "出生年月", "出生时间", "生日"),
        checks=(past_date,),
        width=11,
    ),
    Field(
        Person.ethnicity,
        title="民族",
        section="身份信息",
        headings=("族别",),
        cleaner="ethnicity",
        width=8,
    ),
    Field(
        Person.political_status,
        title="政治面貌",
        section="身份信息",
        headings=("党派", "政治面目", "政治身份"),
        codes="core.political_status",
        width=10,
    ),
    Field(
        Person.education,
        title="学历",
        section="身份信息",
        headings=("文化程度", "最高学历", "学历学位", "教育程度"),
        codes="core.education",
        width=10,
    ),
)
"""性别, 出生日期, 民族, 政治面貌, 学历."""

IDENTITY_FIELDS: tuple[Field, ...] = (
    Field(
        Identity.id_type,
        title="证件类型",
        section="身份信息",
        headings=("证件种类", "身份证件类型", "证件名称"),
        codes="core.id_type",
        help="不填按居民身份证核对。",
    ),
    Field(
        Identity.id_number,
        title="身份证号",
        section="身份信息",
        headings=(
            "身份证", "身份证号码", "公民身份号码", "公民身份证号", "居民身份证号", "居民身份证号码",
            "身份证件号码", "身份证件号", "证件号码", "证件号", "身份证号/护照号", "身份证/护照号",
        ),
        sensitive=True,
        width=20,
    ),
    Field(
        Identity.phone,
        title="联系电话",
        section="联系方式",
        headings=(
            "手机", "手机号", "手机号码", "移动电话", "联系手机", "电话", "电话号码", "联系方式", "本人电话",
        ),
        sensitive=True,
        checks=(phone_number,),
        width=14,
    ),
)  # fmt: skip
"""证件类型, 身份证号, 联系电话. Kinds that have them check rows with `identity_agrees`."""


def qualification_field(column: InstrumentedAttribute[Any], *, section: str) -> Field:
    """The number of the legal professional qualification."""
    return Field(
        column,
        title="法律职业资格证号",
        section=section,
        headings=("资格证号", "法律职业资格证书号", "资格证书编号"),
        cleaner="identifier",
        checks=(qualification_number,),
        width=18,
    )


def serial_field(column: InstrumentedAttribute[Any], *, section: str) -> Field:
    """The serial printed on the blank certificate, which is not the number of the licence."""
    return Field(
        column,
        title="执业证流水号",
        section=section,
        headings=("流水号", "证书流水号", "执业证书流水号"),
        cleaner="identifier",
    )


def languages_field(column: InstrumentedAttribute[Any], *, section: str) -> Field:
    """Foreign languages that somebody works in."""
    return Field(column, title="外语语种", section=section, headings=("外语", "语种"))


def contract_end_field(column: InstrumentedAttribute[Any], *, section: str) -> Field:
    """Until when somebody is hired."""
    return Field(
        column,
        title="聘用合同到期日",
        section=section,
        headings=("合同到期日期", "劳动合同到期日", "聘期至"),
    )
