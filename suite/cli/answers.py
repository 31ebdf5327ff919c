"""What a command answers: one JSON document, or lines that a person reads."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import click

from suite.cli.options import Call
from suite.contract.problems import Problem


def plain(value: Any) -> Any:
    """A value as JSON can carry it: dates ISO, decimals as numbers, dataclasses as objects."""
    match value:
        case dt.date() | dt.datetime():
            return value.isoformat()
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case Enum():
            return value.value
        case Path():
            return str(value)
        case set() | frozenset():
            return sorted(plain(item) for item in value)
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case str() | int() | float() | None:
            return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {item.name: plain(getattr(value, item.name)) for item in dataclasses.fields(value)}
    if isinstance(value, Iterable):
        return [plain(item) for item in value]
    return str(value)


def give(call: Call, document: Any, lines: Iterable[str]) -> None:
    """Print the JSON document where it was asked for, else the lines."""
    if call.json:
        click.echo(json.dumps(plain(document), ensure_ascii=False, indent=2))
    else:
        for line in lines:
            click.echo(line)


def told(problem: Problem) -> dict[str, Any]:
    """A problem as the JSON of refusals says it."""
    return {
        "code": problem.code,
        "text": problem.text,
        "kind": problem.kind.value,
        "severity": problem.severity.value,
        "field": problem.field,
        "row": problem.row,
        "article": problem.article,
        "data": plain(problem.data),
    }


def wide(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def table(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[str]:
    """Lines of a table whose columns stand under one another, Chinese being twice as wide."""
    cells = [[*headings], *([("" if cell is None else str(cell)) for cell in row] for row in rows)]
    widths = [max(wide(row[place]) for row in cells) for place in range(len(headings))]
    return [
        "  ".join(
            f"{cell}{' ' * (width - wide(cell))}" for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in cells
    ]
