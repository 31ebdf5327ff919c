"""What row-level security costs: the same questions of the same actor, with it and without it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from unittest.mock import patch

from sqlalchemy import text
from sqlalchemy.engine import make_url

from suite.bootstrap import Suite, build_suite
from suite.contract.problems import Refused
from suite.database.engine import ReadSession
from suite.kernel.accounts.commands import AddUser, GrantRole
from suite.kernel.registry.queries import ListQuery, count, counts_by, large_sort_keys, list_ids, stream_ids
from suite.kernel.registry.rows import roster_rows
from suite.kernel.search.queries import find
from suite.settings import load_settings
from tests.benchmarks.bureau import DISTRICTS, bureau
from tests.benchmarks.lists_and_search import KIND, PAGE, SHOWN
from tests.benchmarks.measure import Ratio, clock_of_session, paired

BOUND = 1.5
#: Who asks: a section sees a whole profession, a county its own part of it.
DESKS: dict[str, tuple[str, str, dict[str, str]]] = {
    "科室": ("bench_section", "core.section_staff", {"profession": "lawyers"}),
    "县局": ("bench_county", "core.county_bureau", {"profession": "lawyers", "district": DISTRICTS[0]}),
}


def rights(url: str, rows: int) -> Iterator[Ratio]:
    """Each list, count and search of each desk."""
    free = bureau(url, rows)
    _alone(free)
    for title, (login, role, scope) in DESKS.items():
        _appoint(free, login, role, scope)
        bound = build_suite(
            load_settings(database=make_url(url).set(username=login).render_as_string(hide_password=False))
        )
        bound.check_database()
        actor = bound.actor()
        with bound.reading() as ours, free.reading() as floor:
            # Each suite has one connection, which the questions use again.
            clock = clock_of_session(ours, floor)
        for what, ask in _questions(bound, actor).items():
            slow = what.startswith(("计数", "全部"))
            acts = (partial(_asked, bound, ask), partial(_plainly, free, ask))
            mine, theirs = paired(*acts, clock, times=5 if slow else 25)
            yield Ratio(title=f"{title} {what}（{rows:,} 行）", ours=mine, floor=theirs, bound=BOUND)
        bound.engine.dispose()
    free.engine.dispose()


def _appoint(suite: Suite, login: str, role: str, scope: dict[str, str]) -> None:
    """The desk's user, where an earlier run has not made it."""
    for command in (AddUser(login=login, name=login), GrantRole(login=login, role=role, **scope)):
        try:
            suite.run(command, suite.actor())
        except Refused as refused:
            if refused.codes != {"duplicate"}:
                raise


def _asked(suite: Suite, ask: Callable[[ReadSession], object]) -> None:
    with suite.reading() as session:
        ask(session)


def _plainly(suite: Suite, ask: Callable[[ReadSession], object]) -> None:
    """The same past the views that only row-level security makes necessary: of the tables themselves."""
    with patch("suite.kernel.registry.queries.is_sqlite", return_value=True):
        _asked(suite, ask)


def _alone(suite: Suite) -> None:
    """Let each question be answered by one process, so that its processor time is the whole of it."""
    with suite.engine.connect() as connection:
        connection = connection.execution_options(isolation_level="AUTOCOMMIT")
        name = connection.execute(text("SELECT quote_ident(current_database())")).scalar_one()
        connection.exec_driver_sql(f"ALTER DATABASE {name} SET max_parallel_workers_per_gather = 0")
    suite.engine.dispose()


def _questions(suite: Suite, actor: object) -> dict[str, Callable[[ReadSession], object]]:
    kind = suite.catalog.kinds[KIND]
    lists: dict[str, ListQuery] = {
        "列表": ListQuery(kind=KIND),
        "列表 区县": ListQuery(kind=KIND, filters={"district_code": [DISTRICTS[0]]}),
        "列表 类别": ListQuery(kind=KIND, filters={"category": ["part_time"]}),
        "列表 状态": ListQuery(kind=KIND, filters={"status": ["suspended"]}),
    }
    lists |= {f"列表 按{key}": ListQuery(kind=KIND, sort=((key, False),)) for key in large_sort_keys(kind)}
    lists |= {
        f"列表 含“{words}”": ListQuery(kind=KIND, text=words) for words in ("z", "王", "王志", "z a", "11301")
    }
    asked: dict[str, Callable[[ReadSession], object]] = {}

    def page(query: ListQuery, session: ReadSession) -> object:
        found = list_ids(session, actor, suite.catalog, query, limit=PAGE)
        return roster_rows(session, actor, suite.catalog, KIND, found.ids, columns=SHOWN)

    def every(query: ListQuery, session: ReadSession) -> object:
        return list(islice(stream_ids(session, actor, suite.catalog, query), 50_000))

    for title, query in lists.items():
        asked[title] = partial(page, query)
    asked["全部编号"] = partial(every, lists["列表"])
    asked["计数"] = lambda session: count(session, actor, suite.catalog, lists["列表"])
    narrowed = ListQuery(kind=KIND, filters={"status": ["active"]})
    for key in ("status", "category", "district_code", "sex"):
        if key in kind.by_key:
            asked[f"计数 按{key}"] = lambda session, key=key: counts_by(
                session, actor, suite.catalog, lists["列表"], key
            )
    own = next(f.key for f in kind.fields if f.table is kind.details and f.codes is not None)
    asked[f"计数 按明细 {own}"] = lambda session: counts_by(session, actor, suite.catalog, lists["列表"], own)
    for key in ("sex", own):
        asked[f"计数 在业 按{key}"] = lambda session, key=key: counts_by(
            session, actor, suite.catalog, narrowed, key
        )
    for words in ("z", "王", "王志", "王志远", "z a", "11301", "12345", "wzy"):
        asked[f"搜索 “{words}”"] = lambda session, words=words: find(session, actor, suite.catalog, words)
    return asked
