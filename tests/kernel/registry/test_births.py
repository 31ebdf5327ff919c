"""The birth date that a number carries is kept where nobody says one, and goes with the number."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.problems import Refused
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.kernel.registry.current import current_records
from suite.testing.factories import make, resident_number

NOTARY = "notary.notary"
BORN, OTHER = dt.date(1961, 12, 20), dt.date(1962, 1, 20)


def a_notary(sequence: int = 1, **values: Any) -> dict[str, Any]:
    return {"name": "王明", "main_no": f"1301{sequence:08d}", "district_code": "130102", **values}


def kept(suite: Suite, subject_id: int) -> dict[str, Any]:
    with suite.reading() as session:
        return current_records(session, suite.catalog.kinds[NOTARY], [subject_id])[subject_id].values


def change(suite: Suite, admin: Actor, subject_id: int, **values: Any) -> None:
    suite.run(SaveRecords(kind=NOTARY, rows=(RowEdit(values=values, subject_id=subject_id),)), admin)


def test_a_new_record_has_the_date_of_its_number(suite_: Suite, admin: Actor) -> None:
    told, wrong, passport, silent = make(
        suite_,
        admin,
        NOTARY,
        a_notary(1, id_number=resident_number(1, BORN)),
        a_notary(2, id_number="196112201234567", id_type="other"),
        a_notary(3, id_number="E12345678", id_type="passport"),
        a_notary(4),
    )
    assert kept(suite_, told)["birth_date"] == BORN
    assert all("birth_date" not in kept(suite_, one) for one in (wrong, passport, silent))


def test_it_follows_a_corrected_number_but_not_against_what_somebody_said(
    suite_: Suite, admin: Actor
) -> None:
    derived, said = make(
        suite_,
        admin,
        NOTARY,
        a_notary(1, id_number=resident_number(1, BORN)),
        a_notary(2, birth_date=BORN),
    )
    change(suite_, admin, derived, id_number=resident_number(3, OTHER))
    assert kept(suite_, derived)["birth_date"] == OTHER
    change(suite_, admin, derived, birth_date=None)
    assert kept(suite_, derived)["birth_date"] == OTHER
    with pytest.raises(Refused) as refused:
        change(suite_, admin, said, id_number=resident_number(5, OTHER))
    assert "id_birth_mismatch" in refused.value.codes
    change(suite_, admin, said, id_number=resident_number(5, BORN))
    assert kept(suite_, said)["birth_date"] == BORN
