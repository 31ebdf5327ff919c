"""Faults of declarations that the loader tells with name and cure."""

from dataclasses import replace

from plugins.notary.kinds import NOTARY
from plugins.notary.ledgers import LEDGERS
from suite.contract.codes import Code, CodeList
from suite.contract.declarations import Field, RecordKind
from suite.contract.indicators import (
    Chosen,
    Count,
    Direction,
    Entries,
    Indicator,
    PlaceKind,
    Places,
    Weight,
)
from suite.contract.ledgers import Ledger
from suite.contract.parameters import Confidence, Parameter
from suite.contract.roles import Role
from suite.kernel.registry.declarations import DECLARATIONS
from suite.loader.catalog import Catalog
from suite.loader.checks import faults


def found(*declarations: RecordKind | Parameter | Role | CodeList | Indicator | Ledger) -> list[str]:
    return faults("notary", declarations, Catalog([("core", "公共", DECLARATIONS)]))


def test_a_broken_default_pattern_is_a_fault() -> None:
    sound = Parameter(
        key="notary.pattern", title="格式", value=r"\d+", source="局内", confidence=Confidence.RECALLED,
        pattern=True,
    )  # fmt: skip
    assert found(sound) == []
    (fault,) = found(replace(sound, value="(1"))
    assert "notary.pattern" in fault
    assert "正则表达式" in fault


def test_what_may_be_chosen_holds_the_default_and_no_word_twice() -> None:
    sound = Parameter(
        key="notary.source", title="来源", value="ledger", source="局内", confidence=Confidence.RECALLED,
        choices=(Code(value="ledger", title="台账"), Code(value="figures", title="数字")),
    )  # fmt: skip
    assert found(sound) == []
    assert found(replace(sound, value="figures,ledger", several=True)) == []
    assert found(replace(sound, value="", several=True)) == []
    for loose in ("ledger,figures", "figures,ledger,ledger"):
        (fault,) = found(replace(sound, value=loose, several=True))
        assert "应按存储的写法写成 figures,ledger，" in fault
    for wrong, fact in (
        (replace(sound, value="legder"), "缺省值 legder 不在选项之内"),
        (replace(sound, value=1), "只有文字的参数"),
        (replace(sound, choices=(*sound.choices, Code(value="x", title="台账"))), "台账 指向 2 个选项"),
    ):
        (fault,) = found(wrong)
        assert fact in fault


def test_a_side_is_declared_for_each_choice_and_no_other() -> None:
    chosen = Parameter(
        key="notary.source", title="来源", value="a", source="局内", confidence=Confidence.RECALLED,
        choices=(Code(value="a", title="甲"), Code(value="b", title="乙")),
    )  # fmt: skip

    def told(parameter: Parameter, *choices: str) -> list[str]:
        sides = tuple((choice, Places(of=PlaceKind.COUNTIES, title="县")) for choice in choices)
        indicator = Indicator(
            key="notary.chosen", title="数", unit="个", direction=Direction.UP, help="数",
            measure=Count(Chosen("notary.source", sides)),
        )  # fmt: skip
        return found(parameter, indicator)

    assert told(chosen, "a", "b") == []
    assert "可选 a、b，声明的是 a" in told(chosen, "a")[0]
    assert "声明的是 a、b、c" in told(chosen, "a", "b", "c")[0]
    assert told(replace(chosen, value=True, choices=()), "True", "False") == []
    (undeclared,) = told(replace(chosen, choices=()), "a", "b")
    assert "用 choices 写明 a、b" in undeclared


