"""What people write for the fields of a command, as the command takes it: titles as codes, names as ids."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_type_hints

from sqlalchemy import select

from suite.cli.command_fields import Meaning, case_kinds, meaning_of, meanings
from suite.cli.commands import storable
from suite.cli.where import COMMAS
from suite.contract.case_facts import Finding
from suite.kernel.accounts.queries import active_users
from suite.kernel.casework.finding import case_meant
from suite.kernel.exchange.linking import district_codes, district_meant
from suite.kernel.exchange.stock.sheet import list_kinds
from suite.kernel.registry.keys import MARK, record_meant
from suite.tables import MERGED, Subject

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from suite.contract.commands import Actor, Command
    from suite.loader.catalog import Catalog

FINDINGS = {item.words: item.value for item in Finding}


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Reads values for one command; `kind` is the kind that it is about, where that is known."""

    session: Session
    actor: Actor
    catalog: Catalog
    command: type[Command]
    kind: str | None
    year: int

    def pairs(self, pairs: Sequence[str]) -> list[str]:
        """The pairs, ready for the command. What means nothing stays as it is, for the command to refuse.

        Raises Refused for a name that no record has, or several have.
        """
        meant = meanings(self.catalog, self.command, self.kind)
        hints = get_type_hints(self.command)
        return [f"{name}={self._text(name, text, meant, hints)}" if sign else name for name, sign, text in
                (pair.partition("=") for pair in pairs)]  # fmt: skip

    def _text(self, name: str, text: str, meant: Mapping[str, Meaning], hints: Mapping[str, Any]) -> str:
        if not storable(text):
            return text
        if name in ("kind", "ledger"):
            return self.kind or text
        if name == "repeat_of" and text and not text.isdigit():
            return str(case_meant(self.session, self.actor, self.catalog, text, year=self.year).id)
        inner = self._inner(name)
        if inner is not None:
            return _over_json(text, inner)
        meaning = meant.get(name, Meaning())
        if not text or not (meaning.codes or meaning.kinds or meaning.district or meaning.user):
            return text
        if "tuple" not in str(hints[name]):
            return str(self.value(meaning, text))
        return json.dumps([self.value(meaning, item) for item in _several(text)], ensure_ascii=False)

    def value(self, meaning: Meaning, item: Any) -> Any:
        """One value as the command takes it."""
        if not isinstance(item, str) or not storable(item):
            return item
        text = item.strip()
        if meaning.codes:
            found = (codes.by_text[text] for codes in meaning.codes if text in codes.by_text)
            known = any(text in codes.by_value for codes in meaning.codes)
            return text if known else next(found, text)
        if meaning.kinds:
            return self._record(meaning.kinds, text)
        if meaning.district:
            return district_meant(text, district_codes(self.session)) or text
        if meaning.user:
            logins = [login for login, name in active_users(self.session) if text in (login, name)]
            return logins[0] if len(logins) == 1 else text
        return item

    def _record(self, kinds: Sequence[str], text: str) -> int:
        number = text.removeprefix(MARK)
        if number.isascii() and number.isdigit() and len(number) < 10:  # an id, unless no record has it
            kind = self.session.scalar(select(Subject.kind).where(Subject.id == int(number)))
            if kind in kinds or kind not in {None, MERGED, *self.catalog.kinds}:
                return int(number)  # of an absent plugin, too: what that means is for the command to say
        return record_meant(self.session, self.actor, self.catalog, text, kinds)

    def _inner(self, name: str) -> Callable[[dict[str, Any]], dict[str, Any]] | None:
        """How the objects of a list are read; None where the field is no list of objects that we know."""
        cases = case_kinds(self.catalog, self.command, self.kind)
        if name == "findings" and cases:
            return lambda item: _with(item, "finding", lambda value: FINDINGS.get(value, value))
        if name == "allegations" and cases:
            heads = {case.heads: self.catalog.codes[case.heads] for case in cases if case.heads}
            meaning = Meaning(codes=tuple(heads.values()))
            return lambda item: _with(item, "head", lambda value: self.value(meaning, value))
        if name == "lines" and cases:
            return self._line
        sheet = list_kinds(self.catalog).get(self.kind or "")
        if name == "rows" and sheet is not None and not cases:
            meant = {field.key: meaning_of(self.catalog, field) for field in sheet.fields}
            titles = {field.title: field.key for field in sheet.fields}

            def row(item: dict[str, Any]) -> dict[str, Any]:
                given = item.get("values")
                if not isinstance(given, dict):
                    return item
                keyed = {titles.get(str(key), str(key)): value for key, value in given.items()}
                return {
                    **item,
                    "values": {key: self._cell(meant.get(key), one) for key, one in keyed.items()},
                }

            return row
        return None

    def _cell(self, meaning: Meaning | None, value: Any) -> Any:
        if meaning is None:
            return value
        if isinstance(value, list):
            return [self.value(meaning, one) for one in value]
        return self.value(meaning, value) if value != "" else value

    def _line(self, item: dict[str, Any]) -> dict[str, Any]:
        lists = [one for case in case_kinds(self.catalog, self.command, self.kind) for one in case.lists]
        asked = item.get("list_key")
        found = next((one for one in lists if asked in (one.key, one.title)), None)
        if found is None:
            return item
        read = {**item, "list_key": found.key}
        for column in found.columns:
            if column.codes and column.cell.value in item:
                meaning = Meaning(codes=(self.catalog.codes[column.codes],))
                read[column.cell.value] = self.value(meaning, item[column.cell.value])
        return read


def _with(item: dict[str, Any], key: str, read: Callable[[Any], Any]) -> dict[str, Any]:
    """An object with one of its texts read."""
    value = item.get(key)
    return {**item, key: read(value)} if isinstance(value, str) else item


def _several(text: str) -> list[Any]:
    """What a list is written as: JSON, or values between commas."""
    try:
        found = json.loads(text)
    except ValueError:
        return [part.strip() for part in text.translate(COMMAS).split(",") if part.strip()]
    return found if isinstance(found, list) else [text]


def _over_json(text: str, read: Callable[[dict[str, Any]], dict[str, Any]]) -> str:
    """Objects of a JSON list, each read; what is none stays for the command to refuse."""
    try:
        found = json.loads(text)
    except ValueError:
        return text
    if not isinstance(found, list):
        return text
    return json.dumps([read(item) if isinstance(item, dict) else item for item in found], ensure_ascii=False)


def kind_meant(catalog: Catalog, command: type[Command], text: str) -> str:
    """The kind that a key or title means among those of a command; else the text."""
    areas: Mapping[str, str] = getattr(command, "areas", {})
    kinds: Mapping[str, Any] = {key: catalog.case_kinds[key] for key in areas} or list_kinds(catalog)
    found = [key for key, kind in kinds.items() if kind.title == text.strip()]
    return found[0] if len(found) == 1 else text
