"""An association runs, by logins of its own, sanctions of its members and what is lodged with it, no more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from penalty_desk import PenaltyDesk
from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.problems import Refused
from suite.kernel.casework.commands import RevealComplainant
from suite.kernel.casework.derive import step
from suite.kernel.casework.queries import CaseQuery, readable_kinds
from suite.tables import Case, Complainant
from suite.testing.factories import a_firm, a_lawyer, make

BAR, OTHER = "石家庄市律师协会", "唐山市律师协会"
DAY = dt.date(2026, 11, 2)
CIRCULAR = {"article": "lawyers.D1", "gravity": "ordinary", "sanctions": ("circular",)}
WHO = {"complainants": ({"name": "李建国", "phone": "13912346612"},)}
MATTER = {"source": "letter", "allegations": ({"head": "fee", "text": "转入个人账户"},)}


def _desk(suite: Suite) -> PenaltyDesk:
    """A desk of one login, where nobody signs."""
    desk = PenaltyDesk.__new__(PenaltyDesk)
    desk.suite, desk.clerk, desk.signers = suite, suite.actor(), ()
    return desk


def _seen(suite: Suite) -> set[str]:
    with suite.reading() as session:
        return set(session.scalars(select(Case.kind)))


def _refused(act: Callable[[], Any]) -> set[str]:
    with pytest.raises(Refused) as told:
        act()
    return set(told.value.codes)


def test_sanctions_by_the_association_itself(login_suite: Callable[..., Suite]) -> None:
    bureau = login_suite("core.section_staff", profession="lawyers")
    bar, second = (login_suite("core.association", profession="lawyers", association=BAR) for _ in range(2))
    other = login_suite("core.association", profession="lawyers", association=OTHER)
    clerk = bureau.actor()
    (firm,) = make(bureau, clerk, "lawyers.law_firm", a_firm(1))
    lawyer, _ = make(bureau, clerk, "lawyers.lawyer", a_lawyer(1, body_id=firm), a_lawyer(2, body_id=firm))

    def opened(suite: Suite, kind: str, name: str = "OpenComplaint", **values: Any) -> int:
        command = step(suite.catalog, name, kind=kind, respondent=(lawyer,), on=DAY, **values)
        number: int = suite.run(command, suite.actor()).result["case_id"]
        return number

    # What the bureau handles is not the association's, nor who complains there.
    complaint = opened(bureau, "lawyers.complaint", **MATTER, **WHO)
    opened(bureau, "lawyers.penalty", "OpenPenalty", source="complaint", conduct="私自收费")
    assert _seen(bar) == set()
    reveal = RevealComplainant(case_id=complaint, reason="核实")
    assert _refused(lambda: bar.run(reveal, bar.actor())) <= {"case.unknown", "not_permitted"}
    penalty = {"source": "complaint", "conduct": "私自收费"}
    assert _refused(lambda: opened(bar, "lawyers.penalty", "OpenPenalty", **penalty)) == {"not_permitted"}
    assert set(readable_kinds(bar.actor(), bar.catalog, CaseQuery())) == {
        "lawyers.discipline",
        "lawyers.association_complaint",
    }

    # Its own members: from the lead to the end, with two investigators of its own.
    desk = _desk(bar)
    case_id = desk.open("lawyers.discipline", lawyer, on=DAY)
    desk.take(case_id, "FileDiscipline", on=DAY)
    desk.take(case_id, "NotifyMember", on=DAY, officer=("", second.actor().login))
    desk.lead(case_id, "CollectProof", "ProposeDiscipline", "HearMember", on=DAY, **CIRCULAR)
    decision = {"decider": "city_association", "decision_no": "石律协处〔2026〕1号"}
    desk.take(case_id, "DecideDiscipline", on=DAY, **CIRCULAR, **decision)
    desk.lead(case_id, "DeliverDiscipline", "EffectDiscipline", "CloseDiscipline", on=DAY)
    assert desk.state(case_id) == "closed"
    assert _seen(second) == {"lawyers.discipline"}
    assert _seen(other) == set()
    assert "lawyers.discipline" in _seen(bureau)

    # Who complains to it, it may see.
    lodged = opened(bar, "lawyers.association_complaint", **MATTER, **WHO)
    told = bar.run(RevealComplainant(case_id=lodged, reason="联系投诉人"), bar.actor())
    assert "李建国" in str(told.result)
    with bar.reading() as session:
        assert set(session.scalars(select(Complainant.case_id))) == {lodged}
