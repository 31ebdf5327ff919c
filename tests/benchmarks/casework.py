"""Lists, desk and search of cases at size, against the same page in raw SQL."""

from __future__ import annotations

import datetime as dt
import gc
import random
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import make_url

from suite.bootstrap import Suite, build_suite
from suite.database.audit_triggers import drop_triggers, install_triggers
from suite.database.base import METADATA
from suite.database.bulk import allocate_ids, insert_rows
from suite.database.engine import is_sqlite, writing
from suite.kernel.casework.desk_items import DeskScope, desk_of
from suite.kernel.casework.queries import CaseQuery, case_ids, case_lines
from suite.settings import load_settings
from tests.benchmarks.bureau import BATCH, bureau
from tests.benchmarks.measure import Ratio, clock_of, paired
from tests.benchmarks.rights_cost import _appoint

PAGE = 120
TODAY = dt.date(2026, 11, 23)
RESPONDENTS, OPEN_SHARE = 3_000, 0.05
KINDS = ("lawyers.complaint", "lawyers.complaint", "lawyers.complaint", "appraisal.complaint")
MATTERS = ("加收费用未开票据", "代理不尽责", "利益冲突", "鉴定时只有一名鉴定人到场", "退还材料不全")
CLERK = ("bench_cases", "core.section_staff", {"profession": "lawyers"})


def case_bureau(url: str, cases: int) -> Suite:
    """A suite over a database with so many cases, a twentieth of them open; made once, then reused."""
    bureau(url, RESPONDENTS).engine.dispose()
    suite = build_suite(load_settings(database=url), today=TODAY)
    suite.check_database()
    with suite.reading() as session:
        have = session.execute(text("SELECT count(*) FROM core_case")).scalar_one()
    if have < cases:
        with writing(suite.engine) as connection:
            if is_sqlite(connection):
                drop_triggers(connection)
            else:
                connection.execute(text("SET LOCAL session_replication_role = replica"))
            _fill(suite, connection, have, cases)
            if is_sqlite(connection):
                install_triggers(connection)
        with writing(suite.engine) as connection:
            connection.exec_driver_sql("ANALYZE")
    return suite


def _fill(suite: Suite, connection: Any, have: int, cases: int) -> None:
    draw = random.Random(17)
    subjects = connection.execute(text("SELECT id, name, district_code FROM core_subject")).all()
    login = suite.actor().login
    for start in range(have, cases, BATCH):
        ids = list(allocate_ids(connection, METADATA.tables["core_case"], min(BATCH, cases - start)))
        rows: dict[str, list[dict[str, Any]]] = {}
        for place, case_id in enumerate(ids, start):
            _case(rows, case_id, place, draw.choice(subjects), login, draw)
        for name, made in sorted(rows.items(), key=lambda item: item[0] != "core_case"):
            insert_rows(connection, METADATA.tables[name], made)


def _case(
    rows: dict[str, list[dict[str, Any]]],
    case_id: int,
    place: int,
    subject: Any,
    login: str,
    draw: random.Random,
) -> None:
    kind = KINDS[place % len(KINDS)]
    scope = {
        "profession": kind.partition(".")[0],
        "district_code": subject.district_code,
        "association": None,
    }
    running = draw.random() < OPEN_SHARE
    opened = TODAY - dt.timedelta(days=draw.randint(0, 80) if running else draw.randint(90, 4_000))
    closed = None if running else opened + dt.timedelta(days=draw.randint(5, 85))
    now = dt.datetime(opened.year, opened.month, opened.day, 8, tzinfo=dt.UTC)
    of_case = {"case_id": case_id, **scope}

    def add(table: str, **values: Any) -> None:
        rows.setdefault(table, []).append(values)

    add(
        "core_case", id=case_id, kind=kind, **scope, number=f"旧〔{opened.year}〕{place}号",
        title=f"{draw.choice(MATTERS)}（{place}）", state="investigating" if running else "closed",
        opened=opened, closed=closed, handler=login, version=4, created_at=now, updated_at=now,
    )  # fmt: skip
    add(kind.replace(".", "_"), case_id=case_id, source="letter")
    add(
        "core_case_party",
        **of_case,
        role="respondent",
        subject_id=subject.id,
        name=subject.name,
        since=opened,
    )
    add("core_case_party", **of_case, role="complainant", subject_id=None, name="李某某", since=opened)
    add("core_allegation", **of_case, no=1, head="fee", text="加收费用未开票据", note="", annulled_by="")
    for command, state in (("OpenComplaint", "received"), ("AcceptComplaint", "accepted")):
        add(
            "core_case_event", **of_case, at=now, on_date=opened, by_login=login, command=command,
            title="登记", from_state=None, to_state=state, note="", given="{}",
        )  # fmt: skip
    for limit, unit, length in (("accept", "working", 7), ("handle", "calendar", 60)):
        due = opened + dt.timedelta(days=10 if unit == "working" else 60)
        add(
            "core_clock", **of_case, limit_key=f"appraisal.complaint.{limit}", length=length, extension=0,
            unit=unit, roll=True, article="办法", start=opened, pauses="[]", due=due, provisional=False,
            stopped=None if running and limit == "handle" else closed or opened,
        )  # fmt: skip


