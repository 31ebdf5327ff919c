"""An import left unfinished, kept on this machine: the file's place, the mapping and the repairs.

Repairs of secret columns are left out; they have to be typed again.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from suite.kernel.exchange.repairs import Repairs

log = logging.getLogger(__name__)
FILE_NAME = "import-draft.json"

Columns = dict[tuple[str, int], str | None]


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What is needed to go on where one stopped."""

    kind: str
    path: Path
    columns: Columns
    repairs: Repairs


def keep_draft(home: Path, draft: Draft, secret: Collection[tuple[str, int]]) -> None:
    """Write a draft so that a crash leaves the old file or the new one. `secret`: columns left out."""
    repairs = draft.repairs
    values = {
        "kind": draft.kind,
        "path": str(draft.path),
        "columns": [[*place, field] for place, field in draft.columns.items()],
        "cells": [[*place, text] for place, text in repairs.cells.items() if place[::2] not in secret],
        "values": [[*place, text] for place, text in repairs.values.items() if place[:2] not in secret],
        "orders": [[*place, order] for place, order in repairs.orders.items()],
        "skipped": [list(place) for place in sorted(repairs.skipped)],
    }
    partial = home / f"{FILE_NAME}.part"
    try:
        home.mkdir(parents=True, exist_ok=True)
        partial.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
        partial.replace(home / FILE_NAME)
    except OSError as error:
        log.warning("the unfinished import could not be kept: %s", error)


def kept_draft(home: Path) -> Draft | None:
    """The draft that was kept; None without one, or where it cannot be read."""
    try:
        values = json.loads((home / FILE_NAME).read_text(encoding="utf-8"))
        return Draft(
            kind=values["kind"],
            path=Path(values["path"]),
            columns={(sheet, number): field for sheet, number, field in values["columns"]},
            repairs=Repairs(
                cells={(sheet, row, column): text for sheet, row, column, text in values["cells"]},
                values={(sheet, column, old): text for sheet, column, old, text in values["values"]},
                orders={(sheet, column): order for sheet, column, order in values["orders"]},
                skipped=frozenset((sheet, row) for sheet, row in values["skipped"]),
            ),
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.warning("the unfinished import cannot be read: %s", error)
        return None


def forget_draft(home: Path) -> None:
    """Throw the draft away."""
    (home / FILE_NAME).unlink(missing_ok=True)
