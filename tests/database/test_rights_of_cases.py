"""With a login and psql: nobody takes a signature that was not given, and nobody learns of hidden cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from suite.bootstrap import SHANGHAI, Suite
from suite.contract.commands import Done
from suite.kernel.casework.derive import step
from suite.kernel.exchange.importing import accept
from suite.kernel.exchange.preview import ImportRequest
from suite.kernel.exchange.undoing import UndoImport

KIND, BODY = "appraisal.complaint", "appraisal.appraisal_institution"
DENIED = "42501"


def asked(suite: Suite, statement: str, **values: Any) -> Any:
    with suite.engine.connect() as connection:
        return connection.execute(text(statement), values).scalar()


def refused(suite: Suite, statement: str, **values: Any) -> bool:
    with suite.engine.connect() as connection, pytest.raises(DBAPIError) as told:
        connection.execution_options(suite_write=True).execute(text(statement), values)
    return getattr(told.value.orig, "sqlstate", "") == DENIED


def imported(desk: Suite, path: Path, name: str = "河北正明司法鉴定中心") -> Done:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["机构名称", "许可证号", "区县", "状态"])
    page.append([name, "130100123", "长安区", "正常"])
    book.save(path)
    actor = desk.actor()
    return desk.run(accept(desk.preview(ImportRequest(kind=BODY, path=path), actor)), actor)


def test_nobody_signs_for_who_did_not_ask_him(login_suite: Callable[..., Suite]) -> None:
    today = dt.datetime.now(SHANGHAI).date()
    head = login_suite("core.section_head", profession="appraisal")
    clerk = login_suite("core.section_staff", profession="appraisal", district="130102")
    me, him = clerk.actor().login, head.actor().login
    put = (
        "INSERT INTO core_hand_over (giver, taker, first_day, last_day, cases, reason) "
        "VALUES (:giver, :taker, :day, :day, false, 'x')"
    )
    assert refused(clerk, put, giver=him, taker=me, day=today)
    review = "SELECT 'appraisal' = ANY (ARRAY(SELECT core_scopes('case:review', 'p')))"
    assert asked(clerk, review) is False
    with head.engine.connect() as connection:
        connection.execution_options(suite_write=True).execute(
            text(put), {"giver": him, "taker": me, "day": today}
        )
        connection.commit()
    # What was given is a signature: neither the roster nor the handling beyond the own district.
    assert asked(clerk, review) is True
    for action in ("case:handle", "roster:read", "roster:edit", "complainant:reveal"):
        held = f"SELECT 'appraisal' = ANY (ARRAY(SELECT core_scopes('{action}', 'p')))"
        assert asked(clerk, held) is False, action
    longer = "UPDATE core_hand_over SET last_day = last_day + 300 WHERE giver = :giver"
    assert refused(head, longer, giver=him)
    with clerk.engine.connect() as connection:
        # Nor does the taker end or lengthen it: the row is not his to change.
        changed = connection.execution_options(suite_write=True).execute(text(longer), {"giver": him})
        assert changed.rowcount == 0


def test_nobody_hands_over_a_look_at_cases_that_he_has_not(login_suite: Callable[..., Suite]) -> None:
    """Who manages users of one district, and signs there, gives away neither a signature nor the reading of
    other cases."""
    today = dt.datetime.now(SHANGHAI).date()
    manager = login_suite("core.administrator", "core.section_head", profession="notary", district="130104")
    reader = login_suite("core.section_staff", profession="appraisal", district="130104").actor().login
    near = login_suite("core.section_staff", profession="notary", district="130104").actor().login
    put = (
        "INSERT INTO core_hand_over (giver, taker, first_day, last_day, cases, reason) "
        "VALUES (:giver, :taker, :day, :day, false, 'x')"
    )
    assert refused(manager, put, giver=reader, taker=near, day=today)
    with manager.engine.connect() as connection:
        written = connection.execution_options(suite_write=True).execute(
            text(put), {"giver": near, "taker": reader, "day": today}
        )
        assert written.rowcount == 1


def test_whether_others_may_is_told_of_own_cases_only(login_suite: Callable[..., Suite]) -> None:
    clerk = login_suite("core.section_staff", profession="appraisal", district="130102")
    other = login_suite("core.section_staff", profession="appraisal", district="130104").actor().login
    may = "SELECT core_login_may(:who, :asked, :prof, :district, NULL)"
    here = {"who": other, "prof": "appraisal", "district": "130102"}
    assert asked(clerk, may, asked="case:read", **here) is False
    assert asked(clerk, may, asked="case:read", **{**here, "who": clerk.actor().login}) is True
    # Of another place, another profession, or anything but cases nothing is told.
    assert asked(clerk, may, asked="case:read", **{**here, "district": "130104"}) is None
    assert asked(clerk, may, asked="case:read", **{**here, "prof": "lawyers"}) is None
    assert asked(clerk, may, asked="roster:edit", **here) is None


def complain(suite: Suite, who: str = "李建国") -> None:
    with suite.reading() as session:
        number = session.scalar(text("SELECT id FROM core_subject WHERE main_no = '130100123'"))
    suite.run(
        step(
            suite.catalog,
            "OpenComplaint",
            kind=KIND,
            respondent=(number,),
            source="letter",
            complainants=({"name": who, "phone": "13912346612"},),
            allegations=({"head": "fee", "text": "加收费用"},),
        ),
        suite.actor(),
    )


def test_a_party_of_a_hidden_case_stays_in_words(
    suite_on_postgresql: Suite, login_suite: Callable[..., Suite], tmp_path: Path
) -> None:
    importer = login_suite("core.association", profession="appraisal")
    run = imported(importer, tmp_path / "a.xlsx").result["run"]
    complain(suite_on_postgresql)
    assert asked(importer, "SELECT count(*) FROM core_case_party") == 0
    done = importer.run(UndoImport(kind=BODY, run=run), importer.actor())
    (left,) = done.result["left"]
    assert "办件中的当事人" in left.reason


def test_a_changed_party_of_a_hidden_case_stays_where_the_case_came_since(
    suite_on_postgresql: Suite, login_suite: Callable[..., Suite], tmp_path: Path
) -> None:
    importer = login_suite("core.association", profession="appraisal")
    imported(importer, tmp_path / "a.xlsx")
    complain(suite_on_postgresql)
    run = imported(importer, tmp_path / "b.xlsx", name="河北正明司法鉴定所").result["run"]
    undo = UndoImport(kind=BODY, run=run)
    assert importer.run(undo, importer.actor(), dry_run=True).result["left"] == []
    complain(suite_on_postgresql, "赵建军")
    done = importer.run(undo, importer.actor())
    (left,) = done.result["left"]
    assert left.reason == "导入后已被引用：办件中的当事人，保留现值。"
    stranger = login_suite("core.section_staff", profession="notary")
    since = "SELECT count(*) FROM core_referred_since(ARRAY(SELECT generate_series(1, 99999))::bigint[], 0)"
    assert asked(importer, since) > 0
    assert asked(stranger, since) == 0
