"""The cleaners by name: what a field's type, or its declared `cleaner`, asks for.

Code lists bring their own (`code_cleaner`, `code_set_cleaner`). A column is cleaned at
once by `clean_column`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from suite.kernel.exchange.clean_code_sets import code_set_cleaner
from suite.kernel.exchange.clean_dates import clean_date
from suite.kernel.exchange.clean_numbers import (
    clean_decimal,
    clean_identifier,
    clean_integer,
    clean_phone,
    clean_resident,
)
from suite.kernel.exchange.clean_texts import clean_boolean, clean_lines, clean_name, clean_text, code_cleaner
from suite.kernel.exchange.cleaned import Cleaned, Cleaner, clean_column

__all__ = [
    "CLEANERS",
    "Cleaned",
    "Cleaner",
    "clean_boolean",
    "clean_column",
    "clean_date",
    "clean_decimal",
    "clean_identifier",
    "clean_integer",
    "clean_lines",
    "clean_name",
    "clean_phone",
    "clean_resident",
    "clean_text",
    "code_cleaner",
    "code_set_cleaner",
]

CLEANERS: Mapping[str, Cleaner] = MappingProxyType(
    {
        "text": clean_text,
        "lines": clean_lines,
        "name": clean_name,
        "date": clean_date,
        "integer": clean_integer,
        "decimal": clean_decimal,
        "boolean": clean_boolean,
        "identifier": clean_identifier,
        "resident": clean_resident,
        "phone": clean_phone,
    }
)
