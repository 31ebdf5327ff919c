"""Checks of one value that every profession asks for. An empty value is never asked about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal

from suite.contract.declarations import CheckContext
from suite.contract.problems import Problem
from suite.kernel.registry.identifiers.area_codes import check_area_code
from suite.kernel.registry.identifiers.lawyer_number import check_qualification_number
from suite.kernel.registry.identifiers.phone import check_phone
from suite.kernel.registry.identifiers.problems import problems_of
from suite.kernel.registry.identifiers.uscc import check_uscc


def past_date(value: dt.date, context: CheckContext) -> Sequence[Problem]:
    """A fact cannot lie after the business date."""
    if value <= context.today:
        return ()
    text = f"日期 {value} 在今天（{context.today}）之后，请对照原件更正。"
    return (Problem(code="date.future", text=text),)


def not_negative(value: int | Decimal, context: CheckContext) -> Sequence[Problem]:
    """An amount or a head count."""
    if value >= 0:
        return ()
    return (Problem(code="value.negative", text=f"数值 {value} 小于 0，请对照原件更正。"),)


def phone_number(value: str, context: CheckContext) -> Sequence[Problem]:
    """Telephone numbers: mobile, landline or extension; several stand apart by 、."""
    return [found for number in value.split("、") for found in problems_of(check_phone(number))]


def qualification_number(value: str, context: CheckContext) -> Sequence[Problem]:
    """A legal professional qualification number: A, B or C and 14 digits; anything else only warns."""
    return problems_of(check_qualification_number(value))


def area_code(value: str, context: CheckContext) -> Sequence[Problem]:
    """A statistics code of 6, 9 or 12 digits."""
    return problems_of(check_area_code(value))


def uscc_of(register: str | None = None) -> Callable[[str, CheckContext], Sequence[Problem]]:
    """The check of a unified social credit code (GB 32100-2015).

    `register`: whose code it is ("notary_office", "appraisal_institution", "arbitration_commission" …);
    a prefix that is not usual there only warns, since which body holds which is not certain.
    """

    def credit_code(value: str, context: CheckContext) -> Sequence[Problem]:
        return problems_of(check_uscc(value, register=register))

    return credit_code
