"""Two desks that hand in at the same time, on a real server: one report of a period goes out."""

from __future__ import annotations

import datetime as dt
import time
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.problems import Refused
from suite.database.engine import writing
from suite.kernel.reports.commands import SubmitReport
from suite.tables import Report, Snapshot

PATIENCE = 30
DAY = dt.date(2026, 9, 30)


def two_reports(suite: Suite, admin: Actor) -> tuple[int, int]:
    """Two reports of one quarter, as two officials made them; what they say plays no part."""
    at = dt.datetime(2026, 10, 8, 9, tzinfo=dt.UTC)
    digests = dict.fromkeys(("workbook_sha256", "paper_sha256"), "0" * 64)
    with writing(suite.engine) as connection, Session(connection) as session:
        snapshot = Snapshot(
            title="第三季度", as_of=DAY, note="", digest="0" * 64, by_login=admin.login, at=at
        )
        session.add(snapshot)
        session.flush()
        rows = [
            Report(
                kind="quarter", period="2026-Q3", title=title, organ="局", recipient="厅", at=at,
                snapshot_id=snapshot.id, by_login=admin.login, on_date=at.date(), **digests,
            )
            for title in ("甲", "乙")
        ]  # fmt: skip
        session.add_all(rows)
        session.flush()
        numbers = rows[0].id, rows[1].id
        session.commit()  # the connection commits
    return numbers


def waiting(session: Session) -> int:
    """How many desks wait for a lock."""
    asked = text(
        "SELECT count(*) FROM pg_stat_activity, pg_sleep(0.01) "
        "WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    session.rollback()  # a statistic is read once in a transaction
    return int(session.execute(asked).scalar_one())


@pytest.mark.parametrize(("second", "code"), [(0, "report.submitted"), (1, "report.period_submitted")])
def test_of_two_desks_one_hands_in_and_the_other_is_told(
    suite_on_postgresql: Suite, admin: Actor, second: int, code: str
) -> None:
    suite = suite_on_postgresql
    reports = two_reports(suite, admin)
    wanted = [
        SubmitReport(report_id=reports[place], submitted_on=suite.today, document_no=number)
        for place, number in ((0, "石司〔2026〕88号"), (second, "石司〔2026〕89号"))
    ]
    with ThreadPoolExecutor(2) as desks, Session(suite.engine) as watch:
        with writing(suite.engine) as held:
            # Both have begun before either can look: neither has seen what the other does.
            held.execute(select(Report.id).with_for_update())
            sent: list[Future[object]] = [desks.submit(suite.run, command, admin) for command in wanted]
            deadline = time.monotonic() + PATIENCE
            while (desks_waiting := waiting(watch)) < 2 and time.monotonic() < deadline:
                assert not any(future.done() for future in sent)
            assert desks_waiting == 2
        failures = [future.exception(PATIENCE) for future in sent]
    (refused,) = (failure for failure in failures if failure is not None)
    assert isinstance(refused, Refused)
    assert refused.codes == {code}
    with suite.reading() as session:
        numbers = session.scalars(select(Report.document_no).where(Report.submitted_on.is_not(None))).all()
        assert session.scalar(select(func.max(Report.version))) == 2
    winner = wanted[failures.index(None)]
    assert numbers == [winner.document_no]
    assert winner.document_no in refused.problems[0].text
