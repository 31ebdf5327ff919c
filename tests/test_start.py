"""start.py: what it decides, and that the pins it installs are complete and name no address."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def start() -> ModuleType:
    """A fresh copy of the module, so that a test may bend its constants."""
    spec = importlib.util.spec_from_file_location("start", ROOT / "start.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# Python and arguments


def test_an_old_python_can_read_the_file_and_is_told_what_to_do(start: ModuleType) -> None:
    ast.parse((ROOT / "start.py").read_text(encoding="utf-8"), feature_version=(3, 7))
    line = start.version_problem((3, 8), windows=False)
    assert "3.8" in line
    assert "python3.11 start.py" in line
    assert "\n" not in line
    assert "py -3.11 start.py" in start.version_problem((3, 14), windows=True)


@pytest.mark.parametrize("minor", [11, 12, 13])
def test_supported_pythons_pass(start: ModuleType, minor: int) -> None:
    assert start.version_problem((3, minor)) is None


def test_the_supported_pythons_are_those_of_the_project(start: ModuleType) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    oldest, newest = start.OLDEST, start.NEWEST
    assert project["requires-python"] == f">={oldest[0]}.{oldest[1]},<{newest[0]}.{newest[1] + 1}"


@pytest.mark.parametrize(
    ("arguments", "job", "rest"),
    [
        ([], "demo", []),
        (
            ["demo", "--no-window", "--practitioners", "45000"],
            "demo",
            ["--no-window", "--practitioners", "45000"],
        ),
        (["--no-window"], "demo", ["--no-window"]),
        (["suite"], "suite", []),
        (["suite", "due", "2026-01-05", "7"], "suite", ["due", "2026-01-05", "7"]),
        (["test", "--long"], "test", ["--long"]),
        (["bundle", "out"], "bundle", ["out"]),
        (["--help"], "usage", []),
        (["tset"], "unknown", ["tset"]),
    ],
)
def test_plan(start: ModuleType, arguments: list[str], job: str, rest: list[str]) -> None:
    assert start.plan(arguments) == (job, rest)


def test_a_mistyped_word_makes_no_environment(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start, "WINDOWS", True)  # leaves pytest's own streams as they are
    monkeypatch.setattr(start, "make_environment", lambda: pytest.fail("the environment was touched"))
    assert start.main(["tset"]) == 2
    assert "用法" in capsys.readouterr().err


# The environment


def make_project(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "requirements.txt").write_text("a==1\n")
    (folder / "pyproject.toml").write_text("[project]\n")
    return folder


def test_the_stamp_moves_with_everything_the_environment_is_made_from(
    start: ModuleType, tmp_path: Path
) -> None:
    here = make_project(tmp_path / "here")
    stamps = {start.stamp_of(here, (3, 11)), start.stamp_of(here, (3, 12))}
    stamps.add(start.stamp_of(make_project(tmp_path / "there"), (3, 11)))
    (here / "requirements.txt").write_text("a==2\n")
    stamps.add(start.stamp_of(here, (3, 11)))
    (here / "pyproject.toml").write_text("[project]\nname = 'b'\n")
    stamps.add(start.stamp_of(here, (3, 11)))
    assert len(stamps) == 5
    assert start.stamp_of(here, (3, 11)) in stamps


def test_a_second_start_installs_nothing_and_a_changed_pin_installs_again(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_project(tmp_path)
    installed: list[list[str]] = []
    monkeypatch.setattr(start, "ROOT", root)
    monkeypatch.setattr(start, "VENV", root / ".venv")
    monkeypatch.setattr(start, "install_packages", installed.append)

    def make_venv() -> list[str]:
        python = start.python_of(root / ".venv")
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()
        return ["pip"]

    monkeypatch.setattr(start, "make_venv", make_venv)
    start.make_environment()
    start.make_environment()
    assert installed == [["pip"]]
    (root / "requirements.txt").write_text("a==2\n")
    start.make_environment()
    assert installed == [["pip"], ["pip"]]


def test_an_interrupted_installation_is_not_taken_for_a_finished_one(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_project(tmp_path)
    (root / ".venv").mkdir()
    monkeypatch.setattr(start, "ROOT", root)
    monkeypatch.setattr(start, "VENV", root / ".venv")
    monkeypatch.setattr(start, "make_venv", lambda: [sys.executable, "-c", "raise SystemExit(3)"])
    with pytest.raises(start.CannotStart, match="软件源"):
        start.make_environment()
    assert not (root / ".venv" / "made-from").exists()


def test_packages_come_from_where_pip_is_set_to_and_only_with_their_hashes(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = tmp_path / "called"
    script = f"import sys; open({str(notes)!r}, 'a').write(' '.join(sys.argv[1:]) + chr(10))"
    start.install_packages([sys.executable, "-c", script])
    pins, project = notes.read_text().splitlines()
    assert "--require-hashes" in pins
    assert "--only-binary :all:" in pins
    assert "--no-deps" in project
    assert "--no-build-isolation" in project
    assert not re.search(r"index|://", pins + project)


def test_where_the_interpreter_is(start: ModuleType) -> None:
    assert start.python_of(Path("v"), windows=True) == Path("v", "Scripts", "python.exe")
    assert start.python_of(Path("v"), windows=False) == Path("v", "bin", "python")


@pytest.mark.parametrize(
    ("line", "able"),
    [
        ("pip 23.0.1 from /usr/lib/python3/dist-packages/pip (python 3.11)", True),
        ("pip 22.3 from x (python 3.11)", True),
        ("pip 22.2.2 from x (python 3.11)", False),
        ("pip 9.0.1 from x (python 3.6)", False),
        ("", False),
    ],
)
def test_which_pip_can_install_into_another_environment(start: ModuleType, line: str, able: bool) -> None:
    assert start.pip_can_reach_out(line) is able


# What the suite is started with


@pytest.mark.parametrize(
    "locale", [{}, {"LANG": "C"}, {"LANG": "zh_CN.GB18030"}, {"LC_ALL": "POSIX", "LANG": "zh_CN.UTF-8"}]
)
def test_every_locale_becomes_utf8(start: ModuleType, locale: dict[str, str]) -> None:
    env = start.child_environment(locale, linux=True)
    assert env["PYTHONUTF8"] == "1"
    assert env["LC_ALL"] == "C.UTF-8"


def test_a_utf8_locale_and_the_rest_stay(start: ModuleType) -> None:
    outer = {"LANG": "zh_CN.utf8", "DISPLAY": ":0", "HTTPS_PROXY": "p"}
    assert start.child_environment(outer, linux=True) == {**outer, "PYTHONUTF8": "1"}
    assert outer == {"LANG": "zh_CN.utf8", "DISPLAY": ":0", "HTTPS_PROXY": "p"}


def test_no_screen_means_offscreen_unless_said_otherwise(start: ModuleType) -> None:
    assert start.child_environment({}, linux=True)["QT_QPA_PLATFORM"] == "offscreen"
    assert start.child_environment({"QT_QPA_PLATFORM": "vnc"}, linux=True)["QT_QPA_PLATFORM"] == "vnc"
    assert "QT_QPA_PLATFORM" not in start.child_environment({"WAYLAND_DISPLAY": "w"}, linux=True)
    assert start.child_environment({}, linux=False) == {"PYTHONUTF8": "1"}


# System libraries and font

LDD = """
	linux-vdso.so.1 (0x00007ffd)
	libEGL.so.1 => not found
	libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f11)
	libgthread-2.0.so.0 => not found
	libglib-2.0.so.0 => not found
	libEGL.so.1 => not found
	libnew.so.7 => not found
