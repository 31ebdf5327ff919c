"""Headings that differ from a known one in a usual last word are known; never where two fields are meant."""

from __future__ import annotations

import pytest

from suite.bootstrap import Suite
from suite.contract.declarations import FieldType
from suite.kernel.exchange.header import find_header, normalise_headings
from suite.kernel.exchange.stock.sheet import list_kinds
from suite.kernel.exchange.templates import templates_of


def named(suite: Suite, kind: str, *headings: str) -> list[str | None]:
    found = find_header([headings], templates_of(suite.catalog).synonyms(list_kinds(suite.catalog)[kind]))
    assert found is not None
    return [found.fields.get(place) for place in range(len(headings))]


@pytest.mark.parametrize(
    ("kind", "heading", "field"),
    [
        ("notary.notary_office", "公证处全称", "name"),
        ("notary.notary_office", "执业证编号", "licence_no"),
        ("notary.notary_office", "设立时间", "opened_on"),
        ("notary.notary", "执业证号码", "main_no"),
        ("notary.notary", "行政区划代码", "district_code"),
        ("notary.notary", "身份证号/护照号", "id_number"),
        ("notary.notary", "任命时间", "appointed_on"),
        ("lawyers.lawyer", "专/兼职", "category"),
        ("arbitration.arbitration_commission", "登记时间", "registered_on"),
        ("arbitration.arbitration_commission", "届数", "term_number"),
        ("popularization.volunteer", "所在区", "district_code"),
        ("popularization.volunteer", "所属县（市、区）", "district_code"),
        ("popularization.volunteer", "所属地", "district_code"),
        ("popularization.volunteer", "所在地区", "district_code"),
        ("appraisal.appraisal_institution", "许可证证号", "main_no"),
        ("appraisal.appraisal_institution", "资质认定等级", "cma_level"),
        ("popularization.volunteer", "所属志愿服务队", "team"),
        ("popularization.duty_unit", "是否执法单位", "is_enforcement"),
    ],
)
def test_headings_of_real_offices_are_known(
    suite_on_sqlite: Suite, kind: str, heading: str, field: str
) -> None:
    title = list_kinds(suite_on_sqlite.catalog)[kind].fields[0].title
    first = "状态" if heading == "公证处全称" else title
    assert named(suite_on_sqlite, kind, first, heading)[1] == field


@pytest.mark.parametrize(
    ("kind", "group", "parts", "fields"),
    [
        (
            "appraisal.appraisal_institution",
            "许可证",
            ("证号", "起", "止"),
            ("main_no", "licensed_from", "licensed_to"),
        ),
        ("appraisal.appraisal_institution", "实验室认可", ("编号", "有效期止"), ("cnas_no", "cnas_to")),
        ("appraisal.appraiser", "职称", ("级别", "名称"), ("job_title", "title_name")),
        ("notary.notary", "职称", ("级别", "取得时间"), ("job_title", "titled_on")),
        # The part alone would be the agreement's own number.
        ("lawyers.village_counsel", "顾问律师", ("执业证号", "备注"), ("counsel_id", None)),
    ],
)
def test_group_and_part_together_name_a_field(
    suite_on_sqlite: Suite, kind: str, group: str, parts: tuple[str, ...], fields: tuple[str | None, ...]
) -> None:
    declared = list_kinds(suite_on_sqlite.catalog)[kind]
    rows = [[declared.fields[0].title, "区县", group], ["", "", *parts]]
    found = find_header(rows, templates_of(suite_on_sqlite.catalog).synonyms(declared))
    assert found is not None
    assert tuple(found.fields.get(place) for place in range(2, 2 + len(parts))) == fields


def test_every_day_and_number_is_known_by_the_usual_other_word(suite_on_sqlite: Suite) -> None:
    """Of every field of every list whose title names a day or a number."""
    asked = unknown = 0
    for kind in list_kinds(suite_on_sqlite.catalog).values():
        synonyms = templates_of(suite_on_sqlite.catalog).synonyms(kind)
        for field in kind.fields:
            for word, other, kept in (("日期", "时间", FieldType.DATE), ("号", "号码", FieldType.TEXT)):
                if field.type is not kept or not field.title.endswith(word) or field.title.endswith("编号"):
                    continue
                asked += 1
                variant = f"{field.title.removesuffix(word)}{other}"
                found = find_header([(variant,)], synonyms)
                unknown += found is None or found.columns[0].field != field.key
    assert asked > 150
    assert unknown <= asked // 20


KNOWN = {
    "登记日期": "registered",
    "备案时间": "filed",
    "备案日": "noted",
    "工作时间": "hours",
    "批号": "batch",
}
TYPES = {
    "registered": FieldType.DATE, "filed": FieldType.DATE, "noted": FieldType.DATE,
    "hours": FieldType.TEXT, "batch": FieldType.TEXT,
}  # fmt: skip


def test_what_two_fields_mean_is_known_by_its_exact_title_only() -> None:
    synonyms = normalise_headings({**KNOWN, "名称": "name"}, {**TYPES, "name": FieldType.TEXT})
    found = find_header([("名称", "登记时间", "备案日期", "备案日", "工作日", "批次号码")], synonyms)
    assert found is not None
    assert [column.field for column in found.columns] == ["name", "registered", None, "noted", None, None]


def test_a_column_that_names_the_field_exactly_goes_first() -> None:
    synonyms = normalise_headings({**KNOWN, "名称": "name"}, {**TYPES, "name": FieldType.TEXT})
    found = find_header([("名称", "登记时间", "登记日期")], synonyms)
    assert found is not None
    assert (found.fields, found.unmapped) == ({0: "name", 2: "registered"}, ("登记时间",))


def test_an_end_that_may_be_that_of_the_term_or_of_the_agreement_is_asked_about(
    suite_on_sqlite: Suite,
) -> None:
    found = named(suite_on_sqlite, "lawyers.village_counsel", "村（居）", "起始时间", "终止时间", "终止日期")
    assert found[1:] == ["starts_on", None, None]