def test_what_entries_count_is_said_by_a_parameter_of_numbers() -> None:
    ledger = LEDGERS[0]
    weight = Parameter(
        key="notary.weight", title="计数", value="1", source="局内", confidence=Confidence.RECALLED,
        choices=(Code(value="1", title="计 1 条"), Code(value="0.5", title="计半条")),
    )  # fmt: skip

    def told(parameter: Parameter, sum: str | None = None) -> list[str]:
        weighed = Weight("notary.weight", lambda entry: entry.column("title") == "甲")
        indicator = Indicator(
            key="notary.weighed", title="数", unit="条", direction=Direction.UP, help="数",
            measure=Count(Entries(ledger=ledger.key, title="条", weight=weighed, sum=sum)),
        )  # fmt: skip
        return [fault for fault in found(parameter, ledger, indicator) if "notary.weighed" in fault]

    assert told(weight) == []
    for wrong in (
        replace(weight, choices=()),
        replace(weight, choices=(*weight.choices, Code(value="half", title="一半"))),
        replace(weight, key="notary.other"),
    ):
        (fault,) = told(wrong)
        assert "notary.weight 须在其 Parameter 中用 choices 写明可选的数" in fault
    assert any("不能既相加又折算" in fault for fault in told(weight, "persons"))


def _since(key: str) -> RecordKind:
    link = NOTARY.by_key["body_id"]
    changed = Field(link.column, title=link.title, links=link.links, since=key)
    fields = tuple(changed if field is link else field for field in NOTARY.fields)
    return replace(NOTARY, fields=fields)


def test_since_names_a_date_field_of_the_kind() -> None:
    assert not [fault for fault in found(_since("appointed_on")) if "since" in fault]
    assert [fault for fault in found(_since("remarks")) if "since" in fault] == [
        "notary.notary.body_id：since 所指的 remarks 不是日期字段，请改正。"
    ]
    assert any("没有字段 nowhere" in fault for fault in found(_since("nowhere")))


def test_a_span_runs_from_one_day_to_another_and_links_are_checked_that_are_there() -> None:
    first = NOTARY.by_key["issued_on"]

    def spanning(key: str) -> list[str]:
        changed = Field(first.column, title=first.title, until=key)
        fields = tuple(changed if field is first else field for field in NOTARY.fields)
        return found(replace(NOTARY, fields=fields))

    assert not [fault for fault in spanning("entered_on") if "until" in fault]
    assert [fault for fault in spanning("remarks") if "until" in fault] == [
        "notary.notary.issued_on：until 只能从一个日期字段指向另一个，请改正。"
    ]
    assert any("没有字段 nowhere" in fault for fault in spanning("nowhere"))
    unlinked = replace(NOTARY, link_checks=(("nowhere", lambda *_: ()),))
    assert any("没有字段 nowhere" in fault for fault in found(unlinked))


def test_a_role_names_permissions_that_can_be_held() -> None:
    def role(*permissions: str) -> list[str]:
        return found(NOTARY, Role(key="notary.clerk", title="经办人", permissions=permissions))

    known = [fault for fault in role() if "权限" in fault]
    assert known == []
    sound = role("*", "notary:roster:*", "notary:roster:read", "{profession}:roster:edit", "notary:*")
    assert not [fault for fault in sound if "权限" in fault]
    for wrong in ("notary:roster:raed", "{profession}:rooster:read", "notray:*"):
        assert [fault for fault in role(wrong) if wrong in fault], wrong


def test_a_field_of_several_values_has_a_code_list_and_a_text_column() -> None:
    def several(key: str, codes: str | None) -> list[str]:
        field = NOTARY.by_key[key]
        changed = Field(field.column, title=field.title, codes=codes, several=True)
        fields = tuple(changed if one is field else one for one in NOTARY.fields)
        return [fault for fault in found(replace(NOTARY, fields=fields)) if "多选" in fault]

    assert several("languages", "core.engagement") == []
    assert len(several("languages", None)) == 1
    assert len(several("is_head", "core.engagement")) == 1


def test_no_code_may_be_taken_for_two() -> None:
    def listed(value: str) -> list[str]:
        return found(CodeList(key="notary.words", title="用语", codes=(Code(value=value, title="甲"),)))

    assert listed("A0201") == []
    assert len(listed("A02,A03")) == 1
    assert len(listed("A 02")) == 1


def test_what_a_record_is_found_by_and_named_after_are_its_fields() -> None:
    wrong = replace(NOTARY, match=("main_no", ("name", "nowhere")), named_after="elsewhere")
    told = found(wrong)
    assert any("没有字段 nowhere" in fault for fault in told)
    assert any("没有字段 elsewhere" in fault for fault in told)
