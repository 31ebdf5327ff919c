"""A broken commitment is a credit record while it stands as broken, and of whom it names."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.problems import Refused
from suite.kernel.credit.rules import commitment_broken
from suite.kernel.ledgers.commands import EntryEdit, SaveLedgerEntries, StrikeLedgerEntry
from suite.tables import CreditRecord
from suite.testing.factories import a_firm, a_lawyer, make

REGISTER, RULE = "lawyers.commitments", "core.credit.commitment"
DAY, CHECKED = dt.date(2026, 1, 5), dt.date(2026, 3, 9)


def records(suite: Suite) -> list[tuple[int, bool, str]]:
    with suite.reading() as session:
        rows = session.scalars(
            select(CreditRecord).where(CreditRecord.rule == RULE).order_by(CreditRecord.id)
        )
        return [(row.subject_id, row.reversed_on is None, row.content) for row in rows]


def test_a_broken_commitment_is_on_record_while_it_stands(suite_: Suite, admin: Actor) -> None:
    (firm,) = make(suite_, admin, "lawyers.law_firm", a_firm(1))
    (lawyer,) = make(suite_, admin, "lawyers.lawyer", a_lawyer(1, body_id=firm))

    def save(actor: Actor = admin, entry: int | None = None, **values: object) -> int:
        row = EntryEdit(values=values, entry_id=entry)
        return int(suite_.run(SaveLedgerEntries(ledger=REGISTER, rows=(row,)), actor).result["ids"][0])

    given = {"title": "按期整改", "day": DAY, "matter": "practice", "version": "2026版", "subject": (firm,)}
    entry = save(**given)
    assert records(suite_) == []
    clerk = replace(
        admin, granted=tuple(one for one in admin.granted if one.permission != "lawyers:credit:keep")
    )
    broken = {"state": "broken", "checked_on": CHECKED, "finding": "逾期未整改"}
    with pytest.raises(Refused) as refused:
        save(clerk, entry, **broken)
    assert refused.value.codes == {"credit.keep"}
    save(entry=entry, **broken)
    assert records(suite_) == [(firm, True, "逾期未整改")]
    # Whom it names no more has none, whom it names now has one.
    save(entry=entry, subject=(lawyer,), finding="逾期两月未整改")
    assert records(suite_) == [(firm, False, "逾期未整改"), (lawyer, True, "逾期两月未整改")]
    strike = StrikeLedgerEntry(ledger=REGISTER, entry_id=entry, reason="登记有误")
    suite_.run(strike, admin)
    assert [stands for _, stands, _ in records(suite_)] == [False, False]


def test_only_what_is_broken_means_something() -> None:
    entry = {"title": "配齐设备", "number": "2026-1", "day": DAY, "state": "given", "note": "见附件"}
    assert commitment_broken(entry) is None
    found = commitment_broken({**entry, "state": "broken"})
    assert found is not None
    assert (found.decided_on, found.content, found.document_no) == (DAY, "见附件", "2026-1")
    checked = commitment_broken({**entry, "state": "broken", "checked_on": CHECKED})
    assert checked is not None
    assert checked.decided_on == CHECKED
