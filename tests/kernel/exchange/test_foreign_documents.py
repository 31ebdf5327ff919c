"""Numbers of documents other than the resident card, in workbooks that do not name the document."""

from __future__ import annotations

import pytest
from messy import HEADINGS, Desk, lawyer, xlsx

from suite.contract.problems import Severity
from suite.testing.factories import resident_number

PASSPORT, PERMIT = "护照", "港澳居民来往内地通行证"


def told(desk: Desk, number: object, *more: tuple[str, str]) -> str:
    """What is said against a number."""
    headings = [*HEADINGS, *(heading for heading, _ in more)]
    row = [*lawyer(1, 身份证号码=number), *(value for _, value in more)]
    [found] = desk.look(xlsx([headings, row])).rows
    return "".join(p.text for p in found.problems if p.field == "id_number" and p.severity is Severity.ERROR)


@pytest.mark.parametrize(
    ("number", "documents"),
    [
        ("G12345678", (PASSPORT,)),
        ("EA1234567", (PASSPORT,)),
        ("H6001234501", (PERMIT, PASSPORT)),
        ("H60012345(01)", (PERMIT, PASSPORT)),
        ("M12345678", (PERMIT, PASSPORT)),
        ("12345678", ("台湾居民来往大陆通行证",)),
        ("USA110086120101", ("外国人永久居留身份证",)),
    ],
)
def test_the_column_that_lacks_is_named_with_what_to_put_there(
    desk: Desk, number: str, documents: tuple[str, ...]
) -> None:
    assert f"请在“证件类型”一列填“{'”或“'.join(documents)}”" in told(desk, number)
    if "(" not in number:
        assert told(desk, number, ("证件类型", documents[0])) == ""


@pytest.mark.parametrize(
    "number", [resident_number(3)[:-1], f"{resident_number(3)[:6]}O{resident_number(3)[7:]}"]
)
def test_a_resident_number_that_is_damaged_is_not_taken_for_another(desk: Desk, number: str) -> None:
    text = told(desk, number)
    assert text
    assert "证件类型" not in text


def test_who_named_the_document_is_not_told_to(desk: Desk) -> None:
    text = told(desk, "G12345678", ("证件类型", "居民身份证"))
    assert "应为 18 位" in text
    assert "证件类型" not in text
