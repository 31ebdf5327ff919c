"""The cleaners by name: what a field's type, or its declared `cleaner`, asks for.

Code lists bring their own (`code_cleaner`, `code_set_cleaner`). A column is cleaned at
once by `clean_column`.
"""

from __future__ import annotations

import re
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
from suite.kernel.exchange.clean_peoples import clean_ethnicity
from suite.kernel.exchange.clean_texts import (
    DITTOS,
    NO_NAME,
    clean_boolean,
    clean_lines,
    clean_name,
    clean_own_name,
    clean_person_name,
    clean_text,
    clean_words,
    code_cleaner,
)
from suite.kernel.exchange.cleaned import Cleaned, Cleaner, Plain, clean_column
from suite.kernel.registry.identifiers.phone import MOBILE

__all__ = [
    "CLEANERS",
    "PLAIN",
    "Cleaned",
    "Cleaner",
    "Plain",
    "clean_boolean",
    "clean_column",
    "clean_date",
    "clean_decimal",
    "clean_ethnicity",
    "clean_identifier",
    "clean_integer",
    "clean_lines",
    "clean_name",
    "clean_own_name",
    "clean_person_name",
    "clean_phone",
    "clean_resident",
    "clean_text",
    "clean_words",
    "code_cleaner",
    "code_set_cleaner",
]

CLEANERS: Mapping[str, Cleaner] = MappingProxyType(
    {
        "text": clean_words,
        "lines": clean_lines,
        "name": clean_name,
        "own_name": clean_own_name,
        "person_name": clean_person_name,
        "date": clean_date,
        "integer": clean_integer,
        "decimal": clean_decimal,
        "boolean": clean_boolean,
        "identifier": clean_identifier,
        "resident": clean_resident,
        "phone": clean_phone,
        "ethnicity": clean_ethnicity,
    }
)

# Zeros at the end may be digits that were lost; sixteen digits are no old resident number.
_PLAIN_NAME = re.compile(rf"(?!{NO_NAME.pattern})[\u4e00-\u9fff]{{1,60}}").fullmatch
_PLAIN_NUMBER = re.compile(r"(?:[0-9]{16,100}|[0-9]{17}X|[A-Z][0-9]{4,99})(?<!000)").fullmatch
_PLAIN_TEXT = r"[\u4e00-\u9fffA-Za-z0-9@.-]{0,200}[\u4e00-\u9fffA-Za-z]"
#: By the cleaner, how the texts look that it surely leaves as they are: what most cells of a roster say.
PLAIN: Mapping[Cleaner, Plain] = MappingProxyType(
    {
        clean_name: _PLAIN_NAME,
        clean_own_name: _PLAIN_NAME,
        clean_person_name: _PLAIN_NAME,
        clean_text: re.compile(_PLAIN_TEXT).fullmatch,
        clean_words: re.compile(rf"(?!(?:{'|'.join(sorted(DITTOS))})\Z){_PLAIN_TEXT}").fullmatch,
        clean_identifier: _PLAIN_NUMBER,
        clean_resident: _PLAIN_NUMBER,
        clean_phone: re.compile(MOBILE, re.ASCII).fullmatch,
    }
)
