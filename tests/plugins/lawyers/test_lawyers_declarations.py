"""What is particular to the lawyers' declarations."""

from __future__ import annotations

import pytest

from plugins.lawyers.codes import CATEGORY, CATEGORY_OF_DIGIT, FIRM_STATUS, LAWYER_STATUS
from plugins.lawyers.kinds import LAW_FIRM, LAWYER
from plugins.lawyers.parameters import PARAMETERS
from suite.api import Confidence, StateKind


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
    recalled = {parameter.key for parameter in PARAMETERS if parameter.confidence is Confidence.RECALLED}
    assert "lawyers.complaint.handle_days" in recalled
    assert "lawyers.firm.partners_min" not in recalled
