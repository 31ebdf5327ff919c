"""The migration that turns scopes from names into codes keeps every name, in the history too."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from plugins.appraisal.practice import PRACTICE_CATEGORY
from suite.database import migrate
from suite.database.migrate import Owner

FOLDER = Path(__file__).parents[2] / "migrations" / "appraisal"


@pytest.fixture(scope="module")
def migration() -> ModuleType:
    (path,) = FOLDER.glob("*_hold_practice_categories_as_codes.py")
    spec = spec_from_file_location("migration_under_test", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("scope", "codes", "left"),
    [
        ("法医临床鉴定、法医病理鉴定", "A01,A02", ""),
        ("电子数据 图像鉴定;痕迹司法鉴定", "B02,C02,C03", ""),
        ("法医临床鉴定、工程造价鉴定", "A02", "工程造价鉴定"),
        ("占卜", None, "占卜"),
    ],
)
def test_names_become_codes(migration: ModuleType, scope: str, codes: str | None, left: str) -> None:
    assert migration._recoded(scope) == (codes, left)


def test_every_code_is_one_of_the_table(migration: ModuleType) -> None:
    assert set(migration.CODES.values()) <= set(PRACTICE_CATEGORY.titles)
    for code in PRACTICE_CATEGORY.codes:
        if code.until is None:
            assert migration._recoded(code.title) == (code.value, "")


def test_it_follows_the_first_one(migration: ModuleType) -> None:
    assert migration.down_revision in migrate.revisions(Owner(name="appraisal", folder=FOLDER))
