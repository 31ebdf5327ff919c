"""Field declarations as form fields, and stored values as form values and as words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from suite.contract.declarations import Field, FieldType, RecordKind
from suite.contract.states import StateKind
from suite.kernel.registry.masking import masked
from suite.loader.catalog import Catalog
from suite.ui.kit.fields import Choice, Deliver, FieldKind, FieldSpec
from suite.ui.kit.form import SectionSpec
from suite.ui.kit.state import StateValue
from suite.ui.pages.record.loaded import Surroundings

Complete = Callable[[Field, str, Deliver], None]

_KINDS = {
    FieldType.TEXT: FieldKind.TEXT,
    FieldType.DATE: FieldKind.DATE,
    FieldType.INTEGER: FieldKind.NUMBER,
    FieldType.DECIMAL: FieldKind.NUMBER,
    FieldType.BOOLEAN: FieldKind.BOOL,
    FieldType.CODE: FieldKind.CHOICE,
    FieldType.CODES: FieldKind.CHOICES,
    FieldType.DISTRICT: FieldKind.CHOICE,
    FieldType.LINK: FieldKind.LINK,
}


class Words:
    """One kind's declarations and values in the words of its screens."""

    def __init__(self, kind: RecordKind, catalog: Catalog, around: Surroundings) -> None:
        self.kind = kind
        self.catalog = catalog
        self.around = around

    def sections(self, complete: Complete, *, fixed: bool, read_only: bool) -> list[SectionSpec]:
        """The form's sections in declared order.

        `fixed` makes plain text of the facts that an act changes; `read_only` of all.
        """
        grouped: dict[str, list[FieldSpec]] = {}
        for field in self.kind.fields:
            plain = read_only or (fixed and field.fixed is not None)
            grouped.setdefault(field.section, []).append(self.spec(field, complete, plain=plain))
        return [SectionSpec(title=title, fields=tuple(specs)) for title, specs in grouped.items()]

    def spec(self, field: Field, complete: Complete, *, plain: bool = False) -> FieldSpec:
        """One field as the form edits it, or as plain text with the act that changes it."""
        if field.sensitive:
            return FieldSpec(
                key=field.key,
                title=field.title,
                kind=FieldKind.MASKED,
                required=field.required and not plain,
                editable=not plain,
            )
        if plain:
            hint = f"由{field.fixed}修改" if field.fixed else ""
            return FieldSpec(
                key=field.key,
                title=field.title,
                kind=FieldKind.READONLY,
                fixed_note=hint,
                wide=field.several,
                link=field.type is FieldType.LINK,
            )
        kind = _KINDS[field.type]
        if kind is FieldKind.TEXT and field.has_lines:
            kind = FieldKind.MULTILINE
        return FieldSpec(
            key=field.key,
            title=field.title,
            kind=kind,
            required=field.required,
            choices=self.choices(field),
            complete=(lambda typed, deliver: complete(field, typed, deliver))
            if kind is FieldKind.LINK
            else None,
            places=_places(field),
            placeholder=field.hint,
            wide=field.several,
        )

    def choices(self, field: Field) -> tuple[Choice, ...]:
        """The values to choose from, found by title, other spelling and pinyin."""
        spelled = self.around.spelled
        if field.codes in self.catalog.codes:
            return tuple(
                Choice(
                    code.value,
                    code.title,
                    note=f"用至 {code.until}" if code.until is not None else "",
                    words=f"{' '.join(code.also)} {spelled.get(code.title, '')}",
                )
                for code in self.catalog.codes[field.codes or ""].codes
            )
        if field.type is FieldType.DISTRICT:
            return tuple(
                Choice(code, name, words=f"{code} {spelled.get(name, '')}")
                for code, name in sorted(self.around.districts.items())
            )
        return ()

    def form_value(self, field: Field, value: Any, *, plain: bool = False) -> object:
        """A stored value as the form's editor takes it."""
        if value is None:
            return None
        if plain and not field.sensitive:
            return self.text(field, value) or None
        if field.type is FieldType.LINK:
            return Choice(value[0], value[1])
        return value

    def text(self, field: Field, value: Any) -> str:
        """A value in words; empty for none. Takes what is stored, loaded or typed."""
        if value is None or value == "":
            return ""
        if isinstance(value, Choice):
            return value.title
        if field.sensitive:
            shown = str(value)
            return shown if "*" in shown else masked(field.key, shown) or ""
        match field.type:
            case FieldType.CODE | FieldType.CODES:
                return self.catalog.code_title(field.codes or "", str(value))
            case FieldType.DISTRICT:
                return self.around.districts.get(str(value), str(value))
            case FieldType.LINK:
                return str(value[1] if isinstance(value, tuple) else value)
            case FieldType.BOOLEAN:
                return "是" if value in (True, "true", 1) else "否"
            case FieldType.INTEGER | FieldType.DECIMAL:
                return f"{value:,}".replace("-", "−") if isinstance(value, int | Decimal) else str(value)
        return str(value)

    def state(self, value: Any) -> StateValue:
        """The record's status as glyph and word."""
        code = None if value is None else str(value)
        kind = self.catalog.codes[self.kind.status].state_of(code) or StateKind.NEUTRAL
        return StateValue(kind, self.catalog.code_title(self.kind.status, code) or "状态未登记")

    def title(self, key: str) -> str:
        """A field's title; the key itself where the kind has no such field."""
        field = self.kind.by_key.get(key)
        return field.title if field else key

    def facts(self) -> list[Field]:
        """The nine facts of the header: the declared headline, then listed fields."""
        chosen = [self.kind.by_key[key] for key in self.kind.headline if key in self.kind.by_key]
        for field in self.kind.fields:
            beside = field.key in ("name", "status", "sex", "political_status", "id_number")
            if len(chosen) < 9 and field.listed and not beside and field not in chosen:
                chosen.append(field)
        return chosen[:9]

    def changeable(self) -> list[Field]:
        """What 变更登记 may change: facts fixed by an act, what is dated, name and state."""
        return [
            field
            for field in self.kind.fields
            if not field.sensitive
            and (field.fixed is not None or field.dated or field.key in ("name", "status", "body_id"))
        ]


def command_value(field: Field, value: object) -> object:
    """A typed value as a command takes it."""
    if isinstance(value, Choice):
        return value.value
    if isinstance(value, Decimal) and field.type is FieldType.INTEGER:
        return int(value)
    return value


def base_value(value: Any) -> object:
    """A loaded value as a command's base takes it: links by id."""
    return value[0] if isinstance(value, tuple) else value


def same_value(field: Field, left: Any, right: Any) -> bool:
    """Whether two loaded or typed values of a field are the same thing."""

    def plain(value: Any) -> Any:
        if isinstance(value, Choice):
            return value.value
        if field.type is FieldType.LINK and isinstance(value, tuple):
            return value[0]
        return None if value == "" else value

    return bool(plain(left) == plain(right))


def values_for(words: Words, values: Mapping[str, Any], *, fixed: bool, read_only: bool) -> dict[str, object]:
    """A record's values as its form takes them."""
    return {
        field.key: words.form_value(
            field, values.get(field.key), plain=read_only or (fixed and field.fixed is not None)
        )
        for field in words.kind.fields
    }


def _places(field: Field) -> int:
    return field.places or 2 if field.type is FieldType.DECIMAL else 0
