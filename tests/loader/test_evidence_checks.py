"""Faults of questionnaires and materials: items, columns, parameters and limits that are not there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from plugins.popularization.evaluation.scheme import EVALUATION
from plugins.popularization.ledgers import LEDGERS
from plugins.popularization.limits import LIMITS
from plugins.popularization.parameters import PARAMETERS
from suite.contract.assessment import AssessmentScheme
from suite.contract.surveys import SurveyMeasure
from suite.loader.evidence_checks import evidence_faults


def faults(scheme: AssessmentScheme) -> list[str]:
    parameters = {parameter.key for parameter in PARAMETERS}
    limits = {limit.key for limit in LIMITS}
    return list(evidence_faults(scheme, parameters, limits, {ledger.key: ledger for ledger in LEDGERS}))


def test_what_is_declared_has_no_fault() -> None:
    assert faults(EVALUATION) == []
    assert faults(replace(EVALUATION, survey=None, materials=None)) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"feeds": {SurveyMeasure.KNOWLEDGE: "nothing"}},
        # An item that nobody scores by a survey.
        {"feeds": {SurveyMeasure.KNOWLEDGE: "cases"}},
        {"least": "popularization.nothing"},
        {"least_of": {"county": "popularization.nothing"}},
    ],
)
def test_a_questionnaire_names_what_is_there(wrong: Mapping[str, Any]) -> None:
    assert EVALUATION.survey is not None
    assert len(faults(replace(EVALUATION, survey=replace(EVALUATION.survey, **wrong)))) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"ledger": "popularization.nothing"},
        # A ledger about something else than the participants.
        {"ledger": "popularization.site_checks", "text": "defects", "period": "mended_on", "figures": ()},
        {"text": "nothing"},
        {"figures": ("nothing",)},
        {"limit": "popularization.nothing"},
        {"every": "popularization.nothing"},
        {"feeds": "nothing"},
        {"feeds": "cases"},
    ],
)
def test_materials_name_what_is_there(wrong: Mapping[str, Any]) -> None:
    assert EVALUATION.materials is not None
    assert len(faults(replace(EVALUATION, materials=replace(EVALUATION.materials, **wrong)))) == 1
