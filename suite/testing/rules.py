"""Asking a plugin's rules without a database: their context, and the rows of a sample read through them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from suite.contract.declarations import CheckContext, FieldType, RecordKind
from suite.contract.parameters import Parameter
from suite.contract.problems import Problem, Severity
from suite.kernel.exchange.columns import PARENT, cleaner_of, headings_of
from suite.kernel.exchange.header import normalise_heading
from suite.kernel.search.keys import folded
from suite.loader.catalog import Catalog

#: The business date of rules under test.
TODAY = dt.date(2026, 11, 23)


def context_of(parameters: Iterable[Parameter], changed: Mapping[str, Any] | None = None) -> CheckContext:
    """The declared numbers of the law, some of them `changed`, on `TODAY`."""
    values = {parameter.key: parameter.value for parameter in parameters}
    return CheckContext(today=TODAY, parameters={**values, **(changed or {})})


def told(problems: Iterable[Problem]) -> list[tuple[str, Severity]]:
    """Code and severity of each problem."""
    return [(problem.code, problem.severity) for problem in problems]


def read_rows(
    kind: RecordKind,
    rows: Iterable[Mapping[str, Any]],
    catalog: Catalog,
    districts: Iterable[tuple[str, str]],
) -> Iterator[tuple[dict[str, Any], list[Problem]]]:
    """Values and problems of each row, as cleaners and checks find them; links stay names.

    `districts`: codes and short names. A row with an error in a value is not asked across its fields.
    """
    context = context_of(catalog.parameters.values())
    headings = headings_of(kind)
    cleaners = {
        field.key: cleaner_of(field, catalog, {folded(name): code for code, name in districts})
        for field in kind.fields
        if field.type is not FieldType.LINK
    }
    for row in rows:
        values: dict[str, Any] = dict.fromkeys(kind.by_key)
        problems: list[Problem] = []
        for heading, cell in row.items():
            key = headings.get(normalise_heading(heading), PARENT)
            if key.startswith(PARENT) or cell == "":
                continue
            if key not in cleaners:
                values[key] = cell
                continue
            cleaned = cleaners[key](cell)
            values[key] = cleaned.value
            problems += cleaned.problems
            if cleaned.value is not None and not cleaned.problems:
                for check in kind.by_key[key].checks:
                    problems += check(cleaned.value, context)
        if not any(problem.severity is Severity.ERROR for problem in problems):
            for rule in kind.checks:
                problems += rule(values, context)
        yield values, problems
