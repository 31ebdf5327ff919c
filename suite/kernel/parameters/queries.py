"""Which value of a parameter is in force on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.parameters import Confidence, Parameter
from suite.loader.catalog import Catalog
from suite.tables import ParameterValue


@dataclass(frozen=True, kw_only=True)
class ParameterLine:
    """One parameter as the page shows it."""

    key: str
    owner: str
    title: str
    value: int | str | bool
    words: str  # the value as people read it
    default: int | str | bool
    default_words: str
    unit: str
    source: str
    confidence: Confidence
    help: str
    valid_from: dt.date | None  # None: the declared default is in force
    choices: Mapping[str, str]  # stored text → words; empty where anything may be typed
    several: bool


def parse_value(parameter: Parameter, text: str) -> int | str | bool:
    """A stored text as the parameter's own type. Raises ValueError."""
    if isinstance(parameter.value, bool):
        if text not in ("true", "false"):
            raise ValueError(text)
        return text == "true"
    return int(text) if isinstance(parameter.value, int) else text


def store_value(value: int | str | bool) -> str:
    """A value as the text that is stored."""
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def parameter_lines(session: Session, catalog: Catalog, today: dt.date) -> list[ParameterLine]:
    """All parameters with the value in force today, in declared order."""
    stored = _stored(session, today)
    return [_line(parameter, stored.get(key)) for key, parameter in catalog.parameters.items()]


def _stored(session: Session, day: dt.date) -> dict[str, ParameterValue]:
    """Of each parameter whose value was ever changed, what was in force on a day."""
    begun = select(ParameterValue).where(ParameterValue.valid_from <= day)
    return {row.key: row for row in session.scalars(begun.order_by(ParameterValue.valid_from))}


def _line(parameter: Parameter, row: ParameterValue | None) -> ParameterLine:
    value = _value(parameter, row)
    return ParameterLine(
        key=parameter.key,
        owner=parameter.key.split(".", 1)[0],
        title=parameter.title,
        value=value,
        words=parameter.words(value),
        default=parameter.value,
        default_words=parameter.words(parameter.value),
        unit=parameter.unit,
        source=parameter.source if row is None else row.source,
        confidence=parameter.confidence if row is None else Confidence.VERIFIED,
        help=parameter.help,
        valid_from=None if row is None else row.valid_from,
        choices=parameter.titles,
        several=parameter.several,
    )


def _value(parameter: Parameter, row: ParameterValue | None) -> int | str | bool:
    return parameter.value if row is None else parse_value(parameter, row.value)


def parameters_on(session: Session, catalog: Catalog, day: dt.date) -> dict[str, int | str | bool]:
    """Parameter key → value in force on a day."""
    stored = _stored(session, day)
    return {key: _value(parameter, stored.get(key)) for key, parameter in catalog.parameters.items()}
