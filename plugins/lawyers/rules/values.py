"""Validators of one value. An empty value is never asked about."""

from __future__ import annotations

from collections.abc import Sequence

from plugins.lawyers.rules.findings import error
from suite.api import (
    CheckContext,
    Problem,
    check_area_code,
    check_firm_licence_number,
    check_lawyer_number,
    check_qualification_number,
    check_trainee_number,
    check_uscc,
    problems_of,
)


def firm_uscc(value: str, context: CheckContext) -> Sequence[Problem]:
    """The credit code of a firm or branch: check character; a prefix other than the house's only warns."""
    prefix = str(context.parameters["lawyers.firm.uscc_prefix"])
    verdict = check_uscc(value, register="law_firm", expected={"law_firm": (prefix[:2],)}, area=prefix[2:])
    return problems_of(verdict)


def firm_licence_no(value: str, context: CheckContext) -> Sequence[Problem]:
    """A firm's licence number: the credit code, or the old 17 digits beginning with 2."""
    return problems_of(check_firm_licence_number(value))


def practice_no(value: str, context: CheckContext) -> Sequence[Problem]:
    """A lawyer's practice number by itself; who moved here keeps the former place's digits, so that warns."""
    area = str(context.parameters["lawyers.lawyer.practice_no_area"])
    return problems_of(check_lawyer_number(value, area=area, licence_year=context.today.year))


def other_practice_no(value: str, context: CheckContext) -> Sequence[Problem]:
    """The practice number of somebody named in a record (head, supervising lawyer)."""
    return problems_of(check_lawyer_number(value, licence_year=context.today.year))


def trainee_no(value: str, context: CheckContext) -> Sequence[Problem]:
    """A trainee certificate number; its form is provincial practice, so it only warns."""
    return problems_of(check_trainee_number(value))


def qualification_no(value: str, context: CheckContext) -> Sequence[Problem]:
    """A legal professional qualification number; the pattern is a parameter and only warns."""
    pattern = str(context.parameters["lawyers.lawyer.qualification_pattern"])
    return problems_of(check_qualification_number(value, pattern=pattern))


def area_code(value: str, context: CheckContext) -> Sequence[Problem]:
    """A statistics code of 6, 9 or 12 digits."""
    return problems_of(check_area_code(value))


def email(value: str, context: CheckContext) -> Sequence[Problem]:
    """One mailbox: text on both sides of a single @, and no blanks."""
    name, at, host = value.partition("@")
    if name and at and "." in host and "@" not in host and not any(char.isspace() for char in value):
        return ()
    text = f"“{value[:60]}”不是一个电子邮箱地址，请改为“名称@域名”的形式。"
    return (error("email", text),)
