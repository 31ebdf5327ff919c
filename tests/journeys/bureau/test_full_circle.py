"""Every roster of the demonstration comes back from its own export, and from a packet, as it is."""

from __future__ import annotations

import shutil
from pathlib import Path

from suite.bootstrap import Suite
from suite.kernel.exchange.export import export_list
from suite.kernel.exchange.houses import NameHouse, signed
from suite.kernel.exchange.packet_files import write_packet
from suite.kernel.exchange.preview import ImportRequest
from suite.kernel.exchange.sending import SendRoster
from suite.kernel.exchange.taking import take
from suite.kernel.registry.queries import ListQuery, stream_ids
from suite.testing.fixtures import opened
from suite.testing.keyrings import MemoryKeyring
from tests.journeys.conftest import Demonstration


def test_an_export_of_every_kind_changes_nothing_and_holds_nothing(
    demonstration: Demonstration, tmp_path: Path
) -> None:
    shutil.copy(demonstration.folder / "suite.db", tmp_path / "suite.db")
    wrong, empty = {}, []
    with opened(str(tmp_path / "suite.db"), tmp_path) as suite:
        actor = suite.actor()
        for key, kind in suite.catalog.kinds.items():
            every = [field.key for field in kind.fields if not field.sensitive]
            for columns in (every, [name for name in every if name != "district_code"]):
                path = tmp_path / "名册.xlsx"
                with suite.reading() as session:
                    asked = ListQuery(kind=key)
                    rows = export_list(
                        session, actor, suite.catalog, asked, columns, path, progress=lambda *_: None
                    )
                if not rows:
                    empty.append(key)
                    continue
                found = suite.preview(ImportRequest(kind=key, path=path), actor)
                if found.counts["same"] != rows:
                    wrong[key] = [row.problems for row in found.rows if row.result != "same"][:3]
    assert wrong == {}
    # One kind has no records there.
    assert len(set(empty)) < 3


def packet(suite: Suite, kind: str, path: Path) -> Path:
    made = suite.run(SendRoster(kind=kind, file_name=path.name, reason="月报"), suite.actor()).result
    write_packet(path, made["head"], signed(made["head"]), made["headings"], made["rows"])
    return path


def test_a_packet_of_every_kind_finds_the_other_house_equal(
    demonstration: Demonstration, secrets: MemoryKeyring, tmp_path: Path
) -> None:
    for name in ("association", "bureau"):
        (tmp_path / name).mkdir()
        shutil.copy(demonstration.folder / "suite.db", tmp_path / name / "suite.db")
    wrong = {}
    with (
        opened(str(tmp_path / "association" / "suite.db"), tmp_path / "association") as association,
        opened(str(tmp_path / "bureau" / "suite.db"), tmp_path / "bureau") as bureau,
    ):
        association.run(NameHouse(name="石家庄市律师协会"), association.actor())
        bureau.run(NameHouse(name="石家庄市司法局"), bureau.actor())
        for key in association.catalog.kinds:
            with association.reading() as session:
                asked = ListQuery(kind=key)
                if not list(stream_ids(session, association.actor(), association.catalog, asked)):
                    continue
            found = bureau.preview_packet(packet(association, key, tmp_path / "报送.xlsx"), bureau.actor())
            done = bureau.run(take(found), bureau.actor()).result
            if done["taken"] or done["held"]:
                wrong[key] = [row.problems for row in found.preview.rows if row.result != "same"][:3]
    assert wrong == {}
