"""Which value of a parameter is in force on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.declarations import Confidence, Parameter
from suite.loader.catalog import Catalog
from suite.tables import ParameterValue


@dataclass(frozen=True, kw_only=True)
class ParameterLine:
    """One parameter as the page shows it."""

    key: str
    owner: str
    title: str
    value: int | str | bool
    default: int | str | bool
    unit: str
    source: str
    confidence: Confidence
    help: str
    valid_from: dt.date | None  # None: the declared default is in force


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
    stored: dict[str, ParameterValue] = {}
    for row in session.scalars(
        select(ParameterValue).where(ParameterValue.valid_from <= today).order_by(ParameterValue.valid_from)
    ):
        stored[row.key] = row
    return [_line(parameter, stored.get(key)) for key, parameter in catalog.parameters.items()]


def _line(parameter: Parameter, row: ParameterValue | None) -> ParameterLine:
    return ParameterLine(
        key=parameter.key,
        owner=parameter.key.split(".", 1)[0],
        title=parameter.title,
        value=parameter.value if row is None else parse_value(parameter, row.value),
        default=parameter.value,
        unit=parameter.unit,
        source=parameter.source if row is None else row.source,
        confidence=parameter.confidence if row is None else Confidence.VERIFIED,
        help=parameter.help,
        valid_from=None if row is None else row.valid_from,
    )


def parameters_on(session: Session, catalog: Catalog, day: dt.date) -> dict[str, int | str | bool]:
    """Parameter key → value in force on a day."""
    return {line.key: line.value for line in parameter_lines(session, catalog, day)}
