"""Setting parameters: types, patterns and sources are asked for, and the past keeps its values."""

import datetime as dt

import pytest

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.problems import Refused
from suite.kernel.parameters.commands import SetParameter

PATTERN = "lawyers.lawyer.qualification_pattern"


def setting(key: str, value: str) -> SetParameter:
    return SetParameter(key=key, value=value, valid_from=dt.date(2026, 1, 1), source="局务会")


@pytest.mark.parametrize(
    ("value", "fact"),
    [
        (r"[ABC]\d{14", None),
        (r"[ABC\d{14}", "第 1 个字符“[ABC\\d{14}”处"),
        (r"A(\d{14}", "第 2 个字符“(\\d{14}”处"),
        (r"A)\d{14}", "第 2 个字符“)\\d{14}”处"),
        ("A\\", "第 2 个字符“\\”处"),
        ("", "现为空"),
    ],
)
def test_a_broken_pattern_is_refused_with_its_place(
    suite_on_sqlite: Suite, admin: Actor, value: str, fact: str | None
) -> None:
    if fact is None:
        assert suite_on_sqlite.run(setting(PATTERN, value), admin).changes
        return
    with pytest.raises(Refused) as refused:
        suite_on_sqlite.run(setting(PATTERN, value), admin)
    (problem,) = refused.value.problems
    assert (problem.code, problem.field) == ("parameter.pattern", "value")
    assert "法律职业资格证号格式" in problem.text
    assert fact in problem.text


def test_text_that_is_no_pattern_is_not_read_as_one(suite_on_sqlite: Suite, admin: Actor) -> None:
    assert suite_on_sqlite.run(setting("lawyers.review.submit_by", "(待定"), admin).changes


@pytest.mark.parametrize(
    "key", [PATTERN, "notary.notary.number_pattern", "popularization.lsv.number_pattern"]
)
def test_every_pattern_is_declared_as_one(suite_on_sqlite: Suite, key: str) -> None:
    assert suite_on_sqlite.catalog.parameters[key].pattern


def test_other_refusals(suite_on_sqlite: Suite, admin: Actor) -> None:
    for command, code in (
        (setting("core.reveal_seconds", "一分钟"), "parameter.type"),
        (setting("core.nothing", "1"), "parameter.unknown"),
        (
            SetParameter(key="core.reveal_seconds", value="30", valid_from=dt.date(2026, 1, 1), source=" "),
            "parameter.source",
        ),
    ):
        with pytest.raises(Refused) as refused:
            suite_on_sqlite.run(command, admin)
        assert refused.value.codes == {code}
