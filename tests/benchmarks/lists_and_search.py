"""First page of every declared filter and sort, and search as one types, against the raw SQL."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from sqlalchemy import text

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Granted, Scope
from suite.kernel.registry.queries import ListQuery, large_sort_keys, list_ids
from suite.kernel.registry.rows import roster_rows
from suite.kernel.search.keys import TAIL
from suite.kernel.search.queries import find
from suite.kernel.search.words import LAST
from tests.benchmarks.bureau import DISTRICTS, GIVEN, SURNAMES
from tests.benchmarks.measure import Ratio, clock_of, paired, percentile

PAGE = 120
KIND = "lawyers.lawyer"
#: What the list shows by default, as the raw statement reads it.
SHOWN = ("name", "main_no", "status", "category", "district_code", "body_id", "first_practice_on")


def lists(suite: Suite, rows: int) -> Iterator[Ratio]:
    """Each declared filter by name, each sort of large lists alone and beneath the commonest filter."""
    kind = suite.catalog.kinds[KIND]
    admin = suite.actor()
    with suite.reading() as session:
        firm = session.execute(
            text("SELECT body_id FROM core_subject WHERE kind = :k LIMIT 1"), {"k": KIND}
        ).scalar_one()
    filters: list[tuple[str, dict[str, Any], str]] = [
        ("不筛选", {}, ""),
        ("区县", {"district_code": [DISTRICTS[0]]}, f"AND s.district_code = '{DISTRICTS[0]}'"),
        ("类别", {"category": ["full_time"]}, "AND s.category = 'full_time'"),
        ("状态（少）", {"status": ["suspended"]}, "AND s.status = 'suspended'"),
        (
            "状态（在册三种）",
            {"status": ["active", "suspended", "practice_paused"]},
            "AND s.status IN ('active', 'suspended', 'practice_paused')",
        ),
        ("机构", {"body_id": [firm]}, f"AND s.body_id = {firm}"),
        (
            "区县且类别",
            {"district_code": [DISTRICTS[0]], "category": ["part_time"]},
            f"AND s.district_code = '{DISTRICTS[0]}' AND s.category = 'part_time'",
        ),
    ]
    for title, wanted, sql in filters:
        yield _page(
            suite,
            admin,
            rows,
            f"列表 {title} 按姓名",
            ListQuery(kind=KIND, filters=wanted),
            sql,
            "s.name_key, s.id",
        )
    for key in sorted(large_sort_keys(kind) - {"name"}):
        field = kind.by_key[key]
        table = "d" if field.table is kind.details else "s"
        tie = "d.subject_id" if table == "d" else "s.id"
        for descending in (False, True):
            turn = " DESC" if descending else ""
            query = ListQuery(kind=KIND, sort=((key, descending),))
            order = f"{table}.{field.name}{turn}, {tie}{turn}"
            # The raw page is given the plan that its index serves: the ids first, then their columns.
            first = (
                f"AND s.id IN (SELECT subject_id FROM lawyers_lawyer d ORDER BY d.{field.name}{turn}, "
                f"d.subject_id{turn} LIMIT {PAGE})"
                if table == "d"
                else ""
            )
            title = f"列表 按{field.title}{'降序' if descending else ''}"
            yield _page(suite, admin, rows, title, query, first, order)


def _page(suite: Suite, admin: Any, rows: int, title: str, query: ListQuery, where: str, order: str) -> Ratio:
    columns = (
        "s.id, s.version, s.name, s.main_no, s.status, s.category, s.district_code, s.body_id, b.name, "
        "d.first_practice_on"
    )
    raw = (
        f"SELECT {columns} FROM lawyers_lawyer d JOIN core_subject s ON s.id = d.subject_id "
        f"LEFT JOIN core_subject b ON b.id = s.body_id WHERE s.kind = '{KIND}' {where} "
        f"ORDER BY {order} LIMIT {PAGE}"
    )

    def ours() -> None:
        with suite.reading() as session:
            page = list_ids(session, admin, suite.catalog, query, limit=PAGE)
            roster_rows(session, admin, suite.catalog, KIND, page.ids, columns=SHOWN)

    def floor() -> None:
        with suite.reading() as session:
            session.connection().exec_driver_sql(raw).all()

    mine, theirs = paired(ours, floor, clock_of(suite.engine.dialect.name))
    return Ratio(title=f"{title}（{rows:,} 行）", ours=mine, floor=theirs, bound=3)


def texts(suite: Suite, rows: int) -> Iterator[Ratio]:
    """Words within a list, and a narrow scope's search, against the better of the two raw ways.

    A list's words may be answered by walking its order or by reading the words' keys: the floor is
    whichever takes less, as nobody knows beforehand.
    """
    admin = suite.actor()
    clock = clock_of(suite.engine.dialect.name)
    for asked in ("z", "11301", "王", "王志", "z a"):
        query = ListQuery(kind=KIND, text=asked)
        walk, scan = _raw_words(asked.split())

        def ours(query: ListQuery = query) -> None:
            with suite.reading() as session:
                list_ids(session, admin, suite.catalog, query, limit=PAGE)

        def floor(statement: str) -> None:
            with suite.reading() as session:
                session.connection().exec_driver_sql(statement).all()

        # Each taken in turn with ours, which follows on the caches that it leaves.
        both = (paired(ours, partial(floor, way), clock) for way in (walk, scan))
        mine, theirs = min(both, key=lambda pair: pair[1])
        yield Ratio(title=f"列表 含“{asked}” 按姓名（{rows:,} 行）", ours=mine, floor=theirs, bound=3)
    for title, district in (("有人的县", DISTRICTS[0]), ("无人的县", "130181")):
        scope = Scope(professions=frozenset({"lawyers"}), districts=frozenset({district}))
        county = Actor(
            login="county", name="county", granted=(Granted(permission="lawyers:roster:read", scope=scope),)
        )
        raw = (
            "SELECT key, subject_id FROM core_search_key WHERE key >= 'z' AND key < '{' "
            "AND scope_id IN (SELECT id FROM core_search_scope "
            f"WHERE profession = 'lawyers' AND district_code = '{district}') "
            "ORDER BY key, subject_id LIMIT 50"
        )

        def found(county: Actor = county) -> None:
            with suite.reading() as session:
                find(session, county, suite.catalog, "z")

        def bare(raw: str = raw) -> None:
            with suite.reading() as session:
                session.connection().exec_driver_sql(raw).all()

        mine, theirs = paired(found, bare, clock)
        yield Ratio(title=f"搜索 “z” {title}（{rows:,} 行）", ours=mine, floor=theirs, bound=3)


def _raw_words(words: list[str]) -> tuple[str, str]:
    """A page of a list by name with these words, walked and scanned."""
    page = f"SELECT s.id FROM core_subject s WHERE s.kind = '{KIND}' "
    order = f" ORDER BY s.name_key, s.id LIMIT {PAGE + 1}"
    walk, scan = page, page
    for word in words:
        one = f"k.key >= '{word}' AND k.key < '{word}{LAST}'"
        walk += f"AND EXISTS (SELECT 1 FROM core_search_key k WHERE k.subject_id = s.id AND {one}) "
        scan += f"AND s.id IN (SELECT subject_id FROM core_search_key k WHERE {one}) "
    return walk + order, scan + order


def search(suite: Suite, rows: int, *, queries: int = 400) -> Iterator[Ratio]:
    """p95 of one to three characters, initials and tails against the bare range scan."""
    admin = suite.actor()
    clock = clock_of(suite.engine.dialect.name)
    draw = random.Random(3)
    raw = text("SELECT DISTINCT subject_id FROM core_search_key WHERE key >= :a AND key < :b LIMIT 50")
    makers: dict[str, Callable[[], str]] = {
        "一字": lambda: draw.choice(SURNAMES),
        "二字": lambda: draw.choice(SURNAMES) + draw.choice(GIVEN),
        "三字": lambda: draw.choice(SURNAMES) + "".join(draw.sample(GIVEN, 2)),
        "首字母": lambda: "".join(draw.choices("abcdghjlmpqswxyz", k=draw.randint(1, 3))),
        "尾号": lambda: f"{draw.randint(0, rows):06d}"[-5:],
    }
    for words in ("王", "王志远", "12345"):  # each shape of statement is put together once
        with suite.reading() as session:
            find(session, admin, suite.catalog, words)
    for title, make in makers.items():
        mine, theirs = [], []
        for _ in range(queries // len(makers)):
            words = make()
            start = clock()
            with suite.reading() as session:
                find(session, admin, suite.catalog, words)
            middle = clock()
            with suite.reading() as session:
                for low in [words, TAIL + words[::-1]] if title == "尾号" else [words]:
                    session.execute(raw, {"a": low, "b": low + LAST}).all()
            mine.append((middle - start) * 1000)
            theirs.append((clock() - middle) * 1000)
        yield Ratio(
            title=f"搜索 {title} p95（{rows:,} 人）",
            ours=percentile(mine, 0.95),
            floor=percentile(theirs, 0.95),
            bound=3,
        )
