"""The form of a step, from its declaration; and what was typed as the command's values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from suite.contract.case_facts import Finding
from suite.contract.casework import (
    CaseKind,
    PartyOf,
    PartyRole,
    Transition,
)
from suite.contract.code_sets import members, packed
from suite.contract.declarations import Field, FieldType
from suite.kernel.casework.case_file import CaseFile
from suite.kernel.registry.value_checks import past_date
from suite.loader.catalog import Catalog
from suite.ui.kit.fields import Choice, Deliver, FieldKind, FieldSpec

#: How many allegations and parties a form offers at once; more are added by further steps.
SLOTS = 3
LONG = 400
_KINDS = {
    FieldType.TEXT: FieldKind.TEXT,
    FieldType.CODE: FieldKind.CHOICE,
    FieldType.CODES: FieldKind.CHOICES,
    FieldType.DATE: FieldKind.DATE,
    FieldType.DISTRICT: FieldKind.CHOICE,
    FieldType.INTEGER: FieldKind.NUMBER,
    FieldType.DECIMAL: FieldKind.NUMBER,
    FieldType.BOOLEAN: FieldKind.BOOL,
}
COMPLAINANT = (("name", "投诉人"), ("phone", "联系电话"), ("id_number", "证件号码"), ("address", "联系地址"))
Complete = Callable[[PartyRole, str, Deliver], None]


def step_specs(
    transition: Transition,
    kind: CaseKind,
    catalog: Catalog,
    users: Sequence[tuple[str, str]],
    complete: Complete,
    case: CaseFile | None = None,
    *,
    about: str | None = None,
    places: Mapping[str, str] | None = None,
) -> list[FieldSpec]:
    """Everything that the step takes, in the order in which it is thought of.

    about: what the case is called by, which decides on what is asked. places: the names of districts.
    """
    specs = [FieldSpec(key="on", title="办理日期", kind=FieldKind.DATE, required=True, quiet=True)]
    if kind.called is not None and kind.called in transition.fields:
        specs.append(
            field_spec(kind.by_key[kind.called], catalog, required=kind.called in transition.required)
        )
    for key in transition.parties:
        if not kind.offers(key, about):
            continue
        specs += _party_specs(kind.roles[key], transition, kind, users, complete)
    if transition.complainant:
        specs += [
            FieldSpec(key=f"complainant_{key}", title=title, required=key == "name", quiet=True)
            for key, title in COMPLAINANT
        ]
    specs += [
        field_spec(kind.by_key[key], catalog, required=key in transition.required, places=places or {})
        for key in transition.fields
        if key != kind.called and kind.offers(key, about)
    ]
    if transition.allegations:
        heads = tuple(Choice(code.value, code.title) for code in catalog.codes[kind.heads or ""].codes)
        for no in range(1, SLOTS + 1):
            needed = no == 1
            specs += [
                FieldSpec(
                    key=f"head_{no}", title=f"事项{no}类别", kind=FieldKind.CHOICE, choices=heads,
                    required=needed, quiet=True,
                ),
                FieldSpec(
                    key=f"text_{no}", title=f"事项{no}内容", required=needed, quiet=True,
                ),
            ]  # fmt: skip
    if transition.findings and case is not None:
        words = tuple(Choice(item.value, item.words) for item in Finding)
        for item, head in case.allegations:
            specs += [
                FieldSpec(
                    key=f"finding_{item.no}", title=f"{item.no}. {head}", kind=FieldKind.CHOICE,
                    choices=words, quiet=True,
                ),
                FieldSpec(key=f"why_{item.no}", title="认定理由", quiet=True),
            ]  # fmt: skip
    if transition.annuls and case is not None:
        specs += [
            FieldSpec(key=f"annul_{item.no}", title=f"撤销第 {item.no} 项", kind=FieldKind.BOOL, quiet=True)
            for item, _ in case.allegations
            if item.stands and item.told
        ]
    specs.append(
        FieldSpec(key="note", title="说明", wide=True, quiet=True, placeholder="写入办理记录，可以不填")
    )
    return specs


def begun_values(transition: Transition, kind: CaseKind, case: CaseFile) -> dict[str, Any]:
    """What the step's fields say already, so that it is looked at and not typed again."""
    found = {key: case.values.get(key) for key in transition.fields}
    return {
        key: packed(value) if kind.by_key[key].type is FieldType.CODES else value
        for key, value in found.items()
        if value not in (None, "", ())
    }


