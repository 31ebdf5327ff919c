"""One door to the checks by kind of number, in the shape that scripts read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from suite.kernel.registry.identifiers.appraisal_number import check_appraiser_number
from suite.kernel.registry.identifiers.lawyer_number import check_lawyer_number
from suite.kernel.registry.identifiers.notary_number import check_notary_number
from suite.kernel.registry.identifiers.resident import check_resident
from suite.kernel.registry.identifiers.uscc import check_uscc
from suite.kernel.registry.identifiers.verdict import Verdict

NUMBER_KINDS = ("uscc", "resident", "lawyer", "notary", "appraiser")


def check_number(kind: str, value: str, *, today: dt.date | None = None) -> dict[str, Any]:
    """Check one number: `{"in", "verdict", "normalised", "reasons": [{"code", "text"}]}`.

    `today` is the business date for birth dates and years; without it nothing is held to lie in the
    future. Raises KeyError for a kind that is not in `NUMBER_KINDS`.
    """
    checks: dict[str, Callable[[str], Verdict]] = {
        "uscc": check_uscc,
        "resident": lambda text: check_resident(text, today=today),
        "lawyer": lambda text: check_lawyer_number(text, licence_year=today.year if today else None),
        "notary": check_notary_number,
        "appraiser": check_appraiser_number,
    }
    verdict = checks[kind](value)
    return {
        "in": verdict.given,
        "verdict": verdict.level,
        "normalised": verdict.normalised,
        "reasons": [{"code": reason.code, "text": reason.text} for reason in verdict.reasons],
    }
