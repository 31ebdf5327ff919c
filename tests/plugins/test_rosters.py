"""The rosters of all five plugins: declared by the same conventions, read cleanly.

What any plugin must stand is told by the plugin contract; here is what is particular to ours.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import pytest

from suite.cli.demo_workbooks import sample_rows
from suite.contract.declarations import RecordKind, SampleData, SampleRequest, SubjectRole
from suite.contract.parameters import Parameter
from suite.contract.problems import Problem, Severity
from suite.kernel.exchange.columns import headings_of
from suite.kernel.exchange.header import normalise_heading
from suite.kernel.registry.declarations import DECLARATIONS
from suite.loader.catalog import Catalog
from suite.testing.contract import MOST_HELD
from suite.testing.rules import TODAY, read_rows

NAMES = ("lawyers", "notary", "appraisal", "arbitration", "popularization")
PLUGINS = {name: import_module(f"plugins.{name}") for name in NAMES}
DECLARED = {name: tuple(plugin.suite_declare()) for name, plugin in PLUGINS.items()}
ALL = [item for items in DECLARED.values() for item in items]
KINDS = {item.key: item for item in ALL if isinstance(item, RecordKind)}
SAMPLES = {item.kind: item for item in ALL if isinstance(item, SampleData)}
CATALOG = Catalog(
    [("core", "公共", DECLARATIONS), *((name, name, items) for name, items in DECLARED.items())]
)
DISTRICTS = (("130102", "长安区"), ("130104", "桥西区"), ("130123", "正定县"), ("130171", "高新区"))

by_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.key)
#: The lawyers' rosters have tests of their own.
TIDY = {kind: sample for kind, sample in SAMPLES.items() if not kind.startswith("lawyers.")}

#: Rosters whose workbooks carry no number: known by the person, or by the village and the level.
WITHOUT_NUMBERS = (
    "notary.notary_assistant",
    "arbitration.governing_member",
    "popularization.democratic_rule_of_law_village",
)
by_tidy_sample = pytest.mark.parametrize("sample", TIDY.values(), ids=lambda sample: sample.kind)
by_sample = pytest.mark.parametrize("sample", SAMPLES.values(), ids=lambda sample: sample.kind)


def request(practitioners: int, seed: int = 7) -> SampleRequest:
    villages = [
        (f"{code}001{200 + place}", f"第{place}村村民委员会", "城关镇", code)
        for code, _ in DISTRICTS
        for place in range(1, 4)
    ]
    return SampleRequest(
        practitioners=practitioners, seed=seed, today=TODAY, villages=villages, districts=DISTRICTS
    )


def rows_of(sample: SampleData, asked: SampleRequest) -> list[Mapping[str, Any]]:
    return list(sample_rows(sample, asked))


def read(sample: SampleData, rows: list[Mapping[str, Any]]) -> Iterator[tuple[dict[str, Any], list[Problem]]]:
    return read_rows(KINDS[sample.kind], rows, CATALOG, DISTRICTS)


def test_the_fixed_kinds_are_there_with_their_roles() -> None:
    assert {key: kind.role for key, kind in KINDS.items()} == {
        "lawyers.law_firm": SubjectRole.ORGANISATION,
        "lawyers.branch_office": SubjectRole.ORGANISATION,
        "lawyers.lawyer": SubjectRole.PRACTITIONER,
        "lawyers.trainee_lawyer": SubjectRole.PRACTITIONER,
        "lawyers.employer_unit": SubjectRole.ORGAN,
        "lawyers.village_counsel": SubjectRole.GROUP,
        "lawyers.organ_counsel": SubjectRole.GROUP,
        "notary.notary_office": SubjectRole.ORGANISATION,
        "notary.notary": SubjectRole.PRACTITIONER,
        "appraisal.appraisal_institution": SubjectRole.ORGANISATION,
        "appraisal.appraiser": SubjectRole.PRACTITIONER,
        "arbitration.arbitration_commission": SubjectRole.ORGANISATION,
        "arbitration.arbitrator": SubjectRole.PRACTITIONER,
        "popularization.duty_unit": SubjectRole.ORGAN,
        "popularization.law_savvy_villager": SubjectRole.PRACTITIONER,
        "notary.notary_assistant": SubjectRole.PRACTITIONER,
        "arbitration.governing_member": SubjectRole.PRACTITIONER,
        "arbitration.case_secretary": SubjectRole.PRACTITIONER,
        "popularization.rule_of_law_culture_site": SubjectRole.PLACE,
        "popularization.democratic_rule_of_law_village": SubjectRole.PLACE,
        "popularization.law_study_model_household": SubjectRole.PRACTITIONER,
        "popularization.volunteer": SubjectRole.PRACTITIONER,
    }


@by_kind
def test_every_details_column_is_a_field(kind: RecordKind) -> None:
    shown = {field.name for field in kind.fields if field.table is kind.details}
    assert shown == {column.name for column in kind.details.columns} - {"subject_id"}


@by_kind
def test_keys_and_numbers_follow_the_conventions(kind: RecordKind) -> None:
    usual = (("main_no",), ("id_number",)) if kind.has_person else (("main_no",), ("name",))
    # What has no number of its own is known by several fields together, never by a name alone.
    together = [keys for keys in kind.match_keys if len(keys) > 1]
    alone = tuple(keys for keys in kind.match_keys if len(keys) == 1)
    assert alone == (usual[:1] if together and not kind.has_person else usual)
    assert all("body_id" in keys for keys in together)
    assert {field.key for field in kind.fields if field.sensitive} == (
        {"id_number", "phone"} if kind.has_person else set()
    )
    assert kind.by_key["status"].dated
    assert kind.by_key["district_code"].dated
    assert "category" not in kind.by_key or kind.by_key["category"].dated
    numbers = {
        "licence_no", "uscc", "qualification_no", "registration_no", "cma_no", "cnas_no", "parent_uscc",
        "certificate_serial_no", "head_practice_no", "supervisor_practice_no", "address_code", "policy_no",
    }  # fmt: skip
    assert all(kind.by_key[key].cleaner == "identifier" for key in numbers & set(kind.by_key))


@by_kind
def test_filters_of_large_lists_are_indexed(kind: RecordKind) -> None:
    assert {field.key for field in kind.fields if field.filtered} <= {
        "district_code",
        "status",
        "category",
        "body_id",
    }


@by_kind
def test_states_and_views_name_existing_values(kind: RecordKind) -> None:
    lists = CATALOG.codes
    status = lists[kind.status]
    assert kind.counted[0] == "active"
    assert set(kind.counted) <= set(status.titles)
    assert all(code.state is not None for code in status.codes)
    for view in kind.views:
        for key, values in view.filters.items():
            codes = kind.by_key[key].codes
            assert set(values) <= ({True, False} if codes is None else set(lists[codes].titles)), view.title


def test_parameters_name_their_source() -> None:
    assert all(item.source for item in ALL if isinstance(item, Parameter))


@by_sample
def test_sample_headings_are_understood_and_filled(sample: SampleData) -> None:
    known = headings_of(KINDS[sample.kind])
    assert [text for text in sample.headings if normalise_heading(text) not in known] == ["序号"]
    assert all(tuple(sorted(row)) == tuple(sorted(sample.headings)) for row in rows_of(sample, request(2000)))


@by_sample
def test_the_same_request_gives_the_same_rows(sample: SampleData) -> None:
    first = rows_of(sample, request(2500))
    assert first == rows_of(sample, request(2500))
    assert first != rows_of(sample, request(2500, seed=8))


@by_tidy_sample
def test_sample_rows_are_read_with_hardly_an_error(sample: SampleData) -> None:
    kind = KINDS[sample.kind]
    rows = list(read(sample, rows_of(sample, request(3000))))
    found = [problem for _, problems in rows for problem in problems]
    wrong = [problem.code for problem in found if problem.severity is Severity.ERROR]
    # A few resident numbers and sexes are mistyped on purpose.
    assert set(wrong) <= {"id_check_digit", "id_sex_mismatch"}
    assert len(wrong) <= max(2, MOST_HELD * len(rows))
    # What warns is what a real roster shows too: certificates that run out, rechecks that wait.
    assert {problem.code for problem in found} - set(wrong) <= {
        "appraisal.expiring",
        "popularization.recheck_due",
    }
    required = {field.key for field in kind.fields if field.required}
    required -= {"name"} if kind.named_after else set()
    assert all(values[key] is not None for values, _ in rows for key in required)
    numbers = [values["main_no"] for values, _ in rows if values["main_no"] is not None]
    assert len(numbers) == len(set(numbers))
    assert len(numbers) > 0.9 * len(rows) or kind.key in WITHOUT_NUMBERS


@pytest.mark.parametrize(
    ("person", "body"),
    [
        ("notary.notary", "notary.notary_office"),
        ("appraisal.appraiser", "appraisal.appraisal_institution"),
        ("arbitration.arbitrator", "arbitration.arbitration_commission"),
        ("arbitration.governing_member", "arbitration.arbitration_commission"),
        ("arbitration.case_secretary", "arbitration.arbitration_commission"),
        ("notary.notary_assistant", "notary.notary_office"),
    ],
)
def test_people_stand_in_bodies_of_the_roster(person: str, body: str) -> None:
    names = Counter(
        values["name"] for values, _ in read(SAMPLES[body], rows_of(SAMPLES[body], request(2000)))
    )
    assert max(names.values()) == 1
    people = list(read(SAMPLES[person], rows_of(SAMPLES[person], request(2000))))
    assert {values["body_id"] for values, _ in people} <= set(names)
    assert SAMPLES[body].order < SAMPLES[person].order


def test_the_head_of_a_notary_office_is_a_notary_of_it() -> None:
    offices, notaries = (
        rows_of(SAMPLES[key], request(2000)) for key in ("notary.notary_office", "notary.notary")
    )
    heads = {(row["公证处"], "".join(row["姓名"].split())) for row in notaries if row["是否负责人"] == "是"}
    assert heads == {(row["公证机构名称"], row["负责人"]) for row in offices}


def test_rosters_have_their_real_sizes() -> None:
    sizes = {kind: len(rows_of(sample, request(45_000))) for kind, sample in TIDY.items()}
    assert sizes == {
        "notary.notary_office": 22,
        "notary.notary": 117,
        "appraisal.appraisal_institution": 32,
        "appraisal.appraiser": 450,
        "arbitration.arbitration_commission": 1,
        "arbitration.arbitrator": 1215,
        "popularization.duty_unit": 41 + len(DISTRICTS),
        "popularization.law_savvy_villager": 34_650,
        "notary.notary_assistant": 162,
        "arbitration.governing_member": 15,
        "arbitration.case_secretary": 27,
        "popularization.democratic_rule_of_law_village": 3 * len(DISTRICTS),
        "popularization.law_study_model_household": 1_170,
        "popularization.rule_of_law_culture_site": 1_800,
        "popularization.volunteer": 675,
    }


def test_nobody_has_the_number_of_somebody_else() -> None:
    """One number is one person, maybe in two rosters: a member who arbitrates, a villager who helps."""
    people: defaultdict[str, set[str]] = defaultdict(set)
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for sample in SAMPLES.values():
        if not KINDS[sample.kind].has_person:
            continue
        seen = set()
        for values, problems in read(sample, rows_of(sample, request(6000))):
            number = values["id_number"]
            if any(problem.severity is Severity.ERROR for problem in problems):
                continue
            assert number not in seen, sample.kind
            seen.add(number)
            people[number].add(values["name"])
            kinds[number].add(sample.kind)
    assert len(people) > 4000
    assert [names for names in people.values() if len(names) > 1] == []
    shared = {frozenset(found) for found in kinds.values() if len(found) > 1}
    assert shared == {
        frozenset({"arbitration.arbitrator", "arbitration.governing_member"}),
        frozenset({"popularization.law_savvy_villager", "popularization.volunteer"}),
    }


def test_villagers_live_in_the_given_villages() -> None:
    sample, asked = SAMPLES["popularization.law_savvy_villager"], request(60)
    places = {
        (dict(DISTRICTS)[district], township, village) for _, village, township, district in asked.villages
    }
    rows = rows_of(sample, asked)
    assert {(row["县（市、区）"], row["乡镇（街道）"], row["村（社区）"]) for row in rows} <= places
    assert len(rows) == 60 * 77 // 100
