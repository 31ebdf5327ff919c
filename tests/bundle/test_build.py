"""What goes into the offline bundle: everything that the program imports by name or reads as a file."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import tarfile
import tomllib
import zipfile
from importlib import resources
from importlib.metadata import EntryPoint
from itertools import pairwise
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from suite.areas import HANDLERS
from suite.cli.root import COMMANDS
from suite.database.migrate import CORE_OWNER, SCRIPTS
from suite.help import DECLARATIONS
from suite.ui.kit.icons import ICON_FOLDER
from suite.ui.page_list import PAGES

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def asked(build: ModuleType) -> dict[str, set[str]]:
    """PyInstaller's options → their values."""
    words = build.arguments(ROOT, Path("work"), [])
    found: dict[str, set[str]] = {}
    for option, value in pairwise(words):
        if option.startswith("--"):
            found.setdefault(option, set()).add(value)
    return found


def test_every_module_that_is_imported_by_a_string_goes_in(asked: dict[str, set[str]]) -> None:
    named = {name.partition(":")[0] for name in PAGES.values()} | set(HANDLERS)
    named |= {target.partition(":")[0] for target, _ in COMMANDS.values()}
    plugins = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]
    named |= set(plugins["suite.plugins"].values())
    assert named <= asked["--hidden-import"]
    assert not any(name.startswith("suite.testing") for name in asked["--hidden-import"])


def test_every_file_that_is_read_goes_in(build: ModuleType) -> None:
    packed = {(ROOT / file) for file in build.data_files(ROOT)}
    read = set(ICON_FOLDER.glob("*.svg"))
    for page in DECLARATIONS:
        package, _, name = page.text.partition(":")
        read.add(Path(str(resources.files(package).joinpath(name))))
    read |= {ROOT / "suite/kernel/clocks/data/holidays.csv"}
    read |= {
        ROOT / f"suite/kernel/registry/data/{name}.csv" for name in ("districts", "townships", "villages")
    }
    read |= {SCRIPTS / "script.py.mako", *SCRIPTS.rglob("*.py")}
    assert CORE_OWNER.folder in {file.parent for file in read}
    assert read - packed == set()


def test_no_tracked_file_of_the_program_stays_behind(build: ModuleType) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "suite", "plugins", "migrations"], cwd=ROOT, capture_output=True, text=True
    )
    if listed.returncode != 0:
        pytest.skip("not a checkout")
    modules = {f"{name.replace('.', '/')}" for name in build.modules(ROOT)}
    packed = {file.as_posix() for file in build.data_files(ROOT)}
    behind = [
        name
        for name in listed.stdout.split("\0")
        if name
        and not name.startswith("suite/testing/")
        and name not in packed
        and name.removesuffix(".py").removesuffix("/__init__") not in modules
    ]
    assert behind == []


def test_a_plugin_that_others_wrote_goes_in_with_its_entry_point(build: ModuleType) -> None:
    def point(module: str, distribution: str) -> EntryPoint:
        made = EntryPoint(name="x", value=module, group="suite.plugins")
        vars(made)["dist"] = SimpleNamespace(name=distribution)
        return made

    found = build.foreign_plugins(
        [point("plugins.notary", "suite"), point("mediation.start", "suite-mediation")]
    )
    assert found == [("mediation", "suite-mediation")]
    words = build.arguments(ROOT, Path("work"), found)
    assert words[words.index("--collect-all") + 1] == "mediation"
    assert "suite-mediation" in words


def make_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "suite"
    (folder / "_internal").mkdir(parents=True)
    (folder / "suite").write_bytes(b"program")
    (folder / "suite").chmod(0o755)
    (folder / "_internal" / "table.csv").write_text("区划\n", encoding="utf-8")
    return folder


FACTS = {"suite": "0.1.0", "platform": "linux-x86_64"}


def test_the_bundle_says_what_it_is_and_every_file_can_be_checked(build: ModuleType, tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    build.describe(folder, FACTS)
    assert json.loads((folder / "VERSION.json").read_text("utf-8")) == FACTS
    lines = dict(
        reversed(line.split("  ", 1)) for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines()
    )
    assert lines.keys() == {"suite", "_internal/table.csv", "VERSION.json"}
    assert all(
        hashlib.sha256((folder / name).read_bytes()).hexdigest() == sum_ for name, sum_ in lines.items()
    )


@pytest.mark.parametrize("windows", [False, True])
def test_the_archive_holds_one_folder_and_its_sum_stands_beside(
    build: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, windows: bool
) -> None:
    monkeypatch.setattr(build, "WINDOWS", windows)
    archive = build.pack(make_folder(tmp_path), tmp_path / "out", FACTS)
    assert archive.name == f"suite-0.1.0-linux-x86_64.{'zip' if windows else 'tar.gz'}"
    digest, name = (archive.parent / f"{archive.name}.sha256").read_text("utf-8").split()
    assert (digest, name) == (hashlib.sha256(archive.read_bytes()).hexdigest(), archive.name)
    if windows:
        with zipfile.ZipFile(archive) as packed:
            names = packed.namelist()
    else:
        with tarfile.open(archive) as unpacked:
            names = unpacked.getnames()
            assert unpacked.getmember("suite/suite").mode & 0o111
    assert {name.split("/")[0] for name in names} == {"suite"}


def test_what_makes_bundles_is_pinned_in_agreement_with_the_program() -> None:
    def pins(file: str) -> dict[str, set[str]]:
        text = (ROOT / file).read_text("utf-8")
        found: dict[str, set[str]] = {}
        for name, version in re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE):
            found.setdefault(name, set()).add(version)
        return found

    text = (ROOT / "bundle" / "requirements.txt").read_text("utf-8")
    assert not re.search(r"://|index-url =|find-links", "\n".join(text.splitlines()[6:]))
    entries = [entry for entry in text.replace("\\\n", " ").splitlines() if entry and entry[0] != "#"]
    assert len(entries) > 3
    assert all("--hash=sha256:" in entry for entry in entries)
    own, program = pins("bundle/requirements.txt"), pins("requirements.txt")
    assert "pyinstaller" in own
    assert {name: own[name] for name in own.keys() & program.keys()} == {
        name: program[name] for name in own.keys() & program.keys()
    }
