"""The demonstration asked by who may not see all of it: no file, list or refusal tells what is masked."""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import pytest

from suite.cli.root import run
from tests.cli.command_line import NoScreens
from tests.journeys.conftest import Demonstration

COUNTY, ASSOCIATION, LEADER, AUDITOR = "changan", "lvxie", "juling", "shenji"
DISTRICT = "130102"
#: Asked of each in the short form: what makes files and tells of the whole city. `{out}` is where they go.
ALWAYS = (
    ("season", "list", "{campaign}", "{out}.xlsx"),
    ("cross-notice", "export", "{notice}", "{out}.docx"),
    ("case-file", "{complaint}", "{out}.pdf"),
)
LONG = (
    ("inspection-pack", "{out}", "--no", "11", "--reason", "x"),
    ("indicators", "--members"),
    ("coverage", "--out", "{out}.xlsx", "--reason", "x"),
    ("credit", "list"),
    ("publicity", "list"),
    ("publicity", "rates"),
    ("measures", "--all"),
    ("returns",),
    ("return", "export", "core.legal_aid", "2026-10", "{out}.xlsx"),
    ("campaign", "{campaign}"),
    ("season", "who", "{campaign}"),
    ("materials", "{campaign}"),
    ("survey", "show", "{campaign}"),
    ("snapshot", "show", "{snapshot}"),
    ("report", "touched"),
    ("report", "export", "{report}", "{out}.xlsx"),
    ("report", "ask", "lawyers.lawyer", "--by", "区县"),
    ("cases", "--all", "--limit", "300"),
    ("paper", "list", "{complaint}"),
    ("draws",),
    ("draw", "show", "{draw}"),
    ("draw", "plan"),
    ("entries", "notary.village_visits"),
    ("ledgers",),
    ("plan",),
)


@pytest.fixture(scope="module")
def database(demonstration: Demonstration, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy, since every look is written down."""
    path = tmp_path_factory.mktemp("wrong") / "suite.db"
    shutil.copy(demonstration.folder / "suite.db", path)
    yield path
    shutil.rmtree(path.parent)


def _first(database: Path, statement: str) -> str:
    with closing(sqlite3.connect(database)) as connection:
        found = connection.execute(statement).fetchone()
    assert found is not None, statement
    return str(found[0])


def _secrets(database: Path) -> dict[str, str]:
    with closing(sqlite3.connect(database)) as connection:
        numbers = connection.execute("SELECT id_number, phone FROM core_identity")
        found = {value: "identity" for row in numbers for value in row if value}
        lodged = connection.execute("SELECT name, id_number, phone FROM core_complainant")
        return found | {value: "complainant" for row in lodged for value in row if value and len(value) > 2}


def _strangers(database: Path, district: str) -> set[str]:
    """Names of people and bodies of whom none lies where the reader may look."""
    with closing(sqlite3.connect(database)) as connection:
        # Villages and townships are for everybody to look up.
        rows = connection.execute(
            "SELECT name FROM core_subject WHERE length(name) > 2 GROUP BY name "
            "HAVING sum(profession = 'core' OR coalesce(district_code, :here) = :here) = 0",
            {"here": district},
        )
        return {name for (name,) in rows}


def _words(folder: Path) -> str:
    """Whatever was written, packages opened, packages within packages too."""

    def opened(content: bytes) -> Iterator[str]:
        if is_zipfile(io.BytesIO(content)):
            with ZipFile(io.BytesIO(content)) as package:
                for name in package.namelist():
                    yield from opened(package.read(name))
        else:
            yield content.decode("utf-8", "replace")

    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return "\n".join(part for path in files for part in opened(path.read_bytes()))


def test_nothing_masked_and_nothing_of_others_comes_out(
    database: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> None:
    monkeypatch.setenv("SUITE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SUITE_DB", str(database))
    named = {
        "campaign": _first(
            database, "SELECT max(id) FROM core_campaign WHERE scheme = 'lawyers.lawyer_review'"
        ),
        "notice": _first(database, "SELECT number FROM core_cross_notice"),
        "snapshot": _first(database, "SELECT title FROM core_snapshot"),
        "report": _first(database, "SELECT id FROM core_report"),
        "draw": _first(database, "SELECT id FROM core_draw"),
        "complaint": _first(
            database,
            "SELECT number FROM core_case WHERE coalesce(district_code, '') <> '130102' "
            "AND id IN (SELECT case_id FROM core_complainant)",
        ),
    }
    secrets = _secrets(database)
    far = _strangers(database, DISTRICT)
    whole = bool(request.config.getoption("--long"))
    readers = (COUNTY, ASSOCIATION, LEADER, AUDITOR) if whole else (COUNTY,)
    assert len(secrets) > 500
    assert len(far) > 100
    answered = 0
    for reader in readers:
        for place, asked in enumerate(ALWAYS + LONG if whole else ALWAYS):
            out = tmp_path / f"{reader}{place}"
            out.mkdir()
            words = [part.format(out=out / "x", **named) for part in asked]
            code = run([*words, "--as", reader, "--json"], NoScreens())
            answer = capsys.readouterr()
            said = answer.out + answer.err + _words(out)
            assert code in (0, 1, 2), (reader, words, answer.err)
            answered += code == 0
            assert not {value for value in secrets if value in said}, (reader, words)
            if reader in (COUNTY, AUDITOR):
                assert not {name for name in far if name in said}, (reader, words)
    assert answered
    monkeypatch.undo()
    with closing(sqlite3.connect(database)) as connection:
        refused = connection.execute("SELECT count(*) FROM core_audit_entry WHERE action = 'X'").fetchone()[0]
    assert refused >= 1, json.dumps(named, ensure_ascii=False)
