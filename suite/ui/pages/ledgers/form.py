"""One entry as a form: what is asked, what it says already, and what was typed as an edit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from suite.contract.declarations import Field, FieldType
from suite.kernel.ledgers.commands import EntryEdit
from suite.kernel.ledgers.queries import EntryLine
from suite.kernel.ledgers.sheet import LedgerSheet
from suite.loader.catalog import Catalog
from suite.ui.kit.fields import Choice, Deliver, FieldKind, FieldSpec
from suite.ui.pages.case.step_fields import field_spec

#: A form offers at least so many places for records, and one more than are there.
PLACES = 2
Complete = Callable[[Field, str, Deliver], None]


def entry_specs(
    sheet: LedgerSheet,
    catalog: Catalog,
    districts: Mapping[str, str],
    complete: Complete,
    line: EntryLine | None,
) -> list[FieldSpec]:
    """Every field of the ledger, in its order."""
    specs: list[FieldSpec] = []
    for field in sheet.fields:
        if field.links:
            specs += _places(field, complete, line)
        elif field.type is not FieldType.DISTRICT:
            specs.append(field_spec(field, catalog, required=field.required))
        else:
            specs.append(field_spec(field, catalog, required=False, places=districts))
    return specs


def entry_values(sheet: LedgerSheet, line: EntryLine | None) -> dict[str, object]:
    """What the form says before anything is typed; a new entry has its first state."""
    if line is None:
        return {"state": sheet.ledger.states[0].key} if sheet.ledger.states else {}
    found = {field.key: line.values.get(field.key) for field in sheet.stored}
    for role in sheet.roles:
        for no, one in enumerate(line.values.get(role.key) or (), 1):
            found[_place(role, no)] = Choice(one, line.names[one])
    return found


def entry_edit(
    sheet: LedgerSheet, line: EntryLine | None, value: Callable[[str], Any], keys: Sequence[str]
) -> EntryEdit:
    """What was typed: all of a new entry, of an old one what is other than it was."""
    typed = {field.key: value(field.key) for field in sheet.stored if field.key in keys}
    for role in sheet.roles:
        chosen = (value(key) for key in keys if key.startswith(f"{role.key}__"))
        ids = {int(str(one.value if isinstance(one, Choice) else one)) for one in chosen if one}
        typed[role.key] = tuple(sorted(ids))
    if line is None:
        return EntryEdit(values={key: one for key, one in typed.items() if one not in (None, "", ())})
    before = {key: line.values.get(key) for key in typed}
    # An unticked box and a text of nothing say as much as no value.
    said = {
        key: None if one == "" or (one is False and before[key] is None) else one
        for key, one in typed.items()
    }
    changed = {key: one for key, one in said.items() if one != before[key]}
    return EntryEdit(
        entry_id=line.id,
        expected_version=line.version,
        values=changed,
        base={key: before[key] for key in changed},
    )


def problem_places(problems: Mapping[str, str], keys: Sequence[str]) -> dict[str, str]:
    """Problems beside the fields of the form: those of records beside the first of their places."""
    return {key if key in keys else f"{key}__1": text for key, text in problems.items()}


def _places(field: Field, complete: Complete, line: EntryLine | None) -> list[FieldSpec]:
    there = len(line.values.get(field.key) or ()) if line is not None else 0
    return [
        FieldSpec(
            key=_place(field, no),
            title=field.title if no == 1 else f"{field.title}（{no}）",
            kind=FieldKind.LINK,
            required=field.required and no == 1,
            quiet=True,
            complete=lambda typed, deliver: complete(field, typed, deliver),
        )
        for no in range(1, max(PLACES, there + 1) + 1)
    ]


def _place(field: Field, no: int) -> str:
    return f"{field.key}__{no}"
