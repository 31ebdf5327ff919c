"""A broken plugin of every kind is parked with its cause and cure, and the rest runs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from textwrap import dedent

import pytest

from suite.bootstrap import Suite, build_suite
from suite.kernel.registry.queries import ListQuery, list_ids
from suite.settings import load_settings
from suite.testing.factories import a_lawyer, make
from suite.testing.fixtures import few_places

HEAD = """
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from suite.api import (
    Code, CodeList, Field, OwnedTables, Page, PluginInfo, RecordKind, Role, Subject, SubjectRole, hookimpl
)

class Base(OwnedTables, DeclarativeBase, owner="{name}"): ...

class Clinic(Base):
    __tablename__ = "{name}_clinic"
    subject_id: Mapped[int] = mapped_column(ForeignKey("core_subject.id"), primary_key=True)
    beds: Mapped[int | None]

STATUS = CodeList(key="{name}.status", title="状态", codes=(Code(value="active", title="在册"),))

def kind(**changes):
    declared = dict(
        key="{name}.clinic", title="诊所", role=SubjectRole.ORGANISATION, details=Clinic.__table__,
        match=("main_no",), status="{name}.status",
        fields=(
            Field(Subject.name, title="名称", required=True, listed=True),
            Field(Subject.main_no, title="编号"),
            Field(Subject.status, title="状态", codes="{name}.status"),
            Field(Clinic.beds, title="床位"),
        ),
    )
    return RecordKind(**{{**declared, **changes}})

@hookimpl
def suite_plugin():
    return PluginInfo(name="{name}", title="试验插件", version="1", api=1, migrations={migrations!r})

@hookimpl
def suite_declare():
    return DECLARED
"""

BROKEN = {
    "raises_on_import": ("raise OSError('libclinic.so')", "", "libclinic.so"),
    "exits_on_import": ("raise SystemExit(1)", "", "SystemExit"),
    "raises_in_a_hook": (
        "DECLARED = ()",
        "@hookimpl\ndef suite_declare():\n    raise KeyError('beds')",
        "KeyError",
    ),
    "exits_in_a_hook": (
        "DECLARED = ()",
        "@hookimpl\ndef suite_declare():\n    raise SystemExit(3)",
        "SystemExit",
    ),
    "role_of_unknown_permissions": (
        "DECLARED = (STATUS, kind(), Role(key='{name}.r', title='r', permissions=('{name}:roster:raed',)))",
        "",
        "{name}:roster:raed",
    ),
    "duplicate_key": ("DECLARED = (STATUS, STATUS, kind())", "", "声明了 2 次"),
    "key_of_another": (
        "DECLARED = (STATUS, kind(), CodeList(key='core.sex', title='x', codes=()))",
        "",
        "core.sex",
    ),
    "missing_column": (
        "class Other(Base):\n"
        "    __tablename__ = '{name}_other'\n"
        "    subject_id: Mapped[int] = mapped_column(ForeignKey('core_subject.id'), primary_key=True)\n"
        "    rooms: Mapped[int | None]\n"
        "DECLARED = (STATUS, kind(fields=(*kind().fields, Field(Other.rooms, title='房间'))))",
        "",
        "房间",
    ),
    "unknown_permission": (
        "DECLARED = (STATUS, kind(), Page(key='{name}.map', title='图', section='roster', widget='x:Y', "
        "permission='{name}:map:read'))",
        "",
        "{name}:map:read",
    ),
    "unknown_code_list": (
        "DECLARED = (STATUS, kind(fields=(*kind().fields, Field(Subject.category, title='类别', "
        "codes='{name}.nothing'))))",
        "",
        "{name}.nothing",
    ),
    "faulty_mapper": (
        "class Ward(Base):\n"
        "    __tablename__ = '{name}_ward'\n"
        "    id: Mapped[int] = mapped_column(primary_key=True)\n"
        "    nurses: Mapped['Nobody'] = relationship()\n"
        "DECLARED = (STATUS, kind())",
        "",
        "数据表映射有误",
    ),
    "foreign_table": (
        "class Stolen(Base):\n"
        "    __tablename__ = 'core_stolen'\n"
        "    subject_id: Mapped[int] = mapped_column(primary_key=True)\n"
        "DECLARED = ()",
        "",
        "must begin with",
    ),
    "misspelt_hook": ("DECLARED = ()", "@hookimpl\ndef suite_declares():\n    return ()", "suite_declares"),
    "other_api": (
        "DECLARED = ()",
        "@hookimpl\ndef suite_plugin():\n"
        "    return PluginInfo(name='{name}', title='试验', version='1', api=99, migrations={migrations!r})",
        "第 99 版接口",
    ),
}

MIGRATION = """
import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None

