"""A bureau of any size for measuring: rows written straight into the tables, without audit, in seconds.

Only for benchmarks: the program itself has one writer, the executor.
"""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path
from typing import Any

from sqlalchemy import text

from suite.bootstrap import Suite, build_suite
from suite.database.audit_triggers import drop_triggers, install_triggers
from suite.database.bulk import allocate_ids, insert_rows
from suite.database.engine import is_sqlite, writing
from suite.kernel.registry.save import PERSONS, SUBJECTS
from suite.kernel.search.keys import Searchable, write_keys
from suite.kernel.search.pinyin import sort_key
from suite.settings import load_settings

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "志远振华子昂思源天佑一鸣海波丽娜文静彦斌建国乐平安若溪少华红霞长青凤英国栋明哲玉洁雪松博"
DISTRICTS = ("130102", "130104", "130105", "130108", "130109", "130110", "130123", "130131")
BATCH = 50_000


def bureau(url: str, lawyers: int) -> Suite:
    """A suite over a database with `lawyers` lawyers in `lawyers // 17` firms; made once, then reused."""
    suite = build_suite(load_settings(database=url))
    suite.initialise()
    with suite.reading() as session:
        have = session.execute(text("SELECT count(*) FROM lawyers_lawyer")).scalar_one()
    if have < lawyers:
        _fill(suite, lawyers)
    return suite


def _fill(suite: Suite, lawyers: int) -> None:
    draw = random.Random(11)
    firms = max(1, lawyers // 17)
    kinds = suite.catalog.kinds
    now = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)
    with writing(suite.engine) as connection:
        if is_sqlite(connection):
            drop_triggers(connection)
        else:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        firm_ids = list(allocate_ids(connection, SUBJECTS, firms))
        rows = [
            _subject(
                firm_ids[n],
                "lawyers.law_firm",
                "organisation",
                f"河北{_name(draw)}律师事务所",
                f"F{n:08d}",
                draw,
            )
            for n in range(firms)
        ]
        _write(connection, rows, kinds["lawyers.law_firm"].details, now, draw, None)
        for start in range(0, lawyers, BATCH):
            number = min(BATCH, lawyers - start)
            ids = list(allocate_ids(connection, SUBJECTS, number))
            persons = list(allocate_ids(connection, PERSONS, number))
            rows = []
            for place, subject_id in enumerate(ids):
                row = _subject(
                    subject_id,
                    "lawyers.lawyer",
                    "practitioner",
                    _name(draw),
                    _number(start + place, draw),
                    draw,
                )
                row |= {"body_id": draw.choice(firm_ids), "person_id": persons[place]}
                rows.append(row)
            insert_rows(
                connection,
                PERSONS,
                [{"id": row["person_id"], "name": row["name"], "sex": "male"} for row in rows],
            )
            _write(connection, rows, kinds["lawyers.lawyer"].details, now, draw, "first_practice_on")
        if is_sqlite(connection):
            install_triggers(connection)
    with writing(suite.engine) as connection:
        connection.exec_driver_sql("ANALYZE")


def _name(draw: random.Random) -> str:
    return draw.choice(SURNAMES) + "".join(draw.sample(GIVEN, draw.choice((1, 2, 2, 2))))


def _number(place: int, draw: random.Random) -> str:
    return f"11301{draw.randint(1990, 2026)}{draw.choice('112')}{draw.choice('01')}{place:06d}"


def _subject(
    number: int, kind: str, role: str, name: str, main_no: str, draw: random.Random
) -> dict[str, Any]:
    return {
        "id": number,
        "kind": kind,
        "profession": "lawyers",
        "role": role,
        "name": name,
        "name_key": sort_key(name),
        "main_no": main_no,
        "district_code": draw.choice(DISTRICTS),
        "association": None,
        "status": draw.choice(("active",) * 18 + ("suspended", "cancelled")),
        "category": draw.choice(("full_time",) * 8 + ("part_time", "government")),
        "person_id": None,
        "body_id": None,
        "valid_from": None,
        "valid_to": None,
        "version": 1,
    }


def _write(
    connection: Any,
    rows: list[dict[str, Any]],
    details: Any,
    now: dt.datetime,
    draw: random.Random,
    dated: str | None,
) -> None:
    for row in rows:
        row |= {"created_at": now, "updated_at": now}
    insert_rows(connection, SUBJECTS, rows)
    values = []
    for row in rows:
        value: dict[str, Any] = {"subject_id": row["id"]}
        if dated:
            value[dated] = dt.date(1995, 1, 1) + dt.timedelta(days=draw.randint(0, 11_000))
        values.append(value | _required(details))
    insert_rows(connection, details, values)
    write_keys(
        connection,
        [
            Searchable(
                subject_id=row["id"],
                kind=row["kind"],
                profession="lawyers",
                district_code=row["district_code"],
                association=None,
                names=(row["name"],),
                numbers=(row["main_no"],),
            )
            for row in rows
        ],
        fresh=True,
    )


def _required(details: Any) -> dict[str, Any]:
    """Columns that may not be empty and have no default of the database."""
    return {
        column.name: False
        for column in details.columns
        if not column.nullable and not column.primary_key and column.server_default is None
    }


def folder() -> Path:
    """Where benchmark databases are kept between runs: the user's cache."""
    import platformdirs

    place = Path(platformdirs.user_cache_dir("suite-benchmarks", appauthor=False))
    place.mkdir(parents=True, exist_ok=True)
    return place
