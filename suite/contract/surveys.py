"""Questionnaires as schemes declare them: which items they feed, and how many must answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class SurveyMeasure(StrEnum):
    """What a questionnaire measures, each in per cent."""

    KNOWLEDGE = "knowledge"  # 知晓率: the mean share of questions answered rightly
    SATISFACTION = "satisfaction"  # 满意率: very satisfied and satisfied among those who say anything
    PARTICIPATION = "participation"  # 参与率: who took part in something
    ACCESS = "access"  # 便利率: who finds it easy to get legal information

    @property
    def words(self) -> str:
        """The word for it."""
        return {
            "knowledge": "知晓率",
            "satisfaction": "满意率",
            "participation": "参与率",
            "access": "便利率",
        }[self.value]


@dataclass(frozen=True, kw_only=True)
class Questionnaire:
    """A questionnaire about the participants of a scheme, answered by others.

    feeds: measure → the item of the sheet whose score it gives. least: key of the parameter with the number
    of answers below which a participant gets no score from it; least_of: by the value of the scheme's group,
    where that is another one.

    Example: `Questionnaire(feeds={SurveyMeasure.KNOWLEDGE: "knowledge"}, least="x.survey.min_unit",
    least_of={"county": "x.survey.min_county"})`
    """

    feeds: Mapping[SurveyMeasure, str]
    least: str
    least_of: Mapping[str, str] = field(default_factory=dict)

    def parameter(self, group: str | None) -> str:
        """The key of the parameter that says how many answers a participant of a group needs."""
        return self.least_of.get(group or "", self.least)


class Satisfaction(StrEnum):
    """How satisfied somebody says to be (满意度)."""

    VERY = "very"
    SATISFIED = "satisfied"
    NEUTRAL = "neutral"
    DISSATISFIED = "dissatisfied"

    @property
    def words(self) -> str:
        """The word for it."""
        return {"very": "非常满意", "satisfied": "满意", "neutral": "一般", "dissatisfied": "不满意"}[
            self.value
        ]

    @property
    def satisfied(self) -> bool:
        """Whether it counts to 满意率."""
        return self in (Satisfaction.VERY, Satisfaction.SATISFIED)