"""


def test_missing_libraries_and_their_packages(start: ModuleType) -> None:
    missing = start.missing_libraries(LDD)
    assert missing == ["libEGL.so.1", "libglib-2.0.so.0", "libgthread-2.0.so.0", "libnew.so.7"]
    assert start.packages_for(missing) == ["libegl1", "libglib2.0-0", "libnew.so.7"]


def test_without_rights_one_line_names_all_packages(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking = {"libqoffscreen.so": ["libEGL.so.1"], "libqxcb.so": ["libxcb-cursor.so.0"]}
    monkeypatch.setattr(start, "VENV", tmp_path)
    monkeypatch.setattr(start, "LINUX", True)
    monkeypatch.setattr(start, "missing_for", lacking.__getitem__)
    monkeypatch.setattr(start, "administrator", lambda: None)
    with pytest.raises(start.CannotStart) as refused:
        start.get_system_parts({"QT_QPA_PLATFORM": "offscreen"})
    line = str(refused.value)
    assert "\n" not in line
    assert "libegl1 libxcb-cursor0 fonts-noto-cjk" in line


def test_a_machine_without_a_screen_need_not_have_the_libraries_of_one(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking: dict[str, list[str]] = {"libqoffscreen.so": [], "libqxcb.so": ["libxcb-cursor.so.0"]}
    monkeypatch.setattr(start, "VENV", tmp_path)
    monkeypatch.setattr(start, "LINUX", True)
    monkeypatch.setattr(start, "missing_for", lacking.__getitem__)
    monkeypatch.setattr(start, "administrator", lambda: None)
    monkeypatch.setattr(start, "has_chinese_font", lambda env: True)
    start.get_system_parts({"QT_QPA_PLATFORM": "offscreen"})
    assert (tmp_path / "font-found").exists()
    with pytest.raises(start.CannotStart, match="libxcb-cursor0"):
        start.get_system_parts({"DISPLAY": ":0"})


def test_a_missing_font_is_told_at_every_start_until_it_is_there(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start, "VENV", tmp_path)
    monkeypatch.setattr(start, "LINUX", True)
    monkeypatch.setattr(start, "missing_for", lambda plugin: [])
    monkeypatch.setattr(start, "administrator", lambda: None)
    for present, told in ((False, True), (False, True), (True, False)):
        monkeypatch.setattr(start, "has_chinese_font", lambda env, present=present: present)
        start.get_system_parts({})
        assert ("fonts-noto-cjk" in capsys.readouterr().err) is told
    monkeypatch.setattr(start, "has_chinese_font", lambda env: pytest.fail("asked again"))
    start.get_system_parts({})


def test_a_bundle_takes_the_libraries_of_a_real_screen_along(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking: dict[str, list[str]] = {"libqoffscreen.so": [], "libqxcb.so": ["libxcb-icccm.so.4"]}
    monkeypatch.setattr(start, "VENV", tmp_path)
    monkeypatch.setattr(start, "LINUX", True)
    monkeypatch.setattr(start, "missing_for", lacking.__getitem__)
    monkeypatch.setattr(start, "administrator", lambda: None)
    with pytest.raises(start.CannotStart, match="libxcb-icccm4"):
        start.make_bundle([], {"QT_QPA_PLATFORM": "offscreen"})


# Test steps


def test_the_steps_and_that_arguments_go_to_pytest(start: ModuleType) -> None:
    steps = start.checks(Path("python"), ["--long"])
    assert [name for name, _ in steps] == ["ruff", "mypy", "import-linter", "pytest"]
    assert steps[-1][1] == ["python", "-m", "pytest", "-n", "2", "--no-loadscope-reorder", "--long"]
    assert all("--long" not in command for _, command in steps[:-1])


def test_all_steps_run_and_the_first_failure_gives_the_code(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def step(name: str, code: int) -> tuple[str, list[str]]:
        made = f"import pathlib; pathlib.Path({name!r}).touch(); raise SystemExit({code})"
        return name, [sys.executable, "-c", made]

    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setattr(start, "checks", lambda python, rest: [step("a", 0), step("b", 5), step("c", 7)])
    assert start.run_checks([], {}) == 5
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "c"]
    assert "a 通过，b 未通过（5），c 未通过（7）" in capsys.readouterr().err


# Pins

PINS = (ROOT / "requirements.txt").read_text(encoding="utf-8")


def pinned() -> dict[str, list[tuple[str, int]]]:
    """Every requirement with its versions and the number of hashes under each."""
    found: dict[str, list[tuple[str, int]]] = {}
    text = "\n".join(line for line in PINS.splitlines() if not line.startswith("#"))
    for entry in text.replace("\\\n", " ").splitlines():
        match = re.match(r"([a-z0-9-]+)==(\S+)", entry)
        assert match, entry
        found.setdefault(match[1], []).append(
            (match[2], len(re.findall(r"--hash=sha256:[0-9a-f]{64}", entry)))
        )
    return found


def test_the_pins_name_no_address_and_no_place() -> None:
    options = [line for line in PINS.splitlines() if line.startswith("-")]
    assert options == []
    assert not re.search(r"://|www\.|find-links|file:| @ |(^|[\s=])/\w|[A-Za-z]:\\", PINS)


def test_every_pin_has_hashes() -> None:
    assert len(pinned()) > 30
    assert {name for name, versions in pinned().items() if any(count == 0 for _, count in versions)} == set()


def test_every_dependency_of_the_project_is_pinned_within_its_bounds() -> None:
    document = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = document["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    for text in [*wanted, *document["build-system"]["requires"]]:
        requirement = Requirement(text)
        versions = pinned().get(canonicalize_name(requirement.name), [])
        assert versions, f"{text}: not pinned"
        assert all(requirement.specifier.contains(version) for version, _ in versions), (text, versions)


def test_qt_is_a_version_that_loses_no_reference_to_none() -> None:
    versions = [version for version, _ in pinned()["pyside6-essentials"]]
    assert "6.9.3" in versions
    assert all(SpecifierSet(">=6.8,<6.12").contains(version) for version in versions)
    assert versions == [version for version, _ in pinned()["shiboken6"]]


# README


def test_the_plugin_of_the_readme_is_taken_by_the_loader(tmp_path: Path) -> None:
    """In a process of its own, for a plugin's tables stay in the metadata of the process."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    (tmp_path / "mediation.py").write_text(example, encoding="utf-8")
    probe = """
import datetime as dt
from importlib.metadata import EntryPoint
from suite.bootstrap import build_suite
from suite.settings import Settings
point = EntryPoint(name="mediation", value="mediation", group="suite.plugins")
suite = build_suite(Settings(database="never_opened.db"), points=[point])
assert not suite.plugins.parked, suite.plugins.parked
kind = suite.catalog.kinds["mediation.committee"]
(check,) = kind.by_key["members"].checks
assert not check(5, None) and check(2, None)[0].code == "mediation.members"
assert check(2, None)[0].severity == "warning"
"""
    done = subprocess.run(
        [sys.executable, "-c", probe],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
