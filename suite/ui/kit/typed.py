"""What is typed in a form, as data: taken out for drafts and merges, put back as edits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from suite.ui.kit.editors import MultilineEditor, PickEditor, TextEditor
from suite.ui.kit.field_row import UNREAD, FieldRow
from suite.ui.kit.fields import FieldKind
from suite.ui.kit.form import Form
from suite.ui.kit.masked import MaskedEditor


@dataclass(frozen=True, kw_only=True)
class Unread:
    """Typed text that cannot be read as its field's value yet; it is kept as it was typed."""

    text: str


def edits_of(form: Form, *, secrets: bool = True) -> dict[str, object]:
    """Field key → what was typed, for every changed field; text that cannot be read as `Unread`.

    Without `secrets` masked fields are left out.
    """
    found: dict[str, object] = {}
    for key, row in form.rows.items():
        if row.spec.kind is FieldKind.READONLY or not row.is_changed():
            continue
        if row.spec.kind is FieldKind.MASKED and not secrets:
            continue
        value = row.current()
        found[key] = Unread(text=_typed(row)) if value is UNREAD else value
    return found


def put_edits(form: Form, edits: Mapping[str, object]) -> None:
    """Type values into a form: they differ from what is stored and can be reverted."""
    for key, value in edits.items():
        row = form.rows.get(key)
        if row is None or row.spec.kind is FieldKind.READONLY:
            continue
        editor = row.editor
        if isinstance(editor, MaskedEditor):
            if not editor.line.isVisibleTo(editor):
                editor.retype.click()
            editor.line.set_quietly("" if value is None else str(value))
        elif isinstance(value, Unread):
            if isinstance(editor, TextEditor | PickEditor):
                editor.line.set_quietly(value.text)
            elif isinstance(editor, MultilineEditor):
                editor.area.setPlainText(value.text)
        else:
            editor.set_value(value)
        editor.edited.emit()


def _typed(row: FieldRow) -> str:
    editor = row.editor
    return editor.line.text() if isinstance(editor, TextEditor | PickEditor) else ""
