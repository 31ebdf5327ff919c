"""A clerk's own login of PostgreSQL, bound by row-level security, writes rosters by a case's last step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from suite.bootstrap import Suite
from suite.cli.demo_steps import paper_up
from suite.kernel.casework.derive import step
from suite.tables import Case, Subject
from suite.testing.factories import a_firm, make, practice_no
from suite.testing.signing import sign_then
from tests.plugins.licensing import DECISION, RECEIVED, TODAY


def test_effects_under_row_level_security(login_suite: Callable[..., Suite]) -> None:
    clerk, head, leader = (
        login_suite(f"core.{role}", profession="lawyers")
        for role in ("section_staff", "section_head", "leader")
    )
    me = clerk.actor()
    (firm,) = make(clerk, me, "lawyers.law_firm", a_firm(1))
    values: dict[str, Any] = {"item": "first", "applicant_name": "王明", "district_code": "130102"}
    values |= {"category": "full_time", "qualification_no": "A20231301020001", "firm": (firm,)}
    opening = step(clerk.catalog, "OpenApplication", kind="lawyers.lawyer_application", on=RECEIVED, **values)
    case_id = clerk.run(opening, me).result["case_id"]
    for name, on, given in (
        ("AcceptApplication", dt.date(2026, 11, 4), {}),
        ("ReviewApplication", dt.date(2026, 11, 10), {"review_opinion": "同意", "bar": "none"}),
        ("ReportApplication", dt.date(2026, 11, 12), {"report_no": "石司报〔2026〕9号"}),
        ("RecordGrant", dt.date(2026, 11, 20), DECISION),
        ("IssueCertificate", TODAY, {"issued_on": TODAY, "practice_no": practice_no(5, 2026)}),
    ):
        paper_up(clerk, me, case_id, name, on)
        with clerk.reading() as session:
            version = session.get_one(Case, case_id).version
        taken = step(clerk.catalog, name, case_id=case_id, expected_version=version, on=on, **given)
        done = clerk.run(taken, me)
        for signer in (head, leader):
            if "approval" in done.result:
                done = sign_then(signer, done.result["approval"], signer.actor())
    with clerk.reading() as session:
        made = session.query(Subject).filter_by(kind="lawyers.lawyer").one()
        assert (made.name, made.status, made.body_id) == ("王明", "active", firm)
        assert session.get_one(Case, case_id).state == "done"
