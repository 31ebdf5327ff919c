"""Everybody's acts as an auditor's own login of PostgreSQL reads them, and as nobody else does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.problems import Refused
from suite.kernel.audit.activity import (
    Act,
    ActivityQuery,
    activity_choices,
    activity_counts,
    activity_ids,
    activity_lines,
)
from suite.kernel.exchange.leaving import export_file
from suite.kernel.exchange.trace_extract import ExtractRequest, write_extract
from suite.kernel.exchange.trace_files import LogTraceExport
from suite.kernel.registry.activity import act_detail
from suite.kernel.registry.commands import RevealIdentity
from suite.testing.factories import a_lawyer, make


def test_an_auditor_reads_the_trace_and_nobody_else_does(
    suite_on_postgresql: Suite, admin: Actor, login_suite: Callable[..., Suite], tmp_path: Path
) -> None:
    [lawyer] = make(suite_on_postgresql, admin, "lawyers.lawyer", a_lawyer(1, phone="13800005207"))
    leader, auditor = login_suite("core.leader"), login_suite("core.auditor")
    with pytest.raises(Refused):
        leader.run(
            RevealIdentity(kind="lawyers.lawyer", subject_id=lawyer, field="phone", reason="看看"),
            leader.actor(),
        )
    actor, query = auditor.actor(), ActivityQuery(acts=(Act.REFUSED,))
    with auditor.reading() as session:
        [number] = activity_ids(session, actor, query)
        [line] = activity_lines(session, actor, [number])
        assert (line.login, line.act, line.command) == (
            leader.connected_as(),
            Act.REFUSED,
            "RevealIdentity",
        )
        [count] = activity_counts(session, actor, query)
        assert count.acts == {Act.REFUSED: 1}
        people = {login for login, _ in activity_choices(session, actor).people}
        assert {admin.login, leader.connected_as()} <= people
        [sentence] = act_detail(session, actor, auditor.catalog, number).sentences
        assert "未获准" in sentence.text
        # The whole of a database is verified by who sees the whole of it.
        with pytest.raises(Refused) as refused:
            auditor.verify_trace(actor)
        assert refused.value.codes == {"check.partial"}
        day = dt.datetime.now(dt.UTC).date()
        request = ExtractRequest(first=day - dt.timedelta(days=1), subject_id=lawyer)
        told = export_file(
            tmp_path / "a.zip",
            LogTraceExport(),
            actor,
            run=auditor.run,
            content="摘录",
            write=lambda path, basis: write_extract(session, actor, auditor.catalog, request, path, basis),
        )
        assert told > 0
    # Every desk keeps the head, whatever its login may read.
    assert leader.witnesses.of(leader.address) is not None
    assert leader.contradicted is None
    with leader.reading() as session, pytest.raises(Refused) as refused:
        activity_ids(session, leader.actor(), query)
    assert refused.value.codes == {"not_permitted"}
