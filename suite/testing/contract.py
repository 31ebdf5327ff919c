"""What every plugin must stand: subclass `PluginContract`, name the plugin, and pytest does the rest.

    from suite.testing.contract import PluginContract

    class TestLawyers(PluginContract):
        plugin = "lawyers"

Its fixtures come with `-p suite.testing.fixtures`, for instance from `addopts` in `pyproject.toml`.

The plugin is loaded alone, by its entry point, over real databases of both engines. Its sample workbooks
are its proof: they go through the real importer.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import entry_points
from pathlib import Path
from typing import ClassVar

import pytest

from suite.bootstrap import Suite, build_suite
from suite.cli.demo_workbooks import sample_request, sample_rows, write_workbook
from suite.contract.commands import Actor
from suite.contract.declarations import RecordKind, SampleRequest
from suite.contract.problems import Refused
from suite.database import migrate
from suite.kernel.exchange.export import write_template
from suite.kernel.exchange.header import normalise_headings
from suite.kernel.exchange.importing import accept
from suite.kernel.exchange.previewed import ImportPreview, ImportRequest
from suite.kernel.registry.districts import short_district_names
from suite.kernel.registry.queries import ListQuery, list_ids
from suite.kernel.registry.record_file import record_file
from suite.kernel.registry.rows import roster_rows
from suite.kernel.search.queries import find
from suite.loader.plugins import GROUP
from suite.settings import Settings
from suite.testing.fixtures import FEW_DISTRICTS, TODAY, installed

#: Of a hundred rows of a plugin's own samples at most so many may be held: a sample is nearly tidy.
MOST_HELD = 0.02


def known_places(request: SampleRequest) -> SampleRequest:
    """The request with only those villages that a test's database knows."""
    here = tuple(village for village in request.villages if village[3] in FEW_DISTRICTS)
    return replace(request, villages=here)


@contextmanager
def _alone(database: str, home: Path, *names: str) -> Iterator[Suite]:
    """A suite with these plugins only."""
    points = [point for point in entry_points(group=GROUP) if point.name in names]
    suite = build_suite(Settings(database=database, home=home), today=TODAY, plugins=installed(points))
    try:
        suite.check_database()
        yield suite
    finally:
        suite.engine.dispose()


@dataclass(frozen=True, kw_only=True)
class ImportedSamples:
    """A database into which the plugin's samples were imported, and what the importer said of them."""

    suite: Suite
    actor: Actor
    database: str
    folder: Path
    previews: tuple[ImportPreview, ...]