def casework(url: str, cases: int) -> Iterator[Ratio]:
    """Each page, as the first user and on PostgreSQL as a clerk whom row-level security binds."""
    suite = case_bureau(url, cases)
    yield from _pages(suite, suite, cases, "")
    if suite.engine.dialect.name != "sqlite":
        login, role, scope = CLERK
        _appoint(suite, login, role, scope)
        address = make_url(url).set(username=login).render_as_string(hide_password=False)
        clerk = build_suite(load_settings(database=address), today=TODAY)
        clerk.check_database()
        yield from _pages(clerk, clerk, cases, "科室 ")
        clerk.engine.dispose()
    suite.engine.dispose()


_FIRST_DUE = "(SELECT min(k.due) FROM core_clock k WHERE k.case_id = c.id AND k.stopped IS NULL)"
_LINE = (
    "c.id, c.number, c.kind, c.title, c.state, c.opened, c.closed, c.handler, c.district_code, u.name, "
    f"{_FIRST_DUE} AS due, (SELECT min(p.name) FROM core_case_party p WHERE p.case_id = c.id "
    "AND p.role = 'respondent' AND p.left_on IS NULL) AS respondent, "
    "EXISTS (SELECT 1 FROM core_case_approval a WHERE a.case_id = c.id AND a.state = 'open') AS waiting"
)
_FROM = "FROM core_case c JOIN core_user u ON u.login = c.handler"


def _pages(suite: Suite, bare: Suite, cases: int, who: str) -> Iterator[Ratio]:
    actor = suite.actor()
    own = "" if not who else "AND c.profession = 'lawyers'"
    name = "王"
    pages: dict[str, tuple[CaseQuery, str]] = {
        "在办": (
            CaseQuery(open=True),
            f"WHERE c.closed IS NULL {own} ORDER BY {_FIRST_DUE} IS NULL, due, c.opened, c.id",
        ),
        "已办结": (
            CaseQuery(open=False),
            f"WHERE c.closed IS NOT NULL {own} ORDER BY c.closed DESC, c.id DESC",
        ),
        "一种在办": (
            CaseQuery(kind="lawyers.complaint", open=True),
            "WHERE c.kind = 'lawyers.complaint' AND c.closed IS NULL "
            f"ORDER BY {_FIRST_DUE} IS NULL, due, c.opened, c.id",
        ),
        "已办结 按编号查找": (
            CaseQuery(open=False, words="77777号"),
            f"WHERE c.closed IS NOT NULL {own} AND (c.number LIKE '%77777号%' OR c.title LIKE '%77777号%' "
            "OR c.id IN (SELECT p.case_id FROM core_case_party p WHERE p.subject_id IS NOT NULL "
            "AND p.name LIKE '%77777号%')) ORDER BY c.closed DESC, c.id DESC",
        ),
        "在办 按当事人查找": (
            CaseQuery(open=True, words=name),
            f"WHERE c.closed IS NULL {own} AND (c.number LIKE '%{name}%' OR c.title LIKE '%{name}%' "
            "OR c.id IN (SELECT p.case_id FROM core_case_party p WHERE p.subject_id IS NOT NULL "
            f"AND p.name LIKE '%{name}%')) ORDER BY {_FIRST_DUE} IS NULL, due, c.opened, c.id",
        ),
    }  # fmt: skip
    for title, (query, sql) in pages.items():
        yield _ratio(suite, f"{who}办件 {title}（{cases:,} 件）", partial(_page, suite, actor, query),
                     partial(_raw, bare, f"SELECT {_LINE} {_FROM} {sql} LIMIT {PAGE}"))  # fmt: skip
    today = TODAY.isoformat()
    desk = (
        f"SELECT {_LINE} {_FROM} WHERE c.closed IS NULL {own} AND {_FIRST_DUE} IS NOT NULL "
        f"ORDER BY due, c.id LIMIT 200"
    )
    sums = (
        f"SELECT sum(CASE WHEN due < '{today}' THEN 1 ELSE 0 END), count(*) FROM (SELECT c.id, "
        "min(k.due) AS due FROM core_clock k JOIN core_case c ON c.id = k.case_id "
        f"WHERE k.stopped IS NULL AND c.closed IS NULL {own} GROUP BY c.id) x"
    )
    yield _ratio(
        suite,
        f"{who}工作台 全部（{cases:,} 件）",
        partial(_desk, suite, actor),
        lambda: (_raw(bare, sums), _raw(bare, desk)),
    )


def _ratio(suite: Suite, title: str, ours: Callable[[], object], floor: Callable[[], object]) -> Ratio:
    # As in the window, which picks up garbage between its answers and not within one.
    gc.collect()
    gc.disable()
    try:
        mine, theirs = paired(ours, floor, clock_of(suite.engine.dialect.name), times=15)
    finally:
        gc.enable()
    return Ratio(title=title, ours=mine, floor=theirs, bound=3)


def _page(suite: Suite, actor: Any, query: CaseQuery) -> None:
    with suite.reading() as session:
        ids = case_ids(session, actor, suite.catalog, query, limit=PAGE)
        case_lines(session, actor, suite.catalog, ids, today=TODAY)


def _desk(suite: Suite, actor: Any) -> None:
    with suite.reading() as session:
        desk_of(session, actor, suite.catalog, TODAY, scope=DeskScope.ALL)


def _raw(suite: Suite, sql: str) -> None:
    with suite.reading() as session:
        session.connection().exec_driver_sql(
            sql.replace("%", "%%") if suite.engine.dialect.name != "sqlite" else sql
        ).all()
