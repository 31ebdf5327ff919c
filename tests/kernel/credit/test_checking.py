"""The check before sending: a corpus of what the platform rejects, each caught with place and reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suite.contract.penalties import Sanction
from suite.kernel.credit.publicity.checking import Known, amount_of, as_sent, duplicates, row_problems
from suite.kernel.credit.publicity.columns import BY_CODE, COLUMNS, PENALTY_SORTS, Form
from suite.kernel.credit.publicity.deriving import (
    Decision,
    Party,
    kind_of,
    licence_cells,
    money_text,
    penalty_cells,
)
from suite.testing.factories import resident_number as resident
from suite.testing.factories import uscc

CODE, OTHER = uscc(7), uscc(8)
KNOWN = Known(
    today=dt.date(2026, 11, 23), names={CODE: "河北甲律师事务所"},
    organs={uscc(1): "石家庄市司法局", uscc(2): "河北省司法厅"},
)  # fmt: skip
PENALTY = {
    "CF_XDR_MC": "河北甲律师事务所", "CF_XDR_LB": "法人及非法人组织", "CF_XDR_SHXYM": CODE,
    "CF_FRDB": "王志强", "CF_WSH": "石司罚决字〔2026〕9号", "CF_WFXW": "疏于管理", "CF_SY": "疏于管理律师",
    "CF_YJ": "律师法第五十条", "CF_CFLB": "警告；罚款", "CF_NR": "警告、罚款 3 万元", "CF_NR_FK": "3",
    "CF_JDRQ": "2026/11/09", "CF_YXQ": "2027/11/08", "CF_GSJZQ": "2027/11/08", "CF_CFJG": "石家庄市司法局",
    "CF_CFJGDM": uscc(1), "CF_SJLY": "石家庄市司法局", "CF_SJLYDM": uscc(1),
}  # fmt: skip
LICENCE = {
    "XK_XDR_MC": "王志强", "XK_XDR_LB": "自然人", "XK_XDR_ZJLX": "身份证", "XK_XDR_ZJHM": resident(1),
    "XK_XKWS": "准予行政许可决定书", "XK_WSH": "冀司许决〔2026〕1号", "XK_XKLB": "普通",
    "XK_NR": "首次执业", "XK_JDRQ": "2026/11/09", "XK_YXQZ": "2026/11/09", "XK_YXQZI": "2099/12/31",
    "XK_XKJG": "河北省司法厅", "XK_XKJGDM": uscc(2), "XK_ZT": "1", "XK_LYDW": "石家庄市司法局",
    "XK_LYDWDM": uscc(1),
}  # fmt: skip
#: What the platform rejected → the code and the column of the fault.
REJECTED = [
    (Form.PENALTY, {"CF_XDR_SHXYM": CODE[:17]}, "uscc", "CF_XDR_SHXYM"),
    (Form.PENALTY, {"CF_XDR_SHXYM": CODE[:-1] + ("0" if CODE[-1] != "0" else "1")}, "uscc", "CF_XDR_SHXYM"),
    (Form.PENALTY, {"CF_XDR_SHXYM": ""}, "required", "CF_XDR_SHXYM"),
    (Form.PENALTY, {"CF_XDR_MC": "河北乙律师事务所"}, "name_code", "CF_XDR_SHXYM"),
    (Form.PENALTY, {"CF_XDR_LB": "企业"}, "enum", "CF_XDR_LB"),
    (Form.PENALTY, {"CF_FRDB": ""}, "required", "CF_FRDB"),
    (Form.PENALTY, {"CF_CFLB": "停止执业"}, "enum", "CF_CFLB"),
    (Form.PENALTY, {"CF_CFLB": "警告,罚款"}, "enum", "CF_CFLB"),
    (Form.PENALTY, {"CF_NR_FK": ""}, "required", "CF_NR_FK"),
    (Form.PENALTY, {"CF_NR_FK": "30000元"}, "money", "CF_NR_FK"),
    (Form.PENALTY, {"CF_NR_FK": "0.1234567"}, "money", "CF_NR_FK"),
    (Form.PENALTY, {"CF_NR_FK": "-3"}, "money", "CF_NR_FK"),
    (Form.PENALTY, {"CF_CFLB": "警告"}, "amount", "CF_NR_FK"),
    (Form.PENALTY, {"CF_CFLB": "警告；罚款；吊销许可证件"}, "required", "CF_NR_ZKDX"),
    (Form.PENALTY, {"CF_JDRQ": "2026-11-09"}, "date", "CF_JDRQ"),
    (Form.PENALTY, {"CF_JDRQ": "2026/02/30"}, "date", "CF_JDRQ"),
    (Form.PENALTY, {"CF_JDRQ": "2026/12/09"}, "future", "CF_JDRQ"),
    (Form.PENALTY, {"CF_YXQ": "2026/11/08"}, "order", "CF_YXQ"),
    (Form.PENALTY, {"CF_YJ": "律" * 2_001}, "long", "CF_YJ"),
    (Form.PENALTY, {"CF_SY": "疏于管理律师 "}, "blank", "CF_SY"),
    (Form.PENALTY, {"CF_NR": "警告\x0b"}, "blank", "CF_NR"),
    (Form.PENALTY, {"CF_CFJGDM": ""}, "required", "CF_CFJGDM"),
    (Form.PENALTY, {"CF_XDR_ZJHM": resident(1)}, "sort", "CF_XDR_ZJHM"),
    (Form.LICENCE, {"XK_XDR_ZJHM": ""}, "required", "XK_XDR_ZJHM"),
    (Form.LICENCE, {"XK_XDR_ZJHM": "130102********0015"}, "masked", "XK_XDR_ZJHM"),
    (Form.LICENCE, {"XK_XDR_ZJHM": "130102199001010000"}, "id", "XK_XDR_ZJHM"),
    (Form.LICENCE, {"XK_XDR_ZJLX": "户口本"}, "enum", "XK_XDR_ZJLX"),
    (Form.LICENCE, {"XK_XKLB": "行政许可"}, "enum", "XK_XKLB"),
    (Form.LICENCE, {"XK_YXQZI": "2026/11/08"}, "order", "XK_YXQZI"),
    (Form.LICENCE, {"XK_YXQZI": "长期"}, "date", "XK_YXQZI"),
    (Form.LICENCE, {"XK_ZT": "有效"}, "enum", "XK_ZT"),
    (Form.LICENCE, {"XK_WSH": ""}, "required", "XK_WSH"),
    (Form.LICENCE, {"XK_NR": "执" * 4_001}, "long", "XK_NR"),
    # What is typed in full width looks right and is not read.
    (Form.PENALTY, {"CF_JDRQ": "２０２６/１１/０９"}, "date", "CF_JDRQ"),
    (Form.PENALTY, {"CF_NR_FK": "３"}, "money", "CF_NR_FK"),
    (Form.PENALTY, {"CF_NR_FK": "3e0"}, "money", "CF_NR_FK"),
    (Form.PENALTY, {"CF_NR_FK": "30_000"}, "money", "CF_NR_FK"),
    (Form.PENALTY, {"CF_NR_FK": "0"}, "money", "CF_NR_FK"),
    # What cannot be seen.
    (Form.PENALTY, {"CF_WSH": "石司罚决字〔2026〕9号\u200b"}, "blank", "CF_WSH"),
    (Form.PENALTY, {"CF_SY": "疏于\ufeff管理"}, "blank", "CF_SY"),
    # What stands for nothing.
    (Form.PENALTY, {"CF_SY": "无"}, "required", "CF_SY"),
    (Form.PENALTY, {"CF_FRDB": "/"}, "required", "CF_FRDB"),
    (Form.LICENCE, {"XK_WSH": "暂无"}, "required", "XK_WSH"),
    # 其他 without what it is.
    (Form.PENALTY, {"CF_CFLB": "警告；罚款；其他"}, "other", "CF_CFLB"),
    (Form.PENALTY, {"CF_CFLB": "警告；罚款；其他-"}, "enum", "CF_CFLB"),
    (Form.LICENCE, {"XK_XKLB": "其他"}, "other", "XK_XKLB"),
    # Numbers of documents.
    (Form.LICENCE, {"XK_XDR_ZJLX": "护照", "XK_XDR_ZJHM": "E12****78"}, "masked", "XK_XDR_ZJHM"),
    (Form.LICENCE, {"XK_XDR_SHXYM": OTHER}, "sort", "XK_XDR_SHXYM"),
    (Form.PENALTY, {"CF_FR_ZJHM": resident(1)}, "id", "CF_FR_ZJHM"),
    (Form.PENALTY, {"CF_FR_ZJLX": "身份证", "CF_FR_ZJHM": "130102199001010000"}, "id", "CF_FR_ZJHM"),
    # Right when read kindly, and not what the platform reads.
    (Form.PENALTY, {"CF_XDR_SHXYM": CODE.lower()}, "uscc", "CF_XDR_SHXYM"),
    (Form.LICENCE, {"XK_XDR_ZJHM": "１" + resident(1)[1:]}, "id", "XK_XDR_ZJHM"),
    (Form.LICENCE, {"XK_XDR_ZJLX": "护照", "XK_XDR_ZJHM": "中文"}, "id", "XK_XDR_ZJHM"),
    (Form.PENALTY, {"CF_FRDB": "王志\n强"}, "blank", "CF_FRDB"),
    (Form.PENALTY, {"CF_NR": "警告\t罚款 3 万元"}, "blank", "CF_NR"),
    (Form.PENALTY, {"CF_XDR_SWDJ": "13010200000000"}, "number", "CF_XDR_SWDJ"),
    (Form.PENALTY, {"CF_XDR_ZZJG": "ABC"}, "number", "CF_XDR_ZZJG"),
    # What belongs to the other sort of party, or goes together.
    (Form.LICENCE, {"XK_FRDB": "李国华"}, "sort", "XK_FRDB"),
    (Form.PENALTY, {"CF_XDR_ZJLX": "身份证"}, "sort", "CF_XDR_ZJLX"),
    (Form.PENALTY, {"CF_FR_ZJLX": "身份证"}, "id", "CF_FR_ZJLX"),
    (Form.LICENCE, {"XK_YXQZI": "2026/11/10"}, "state", "XK_ZT"),
    # The code of another organ.
    (Form.LICENCE, {"XK_XKJGDM": uscc(1)}, "name_code", "XK_XKJGDM"),
    (Form.PENALTY, {"CF_SJLY": "河北省司法厅"}, "name_code", "CF_SJLYDM"),
]


def base(form: Form) -> dict[str, str]:
    return dict(PENALTY if form is Form.PENALTY else LICENCE)


@pytest.mark.parametrize("form", list(Form))
def test_a_right_row_may_go(form: Form) -> None:
    assert row_problems(form, base(form), KNOWN) == []


@pytest.mark.parametrize(("form", "wrong", "code", "column"), REJECTED)
def test_what_the_platform_rejects_is_caught_before(
    form: Form, wrong: dict[str, str], code: str, column: str
) -> None:
    found = row_problems(form, base(form) | wrong, KNOWN)
    assert [(item.code, item.field) for item in found] == [(f"publicity.{code}", column)]
    # The place by title and code, and what to do.
    assert BY_CODE[form][column].title in found[0].text
    assert column in found[0].text
    assert "请" in found[0].text or "应" in found[0].text


def test_nothing_is_shown_longer_than_the_rule_allows() -> None:
    known = replace(KNOWN, longest=dt.date(2027, 11, 8))
    assert row_problems(Form.PENALTY, PENALTY, known) == []
    late = PENALTY | {"CF_GSJZQ": "2035/01/31"}
    for limits in (known, replace(KNOWN, kept_back=True)):
        found = row_problems(Form.PENALTY, late, limits)
        assert [(item.code, item.field) for item in found] == [("publicity.longest", "CF_GSJZQ")]


@pytest.mark.parametrize(
    ("sort", "number"),
    [("台湾居民来往大陆通行证", "0123456789(B)"), ("护照", "E-1234567"), ("护照", "E12345678")],
)
def test_a_number_of_an_unknown_shape_may_go(sort: str, number: str) -> None:
    typed = LICENCE | {"XK_XDR_ZJLX": sort, "XK_XDR_ZJHM": number}
    assert row_problems(Form.LICENCE, typed, KNOWN) == []


def test_what_goes_out_is_put_right_once_and_then_checked() -> None:
    typed = {
        "CF_XDR_SHXYM": f" {CODE.lower()}", "CF_SY": "疏于管理律师。 \n  情节轻微\t",
        "CF_NR": "警告\x0b罚款\x0c三\x85万\u2028元\u2029整", "CF_FRDB": "王志\n强",
    }  # fmt: skip
    sent = as_sent(Form.PENALTY, PENALTY | typed)
    assert (sent["CF_XDR_SHXYM"], sent["CF_SY"]) == (CODE, "疏于管理律师。 情节轻微")
    # Word's soft ends of lines are some, too.
    assert sent["CF_NR"] == "警告 罚款 三 万 元 整"
    # A name in two lines is nobody's: that is told.
    assert [item.field for item in row_problems(Form.PENALTY, sent, KNOWN)] == ["CF_FRDB"]


@given(st.dictionaries(st.sampled_from([c.code for c in COLUMNS[Form.PENALTY]]), st.text(max_size=40)))
def test_putting_right_again_changes_nothing(cells: dict[str, str]) -> None:
    once = as_sent(Form.PENALTY, cells)
    assert as_sent(Form.PENALTY, once) == once


def test_a_number_that_went_out_before_is_told() -> None:
    sent = Known(today=KNOWN.today, sent=frozenset({(PENALTY["CF_WSH"], PENALTY["CF_CFJG"])}))
    assert [item.code for item in row_problems(Form.PENALTY, PENALTY, sent)] == ["publicity.duplicate"]
    rows = [(1, "甲", "局"), (2, "甲", "厅"), (3, "甲", "局"), (4, "", "局"), (5, "", "局")]
    assert duplicates(rows) == {3: "甲"}


@given(st.dictionaries(st.sampled_from([c.code for c in COLUMNS[Form.PENALTY]]), st.text(max_size=40)))
def test_the_check_answers_to_any_cells(cells: dict[str, str]) -> None:
    for problem in row_problems(Form.PENALTY, PENALTY | cells, KNOWN):
        assert problem.field in BY_CODE[Form.PENALTY]


@given(st.decimals(min_value="0.01", max_value="99999999", places=2))
def test_money_is_written_in_ten_thousands_without_loss(yuan: Decimal) -> None:
    text = money_text(yuan)
    amount = amount_of(text)
    assert amount is not None
    assert amount * 10_000 == yuan
    assert money_text(None) == money_text(Decimal(0)) == ""


def test_every_sanction_of_the_catalogues_is_one_of_the_law() -> None:
    parameters = {
        "core.credit.kind_suspension_person": "限制从业",
        "core.credit.kind_suspension_body": "责令停产停业",
        "core.credit.kind_revocation": "吊销许可证件",
    }
    for sanction in Sanction:
        for person in (True, False):
            kind = kind_of(sanction, person=person, parameters=parameters)
            if kind not in PENALTY_SORTS:
                # 其他 goes with what it is, and passes.
                assert kind == f"其他-{sanction.words}"
                cells = PENALTY | {"CF_CFLB": f"警告；罚款；{kind}"}
                assert row_problems(Form.PENALTY, cells, KNOWN) == []


def test_an_ended_licence_is_void_from_its_decision_on() -> None:
    decision = Decision(
        decided_on=dt.date(2026, 11, 9), document_no="冀司许决〔2026〕2号", organ="河北省司法厅",
        organ_code=uscc(2), source="石家庄市司法局", source_code=uscc(1), item="注销执业证",
    )  # fmt: skip
    party = Party(name="王志强", person=True, id_number=resident(1), licence_title="律师执业证")
    cells = licence_cells(party, decision)
    assert (cells["XK_ZT"], cells["XK_YXQZI"]) == ("2", "2026/11/09")
    assert row_problems(Form.LICENCE, cells, KNOWN) == []


def test_a_penalty_of_nothing_known_is_told_not_guessed() -> None:
    decision = Decision(
        decided_on=dt.date(2026, 11, 9), document_no="", organ="", organ_code="", source="", source_code=""
    )
    cells = penalty_cells(Party(name="某人", person=False), decision, None, {})
    codes = {(item.code, item.field) for item in row_problems(Form.PENALTY, cells, KNOWN)}
    for column in ("CF_WSH", "CF_WFXW", "CF_SY", "CF_CFLB", "CF_XDR_SHXYM", "CF_CFJG"):
        assert ("publicity.required", column) in codes