def step_values(
    transition: Transition,
    kind: CaseKind,
    value: Callable[[str], Any],
    keys: Sequence[str],
    begun: Mapping[str, Any] = MappingProxyType({}),
) -> dict[str, Any]:
    """What was typed, as the command's values; what the form began with and was emptied is given empty."""
    found: dict[str, Any] = {"on": value("on"), "note": str(value("note") or "")}
    for key in transition.fields:
        typed = value(key) if key in keys else None
        if typed in (None, ""):
            if key in keys and key in begun:
                found[key] = None
            continue
        match kind.by_key[key].type:
            case FieldType.INTEGER:
                found[key] = int(typed)
            case FieldType.CODES:
                found[key] = members(str(typed))
            case _:
                found[key] = typed
    for key in transition.parties:
        typed_all = [value(name) for name in keys if name == key or name.startswith(f"{key}__")]
        found[key] = tuple(_party_values(kind.roles[key], typed_all))
    if transition.complainant:
        found["complainants"] = ({key: str(value(f"complainant_{key}") or "") for key, _ in COMPLAINANT},)
    if transition.allegations:
        found["allegations"] = tuple(
            {"head": str(value(f"head_{no}") or ""), "text": str(value(f"text_{no}") or "")}
            for no in range(1, SLOTS + 1)
            if value(f"head_{no}") or value(f"text_{no}")
        )
    if transition.findings:
        numbers = [int(name.split("_")[1]) for name in keys if name.startswith("finding_")]
        found["findings"] = tuple(
            {"no": no, "finding": str(value(f"finding_{no}")), "note": str(value(f"why_{no}") or "")}
            for no in numbers
            if value(f"finding_{no}")
        )
    if transition.annuls:
        numbers = [int(name.split("_")[1]) for name in keys if name.startswith("annul_")]
        found["annul"] = tuple(no for no in numbers if value(f"annul_{no}"))
    return found


def problem_places(problems: Mapping[str, str], keys: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Problems beside the fields of the form; the rest is told above the button."""
    first = {
        "complainants": "complainant_name",
        "allegations": "head_1",
        "findings": next((name for name in keys if name.startswith("finding_")), ""),
        "annul": next((name for name in keys if name.startswith("annul_")), ""),
    }
    beside: dict[str, str] = {}
    rest: list[str] = []
    for key, text in problems.items():
        place = (
            key if key in keys else first.get(key) or next((n for n in keys if n.startswith(f"{key}__")), "")
        )
        if place:
            beside[place] = text
        else:
            rest.append(text)
    return beside, rest


def _party_specs(
    role: PartyRole,
    transition: Transition,
    kind: CaseKind,
    users: Sequence[tuple[str, str]],
    complete: Complete,
) -> list[FieldSpec]:
    needed = not transition.opens or (role.key == kind.respondent and kind.newcomer is None)
    match role.of:
        case PartyOf.SUBJECT:
            return [
                FieldSpec(
                    key=role.key if role.places == 1 else f"{role.key}__{no}",
                    title=role.title if role.places == 1 else f"{role.title}{no}",
                    kind=FieldKind.LINK, required=needed and no <= role.least, quiet=True,
                    complete=lambda typed, deliver: complete(role, typed, deliver),
                )
                for no in range(1, role.places + 1)
            ]  # fmt: skip
        case PartyOf.USER:
            people = tuple(Choice(login, name, note=login) for login, name in users)
            return [
                FieldSpec(
                    key=f"{role.key}__{no}", title=f"{role.title}{no}", kind=FieldKind.CHOICE,
                    choices=people, required=needed and no <= role.least, quiet=True,
                )
                for no in range(1, max(role.least, SLOTS) + 1)
            ]  # fmt: skip
        case PartyOf.NAME:
            return [
                FieldSpec(key=role.key, title=role.title, quiet=True, placeholder="多人用顿号隔开，可以不填")
            ]


def _party_values(role: PartyRole, typed: Sequence[Any]) -> list[Any]:
    given = [item for item in typed if item not in (None, "")]
    match role.of:
        case PartyOf.SUBJECT:
            return [int(str(item.value if isinstance(item, Choice) else item)) for item in given]
        case PartyOf.USER:
            return [str(item) for item in given]
        case PartyOf.NAME:
            return [name.strip() for item in given for name in str(item).split("、") if name.strip()]


def field_spec(
    field: Field, catalog: Catalog, *, required: bool, places: Mapping[str, str] | None = None
) -> FieldSpec:
    """A declared field as a form asks for it. places: code → name of the districts."""
    kind = _KINDS.get(field.type, FieldKind.TEXT)
    length = getattr(field.table.columns[field.name].type, "length", None)
    if kind is FieldKind.TEXT and (length is None or length > LONG):
        kind = FieldKind.MULTILINE
    choices = (
        tuple(
            Choice(code.value, code.title, words=" ".join(code.also))
            for code in catalog.codes[field.codes].codes
        )
        if field.codes
        else tuple(Choice(code, name, words=code) for code, name in (places or {}).items())
        if field.type is FieldType.DISTRICT
        else ()
    )
    return FieldSpec(
        key=field.key,
        title=field.title,
        kind=kind,
        required=required,
        choices=choices,
        places=2 if field.type is FieldType.DECIMAL else 0,
        placeholder=field.hint,
        wide=kind is FieldKind.MULTILINE,
        ahead=past_date not in field.checks,
        quiet=True,
    )