def upgrade():
    {body}
"""


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder on the path for strangers' plugins; their modules are forgotten afterwards."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    known = set(sys.modules)
    yield folder
    for name in set(sys.modules) - known:
        if name.startswith("broken_"):
            del sys.modules[name]


def written(folder: Path, name: str, body: str, tail: str, migration: str) -> EntryPoint:
    migrations = folder / f"{name}_migrations"
    migrations.mkdir()
    (migrations / "1_clinic.py").write_text(MIGRATION.format(body=migration), "utf-8")
    places = {"name": name, "migrations": str(migrations)}
    source = "\n".join((HEAD.format(**places), body.format(**places), tail.format(**places)))
    (folder / f"{name}.py").write_text(dedent(source), "utf-8")
    return EntryPoint(name=name, value=name, group="suite.plugins")


def started(database: Path, *points: EntryPoint) -> Suite:
    ours = [point for point in entry_points(group="suite.plugins") if point.name == "lawyers"]
    suite = build_suite(load_settings(database=str(database)), points=[*ours, *points])
    if database.exists():
        suite.check_database()
    else:
        with few_places():
            suite.initialise()
    return suite


def still_works(suite: Suite) -> None:
    admin = suite.actor()
    made = make(suite, admin, "lawyers.lawyer", a_lawyer(1))
    with suite.reading() as session:
        page = list_ids(session, admin, suite.catalog, ListQuery(kind="lawyers.lawyer"))
    assert list(page.ids) == made


@pytest.mark.parametrize("case", sorted(BROKEN))
def test_a_faulty_plugin_is_parked_and_the_rest_runs(
    case: str, elsewhere: Path, sqlite_database: Path
) -> None:
    body, tail, told = BROKEN[case]
    name = f"broken_{case}".replace("_", "")
    point = written(elsewhere, name, body, tail, "pass")
    suite = started(sqlite_database, point)
    parked = suite.plugins.parked[name]
    assert told.format(name=name) in "；".join(parked.cause)
    assert parked.cure
    assert "lawyers" in suite.plugins.loaded
    still_works(suite)
    suite.engine.dispose()


def test_a_plugin_whose_migration_fails_is_parked_and_leaves_nothing(elsewhere: Path, tmp_path: Path) -> None:
    name = "brokenmigration"
    failing = (
        "op.create_table('brokenmigration_ward', sa.Column('id', sa.Integer)); op.execute('SELECT nothing')"
    )
    point = written(elsewhere, name, "DECLARED = (STATUS, kind())", "", failing)
    suite = started(tmp_path / "bureau.db", point)
    assert "nothing" in suite.plugins.parked[name].cause[0]
    with suite.reading() as session:
        connection = session.connection()
        assert "brokenmigration_ward" not in connection.dialect.get_table_names(connection)
    still_works(suite)
    suite.engine.dispose()


def test_a_plugin_that_came_after_the_database_is_parked_until_the_upgrade(
    elsewhere: Path, sqlite_database: Path, tmp_path: Path
) -> None:
    suite = started(sqlite_database)
    suite.engine.dispose()
    name = "brokenlate"
    create = (
        "op.create_table('brokenlate_clinic', sa.Column('subject_id', sa.Integer, primary_key=True), "
        "sa.Column('beds', sa.Integer))"
    )
    point = written(elsewhere, name, "DECLARED = (STATUS, kind())", "", create)
    ours = [item for item in entry_points(group="suite.plugins") if item.name == "lawyers"]
    settings = load_settings(database=str(sqlite_database))
    late = build_suite(settings, points=[*ours, point])
    late.check_database()
    assert "suite db upgrade" in late.plugins.parked[name].cure
    late.engine.dispose()
    del sys.modules[name]
    upgraded = build_suite(settings, points=[*ours, point])
    upgraded.upgrade()
    assert name in upgraded.plugins.loaded
    [clinic] = make(upgraded, upgraded.actor(), f"{name}.clinic", {"name": "第一诊所", "beds": 3})
    upgraded.engine.dispose()
    # Taken away again: its records stay readable through the core rows.
    del sys.modules[name]
    without = build_suite(settings, points=ours)
    without.check_database()
    from suite.tables import Subject

    with without.reading() as session:
        found = session.get(Subject, clinic)
        assert found is not None
        assert found.name == "第一诊所"
    still_works(without)
    without.engine.dispose()
    assert list(tmp_path.glob("suite.db.before-upgrade-*"))
