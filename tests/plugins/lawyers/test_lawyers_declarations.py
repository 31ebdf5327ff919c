"""The lawyers' declarations: complete, without ambiguity, accepted by the loader."""

from __future__ import annotations

from collections import Counter

import pytest

from plugins.lawyers import suite_declare, suite_plugin
from plugins.lawyers.codes import CATEGORY, CATEGORY_OF_DIGIT, CODE_LISTS, FIRM_STATUS, LAWYER_STATUS
from plugins.lawyers.kinds import KINDS, LAW_FIRM, LAWYER
from plugins.lawyers.parameters import PARAMETERS
from plugins.lawyers.workbooks import SAMPLES
from suite.api import CodeList, Confidence, RecordKind, SampleData, StateKind
from suite.kernel.exchange.header import normalise_heading
from suite.kernel.registry.declarations import DECLARATIONS
from suite.loader.catalog import Catalog
from suite.loader.checks import faults

by_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)


def test_the_loader_finds_no_fault() -> None:
    known = Catalog([("core", "公共", DECLARATIONS)])
    assert faults("lawyers", tuple(suite_declare()), known) == []


def test_the_plugin_owns_its_keys() -> None:
    name = suite_plugin().name
    assert all(item.key.startswith(f"{name}.") for item in (*CODE_LISTS, *KINDS, *PARAMETERS))


def test_the_fixed_kinds_are_there() -> None:
    assert {kind.key for kind in KINDS} >= {
        "lawyers.law_firm",
        "lawyers.branch_office",
        "lawyers.lawyer",
        "lawyers.trainee_lawyer",
    }


@by_kind
def test_a_heading_names_one_field_only(kind: RecordKind) -> None:
    spoken = Counter(
        heading
        for field in kind.fields
        for heading in {normalise_heading(text) for text in (field.title, *field.headings)}
    )
    assert [heading for heading, times in spoken.items() if times > 1] == []


@by_kind
def test_field_keys_and_titles_are_unique(kind: RecordKind) -> None:
    assert len(kind.by_key) == len(kind.fields)
    assert len({field.title for field in kind.fields}) == len(kind.fields)


@by_kind
def test_every_details_column_is_a_field(kind: RecordKind) -> None:
    shown = {field.name for field in kind.fields if field.table is kind.details}
    assert shown == {column.name for column in kind.details.columns} - {"subject_id"}


@by_kind
def test_new_records_begin_on_the_roster(kind: RecordKind) -> None:
    codes = {codes.key: codes for codes in CODE_LISTS}[kind.status]
    assert set(kind.counted) <= set(codes.titles)
    assert kind.counted[0] == "active"
    assert all(code.state is not None for code in codes.codes)


@by_kind
def test_views_filter_by_existing_values(kind: RecordKind) -> None:
    lists = {codes.key: codes for codes in CODE_LISTS}
    for view in kind.views:
        for key, values in view.filters.items():
            assert set(values) <= set(lists[kind.by_key[key].codes or ""].titles), view.title


@by_kind
def test_numbers_are_read_as_identifiers(kind: RecordKind) -> None:
    numbers = [
        field
        for field in kind.fields
        if field.table is kind.details
        and field.name.endswith(("_no", "_uscc", "_code"))
        and field.name != "approval_no"
    ]
    assert [field.key for field in numbers if field.cleaner != "identifier"] == []


def test_standard_titles_of_the_lawyer() -> None:
    titles = {field.key: field.title for field in LAWYER.fields}
    assert titles["name"] == "姓名"
    assert titles["main_no"] == "执业证号"
    assert titles["id_number"] == "身份证号"
    assert titles["body_id"] == "执业机构"
    assert titles["category"] == "执业类别"
    assert titles["first_practice_on"] == "首次执业日期"
    assert titles["phone"] == "联系电话"


def test_what_rules_look_back_on_is_dated() -> None:
    assert {field.key for field in LAWYER.fields if field.dated} >= {
        "category",
        "status",
        "district_code",
        "is_partner",
    }
    assert {field.key for field in LAW_FIRM.fields if field.dated} >= {"category", "status", "district_code"}


def test_only_identity_numbers_and_telephones_are_sensitive() -> None:
    assert {field.key for kind in KINDS for field in kind.fields if field.sensitive} == {"id_number", "phone"}


@pytest.mark.parametrize("codes", CODE_LISTS, ids=lambda codes: codes.key)
def test_a_spelling_means_one_value(codes: CodeList) -> None:
    spellings = Counter(text for code in codes.codes for text in {code.value, code.title, *code.also})
    assert [text for text, times in spellings.items() if times > 1] == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("专职", "full_time"),
        ("公职", "government"),
        ("法援律师", "legal_aid"),
        ("香港", "hk"),
        ("军队", "military"),
    ],
)
def test_workbook_spellings_of_categories(text: str, value: str) -> None:
    assert CATEGORY.by_text[text] == value


def test_category_digits_follow_the_numbering_rule() -> None:
    assert list(CATEGORY_OF_DIGIT.items())[:2] == [(1, "full_time"), (2, "part_time")]
    assert CATEGORY_OF_DIGIT[6] == "government"
    assert CATEGORY_OF_DIGIT[9] == "military"


def test_states_have_the_right_kind() -> None:
    assert LAWYER_STATUS.state_of("active") is StateKind.OK
    assert LAWYER_STATUS.state_of("suspended") is StateKind.BAD
    assert LAWYER_STATUS.state_of("cancelled") is StateKind.ENDED
    assert FIRM_STATUS.state_of("rectifying") is StateKind.WARN


def test_parameters_name_their_source() -> None:
    values = {parameter.key: parameter.value for parameter in PARAMETERS}
    assert values["lawyers.firm.prepare_days"] == 60
    assert values["lawyers.complaint.accept_wd"] == 10
    assert values["lawyers.counsel.max_villages"] == 5
    assert all(parameter.source for parameter in PARAMETERS)
    recalled = {parameter.key for parameter in PARAMETERS if parameter.confidence is Confidence.RECALLED}
    assert "lawyers.complaint.handle_days" in recalled
    assert "lawyers.firm.partners_min" not in recalled


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.kind)
def test_sample_headings_are_understood(sample: SampleData) -> None:
    kind = next(kind for kind in KINDS if kind.key == sample.kind)
    known = {normalise_heading(text) for field in kind.fields for text in (field.title, *field.headings)}
    unknown = [text for text in sample.headings if normalise_heading(text) not in known]
    assert unknown == ["序号"]
