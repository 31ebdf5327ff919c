"""Setting parameters: types, patterns and sources are asked for, and the past keeps its values."""

import datetime as dt
import re

import pytest

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.problems import Refused
from suite.kernel.parameters.commands import SetParameter
from suite.kernel.parameters.queries import parameter_lines, parameters_on

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
        (setting("core.include_xinji", "也许"), "parameter.choice"),
        (setting("core.nothing", "1"), "parameter.unknown"),
        (
            SetParameter(key="core.reveal_seconds", value="30", valid_from=dt.date(2026, 1, 1), source=" "),
            "parameter.source",
        ),
    ):
        with pytest.raises(Refused) as refused:
            suite_on_sqlite.run(command, admin)
        assert refused.value.codes == {code}


def test_what_is_chosen_is_set_by_its_words_and_refused_with_them(
    suite_on_sqlite: Suite, admin: Actor
) -> None:
    suite, key = suite_on_sqlite, "appraisal.vcr.denominator"
    for said in ("受理的投诉", "accepted"):
        done = suite.run(setting(key, said), admin)
        assert done.result == {"value": "accepted", "words": "受理的投诉"}
        assert done.text.endswith("起为 受理的投诉")
    with suite.reading() as session:
        assert parameters_on(session, suite.catalog, dt.date(2026, 1, 1))[key] == "accepted"
        line = {one.key: one for one in parameter_lines(session, suite.catalog, dt.date(2026, 1, 1))}[key]
    assert (line.value, line.words, line.default_words) == ("accepted", "受理的投诉", "出具的鉴定意见")
    for wrong in ("acepted", ""):
        with pytest.raises(Refused) as refused:
            suite.run(setting(key, wrong), admin)
        (problem,) = refused.value.problems
        assert (problem.code, problem.field) == ("parameter.choice", "value")
        assert "出具的鉴定意见、受理的投诉、收到的投诉" in problem.text
    assert suite.run(setting("core.include_xinji", "否"), admin).result["value"] == "false"


def test_several_are_chosen_by_words_or_codes(suite_on_sqlite: Suite, admin: Actor) -> None:
    suite, key = suite_on_sqlite, "arbitration.disclosure.items"
    done = suite.run(setting(key, "仲裁规则、charter，收费"), admin)
    assert done.result == {"value": "charter,fees,rules", "words": "章程、仲裁规则、收费标准"}
    for wrong, fact in (("章程、会费", "没有“会费”"), ("，", "至少选一项")):
        with pytest.raises(Refused) as refused:
            suite.run(setting(key, wrong), admin)
        (problem,) = refused.value.problems
        assert problem.code == "parameter.choice"
        assert fact in problem.text
        assert "仲裁员名册" in problem.text


def test_no_declared_choice_is_shown_by_its_code(suite_on_sqlite: Suite) -> None:
    """Every text that is a code, or codes, of our own has words: no small Latin word is a value."""
    told = {
        key: parameter.words(parameter.value)
        for key, parameter in suite_on_sqlite.catalog.parameters.items()
        if isinstance(parameter.value, str) and not parameter.pattern
    }
    assert told["core.hotline.measure"] == "服务时数"
    assert {key: words for key, words in told.items() if re.search("[a-z]{2}", words)} == {}