@pytest.mark.both_engines
class PluginContract:
    """The tests of one plugin; `practitioners` sizes its samples."""

    plugin: ClassVar[str]
    practitioners: ClassVar[int] = 2_000

    @pytest.fixture(scope="class", params=("sqlite", "postgresql"))
    @classmethod
    def database(
        cls,
        request: pytest.FixtureRequest,
        tmp_path_factory: pytest.TempPathFactory,
    ) -> str:
        """A fresh initialised database for the tests of this class, on each engine."""
        template = request.getfixturevalue(f"{request.param}_template")
        if request.param == "sqlite":
            folder = tmp_path_factory.mktemp(cls.plugin)
            return str(shutil.copyfile(template, folder / "suite.db"))
        url: str = request.getfixturevalue("fresh_postgresql")(template)
        return url

    @pytest.fixture(scope="class")
    @classmethod
    def imported(cls, database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ImportedSamples]:
        """The plugin alone, its sample workbooks written and taken in order."""
        folder = tmp_path_factory.mktemp(f"{cls.plugin}-samples")
        with _alone(database, folder, cls.plugin) as suite:
            actor = suite.actor()
            request = known_places(sample_request(cls.practitioners, TODAY))
            previews = []
            for sample in sorted(suite.catalog.samples, key=lambda item: item.order):
                path = folder / sample.file_name
                write_workbook(sample, sample_rows(sample, request), path, unit="", today=TODAY)
                preview = suite.preview(ImportRequest(kind=sample.kind, path=path), actor)
                suite.run(accept(preview), actor)
                previews.append(preview)
            yield ImportedSamples(
                suite=suite, actor=actor, database=database, folder=folder, previews=tuple(previews)
            )

    def kinds(self, suite: Suite) -> list[RecordKind]:
        """The plugin's own kinds."""
        return [kind for kind in suite.catalog.kinds.values() if kind.owner == self.plugin]

    def test_it_is_on_with_all_it_declares(self, imported: ImportedSamples) -> None:
        """The loader found no fault: keys unique, columns, codes, links and permissions there."""
        assert self.plugin not in imported.suite.plugins.parked
        assert list(imported.suite.plugins.loaded) == [self.plugin]
        assert self.kinds(imported.suite)

    def test_words_are_unambiguous(self, imported: ImportedSamples) -> None:
        """One title, heading or spelling never means two things within a kind or a code list."""
        for kind in self.kinds(imported.suite):
            titles = [field.title for field in kind.fields]
            assert len(titles) == len(set(titles)), kind.key
            meant: defaultdict[str, set[str]] = defaultdict(set)
            for field in kind.fields:
                for heading in normalise_headings(dict.fromkeys((field.title, *field.headings), field.key)):
                    meant[heading].add(field.key)
            assert {heading: keys for heading, keys in meant.items() if len(keys) > 1} == {}, kind.key
        for codes in imported.suite.catalog.codes.values():
            spelt: defaultdict[str, set[str]] = defaultdict(set)
            for code in codes.codes:
                for text in (code.value, code.title, *code.also):
                    spelt[text].add(code.value)
            assert {text: values for text, values in spelt.items() if len(values) > 1} == {}, codes.key

    def test_the_migrations_make_the_declared_tables(self, imported: ImportedSamples) -> None:
        """What the migrations make is what is mapped, on this engine."""
        plugin = imported.suite.plugins.loaded[self.plugin]
        assert migrate.differences(imported.suite.engine, plugin.owner) == []

    def test_its_samples_are_taken_by_the_importer(self, imported: ImportedSamples) -> None:
        """Every kind has a sample, nearly all of its rows are written, every column is understood."""
        sampled = {preview.kind for preview in imported.previews}
        assert sampled == {kind.key for kind in self.kinds(imported.suite)}
        for preview in imported.previews:
            counts = preview.counts
            assert counts["new"] > 0, preview.kind
            held = [problem.text for row in preview.rows if row.result == "held" for problem in row.problems]
            assert counts["held"] <= max(1, MOST_HELD * counts["rows"]), (preview.kind, held[:5])

    def test_importing_again_changes_nothing(self, imported: ImportedSamples) -> None:
        """A second look at the same files finds every written row as it stands."""
        for preview in imported.previews:
            again = imported.suite.preview(
                ImportRequest(kind=preview.kind, path=preview.path), imported.actor
            )
            assert again.counts["new"] == 0, preview.kind
            changes = [(row.row, row.changes) for row in again.rows if row.result == "changed"]
            assert changes == [], (preview.kind, changes[:3])

    def test_its_template_is_understood(self, imported: ImportedSamples) -> None:
        """Every column of the blank template goes to its own field."""
        suite = imported.suite
        with suite.reading() as session:
            districts = list(short_district_names(session).values())
        for kind in self.kinds(suite):
            path = imported.folder / f"{kind.key}.template.xlsx"
            write_template(suite.catalog, kind, path, districts)
            blank = suite.preview(ImportRequest(kind=kind.key, path=path), imported.actor)
            read = [sheet for sheet in blank.sheets if sheet.state == "read"]
            assert len(read) == 1, kind.key
            assert read[0].mapping == {field.title: field.key for field in kind.fields}, kind.key
            assert blank.counts["rows"] == 0

    def test_lists_and_records_are_read(self, imported: ImportedSamples) -> None:
        """Lists by every filter, records, search and a past day work with this plugin alone."""
        suite, actor, catalog = imported.suite, imported.actor, imported.suite.catalog
        for kind in self.kinds(suite):
            with suite.reading() as session:
                ids = list_ids(session, actor, catalog, ListQuery(kind=kind.key)).ids
                assert ids, kind.key
                rows = roster_rows(session, actor, catalog, kind.key, ids)
                assert [row.subject_id for row in rows] == list(ids)
                first = rows[0]
                for field in kind.fields:
                    if field.sensitive or not field.filtered:
                        continue
                    value = first.values[field.key]
                    wanted = value[0] if isinstance(value, tuple) else value
                    query = ListQuery(kind=kind.key, filters={field.key: (wanted,)})
                    assert first.subject_id in list_ids(session, actor, catalog, query).ids, field.key
                for view in kind.views:
                    list_ids(session, actor, catalog, ListQuery(kind=kind.key, filters=view.filters))
                record = record_file(session, actor, catalog, first.subject_id)
                assert record.values["name"] == first.values["name"]
                past = ListQuery(kind=kind.key, as_of=TODAY)
                assert set(list_ids(session, actor, catalog, past).ids) <= set(ids)
                hits = find(session, actor, catalog, str(first.values["name"]), kinds=(kind.key,))
                assert first.subject_id in {hit.subject_id for hit in hits}

    def test_its_records_outlive_it(self, imported: ImportedSamples) -> None:
        """Without the plugin the program works on, and its records are told by name and number."""
        suite = imported.suite
        kind = self.kinds(suite)[0]
        with suite.reading() as session:
            subject_id = list_ids(session, imported.actor, suite.catalog, ListQuery(kind=kind.key)).ids[0]
            name = roster_rows(session, imported.actor, suite.catalog, kind.key, [subject_id])[0].values[
                "name"
            ]
        with _alone(imported.database, imported.folder) as without:
            assert without.unwritable() == []
            actor = without.actor()
            with without.reading() as session:
                villages = ListQuery(kind="core.village")
                assert list_ids(session, actor, without.catalog, villages, limit=1).ids
                with pytest.raises(Refused) as told:
                    record_file(session, actor, without.catalog, subject_id)
            assert told.value.codes == {"record.parked"}
            assert str(name) in told.value.problems[0].text
