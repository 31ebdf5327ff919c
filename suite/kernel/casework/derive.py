"""One command for each declared step: its fields, permission, article and help follow from the lifecycle.

Kinds that call a step alike share its command, which then has the fields of all of them; what each kind asks
for is looked at when the case is known.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from weakref import WeakKeyDictionary

from suite.contract.casework import CaseKind, PartyOf, Transition
from suite.contract.commands import UNGIVEN, Command, Handler, TwoPersons
from suite.contract.declarations import FieldType
from suite.contract.problems import refuse
from suite.kernel.casework.commands import (
    AllegationGiven,
    ComplainantGiven,
    FindingGiven,
    LineGiven,
    OpenStep,
    TakeStep,
)
from suite.loader.catalog import Catalog

TYPES: Mapping[FieldType, Any] = {
    FieldType.TEXT: str,
    FieldType.CODE: str,
    FieldType.DISTRICT: str,
    FieldType.DATE: dt.date,
    FieldType.INTEGER: int,
    FieldType.LINK: int,
    FieldType.DECIMAL: Decimal,
    FieldType.BOOLEAN: bool,
    FieldType.CODES: tuple[str, ...],
}

#: What a step takes several of, each with parts of its own.
GIVEN: Mapping[str, type[Any]] = {
    "complainants": ComplainantGiven,
    "allegations": AllegationGiven,
    "findings": FindingGiven,
    "lines": LineGiven,
}

#: The chain of signatures keeps the step until another one has signed.
SIGNED = TwoPersons(signed=True)

_derived: WeakKeyDictionary[Catalog, dict[str, type[Command]]] = WeakKeyDictionary()
#: By the identity of what declares a step, which is kept here so that nothing else gets it: suites of one
#: process share the classes of the plugins that they share.
_made: dict[tuple[int, ...], tuple[list[tuple[CaseKind, Transition]], type[Command]]] = {}


def step_commands(catalog: Catalog) -> dict[str, type[Command]]:
    """Command name → class, for every step of every kind of case that is declared."""
    if catalog not in _derived:
        named: dict[str, list[tuple[CaseKind, Transition]]] = {}
        for kind in catalog.case_kinds.values():
            for transition in catalog.lifecycle_of(kind).transitions:
                named.setdefault(transition.command, []).append((kind, transition))
        _derived[catalog] = {name: _command_once(name, uses) for name, uses in named.items()}
    return _derived[catalog]


def _command_once(name: str, uses: list[tuple[CaseKind, Transition]]) -> type[Command]:
    """The class of one step; making it compiles code, which takes as long as many a command."""
    declared = tuple(id(part) for use in uses for part in use)
    if declared not in _made:
        _made[declared] = (uses, _command(name, uses))
    return _made[declared][1]


def step_handlers(catalog: Catalog) -> dict[type[Command], Handler]:
    """Which function takes which step."""
    from suite.kernel.casework.opening import open_case
    from suite.kernel.casework.steps import take_step

    return {
        command: open_case if issubclass(command, OpenStep) else take_step
        for command in step_commands(catalog).values()
    }


def step(catalog: Catalog, name: str, **values: Any) -> Command:
    """A step as a command; what is not given stays as it is, and is refused where it must be given; an empty
    value that is given empties the field. What has parts of its own (a complainant, a finding) may be given
    as a mapping.

    Raises Refused for a step that no kind declares or that lacks what every step has.
    """
    command = step_commands(catalog).get(name)
    if command is None:
        raise refuse("command.unknown", f"没有命令 {name}。可用 suite commands 查看全部。", field="command")
    fields = {item.name: item for item in dataclasses.fields(command)}
    empty = {
        key: None
        for key, item in fields.items()
        if item.default is dataclasses.MISSING and key not in ("kind", "case_id", "expected_version")
    }
    made = {
        key: tuple(GIVEN[key](**item) if isinstance(item, Mapping) else item for item in value)
        for key, value in values.items()
        if key in GIVEN
    }
    return command(**{**empty, **values, **made})


def _command(name: str, uses: list[tuple[CaseKind, Transition]]) -> type[Command]:
    """The class of one step, from every kind that declares it."""
    hints: dict[str, Any] = {}
    asked: dict[str, int] = {}
    #: What sets a field, which may be left as it is or emptied; anything else is named or is not.
    values = {key for _, transition in uses for key in transition.fields}
    for kind, transition in uses:
        for key, hint in _fields(kind, transition).items():
            hints.setdefault(key, hint)
        needed = (kind.respondent,) if kind.newcomer is None else ()
        parties = needed if transition.opens else transition.parties
        for key in (*transition.required, *parties):
            asked[key] = asked.get(key, 0) + 1
    first = uses[0][1]
    made: list[tuple[Any, ...]] = []
    for key, hint in hints.items():
        if asked.get(key) == len(uses):
            # Said outright, or a field called like what every command has (article) took that for its value.
            made.append((key, hint, dataclasses.field()))
        elif key not in values:
            made.append((key, hint, dataclasses.field(default=())))
        else:
            made.append((key, hint | None, dataclasses.field(default=UNGIVEN)))
    words = first.told or f"{first.title}。"
    articles = dict.fromkeys(transition.article for _, transition in uses if transition.article)
    kinds = "、".join(dict.fromkeys(kind.title for kind, _ in uses))
    return dataclasses.make_dataclass(
        name,
        made,
        bases=(OpenStep if first.opens else TakeStep,),
        namespace={
            "permission": "{owner}:" + first.permission,
            "areas": {kind.key: kind.rights for kind, _ in uses},
            "title": first.title,
            "article": "；".join(articles) or None,
            "two_persons": SIGNED if any(transition.two_persons for _, transition in uses) else None,
            "__doc__": f"{kinds}：{words}",
            "__module__": __name__,
        },
        frozen=True,
        kw_only=True,
    )


def _fields(kind: CaseKind, transition: Transition) -> dict[str, Any]:
    found: dict[str, Any] = {key: TYPES[kind.by_key[key].type] for key in transition.fields}
    for key in transition.parties:
        found[key] = tuple[int, ...] if kind.roles[key].of is PartyOf.SUBJECT else tuple[str, ...]
    for key, taken in (
        ("complainants", transition.complainant),
        ("allegations", transition.allegations),
        ("findings", transition.findings),
        ("lines", bool(transition.lists)),
    ):
        if taken:
            found[key] = tuple[GIVEN[key], ...]  # type: ignore[valid-type]  # the class is looked up
    if transition.annuls:
        found["annul"] = tuple[int, ...]
    return found
