"""The command line over a fresh database: run in this process, its streams and exit code kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from command_line import Answer, Call, NoScreens

from suite.cli.root import run
from suite.testing.factories import a_lawyer, resident_number


@pytest.fixture
def screens() -> NoScreens:
    return NoScreens()


@pytest.fixture
def bare(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], screens: NoScreens
) -> Call:
    """Runs `suite …` on a desk without a database."""
    monkeypatch.setenv("SUITE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("SUITE_DB", raising=False)

    def call(*arguments: str | Path) -> Answer:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments], screens)
        told = capsys.readouterr()
        return Answer(code, told.out, told.err)

    return call


@pytest.fixture
def call(bare: Call, sqlite_database: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Runs `suite …` over a fresh initialised SQLite file."""
    monkeypatch.setenv("SUITE_DB", str(sqlite_database))
    return bare


HEADINGS = {"name": "姓名", "id_number": "身份证号码", "main_no": "执业证号", "sex": "性别", "phone": "手机"}


@pytest.fixture
def roster(tmp_path: Path) -> Callable[..., Path]:
    """Writes a workbook of lawyers with a title row; each row overrides a valid lawyer's values."""

    def write(*rows: dict[str, Any], name: str = "律师名册.xlsx") -> Path:
        from openpyxl import Workbook

        book = Workbook()
        page = book.active
        assert page is not None
        page.title = "名册"
        page.append(["石家庄市律师名册"])
        page.append([*HEADINGS.values(), "执业类别", "县区", "备注2"])
        for place, given in enumerate(rows, 1):
            values = {
                **a_lawyer(place),
                "id_number": resident_number(2 * place + 1),
                "sex": "男",
                "phone": f"1383112{place:04d}",
                **given,
            }
            page.append([*(values.get(key) for key in HEADINGS), "专职", "长安区", "不认识的列"])
        path = tmp_path / name
        book.save(path)
        return path

    return write
