"""What the fields of a command mean, from the declarations: titles, choices, whom they may name."""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin

from suite.contract.casework import CaseKind, PartyOf
from suite.contract.codes import CodeList
from suite.contract.declarations import Field, FieldType

if TYPE_CHECKING:
    from suite.contract.commands import Command
    from suite.loader.catalog import Catalog

OWNER = "{owner}"
EVERYWHERE = "各条线"
TYPES: Mapping[Any, str] = {
    str: "文字", int: "整数", Decimal: "数", float: "数", bool: "是否", dt.date: "日期", bytes: "Base64",
}  # fmt: skip
#: What most commands have, and no declaration names.
COMMON = {
    "kind": "种类",
    "case_id": "办件（内部编号；可改写 case=编号）",
    "expected_version": "版本（写了 case=编号的不必给出）",
    "approval": "待审批的事项（可改写 case=编号）",
    "on": "办理日期（不写即当天）",
    "note": "备注",
    "matter": "事项",
    "repeat_of": "重复的是哪一件（编号）",
    "complainants": "投诉人",
    "allegations": "投诉事项",
    "findings": "认定",
    "lines": "清单",
    "annul": "撤销第几项认定",
    "reason": "事由",
    "opinion": "意见",
    "subject_id": "档案",
    "subject_ids": "档案",
    "kept": "保留的档案",
    "gone": "并入的档案",
    "document_no": "文号",
    "profession": "条线",
    "district": "区县",
    "district_code": "区县",
    "login": "登录名",
    "ledger": "台账",
}
#: Fields that name records of the command's own kind.
SUBJECTS = frozenset({"subject_id", "subject_ids", "kept", "gone"})
DISTRICTS = frozenset({"district", "district_code"})


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """What one field is: its title, lists of its choices, kinds of record that it names, or who else."""

    title: str = ""
    codes: tuple[CodeList, ...] = ()
    kinds: tuple[str, ...] = ()
    district: bool = False
    user: bool = False

    def over(self, other: Meaning) -> Meaning:
        """The same field as another kind of case has it, added."""
        titles = dict.fromkeys(part for part in (*self.title.split("、"), other.title) if part)
        return Meaning(
            title="、".join(titles),
            codes=tuple({codes.key: codes for codes in (*self.codes, *other.codes)}.values()),
            kinds=tuple(dict.fromkeys((*self.kinds, *other.kinds))),
            district=self.district or other.district,
            user=self.user or other.user,
        )


def case_kinds(catalog: Catalog, command: type[Command], kind: str | None = None) -> list[CaseKind]:
    """The kinds of case that have a step; only one of them where it is known."""
    areas: Mapping[str, str] = getattr(command, "areas", {})
    return [catalog.case_kinds[key] for key in areas if kind is None or key == kind]


def meanings(catalog: Catalog, command: type[Command], kind: str | None = None) -> dict[str, Meaning]:
    """Field name → what it means, of all fields of a command."""
    found = {item.name: Meaning(title=COMMON.get(item.name, "")) for item in dataclasses.fields(command)}
    for name in found.keys() & DISTRICTS:
        found[name] = dataclasses.replace(found[name], district=True)
    if kind in catalog.kinds:
        for name in found.keys() & SUBJECTS:
            found[name] = dataclasses.replace(found[name], kinds=(str(kind),))
    declared: dict[str, Meaning] = {}
    for case in case_kinds(catalog, command, kind):
        for name in found:
            meaning = _of_case(catalog, case, name)
            if meaning is not None:
                declared[name] = declared[name].over(meaning) if name in declared else meaning
    return {**found, **declared}


def _of_case(catalog: Catalog, case: CaseKind, name: str) -> Meaning | None:
    if name in case.by_key:
        return meaning_of(catalog, case.by_key[name])
    role = case.roles.get(name)
    if role is None:
        return None
    subject = role.of is PartyOf.SUBJECT
    return Meaning(title=role.title, kinds=role.kinds if subject else (), user=role.of is PartyOf.USER)


def meaning_of(catalog: Catalog, field: Field) -> Meaning:
    """What a declared field means."""
    return Meaning(
        title=field.title,
        codes=(catalog.codes[field.codes],) if field.codes else (),
        kinds=field.links,
        district=field.type is FieldType.DISTRICT,
    )


def type_words(hint: Any, meaning: Meaning) -> str:
    """日期, 整数, 文字的列表: what is to be written."""
    options = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    wanted = next(option for option in options if option is not type(None))
    origin = get_origin(wanted)
    if origin in (tuple, list) or (isinstance(origin, type) and issubclass(origin, Sequence)):
        return f"{type_words(get_args(wanted)[0], meaning)}的列表"
    if meaning.codes:
        return "选项"
    if meaning.kinds:
        return "档案（名称或编号）"
    if meaning.district:
        return "区县（名称或代码）"
    if meaning.user:
        return "用户（姓名或登录名）"
    if wanted in TYPES:
        return TYPES[wanted]
    return "对象" if dataclasses.is_dataclass(wanted) or isinstance(origin, type) else "值"


def permission_words(catalog: Catalog, command: type[Command]) -> str:
    """办理办件（各条线）: the title of the permission that a command asks for, and of which fields."""
    key = command.permission
    if OWNER not in key:
        declared = catalog.permissions.get(key)
        return declared.title if declared is not None else key
    action = key.replace(f"{OWNER}:", "")
    areas = dict.fromkeys(getattr(command, "areas", {}).values())
    asked = [f"{area}:{action}" for area in areas] or [
        name for name in catalog.permissions if name.partition(":")[2] == action
    ]
    titles = [
        catalog.permissions[name].title.partition("：") for name in asked if name in catalog.permissions
    ]
    if not titles:
        return key
    owners = list(dict.fromkeys(owner for owner, _, _ in titles))
    everywhere = not areas or set(areas) >= set(catalog.professions)
    return f"{titles[0][2]}（{EVERYWHERE if everywhere else '、'.join(owners)}）"


def choices_of(meaning: Meaning) -> Iterable[str]:
    """The titles that a field may be given, each once."""
    return dict.fromkeys(code.title for codes in meaning.codes for code in codes.codes)
