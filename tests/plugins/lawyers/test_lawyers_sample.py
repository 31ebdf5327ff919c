"""The invented rosters: the same each time, whole, and read by the real cleaners and rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from plugins.lawyers import suite_declare
from plugins.lawyers.kinds import KINDS
from plugins.lawyers.sample import branch_rows, firm_rows, lawyer_rows, trainee_rows, unit_rows
from plugins.lawyers.sample.plan import Plan
from plugins.lawyers.workbooks import SAMPLES
from suite.api import Problem, SampleData, SampleRequest, Severity
from suite.cli.demo_workbooks import sample_rows
from suite.kernel.registry.declarations import DECLARATIONS
from suite.loader.catalog import Catalog
from suite.testing.rules import TODAY, read_rows

DISTRICTS = (("130102", "长安区"), ("130104", "桥西区"), ("130123", "正定县"), ("130171", "高新区"))
CATALOG = Catalog([("core", "公共", DECLARATIONS), ("lawyers", "律师", tuple(suite_declare()))])
KIND = {kind.key: kind for kind in KINDS}


def request(practitioners: int, seed: int = 7) -> SampleRequest:
    villages = [
        (f"{code}00100{place}", f"村{place}", "镇", code) for code, _ in DISTRICTS for place in (1, 2)
    ]
    return SampleRequest(
        practitioners=practitioners, seed=seed, today=TODAY, villages=villages, districts=DISTRICTS
    )


def rows_of(sample: SampleData, asked: SampleRequest) -> list[Mapping[str, Any]]:
    return list(sample_rows(sample, asked))


def read(sample: SampleData, rows: list[Mapping[str, Any]]) -> Iterator[tuple[dict[str, Any], list[Problem]]]:
    return read_rows(KIND[sample.kind], rows, CATALOG, DISTRICTS)


@pytest.mark.parametrize("practitioners", [0, 1, 4, 9, 37, 250, 3_000])
def test_any_size_adds_up(practitioners: int) -> None:
    asked = request(practitioners)
    plan = Plan(asked)
    lawyers = list(lawyer_rows(asked))
    assert len(lawyers) == plan.lawyers
    assert len(lawyers) + len(list(trainee_rows(asked))) == round(practitioners * 8564 / 45_217)
    if practitioners >= 250:
        assert len(list(firm_rows(asked))) == round(plan.lawyers / 17)
    assert len(list(branch_rows(asked))) == len(plan.branches)
    assert len(list(unit_rows(asked))) == len(plan.units) + len(plan.organs)


def test_numbers_never_repeat() -> None:
    asked = request(20_000)
    rows = [*lawyer_rows(asked), *trainee_rows(asked)]
    digits = [str(row["身份证号码"]).strip().upper() for row in rows]
    plan = Plan(asked)
    assert Counter(digits).most_common(1)[0][1] == 1
    assert len({row["执业证书流水号"] for row in lawyer_rows(asked)}) == plan.lawyers
    bodies: list[Any] = [*plan.firms, *plan.branches, *plan.units, *plan.organs]
    codes = [body.uscc for body in bodies]
    assert len(set(codes)) == len(codes)
    names = [body.name for body in bodies]
    assert len(set(names)) == len(names)


def test_bodies_named_by_people_exist() -> None:
    asked = request(8_000)
    plan = Plan(asked)
    bodies: list[Any] = [*plan.firms, *plan.branches, *plan.units]
    known = {body.name for body in bodies} | {""}
    strangers = [row["所在律所"] for row in lawyer_rows(asked) if row["所在律所"] not in known]
    assert set(strangers) <= {"河北中恒信律师所"}
    assert {row["实习律所"] for row in trainee_rows(asked)} <= known


def test_the_head_is_a_lawyer_of_the_roster() -> None:
    asked = request(8_000)
    numbers = {str(row["执业证号"]).strip(): row for row in lawyer_rows(asked)}
    heads = [(row["律师事务所名称"], row["负责人执业证号"]) for row in firm_rows(asked)]
    found = [numbers[number]["所在律所"] == firm for firm, number in heads if number in numbers]
    assert len(found) >= len(heads) * 0.95
    assert all(found)


@pytest.mark.parametrize(
    "sample", [item for item in SAMPLES if item.kind != "lawyers.lawyer"], ids=lambda s: s.kind
)
def test_other_rosters_are_clean(sample: SampleData) -> None:
    outcome = [problem for _, found in read(sample, rows_of(sample, request(8_000))) for problem in found]
    assert [problem for problem in outcome if problem.severity is Severity.ERROR] == []
    assert len(outcome) <= 3


def test_the_lawyers_are_a_little_untidy() -> None:
    sample = next(item for item in SAMPLES if item.kind == "lawyers.lawyer")
    outcome = list(read(sample, rows_of(sample, request(20_000))))
    wrong = [found for _, found in outcome if any(problem.severity is Severity.ERROR for problem in found)]
    assert 0.001 <= len(wrong) / len(outcome) <= 0.01
    told = Counter(problem.code for _, found in outcome for problem in found)
    assert set(told) <= {
        "date_invalid", "id_check_digit", "id_sex_mismatch", "lawyer_area", "lawyer_length",
        "lawyer_sex_mismatch", "lawyers.paused_with_body", "phone_mobile",
    }  # fmt: skip
    assert told["lawyer_area"] / len(outcome) < 0.08


def test_categories_have_the_shares_of_the_profession() -> None:
    sample = next(item for item in SAMPLES if item.kind == "lawyers.lawyer")
    values: list[Mapping[str, Any]] = [row for row, _ in read(sample, rows_of(sample, request(45_000)))]
    share = {key: count / len(values) for key, count in Counter(row["category"] for row in values).items()}
    assert 0.72 < share["full_time"] < 0.82
    assert 0.13 < share["government"] < 0.16
    assert 0.03 < share["in_house"] < 0.06
    assert {"part_time", "legal_aid", "military", "hk"} <= set(share)
    assert len({row["district_code"] for row in values} - {None}) == len(DISTRICTS)
